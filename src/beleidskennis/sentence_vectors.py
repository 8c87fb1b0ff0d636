"""Which sentence of a passage comes nearest to a question: a second look at the passages that FAISS found.

A passage about several things lies far from a question about one of them. So each sentence has a vector too, made of
its own and its passage's in equal parts (a sentence alone loses what "dit" and "deze" refer to), and a passage scores
as its best sentence. The vectors lie on disk in half precision and are read only for the passages that are looked at
again; rows are those of `vectors.VectorIndex`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

MERGED_UP_TO = 50_000
"""Sentences up to which parts are merged: 40 MB of a file that is written again."""
MIN_WORDS = 4
"""Shorter sentences ("Zie ook:") say too little to be looked for."""
NAMES_FILE = "sentences.txt"
IN_MEMORY_UP_TO = 20_000
"""Sentences of a part that is kept in memory in single precision once asked for (30 MB at 384 dimensions): turning the
halves of a question's candidates into single precision takes 0.7 ms."""

Part = tuple[str, NDArray[np.float16], NDArray[np.int64]]
"""`(name, vectors (s, d), bounds (n + 1,))`: passage `i` of the part has the vectors `bounds[i]:bounds[i + 1]`."""


def worth_embedding(text: str) -> bool:
    """Whether a sentence is long enough to have a vector of its own."""
    return text.count(" ") + 1 >= MIN_WORDS


def in_context(passages: Vectors, sentences: Vectors, counts: Sequence[int]) -> Vectors:
    """Sentence vectors `(s, d)` mixed with those of their passages `(n, d)`; `counts` `(n,)` sentences a passage."""
    mixed = sentences + np.repeat(passages, counts, axis=0)
    return np.asarray(mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-12), dtype=np.float32)


class SentenceVectors:
    """The sentence vectors of all rows, in parts that never change. Made by `add` or `load`."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self._parts = list(parts)
        self._in_memory: dict[str, Vectors] = {}

    def __len__(self) -> int:
        """The number of passages (rows)."""
        return sum(len(bounds) - 1 for _name, _vectors, bounds in self._parts)

    def add(self, vectors: Vectors, counts: Sequence[int]) -> None:
        """Append passages: `vectors` `(s, d)` in their order, `counts` `(n,)` how many each has, at least one."""
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        if bounds[-1] != len(vectors) or (len(counts) and min(counts) < 1):
            message = f"{len(vectors)} sentence vectors for passages with {bounds[-1]}, at least one each"
            raise ValueError(message)
        halves = vectors.astype(np.float16)
        # Parts of like size become one, so that n additions make about log n parts.
        while self._parts and len(self._parts[-1][1]) < min(3 * len(halves), MERGED_UP_TO):
            _name, before, its_bounds = self._parts.pop()
            halves = np.concatenate([before, halves])
            bounds = np.concatenate([its_bounds, bounds[1:] + its_bounds[-1]])
        self._parts.append((f"sentences-{uuid.uuid4().hex[:12]}", halves, bounds))

    def save(self, folder: Path) -> None:
        """Write the parts that `folder` does not hold yet; from then on they lie there, not in memory."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, vectors, bounds) in enumerate(self._parts):
            if not (folder / f"{name}.vectors.npy").exists():
                np.save(folder / f"{name}.vectors.npy", vectors)
                np.save(folder / f"{name}.bounds.npy", bounds)
                self._parts[number] = _load_part(folder, name)
        (folder / NAMES_FILE).write_text("\n".join(name for name, *_ in self._parts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, before: SentenceVectors | None = None) -> SentenceVectors:
        """Open what `save` wrote; the vectors stay on disk, and parts that `before` has open are shared with it.

        Raises:
            OSError, ValueError: there is nothing in `folder`, or it is damaged.
        """
        known = {part[0]: part for part in before._parts} if before else {}
        names = (folder / NAMES_FILE).read_text(encoding="utf-8").split("\n")
        return cls([known.get(name) or _load_part(folder, name) for name in names if name])

    def of(self, row: int) -> Vectors:
        """`(s, d)` float32: the vectors of the sentences of one row.

        Raises:
            IndexError: there is no such row.
        """
        base = 0
        for _name, vectors, bounds in self._parts:
            if row < base + len(bounds) - 1:
                return np.asarray(vectors[bounds[row - base] : bounds[row - base + 1]], dtype=np.float32)
            base += len(bounds) - 1
        raise IndexError(row)

    def best(self, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """`(len(rows),)`: for each row the inner product of its nearest sentence with `query` `(d,)`."""
        found = np.empty(len(rows), dtype=np.float32)
        base = 0
        for name, vectors, bounds in self._parts:
            inside = np.flatnonzero((rows >= base) & (rows < base + len(bounds) - 1))
            if len(inside):
                first, last = bounds[rows[inside] - base], bounds[rows[inside] - base + 1]
                lengths = last - first
                starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
                wanted = np.arange(lengths.sum()) + np.repeat(first - starts, lengths)
                # Not "@": for so few rows BLAS spends longer waking its threads than multiplying.
                scores = np.einsum("ij,j->i", self._single(name, vectors, wanted), query)
                found[inside] = np.maximum.reduceat(scores, starts)
            base += len(bounds) - 1
        return found

    def _single(self, name: str, vectors: NDArray[np.float16], wanted: NDArray[np.int64]) -> Vectors:
        """Rows `wanted` of a part in single precision."""
        if len(vectors) > IN_MEMORY_UP_TO:
            return np.asarray(vectors)[wanted].astype(np.float32)
        if name not in self._in_memory:
            self._in_memory[name] = np.asarray(vectors, dtype=np.float32)
        return self._in_memory[name][wanted]


def _load_part(folder: Path, name: str) -> Part:
    vectors, bounds = (np.load(folder / f"{name}.{what}.npy", mmap_mode="r") for what in ("vectors", "bounds"))
    return name, vectors, bounds
