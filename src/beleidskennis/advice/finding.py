"""Searching recommendations like passages: by words and by meaning, with filters and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.advice.folded import Twins
from beleidskennis.advice.items import Items, Judgements, judged
from beleidskennis.advice.rows import AdviceRows
from beleidskennis.advice.values import Values
from beleidskennis.catalogue import Catalogue, State, links
from beleidskennis.comparison import Scale
from beleidskennis.comparison.aligning import usual_rows
from beleidskennis.comparison.repeated import Families
from beleidskennis.followup import Status
from beleidskennis.fusing import Fusion, brought_to_one
from beleidskennis.index import Snapshot
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Document, DocumentId, Encoder, FacetValue, Filters, Recommendation, Strength
from beleidskennis.query import Expand, read_query
from beleidskennis.search import admits, most_first
from beleidskennis.taxonomy.choosing import SCHEMES

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Rows = NDArray[np.int64]
STATUSES = tuple(Status)
"""The first is that of a recommendation of which nothing is kept."""
KEPT = 64
"""Documents whose recommendations are kept in memory, for the next comparison: some 5 MB."""


@dataclass(frozen=True)
class AdviceIndex:
    """The recommendations of one generation of the index, ready to be searched and compared."""

    rows: AdviceRows
    catalogue: Catalogue
    model: str
    labels: Mapping[str, Values]
    """By scheme: "theme", "sector", "addressee", as people judged them."""
    order: Rows
    """The rows that count, in reading order: by file name of the document, then as they stand in it."""
    judgements: Judgements
    read: dict[str, tuple[list[Recommendation], Vectors]] = field(default_factory=dict)
    """Of the documents that were compared last."""
    folded: list[Twins] = field(default_factory=list)
    """What versions of one document both say, once it was asked for."""

    @classmethod
    def of(cls, rows: AdviceRows, catalogue: Catalogue, model: str, judgements: Judgements) -> AdviceIndex:
        """Over `rows`, with the labels as people judged them."""
        told = np.flatnonzero(np.isin(rows.keys, np.array(list(judgements), dtype=rows.keys.dtype)) & _alive(rows))
        items = {item.recommendation_id: item for item in Items(catalogue, rows.ids[told], judgements)}
        named = [(row, items[one.decode()]) for row, one in zip(told.tolist(), rows.ids[told], strict=True)
                 if one.decode() in items]  # fmt: skip
        labels = {
            scheme: values.without_rows([row for row, _ in named]).with_rows(
                [row for row, _ in named], [item.concepts(scheme) for _, item in named]
            )
            for scheme, values in rows.labels.items()
        }
        rank = {document_id: place for place, document_id in enumerate(catalogue.document_ids(tuple(State)))}
        places = np.array([rank.get(one, len(rank)) for one in rows.documents], dtype=np.int64)
        alive = np.flatnonzero(_alive(rows))
        order = alive[np.argsort(places[rows.document_of[alive]], kind="stable")]
        return cls(rows, catalogue, model, labels, order, judgements)

    @property
    def items(self) -> Items:
        """All recommendations, in reading order."""
        return self.items_of(self.order)

    def items_of(self, rows: Rows) -> Items:
        """The recommendations of some rows."""
        return Items(self.catalogue, self.rows.ids[rows], self.judgements)

    def of_documents(self, document_ids: Sequence[str]) -> tuple[list[Recommendation], Vectors]:
        """The recommendations of some documents, and their vectors `(n, d)` float32, unit rows."""
        found = [self._of_document(one) for one in document_ids]
        items = [item for of_document, _vectors in found for item in of_document]
        vectors = [vectors for of_document, vectors in found if of_document]
        return items, np.concatenate(vectors) if vectors else np.empty((0, 1), np.float32)

    def linked(self, scheme: str, document_ids: Sequence[str]) -> Iterator[tuple[str, DocumentId, tuple[str, ...]]]:
        """Of the recommendations of some documents `(id, document, its concepts of a scheme)`; no text is read."""
        known = {one: place for place, one in enumerate(self.rows.documents) if one}
        chosen = [known[one] for one in document_ids if one in known]
        rows = self.order[np.isin(self.rows.document_of[self.order], chosen)]
        values = self.labels[scheme]
        concepts: dict[int, list[str]] = {}
        for row, code in zip(values.rows.tolist(), values.codes.tolist(), strict=True):
            concepts.setdefault(row, []).append(values.names[code])
        for row, one in zip(rows.tolist(), self.rows.ids[rows], strict=True):
            document_id = DocumentId(self.rows.documents[self.rows.document_of[row]])
            yield one.decode(), document_id, tuple(concepts.get(row, ()))

    def twins(self, families: Families, documents: Mapping[str, Document]) -> Twins:
        """What versions of one document (`families`, the newest first) both say; worked out once."""
        if families and not self.folded:
            live = [[one for one in family if one in documents] for family in families]
            items, _vectors = self.of_documents([one for family in live for one in family])
            row_of = {
                one.decode(): row for row, one in zip(self.order.tolist(), self.rows.ids[self.order], strict=True)
            }
            known = [item for item in items if item.recommendation_id in row_of]
            self.folded.append(Twins.of(known, row_of, live, documents))
        return self.folded[0] if families else Twins()

    def _of_document(self, document_id: str) -> tuple[list[Recommendation], Vectors]:
        kept = self.read.get(document_id)
        if kept is None:
            items = judged(links.recommendations(self.catalogue, document_id), self.judgements)
            vectors = self.catalogue.vectors(document_id, self.model + ADVICE_VECTORS)
            kept = (
                (items, vectors)
                if vectors is not None and len(vectors) == len(items)
                else ([], np.empty((0, 1), np.float32))
            )
            if len(self.read) >= KEPT:
                self.read.clear()
            self.read[document_id] = kept
        return kept

    def followed(self, statuses: Mapping[str, Status]) -> NDArray[np.int8]:
        """`(n,)`: how far the follow-up of each row is, as places in `STATUSES`; open where nothing is kept."""
        found = np.zeros(len(self.rows), dtype=np.int8)
        order, ordered = self._by_key
        keys = np.array(list(statuses), dtype=self.rows.keys.dtype)
        starts, ends = np.searchsorted(ordered, keys), np.searchsorted(ordered, keys, side="right")
        for status, start, end in zip(statuses.values(), starts, ends, strict=True):
            found[order[start:end]] = STATUSES.index(status)
        return found

    @cached_property
    def _by_key(self) -> tuple[Rows, NDArray[np.bytes_]]:
        order = np.argsort(self.rows.keys, kind="stable")
        return order, self.rows.keys[order]

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """`(n,)`: which rows have not been removed."""
        return _alive(self.rows)

    @cached_property
    def places(self) -> Rows:
        """`(n,)`: the place of each row in reading order; rows that do not count come last."""
        places = np.full(len(self.rows), len(self.order), dtype=np.int64)
        places[self.order] = np.arange(len(self.order))
        return places

    @cached_property
    def scale(self) -> Scale:
        """What likeness means among all recommendations."""
        sizes = np.bincount(self.rows.document_of[self.alive], minlength=len(self.rows.documents))
        topics = {
            (scheme, concept): count
            for scheme in ("theme", "sector")
            for (concept, _), count in self.labels[scheme].counts(self.alive).items()
        }
        some = self.rows.vectors.vectors_of(self.order[usual_rows(len(self.order))])
        return Scale.of_counts(len(self.order), self.rows.terms.weights(sizes), topics, some)


def _alive(rows: AdviceRows) -> NDArray[np.bool_]:
    return rows.lexical.alive


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """Recommendations in order, with counts over all that the filters let through."""

    items: Items
    facets: Mapping[str, tuple[FacetValue, ...]]
    total: int


def find(
    text: str,
    index: AdviceIndex,
    snapshot: Snapshot,
    documents: Mapping[str, Document],
    encoder: Encoder,
    *,
    filters: Filters,
    k: int | None = None,
    expand: Expand | None = None,
    fusion: Fusion = Fusion(),
    statuses: Mapping[str, Status] | None = None,
) -> AdviceResult:
    """The recommendations that fit the filters: the best first for a question; without one see `plainest_first`.

    `statuses` says how far the follow-up is, by the key of a recommendation (`followup.key_of`); what is not named is
    open. With a question, those that neither share a word with it nor are among the nearest in meaning are left out.
    What several versions of a document say is there once, from the newest that the filters let through.
    """
    followed = index.followed(statuses or {})
    allowed = _allowed(index, documents, filters, followed)
    rows = plainest_first(index, index.order[allowed[index.order]], documents)
    if text.strip() and len(rows):
        query = read_query(text, spelling=snapshot.spelling, acronyms=snapshot.acronyms, expand=expand)
        scores = np.zeros(len(index.rows), dtype=np.float32)
        vector = encoder.encode_queries([query.semantic_text])[0]
        lexical, by_words = index.rows.lexical.top(query.weights, fusion.candidates, allowed=allowed)
        semantic, by_meaning = index.rows.vectors.top(vector, fusion.nearest, allowed)
        scores[lexical] += fusion.lexical * brought_to_one(by_words, floored=False)
        scores[semantic] += fusion.semantic * brought_to_one(by_meaning, floored=True)
        found = np.flatnonzero(scores > 0)
        rows = found[np.lexsort((index.places[found], -scores[found]))]
    twins = index.twins(snapshot.versions.families, documents)
    rows = twins.fold(rows, allowed)
    items = replace(index.items_of(rows[:k]), places=twins.places)
    return AdviceResult(items, _facets(index, rows, documents, followed), len(rows))


def plainest_first(index: AdviceIndex, rows: Rows, documents: Mapping[str, Document]) -> Rows:
    """`rows`, explicit advice before implicit; of each the newest document first, and as it stands in the document.

    Who lists advice without a question reads from the top, and a vague first line makes the whole list seem vague.
    """
    dates = [documents[one].date if one in documents else "" for one in index.rows.documents]
    _dates, age = np.unique(np.array(dates), return_inverse=True)
    explicit = index.rows.strengths.having((Strength.EXPLICIT.value,), len(index.rows))[rows]
    return rows[np.lexsort((index.places[rows], -age[index.rows.document_of[rows]], ~explicit))]


def _allowed(
    index: AdviceIndex, documents: Mapping[str, Document], filters: Filters, followed: NDArray[np.int8]
) -> NDArray[np.bool_]:
    """Which rows the filters let through."""
    admitted = [one in documents and admits(documents[one], filters) for one in index.rows.documents]
    allowed: NDArray[np.bool_] = np.array(admitted, dtype=bool)[index.rows.document_of] & index.alive
    for scheme, ids in (("theme", filters.themes), ("sector", filters.sectors), ("addressee", filters.addressees)):
        if ids:
            allowed &= index.labels[scheme].having(ids, len(allowed))
    if filters.strengths:
        allowed &= index.rows.strengths.having(filters.strengths, len(allowed))
    if filters.statuses:
        allowed &= np.isin(followed, [STATUSES.index(one) for one in STATUSES if one.value in filters.statuses])
    return allowed


def _facets(
    index: AdviceIndex, rows: Rows, documents: Mapping[str, Document], followed: NDArray[np.int8]
) -> dict[str, tuple[FacetValue, ...]]:
    """For each filter its values with how many of the recommendations in `rows` have them; labels are names or ids."""
    chosen = np.zeros(len(index.rows), dtype=bool)
    chosen[rows] = True
    by_document: Counter[tuple[str, str]] = Counter()
    by_year: Counter[tuple[str, str]] = Counter()
    of_document = np.bincount(index.rows.document_of[rows], minlength=len(index.rows.documents))
    for ordinal in np.flatnonzero(of_document).tolist():
        document, count = documents[index.rows.documents[ordinal]], int(of_document[ordinal])
        by_document[document.file_name, document.title] += count
        if document.date:
            by_year[document.date[:4], document.date[:4]] += count
    counts = {"document": by_document}
    counts |= {name: index.labels[scheme].counts(chosen) for name, scheme in SCHEMES.items()}
    counts |= {"sterkte": index.rows.strengths.counts(chosen), "jaar": by_year}
    by_status = np.bincount(followed[rows], minlength=len(STATUSES)).tolist()
    counts["stand"] = Counter({(one.value, one.value): of for one, of in zip(STATUSES, by_status, strict=True) if of})
    return {name: most_first(of) for name, of in counts.items()}
