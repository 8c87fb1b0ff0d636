"""The lexical leg: BM25 as rank-bm25 defines it, served from postings in numpy arrays.

rank-bm25 walks every passage for every term of a question (35 ms at 20,000 passages); postings touch only the
passages that hold the term. Scores are the same, which a property test holds against upstream. Two things are added:
a term's frequency may be a fraction (a part of a compound counts for less than a word), and so may its weight in the
question (a synonym counts for less than what was typed).

Passages are rows, numbered from 0 in the order in which they were added; a row never changes its number until
`compact`. An index is a list of segments, each an immutable set of arrays; adding passages adds a segment, and small
segments are merged as they gather, so adding one document to a million passages rewrites next to nothing. Removing
marks rows; their words keep counting in the statistics until `compact`, as in Lucene.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Variant = Literal["okapi", "plus", "l"]

_BLOCK = 50_000
"""Passages a segment while building: keeps the sort of the postings in some 200 MB."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Bm25:
    """Variant and parameters of BM25, as in rank_bm25 0.2.2 (whose defaults are k1 1.5, b 0.75, epsilon 0.25).

    `plus` is the default: its idf is positive for every word in a corpus of any size, where that of `okapi` is zero
    for a word in half of the passages and negative in a corpus of one. The constant that `plus` adds to every passage
    for every term (delta x idf) is left out: it cannot change an order. See docs/quality.md for the grid.
    """

    variant: Variant = "plus"
    k1: float = 1.2
    b: float = 0.5
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
        """What a term adds to a passage before its idf; `norm` is 1 - b + b x length / average length."""
        if self.variant == "l":
            divided = frequency / norm + np.float32(self.delta)
            gained = frequency * np.float32(self.k1 + 1) * divided / (np.float32(self.k1) + divided)
        else:
            gained = frequency * np.float32(self.k1 + 1) / (frequency + np.float32(self.k1) * norm)
        return np.asarray(gained, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of a run of passages, by term: rows `rows[indptr[t]:indptr[t + 1]]` (from 0 in this segment)."""

    name: str
    vocabulary: Mapping[str, int]
    indptr: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: Floats
    lengths: Floats

    def postings(self, term: str) -> slice | None:
        """Where the postings of `term` are in `rows` and `frequencies`."""
        number = self.vocabulary.get(term)
        return None if number is None else slice(int(self.indptr[number]), int(self.indptr[number + 1]))


@dataclass(slots=True)
class _Statistics:
    """Derived from the segments; made anew when they change."""

    norms: Floats
    bases: list[int]
    average_idf: float | None = None
    idf: dict[str, float] = field(default_factory=dict)


class LexicalIndex:
    """BM25 over passages given as weighted terms. Not safe for changes from several threads; reading is."""

    def __init__(self, parameters: Bm25 | None = None, segments: Sequence[Segment] = ()) -> None:
        self.parameters = parameters or Bm25()
        self._segments = list(segments)
        self._removed = np.zeros(sum(len(segment.lengths) for segment in segments), dtype=bool)
        self._statistics: _Statistics | None = None

    @classmethod
    def build(
        cls, passages: Iterable[Mapping[str, float] | Sequence[str]], parameters: Bm25 | None = None
    ) -> LexicalIndex:
        """An index over `passages`: of each its terms with their weighted frequency, or its terms in a row."""
        index = cls(parameters)
        index.add(passages)
        return index

    def __len__(self) -> int:
        """The number of rows, removed ones included."""
        return len(self._removed)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """`(n,)`: which rows have not been removed."""
        return ~self._removed

    def add(self, passages: Iterable[Mapping[str, float] | Sequence[str]]) -> range:
        """Adds passages; the range of their rows. Later questions see them at once."""
        first = len(self)
        block: list[Mapping[str, float] | Sequence[str]] = []
        for passage in passages:
            block.append(passage)
            if len(block) == _BLOCK:
                self._append(_segment(block))
                block = []
        if block:
            self._append(_segment(block))
        return range(first, len(self))

    def remove(self, rows: Sequence[int] | Rows) -> None:
        """Takes rows out of every answer. Their numbers stay taken until `compact`."""
        self._removed[np.asarray(rows, dtype=np.int64)] = True

    def compact(self) -> Rows:
        """Rewrites the index as one segment without removed rows; `(n,)` the new row of each old one, -1 if gone."""
        kept = self.alive
        moved = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int64)
        merged = _merge(self._segments, kept) if self._segments else None
        self._segments = [merged] if merged is not None and len(merged.lengths) else []
        self._removed = np.zeros(int(kept.sum()), dtype=bool)
        self._statistics = None
        return moved

    def frequency(self, term: str) -> int:
        """In how many passages `term` occurs (removed ones included until `compact`)."""
        found = (segment.postings(term) for segment in self._segments)
        return sum(place.stop - place.start for place in found if place is not None)

    def terms(self) -> dict[str, int]:
        """Every term with the number of passages that it occurs in."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            sizes = np.diff(segment.indptr)
            for term, number in segment.vocabulary.items():
                counts[term] = counts.get(term, 0) + int(sizes[number])
        return counts

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """`(n,)` BM25 scores of all rows for the terms of a question with their weights; 0 where no term occurs."""
        statistics = self._derive()
        total = np.zeros(len(self), dtype=np.float32)
        for term, weight in weights.items():
            idf = self._idf(term, statistics) if weight else 0.0
            if idf == 0.0:
                continue
            for base, segment in zip(statistics.bases, self._segments, strict=True):
                place = segment.postings(term)
                if place is not None:
                    rows = segment.rows[place] + np.int64(base)
                    gain = self.parameters.gain(segment.frequencies[place], statistics.norms[rows])
                    total[rows] += np.float32(weight * idf) * gain
        return total

    def top(
        self, weights: Mapping[str, float], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Floats]:
        """The `k` best rows with their scores, best first, equal scores by row; only rows that hold a term.

        `allowed` is an `(n,)` mask of the rows that may be returned.
        """
        return best(self.scores(weights), k, allowed=self.alive if allowed is None else allowed & self.alive)

    def save(self, folder: Path) -> None:
        """Writes what `folder` does not hold yet; segments never change, so saving after an addition is quick."""
        folder.mkdir(parents=True, exist_ok=True)
        for segment in self._segments:
            if not (folder / segment.name).exists():
                _save_segment(segment, folder)
        np.save(folder / "removed.npy", np.flatnonzero(self._removed))
        names = [segment.name for segment in self._segments]
        p = self.parameters
        described = {"variant": p.variant, "k1": p.k1, "b": p.b, "epsilon": p.epsilon, "delta": p.delta}
        temporary = folder / "lexical.json.tmp"
        temporary.write_text(json.dumps({"format": _FORMAT, "segments": names, "bm25": described}), encoding="utf-8")
        temporary.replace(folder / "lexical.json")

    @classmethod
    def load(cls, folder: Path, parameters: Bm25 | None = None) -> LexicalIndex:
        """Opens a saved index; the postings stay on disk until a question needs them.

        Raises:
            FileNotFoundError, ValueError: there is no index in `folder`, or it is of another version or damaged.

        """
        state = json.loads((folder / "lexical.json").read_text(encoding="utf-8"))
        if state.get("format") != _FORMAT:
            message = f"lexical index of format {state.get('format')}, expected {_FORMAT}"
            raise ValueError(message)
        index = cls(parameters or Bm25(**state["bm25"]), [_load_segment(folder, name) for name in state["segments"]])
        index._removed[np.load(folder / "removed.npy")] = True
        return index

    def _append(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._removed = np.concatenate([self._removed, np.zeros(len(segment.lengths), dtype=bool)])
        # The last two are merged while they are of like size, so that n passages make about log n segments.
        while len(self._segments) > 1 and len(self._segments[-2].lengths) < 3 * len(self._segments[-1].lengths):
            last, before = self._segments.pop(), self._segments.pop()
            self._segments.append(_merge([before, last]))
        self._statistics = None

    def _derive(self) -> _Statistics:
        if self._statistics is None:
            lengths = [segment.lengths for segment in self._segments]
            joined = np.concatenate(lengths).astype(np.float64) if lengths else np.zeros(0)
            average = joined.mean() if joined.size and joined.any() else 1.0
            norms = (1 - self.parameters.b + self.parameters.b * joined / average).astype(np.float32)
            bases = [0, *np.cumsum([len(part) for part in lengths]).tolist()][: len(lengths)]
            self._statistics = _Statistics(norms, bases)
        return self._statistics

    def _idf(self, term: str, statistics: _Statistics) -> float:
        if term not in statistics.idf:
            frequency = self.frequency(term)
            average = self._average_idf(statistics) if self.parameters.variant == "okapi" else 0.0
            one = np.array([frequency], dtype=np.int64)
            statistics.idf[term] = float(self.parameters.idf(one, len(self), average)[0]) if frequency else 0.0
        return statistics.idf[term]

    def _average_idf(self, statistics: _Statistics) -> float:
        if statistics.average_idf is None:
            frequencies = np.fromiter(self.terms().values(), dtype=np.float64)
            statistics.average_idf = float(np.mean(np.log(len(self) - frequencies + 0.5) - np.log(frequencies + 0.5)))
        return statistics.average_idf


def best(scores: Floats, k: int, *, allowed: NDArray[np.bool_] | None = None) -> tuple[Rows, Floats]:
    """The `k` rows of the highest scores other than 0, best first; equal scores by row, so that any run is alike."""
    candidates = np.flatnonzero(scores if allowed is None else np.where(allowed, scores, 0))
    found = scores[candidates]
    if len(candidates) > k > 0:
        threshold = np.partition(found, len(found) - k)[len(found) - k]
        keep = found >= threshold
        candidates, found = candidates[keep], found[keep]
    order = np.lexsort((candidates, -found))[: max(k, 0)]
    return candidates[order], found[order]


def _segment(passages: Sequence[Mapping[str, float] | Sequence[str]]) -> Segment:
    vocabulary: dict[str, int] = {}
    numbers: list[int] = []
    frequencies: list[float] = []
    sizes, lengths = [], []
    for passage in passages:
        weighted = passage if isinstance(passage, Mapping) else _count(passage)
        numbers.extend([vocabulary.setdefault(term, len(vocabulary)) for term in weighted])
        frequencies.extend(weighted.values())
        sizes.append(len(weighted))
        lengths.append(sum(weighted.values()))
    by_term = np.array(numbers, dtype=np.int32)
    order = np.argsort(by_term, kind="stable")
    rows = np.repeat(np.arange(len(passages), dtype=np.int32), sizes)
    indptr = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    np.cumsum(np.bincount(by_term, minlength=len(vocabulary)), out=indptr[1:])
    found = np.array(frequencies, dtype=np.float32)
    return Segment(_new_name(), vocabulary, indptr, rows[order], found[order], np.array(lengths, dtype=np.float32))


def _count(terms: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for term in terms:
        counts[term] = counts.get(term, 0.0) + 1.0
    return counts


def _merge(segments: Sequence[Segment], kept: NDArray[np.bool_] | None = None) -> Segment:
    """One segment of several, rows in the same order; with `kept` (over all rows) without the others."""
    vocabulary: dict[str, int] = {}
    numbers, rows, frequencies = [], [], []
    base = 0
    for segment in segments:
        mapping = np.array(
            [vocabulary.setdefault(term, len(vocabulary)) for term in segment.vocabulary], dtype=np.int32
        )
        numbers.append(np.repeat(mapping, np.diff(segment.indptr)))
        rows.append(segment.rows + np.int32(base))
        frequencies.append(segment.frequencies)
        base += len(segment.lengths)
    all_numbers, all_rows = np.concatenate(numbers), np.concatenate(rows)
    all_frequencies = np.concatenate(frequencies)
    lengths = np.concatenate([segment.lengths for segment in segments])
    if kept is not None:
        keep = kept[all_rows]
        moved = (np.cumsum(kept) - 1).astype(np.int32)
        all_numbers, all_rows, all_frequencies = all_numbers[keep], moved[all_rows[keep]], all_frequencies[keep]
        lengths = lengths[kept]
        vocabulary, all_numbers = _drop_unused(vocabulary, all_numbers)
    order = np.argsort(all_numbers, kind="stable")
    indptr = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    np.cumsum(np.bincount(all_numbers, minlength=len(vocabulary)), out=indptr[1:])
    return Segment(_new_name(), vocabulary, indptr, all_rows[order], all_frequencies[order], lengths)


def _drop_unused(vocabulary: dict[str, int], numbers: NDArray[np.int32]) -> tuple[dict[str, int], NDArray[np.int32]]:
    used = np.bincount(numbers, minlength=len(vocabulary)) > 0
    moved = (np.cumsum(used) - 1).astype(np.int32)
    return {term: int(moved[number]) for term, number in vocabulary.items() if used[number]}, moved[numbers]


def _new_name() -> str:
    return f"segment-{uuid.uuid4().hex[:12]}"


def _save_segment(segment: Segment, folder: Path) -> None:
    target = folder / f"{segment.name}.tmp"
    target.mkdir(exist_ok=True)
    for name in ("indptr", "rows", "frequencies", "lengths"):
        np.save(target / f"{name}.npy", getattr(segment, name))
    (target / "terms.txt").write_text("\n".join(segment.vocabulary), encoding="utf-8")
    target.rename(folder / segment.name)


def _load_segment(folder: Path, name: str) -> Segment:
    source = folder / name
    arrays = [np.load(source / f"{part}.npy", mmap_mode="r") for part in ("indptr", "rows", "frequencies", "lengths")]
    text = (source / "terms.txt").read_text(encoding="utf-8")
    vocabulary = {term: number for number, term in enumerate(text.split("\n"))} if text else {}
    return Segment(name, vocabulary, *arrays)
