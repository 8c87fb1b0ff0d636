"""Where word sequences stand in the documents: three-word shingles over the pages' texts, in numpy arrays.

A look-up costs a few binary searches, whatever the size of the corpus; the index is built from the stored pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.words import fold, tokens
from beleidskennis.model import Document, Page, Span

SHINGLE = 3
"""Words in a shingle: short enough that a changed word leaves others whole, long enough to be rare."""
_COMMON = 400
"""A shingle that stands at more places than this says nothing; it is only followed to its first ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of words `first..last` (half open) of the word stream, and how many shingles point to it."""

    first: int
    last: int
    votes: int


class QuoteIndex:
    """The words of all pages as one stream, in reading order, with their places."""

    def __init__(
        self, documents: Sequence[tuple[Document, Iterable[Page]]], families: Sequence[Sequence[str]] = ()
    ) -> None:
        """`families` are the ids of documents that are versions of each other, the newest first."""
        self.versions = {one: tuple(family) for family in families for one in family}
        self.documents = [document for document, _ in documents]
        self.pages: list[Page] = []
        vocabulary: dict[str, int] = {}
        words: list[int] = []
        rows: list[tuple[int, int, int]] = []
        owner: list[int] = []
        for number, (_, pages) in enumerate(documents):
            for page in pages:
                for token in tokens(page.text):
                    for start, end in _pieces(token.text):
                        word = fold(token.text[start:end])
                        words.append(vocabulary.setdefault(word, len(vocabulary)))
                        rows.append((len(self.pages), token.start + start, token.start + end))
                        owner.append(number)
                self.pages.append(page)
            words.append(-1)  # no shingle runs from one document into the next
            rows.append((len(self.pages) - 1, 0, 0))
            owner.append(number)
        self._vocabulary = vocabulary
        self._words = np.array(words, dtype=np.int64)
        self._rows = np.array(rows, dtype=np.int64).reshape(-1, 3)
        self._owner = np.array(owner, dtype=np.int64)
        keys = _keys(self._words)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def __len__(self) -> int:
        """Words in the stream."""
        return len(self._words)

    def ids(self, text: str) -> list[int]:
        """The words of `text` as numbers of the vocabulary; -1 for a word that stands nowhere."""
        pieces = (token.text[start:end] for token in tokens(text) for start, end in _pieces(token.text))
        return [self._vocabulary.get(fold(word), -1) for word in pieces]

    def newer_than(self, document: Document) -> Document | None:
        """The newest version of a document, where that is another one."""
        newest = self.versions.get(document.document_id, (document.document_id,))[0]
        found = next((one for one in self.documents if one.document_id == newest), None)
        return None if found == document else found

    def words_at(self, first: int, last: int) -> list[int]:
        """The word numbers of a stretch of the stream."""
        return [int(word) for word in self._words[first:last]]

    def document_at(self, position: int) -> Document:
        """The document that a word of the stream stands in."""
        return self.documents[int(self._owner[position])]

    def places(self, ids: Sequence[int], *, most: int = 8) -> list[Place]:
        """Stretches that share shingles with `ids`, most shared first; each as long as `ids` with a little room."""
        votes: Counter[int] = Counter()
        array = np.array(ids, dtype=np.int64)
        for offset, key in enumerate(_keys(array).tolist() if len(array) >= SHINGLE else []):
            if key < 0:
                continue
            low = int(np.searchsorted(self._keys, key, "left"))
            high = int(np.searchsorted(self._keys, key, "right"))
            for position in self._order[low : min(high, low + _COMMON)].tolist():
                votes[position - offset] += 1
        return self._join(votes, len(ids))[:most]

    def _join(self, votes: Counter[int], length: int) -> list[Place]:
        """Votes for neighbouring starts are for one place: words were added or left out in between."""
        places: list[Place] = []
        room = max(3, length // 4)
        for start in sorted(votes):
            if places and start - places[-1].first <= room:
                last = places[-1]
                places[-1] = Place(last.first, start + length, last.votes + votes[start])
            else:
                places.append(Place(start, start + length, votes[start]))
        return sorted((self._inside(place) for place in places), key=lambda place: (-place.votes, place.first))

    def _inside(self, place: Place) -> Place:
        """Cut a place at the borders of the document that holds its middle."""
        middle = min(max((place.first + place.last) // 2, 0), len(self._words) - 1)
        owner = self._owner[middle]
        first, last = max(place.first, 0), min(place.last, len(self._words))
        while self._owner[first] != owner:
            first += 1
        while self._owner[last - 1] != owner or self._words[last - 1] == -1:
            last -= 1
        return Place(first, last, place.votes)

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """The places on the pages of words `first..last` (half open), one span a page."""
        spans: list[Span] = []
        for row in range(first, last):
            page_row, start, end = (int(value) for value in self._rows[row])
            page = self.pages[page_row]
            if spans and spans[-1].page_number == page.page_number:
                spans[-1] = Span(page.document_id, page.page_number, spans[-1].start, end)
            else:
                spans.append(Span(page.document_id, page.page_number, start, end))
        return tuple(spans)

    def text(self, spans: Sequence[Span], first: int) -> str:
        """The verbatim text of spans that begin at word `first` of the stream."""
        row = int(self._rows[first][0])
        near = self.pages[row : row + len(spans) + 8]
        texts = {(page.document_id, page.page_number): page.text for page in near}
        return " ".join(texts[span.document_id, span.page_number][span.start : span.end] for span in spans)

    def page_at(self, position: int) -> Page:
        """The page that a word of the stream stands on."""
        return self.pages[int(self._rows[position][0])]


def _pieces(word: str) -> list[tuple[int, int]]:
    """A hyphenated word as its parts: hyphens differ between quote and page for reasons that are no words."""
    pieces, start = [], 0
    for i, character in enumerate(word):
        if character in "-‐‑–":
            if i > start:
                pieces.append((start, i))
            start = i + 1
    if start < len(word):
        pieces.append((start, len(word)))
    return pieces


def _keys(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each shingle; negative where a word in it is unknown."""
    if len(words) < SHINGLE:
        return np.zeros(0, dtype=np.int64)
    parts = [words[i : len(words) - SHINGLE + 1 + i] for i in range(SHINGLE)]
    keys = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        # 21 bits a word: exact up to two million different words.
        keys = (keys << 21) | (part & 0x1FFFFF)
    known = np.logical_and.reduce([part >= 0 for part in parts])
    return np.where(known, keys, -1)
