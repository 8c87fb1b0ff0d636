"""The same advice in summary and body is one recommendation with several places.

Same means: nearly the same words, and the same numbers. Advice that differs in a number or a year stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.stopwords import STOPWORDS
from beleidskennis.model import Recommendation

SAME = 0.8
"""Share of content lemmas in common (of the longer one) from which two are the same; tests have pairs either side."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def merge(recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """The recommendations of one document with repetitions folded into the first, their places in `also_at`."""
    kept: list[Recommendation] = []
    keys: list[tuple[frozenset[str], frozenset[str]]] = []
    for recommendation in recommendations:
        words, numbers = key(recommendation.quote)
        twin = next(
            (
                i
                for i, other in enumerate(keys)
                if kept[i].recommendation_id == recommendation.recommendation_id or same((words, numbers), other)
            ),
            None,
        )
        if twin is None:
            kept.append(recommendation)
            keys.append((words, numbers))
        else:
            first = kept[twin]
            kept[twin] = replace(first, also_at=(*first.also_at, recommendation.spans, *recommendation.also_at))
    return tuple(kept)


def key(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content lemmas and the numbers of `text`."""
    words = frozenset(lemma(word) for word in _WORD.findall(text.lower()) if word not in STOPWORDS)
    return words, frozenset(_NUMBER.findall(text))


def same(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two texts, by their `key`, say the same."""
    (words, numbers), (others, other_numbers) = one, other
    if numbers != other_numbers or not words or not others:
        return False
    shared = len(words & others) / max(len(words), len(others))
    return shared == 1.0 or (shared >= SAME and min(len(words), len(others)) >= 4)
