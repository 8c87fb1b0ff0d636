"""Of which year, place or party a source gives a figure: "in 2020 waren dat er 38" gives 38 to 2020, and not 61."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.citations.lexicon import ACTOR_OF, GOVERNMENTS
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.words import fold, normalise, tokens

_PARTS = re.compile(
    r"[;()]|,(?!\d)|\b(?:maar|terwijl|tegen|tegenover|waarvan|van wie|en|in plaats van)\b", re.IGNORECASE
)
"""Where what is said of one figure ends, and what is said of the next begins."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STARTS = re.compile(r"[.!?:]\s+|[‘'\"“«]")


@dataclass(frozen=True, slots=True)
class Held:
    """What tells of whom or when a figure is: years, proper names and parties (governments and the like)."""

    years: frozenset[str]
    names: frozenset[str]
    parties: frozenset[str]


def given_elsewhere(draft: str, source: str, found: int, other: int) -> bool:
    """Whether the source gives the figure at offset `found` to another year, place or party than the draft does.

    So it is if what the draft names stands with the figure at offset `other` and not with this one, or if this one
    stands with a name that the draft does not hold while the other stands with none.
    """
    cuts = [0, *(match.start() for match in _PARTS.finditer(source)), len(source)]
    here, there = _part(source, cuts, found), _part(source, cuts, other)
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
    return bool(mine.names and this.names - mine.names and not this.names & mine.names and not that.names)


def _part(source: str, cuts: Sequence[int], place: int) -> str:
    return next(source[start:end] for start, end in zip(cuts, cuts[1:], strict=False) if start <= place < end)


@lru_cache(maxsize=8192)
def _held(text: str) -> Held:
    starts = {0} | {match.end() for match in _STARTS.finditer(text)}
    found = tokens(text)
    names = {
        fold(word.text) for word in found if word.text[0].isupper() and word.start not in starts and len(word.text) > 2
    }
    actors = {ACTOR_OF.get(lemma(normalise(word.text)), "") for word in found}
    return Held(frozenset(_YEAR.findall(text)), frozenset(names), frozenset(actors & GOVERNMENTS))
