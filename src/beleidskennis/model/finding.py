"""What a search is asked, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from beleidskennis.model.documents import Document, Passage, VersionPlace


@dataclass(frozen=True, slots=True)
class LegRank:
    """Where one search leg ("woorden" or "betekenis") put a passage: rank from 1, and that leg's own score."""

    leg: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with why. `matched` are offsets into `passage.text` of the words that matched."""

    passage: Passage
    document: Document
    score: float
    rank: int
    legs: tuple[LegRank, ...] = ()
    matched: tuple[tuple[int, int], ...] = ()
    also_in: tuple[VersionPlace, ...] = ()
    """Other versions of the document that hold (nearly) the same text, the newest first."""
    newest: Document | None = None
    """The newest version of the document, where that is another one."""


@dataclass(frozen=True, slots=True)
class QueryReading:
    """How a question was understood: shown to the user above the hits."""

    text: str
    terms: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    """`(typed, searched)` for words that the corpus does not know."""
    expansions: tuple[str, ...] = ()
    """Terms that were searched too, at a lower weight."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    in_turn: tuple[str, ...] = ()
    """The publishers that the question compares; the hits of each take turns."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on a search; an empty tuple restricts nothing. `years` is inclusive."""

    documents: tuple[str, ...] = ()
    """Document ids or file names."""
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    themes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    """How far the follow-up of a recommendation is (`followup.Status`)."""


def read_years(text: str) -> tuple[int, int] | None:
    """The years, both inclusive, of "2020" or "2015-2020"; None for what is neither.

    >>> read_years("2015-2020"), read_years("2020"), read_years("ooit")
    ((2015, 2020), (2020, 2020), None)
    """
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", text.strip())
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many hits have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in order, how the question was read, and counts for the filters."""

    hits: tuple[Hit, ...]
    reading: QueryReading
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    total: int = 0
