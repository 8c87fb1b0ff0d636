"""Typing errors: the word of the corpus that a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.words import fold

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 8
"""From so many letters on two errors are put right, in shorter words one: in short words two change the meaning."""
_MIN = 4


class Spelling:
    """The words of the corpus (lower case) with how often they occur."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._counts = words
        self._by_length: dict[int, tuple[list[str], NDArray[np.int8]]] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def suggest(self, word: str) -> str | None:
        """The corpus word nearest to `word`, by edit distance (swapped neighbours count as one error), or None.

        Among equally near words one with the same first letter, then the most frequent one.
        """
        word = fold(word)
        if len(word) < _MIN or not word.replace("-", "").isalpha():
            return None
        limit = 2 if len(word) >= _LONG else 1
        best: tuple[int, bool, int, str] | None = None
        for candidate in self._candidates(word, limit):
            errors = distance(word, fold(candidate), limit)
            if errors is None:
                continue
            key = (errors, candidate[0] != word[0], -self._counts[candidate], candidate)
            if best is None or key < best:
                best = key
        return best[3] if best else None

    def _candidates(self, word: str, limit: int) -> list[str]:
        """Words of like length whose letters differ by at most `limit` replacements, in any order."""
        if self._by_length is None:
            self._by_length = _group(self._counts)
        bag = _bags([word])[0]
        found: list[str] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            if length in self._by_length:
                group, bags = self._by_length[length]
                near = np.abs(bags - bag).sum(axis=1, dtype=np.int16) <= 2 * limit
                found += [group[number] for number in np.flatnonzero(near)]
        return found


def _group(counts: Mapping[str, int]) -> dict[int, tuple[list[str], NDArray[np.int8]]]:
    groups: dict[int, list[str]] = {}
    for word in counts:
        if len(word) >= _MIN - 1 and word.replace("-", "").replace("'", "").isalpha():
            groups.setdefault(len(fold(word)), []).append(word)
    return {length: (group, _bags([fold(word) for word in group])) for length, group in groups.items()}


def _bags(words: list[str]) -> NDArray[np.int8]:
    """`(n, 26)` how often each letter occurs."""
    return np.array([[word.count(letter) for letter in _LETTERS] for word in words], dtype=np.int8)


def distance(a: str, b: str, limit: int) -> int | None:
    """Damerau-Levenshtein distance (optimal string alignment) of two words, or None if over `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        previous, row, older = row, [i], before
        before = previous
        for j, y in enumerate(b, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
