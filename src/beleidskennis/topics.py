"""The themes and sectors of passages, a bit each: filters and counts over a million rows without reading the catalogue.

Bits lie in planes of eight concepts, so that the rows of one concept are read in one go. What a label is worth and why
it was given stays in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Concept = tuple[str, str]
"""A scheme ("theme", "sector") and the id of a concept of it."""


@dataclass(slots=True)
class Topics:
    """Which row is about which concept: `planes` is `(concepts / 8, n)`, concept `i` bit `i % 8` of plane `i // 8`."""

    names: list[Concept] = field(default_factory=list)
    planes: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 0), np.uint8))

    def __len__(self) -> int:
        return int(self.planes.shape[1])

    def add(self, rows: Sequence[Iterable[Concept]]) -> None:
        """Append rows, each with its concepts."""
        places = {name: place for place, name in enumerate(self.names)}
        for name in dict.fromkeys(name for of_row in rows for name in of_row):
            places.setdefault(name, len(places))
        self.names = list(places)
        more = np.zeros((-(-len(places) // 8), len(rows)), np.uint8)
        for row, of_row in enumerate(rows):
            for name in of_row:
                more[places[name] // 8, row] |= 1 << places[name] % 8
        grown = np.zeros((len(more), len(self)), np.uint8)
        grown[: len(self.planes)] = self.planes
        self.planes = np.concatenate([grown, more], axis=1)

    def about(self, scheme: str, concept_ids: Iterable[str]) -> NDArray[np.bool_]:
        """`(n,)`: the rows that have one of the concepts, or more; none for ids that no row has."""
        found = np.zeros(len(self), np.uint8)
        for place in (self.names.index((scheme, one)) for one in concept_ids if (scheme, one) in self.names):
            found |= self.planes[place // 8] & np.uint8(1 << place % 8)
        return found.astype(bool)

    def counts(self, rows: NDArray[np.int64]) -> Mapping[Concept, int]:
        """How many of `rows` have each concept; those that none has are left out."""
        bits = np.unpackbits(self.planes[:, rows], axis=0, bitorder="little")[: len(self.names)]
        totals = zip(self.names, bits.sum(axis=1, dtype=np.int64).tolist(), strict=True)
        return {name: count for name, count in totals if count}
