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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.spelling import Spelling
from beleidskennis.lexical.bm25 import Bm25, Floats, Rows, best
from beleidskennis.lexical.segments import (
    Indexable,
    Segment,
    load_segment,
    make_segment,
    merge_segments,
    save_segment,
)

_BLOCK = 50_000
"""Passages a segment while building: keeps the sort of the postings in some 200 MB."""
_FORMAT = 1
_FEW = 0.1
"""Share of the passages below which looking terms up for each costs less than walking their postings."""
_WORTH_LOOKING = 0.3
"""Postings left, as a share of the passages, from which on it pays to look whether few passages can still come in."""


@dataclass(slots=True)
class _Statistics:
    """Derived from the segments; made anew when they change."""

    norms: Floats
    """`(n,)`: k1 x (1 - b + b x length / average length)."""
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
    def build(cls, passages: Iterable[Indexable], parameters: Bm25 | None = None) -> LexicalIndex:
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

    def add(self, passages: Iterable[Indexable]) -> range:
        """Adds passages; the range of their rows. Later questions see them at once."""
        first = len(self)
        block: list[Indexable] = []
        for passage in passages:
            block.append(passage)
            if len(block) == _BLOCK:
                self._append(make_segment(block))
                block = []
        if block:
            self._append(make_segment(block))
        return range(first, len(self))

    def remove(self, rows: Sequence[int] | Rows) -> None:
        """Takes rows out of every answer. Their numbers stay taken until `compact`."""
        self._removed[np.asarray(rows, dtype=np.int64)] = True

    def compact(self) -> Rows:
        """Rewrites the index as one segment without removed rows; `(n,)` the new row of each old one, -1 if gone."""
        kept = self.alive
        moved = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int64)
        merged = merge_segments(self._segments, kept) if self._segments else None
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

    def words(self) -> dict[str, int]:
        """Every word as written (lower case) with the number of passages that it occurs in."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            for word, count in segment.words.counts.items():
                counts[word] = counts.get(word, 0) + count
        return counts

    @property
    def spelling(self) -> Spelling:
        """The words as written, to put typing errors right by."""
        return Spelling(*(segment.words for segment in self._segments))

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """`(n,)` BM25 scores of all rows for the terms of a question with their weights; 0 where no term occurs."""
        total = np.zeros(len(self), dtype=np.float32)
        for term, factor in self._factors(weights):
            self._add(total, term, factor)
        return total

    def top(
        self, weights: Mapping[str, float], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Floats]:
        """The `k` best rows with their scores, best first, equal scores by row; only rows that hold a term.

        `allowed` is an `(n,)` mask of the rows that may be returned.
        """
        mask = self.alive if allowed is None else allowed & self.alive
        factors = self._factors(weights)
        # What a term can add to a passage at most; BM25L, as rank-bm25 writes it, has no such bound.
        most = np.inf if self.parameters.variant == "l" else self.parameters.k1 + 1
        left = [most * sum(factor for _term, factor in factors[number:]) for number in range(len(factors) + 1)]
        postings = [self.frequency(term) for term, _factor in factors]
        total = np.zeros(len(self), dtype=np.float32)
        for number, (term, factor) in enumerate(factors):
            if number and sum(postings[number:]) > _WORTH_LOOKING * len(self):
                rows = _within_reach(total, mask, k, left[number])
                if rows is not None:
                    return self._finish(rows, total[rows], factors[number:], left[number:], k)
            self._add(total, term, factor)
        return best(total, k, allowed=mask)

    def _finish(
        self, rows: Rows, scores: Floats, factors: list[tuple[str, float]], left: list[float], k: int
    ) -> tuple[Rows, Floats]:
        """The best of `rows` (ascending) with `scores` so far, after the terms that are left.

        `left` says before each term, and after the last, what a passage can still win.
        """
        statistics = self._derive()
        for number, (term, factor) in enumerate(factors):
            for base, segment in zip(statistics.bases, self._segments, strict=True):
                place = segment.postings(term)
                if place is None:
                    continue
                first, last = np.searchsorted(rows, [base, base + len(segment.lengths)])
                wanted = (rows[first:last] - base).astype(np.int32)
                posted = segment.rows[place]
                found = np.minimum(np.searchsorted(posted, wanted), len(posted) - 1)
                held = posted[found] == wanted
                norms = statistics.norms[rows[first:last][held]]
                gain = self.parameters.gain(segment.frequencies[place][found[held]], norms)
                scores[first:last][held] += gain * np.float32(factor)
            if len(rows) > 2 * k:
                kept = np.flatnonzero(scores >= _lowest(scores, k, left[number + 1]))
                rows, scores = rows[kept], scores[kept]
        chosen, found_scores = best(scores, k)
        return rows[chosen], found_scores

    def _factors(self, weights: Mapping[str, float]) -> list[tuple[str, float]]:
        """`(term, weight x idf)` of the terms that the index holds, the largest first."""
        statistics = self._derive()
        found = [(term, weight * self._idf(term, statistics)) for term, weight in weights.items() if weight]
        return sorted(((term, factor) for term, factor in found if factor), key=lambda one: (-one[1], one[0]))

    def _add(self, total: Floats, term: str, factor: float) -> None:
        statistics = self._derive()
        for base, segment in zip(statistics.bases, self._segments, strict=True):
            place = segment.postings(term)
            if place is not None:
                end = base + len(segment.lengths)
                rows = segment.rows[place].astype(np.intp)  # once, not by each of the three lines that index by it
                gain = self.parameters.gain(segment.frequencies[place], statistics.norms[base:end].take(rows))
                gain *= np.float32(factor)
                gain += total[base:end].take(rows)
                total[base:end][rows] = gain

    def save(self, folder: Path) -> None:
        """Writes what `folder` does not hold yet; segments never change, so saving after an addition is quick."""
        folder.mkdir(parents=True, exist_ok=True)
        for segment in self._segments:
            if not (folder / segment.name).exists():
                save_segment(segment, folder)
        np.save(folder / "removed.npy", np.flatnonzero(self._removed))
        names = [segment.name for segment in self._segments]
        p = self.parameters
        described = {"variant": p.variant, "k1": p.k1, "b": p.b, "epsilon": p.epsilon, "delta": p.delta}
        temporary = folder / "lexical.json.tmp"
        temporary.write_text(json.dumps({"format": _FORMAT, "segments": names, "bm25": described}), encoding="utf-8")
        temporary.replace(folder / "lexical.json")

    @classmethod
    def load(cls, folder: Path, parameters: Bm25 | None = None, before: LexicalIndex | None = None) -> LexicalIndex:
        """Opens a saved index; the postings stay on disk until a question needs them.

        Segments that `before` has open are shared with it.

        Raises:
            FileNotFoundError, ValueError: there is no index in `folder`, or it is of another version or damaged.

        """
        state = json.loads((folder / "lexical.json").read_text(encoding="utf-8"))
        if state.get("format") != _FORMAT:
            message = f"lexical format {state.get('format')}, expected {_FORMAT}"
            raise ValueError(message)
        known = {segment.name: segment for segment in before._segments} if before else {}
        segments = [known.get(name) or load_segment(folder, name) for name in state["segments"]]
        index = cls(parameters or Bm25(**state["bm25"]), segments)
        index._removed[np.load(folder / "removed.npy")] = True
        return index

    def _append(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._removed = np.concatenate([self._removed, np.zeros(len(segment.lengths), dtype=bool)])
        # The last two are merged while they are of like size, so that n passages make about log n segments.
        while len(self._segments) > 1 and len(self._segments[-2].lengths) < 3 * len(self._segments[-1].lengths):
            last, before = self._segments.pop(), self._segments.pop()
            self._segments.append(merge_segments([before, last]))
        self._statistics = None

    def _derive(self) -> _Statistics:
        if self._statistics is None:
            lengths = [segment.lengths for segment in self._segments]
            joined = np.concatenate(lengths).astype(np.float64) if lengths else np.zeros(0)
            average = joined.mean() if joined.size and joined.any() else 1.0
            b = self.parameters.b
            norms = (self.parameters.k1 * (1 - b + b * joined / average)).astype(np.float32)
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


def _within_reach(total: Floats, allowed: NDArray[np.bool_], k: int, left: float) -> Rows | None:
    """The rows, ascending, that can still be among the `k` best if a passage can win `left`; None if they are many."""
    ahead = (total > left) & allowed
    if np.count_nonzero(ahead) <= k:
        return None  # a passage without any of the terms so far could come in
    rows = np.flatnonzero((total >= _lowest(total[ahead], k, left)) & allowed)
    return rows if len(rows) < _FEW * len(total) else None


def _lowest(scores: Floats, k: int, left: float) -> np.float32:
    """What a passage must have by now to be among the `k` best of more than `k`, if it can win `left`."""
    kth = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.float32(kth - np.float32(left) * np.float32(1.0001) - np.float32(1e-6))  # a hair less: rounding
