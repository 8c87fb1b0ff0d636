"""Acronyms and their full forms, as the documents themselves introduce them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from beleidskennis.dutch.words import fold, words

_SHORT = r"[A-Z][A-Za-z&0-9\-]{0,8}[A-Z0-9]|[A-Z]{2,}[a-z]?"
_IN_BRACKETS = re.compile(rf"\(\s*(?:kortweg|hierna:?|afgekort:?)?\s*[‘'\"“]?({_SHORT})[’'\"”]?\s*\)")
_BEFORE = re.compile(rf"\b({_SHORT})\s*\(\s*((?:[\w'’\-]+[ ]){{1,9}}[\w'’\-]+)\s*\)")
_NO_NAME = re.compile(r"[^\w'’\- ]|  ")
_WINDOW = 120
"""Characters before the brackets in which a full form is looked for: ten long words."""
_MAX_WORDS = 10
_SMALL = frozenset("de het een van voor en in op aan der des ten ter te bij of om met tot and of the for".split())


def find(text: str) -> dict[str, str]:
    """Acronyms introduced in `text` with their full forms: "Metropoolregio Rotterdam Den Haag (MRDH)", or reversed.

    A full form counts when the letters of the acronym are the first letters of its words, or of parts of them, in
    order ("midden- en kleinbedrijf" for MKB).
    """
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        before = " ".join(text[max(0, match.start() - _WINDOW) : match.start()].split())
        words = _NO_NAME.split(before)[-1].split()[-_MAX_WORDS:]
        full = _fit(words, match.group(1))
        if full:
            found.setdefault(match.group(1), full)
    for match in _BEFORE.finditer(text):
        if _covers(match.group(2).split(), match.group(1)):
            found.setdefault(match.group(1), match.group(2))
    return found


class Acronyms(Mapping[str, str]):
    """Acronyms with their full forms, ready to be met in questions either way."""

    def __init__(self, full_forms: Mapping[str, str]) -> None:
        self._full = dict(full_forms)

    def __getitem__(self, acronym: str) -> str:
        return self._full[acronym]

    def __iter__(self) -> Iterator[str]:
        return iter(self._full)

    def __len__(self) -> int:
        return len(self._full)

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[int, str, str, str, str]]]:
        """`(number, acronym, full form, each of them plain)` under the first plain word of both."""
        found: dict[str, list[tuple[int, str, str, str, str]]] = {}
        for number, (acronym, full) in enumerate(self._full.items()):
            one = (number, acronym, full, _plain(acronym), _plain(full))
            for first in {plain.partition(" ")[0] for plain in one[3:]}:
                found.setdefault(first, []).append(one)
        return found

    def partners(self, text: str) -> list[str]:
        """Full forms of the acronyms in `text`, and acronyms of the full forms in it."""
        plain = _plain(text)
        near = {one for word in plain.split() for one in self._by_first_word.get(word, ())}
        plain = f" {plain} "
        partners = []
        for _number, acronym, full, short, long in sorted(near):
            has_acronym, has_full = f" {short} " in plain, f" {long} " in plain
            if has_acronym != has_full:
                partners.append(full if has_acronym else acronym)
        return partners


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in words(text))


def initials(name: str) -> str:
    """The first letters of the words of a name, those of hyphenated words too: "Sociaal-Economische Raad" gives SER.

    Empty if there are fewer than three.
    """
    letters = [word[0] for word in re.split(r"[\s\-]+", name) if word and (word[0].isupper() or word.lower() == "the")]
    return "".join(letters).upper() if len(letters) > 2 else ""


def _fit(words: list[str], acronym: str) -> str:
    """The shortest run of last words that the acronym stands for, or ""."""
    for start in range(len(words) - 1, -1, -1):
        if words[start].lower() not in _SMALL and _covers(words[start:], acronym):
            return " ".join(words[start:])
    return ""


def _covers(words: list[str], acronym: str) -> bool:
    """Whether the letters occur in order, the first at the start of the first word, each word giving one or more."""
    letters = [char for char in acronym.lower() if char.isalnum()]
    if not words or len(letters) < 2 or words[0].lower()[:1] != letters[0] or len(" ".join(words)) < 2 * len(letters):
        return False
    return _consume([word.lower() for word in words], letters)


def _consume(words: list[str], letters: list[str]) -> bool:
    if not letters:
        return all(word in _SMALL for word in words)
    if not words:
        return False
    word, rest = words[0], words[1:]
    if word in _SMALL and _consume(rest, letters):
        return True
    if word[0] != letters[0]:
        return False
    if _consume(rest, letters[1:]):
        return True
    takes = range(2, min(len(letters), 4) + 1)
    return any(_inside(word, letters[:taken]) and _consume(rest, letters[taken:]) for taken in takes)


def _inside(word: str, letters: list[str]) -> bool:
    """Whether `letters` occur in `word` in order, later ones at least two characters apart ("kleinbedrijf": k, b)."""
    place = 0
    for letter in letters[1:]:
        place = word.find(letter, place + 2)
        if place < 0 or place > len(word) - 3:
            return False
    return True
