"""Embedding documents: a vector for each passage and for its sentences, made once and kept in the catalogue."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from beleidskennis.catalogue import Catalogue
from beleidskennis.model import Document, Encoder, Passage
from beleidskennis.sentence_vectors import worth_embedding

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

SENTENCES = "#zinnen"
"""Added to a model's name: the vectors of a document's sentences are kept beside those of its passages."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of one document's passages `(n, d)` and sentences `(s, d)`; `counts` `(n,)` sentences a passage."""

    passages: Vectors
    sentences: Vectors
    counts: tuple[int, ...]


def sentence_places(passage: Passage) -> list[tuple[int, int]]:
    """Offsets into its text of what is embedded of a passage beside itself: its sentences of some length, else all."""
    places = [(start, end) for start, end in passage.sentences if worth_embedding(passage.text[start:end])]
    return places or [(0, len(passage.text))]


def make_vectors(passages: Sequence[Passage], encoder: Encoder) -> tuple[Vectors, Vectors]:
    """Vectors of passages `(n, d)` and of their sentences `(s, d)`; no text goes through the model twice."""
    texts = [passage.embed_text for passage in passages]
    places = [sentence_places(passage) for passage in passages]
    sentences = [passage.text[a:b] for passage, of in zip(passages, places, strict=True) for a, b in of]
    number_of = {text: number for number, text in enumerate(dict.fromkeys([*texts, *sentences]))}
    made = encoder.encode_passages(list(number_of))
    return made[[number_of[text] for text in texts]], made[[number_of[text] for text in sentences]]


def embed(catalogue: Catalogue, document_id: str, passages: Sequence[Passage], encoder: Encoder) -> None:
    """Make a document's vectors and keep them."""
    of_passages, of_sentences = make_vectors(passages, encoder)
    catalogue.put_vectors(document_id, encoder.name + SENTENCES, of_sentences)
    catalogue.put_vectors(document_id, encoder.name, of_passages)


class Embedding:
    """Embeds documents in the background, one after the other, while others are read and linked.

    Use as a context manager: leaving it waits for the document in hand and drops the rest, for the next run to do.
    """

    def __init__(self, catalogue: Catalogue, encoder: Encoder) -> None:
        self._catalogue, self._encoder = catalogue, encoder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="beleidskennis-embedding")
        self._waiting: deque[tuple[Document, Future[None]]] = deque()

    def __enter__(self) -> Embedding:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Embed a document that the catalogue holds, after those that wait already."""
        work = self._thread.submit(embed, self._catalogue, document.document_id, passages, self._encoder)
        self._waiting.append((document, work))

    def finished(self, *, wait: bool = False) -> Iterator[Document]:
        """The documents that were embedded since this was last asked, all that were added if `wait`.

        Raises:
            Exception: what went wrong in the background.
        """
        while self._waiting and (wait or self._waiting[0][1].done()):
            document, work = self._waiting.popleft()
            work.result()
            yield document


def embed_missing(catalogue: Catalogue, encoder: Encoder) -> list[str]:
    """Embed the documents in force that this model has not seen; their ids."""
    lacking = {*catalogue.without_vectors(encoder.name), *catalogue.without_vectors(encoder.name + SENTENCES)}
    missing = sorted(lacking)
    for document_id in missing:
        embed(catalogue, document_id, catalogue.passages(document_id), encoder)
    return missing


def stored_vectors(catalogue: Catalogue, document_id: str, model: str) -> Embedded | None:
    """A document's vectors as `embed` kept them, or None."""
    passages = catalogue.vectors(document_id, model)
    sentences = catalogue.vectors(document_id, model + SENTENCES)
    if passages is None or sentences is None:
        return None
    counts = tuple(len(sentence_places(passage)) for passage in catalogue.passages(document_id))
    if sum(counts) != len(sentences) or len(counts) != len(passages):
        return None
    return Embedded(passages, sentences if counts else np.empty((0, passages.shape[1]), np.float32), counts)
