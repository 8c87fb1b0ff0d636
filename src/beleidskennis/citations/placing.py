"""Of which year, place or party a source gives a figure: "in 2020 waren dat er 38" gives 38 to 2020, and not 61."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from beleidskennis.citations.lexicon import ACTOR_OF, GOVERNMENTS
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import fold, normalise, tokens

_PARTS = re.compile(
    r"[;()]|,(?!\d)|\b(?:maar|terwijl|tegen|tegenover|waarvan|van wie|en|in plaats van)\b", re.IGNORECASE
)
"""Where what is said of one figure ends, and what is said of the next begins."""
_COUNTED = re.compile(r"[;:()\d]|[.,](?!\d)|\b(?:maar|terwijl|tegen|waarvan|van wie|en|of|met|dan|die|dat|om)\b", re.I)
"""Where the words for what a figure counts end."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STARTS = re.compile(r"[.!?:]\s+|[‘'\"“«]")


Place = tuple[int, int]


@lru_cache(maxsize=8192)
def _terms(text: str) -> frozenset[str]:
    return frozenset(term for word in tokens(text) for term, _ in word_terms(word.text))


@dataclass(frozen=True, slots=True)
class Held:
    """What tells of whom or when a figure is: years, proper names and parties (governments and the like)."""

    years: frozenset[str]
    names: frozenset[str]
    parties: frozenset[str]


def given_elsewhere(draft: str, end: int, source: str, found: Place, other: Place) -> bool:
    """Whether the source gives a figure to another year, place, party or thing than the draft does.

    So it is if what the draft names stands with another figure and not with this one, if this one stands with a name
    that the draft does not hold while the other stands with none, or if what follows the other is what the draft
    counts, and what follows this one is not.

    Args:
        draft: the draft sentence.
        end: the offset at which the figure ends there.
        source: the source.
        found: where the source has this figure, `[start, end)`.
        other: where it has the other one.

    """
    cuts = [0, *(match.start() for match in _PARTS.finditer(source)), len(source)]
    here, there = _part(source, cuts, found[0]), _part(source, cuts, other[0])
    if here == there:
        return False
    mine, this, that = _held(draft), _held(here), _held(there)
    for own, near, far in (
        (mine.years, this.years, that.years),
        (mine.names, this.names, that.names),
        (mine.parties, this.parties, that.parties),
    ):
        if own & far - near and not own & near:
            return True
    if _counted_there(draft, end, source, found[1], other[1]):
        return True
    return bool(mine.names and this.names - mine.names and not this.names & mine.names and not that.names)


def _counted_there(draft: str, end: int, source: str, found: int, other: int) -> bool:
    """Whether "61.000 banen in de designsector" is said where the source has "61.000 in hightech, 11.000 in design"."""
    said, here, there = _after(draft, end), _after(source, found), _after(source, other)
    return bool(said) and said <= there and not said <= here and bool(here - _terms(draft))


def _after(text: str, place: int) -> frozenset[str]:
    """The terms of what is counted: the words after a figure, up to the next figure or the end of its part."""
    rest = text[place:]
    cut = _COUNTED.search(rest)
    return _terms(rest[: cut.start()] if cut else rest)


def _part(source: str, cuts: Sequence[int], place: int) -> str:
    return next(source[start:end] for start, end in pairwise(cuts) if start <= place < end)


@lru_cache(maxsize=8192)
def _held(text: str) -> Held:
    starts = {0} | {match.end() for match in _STARTS.finditer(text)}
    found = tokens(text)
    names = {
        fold(word.text) for word in found if word.text[0].isupper() and word.start not in starts and len(word.text) > 2
    }
    actors = {ACTOR_OF.get(lemma(normalise(word.text)), "") for word in found}
    return Held(frozenset(_YEAR.findall(text)), frozenset(names), frozenset(actors & GOVERNMENTS))
