"""Text that knows where each of its characters came from: the offset map from clean text to raw text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

INSERTED = -1
"""The origin of a character that the raw text does not have (an inserted space)."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A text and, for each character, its offset in the page's raw text (`INSERTED` if it has none).

    `origin` is a `range` as long as nothing was changed, so that untouched lines cost next to nothing.
    """

    text: str
    origin: Sequence[int]

    def __getitem__(self, part: slice) -> Tracked:
        return Tracked(self.text[part], self.origin[part])

    def __len__(self) -> int:
        return len(self.text)

    def strip(self) -> Tracked:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def sub(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Tracked:
        """Replace each match. A replacement's characters stand for the match's, one by one, the last for the rest."""
        pieces: list[str] = []
        origin: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            new = change(match)
            pieces += (self.text[end : match.start()], new)
            origin += self.origin[end : match.start()]
            last = match.end() - 1
            origin += [self.origin[min(match.start() + i, last)] for i in range(len(new))]
            end = match.end()
        if not pieces:
            return self
        return Tracked("".join(pieces) + self.text[end:], [*origin, *self.origin[end:]])


EMPTY = Tracked("", range(0))


def track(text: str, start: int) -> Tracked:
    """`text` as it stands in the raw text from offset `start`."""
    return Tracked(text, range(start, start + len(text)))


def inserted(text: str) -> Tracked:
    """`text` that the raw text of this page does not have."""
    return Tracked(text, [INSERTED] * len(text))


def concatenate(pieces: Iterable[Tracked]) -> Tracked:
    """The pieces, one after another."""
    texts: list[str] = []
    origin: list[int] = []
    for piece in pieces:
        texts.append(piece.text)
        origin += piece.origin
    return Tracked("".join(texts), origin)


def offset_rows(origin: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Rows `(clean_start, raw_start, length)`, ascending, of the stretches that run on in both texts.

    >>> offset_rows([5, 6, -1, 7])
    ((0, 5, 2), (3, 7, 1))
    """
    places = np.asarray(origin, dtype=np.int64)
    if not places.size:
        return ()
    breaks = np.flatnonzero((np.diff(places) != 1) | (places[:-1] == INSERTED)) + 1
    starts = np.concatenate(([0], breaks))
    ends = np.concatenate((breaks, [places.size]))
    kept = places[starts] != INSERTED
    rows = zip(starts[kept].tolist(), places[starts[kept]].tolist(), (ends - starts)[kept].tolist(), strict=True)
    return tuple(rows)
