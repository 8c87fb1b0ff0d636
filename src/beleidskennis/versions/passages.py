"""Which passage of another version holds the text of a passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from beleidskennis.versions.shingles import shingles

HELD_SHARE = 0.6
"""From this share of a passage's shingles in the newer version on, its text stands there. Measured on drafts of which
15% of the sentences was dropped, rewritten and added (`benchmarks/versions.py`, docs/reading.md)."""


def places_in(texts: Sequence[str], other: Sequence[str]) -> Mapping[int, int]:
    """For each of `texts` whose text stands in another version: the passage of `other` that holds most of it.

    Both in reading order; positions count from 0. The text may be spread over several passages of the other version,
    since passages are cut anew when a sentence is added.
    """
    places: dict[int, list[int]] = {}
    for position, text in enumerate(other):
        for shingle in shingles([text]).tolist():
            places.setdefault(shingle, []).append(position)
    found: dict[int, int] = {}
    for position, text in enumerate(texts):
        own = shingles([text]).tolist()
        held = [places[shingle] for shingle in own if shingle in places]
        if own and len(held) >= HELD_SHARE * len(own):
            counts = Counter(place for of in held for place in of)
            found[position] = min(counts, key=lambda place: (-counts[place], place))
    return found
