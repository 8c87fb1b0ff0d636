"""Documents in force with all that the index keeps of them, so many at a time that they fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from beleidskennis.catalogue import Catalogue
from beleidskennis.embedding import Embedded, stored_vectors
from beleidskennis.errors import IndexUnusableError
from beleidskennis.model import Document, Passage

BLOCK = 20_000
"""Passages in memory at once, with their vectors and terms: some 400 MB."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some documents with all that the index keeps of them; `passages` of all of them, in order."""

    documents: list[Document]
    counts: list[int]
    """Passages of each document."""
    row_ids: list[int]
    passages: list[Passage]
    vectors: Embedded


def read_blocks(catalogue: Catalogue, document_ids: Sequence[str], model: str) -> Iterator[Block]:
    """The documents `document_ids`, some `BLOCK` passages at a time; of documents without passages nothing is kept.

    Raises:
        IndexUnusableError: the catalogue has no vectors of this model for a document.
    """
    documents: list[Document] = []
    numbered: list[list[tuple[int, Passage]]] = []
    embedded: list[Embedded] = []
    size = 0
    for number, document_id in enumerate(document_ids, start=1):
        found = catalogue.numbered_passages(document_id)
        vectors = stored_vectors(catalogue, document_id, model)
        document = catalogue.document(document_id)
        if document is None or vectors is None or len(vectors.passages) != len(found):
            message = f"Van document {document_id[:8]} ontbreken de vectoren van '{model}'."
            raise IndexUnusableError(message, "Maak ze met: beleidskennis ingest")
        documents.append(document)
        numbered.append(found)
        if found:
            embedded.append(vectors)
        size += len(found)
        if size >= BLOCK or (number == len(document_ids) and size):
            yield _block(documents, numbered, embedded)
            documents, numbered, embedded, size = [], [], [], 0


def _block(documents: list[Document], numbered: list[list[tuple[int, Passage]]], embedded: Sequence[Embedded]) -> Block:
    pairs = [pair for of_document in numbered for pair in of_document]
    return Block(
        documents,
        [len(of_document) for of_document in numbered],
        [row_id for row_id, _passage in pairs],
        [passage for _row_id, passage in pairs],
        Embedded(
            np.concatenate([one.passages for one in embedded]),
            np.concatenate([one.sentences for one in embedded]),
            tuple(count for one in embedded for count in one.counts),
        ),
    )
