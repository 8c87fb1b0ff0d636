"""Two or more documents about one theme or question: what they agree on, what only one says, where they pull apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from beleidskennis.comparison.aligning import THRESHOLD, Pair, Scale, align
from beleidskennis.comparison.repeated import Families, are_versions, repeated
from beleidskennis.comparison.tensions import Tension, tensions
from beleidskennis.comparison.terms import content
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.stopwords import STOPWORDS
from beleidskennis.dutch.words import words
from beleidskennis.model import Document, DocumentId, Recommendation

if TYPE_CHECKING:
    from beleidskennis.model import Encoder, Vectors

REMARK = (
    "Deze vergelijking is een suggestie om te lezen, geen oordeel. Paren zijn gekozen op overeenkomst in woorden, "
    "betekenis en thema; lees beide citaten in hun context."
)
VERSIONS_REMARK = (
    "Let op: hierbij zijn versies van hetzelfde document. Die gelden als één stem: wat in beide staat, telt alleen bij "
    "de nieuwste mee, en dat zij het eens zijn, telt niet."
)
ABOUT = 0.35
"""Likeness to the question (see `about`) from which a recommendation counts as about it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for `topic` (a theme's id, or a question).

    Nothing is left out: every recommendation is in a pair, in `only`, or counted in `repeated`.
    """

    topic: str
    documents: tuple[DocumentId, ...]
    agreements: tuple[Pair, ...]
    tensions: tuple[tuple[Pair, tuple[Tension, ...]], ...]
    only: Mapping[DocumentId, tuple[Recommendation, ...]]
    repeated: Mapping[DocumentId, int] = field(default_factory=dict)
    """Of an older version: how many of its recommendations a newer one has too; those count there only."""
    remark: str = REMARK


def about(
    question: str,
    recommendations: Sequence[Recommendation],
    *,
    vectors: Vectors | None = None,
    encoder: Encoder | None = None,
) -> tuple[int, ...]:
    """The indices (from 0) of the recommendations that are about `question`, best first.

    By the share of the question's content words that occur, or by likeness of meaning where there are vectors (of
    `recommendations`, in order, made by `encoder`).
    """
    terms = {lemma(word) for word in words(question.lower()) if word not in STOPWORDS}
    by_words = np.array([len(terms & content(item)) / max(1, len(terms)) for item in recommendations], dtype=np.float32)
    scores = by_words
    if vectors is not None and encoder is not None and len(recommendations):
        cosines = vectors @ encoder.encode_queries([question])[0]
        usual = float(np.median(cosines))
        scores = np.maximum(by_words, np.clip((cosines - usual) / max(1e-6, 1 - usual), 0, 1))
    order = np.argsort(-scores, kind="stable")
    return tuple(int(index) for index in order if scores[index] >= ABOUT)


def compare(
    recommendations: Sequence[Recommendation],
    documents: Sequence[Document],
    *,
    theme: str = "",
    question: str = "",
    scheme: str = "theme",
    vectors: Vectors | None = None,
    encoder: Encoder | None = None,
    threshold: float = THRESHOLD,
    scale: Scale | None = None,
    families: Families = (),
) -> Comparison:
    """Compare the advice of `documents` (two or more) on a concept of `scheme`, on a free question, or on everything.

    `vectors` are unit rows for `recommendations`, in order; `scale` by default theirs. Pairs of the same
    likeness and direction are
    agreements; pairs that differ in direction, number, deadline or addressee are tensions; what has no partner is
    in `only`. Versions of one document (`families`, the newest first) are one voice: they are never paired, and what a
    newer one repeats counts there only.
    """
    ids = tuple(document.document_id for document in documents)
    years = {document.document_id: document.year for document in documents}
    chosen = [
        i
        for i, item in enumerate(recommendations)
        if item.document_id in ids and (not theme or theme in item.concepts(scheme))
    ]
    if question:
        some = [recommendations[i] for i in chosen]
        near = about(question, some, vectors=vectors[chosen] if vectors is not None else None, encoder=encoder)
        chosen = [chosen[i] for i in sorted(near)]
    told = [i for i in chosen if recommendations[i].document_id in ids]
    again = repeated([recommendations[i] for i in told], families)
    doubles = {told[place] for place in again}
    chosen = [i for i in chosen if i not in doubles]
    groups = {one: [i for i in chosen if recommendations[i].document_id == one] for one in ids}
    agreements: list[Pair] = []
    apart: list[tuple[Pair, tuple[Tension, ...]]] = []
    paired: set[str] = set()
    scale = scale or Scale.of(recommendations, vectors)
    for left, right in combinations(ids, 2):
        if are_versions(left, right, families):
            continue
        for pair in _pairs(recommendations, groups[left], groups[right], vectors, threshold, scale):
            paired |= {pair.first.recommendation_id, pair.second.recommendation_id}
            found = tensions(pair.first, pair.second, (years[left], years[right]))
            if found:
                apart.append((pair, found))
            else:
                agreements.append(pair)
    only = {
        one: tuple(recommendations[i] for i in groups[one] if recommendations[i].recommendation_id not in paired)
        for one in ids
    }
    counts = Counter(recommendations[i].document_id for i in doubles)
    remark = " ".join([REMARK, *([VERSIONS_REMARK] if _any_versions(ids, families) else [])])
    return Comparison(theme or question, ids, tuple(agreements), tuple(apart), only, counts, remark)


def _any_versions(ids: Sequence[str], families: Families) -> bool:
    return any(are_versions(one, other, families) for one, other in combinations(ids, 2))


def _pairs(
    recommendations: Sequence[Recommendation],
    left: Sequence[int],
    right: Sequence[int],
    vectors: Vectors | None,
    threshold: float,
    scale: Scale,
) -> tuple[Pair, ...]:
    return align(
        [recommendations[i] for i in left],
        [recommendations[i] for i in right],
        vectors[list(left)] if vectors is not None else None,
        vectors[list(right)] if vectors is not None else None,
        threshold=threshold,
        scale=scale,
    )
