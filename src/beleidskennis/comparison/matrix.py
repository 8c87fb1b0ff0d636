"""How often each document speaks of each theme, sector or addressee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from beleidskennis.model import DocumentId, Recommendation

NONE = ""
"""The row of recommendations without any label of the scheme."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The recommendations of one document under one concept."""

    concept_id: str
    document_id: DocumentId
    recommendation_ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.recommendation_ids)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Concepts (rows, most advice first; `NONE` last) by documents (columns, in the order given)."""

    scheme: str
    concepts: tuple[str, ...]
    documents: tuple[DocumentId, ...]
    cells: Mapping[tuple[str, DocumentId], Cell]

    def cell(self, concept_id: str, document_id: DocumentId) -> Cell:
        """The cell, empty where there is no advice."""
        return self.cells.get((concept_id, document_id)) or Cell(concept_id, document_id, ())

    def rows(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Each concept with its count per document."""
        return tuple(
            (concept, tuple(self.cell(concept, document).count for document in self.documents))
            for concept in self.concepts
        )


def matrix(
    recommendations: Sequence[Recommendation], scheme: str, documents: Sequence[DocumentId] | None = None
) -> Matrix:
    """Count `recommendations` by concept of `scheme` ("theme", "sector", "addressee") and document.

    A recommendation with several labels counts under each; `documents` gives the columns (by default in order of
    appearance). Third-party advice that a document only quotes is counted with it.
    """
    columns = (
        tuple(documents) if documents is not None else tuple(dict.fromkeys(r.document_id for r in recommendations))
    )
    linked = [(one.recommendation_id, one.document_id, one.concepts(scheme)) for one in recommendations]
    return matrix_of(linked, scheme, columns)


def matrix_of(
    linked: Iterable[tuple[str, DocumentId, Sequence[str]]], scheme: str, documents: Sequence[DocumentId]
) -> Matrix:
    """The same from `(recommendation id, document id, its concepts of the scheme)`, which needs no text."""
    wanted = set(documents)
    found: dict[tuple[str, DocumentId], list[str]] = {}
    for recommendation_id, document_id, concepts_of_one in linked:
        if document_id in wanted:
            for concept_id in concepts_of_one or (NONE,):
                found.setdefault((concept_id, document_id), []).append(recommendation_id)
    totals = Counter({concept: 0 for concept, _ in found})
    for (concept, _), ids in found.items():
        totals[concept] += len(ids)
    concepts = sorted(totals, key=lambda concept: (concept == NONE, -totals[concept], concept))
    cells = {place: Cell(place[0], place[1], tuple(ids)) for place, ids in found.items()}
    return Matrix(scheme, tuple(concepts), tuple(documents), cells)
