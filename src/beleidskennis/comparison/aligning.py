"""Which recommendation of one document says the same as which of another.

Likeness joins three signs: the words that both use (rare words weigh more), the meaning (cosine of the vectors, where there
are any), and the labels they share. A pair is kept where each is the other's best and the likeness is high enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.compounds import split
from beleidskennis.dutch.lemmas import is_known, lemma
from beleidskennis.dutch.stopwords import STOPWORDS
from beleidskennis.dutch.words import words
from beleidskennis.model import Recommendation

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Scores = NDArray[np.float32]

WORDS_SHARE, MEANING_SHARE, LABELS_SHARE = 0.5, 0.35, 0.15
"""Weights of the three signs; without vectors the words take the share of the meaning. See docs/recommendations.md."""
THRESHOLD = 0.3
"""Likeness from which two recommendations are shown as a pair; read pair by pair, see docs/recommendations.md."""
SHOWN_WORDS = 6
_EMPTY = frozenset(
    "moeten dienen zullen kunnen gaan komen belang belangrijk nodig noodzakelijk essentieel cruciaal goed groot nieuw maken "
    "zorgen inzetten adviseren pleiten advies aanbeveling daarbij hierbij rol wijze vorm manier sterk verder".split()
)
"""Words of advice itself: they say nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recommendations that seem to say the same. `score` is 0 to 1; `shared` the words (base forms) of both."""

    first: Recommendation
    second: Recommendation
    score: float
    shared: tuple[str, ...]
    meaning: float = 0.0
    """Cosine of their vectors; 0 where there are none."""


@lru_cache(maxsize=65536)
def _terms_of_word(word: str) -> tuple[str, ...]:
    base = lemma(word)
    parts = split(word) if len(word) > 9 and is_known(word) else (word,)
    more = tuple(lemma(part) for part in parts) if len(parts) > 1 else ()
    return tuple(dict.fromkeys((base, *more)))


def content(recommendation: Recommendation) -> frozenset[str]:
    """The base forms that say what a recommendation is about, parts of compounds included."""
    text = f"{recommendation.intro} {recommendation.quote}".lower()
    found = {term for word in words(text) if word not in STOPWORDS for term in _terms_of_word(word)}
    return frozenset(term for term in found if len(term) > 2 and term not in _EMPTY and not term.isdigit())


def similarities(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None = None,
    second_vectors: Vectors | None = None,
) -> Scores:
    """The likeness (0 to 1) of each of `first` with each of `second`: `(n, m)` float32.

    `*_vectors` are unit rows in the same order.
    """
    if not first or not second:
        return np.zeros((len(first), len(second)), dtype=np.float32)
    by_words = _by_words([content(r) for r in first], [content(r) for r in second])
    by_labels = _by_labels(first, second)
    if first_vectors is None or second_vectors is None:
        return (1 - LABELS_SHARE) * by_words + LABELS_SHARE * by_labels * np.minimum(1, by_words * 4)
    meaning = _above_usual(first_vectors @ second_vectors.T)
    evidence = np.minimum(1, np.maximum(by_words, meaning) * 4)
    return WORDS_SHARE * by_words + MEANING_SHARE * meaning + LABELS_SHARE * by_labels * evidence


def _by_words(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> Scores:
    """Cosine of the term sets, rare terms weighing more."""
    counts = Counter(term for terms in (*first, *second) for term in terms)
    total = len(first) + len(second)
    vocabulary = {term: column for column, term in enumerate(counts)}
    weights = np.array([math.log(1 + total / count) for count in counts.values()], dtype=np.float32)

    def rows(sets: Sequence[frozenset[str]]) -> Scores:
        table = np.zeros((len(sets), len(vocabulary)), dtype=np.float32)
        for row, terms in enumerate(sets):
            columns = [vocabulary[term] for term in terms]
            table[row, columns] = weights[columns]
        return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)

    return rows(first) @ rows(second).T


def _above_usual(cosines: Scores) -> Scores:
    """Cosines as 0 (as alike as any two here) to 1 (the most alike one can be), whatever the model's scale."""
    usual = float(np.median(cosines))
    return np.clip((cosines - usual) / max(1e-6, 1.0 - usual), 0.0, 1.0).astype(np.float32)


def _by_labels(first: Sequence[Recommendation], second: Sequence[Recommendation]) -> Scores:
    """Share of labels (themes and sectors) in common."""

    def labels(one: Recommendation) -> frozenset[tuple[str, str]]:
        return frozenset((label.scheme, label.concept_id) for label in one.labels if label.scheme != "addressee")

    left, right = [labels(one) for one in first], [labels(one) for one in second]
    table = np.zeros((len(left), len(right)), dtype=np.float32)
    for i, mine in enumerate(left):
        for j, others in enumerate(right):
            if mine and others:
                table[i, j] = len(mine & others) / len(mine | others)
    return table


def align(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None = None,
    second_vectors: Vectors | None = None,
    *,
    threshold: float = THRESHOLD,
) -> tuple[Pair, ...]:
    """The pairs that are each other's best with likeness from `threshold`, the most alike first."""
    scores = similarities(first, second, first_vectors, second_vectors)
    if not scores.size:
        return ()
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    pairs = []
    for i, j in enumerate(best_right.tolist()):
        if best_left[j] != i or scores[i, j] < threshold:
            continue
        shared = content(first[i]) & content(second[j])
        if not shared:
            continue
        meaning = (
            float(first_vectors[i] @ second_vectors[j])
            if first_vectors is not None and second_vectors is not None
            else 0.0
        )
        ordered = tuple(sorted(shared, key=lambda term: (-len(term), term))[:SHOWN_WORDS])
        pairs.append(Pair(first[i], second[j], round(float(scores[i, j]), 3), ordered, round(meaning, 3)))
    return tuple(sorted(pairs, key=lambda pair: -pair.score))
