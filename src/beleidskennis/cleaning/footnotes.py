"""Footnotes: their blocks at the foot of a page, and the marks that point to them in the running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.cleaning.headings import NUMBERED
from beleidskennis.cleaning.lists import BULLET_ITEM
from beleidskennis.cleaning.rows import Row, usual_size
from beleidskennis.cleaning.tracked import Tracked, concatenate

NOTE_START = re.compile(r"^\(?(?P<number>\d{1,3}|\*{1,3})\)?[ \u00a0]+(?=[^\W\d_]|[\"“‘'(\[]|https?:|www\.|\d{4})")
MARK = re.compile(
    r"(?<=[^\W\d_]|[.,;:!?)\]’'”\"%…])(?P<number>\d{1,3})(?=$|[\s.,;:!?)\]’'”\"–—-])|(?<=\b(?:19|20)\d\d)(?P<after>\d{1,2})(?=$|[\s.,;:)])"
)
"""A number glued to the end of a word, to closing punctuation, or to a year."""
NO_MARK = re.compile(
    r"(?:^|[^\w])(?:[kcdm]?m|CO|NO|SO|NH|PM|H|N|O|G|A|Q|K|P|R|T|EU|FP|B|M|E|S|C|D|covid-|web|top|nr\.|art\.|p\.|pp\.|blz\.|NEN-?)$",
    re.IGNORECASE,
)
"""What stands before a number that belongs to the word: m2, CO2, G4, G40, Q3, A12, M50, Web2, art.3, p.12."""
NOTE_ENDS = re.compile(r"(?:[.!?;)\]”’]|\d|/|\.(?:nl|com|eu|org|be|net))$")
REACH = 1
"""A mark stands on the page of its note, or at most one page before or after it (notes of a spread, torn pages)."""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note on a page: its printed number, the rows it takes, and where its text starts in the first of them."""

    number: str
    rows: tuple[Row, ...]
    skip: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A possible note mark: page (from 0), index of the row on it, and place in the row's text."""

    page: int
    row: int
    start: int
    end: int
    number: int
    sure: bool


def find_notes(pages: Sequence[list[Row]]) -> tuple[tuple[FoundNote, ...], ...]:
    """The notes of every page; their rows get the role "note".

    A note block is a run of rows at the end of a page (or of a part of it, where two pages were set on one) of which
    the first starts with a note number, is set apart (white above it, or smaller type), and whose numbers go up one by
    one and follow the numbers of the pages before, or start again at 1 with a mark of that number on the page.
    """
    found: list[tuple[FoundNote, ...]] = []
    last = 0
    for rows in pages:
        notes: list[FoundNote] = []
        size = usual_size(rows)
        for sheet in _sheets(rows):
            block = _note_block(sheet, last, size)
            for note in block:
                for row in note.rows:
                    row.role = "note"
                if note.number.isdigit():
                    last = int(note.number)
            notes += block
        found.append(tuple(notes))
    return tuple(found)


def _sheets(rows: Sequence[Row]) -> list[list[Row]]:
    """The body rows of a page, parted at printer's slugs and at folios inside the page."""
    sheets: list[list[Row]] = [[]]
    for row in rows:
        if row.role == "body":
            sheets[-1].append(row)
        elif sheets[-1]:
            sheets.append([])
    return [sheet for sheet in sheets if sheet]


def _note_block(sheet: Sequence[Row], last: int, size: float) -> list[FoundNote]:
    """The notes at the end of a sheet, given the number of the last note before it and the page's usual size."""
    starts = [(i, m["number"]) for i, row in enumerate(sheet) if (m := NOTE_START.match(row.words))]
    text = [row.words for row in sheet]
    best: list[tuple[int, str]] = []
    for index, number in starts:
        run = _run(starts, index)
        if number.isdigit() and not _is_plausible(sheet, index, int(number), last, size, text[:index]):
            continue
        if not number.isdigit() and not sheet[index].gap:
            continue
        if len(run) > len(best):
            best = run
    if not best:
        return []
    limits = [*(index for index, _ in best[1:]), len(sheet)]
    notes = []
    for (index, number), limit in zip(best, limits, strict=True):
        end = _note_end(sheet, index, limit)
        match = NOTE_START.match(sheet[index].words)
        notes.append(FoundNote(number, tuple(sheet[index:end]), match.end() if match else 0))
    return notes


def _run(starts: Sequence[tuple[int, str]], index: int) -> list[tuple[int, str]]:
    """The note starts from row `index` on whose numbers go up one by one."""
    run: list[tuple[int, str]] = []
    for place, number in starts:
        if place == index or (run and place > index and _follows(run[-1][1], number)):
            run.append((place, number))
    return run


def _follows(before: str, number: str) -> bool:
    if before.isdigit() and number.isdigit():
        return int(number) == int(before) + 1
    return len(number) == len(before) + 1


def _is_plausible(sheet: Sequence[Row], index: int, number: int, last: int, size: float, above: Sequence[str]) -> bool:
    """Whether a row that starts with a number can be the first note of a sheet."""
    row = sheet[index]
    smaller = row.size < 0.93 * size
    apart = row.gap or smaller or index == 0
    marked = any(_has_mark(line, number) for line in above)
    if index == 0 and not _looks_like_note(row.words):
        return False
    follows = number == last + 1 or (last > 0 and last < number <= last + 3)
    restarts = number == 1 and marked
    if not apart or not (follows or restarts or (marked and last == 0)):
        return False
    if index and not smaller and not marked and not _looks_like_note(row.words):
        return False
    return bool(marked or follows)


def _looks_like_note(text: str) -> bool:
    """Whether a line reads as a source or a remark: an address, a year in brackets, "zie", "bron", "p. 3"."""
    return bool(
        re.search(
            r"https?:|www\.|\.(?:nl|com|eu|org)\b|\(\d{4}\)|\b(?:zie|bron|idem|ibid|pp?\.|blz\.)\b", text, re.IGNORECASE
        )
    )


def _has_mark(line: str, number: int) -> bool:
    return any(
        int(m["number"] or m["after"]) == number and not NO_MARK.search(line[: m.start()]) for m in MARK.finditer(line)
    )


def _note_end(sheet: Sequence[Row], start: int, limit: int) -> int:
    """Where a note ends: before the next note, a list item, a numbered heading, or white after a full stop (a box)."""
    for index in range(start + 1, limit):
        row, above = sheet[index], sheet[index - 1].words
        numbered = NUMBERED.match(row.words)
        if BULLET_ITEM.match(row.words) or (numbered and "." in numbered["number"] and row.gap):
            return index
        if row.gap and NOTE_ENDS.search(above) and not row.words[:1].islower():
            return index
    return limit


def find_marks(pages: Sequence[list[Row]], notes: Sequence[Sequence[FoundNote]]) -> dict[tuple[int, int], list[Mark]]:
    """The note marks of a document, by (page from 0, index of row).

    Of all numbers glued to words, those are marks that name a note of the same page (or one page off) and that
    together go up through the document with as few exceptions as can be: the heaviest rising chain.
    """
    numbers = {page: {int(n.number) for n in found if n.number.isdigit()} for page, found in enumerate(notes)}
    if not any(numbers.values()):
        return {}
    candidates = _candidates(pages, numbers)
    chain = _rising(candidates)
    by_row: dict[tuple[int, int], list[Mark]] = {}
    for mark in chain:
        by_row.setdefault((mark.page, mark.row), []).append(mark)
    return by_row


def _candidates(pages: Sequence[list[Row]], numbers: dict[int, set[int]]) -> list[Mark]:
    """Glued numbers that name a note within reach, in reading order."""
    found: list[Mark] = []
    tokens: Counter[str] = Counter()
    words: list[str] = []
    for page, rows in enumerate(pages):
        near = set().union(*(numbers.get(page + d, set()) for d in range(-REACH, REACH + 1)))
        for index, row in enumerate(rows):
            if row.role in ("note", "head", "folio", "slug"):
                continue
            for match in MARK.finditer(row.words):
                number = int(match["number"] or match["after"])
                before = row.words[: match.start()]
                word = before.rpartition(" ")[2] + str(number)
                tokens[word] += 1
                if number in near and not NO_MARK.search(before):
                    sure = number in numbers.get(page, set())
                    found.append(Mark(page, index, match.start(), match.end(), number, sure))
                    words.append(word)
    # A token that comes back (G40, Horizon2) is a name, not a word with a mark.
    return [mark for mark, word in zip(found, words, strict=True) if tokens[word] == 1]


def _rising(candidates: Sequence[Mark]) -> list[Mark]:
    """The chain of marks with the most weight in which numbers rise (or start again at 1)."""
    if not candidates:
        return []
    weight: list[float] = []
    before: list[int] = []
    for i, mark in enumerate(candidates):
        own = 2.0 if mark.sure else 1.0
        best, link = own, -1
        for j in range(max(0, i - 400), i):
            other = candidates[j]
            if other.number < mark.number or (mark.number == 1 and other.page < mark.page):
                gained = weight[j] + own + (0.5 if other.number + 1 == mark.number else 0.0)
                if gained > best:
                    best, link = gained, j
        weight.append(best)
        before.append(link)
    index = max(range(len(candidates)), key=lambda i: weight[i])
    chain: list[Mark] = []
    while index >= 0:
        chain.append(candidates[index])
        index = before[index]
    return chain[::-1]


def without_marks(text: Tracked, marks: Sequence[Mark]) -> Tracked:
    """The text without its note marks."""
    pieces: list[Tracked] = []
    end = 0
    for mark in marks:
        pieces.append(text[end : mark.start])
        end = mark.end
    return concatenate([*pieces, text[end:]])
