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
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.comparison.terms import bag_of, content, is_topical, term_weights, whole_words
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.model import Recommendation

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Scores = NDArray[np.float32]
Weights = Mapping[str, float]
Topic = tuple[str, str]
"""A scheme and a concept of it."""

WORDS_SHARE, MEANING_SHARE, LABELS_SHARE = 0.45, 0.4, 0.15
"""Weights of the three signs; without vectors the words take the share of the meaning. See docs/recommendations.md."""
OTHER_THEMES = 0.7
"""Factor on the likeness of two recommendations that both have themes, and none in common."""
THRESHOLD = 0.3
"""Likeness from which two recommendations are shown as a pair; it leans on the model's vectors. Chosen by reading pairs
(docs/recommendations.md): 28 of 29 are about the same thing in five documents on one city, 13 of 16 in five that have
little in common. `scripts/evaluate_pairs.py` measures it anew for another model."""
FEWEST_WORDS = 2
"""Words of content that a pair must share: one alone ("ruimte", "samenwerking") made pairs of nothing."""
LEAST_TOPICAL = 0.5
"""Weight (see `term_weights`) of the shared words that say what two recommendations are about, as a share of the weight
of the rarest word."""
SHOWN_WORDS = 6
USUAL_ROWS = 1000
"""Recommendations, evenly spread, from which the usual cosine is taken."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recommendations that seem to say the same. `score` is 0 to 1; `shared` the words (base forms) of both."""

    first: Recommendation
    second: Recommendation
    score: float
    shared: tuple[str, ...]
    meaning: float = 0.0
    """Cosine of their vectors; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Against what likeness is measured: all recommendations that there are, whichever of them are compared."""

    terms: Weights
    """How much each content term tells (`terms.term_weights`)."""
    topics: Mapping[Topic, float]
    """How much a shared theme or sector tells: the logarithm of how rare it is."""
    usual: float
    """Cosine of any two recommendations, as a rule: the median."""

    @classmethod
    def of(cls, recommendations: Sequence[Recommendation], vectors: Vectors | None = None) -> Scale:
        """The scale of `recommendations`; `vectors` are their unit rows, in order."""
        counts = Counter(topic for item in recommendations for topic in _topics(item))
        some = None if vectors is None else vectors[usual_rows(len(vectors))]
        return cls.of_counts(len(recommendations), term_weights(recommendations), counts, some)

    @classmethod
    def of_counts(cls, total: int, terms: Weights, topics: Mapping[Topic, int], some: Vectors | None) -> Scale:
        """The scale of `total` recommendations.

        `topics` says how many have each theme or sector; `some` are the vectors of `usual_rows` of them.
        """
        telling = {topic: math.log(1 + total / count) for topic, count in topics.items()}
        usual = float(np.median(some @ some.T)) if some is not None and len(some) else 0.0
        return cls(terms, telling, usual)


def usual_rows(total: int) -> slice:
    """Which of `total` recommendations the usual cosine is taken from."""
    return slice(None, None, max(1, total // USUAL_ROWS))


def similarities(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None = None,
    second_vectors: Vectors | None = None,
    *,
    scale: Scale | None = None,
) -> Scores:
    """The likeness (0 to 1) of each of `first` with each of `second`: `(n, m)` float32.

    `*_vectors` are unit rows in the same order; `scale` is that of all recommendations there are, by default of these.
    """
    if not first or not second:
        return np.zeros((len(first), len(second)), dtype=np.float32)
    scale = scale or _scale_of_both(first, second, first_vectors, second_vectors)
    by_words = _by_words([bag_of(r) for r in first], [bag_of(r) for r in second], scale.terms)
    by_labels, apart = _by_labels(first, second, scale.topics)
    if first_vectors is None or second_vectors is None:
        scores = (1 - LABELS_SHARE) * by_words + LABELS_SHARE * by_labels * np.minimum(1, by_words * 4)
    else:
        meaning = _above_usual(first_vectors @ second_vectors.T, scale.usual)
        evidence = np.minimum(1, np.maximum(by_words, meaning) * 4)
        scores = WORDS_SHARE * by_words + MEANING_SHARE * meaning + LABELS_SHARE * by_labels * evidence
    lowered: Scores = np.where(apart, scores * OTHER_THEMES, scores).astype(np.float32)
    return lowered


def _scale_of_both(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None,
    second_vectors: Vectors | None,
) -> Scale:
    both = None
    if first_vectors is not None and second_vectors is not None:
        both = np.concatenate([first_vectors, second_vectors])
    return Scale.of((*first, *second), both)


def _by_words(first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]], weights: Weights) -> Scores:
    """Cosine of the bags of terms, rare terms weighing more."""
    terms_of_all = sorted({term for bag in (*first, *second) for term in bag})
    vocabulary = {term: column for column, term in enumerate(terms_of_all)}
    telling = np.array([weights.get(term, 1.0) for term in vocabulary], dtype=np.float32)

    def rows(bags: Sequence[Mapping[str, float]]) -> Scores:
        table = np.zeros((len(bags), len(vocabulary)), dtype=np.float32)
        for row, bag in enumerate(bags):
            columns = [vocabulary[term] for term in bag]
            table[row, columns] = telling[columns] * np.array(list(bag.values()), dtype=np.float32)
        unit: Scores = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        return unit

    product: Scores = rows(first) @ rows(second).T
    return product


def _above_usual(cosines: Scores, usual: float) -> Scores:
    """Cosines as 0 (as alike as any two are) to 1 (the most alike one can be), whatever the model's scale."""
    share: Scores = np.clip((cosines - usual) / max(1e-6, 1.0 - usual), 0.0, 1.0).astype(np.float32)
    return share


def _by_labels(
    first: Sequence[Recommendation], second: Sequence[Recommendation], telling: Mapping[Topic, float]
) -> tuple[Scores, NDArray[np.bool_]]:
    """Share of labels in common, rare ones weighing more; and where both have themes, and none in common."""
    left, right = [_topics(one) for one in first], [_topics(one) for one in second]
    columns = {topic: column for column, topic in enumerate(sorted({one for of in (*left, *right) for one in of}))}
    weights = np.array([telling.get(topic, 1.0) for topic in columns])

    def rows(topics: Sequence[frozenset[Topic]]) -> NDArray[np.float64]:
        table = np.zeros((len(topics), len(columns)))
        for row, of in enumerate(topics):
            table[row, [columns[one] for one in of]] = 1.0
        return table

    mine, others = rows(left), rows(right)
    both = (mine.sum(axis=1)[:, None] > 0) & (others.sum(axis=1) > 0)
    shared = (mine * weights) @ others.T
    either = (mine @ weights)[:, None] + others @ weights - shared
    share = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return share.astype(np.float32), both & (mine @ others.T == 0)


def _topics(one: Recommendation) -> frozenset[Topic]:
    return frozenset((label.scheme, label.concept_id) for label in one.labels if label.scheme != "addressee")


def align(
    first: Sequence[Recommendation],
    second: Sequence[Recommendation],
    first_vectors: Vectors | None = None,
    second_vectors: Vectors | None = None,
    *,
    threshold: float = THRESHOLD,
    scale: Scale | None = None,
) -> tuple[Pair, ...]:
    """The pairs that are each other's best with likeness from `threshold`, the most alike first."""
    scale = scale or _scale_of_both(first, second, first_vectors, second_vectors)
    weights = scale.terms
    scores = similarities(first, second, first_vectors, second_vectors, scale=scale)
    if not scores.size:
        return ()
    least = LEAST_TOPICAL * max(weights.values(), default=0.0)
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    pairs = []
    for i, j in enumerate(best_right.tolist()):
        if best_left[j] != i or scores[i, j] < threshold:
            continue
        shared = content(first[i]) & content(second[j])
        whole = {lemma(word) for word in whole_words(shared, first[i])}
        topical = sum(weights.get(term, 1.0) for term in whole & shared if is_topical(term))
        if len(whole) < FEWEST_WORDS or topical < least:
            continue
        meaning = (
            float(first_vectors[i] @ second_vectors[j])
            if first_vectors is not None and second_vectors is not None
            else 0.0
        )
        alone = [term for term in shared if not any(term != other and term in other for other in shared)]
        ordered = tuple(sorted(alone, key=lambda term: (-weights.get(term, 1.0), term))[:SHOWN_WORDS])
        pairs.append(Pair(first[i], second[j], round(float(scores[i, j]), 3), ordered, round(meaning, 3)))
    return tuple(sorted(pairs, key=lambda pair: -pair.score))
