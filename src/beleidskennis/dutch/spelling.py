"""Typing errors: the word of the corpus that a mistyped word was meant to be.

Measured with `benchmarks/spelling.py` on 1,455 mistyped words of five policy documents: 95.9% right, 2.5% left as
typed, 1.6% taken for another word; of 6,184 words of other texts 1.4% were changed. 1 ms a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.words import fold

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 8
"""From so many letters on two errors are put right, in shorter words one: in short words two change the meaning."""
_MIN = 4
_SOUNDS = (("ij", "ei"), ("ou", "au"), ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("qu", "kw"), ("x", "ks"))
_LIKE = str.maketrans({"c": "k", "z": "s", "v": "f", "y": "i", "d": "t"})
_SAME_SOUND = 0.6
"""What sounding alike is worth, in errors: "arbeitsmarkt" is nearer to "arbeidsmarkt" than one wrong letter."""


class WordList:
    """Words (lower case) with how often they occur: `counts`. Grouped by length when first looked through."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self._by_length: dict[int, tuple[list[str], NDArray[np.int8]]] | None = None

    def near(self, word: str, limit: int) -> list[str]:
        """Words of like length whose letters differ by at most `limit` replacements, in any order."""
        if self._by_length is None:
            self._by_length = _group(self.counts)
        bag = _bags([word])[0]
        found: list[str] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            if length in self._by_length:
                group, bags = self._by_length[length]
                near = np.abs(bags - bag).sum(axis=1, dtype=np.int16) <= 2 * limit
                found += [group[number] for number in np.flatnonzero(near)]
        return found


class Spelling:
    """The words of the corpus (lower case) with how often they occur, in one list or in several."""

    def __init__(self, *lists: WordList | Mapping[str, int]) -> None:
        self._lists = [one if isinstance(one, WordList) else WordList(one) for one in lists]

    def __contains__(self, word: str) -> bool:
        return any(word in one.counts for one in self._lists)

    def count(self, word: str) -> int:
        """How often `word` occurs."""
        return sum(one.counts.get(word, 0) for one in self._lists)

    def suggest(self, word: str, *, surely: bool = False) -> str | None:
        """The corpus word nearest to `word`, by edit distance (swapped neighbours count as one error), or None.

        `surely` takes only a word of the same sound or the same letters.
        Among equally near words one that sounds the same, then one with the same first letter, then the most frequent.
        """
        word = fold(word)
        if len(word) < _MIN or not word.replace("-", "").isalpha():
            return None
        limit = 2 if len(word) >= _LONG else 1
        best: tuple[float, bool, int, str] | None = None
        for candidate in dict.fromkeys(near for one in self._lists for near in one.near(word, limit)):
            folded = fold(candidate)
            errors = distance(word, folded, limit)
            if errors is None:
                continue
            alike = _sound(folded) == _sound(word)
            if surely and not alike and sorted(folded) != sorted(word):
                continue
            nearness = errors - _SAME_SOUND * alike
            key = (nearness, folded[0] != word[0], -self.count(candidate), candidate)
            if best is None or key < best:
                best = key
        return best[3] if best else None


def _group(counts: Mapping[str, int]) -> dict[int, tuple[list[str], NDArray[np.int8]]]:
    groups: dict[int, list[str]] = {}
    for word in counts:
        if len(word) >= _MIN - 1 and word.replace("-", "").replace("'", "").isalpha():
            groups.setdefault(len(fold(word)), []).append(word)
    return {length: (group, _bags([fold(word) for word in group])) for length, group in groups.items()}


def _bags(words: list[str]) -> NDArray[np.int8]:
    """`(n, 26)` how often each letter occurs in each of `n` words of one length."""
    codes = np.array(words).view(np.uint32).reshape(len(words), -1)
    return np.stack([(codes == ord(letter)).sum(axis=1, dtype=np.int8) for letter in _LETTERS], axis=1)


def _sound(word: str) -> str:
    """A rough key of how a Dutch word sounds: "arbeitsmarkt" and "arbeidsmarkt" have the same."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word.translate(_LIKE))


def distance(a: str, b: str, limit: int) -> int | None:
    """Damerau-Levenshtein distance (optimal string alignment) of two words, or None if over `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    while len(a) > start and len(b) > start and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return _distance(a[start:], b[start:], limit)


def _distance(a: str, b: str, limit: int) -> int | None:
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
