"""Recommendations that are read from the catalogue when they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from beleidskennis.catalogue import Catalogue, links
from beleidskennis.errors import QueryError
from beleidskennis.followup import Judgement, apply_judgements, key_of
from beleidskennis.model import Recommendation, VersionPlace

AT_ONCE = 500
"""Read together while walking through all of them."""

Judgements = Mapping[str, Sequence[Judgement]]
"""What people said of labels, by the key of the recommendation."""


def by_key(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements by the key of their recommendation."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        found.setdefault(judgement.key, []).append(judgement)
    return found


def judged(items: Sequence[Recommendation], judgements: Judgements) -> list[Recommendation]:
    """The recommendations with their labels as people judged them."""
    if not judgements:
        return list(items)
    return [apply_judgements(item, judgements[key]) if (key := key_of(item)) in judgements else item for item in items]


@dataclass(frozen=True, slots=True, eq=False)
class Items(Sequence[Recommendation]):
    """The recommendations with these ids, in order, with their labels as people judged them.

    One that went with its document since they were found is passed over when walking through them.
    """

    catalogue: Catalogue
    ids: NDArray[np.bytes_]
    judgements: Judgements = field(default_factory=dict)
    places: Mapping[str, tuple[VersionPlace, ...]] = field(default_factory=dict)
    """Where other versions say the same, by the id of the recommendation."""

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Recommendation: ...
    @overload
    def __getitem__(self, place: slice) -> Items: ...
    def __getitem__(self, place: int | slice) -> Recommendation | Items:
        if isinstance(place, slice):
            return Items(self.catalogue, self.ids[place], self.judgements, self.places)
        found = self._read(self.ids[place : place + 1] if place != -1 else self.ids[-1:])
        if found:
            return found[0]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        message = "De aanbeveling staat niet meer in de index."
        raise QueryError(message, "Zoek opnieuw; de index is intussen veranderd.")

    def __iter__(self) -> Iterator[Recommendation]:
        for start in range(0, len(self), AT_ONCE):
            yield from self._read(self.ids[start : start + AT_ONCE])

    def _read(self, ids: NDArray[np.bytes_]) -> list[Recommendation]:
        wanted = [one.decode() for one in ids.tolist()]
        known = links.recommendations_by_id(self.catalogue, wanted)
        found = judged([known[one] for one in wanted if one in known], self.judgements)
        if not self.places:
            return found
        return [replace(item, also_in=self.places.get(item.recommendation_id, ())) for item in found]
