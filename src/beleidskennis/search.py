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
from beleidskennis.dutch.words import fold
from beleidskennis.errors import QueryError
from beleidskennis.folding import fold as fold_versions
from beleidskennis.fusing import LEXICAL, SEMANTIC, Fusion, Rows, Scores, fuse, in_turn
from beleidskennis.hits import Found
from beleidskennis.index import Snapshot
from beleidskennis.model import (
    Document,
    Encoder,
    FacetValue,
    Filters,
    Hit,
    Passage,
    SearchResult,
    read_years,
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
NO_YEARS = (1, 0)
"""What is asked for where a year cannot be read: nothing lies in it."""
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
    candidates, scores = fuse(legs, snapshot, fusion)
    reading = query.reading
    named = advisers.named(query.semantic_text)[:MOST_ADVISERS] if advisers else ()
    if len(named) > 1:
        masks = [_published_by(publisher, snapshot, documents, allowed) for publisher in named]
        each = [fuse(run_legs(snapshot, query, encoder, mask, mode, fusion), snapshot, fusion)[0] for mask in masks]
        if sum(len(rows_of) > 0 for rows_of in each) > 1:
            candidates, scores = in_turn(candidates, scores, each)
            reading = replace(reading, in_turn=named)
    rows, scores, found_as = fold_versions(candidates, scores, snapshot.versions, _whole(allowed, snapshot))
    found = Found(snapshot, catalogue, documents, query, legs, found_as)
    hits = found.hits(rows, scores, k)
    return SearchResult(tuple(hits), reading, _facets(snapshot, documents, candidates), len(rows))


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
    """The `k` passages nearest to a passage in meaning, best first; itself and its text in other versions left out."""
    query = ParsedQuery(passage.text, passage.text, {}, frozenset())
    allowed = allowed_rows(snapshot, documents, filters, query)
    vector = encoder.encode_passages([passage.embed_text])[0]
    rows, scores = nearest_rows(snapshot, vector, allowed, fusion)
    others = np.array([int(snapshot.row_ids[row]) for row in rows])
    stored = catalogue.passages_by_row(others.tolist())
    same = [row_id for row_id, one in stored.items() if one.passage_id == passage.passage_id]
    own = {other for row in rows[np.isin(others, same)].tolist() for other in snapshot.versions.groups.get(row, [row])}
    kept = ~np.isin(rows, list(own))
    rows, scores = rows[kept], scores[kept]
    shown, shown_scores, found_as = fold_versions(rows, scores, snapshot.versions, _whole(allowed, snapshot))
    found = Found(snapshot, catalogue, documents, query, {SEMANTIC: (rows, scores)}, found_as)
    return found.hits(shown, shown_scores, k)


def _whole(allowed: Mask | None, snapshot: Snapshot) -> Mask | None:
    """The rows that may be shown; None for all."""
    return allowed if allowed is not None or snapshot.whole else snapshot.alive


def allowed_rows(
    snapshot: Snapshot, documents: Mapping[str, Document], filters: Filters, query: ParsedQuery
) -> Mask | None:
    """`(n,)` mask of the rows that the filters, and the field prefixes in the question, let through; None for all.

    Raises:
        QueryError: a filter that only recommendations have; it is never passed over in silence.
    """
    if filters.addressees or filters.strengths or filters.statuses:
        message = "Filteren op geadresseerde, sterkte of stand kan alleen bij aanbevelingen."
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
    years += [read_years(value) or NO_YEARS for value in fields.get("jaar", ())]
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
