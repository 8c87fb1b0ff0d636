"""Compounds taken apart: "arbeidsmarktbeleid" is policy about the "arbeidsmarkt", which is a "markt" for "arbeid".

Every part must be a word of the lexicon, long enough and not a mere prefix or suffix; between parts there may be
-s-, -e-, -en- or -er-. Of all ways to take a word apart the one with the fewest, most even parts wins, so a known
compound stays whole at first; `split_fully` takes those apart too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from beleidskennis.dutch.lexicon import lexicon

_LINKS = ("", "s", "e", "en", "er")
_MIN_PART = 4
_MIN_WORD = 8
"""Two parts of four letters."""

_SHORT = frozenset(
    """
    bus dag eis hbo huur ict jaar kas mbo mkb net oud wet weg woo zee zon zzp rol dak gas hub rij vak vmbo wmo wia
    """.split()  # noqa: SIM905
)
"""Words of three letters that form compounds of policy Dutch; other words of three letters mislead."""

_NO_FIRST = frozenset(
    """
    aan achter alle anti auto beet binnen bijeen boven buiten dicht door haar heen hoofd inter langs maar mede meer mijn
    minder mits naar neder niet omhoog omlaag onder open over rond samen tegen terug toch tussen twee uiteen vast voor
    voort vooraf want weder weer weg zeer zelf zich rechts links hier daar waar
    """.split()  # noqa: SIM905
)
"""Prefixes and particles: "voorbeeld" is not a "beeld" of a "voor"."""

_NO_LAST = frozenset(
    """
    aard achtig baar baarheid dom ende haft heid ieel iets ing isch ische iteit lijk lijke chap loos loze ling lingen
    matig matige naal raal rijk rijke schap schappen schappij teit tie tigen vol waarts zaam zame ment ness neming
    nemer nemers komst komsten leid stel port gramma iele ioneel ering ster erij
    """.split()  # noqa: SIM905
)
"""Suffixes, and words that are mostly the end of a longer word."""


def split(word: str, known: Callable[[str], bool] | None = None) -> tuple[str, ...]:
    """The parts of a compound, linking letters removed; `(word,)` if it is none. `word` is lower case.

    `known` says whether a part is a word; by default the lexicon does. The fewest parts win: "arbeidsmarktbeleid"
    gives `("arbeidsmarkt", "beleid")`.
    """
    return _split(word) if known is None else _best(word, known)


@lru_cache(maxsize=200_000)
def _split(word: str) -> tuple[str, ...]:
    return _best(word, is_part)


def split_fully(word: str) -> tuple[str, ...]:
    """All parts down to the smallest: "arbeidsmarktbeleid" gives `("arbeid", "markt", "beleid")`."""
    parts = split(word)
    return parts if len(parts) == 1 else tuple(small for part in parts for small in split_fully(part))


@lru_cache(maxsize=200_000)
def is_part(word: str) -> bool:
    """Whether `word` may be a part of a compound: a Dutch word of the lexicon of enough letters."""
    if len(word) < _MIN_PART:
        return word in _SHORT
    entry = lexicon().get(word)
    return bool(entry and entry[0])


def _best(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    if len(word) < _MIN_WORD - 2 or not word.isalpha():
        return (word,)
    best: tuple[str, ...] = (word,)
    best_cost = float("inf")
    for end in range(3, len(word) - 2):
        tail = word[end:]
        if tail in _NO_LAST or not known(tail):
            continue
        for first in _firsts(word[:end], known):
            # The most even split: of two ways the one whose shorter part is longer.
            cost = -min(len(first), len(tail))
            if cost < best_cost:
                best, best_cost = (first, tail), cost
    if len(best) == 1 and len(word) >= 12:
        return _three(word, known)
    return best


def _firsts(stem: str, known: Callable[[str], bool]) -> list[str]:
    found = []
    for link in _LINKS:
        if stem.endswith(link):
            first = stem[: len(stem) - len(link)]
            if len(first) >= 3 and first not in _NO_FIRST and known(first):
                found.append(first)
    return found


def _three(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Three parts, where no two parts will do: the first part is split off, the rest must be a compound of two."""
    for end in range(len(word) - 8, 3, -1):
        for first in _firsts(word[:end], known):
            rest = _best(word[end:], known)
            if len(rest) == 2:
                return (first, *rest)
    return (word,)
