"""Remembers the vectors of questions: an answer, a further page and a filter ask for the same question again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beleidskennis.model import Vectors

REMEMBERED = 512
"""Questions: under 1 MB of vectors."""


class QueryMemory:
    """`encode` with the vectors of the last `size` texts kept. Safe to use from several threads."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], size: int = REMEMBERED) -> None:
        self._encode, self._size = encode, size
        self._known: dict[str, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """`(n, d)`: the vectors of `texts`, those not known encoded in one go."""
        import numpy as np

        with self._lock:
            # Taken out and put back, so that what was asked for last is dropped last.
            found = {text: self._known.pop(text) for text in set(texts) if text in self._known}
            self._known |= found
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new or not texts:
            made = self._encode(new)
            if len(new) == len(texts):
                self._keep(new, made)
                return made
            found |= zip(new, made, strict=True)
            self._keep(new, made)
        return np.stack([found[text] for text in texts])

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        with self._lock:
            self._known |= zip(texts, vectors.copy(), strict=True)
            for text in list(self._known)[: max(0, len(self._known) - self._size)]:
                del self._known[text]
