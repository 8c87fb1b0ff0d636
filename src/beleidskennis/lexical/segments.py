"""Segments: immutable runs of passages with their postings; making, merging and storing them."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.acronyms import initials
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
        for term, frequency in text_terms(text, weights).items() if weight else ():
            found[term] = found.get(term, 0.0) + weight * frequency
    return PassageTerms(found, tuple({normalise(word) for word in words(f"{passage.text}\n{around}")}))


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
    words: Mapping[str, int]
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
    return Segment(_new_name(), vocabulary, indptr, rows[order], found[order], sums, written)


def _count(terms: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for term in terms:
        counts[term] = counts.get(term, 0.0) + 1.0
    return counts


def merge_segments(segments: Sequence[Segment], kept: NDArray[np.bool_] | None = None) -> Segment:
    """One segment of several, rows in the same order; with `kept` (over all rows) without the others."""
    vocabulary: dict[str, int] = {}
    numbers, rows, frequencies = [], [], []
    written: dict[str, int] = {}
    base = 0
    for segment in segments:
        for word, count in segment.words.items():
            written[word] = written.get(word, 0) + count
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
    return Segment(_new_name(), vocabulary, indptr, all_rows[order], all_frequencies[order], lengths, written)


def _drop_unused(vocabulary: dict[str, int], numbers: NDArray[np.int32]) -> tuple[dict[str, int], NDArray[np.int32]]:
    used = np.bincount(numbers, minlength=len(vocabulary)) > 0
    moved = (np.cumsum(used) - 1).astype(np.int32)
    return {term: int(moved[number]) for term, number in vocabulary.items() if used[number]}, moved[numbers]


def _new_name() -> str:
    return f"segment-{uuid.uuid4().hex[:12]}"


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
        lines = "\n".join(f"{word}\t{count}" for word, count in segment.words.items())
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
    return Segment(name, vocabulary, arrays[0], arrays[1], arrays[2], arrays[3], words, source)
