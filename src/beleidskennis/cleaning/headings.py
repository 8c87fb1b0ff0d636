"""Headings: by numbering, size, weight and shortness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.cleaning.lists import BULLET_ITEM, ENDS
from beleidskennis.cleaning.rows import Row, usual_size, usual_width

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_‘“\"']|[‘“\"'][^\W\d_])")
LETTERED = re.compile(r"^(?P<letter>[A-Z])\.\s+(?=[A-Z‘“])")
NAMED = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|annex|appendix)\s+(?:\d+|[IVX]+|[A-Z])\b"
    r"|^(?:voorwoord|inhoud(?:sopgave)?|(?:management)?samenvatting|inleiding|conclusies?|aanbevelingen|colofon|literatuur(?:lijst)?"
    r"|bronnen(?:lijst)?|referenties|nawoord|bijlagen|begrippenlijst|slot(?:woord)?|leeswijzer|verantwoording)$",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^(?:figuur|tabel|afbeelding|grafiek|kaart|foto|box|kader|figure|table)\s+\d+(?:[.\-]\d+)*\b", re.IGNORECASE
)
OPEN_END = re.compile(
    r"(?:[,;(–-]|\b(?:de|het|een|van|en|of|in|op|te|ten|ter|voor|met|door|aan|bij|tot|naar|om|uit|over|als|dan|die|dat|is|zijn|wordt|worden|kan|kunnen|zal|wat|hun|haar|the|of|and|to|for))$",
    re.IGNORECASE,
)
"""A line that ends so runs on: it is no heading by itself."""
MAX_WORDS = 16
ROOM = 0.86
"""Share of the usual line width; below 1 because letters differ in width."""


def mark_headings(rows: Sequence[Row], *, depth: int) -> int:
    """Set the role "heading" and the level of the headings among a page's body rows; `depth` is that of the last
    numbered heading before the page. Gives the depth after it.

    Bold or large type alone is no proof (PDFs made from other text set any short line bold), so a candidate must also
    not run on: not end in a function word or a comma, and not be followed by a line in lower case without white between.
    """
    size, width = usual_size(rows), usual_width(rows)
    body = [row for row in rows if row.role == "body"]
    index = 0
    while index < len(body):
        row = body[index]
        after = body[index + 1] if index + 1 < len(body) else None
        before = body[index - 1] if index else None
        then = body[index + 2] if index + 2 < len(body) else None
        level = _level(row, before, after, then, size=size, width=width, depth=depth)
        if level:
            row.role, row.level = "heading", level
            if NUMBERED.match(row.words) or NAMED.match(row.words):
                depth = level
            while after is not None and _continues(
                row, after, body[index + 2] if index + 2 < len(body) else None, size
            ):
                after.role, after.level = "heading-rest", level
                index += 1
                row = after
                after = body[index + 1] if index + 1 < len(body) else None
        index += 1
    return depth


def _level(
    row: Row, before: Row | None, after: Row | None, then: Row | None, *, size: float, width: int, depth: int
) -> int:
    """The level of a row as a heading, 0 if it is none."""
    text = row.words
    if len(text.split()) > MAX_WORDS or CAPTION.match(text) or not any(letter.isalpha() for letter in text):
        return 0
    marked = row.bold or row.size > 1.08 * size
    bullet = BULLET_ITEM.match(text)
    if bullet:
        return _bullet_level(row, after, depth) if marked and row.gap else 0
    if ENDS.search(text) and not text.endswith("?") and not (marked and text.endswith(("…", "..."))):
        return 0
    if not row.gap and before is not None and not marked and OPEN_END.search(before.words):
        return 0
    numbered = NUMBERED.match(text)
    if numbered and _in_list(text, before, after):
        return 0
    if not numbered and after is not None and not after.gap and not _has_room(row, after, width):
        return 0
    if _runs_on(row, after, then, size):
        return 0
    if numbered:
        parts = numbered["number"].count(".") + 1
        if text[numbered.end()].islower() and parts == 1:
            return 0
        return min(parts, 6) if marked or parts > 1 or (row.gap and len(text) < 0.8 * width) else 0
    if NAMED.match(text) and (marked or row.gap):
        return 1
    if LETTERED.match(text):
        return min(depth + 1, 6) if marked else 0
    if marked and row.gap and (text[0].isupper() or text[0] in "‘“\"'…¿(" or not text[0].isalpha()):
        return min(depth + 1, 6)
    return 0


def _in_list(text: str, before: Row | None, after: Row | None) -> bool:
    """Whether a line "2. ..." is an item of a list: the next or the last number stands right beside it."""
    number = text.split()[0].rstrip(".")
    if not number.isdigit():
        return False
    if before is not None and before.words.endswith(":"):
        return True
    near = [row.words.split()[0].rstrip(".") for row in (before, after) if row is not None]
    return any(other.isdigit() and abs(int(other) - int(number)) == 1 for other in near)


def _has_room(row: Row, after: Row, width: int) -> bool:
    """Whether the first word of the next line would have fitted behind this one: the line was ended on purpose."""
    return len(row.words) + 1 + len(after.words.split(" ", 1)[0]) < ROOM * width


def _bullet_level(row: Row, after: Row | None, depth: int) -> int:
    """A bold line with a bullet and a paragraph under it is a heading; among other items it is an item."""
    text = row.words
    if (
        after is None
        or ENDS.search(text)
        or BULLET_ITEM.match(after.words)
        or (OPEN_END.search(text) and not after.indent)
    ):
        return 0
    follows = after.gap or after.indent >= 2 or after.words[:1].isupper()
    return min(depth + 1, 6) if follows else 0


def _runs_on(row: Row, after: Row | None, then: Row | None, size: float) -> bool:
    """Whether the sentence of a row goes on in the next, so that the row is part of a paragraph."""
    if after is None:
        return bool(OPEN_END.search(row.words)) and not row.bold
    starts_low = after.words[:1].islower()
    open_end = bool(OPEN_END.search(row.words)) or row.words.endswith("-")
    if not after.gap and (starts_low or open_end):
        return not _continues(row, after, then, size)
    return open_end and starts_low


def _continues(row: Row, after: Row, then: Row | None, size: float) -> bool:
    """Whether the row after a heading is its second line."""
    if (
        after.gap
        or BULLET_ITEM.match(after.words)
        or NUMBERED.match(after.words)
        or len(after.words.split()) > MAX_WORDS
    ):
        return False
    if after.indent >= 2 and not ENDS.search(after.words):
        return True
    same = after.bold and row.bold and abs(after.size - row.size) < 0.05 * row.size
    if same and not ENDS.search(after.words):
        return bool(OPEN_END.search(row.words) or row.words.endswith("-") or after.words[:1].islower())
    small = after.size <= size * 1.08
    ends_block = then is None or then.gap
    open_end = bool(OPEN_END.search(row.words)) or row.words.endswith("-")
    return (
        small
        and ends_block
        and len(after.words.split()) <= 8
        and (open_end or after.words[:1].islower())
        and not ENDS.search(after.words)
    )
