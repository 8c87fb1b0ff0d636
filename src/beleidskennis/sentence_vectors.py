"""Which sentence of a passage comes nearest to a question: a second look at the passages that FAISS found.

A passage about several things lies far from a question about one of them. So each sentence has a vector too, made of
its own and its passage's in equal parts (a sentence alone loses what "dit" and "deze" refer to), and a passage scores
as its best sentence. The vectors lie on disk in half precision and are read only for the passages that are looked at
again; rows are those of `vectors.VectorIndex`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
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


class _Descriptor:
    """A file open for reading as long as somebody holds this: a reader keeps a generation that is gone from disk."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def __del__(self) -> None:
        os.close(self.number)


@dataclass(frozen=True, slots=True)
class Part:
    """Passage `i` of the part has the vectors `bounds[i]:bounds[i + 1]`."""

    name: str
    vectors: NDArray[np.float16]
    """`(s, d)`; where it lies on disk, mapped into memory."""
    bounds: NDArray[np.int64]
    """`(n + 1,)`."""
    file: _Descriptor | None = None
    """The file of `vectors`. What is read from it, rather than from the map, does not stay with the process."""

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def take(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float16]:
        """The vectors of the rows `first[i]:last[i]`, one run after the other."""
        if self.file is None or not hasattr(os, "pread"):
            return np.asarray(self.vectors[_runs(first, last)])
        descriptor, width = self.file.number, self.vectors.shape[1]
        begins = (self.vectors.offset + first * width * 2).tolist()  # type: ignore[attr-defined]
        sizes = ((last - first) * width * 2).tolist()
        read = b"".join(os.pread(descriptor, size, at) for at, size in zip(begins, sizes, strict=True))
        return np.frombuffer(read, dtype=np.float16).reshape(-1, width)


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
        return sum(len(part) for part in self._parts)

    def add(self, vectors: Vectors, counts: Sequence[int]) -> None:
        """Append passages: `vectors` `(s, d)` in their order, `counts` `(n,)` how many each has, at least one."""
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        if bounds[-1] != len(vectors) or (len(counts) and min(counts) < 1):
            message = f"{len(vectors)} sentence vectors for passages with {bounds[-1]}, at least one each"
            raise ValueError(message)
        halves = vectors.astype(np.float16)
        # Parts of like size become one, so that n additions make about log n parts.
        while self._parts and len(self._parts[-1].vectors) < min(3 * len(halves), MERGED_UP_TO):
            before = self._parts.pop()
            halves = np.concatenate([before.vectors, halves])
            bounds = np.concatenate([before.bounds, bounds[1:] + before.bounds[-1]])
        self._parts.append(Part(f"sentences-{uuid.uuid4().hex[:12]}", halves, bounds))

    def save(self, folder: Path) -> None:
        """Write the parts that `folder` does not hold yet; from then on they lie there, not in memory."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, part in enumerate(self._parts):
            if not (folder / f"{part.name}.vectors.npy").exists():
                np.save(folder / f"{part.name}.vectors.npy", part.vectors)
                np.save(folder / f"{part.name}.bounds.npy", part.bounds)
                self._parts[number] = _load_part(folder, part.name)
        (folder / NAMES_FILE).write_text("\n".join(part.name for part in self._parts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, before: SentenceVectors | None = None) -> SentenceVectors:
        """Open what `save` wrote; the vectors stay on disk, and parts that `before` has open are shared with it.

        Raises:
            OSError, ValueError: there is nothing in `folder`, or it is damaged.
        """
        known = {part.name: part for part in before._parts} if before else {}
        names = (folder / NAMES_FILE).read_text(encoding="utf-8").split("\n")
        return cls([known.get(name) or _load_part(folder, name) for name in names if name])

    def of(self, row: int) -> Vectors:
        """`(s, d)` float32: the vectors of the sentences of one row.

        Raises:
            IndexError: there is no such row.
        """
        base = 0
        for part in self._parts:
            if row < base + len(part):
                first, last = part.bounds[row - base : row - base + 2]
                return part.take(np.array([first]), np.array([last])).astype(np.float32)
            base += len(part)
        raise IndexError(row)

    def best(self, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """`(len(rows),)`: for each row the inner product of its nearest sentence with `query` `(d,)`."""
        found = np.empty(len(rows), dtype=np.float32)
        base = 0
        for part in self._parts:
            inside = np.flatnonzero((rows >= base) & (rows < base + len(part)))
            if len(inside):
                first, last = part.bounds[rows[inside] - base], part.bounds[rows[inside] - base + 1]
                lengths = last - first
                starts = np.cumsum(lengths) - lengths
                # Not "@": for so few rows BLAS spends longer waking its threads than multiplying.
                scores = np.einsum("ij,j->i", self._single(part, first, last), query)
                found[inside] = np.maximum.reduceat(scores, starts)
            base += len(part)
        return found

    def _single(self, part: Part, first: NDArray[np.int64], last: NDArray[np.int64]) -> Vectors:
        """The vectors of the rows `first[i]:last[i]` of a part in single precision, one run after the other."""
        if len(part.vectors) > IN_MEMORY_UP_TO:
            return part.take(first, last).astype(np.float32)
        if part.name not in self._in_memory:
            self._in_memory[part.name] = np.asarray(part.vectors, dtype=np.float32)
        return self._in_memory[part.name][_runs(first, last)]


def _runs(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers `first[i]:last[i]`, one run after the other."""
    lengths = last - first
    starts = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(lengths.sum()) + np.repeat(first - starts, lengths))


def _load_part(folder: Path, name: str) -> Part:
    path = folder / f"{name}.vectors.npy"
    bounds = np.load(folder / f"{name}.bounds.npy", mmap_mode="r")
    return Part(name, np.load(path, mmap_mode="r"), bounds, _Descriptor(path))
