"""The semantic leg: inner products over unit vectors in FAISS.

Exact up to `EXACT_UP_TO` passages; beyond that an inverted file with 8-bit codes, whose recall against exact search is
measured in `benchmarks/`. Rows are positions 0..n-1, the same as in the lexical leg.

An index is a large part that stays as it is and a small exact part for what was added since, so that one document
added to a million passages writes a small file only.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

EXACT_UP_TO = 200_000
"""Passages up to which search is exact: 384 dimensions, one thread: 11.5 ms at 100k, 59 ms at 500k."""
ONE_THREAD_UP_TO = 50_000
"""Passages up to which one thread answers sooner: waking the others costs milliseconds, the search less than one."""
TRAINING_POINTS_PER_CELL = 64
"""FAISS asks for at least 39 training points a cell of an inverted file."""
PROBED_SHARE = 0.02
"""Share of the cells that a query visits (see the recall table in docs/performance.md)."""
ADDED_UP_TO = 0.1
"""Share of rows in the added part above which `add` says that the index had better be built anew."""
NAMES_FILE = "vectors.txt"


def _faiss() -> Any:
    """FAISS, imported late; its type stubs describe the C++ signatures, not the Python ones."""
    import faiss

    return faiss


class VectorIndex:
    """Unit vectors of all rows, in one or two parts. Made by `build` or `load`."""

    def __init__(self, parts: list[tuple[str, Any]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(int(part.ntotal) for _name, part in self._parts)

    @classmethod
    def build(cls, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """An index of `vectors` `(n, d)` float32, unit rows; exact where `n <= exact_up_to`."""
        count, dimension = vectors.shape
        faiss = _faiss()
        if count <= exact_up_to:
            index = faiss.IndexFlatIP(dimension)
        else:
            cells = int(4 * np.sqrt(count))
            index = faiss.index_factory(dimension, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
            sample = np.random.default_rng(7).permutation(count)[: cells * TRAINING_POINTS_PER_CELL]
            index.train(vectors[np.sort(sample)])
            index.nprobe = max(8, int(cells * PROBED_SHARE))
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls([(_new_name(), index)])

    def add(self, vectors: Vectors) -> None:
        """Append rows `(n, d)` float32; rows that are there keep their numbers."""
        faiss = _faiss()
        part = faiss.IndexFlatIP(vectors.shape[1])
        if len(self._parts) > 1:
            _name, added = self._parts.pop()
            part.add(added.reconstruct_n(0, added.ntotal))
        part.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._parts.append((_new_name(), part))

    @property
    def wants_rebuild(self) -> bool:
        """Whether so much was added that building the index anew pays."""
        added = int(self._parts[-1][1].ntotal) if len(self._parts) > 1 else 0
        return added > ADDED_UP_TO * len(self)

    def save(self, folder: Path) -> None:
        """Write the parts that `folder` does not hold yet."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in self._parts:
            if not (folder / name).exists():
                _faiss().write_index(part, str(folder / name))
        (folder / NAMES_FILE).write_text("\n".join(name for name, _part in self._parts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Read what `save` wrote.

        Raises:
            FileNotFoundError, RuntimeError: there is no index in `folder`, or it is damaged.
        """
        names = (folder / NAMES_FILE).read_text(encoding="utf-8").split("\n")
        index = cls([(name, _faiss().read_index(str(folder / name))) for name in names if name])
        if len(index) < ONE_THREAD_UP_TO:
            _faiss().omp_set_num_threads(1)
        return index

    def top(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> tuple[Rows, Scores]:
        """The `k` rows most like `query` `(d,)`, with their inner products; best first, ties by row.

        `allowed` `(n,)` restricts the rows.
        """
        rows: list[Rows] = []
        scores: list[Scores] = []
        base = 0
        for _name, part in self._parts:
            mask = None if allowed is None else allowed[base : base + part.ntotal]
            found, score = _search_part(part, query, k, mask)
            rows.append(found + base)
            scores.append(score)
            base += int(part.ntotal)
        if not rows:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        row, score = np.concatenate(rows), np.concatenate(scores)
        order = np.lexsort((row, -score))[:k]
        return row[order], score[order]

    def scores_of(self, query: Vectors, rows: Rows) -> Scores:
        """Inner products of `query` `(d,)` with given rows, `(len(rows),)`; for parts in full precision only."""
        found = np.empty(len(rows), dtype=np.float32)
        base = 0
        for _name, part in self._parts:
            inside = (rows >= base) & (rows < base + part.ntotal)
            if inside.any():
                found[inside] = part.reconstruct_batch(rows[inside] - base) @ query
            base += int(part.ntotal)
        return found


def _search_part(part: Any, query: Vectors, k: int, allowed: NDArray[np.bool_] | None) -> tuple[Rows, Scores]:
    faiss = _faiss()
    k = min(k, int(part.ntotal) if allowed is None else int(allowed.sum()))
    if k <= 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    options: dict[str, Any] = {}
    if allowed is not None:
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    if isinstance(part, faiss.IndexIVF):
        # A filter leaves fewer rows a cell, so as many more cells are visited to meet as many candidates.
        share = 1.0 if allowed is None else float(allowed.mean())
        parameters = faiss.SearchParametersIVF(nprobe=min(part.nlist, int(part.nprobe / share)), **options)
    else:
        parameters = faiss.SearchParameters(**options)
    scores, rows = part.search(np.atleast_2d(query).astype(np.float32), k, params=parameters)
    found = rows[0] >= 0
    return rows[0][found].astype(np.int64), scores[0][found]


def _new_name() -> str:
    return f"vectors-{uuid.uuid4().hex[:12]}.faiss"
