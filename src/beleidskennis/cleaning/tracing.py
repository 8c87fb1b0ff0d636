"""What became of each raw line: for `beleidskennis inspect`, and for measuring the rules against labels by hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from beleidskennis.cleaning.furniture import FOLIO

if TYPE_CHECKING:
    from beleidskennis.cleaning import CleanPage
    from beleidskennis.model import Page
    from beleidskennis.pdf import RawPage

SHORT = 12
"""Letters up to which a line may be in a note's text by chance (a publisher's name)."""
NOT_LETTERS = re.compile(r"[\W_]+")


def trace_lines(clean: CleanPage, raw: RawPage) -> tuple[str, ...]:
    """For each line of `raw.lines`, the kind of the block that holds most of it, or why it is not in the text.

    "note": taken out as a footnote; "folio": a page number; "head": other furniture; "empty": no text. A line of which
    only a piece was moved to the page before counts with the rest of it, or as "moved" if nothing is left.
    """
    notes = [NOT_LETTERS.sub("", f"{note.number}{note.text}".lower()) for note in clean.page.notes]
    kinds: list[str] = []
    for line, parts in zip(raw.lines, _parts(clean.page, raw), strict=True):
        kinds.append(_kind(clean, line.text, parts, notes, kinds[-1] if kinds else ""))
    for index in range(1, len(kinds) - 1):
        if kinds[index] == "folio" and kinds[index - 1] == "note" and kinds[index + 1] not in ("head", "folio"):
            kinds[index] = "note"  # the number that ends a note in the running text
    return tuple(kinds)


def trace_spans(page: Page) -> tuple[tuple[int, int], ...]:
    """For each line of `page.raw_text`, the stretch `(start, end)` of `page.text` that it gave; `(0, 0)` if none."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in page.raw_text.split("\n"):
        parts = list(_overlaps(page.offsets, start, start + len(line)))
        spans.append((min(a for a, _ in parts), max(b for _, b in parts)) if parts else (0, 0))
        start += len(line) + 1
    return tuple(spans)


def _parts(page: Page, raw: RawPage) -> Iterator[list[tuple[int, int]]]:
    """For each line, the stretches of clean text that came from it."""
    rows = sorted(page.offsets, key=lambda row: row[1])
    starts = [row[1] for row in rows]
    for line in raw.lines:
        index = max(0, bisect_right(starts, line.start) - 1)
        yield list(_overlaps(rows[index:], line.start, line.start + len(line.text), ordered=True))


def _overlaps(
    rows: Sequence[tuple[int, int, int]], start: int, end: int, *, ordered: bool = False
) -> Iterator[tuple[int, int]]:
    """The clean stretches of the raw characters `start..end`; `ordered`: rows ascend by their raw place."""
    for clean_start, raw_start, length in rows:
        low, high = max(start, raw_start), min(end, raw_start + length)
        if low < high:
            yield clean_start + low - raw_start, clean_start + high - raw_start
        elif ordered and raw_start >= end:
            return


def _kind(clean: CleanPage, text: str, parts: Sequence[tuple[int, int]], notes: Sequence[str], above: str) -> str:
    if not text.strip():
        return "empty"
    weight: dict[str, int] = {}
    for start, end in parts:
        kind = _block_at(clean, start)
        weight[kind] = weight.get(kind, 0) + end - start
    letters = NOT_LETTERS.sub("", text.lower())
    if weight and (2 * sum(weight.values()) >= len(text.strip()) or not _in_notes(letters, notes, above)):
        return max(weight, key=lambda kind: weight[kind])
    if _in_notes(letters, notes, above):
        return "note"
    if FOLIO.match(text.strip()):
        return "folio"
    return "moved" if len(text.split()) == 1 and text[:1].islower() else "head"


def _in_notes(letters: str, notes: Sequence[str], above: str) -> bool:
    """Whether a line is (part of) a note; a note inside the running text ends in its number: "... Uitgever. 2"."""
    bare = letters.rstrip("0123456789")
    if letters in notes or any(len(part) > SHORT and part in note for note in notes for part in (letters, bare)):
        return True
    return above == "note" and bool(bare) and any(note.endswith(bare) for note in notes)


def _block_at(clean: CleanPage, position: int) -> str:
    for block in clean.blocks:
        if block.start <= position < block.end:
            return block.kind
    return "paragraph"
