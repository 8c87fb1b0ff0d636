"""Spelling rules of Dutch inflection: what a plural, an infinitive or an inflected adjective may be a form of."""

from __future__ import annotations

from collections.abc import Callable

_VOWELS = "aeiou"


def before_ending(stem: str) -> list[str]:
    """What may stand before -en or -e: "toets" toets, "stell" stel, "won" woon, "reiz" reis, "brev" brief."""
    if len(stem) < 3:
        return []
    if stem[-1] in "vz":
        stem = stem[:-1] + {"v": "f", "z": "s"}[stem[-1]]
    if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        return [stem[:-1]]
    is_open = stem[-1] not in _VOWELS and stem[-2] in "aeou" and stem[-3] not in _VOWELS
    return [stem[:-1] + stem[-2] + stem[-1], stem] if is_open else [stem]


def bases(word: str) -> list[str]:
    """What an inflected noun or adjective may be a form of, likeliest first; nothing is looked up."""
    found: list[str] = []
    if word.endswith("heden"):
        found.append(word[:-5] + "heid")
    if word.endswith("'s"):
        found.append(word[:-2])
    if word.endswith("en"):
        found += [*before_ending(word[:-2]), word[:-1]]
    elif word.endswith("ën"):
        found.append(word[:-2])
    elif word.endswith("e"):
        found += before_ending(word[:-1])
    elif word.endswith("s"):
        found.append(word[:-1])
    return [base for base in found if len(base) > 2]


def base_of(word: str, known: Callable[[str], bool]) -> str | None:
    """The first of `bases` that is known, or None."""
    return next((base for base in bases(word) if known(base)), None)
