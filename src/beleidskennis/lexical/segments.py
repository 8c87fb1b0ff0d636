"""Segments: immutable runs of passages with their postings; making, merging and storing them."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.acronyms import initials
from beleidskennis.dutch.spelling import WordList
from beleidskennis.dutch.terms import TermWeights, text_terms
from beleidskennis.dutch.words import normalise, words
from beleidskennis.lexical.bm25 import Floats
from beleidskennis.model import Passage


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """What the index keeps of a passage: terms with their weighted frequency, and its words as written."""

    terms: Mapping[str, float]
    words: Sequence[str] = ()
    """Distinct, lower case: what typing errors are put right by."""


def passage_terms(passage: Passage, *, context: str = "", weights: TermWeights | None = None) -> PassageTerms:
    """The terms of a passage: of its text, and at lower weights of its headings and intro and of its document.

    `context` names the document, see `context_text`.
    """
    weights = weights or TermWeights()
    around = "\n".join([*passage.headings, passage.intro])
    found = text_terms(passage.text, weights)
    for text, weight in ((around, weights.heading), (context, weights.document)):
        for term, frequency in _shared_terms(text, weights).items() if weight else ():
            found[term] = found.get(term, 0.0) + weight * frequency
    return PassageTerms(found, tuple({normalise(word) for word in words(f"{passage.text}\n{around}")}))


@lru_cache(maxsize=2_000)
def _shared_terms(text: str, weights: TermWeights) -> Mapping[str, float]:
    """`text_terms` of what many passages share: their headings, the names of their document."""
    return text_terms(text, weights)


def context_text(title: str, publisher: str, acronyms: Mapping[str, str]) -> str:
    """What names a document: its title, its publisher, and the acronym of either as the documents give it."""
    names = f"{title} {publisher}".lower()
    short = [acronym for acronym, full in acronyms.items() if full.lower() in names]
    short.append(initials(publisher))
    return "\n".join([title, publisher, *short])


Indexable = PassageTerms | Mapping[str, float] | Sequence[str]
"""Terms with frequencies, or simply the terms in a row, as rank-bm25 takes them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of a run of passages, by term: rows `rows[indptr[t]:indptr[t + 1]]` (from 0 in this segment)."""

    name: str
    vocabulary: Mapping[str, int]
    indptr: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: Floats
    lengths: Floats
    words: WordList
    """In how many passages each word as written occurs."""
    source: Path | None = None
    """The folder that it was read from."""

    def postings(self, term: str) -> slice | None:
        """Where the postings of `term` are in `rows` and `frequencies`."""
        number = self.vocabulary.get(term)
        return None if number is None else slice(int(self.indptr[number]), int(self.indptr[number + 1]))


def make_segment(passages: Sequence[Indexable]) -> Segment:
    """The postings of `passages`, sorted by term and row."""
    vocabulary: dict[str, int] = {}
    numbers: list[int] = []
    frequencies: list[float] = []
    sizes, lengths = [], []
    written: dict[str, int] = {}
    for passage in passages:
        if isinstance(passage, PassageTerms):
            weighted = passage.terms
            for word in passage.words:
                written[word] = written.get(word, 0) + 1
        else:
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
    sums = np.array(lengths, dtype=np.float32)
    return Segment(_new_name(), vocabulary, indptr, rows[order], found[order], sums, WordList(written))


def _count(terms: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for term in terms:
        counts[term] = counts.get(term, 0.0) + 1.0
    return counts


def merge_segments(segments: Sequence[Segment], kept: NDArray[np.bool_] | None = None) -> Segment:
    """One segment of several, rows in the same order; with `kept` (over all rows) without the others."""
    vocabulary: dict[str, int] = {}
    written: dict[str, int] = {}
    parts = []
    base = 0
    for segment in segments:
        for word, count in segment.words.counts.items():
            written[word] = written.get(word, 0) + count
        numbers = np.array([vocabulary.setdefault(term, len(vocabulary)) for term in segment.vocabulary], np.int64)
        part = _Postings(numbers, np.diff(segment.indptr), segment.rows, segment.frequencies, base)
        parts.append(part if kept is None else part.among(kept, segment.indptr))
        base += len(segment.lengths)
    lengths = np.concatenate([segment.lengths for segment in segments])
    if kept is not None:
        lengths = lengths[kept]
        vocabulary = _drop_unused(vocabulary, parts)
    indptr = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    for part in parts:
        indptr[part.numbers + 1] += part.sizes
    np.cumsum(indptr, out=indptr)
    rows = np.empty(indptr[-1], dtype=np.int32)
    frequencies = np.empty(indptr[-1], dtype=np.float32)
    ends = indptr[:-1].copy()
    for part in parts:
        part.put(ends, rows, frequencies)
    return Segment(_new_name(), vocabulary, indptr, rows, frequencies, lengths, WordList(written))


@dataclass(slots=True)
class _Postings:
    """The postings of one segment on their way into another: of its terms the new numbers and the sizes."""

    numbers: NDArray[np.int64]
    sizes: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: Floats
    base: int
    """Added to the rows."""

    def among(self, kept: NDArray[np.bool_], indptr: NDArray[np.int64]) -> _Postings:
        """Those of the rows that are `kept` (over all rows), renumbered without the others."""
        rows = self.rows + np.int32(self.base)
        keep = kept[rows]
        before = np.concatenate([[0], np.cumsum(keep)])
        moved = (np.cumsum(kept) - 1).astype(np.int32)
        return _Postings(self.numbers, np.diff(before[indptr]), moved[rows[keep]], self.frequencies[keep], 0)

    def put(self, ends: NDArray[np.int64], rows: NDArray[np.int32], frequencies: Floats) -> None:
        """Put the postings of each term at its place in `ends`, and move that on; some at a time, to hold little."""
        bounds = np.concatenate([[0], np.cumsum(self.sizes)])
        first = 0
        while first < len(self.sizes):
            last = max(int(np.searchsorted(bounds, bounds[first] + _AT_ONCE, side="right")) - 1, first + 1)
            low, high = int(bounds[first]), int(bounds[last])
            shifts = ends[self.numbers[first:last]] - bounds[first:last]
            places = np.repeat(shifts, self.sizes[first:last]) + np.arange(low, high)
            rows[places] = self.rows[low:high] + np.int32(self.base)
            frequencies[places] = self.frequencies[low:high]
            first = last
        ends[self.numbers] += self.sizes


def _drop_unused(vocabulary: dict[str, int], parts: Sequence[_Postings]) -> dict[str, int]:
    """The terms that still have postings, numbered anew, in `parts` too."""
    used = np.zeros(len(vocabulary), dtype=bool)
    for part in parts:
        used[part.numbers[part.sizes > 0]] = True
    moved = np.cumsum(used) - 1
    for part in parts:
        filled = part.sizes > 0
        part.numbers, part.sizes = moved[part.numbers[filled]], part.sizes[filled]
    return {term: int(moved[number]) for term, number in vocabulary.items() if used[number]}


def _new_name() -> str:
    return f"segment-{uuid.uuid4().hex[:12]}"


_AT_ONCE = 2_000_000
"""Postings moved at once in a merge: some 50 MB."""
_ARRAYS = ("indptr", "rows", "frequencies", "lengths")


def save_segment(segment: Segment, folder: Path) -> None:
    """Writes a segment as a folder of its own in `folder`, whole or not at all."""
    target = folder / f"{segment.name}.tmp"
    target.mkdir(exist_ok=True)
    if segment.source is not None and segment.source.is_dir():
        for file in segment.source.iterdir():
            _link(file, target / file.name)
    else:
        for name in _ARRAYS:
            np.save(target / f"{name}.npy", getattr(segment, name))
        (target / "terms.txt").write_text("\n".join(segment.vocabulary), encoding="utf-8")
        lines = "\n".join(f"{word}\t{count}" for word, count in segment.words.counts.items())
        (target / "words.tsv").write_text(lines, encoding="utf-8")
    target.rename(folder / segment.name)


def _link(source: Path, target: Path) -> None:
    """A segment never changes, so a second index folder shares its files where the file system can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def load_segment(folder: Path, name: str) -> Segment:
    """Opens a saved segment; its arrays are mapped into memory, not read."""
    source = folder / name
    arrays = [np.load(source / f"{part}.npy", mmap_mode="r") for part in _ARRAYS]
    text = (source / "terms.txt").read_text(encoding="utf-8")
    vocabulary = {term: number for number, term in enumerate(text.split("\n"))} if text else {}
    lines = (source / "words.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in lines.split("\n")) if lines else ()
    words = {word: int(count) for word, count in pairs}
    return Segment(name, vocabulary, arrays[0], arrays[1], arrays[2], arrays[3], WordList(words), source)
