"""Which recommendation of one document says the same as which of another.

Likeness joins three signs: the words that both use (rare words weigh more), the meaning (cosine of the vectors,
where there are any), and the labels they share. A pair is kept where each is the other's best and the likeness is
high enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
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
Weights = Mapping[str, float]

WORDS_SHARE, MEANING_SHARE, LABELS_SHARE = 0.45, 0.4, 0.15
"""Weights of the three signs; without vectors the words take the share of the meaning. See docs/recommendations.md."""
OTHER_THEMES = 0.7
"""Factor on the likeness of two recommendations that both have themes, and none in common."""
THRESHOLD = 0.35
"""Likeness from which two recommendations are shown as a pair. Read pair by pair: 26 of 27 are about the same thing in
five documents on one city, 13 of 21 in five that have little in common (there at 0.30: 18 of 45)."""
FEWEST_WORDS = 2
"""Words of content that a pair must share: one alone ("ruimte", "samenwerking") made pairs of nothing."""
SHOWN_WORDS = 6
_EMPTY = frozenset(
    """
    moeten dienen zullen kunnen gaan komen belang belangrijk nodig noodzakelijk essentieel cruciaal goed groot
    nieuw maken zorgen inzetten adviseren pleiten advies aanbeveling daarbij hierbij rol wijze vorm manier
    sterk verder tegelijkertijd effectief plaats gebieden bereiken ondersteunen vormen vorm leggen basis
    bieden hebben drie twee vier vijf bijdrage bijdragen dragen leveren geven nemen staan zien zetten richten
    gericht breed hoog jaar periode inzet aanpak mogelijk mogelijkheid kans gewenst wenselijk geboden
    bijvoorbeeld stellen passen juist eigen gebruik gebruiken realiseren versterken versterking stimuleren
    stimulering ontwikkelen ontwikkeling verbeteren verbetering bevorderen bevordering nauw actief extra
    specifiek diverse voldoende stad gemeente regio land deel centraal
    """.split()
)
"""Words of advice itself, and of any policy text: they say nothing of what it is about."""


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
    *,
    weights: Weights | None = None,
) -> Scores:
    """The likeness (0 to 1) of each of `first` with each of `second`: `(n, m)` float32.

    `*_vectors` are unit rows in the same order; `weights` (see `term_weights`) tell rare words from common ones.
    """
    if not first or not second:
        return np.zeros((len(first), len(second)), dtype=np.float32)
    weights = weights or term_weights((*first, *second))
    by_words = _by_words([content(r) for r in first], [content(r) for r in second], weights)
    by_labels, apart = _by_labels(first, second)
    if first_vectors is None or second_vectors is None:
        scores = (1 - LABELS_SHARE) * by_words + LABELS_SHARE * by_labels * np.minimum(1, by_words * 4)
    else:
        meaning = _above_usual(first_vectors @ second_vectors.T)
        evidence = np.minimum(1, np.maximum(by_words, meaning) * 4)
        scores = WORDS_SHARE * by_words + MEANING_SHARE * meaning + LABELS_SHARE * by_labels * evidence
    lowered: Scores = np.where(apart, scores * OTHER_THEMES, scores).astype(np.float32)
    return lowered


def term_weights(recommendations: Sequence[Recommendation]) -> dict[str, float]:
    """How much each content term tells: the logarithm of how rare it is among `recommendations`."""
    counts = Counter(term for item in recommendations for term in content(item))
    return {term: math.log(1 + len(recommendations) / count) for term, count in counts.items()}


def _by_words(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]], weights: Weights) -> Scores:
    """Cosine of the term sets, rare terms weighing more."""
    vocabulary = {term: column for column, term in enumerate({term for terms in (*first, *second) for term in terms})}
    telling = np.array([weights.get(term, 1.0) for term in vocabulary], dtype=np.float32)

    def rows(sets: Sequence[frozenset[str]]) -> Scores:
        table = np.zeros((len(sets), len(vocabulary)), dtype=np.float32)
        for row, terms in enumerate(sets):
            columns = [vocabulary[term] for term in terms]
            table[row, columns] = telling[columns]
        unit: Scores = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        return unit

    product: Scores = rows(first) @ rows(second).T
    return product


def _above_usual(cosines: Scores) -> Scores:
    """Cosines as 0 (as alike as any two here) to 1 (the most alike one can be), whatever the model's scale."""
    usual = float(np.median(cosines))
    share: Scores = np.clip((cosines - usual) / max(1e-6, 1.0 - usual), 0.0, 1.0).astype(np.float32)
    return share


def _by_labels(first: Sequence[Recommendation], second: Sequence[Recommendation]) -> tuple[Scores, NDArray[np.bool_]]:
    """Share of labels (themes and sectors) in common; and where both have themes, and none in common."""
    left, right = [_topics(one) for one in first], [_topics(one) for one in second]
    table = np.zeros((len(left), len(right)), dtype=np.float32)
    apart = np.zeros((len(left), len(right)), dtype=np.bool_)
    for i, mine in enumerate(left):
        for j, others in enumerate(right):
            if mine and others:
                table[i, j] = len(mine & others) / len(mine | others)
                apart[i, j] = not mine & others
    return table, apart


def _topics(one: Recommendation) -> frozenset[tuple[str, str]]:
    return frozenset((label.scheme, label.concept_id) for label in one.labels if label.scheme != "addressee")


def _whole(shared: frozenset[str], one: Recommendation) -> frozenset[str]:
    """The words of `one` that bear a shared term: a compound and its parts are one word."""
    text = f"{one.intro} {one.quote}".lower()
    return frozenset(word for word in words(text) if word not in STOPWORDS and shared & set(_terms_of_word(word)))


def align(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None = None,
    second_vectors: Vectors | None = None,
    *,
    threshold: float = THRESHOLD,
    weights: Weights | None = None,
) -> tuple[Pair, ...]:
    """The pairs that are each other's best with likeness from `threshold`, the most alike first."""
    scores = similarities(first, second, first_vectors, second_vectors, weights=weights)
    if not scores.size:
        return ()
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    pairs = []
    for i, j in enumerate(best_right.tolist()):
        if best_left[j] != i or scores[i, j] < threshold:
            continue
        shared = content(first[i]) & content(second[j])
        if len(_whole(shared, first[i])) < FEWEST_WORDS:
            continue
        meaning = (
            float(first_vectors[i] @ second_vectors[j])
            if first_vectors is not None and second_vectors is not None
            else 0.0
        )
        ordered = tuple(sorted(shared, key=lambda term: (-len(term), term))[:SHOWN_WORDS])
        pairs.append(Pair(first[i], second[j], round(float(scores[i, j]), 3), ordered, round(meaning, 3)))
    return tuple(sorted(pairs, key=lambda pair: -pair.score))
