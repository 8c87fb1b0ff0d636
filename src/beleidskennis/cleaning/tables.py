"""Tables: runs of rows with columns or with mostly numbers; each row becomes a block of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.cleaning.rows import Row

NUMERIC = re.compile(r"^[(±<>≥≤~]*[-–+]?[€$£]?\d[\d.,:/]*(?:%|e)?[)*]?$|^[-–]$|^n\.?v\.?t\.?$|^[x✓]$", re.IGNORECASE)
ENOUGH_ROWS = 2


def mark_tables(rows: Sequence[Row]) -> None:
    """Set the role "table" on runs of at least two rows that read as rows of a table.

    A row does so if it has two or more wide blanks in it, or if at least half of its words (three or more of them, or
    a label and a number in a short row) are numbers.
    """
    run: list[Row] = []
    for row in [*rows, None]:
        if row is not None and row.role == "body" and is_table_row(row):
            run.append(row)
            continue
        if len(run) >= ENOUGH_ROWS:
            for member in run:
                member.role = "table"
        run = []


def is_table_row(row: Row) -> bool:
    """Whether a row by itself reads as a row of a table."""
    words = row.words.split()
    numbers = sum(1 for word in words if NUMERIC.match(word))
    if row.wide >= 2:
        return True
    if (2 <= len(words) <= 7 and NUMERIC.match(words[-1]) and words[-2] in ("€", "$")) or row.words.endswith(
        ("PM", " -")
    ):
        return True
    return len(words) >= 3 and numbers >= 3 and numbers * 2 >= len(words)
