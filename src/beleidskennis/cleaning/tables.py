"""Tables: runs of rows with columns, with mostly numbers, or of cells; each row becomes a block of its own.

The PDF says nothing of columns once its text is flat, so a table is known by what its rows look like. Their text stays
as it is, row by row; the rows before the first one with numbers are its header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.cleaning.lists import is_ended
from beleidskennis.cleaning.rows import Row

NUMERIC = re.compile(
    r"^[(±<>≥≤~]*[-–+]?[€$£]?\d[\d.,:/]*(?:%|e)?[)*]*$|^[-–]$|^n\.?v\.?t\.?$|^[x✓]$|^pm$", re.IGNORECASE
)
DIGIT = re.compile(r"\d")
ENOUGH_ROWS = 2
ENOUGH_CELLS = 7
"""So many short rows on end that start as cells do, and not as lines of a paragraph, are a table of text."""
NO_CELL = re.compile(
    r"^(?:[•■◆●–-]|\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]|(?:tabel|figuur|table|figure|bron)\b)", re.IGNORECASE
)
CELL = 0.62
"""A cell is at most this share of the document's usual line."""
HEADER_ROWS = 14


def mark_tables(rows: Sequence[Row], width: int) -> None:
    """Set the role "table" on the rows of tables; `width` is the document's usual line length, in characters.

    Measured on 41 labelled pages: precision 1.00, recall 0.71 (69 lines; tables of fewer than seven short cells on end
    and diagrams are taken for text).

    Rows of numbers: at least two on end (with at most one other short row between them), and the short rows right above
    them. Cells of text: at least seven short rows on end, most of which start with a capital and do not end a sentence.
    """
    body = [row for row in rows if row.role == "body"]
    numeric = [is_table_row(row) for row in body]
    for index in range(1, len(body) - 1):
        between = numeric[index - 1] and numeric[index + 1] and len(body[index].words.split()) <= 8
        if between and not body[index].lost_bullet:
            numeric[index] = True
    for start, end in _runs(numeric):
        if end - start >= ENOUGH_ROWS:
            for row in body[_header_start(body, start, width) : end]:
                row.role = "table"
    cells = [row.role == "body" and _is_cell(row, width) for row in body]
    for start, end in _runs(cells):
        while start < end and body[start].words[:1].islower():
            start += 1
        if end - start >= ENOUGH_CELLS and _look_like_cells(body[start:end]):
            for row in body[start:end]:
                row.role = "table"


def is_table_row(row: Row) -> bool:
    """Whether a row by itself reads as a row of a table: wide blanks in it, an amount behind a label, or numbers."""
    words = row.words.split()
    if row.wide < 2 and not DIGIT.search(row.words) and not row.words.endswith((" PM", " -")):
        return False
    numbers = sum(1 for word in words if NUMERIC.match(word))
    amount = 2 <= len(words) <= 8 and NUMERIC.match(words[-1]) and words[-2] in ("€", "$")
    if row.wide >= 2 or amount or (len(words) <= 4 and row.words.endswith((" PM", " -"))):
        return True
    return len(words) >= 3 and numbers >= 3 and numbers * 2 >= len(words)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and end of each stretch of true flags."""
    runs: list[tuple[int, int]] = []
    start = -1
    for index, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = index
        elif not flag and start >= 0:
            runs.append((start, index))
            start = -1
    return runs


def _header_start(body: Sequence[Row], start: int, width: int) -> int:
    """The first of the short rows above a table that are its header."""
    index = start
    if index and _is_head(body[index - 1], body[index], width):
        index -= 1
    while index > 0 and start - index < HEADER_ROWS:
        row = body[index - 1]
        if is_ended(row.words) or not _is_cell(row, width) or row.role != "body":
            break
        index -= 1
    return index if start - index < HEADER_ROWS else start


def _is_head(row: Row, first: Row, width: int) -> bool:
    """Whether a longer row right above the first row with numbers names its columns: as many words, no sentence."""
    columns = sum(1 for word in first.words.split() if NUMERIC.match(word)) + 1
    fits = len(row.words) <= 0.95 * width and row.words[:1].isupper() and columns <= len(row.words.split())
    return fits and not first.gap and not is_ended(row.words) and not NO_CELL.match(row.words)


def _is_cell(row: Row, width: int) -> bool:
    """Whether a row is short enough for a cell and is no item of a list."""
    return len(row.words) <= CELL * width and not row.lost_bullet and not NO_CELL.match(row.words)


def _look_like_cells(rows: Sequence[Row]) -> bool:
    """Whether rows start and end as cells do: with a capital or number, and without a full stop."""
    starts = sum(row.words[:1].isupper() or row.words[:1].isdigit() for row in rows)
    ends = sum(is_ended(row.words) for row in rows)
    words = sum(len(row.words.split()) for row in rows) / len(rows)
    return starts >= 0.42 * len(rows) and ends <= 0.3 * len(rows) and words <= 6
