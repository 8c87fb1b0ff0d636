"""The semantic leg: inner products over unit vectors in FAISS.

Exact up to `EXACT_UP_TO` passages; beyond that an inverted file with 8-bit codes, whose recall against exact search is
measured in `benchmarks/scale.py`. Rows are positions 0..n-1, the same as in the lexical leg.

An index is a list of parts that never change, the oldest first. Adding makes a part; small exact parts are merged as
they gather, so that one document added to a million passages writes a small file only. A part that lies on disk is
mapped into memory when it is first searched, not read.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from beleidskennis.errors import IndexUnusableError

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

EXACT_UP_TO = 50_000
"""Passages up to which a part is searched exactly: at 384 dimensions and one thread 3 ms; an inverted file of 100,000
takes 0.5 ms and of 1 million 5 ms (docs/performance.md, with its recall)."""
ONE_THREAD_UP_TO = 2_000_000
"""Passages up to which one thread answers sooner: waking the others costs milliseconds."""
TRAINING_POINTS_PER_CELL = 40
"""FAISS asks for at least 39 training points a cell of an inverted file."""
PROBED_SHARE, PROBED_LEAST = 0.1, 128
"""Share of the cells that a query visits, and how many at least (see the recall table in docs/performance.md)."""
REBUILT_ABOVE = 0.5
"""Share of rows outside the first part above which the index had better be built anew: once in a doubling."""
AT_ONCE = 20_000
"""Vectors copied at once where they lie on disk: 30 MB."""
NAMES_FILE = "vectors.txt"


def _faiss() -> Any:
    """FAISS, imported late; its type stubs describe the C++ signatures, not the Python ones."""
    import faiss

    return faiss


class _Part:
    """One FAISS index: just made, or on disk and opened when it is needed."""

    def __init__(self, name: str, count: int, *, exact: bool, index: Any = None, path: Path | None = None) -> None:
        self.name, self.count, self.exact, self._index, self._path = name, count, exact, index, path

    @property
    def index(self) -> Any:
        if self._index is None:
            faiss = _faiss()
            try:
                self._index = faiss.read_index(str(self._path), faiss.IO_FLAG_MMAP_IFC)
            except RuntimeError as error:
                message = f"De index is beschadigd: het bestand '{self._path}' kan niet worden gelezen."
                raise IndexUnusableError(message, "Maak hem opnieuw met: beleidskennis ingest") from error
        return self._index

    def save(self, folder: Path) -> None:
        if not (folder / self.name).exists():
            _faiss().write_index(self.index, str(folder / self.name))


class VectorIndex:
    """Unit vectors of all rows, in parts. Made by `build` or `load`."""

    def __init__(self, parts: Sequence[_Part] = ()) -> None:
        self._parts = list(parts)

    def __len__(self) -> int:
        return sum(part.count for part in self._parts)

    @classmethod
    def build(cls, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """An index of `vectors` `(n, d)`, unit rows, which may lie on disk; exact where `n <= exact_up_to`."""
        return cls([_make_part(vectors, exact_up_to)])

    def add(self, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> None:
        """Append rows `(n, d)`; rows that are there keep their numbers."""
        merged = []
        count = len(vectors)
        # Exact parts of like size become one, so that n additions make about log n parts.
        while self._parts and self._parts[-1].exact and self._parts[-1].count < 3 * count:
            last = self._parts.pop()
            merged.append(last.index.reconstruct_n(0, last.count))
            count += last.count
        whole = np.concatenate([*reversed(merged), vectors]) if merged else vectors
        self._parts.append(_make_part(whole, exact_up_to))

    @property
    def wants_rebuild(self) -> bool:
        """Whether so much was added that building the index anew pays: many parts that are not exact are slower."""
        if all(part.exact for part in self._parts):
            return False
        return sum(part.count for part in self._parts[1:]) > REBUILT_ABOVE * len(self)

    def save(self, folder: Path) -> None:
        """Write the parts that `folder` does not hold yet."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in self._parts:
            part.save(folder)
        lines = [f"{part.name}\t{part.count}\t{int(part.exact)}" for part in self._parts]
        (folder / NAMES_FILE).write_text("\n".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, before: VectorIndex | None = None) -> VectorIndex:
        """Open what `save` wrote; parts that `before` has open are shared with it.

        Raises:
            FileNotFoundError, ValueError: there is no index in `folder`, or it is damaged.
        """
        known = {part.name: part for part in before._parts} if before else {}
        parts = []
        for line in (folder / NAMES_FILE).read_text(encoding="utf-8").splitlines():
            name, count, exact = line.split("\t")
            if not (folder / name).is_file():
                raise FileNotFoundError(folder / name)
            part = _Part(name, int(count), exact=exact == "1", path=folder / name)
            parts.append(known.get(name, part))
        return cls(parts)

    def open_all(self) -> None:
        """Open the parts that wait until they are needed.

        Raises:
            IndexUnusableError: one is damaged.
        """
        for part in self._parts:
            _ = part.index

    def top(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> tuple[Rows, Scores]:
        """The `k` rows most like `query` `(d,)`, with their inner products; best first, ties by row.

        `allowed` `(n,)` restricts the rows.
        """
        if len(self) < ONE_THREAD_UP_TO:
            _faiss().omp_set_num_threads(1)
        rows: list[Rows] = []
        scores: list[Scores] = []
        base = 0
        for part in self._parts:
            mask = None if allowed is None else allowed[base : base + part.count]
            found, score = _search_part(part, query, k, mask)
            rows.append(found + base)
            scores.append(score)
            base += part.count
        if not rows:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        row, score = np.concatenate(rows), np.concatenate(scores)
        order = np.lexsort((row, -score))[:k]
        return row[order], score[order]

    def vectors_of(self, rows: Rows) -> Vectors:
        """The vectors `(len(rows), d)` of given rows, as near as the codes of a part allow."""
        found = np.empty((len(rows), self._parts[0].index.d if self._parts else 0), dtype=np.float32)
        base = 0
        for part in self._parts:
            inside = (rows >= base) & (rows < base + part.count)
            if inside.any():
                found[inside] = part.index.reconstruct_batch(rows[inside] - base)
            base += part.count
        return found

    def scores_of(self, query: Vectors, rows: Rows) -> Scores:
        """Inner products of `query` `(d,)` with given rows, `(len(rows),)`, as near as the codes of a part allow."""
        scores: Scores = self.vectors_of(rows) @ query
        return scores


def _make_part(vectors: Vectors, exact_up_to: int) -> _Part:
    count, dimension = vectors.shape
    faiss = _faiss()
    exact = count <= exact_up_to
    if exact:
        index = faiss.IndexFlatIP(dimension)
    else:
        cells = max(1, min(int(2 * np.sqrt(count)), count // TRAINING_POINTS_PER_CELL))
        index = faiss.index_factory(dimension, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(7).permutation(count)[: cells * TRAINING_POINTS_PER_CELL]
        index.train(np.ascontiguousarray(vectors[np.sort(sample)], dtype=np.float32))
        index.nprobe = min(cells, max(PROBED_LEAST, int(cells * PROBED_SHARE)))
    for start in range(0, count, AT_ONCE):
        index.add(np.ascontiguousarray(vectors[start : start + AT_ONCE], dtype=np.float32))
    if not exact:
        index.make_direct_map()  # which `scores_of` finds rows by
    return _Part(f"vectors-{uuid.uuid4().hex[:12]}.faiss", count, exact=exact, index=index)


def _search_part(part: _Part, query: Vectors, k: int, allowed: NDArray[np.bool_] | None) -> tuple[Rows, Scores]:
    faiss = _faiss()
    k = min(k, part.count if allowed is None else int(allowed.sum()))
    if k <= 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    options: dict[str, Any] = {}
    if allowed is not None:
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    if part.exact:
        parameters = faiss.SearchParameters(**options)
    else:
        # A filter leaves fewer rows a cell, so as many more cells are visited to meet as many candidates.
        share = 1.0 if allowed is None else float(allowed.mean())
        visited = min(part.index.nlist, int(part.index.nprobe / share))
        parameters = faiss.SearchParametersIVF(nprobe=visited, **options)
    scores, rows = part.index.search(np.atleast_2d(query).astype(np.float32), k, params=parameters)
    found = rows[0] >= 0
    return rows[0][found].astype(np.int64), scores[0][found]
