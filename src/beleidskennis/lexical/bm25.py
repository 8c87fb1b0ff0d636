"""BM25 as rank_bm25 0.2.2 defines it, and the choice of the best rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Variant = Literal["okapi", "plus", "l"]


@dataclass(frozen=True, slots=True)
class Bm25:
    """Variant and parameters of BM25, as in rank_bm25 0.2.2 (whose defaults are k1 1.5, b 0.75, epsilon 0.25).

    `plus` is the default: its idf is positive for every word in a corpus of any size, where that of `okapi` is zero
    for a word in half of the passages and negative in a corpus of one. The constant that `plus` adds to every passage
    for every term (delta x idf) is left out: it cannot change an order. In benchmarks/results/lexical-grid.md `okapi`
    and `plus` are equally good on a broad plateau (k1 0.6 to 1.6, b 0.3 to 0.5); `l`, as rank_bm25 writes it, is worse.
    """

    variant: Variant = "plus"
    k1: float = 1.2
    b: float = 0.4
    epsilon: float = 0.25
    delta: float = 0.5

    def idf(self, frequencies: NDArray[np.int64], passages: int, average: float = 0.0) -> NDArray[np.float64]:
        """Inverse document frequency of terms in `frequencies` of `passages`; `average` is Okapi's mean idf."""
        n = frequencies.astype(np.float64)
        if self.variant == "plus":
            return np.asarray(np.log((passages + 1) / n))
        if self.variant == "l":
            return np.asarray(np.log(passages + 1) - np.log(n + 0.5))
        idf = np.log(passages - n + 0.5) - np.log(n + 0.5)
        return np.where(idf < 0, self.epsilon * average, idf)

    def gain(self, frequency: Floats, norm: Floats) -> Floats:
        """What a term adds to a passage before its idf; `norm` is k1 x (1 - b + b x length / average length)."""
        if self.variant == "l":
            divided = frequency * np.float32(self.k1) / norm + np.float32(self.delta)
            gained = frequency * np.float32(self.k1 + 1) * divided / (np.float32(self.k1) + divided)
        else:
            gained = frequency / (frequency + norm)
            gained *= np.float32(self.k1 + 1)
        return np.asarray(gained, dtype=np.float32)


def best(scores: Floats, k: int, *, allowed: NDArray[np.bool_] | None = None) -> tuple[Rows, Floats]:
    """The `k` rows of the highest scores other than 0, best first; equal scores by row, so that any run is alike.

    `scores` is `(n,)`, `allowed` an `(n,)` mask of the rows that may be returned.
    """
    rows = np.flatnonzero(scores != 0)  # ten times as fast as on the numbers themselves
    if allowed is not None:
        rows = rows[allowed[rows]]
    found = scores[rows]
    if len(rows) > k > 0:
        threshold = np.partition(found, len(found) - k)[len(found) - k]
        keep = found >= threshold
        rows, found = rows[keep], found[keep]
    order = np.lexsort((rows, -found))[: max(k, 0)]
    return rows[order], found[order]
