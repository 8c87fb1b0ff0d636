"""Acronyms and their full forms, as the documents themselves introduce them."""

from __future__ import annotations

import re

_SHORT = r"[A-Z][A-Za-z&0-9\-]{0,8}[A-Z0-9]|[A-Z]{2,}[a-z]?"
_AFTER = re.compile(
    rf"((?:[\w'’\-]+[ ]){{1,9}}[\w'’\-]+)\s*\(\s*(?:kortweg|hierna:?|afgekort)?\s*[‘'\"“]?({_SHORT})[’'\"”]?\s*\)"
)
_BEFORE = re.compile(rf"\b({_SHORT})\s*\(\s*((?:[\w'’\-]+[ ]){{1,9}}[\w'’\-]+)\s*\)")
_SMALL = frozenset("de het een van voor en in op aan der des ten ter te bij of om met tot and of the for".split())  # noqa: SIM905


def find(text: str) -> dict[str, str]:
    """Acronyms introduced in `text` with their full forms: "Metropoolregio Rotterdam Den Haag (MRDH)", or reversed.

    A full form counts when the letters of the acronym are the first letters of its words, or of parts of them, in
    order ("midden- en kleinbedrijf" for MKB).
    """
    found: dict[str, str] = {}
    for match in _AFTER.finditer(text):
        full = _fit(match.group(1).split(), match.group(2))
        if full:
            found.setdefault(match.group(2), full)
    for match in _BEFORE.finditer(text):
        words = match.group(2).split()
        if _covers(words, match.group(1)):
            found.setdefault(match.group(1), match.group(2))
    return found


def _fit(words: list[str], acronym: str) -> str:
    """The shortest run of last words that the acronym stands for, or ""."""
    for start in range(len(words) - 1, -1, -1):
        if words[start].lower() in _SMALL:
            continue
        if _covers(words[start:], acronym):
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
    return len(letters) > 1 and any(
        _consume(rest, letters[taken:])
        for taken in range(2, min(len(letters), 4) + 1)
        if _inside(word, letters[:taken])
    )


def _inside(word: str, letters: list[str]) -> bool:
    """Whether `letters` occur in `word` in order, later ones at least two characters apart ("kleinbedrijf": k, b)."""
    place = 0
    for letter in letters[1:]:
        place = word.find(letter, place + 2)
        if place < 0 or place > len(word) - 3:
            return False
    return True
