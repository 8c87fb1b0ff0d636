"""Search: the lexical and the semantic leg, fused, filtered and explained.

The order is the same on every run: equal scores are broken by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.advisers import Advisers
from beleidskennis.catalogue import Catalogue
from beleidskennis.dutch.terms import WordsHolding
from beleidskennis.dutch.words import fold, tokens_where, words
from beleidskennis.errors import QueryError
from beleidskennis.fusing import LEXICAL, SEMANTIC, Fusion, Rows, Scores, fuse, in_turn
from beleidskennis.index import Snapshot
from beleidskennis.model import (
    Document,
    Encoder,
    FacetValue,
    Filters,
    Hit,
    LegRank,
    Passage,
    SearchResult,
)
from beleidskennis.query import Expand, ParsedQuery, read_query

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Mask = NDArray[np.bool_]


class Mode(StrEnum):
    """Which legs search."""

    HYBRID = "hybride"
    LEXICAL = LEXICAL
    SEMANTIC = SEMANTIC


MOST_ADVISERS = 4
"""Advisers whose hits take turns; of more, each would have only two on a screen."""
FACETS = ("document", "uitgever", "soort", "jaar", "thema", "sector")
TOPICS = {"theme": "thema", "sector": "sector"}
"""Scheme of the taxonomy -> the filter that its concepts are values of."""


def search(
    text: str,
    snapshot: Snapshot,
    catalogue: Catalogue,
    documents: Mapping[str, Document],
    encoder: Encoder,
    *,
    k: int = 10,
    filters: Filters = Filters(),
    mode: Mode = Mode.HYBRID,
    expand: Expand | None = None,
    advisers: Advisers | None = None,
    fusion: Fusion = Fusion(),
) -> SearchResult:
    """The `k` best passages for `text`, with why each was found, and counts over all candidates for the filters.

    Where the question names two `advisers` or more, the best passages of each take turns.

    Raises:
        QueryError: there is nothing to search for.
    """
    query = read_query(text, spelling=snapshot.spelling, acronyms=snapshot.acronyms, expand=expand)
    allowed = allowed_rows(snapshot, documents, filters, query)
    legs = run_legs(snapshot, query, encoder, allowed, mode, fusion)
    rows, scores = fuse(legs, snapshot, fusion)
    reading = query.reading
    named = advisers.named(query.semantic_text)[:MOST_ADVISERS] if advisers else ()
    if len(named) > 1:
        masks = [_published_by(publisher, snapshot, documents, allowed) for publisher in named]
        each = [fuse(run_legs(snapshot, query, encoder, mask, mode, fusion), snapshot, fusion)[0] for mask in masks]
        if sum(len(rows_of) > 0 for rows_of in each) > 1:
            rows, scores = in_turn(rows, scores, each)
            reading = replace(reading, in_turn=named)
    found = _Found(snapshot, catalogue, documents, query, legs)
    hits = found.hits(rows, scores, k)
    return SearchResult(tuple(hits), reading, _facets(snapshot, documents, rows), len(rows))


def _published_by(publisher: str, snapshot: Snapshot, documents: Mapping[str, Document], allowed: Mask | None) -> Mask:
    """`(n,)` mask of the allowed rows that are of a publisher's documents."""
    of_document = [one in documents and documents[one].publisher == publisher for one in snapshot.document_ids]
    own = np.array(of_document, dtype=bool)[snapshot.document_of_row]
    return np.asarray(own if allowed is None else own & allowed)


def similar(
    passage: Passage,
    snapshot: Snapshot,
    catalogue: Catalogue,
    documents: Mapping[str, Document],
    encoder: Encoder,
    *,
    k: int = 10,
    filters: Filters = Filters(),
    fusion: Fusion = Fusion(),
) -> list[Hit]:
    """The `k` passages nearest to a passage in meaning, best first, itself left out."""
    query = ParsedQuery(passage.text, passage.text, {}, frozenset())
    allowed = allowed_rows(snapshot, documents, filters, query)
    vector = encoder.encode_passages([passage.embed_text])[0]
    rows, scores = nearest_rows(snapshot, vector, allowed, fusion)
    others = np.array([int(snapshot.row_ids[row]) for row in rows])
    stored = catalogue.passages_by_row(others.tolist())
    same = [row_id for row_id, one in stored.items() if one.passage_id == passage.passage_id]
    kept = ~np.isin(others, same)
    found = _Found(snapshot, catalogue, documents, query, {SEMANTIC: (rows[kept], scores[kept])})
    return found.hits(rows[kept], scores[kept], k)


def allowed_rows(
    snapshot: Snapshot, documents: Mapping[str, Document], filters: Filters, query: ParsedQuery
) -> Mask | None:
    """`(n,)` mask of the rows that the filters, and the field prefixes in the question, let through; None for all.

    Raises:
        QueryError: a filter that only recommendations have; it is never passed over in silence.
    """
    if filters.addressees or filters.strengths:
        message = "Filteren op geadresseerde of sterkte kan alleen bij aanbevelingen."
        raise QueryError(message, "Laat dat filter weg, of zoek met: beleidskennis recommendations")
    if filters == Filters() and not query.fields and documents.keys() >= snapshot.live_ids:
        return None if snapshot.whole else snapshot.alive
    chosen = [admits(documents.get(one), filters, query.fields) for one in snapshot.document_ids]
    topics = [("theme", filters.themes), ("sector", filters.sectors)]
    if all(chosen) and snapshot.whole and not any(ids for _scheme, ids in topics):
        return None
    allowed = np.array(chosen, dtype=bool)[snapshot.document_of_row] & snapshot.alive
    for scheme, ids in topics:
        if ids:
            allowed &= snapshot.topics.about(scheme, ids)
    return np.asarray(allowed)


def admits(
    document: Document | None, filters: Filters, fields: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> bool:
    """Whether the filters on documents, and the field prefixes of a question, let this document through."""
    if document is None:
        return False
    years = [filters.years] if filters.years else []
    years += [_year_range(value) for value in fields.get("jaar", ())]
    names = (document.document_id, document.file_name)
    return (
        (not filters.documents or any(name in filters.documents for name in names))
        and (not filters.publishers or document.publisher in filters.publishers)
        and (not filters.kinds or document.kind in filters.kinds)
        and all(document.year is not None and low <= document.year <= high for low, high in years)
        and all(fold(value) in fold(document.title) for value in fields.get("titel", ()))
        and all(fold(value) in fold(document.publisher) for value in fields.get("uitgever", ()))
        and all(fold(value) in fold(document.kind) for value in fields.get("soort", ()))
    )


def _year_range(value: str) -> tuple[int, int]:
    low, _, high = value.partition("-")
    if not low.isdigit() or not (high or low).isdigit():
        return (1, 0)  # nothing is in it
    return int(low), int(high or low)


def run_legs(
    snapshot: Snapshot, query: ParsedQuery, encoder: Encoder, allowed: Mask | None, mode: Mode, fusion: Fusion
) -> dict[str, tuple[Rows, Scores]]:
    """Rows and scores of each leg that `mode` asks for, best first."""
    legs: dict[str, tuple[Rows, Scores]] = {}
    if mode != Mode.SEMANTIC:
        legs[LEXICAL] = snapshot.lexical.top(query.weights, fusion.candidates, allowed=allowed)
    if mode != Mode.LEXICAL:
        vector = encoder.encode_queries([query.semantic_text])[0]
        by_words = legs[LEXICAL][0] if legs else np.empty(0, np.int64)
        legs[SEMANTIC] = nearest_rows(snapshot, vector, allowed, fusion, also=by_words)
    return legs


def nearest_rows(
    snapshot: Snapshot, vector: Vectors, allowed: Mask | None, fusion: Fusion, *, also: Rows | None = None
) -> tuple[Rows, Scores]:
    """The passages whose best sentence comes nearest to `vector` `(d,)`, best first, ties by row.

    Looked at are the passages that FAISS finds nearest and the rows in `also`: one sentence that answers can be lost
    in the vector of a long passage.
    """
    rows, _ = snapshot.vectors.top(vector, fusion.looked_at, allowed)
    if also is not None:
        rows = np.union1d(rows, also)
    scores = snapshot.sentences.best(vector, rows)
    order = np.lexsort((rows, -scores))[: fusion.nearest]
    return rows[order], scores[order]


class _Found:
    """Makes hits of rows: fetches the passages, drops what the question excludes, says why each is there."""

    def __init__(
        self,
        snapshot: Snapshot,
        catalogue: Catalogue,
        documents: Mapping[str, Document],
        query: ParsedQuery,
        legs: Mapping[str, tuple[Rows, Scores]],
    ) -> None:
        self.snapshot, self.catalogue, self.documents, self.query = snapshot, catalogue, documents, query
        self.ranks = {
            name: {int(row): (rank, float(score)) for rank, (row, score) in enumerate(zip(*leg, strict=True), start=1)}
            for name, leg in legs.items()
        }
        self.holding = WordsHolding(query.weights)
        self.phrases = [_plain(phrase) for phrase in query.phrases]
        self.excluded = [_plain(phrase) for phrase in query.excluded]

    def hits(self, rows: Rows, scores: Scores, k: int) -> list[Hit]:
        """The first `k` rows that hold every phrase and nothing excluded."""
        found: list[Hit] = []
        step = k if not (self.phrases or self.excluded) else max(4 * k, 100)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            passages = self.catalogue.passages_by_row([int(self.snapshot.row_ids[row]) for row in part])
            for row, score in zip(part, scores[start : start + step], strict=True):
                passage = passages.get(int(self.snapshot.row_ids[row]))
                if passage is not None and self._fits(passage):
                    found.append(self._hit(int(row), float(score), passage, len(found) + 1))
                if len(found) == k:
                    return found
        return found

    def _fits(self, passage: Passage) -> bool:
        if not (self.phrases or self.excluded):
            return True
        text = _plain(passage.embed_text)
        return all(phrase in text for phrase in self.phrases) and not any(one in text for one in self.excluded)

    def _hit(self, row: int, score: float, passage: Passage, rank: int) -> Hit:
        legs = [LegRank(name, *ranks[row]) for name, ranks in self.ranks.items() if row in ranks]
        tokens = tokens_where(passage.text, self.holding)
        matched = tuple((token.start, token.end) for token in tokens)
        return Hit(passage, self.documents[passage.document_id], score, rank, tuple(legs), matched)


def _plain(text: str) -> str:
    """Folded words with one space between and around them, so that a phrase is found on whole words."""
    return " " + " ".join(fold(word) for word in words(text)) + " "


def _facets(snapshot: Snapshot, documents: Mapping[str, Document], rows: Rows) -> dict[str, tuple[FacetValue, ...]]:
    """For each filter its values with how many of `rows` have them, most first; topics are named by their ids."""
    per_document = Counter(snapshot.document_ids[ordinal] for ordinal in snapshot.document_of_row[rows].tolist())
    counts: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in FACETS}
    for document_id, count in per_document.items():
        document = documents[document_id]
        counts["document"][document.file_name, document.title] += count
        for name, value in (("uitgever", document.publisher), ("soort", document.kind), ("jaar", document.date[:4])):
            if value:
                counts[name][value, value] += count
    for (scheme, concept_id), count in snapshot.topics.counts(rows).items():
        counts[TOPICS[scheme]][concept_id, concept_id] = count
    return {name: most_first(of) for name, of in counts.items()}


def most_first(counts: Mapping[tuple[str, str], int]) -> tuple[FacetValue, ...]:
    """Counts by `(value, label)` as the values of a facet: the most frequent first, then by value."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, label, count) for (value, label), count in ordered)
