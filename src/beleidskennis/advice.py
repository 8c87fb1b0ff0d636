"""Searching recommendations like passages: by words and by meaning, with filters and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.catalogue import Catalogue, links
from beleidskennis.dutch.terms import text_terms
from beleidskennis.followup import Judgement, apply_judgements, key_of
from beleidskennis.fusing import Fusion, brought_to_one
from beleidskennis.index import Snapshot
from beleidskennis.lexical import LexicalIndex
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Document, Encoder, FacetValue, Filters, Recommendation
from beleidskennis.query import Expand, read_query
from beleidskennis.search import admits, most_first
from beleidskennis.taxonomy.choosing import SCHEMES
from beleidskennis.vectors import VectorIndex

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

CONTEXT_WEIGHT = 0.5
"""Of the words of headings and intro beside those of the quote, as in passages."""


@dataclass(frozen=True, slots=True)
class Values:
    """Which rows have which values: `rows[i]` (int32) has `names[codes[i]]`; a row may have several, or none."""

    names: tuple[str, ...]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[Iterable[str]]) -> Values:
        """From the values of each row, in order."""
        pairs = [(row, value) for row, of_row in enumerate(values) for value in dict.fromkeys(of_row)]
        names = tuple(dict.fromkeys(value for _, value in pairs))
        code_of = {name: code for code, name in enumerate(names)}
        rows = np.array([row for row, _ in pairs], dtype=np.int32)
        return cls(names, rows, np.array([code_of[value] for _, value in pairs], dtype=np.int32))

    def having(self, wanted: Sequence[str], n: int) -> NDArray[np.bool_]:
        """Of `n` rows, those with one of the values `wanted`."""
        found = np.zeros(n, dtype=bool)
        found[self.rows[np.isin(self.codes, [code for code, name in enumerate(self.names) if name in wanted])]] = True
        return found

    def counts(self, chosen: NDArray[np.bool_]) -> Counter[tuple[str, str]]:
        """How many of the `chosen` rows have each value, by `(value, value)`."""
        found = np.bincount(self.codes[chosen[self.rows]], minlength=len(self.names))
        return Counter({(name, name): int(count) for name, count in zip(self.names, found, strict=True) if count})


@dataclass(frozen=True, slots=True)
class Columns:
    """What recommendations are filtered and counted by, as columns: tens of thousands are counted in a millisecond."""

    documents: tuple[str, ...]
    document_of: NDArray[np.int32]
    """`(n,)`: the place in `documents` of each recommendation's document."""
    labels: Mapping[str, Values]
    """By scheme: "theme", "sector", "addressee"."""
    strengths: Values


@dataclass(frozen=True)
class AdviceIndex:
    """The recommendations of one generation of the index, ready to be searched. Row `i` is `items[i]`."""

    items: tuple[Recommendation, ...]
    lexical: LexicalIndex
    vectors: VectorIndex
    embedded: Vectors
    """`(n, d)` float32, unit rows: the vectors themselves, for comparing."""

    @cached_property
    def columns(self) -> Columns:
        """Its columns, made once."""
        ordinals: dict[str, int] = {}
        document_of = [ordinals.setdefault(item.document_id, len(ordinals)) for item in self.items]
        return Columns(
            tuple(ordinals),
            np.array(document_of, dtype=np.int32),
            {scheme: Values.of(item.concepts(scheme) for item in self.items) for scheme in SCHEMES.values()},
            Values.of((item.strength.value,) for item in self.items),
        )

    @classmethod
    def load(cls, catalogue: Catalogue, model: str, *, judgements: Sequence[Judgement] = ()) -> AdviceIndex:
        """Build it from the catalogue, with the labels as people judged them."""
        items: list[Recommendation] = []
        vectors: list[Vectors] = []
        for document in catalogue.documents():
            of_document = links.recommendations(catalogue, document.document_id)
            stored = catalogue.vectors(document.document_id, model + ADVICE_VECTORS)
            if stored is not None and len(stored) == len(of_document):
                items += judged(of_document, judgements)
                vectors.append(stored)
        lexical = LexicalIndex.build(_terms(item) for item in items)
        embedded = np.concatenate(vectors) if items else np.empty((0, 1), np.float32)
        return cls(tuple(items), lexical, VectorIndex.build(embedded), embedded)


def judged(items: Sequence[Recommendation], judgements: Sequence[Judgement]) -> list[Recommendation]:
    """The recommendations with their labels as people judged them."""
    by_key: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_key.setdefault(judgement.key, []).append(judgement)
    return [apply_judgements(item, by_key[key]) if (key := key_of(item)) in by_key else item for item in items]


def _terms(item: Recommendation) -> dict[str, float]:
    found = text_terms(item.quote)
    for term, weight in text_terms("\n".join([*item.headings, item.intro])).items():
        found[term] = found.get(term, 0.0) + CONTEXT_WEIGHT * weight
    return found


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """Recommendations in order, with counts over all that the filters let through."""

    items: tuple[Recommendation, ...]
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
) -> AdviceResult:
    """The recommendations that fit the filters: the best first for a question, in reading order without one.

    With a question, those that neither share a word with it nor are among the nearest in meaning are left out.
    """
    allowed = _allowed(index, documents, filters)
    rows = [int(row) for row in np.flatnonzero(allowed)]
    if text.strip() and rows:
        query = read_query(text, spelling=snapshot.spelling, acronyms=snapshot.acronyms, expand=expand)
        scores = np.zeros(len(index.items), dtype=np.float32)
        vector = encoder.encode_queries([query.semantic_text])[0]
        lexical, by_words = index.lexical.top(query.weights, fusion.candidates, allowed=allowed)
        semantic, by_meaning = index.vectors.top(vector, fusion.nearest, allowed)
        scores[lexical] += fusion.lexical * brought_to_one(by_words, floored=False)
        scores[semantic] += fusion.semantic * brought_to_one(by_meaning, floored=True)
        order = np.lexsort((np.arange(len(scores)), -scores))
        rows = [int(row) for row in order if scores[row] > 0]
    items = tuple(index.items[row] for row in rows)
    return AdviceResult(items[:k], _facets(index, rows, documents), len(items))


def _allowed(index: AdviceIndex, documents: Mapping[str, Document], filters: Filters) -> NDArray[np.bool_]:
    """Which recommendations the filters let through."""
    columns = index.columns
    admitted = [one in documents and admits(documents[one], filters) for one in columns.documents]
    allowed: NDArray[np.bool_] = np.array(admitted, dtype=bool)[columns.document_of]
    for scheme, ids in (("theme", filters.themes), ("sector", filters.sectors), ("addressee", filters.addressees)):
        if ids:
            allowed &= columns.labels[scheme].having(ids, len(allowed))
    if filters.strengths:
        allowed &= columns.strengths.having(filters.strengths, len(allowed))
    return allowed


def _facets(
    index: AdviceIndex, rows: Sequence[int], documents: Mapping[str, Document]
) -> dict[str, tuple[FacetValue, ...]]:
    """For each filter its values with how many of the recommendations in `rows` have them; labels are names or ids."""
    columns = index.columns
    chosen = np.zeros(len(index.items), dtype=bool)
    chosen[list(rows)] = True
    by_document: Counter[tuple[str, str]] = Counter()
    by_year: Counter[tuple[str, str]] = Counter()
    of_document = np.bincount(columns.document_of[chosen], minlength=len(columns.documents))
    for ordinal in np.flatnonzero(of_document).tolist():
        document, count = documents[columns.documents[ordinal]], int(of_document[ordinal])
        by_document[document.file_name, document.title] += count
        if document.date:
            by_year[document.date[:4], document.date[:4]] += count
    counts = {"document": by_document}
    counts |= {name: columns.labels[scheme].counts(chosen) for name, scheme in SCHEMES.items()}
    counts |= {"sterkte": columns.strengths.counts(chosen), "jaar": by_year}
    return {name: most_first(of) for name, of in counts.items()}
