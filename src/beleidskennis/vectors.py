"""The semantic leg: inner products over unit vectors in FAISS.

Exact up to `EXACT_UP_TO` passages; beyond that an inverted file with 8-bit codes, whose recall against exact search is
measured in `benchmarks/`. Rows are positions 0..n-1, the same as in the lexical leg.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

EXACT_UP_TO = 200_000
"""Passages up to which search is exact: 384 dimensions, one thread: 11.5 ms at 100k, 59 ms at 500k."""
TRAINING_POINTS_PER_CELL = 64
"""FAISS asks for at least 39 training points a cell of an inverted file."""
PROBED_SHARE = 0.02
"""Share of the cells that a query visits (see the recall table in docs/performance.md)."""
FILE = "vectors.faiss"


class VectorIndex:
    """Unit vectors of all rows. Made by `build` or `load`."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Components of each vector."""
        return int(self._index.d)

    @classmethod
    def build(cls, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """An index of `vectors` `(n, d)` float32, unit rows; exact where `n <= exact_up_to`."""
        import faiss

        count, dimension = vectors.shape
        if count <= exact_up_to:
            index = faiss.IndexFlatIP(dimension)
        else:
            cells = int(4 * np.sqrt(count))
            index = faiss.index_factory(dimension, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
            sample = np.random.default_rng(7).permutation(count)[: cells * TRAINING_POINTS_PER_CELL]
            index.train(vectors[np.sort(sample)])
            index.nprobe = max(8, int(cells * PROBED_SHARE))
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def add(self, vectors: Vectors) -> None:
        """Append rows `(n, d)`; what is there stays as it is."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        import faiss

        faiss.write_index(self._index, str(folder / FILE))

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Read what `save` wrote."""
        import faiss

        return cls(faiss.read_index(str(folder / FILE)))

    def top(
        self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` rows most like `query` `(d,)`, with their inner products; best first, ties by row.

        `allowed` `(n,)` restricts the rows.
        """
        import faiss

        k = min(k, len(self) if allowed is None else int(allowed.sum()))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        options: dict[str, Any] = {}
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            options["sel"] = faiss.IDSelectorBitmap(bits)
        if isinstance(self._index, faiss.IndexIVF):
            parameters = faiss.SearchParametersIVF(nprobe=self._index.nprobe, **options)
        else:
            parameters = faiss.SearchParameters(**options)
        scores, rows = self._index.search(np.atleast_2d(query).astype(np.float32), k, params=parameters)
        found = rows[0] >= 0
        row, score = rows[0][found], scores[0][found]
        order = np.lexsort((row, -score))
        return row[order], score[order]

    def vectors_of(self, rows: NDArray[np.int64]) -> Vectors:
        """The stored vectors of `rows`, `(len(rows), d)`; from 8-bit codes where the index is not exact."""
        return np.asarray(self._index.reconstruct_batch(rows), dtype=np.float32)
