"""Which rows have which values, as columns: tens of thousands are filtered and counted in a millisecond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


def _none() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Values:
    """Row `rows[i]` (int32) has `names[codes[i]]`; a row may have several values, or none."""

    names: tuple[str, ...] = ()
    rows: NDArray[np.int32] = field(default_factory=_none)
    codes: NDArray[np.int32] = field(default_factory=_none)

    def with_rows(self, rows: Iterable[int], values: Iterable[Iterable[str]]) -> Values:
        """These and the values of more rows, which have none yet."""
        pairs = [(row, value) for row, of_row in zip(rows, values, strict=True) for value in dict.fromkeys(of_row)]
        names = tuple(dict.fromkeys([*self.names, *(value for _, value in pairs)]))
        code_of = {name: code for code, name in enumerate(names)}
        more = np.array([row for row, _ in pairs], dtype=np.int32)
        codes = np.array([code_of[value] for _, value in pairs], dtype=np.int32)
        return Values(names, np.concatenate([self.rows, more]), np.concatenate([self.codes, codes]))

    def without_rows(self, rows: Sequence[int]) -> Values:
        """These but for some rows."""
        kept = ~np.isin(self.rows, np.asarray(rows, dtype=np.int32))
        return Values(self.names, self.rows[kept], self.codes[kept])

    def having(self, wanted: Sequence[str], n: int) -> NDArray[np.bool_]:
        """Of `n` rows, those with one of the values `wanted`."""
        found = np.zeros(n, dtype=bool)
        found[self.rows[np.isin(self.codes, [code for code, name in enumerate(self.names) if name in wanted])]] = True
        return found

    def counts(self, chosen: NDArray[np.bool_]) -> Counter[tuple[str, str]]:
        """How many of the `chosen` rows have each value, by `(value, value)`."""
        found = np.bincount(self.codes[chosen[self.rows]], minlength=len(self.names))
        return Counter({(name, name): int(count) for name, count in zip(self.names, found, strict=True) if count})
