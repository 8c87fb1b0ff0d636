"""Whether a sentence says what another said already."""

from __future__ import annotations

import re

from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import fold, words

_ALIKE = 0.6
"""Share of three-word sequences from which on two sentences say the same."""
_FEW, _HELD = 3, 0.8
"""Words that say something in a sentence that may be a repeat, and the share of them that was said then."""


def repeats(text: str, said: str) -> bool:
    """Whether a sentence says what was said: in nearly the same words, or nothing that the other does not hold too.

    A figure or a denial that only one of them holds makes them differ.
    """
    if alike(text, said):
        return True
    mine, others = _content(text), _content(said)
    if len(mine) < _FEW or {term for term in mine if term[0].isdigit()} - others or _denies(text) != _denies(said):
        return False
    return len(mine & others) >= _HELD * len(mine)


def alike(one: str, other: str) -> bool:
    """Whether two sentences are nearly the same words."""
    first, second = _sequences(one), _sequences(other)
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def _content(text: str) -> frozenset[str]:
    """What the words of a sentence say: the whole words only, no parts of compounds."""
    return frozenset(terms[0][0] for word in words(text) if (terms := word_terms(word)))


def _denies(text: str) -> bool:
    return bool(re.search(r"\b(?:niet|geen|nooit|noch|zonder|not|no|never)\b", fold(text)))


def _sequences(text: str) -> frozenset[tuple[str, ...]]:
    parts = [fold(word) for word in words(text)]
    return frozenset(tuple(parts[i : i + 3]) for i in range(max(1, len(parts) - 2)))
