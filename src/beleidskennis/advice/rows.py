"""What is kept of all recommendations to search, count and compare them without reading them.

A row is a recommendation; rows of documents that are gone keep their number until everything is made anew. Adding a
document costs what that document costs, whatever the number of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.advice.values import Values
from beleidskennis.catalogue import Catalogue, links
from beleidskennis.comparison.terms import TermCounts, content
from beleidskennis.dutch.terms import text_terms
from beleidskennis.followup import key_of
from beleidskennis.lexical import LexicalIndex
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Recommendation
from beleidskennis.taxonomy.choosing import SCHEMES
from beleidskennis.vectors import VectorIndex

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

CONTEXT_WEIGHT = 0.5
"""Of the words of headings and intro beside those of the quote, as in passages."""
GONE = ""
"""In `AdviceRows.documents`, in the place of a document that is there no more."""
NAME = "S32"
"""An id of a recommendation, and a key (`followup.key_of`): at most 32 letters and digits."""
REBUILD_REMOVED = 0.2
"""Share of removed rows above which all is made anew."""
BLOCK = 20_000
"""Recommendations in memory at once while adding, with their vectors: some 100 MB."""


@dataclass(slots=True)
class AdviceRows:
    """The rows, with what is searched, filtered and counted by."""

    lexical: LexicalIndex = field(default_factory=LexicalIndex)
    vectors: VectorIndex = field(default_factory=VectorIndex)
    documents: list[str] = field(default_factory=list)
    """Ids of the documents that were looked at, those without recommendations too; `GONE` where one was removed."""
    stamps: list[str] = field(default_factory=list)
    """For each document when it was read: read again, it is another one."""
    document_of: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    """`(n,)` positions in `documents`."""
    ids: NDArray[np.bytes_] = field(default_factory=lambda: np.empty(0, NAME))
    keys: NDArray[np.bytes_] = field(default_factory=lambda: np.empty(0, NAME))
    labels: dict[str, Values] = field(default_factory=lambda: {scheme: Values() for scheme in SCHEMES.values()})
    """By scheme ("theme", "sector", "addressee"), as they were linked: what people said of them comes later."""
    strengths: Values = field(default_factory=Values)
    terms: TermCounts = field(default_factory=TermCounts)
    """What the recommendations of each document are about."""

    def __len__(self) -> int:
        return len(self.ids)


def bring_up_to_date(
    rows: AdviceRows, catalogue: Catalogue, model: str, wanted: Mapping[str, str]
) -> tuple[AdviceRows, bool]:
    """`rows` with just the documents in `wanted` (id -> when it was read), and whether anything changed.

    `rows` is used up. A document whose recommendations `model` has not embedded yet is left for the next time.
    """
    gone = [place for place, one in enumerate(rows.documents) if one and wanted.get(one) != rows.stamps[place]]
    if gone:
        rows.lexical.remove(np.flatnonzero(np.isin(rows.document_of, gone)))
        for place in gone:
            rows.documents[place] = GONE
        if len(rows) and 1.0 - float(rows.lexical.alive.mean()) > REBUILD_REMOVED:
            rows = AdviceRows()
    held = set(rows.documents)
    changed = bool(gone)
    for block in _blocks(catalogue, model, [one for one in wanted if one not in held]):
        _add(rows, block, wanted)
        changed = True
    return rows, changed


@dataclass(frozen=True, slots=True)
class _OfDocument:
    document_id: str
    items: list[Recommendation]
    vectors: Vectors


def _blocks(catalogue: Catalogue, model: str, document_ids: Sequence[str]) -> Iterator[list[_OfDocument]]:
    block: list[_OfDocument] = []
    for document_id in document_ids:
        items = links.recommendations(catalogue, document_id)
        vectors = catalogue.vectors(document_id, model + ADVICE_VECTORS)
        if vectors is None or len(vectors) != len(items):
            continue
        block.append(_OfDocument(document_id, items, vectors))
        if sum(len(one.items) for one in block) >= BLOCK:
            yield block
            block = []
    if block:
        yield block


def _add(rows: AdviceRows, block: Sequence[_OfDocument], stamps: Mapping[str, str]) -> None:
    items = [item for one in block for item in one.items]
    first, first_document = len(rows), len(rows.documents)
    numbers = range(first, first + len(items))
    rows.documents += [one.document_id for one in block]
    rows.stamps += [stamps[one.document_id] for one in block]
    rows.terms = rows.terms.with_documents(
        first_document, [Counter(term for item in one.items for term in content(item)) for one in block]
    )
    if not items:
        return
    rows.lexical.add(_terms(item) for item in items)
    rows.vectors.add(np.concatenate([one.vectors for one in block if one.items]))
    ordinals = np.repeat(np.arange(len(block)) + first_document, [len(one.items) for one in block])
    rows.document_of = np.append(rows.document_of, ordinals.astype(np.int32))
    rows.ids = np.append(rows.ids, np.array([item.recommendation_id for item in items], dtype=NAME))
    rows.keys = np.append(rows.keys, np.array([key_of(item) for item in items], dtype=NAME))
    for scheme, values in rows.labels.items():
        rows.labels[scheme] = values.with_rows(numbers, [item.concepts(scheme) for item in items])
    rows.strengths = rows.strengths.with_rows(numbers, [(item.strength.value,) for item in items])


def _terms(item: Recommendation) -> dict[str, float]:
    found = text_terms(item.quote)
    for term, weight in text_terms("\n".join([*item.headings, item.intro])).items():
        found[term] = found.get(term, 0.0) + CONTEXT_WEIGHT * weight
    return found
