"""Showing a text once that stands in several versions of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FAIR = 0.6
"""A newer version stands in for an older one that was found if it scores at least this share of it. Where it scores
less it lacks what was asked for: the words that were changed, or the name in two letters that are otherwise the same.
Measured on two tests: the same text under other headings scored 0.82 and more, another name in it 0.38 and less.
"""


@dataclass(frozen=True)
class VersionRows:
    """The versions among the rows of an index. Few documents have any, so these are small."""

    newer: Mapping[int, int] = field(default_factory=dict)
    """Row -> the row of a newer version that holds its text."""
    older: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Row -> the rows of older versions that hold its text."""
    families: Sequence[Sequence[str]] = ()
    """Ids of documents that are versions of each other, the newest first."""

    @cached_property
    def newest(self) -> dict[str, str]:
        """The id of each older version -> that of the newest one."""
        return {older: family[0] for family in self.families for older in family[1:]}

    @cached_property
    def groups(self) -> dict[int, list[int]]:
        """Each linked row -> all rows that hold its text, itself included."""
        found: dict[int, list[int]] = {}
        for row in {*self.newer, *self.newer.values()}:
            found.setdefault(self._chain(row)[-1], []).append(row)
        return {row: sorted(group) for group in found.values() for row in group}

    def elsewhere(self, row: int) -> list[int]:
        """The rows of other versions that hold the text of `row`; where one version has several, the best first."""
        found = [*self._chain(row)[1:], *self.older.get(row, ()), *self.groups.get(row, ())]
        return [other for other in dict.fromkeys(found) if other != row]

    def _chain(self, row: int) -> list[int]:
        """A row and the ever newer ones that hold its text."""
        chain = [row]
        while chain[-1] in self.newer:
            chain.append(self.newer[chain[-1]])
        return chain

    def shown_as(self, row: int, allowed: NDArray[np.bool_] | None) -> int:
        """The newest row with the text of `row` among those that are allowed (all, if None)."""
        chain = self._chain(row)
        return next(one for one in reversed(chain) if allowed is None or allowed[one] or one == row)


def fold(
    rows: NDArray[np.int64], scores: NDArray[np.float32], versions: VersionRows, allowed: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32], dict[int, int]]:
    """Rows (best first) with those of older versions replaced by the newest that holds the text, each once.

    An older version stays where the newer one lacks what was asked for (`FAIR`). Also gives, for a row that stands in
    for another, the one that was found.
    """
    if not versions.newer:
        return rows, scores, {}
    score_of = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    found: dict[int, int] = {}
    places = []
    for place, row in enumerate(rows.tolist()):
        newest = versions.shown_as(row, allowed)
        shown = newest if score_of.get(newest, 0.0) >= FAIR * score_of[row] else row
        if shown not in found:
            found[shown] = row
            places.append(place)
    kept = np.array(list(found), dtype=np.int64)
    return kept, scores[places], {shown: row for shown, row in found.items() if shown != row}
