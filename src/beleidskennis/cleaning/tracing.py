"""What became of each raw line: for `beleidskennis inspect`, and for measuring the rules against labels by hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from beleidskennis.cleaning.furniture import FOLIO

if TYPE_CHECKING:
    from beleidskennis.cleaning import CleanPage
    from beleidskennis.pdf import RawPage

SHORT = 12
"""Letters up to which a line may be in a note's text by chance (a publisher's name)."""
NOT_LETTERS = re.compile(r"[\W_]+")


def trace_lines(clean: CleanPage, raw: RawPage) -> tuple[str, ...]:
    """For each line of `raw.lines`, the kind of the block that holds most of it, or why it is not in the text.

    "note": taken out as a footnote; "folio": a page number; "head": other furniture; "empty": no text. A line of which
    only a piece was moved to the page before counts with the rest of it, or as "moved" if nothing is left.
    """
    starts = [row[1] for row in sorted(clean.page.offsets, key=lambda row: row[1])]
    rows = sorted(clean.page.offsets, key=lambda row: row[1])
    notes = [NOT_LETTERS.sub("", f"{note.number}{note.text}".lower()) for note in clean.page.notes]
    return tuple(_kind(clean, line.text, line.start, rows, starts, notes) for line in raw.lines)


def _kind(
    clean: CleanPage, text: str, start: int, rows: list[tuple[int, int, int]], starts: list[int], notes: list[str]
) -> str:
    if not text.strip():
        return "empty"
    weight: dict[str, int] = {}
    index = max(0, bisect_right(starts, start) - 1)
    end = start + len(text)
    while index < len(rows) and rows[index][1] < end:
        clean_start, raw_start, length = rows[index]
        low, high = max(start, raw_start), min(end, raw_start + length)
        if low < high:
            kind = _block_at(clean, clean_start + low - raw_start)
            weight[kind] = weight.get(kind, 0) + high - low
        index += 1
    if weight:
        return max(weight, key=lambda kind: weight[kind])
    letters = NOT_LETTERS.sub("", text.lower())
    if FOLIO.match(text.strip()):
        return "folio"
    if letters in notes or (len(letters) > SHORT and any(letters in note for note in notes)):
        return "note"
    return "moved" if len(text.split()) == 1 and text[:1].islower() else "head"


def _block_at(clean: CleanPage, position: int) -> str:
    for block in clean.blocks:
        if block.start <= position < block.end:
            return block.kind
    return "paragraph"
