"""Searching recommendations like passages: by words and by meaning, with filters and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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


@dataclass(frozen=True)
class AdviceIndex:
    """The recommendations of one generation of the index, ready to be searched. Row `i` is `items[i]`."""

    items: tuple[Recommendation, ...]
    lexical: LexicalIndex
    vectors: VectorIndex
    embedded: Vectors
    """`(n, d)` float32, unit rows: the vectors themselves, for comparing."""

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
    allowed = np.array([_fits(item, documents.get(item.document_id), filters) for item in index.items], dtype=bool)
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
    return AdviceResult(items[:k], facets(items, documents), len(items))


def _fits(item: Recommendation, document: Document | None, filters: Filters) -> bool:
    if document is None or not admits(document, filters):
        return False
    wanted = (("theme", filters.themes), ("sector", filters.sectors), ("addressee", filters.addressees))
    return all(not ids or set(ids) & set(item.concepts(scheme)) for scheme, ids in wanted) and (
        not filters.strengths or item.strength.value in filters.strengths
    )


def facets(items: Sequence[Recommendation], documents: Mapping[str, Document]) -> dict[str, tuple[FacetValue, ...]]:
    """For each filter its values with how many of `items` have them, most first; labels are names or ids."""
    counts: dict[str, Counter[tuple[str, str]]] = {
        name: Counter() for name in ("document", *SCHEMES, "sterkte", "jaar")
    }
    for item in items:
        document = documents[item.document_id]
        counts["document"][document.file_name, document.title] += 1
        counts["sterkte"][item.strength.value, item.strength.value] += 1
        if document.date:
            counts["jaar"][document.date[:4], document.date[:4]] += 1
        for name, scheme in SCHEMES.items():
            counts[name].update((concept_id, concept_id) for concept_id in item.concepts(scheme))
    return {name: most_first(of) for name, of in counts.items()}
