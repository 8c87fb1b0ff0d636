"""Recommendations that stand in several versions of a document: shown once, from the newest, with the other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from beleidskennis.comparison.repeated import Families, repeated
from beleidskennis.model import Document, Recommendation, VersionPlace


@dataclass(frozen=True, slots=True)
class Twins:
    """Which rows say the same in versions of one document."""

    newer: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Row -> the rows of newer versions with the same advice, the newest first."""
    places: Mapping[str, tuple[VersionPlace, ...]] = field(default_factory=dict)
    """Id of a recommendation -> where the other versions say the same, the newest first."""

    @classmethod
    def of(
        cls,
        items: Sequence[Recommendation],
        rows: Mapping[str, int],
        families: Families,
        documents: Mapping[str, Document],
    ) -> Twins:
        """From the recommendations of all documents in `families`; `rows` gives the row of each by its id."""
        again = repeated(items, families)
        age = {document_id: place for family in families for place, document_id in enumerate(family)}
        newer: dict[int, tuple[int, ...]] = {}
        groups: dict[int, set[int]] = {}
        for index in again:
            found = sorted(_newer(index, again), key=lambda one: age[items[one].document_id])
            newer[rows[items[index].recommendation_id]] = tuple(rows[items[one].recommendation_id] for one in found)
            group = groups.setdefault(found[0], set())
            group |= {index, *found}
        places = {}
        for group in groups.values():
            ordered = sorted(group, key=lambda index: age[items[index].document_id])
            for index in ordered:
                places[items[index].recommendation_id] = tuple(
                    _place(items[one], documents) for one in ordered if one != index
                )
        return cls(newer, places)

    def fold(self, rows: NDArray[np.int64], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """`rows` in order, each replaced by that of the newest version that is allowed, and once only."""
        if not self.newer:
            return rows
        shown = (next((one for one in self.newer.get(row, ()) if allowed[one]), row) for row in rows.tolist())
        return np.array(list(dict.fromkeys(shown)), dtype=np.int64)


def _newer(index: int, again: Mapping[int, Sequence[int]]) -> set[int]:
    """All that say the same in newer versions, also by way of one in between."""
    found: set[int] = set()
    waiting = list(again.get(index, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += again.get(one, ())
    return found


def _place(item: Recommendation, documents: Mapping[str, Document]) -> VersionPlace:
    return VersionPlace(documents[item.document_id], item.passage_id, item.page_number, item.page_label)
