"""What can be replaced by another: the models that read and write text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Text to unit vectors. `name` identifies model, version and settings: an index made by another is refused."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def encode_passages(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        ...

    def encode_queries(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        ...


class Reranker(Protocol):
    """Looks again at the first `top` hits of a search. It is never needed; it may be configured."""

    @property
    def top(self) -> int: ...
    def scores(self, question: str, texts: Sequence[str], /) -> NDArray[np.float32]:
        """`(n,)` how well each text fits the question; higher is better, on any scale."""
        ...


class SentenceReader(Protocol):
    """Reads a question and sentences together."""

    def read(self, question: str, texts: Sequence[Sequence[str]], /) -> list[NDArray[np.float32]]:
        """Log-odds that each sentence answers the question, `(sentences,)` for each text; -inf for one left unread.

        A text is a run of sentences of one place, in reading order.
        """
        ...


class Generator(Protocol):
    """A language model that streams text. It is never needed; it may be configured."""

    @property
    def name(self) -> str: ...
    def stream(self, system: str, prompt: str, /) -> Iterator[str]:
        """The pieces of the answer to `prompt`, under the instructions in `system`, as they come."""
        ...
