"""Notes in the middle of a sentence: web articles saved as PDF print the pop-up text where the mark was.

"... minder gewenst Jansen, P. (2024) Te veel in een land. Dagblad. 2 . Doordat ...": the source starts with its authors
and year, and ends with its number, standing alone. In the one real document of this kind all 20 notes come out whole.
The known cost: a word with a capital right before the first author goes with the note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.cleaning.lists import is_ended
from beleidskennis.cleaning.rows import Row
from beleidskennis.cleaning.tracked import concatenate, inserted

CLOSING = re.compile(r"(?<=[.?!]) (?P<number>\d{1,3})(?= [.,;:)]| [^\W\d_A-Z]| \(|$)")
YEAR = re.compile(r"\((?:(?:19|20)\d\d[a-z]?|z\.j\.|n\.d\.|s\.a\.)\)")
AUTHORS = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'&/-]*,?|(?:[A-Z]\.){1,3},?)\s+)"
    r"(?:(?:[A-ZÀ-Þ][\w’'&/-]*,?|(?:[A-Z]\.){1,3},?|&|en|and|van|de|der|den|ter|ten|het|voor|of"
    r"|et al\.|\[et al\.\])\s+)*$"
)
WINDOW = 700
"""Characters of text in which a note must have its year: six sources of a full line each."""
ENOUGH = 3
"""So many notes numbered 1, 2, 3, ... must be there before any is taken out."""


@dataclass(frozen=True, slots=True)
class InlineNote:
    """A note inside the running text: its number, its text, and its characters in the stream of the document."""

    number: int
    text: str
    start: int
    end: int


def take_inline_notes(pages: Sequence[list[Row]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Cut such notes out of the body rows; gives `(number, text)` of those of each page (that of their end).

    A sentence that a note interrupted is whole again: the row after it gets `joined`, so that no block starts there.
    """
    places = [(page, row) for page, rows in enumerate(pages) for row in rows if row.role == "body"]
    starts: list[int] = []
    position = 0
    for _, row in places:
        starts.append(position)
        position += len(row.text) + 1
    notes = _find(" ".join(row.words for _, row in places))
    found: list[list[tuple[str, str]]] = [[] for _ in pages]
    if len(notes) < ENOUGH:
        return tuple(() for _ in pages)
    shortened: list[int] = []
    for note in reversed(notes):
        for index, ((_, row), start) in enumerate(zip(places, starts, strict=True)):
            if start < note.end and start + len(row.text) + 1 > note.start:
                _cut(row, note.start - start, note.end - start)
                shortened.append(index)
            elif note.end <= start <= note.end + 1:
                row.joined = True
        page = max(page for (page, _), start in zip(places, starts, strict=True) if start < note.end)
        found[page].insert(0, (str(note.number), note.text))
    for index in shortened:
        _hold_together([row for _, row in places[index : index + 2]])
    for rows in pages:
        rows[:] = [row for row in rows if row.words or row.role != "body"]
    return tuple(tuple(notes_here) for notes_here in found)


def _hold_together(rows: Sequence[Row]) -> None:
    """Have a row that a note was cut out of go on in the next: it is too short now to be told from a last line."""
    if len(rows) == 2 and rows[0].words and not is_ended(rows[0].words) and not rows[1].gap:
        rows[1].joined = True


def _find(stream: str) -> list[InlineNote]:
    """The notes in a text, numbered from 1 without a gap."""
    notes: list[InlineNote] = []
    begin = 0
    for match in CLOSING.finditer(stream):
        if int(match["number"]) != len(notes) + 1:
            continue
        start = _note_start(stream, max(begin, match.start() - WINDOW), match.start())
        if start is None:
            continue
        end = match.end() + (1 if stream[match.end() : match.end() + 2].lstrip(" ")[:1] in tuple(".,;:)") else 0)
        notes.append(InlineNote(len(notes) + 1, stream[start : match.start()].strip(), start, end))
        begin = end
    return notes


def _note_start(stream: str, low: int, high: int) -> int | None:
    """Where the sources that end at `high` start: with the authors before the first year of an unbroken row of them."""
    start: int | None = None
    for year in reversed(list(YEAR.finditer(stream, low, high))):
        authors = AUTHORS.search(stream[low : year.start()])
        if authors is None:
            break
        start = low + authors.start()
        if not stream[low:start].rstrip().endswith((".;", "?;", ";")):
            break
    return start


def _cut(row: Row, start: int, end: int) -> None:
    """Leave the characters `start..end` out of a row; mark it if it goes on with what stood before the note."""
    low, high = max(0, start), max(0, min(end, len(row.text)))
    if start <= 0:
        row.joined = True
    before, after = row.text[:low].strip(), row.text[high:].strip()
    if before.text and after.text:
        glue = [] if after.text[0] in ".,;:)" else [inserted(" ")]
        row.text = concatenate([before, *glue, after])
    else:
        row.text = before if before.text else after
