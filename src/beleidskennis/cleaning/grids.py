"""Tables that show their columns: cells that stand under one another, parted by wide blanks.

Where a PDF places each cell by itself, a table need not be guessed from its words (as `tables` must where the text is
flat): rows of which the cells start at the same places are a table, and every stretch of text belongs to one column and
one row of it, however the file orders them and however often a cell is broken over lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from beleidskennis.cleaning.hyphens import JOIN, KEEP
from beleidskennis.cleaning.lists import BULLET_ITEM, is_ended
from beleidskennis.cleaning.rows import LONE_MARK, SAME_LINE, Row
from beleidskennis.cleaning.tracked import Tracked, concatenate, inserted

ALIGNED = 3.0
"""Points that the starts of two cells of one column differ at most: cells start where the column does."""
CELL_PITCH = 1.6
"""Type sizes between two lines of one cell at most; lines of text are set with 1.1 to 1.5."""
CELL_LINES = 8
"""Lines that a cell is broken over at most."""
FAR = 8.0
"""Type sizes between two rows of a table at most: a row may have a cell of several lines."""
PADDED = 1.15
"""Rows that lie this many times further apart than the lines of a cell are parted by their white."""
CENTRED = 0.9
"""Lines nearer to each other than this share of the lines of a cell are of one row, with its cells centred."""
SENTENCE = 8
"""A cell of so many words that ends as a sentence is text of its own, and is quoted without the cells beside it."""
SEPARATOR = " | "
"""Put between the cells of a row; not on the page, like the blank between two lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one cell, with its place."""

    row: Row
    text: Tracked
    x: float
    y: float


def read_grids(rows: Sequence[Row], decision: Callable[[str, str], str]) -> list[Row]:
    """The rows of a page with the tables among them put right: one row of role "table" for each row of a table.

    A row of which a cell holds a whole sentence gives a row for each of its cells. In the five PDFs of the sample
    corpus: 13 tables with 78 rows, all that there are, each row as printed; tables printed by Chromium and LibreOffice
    as well, with cells at the top or in the middle of their rows. The known cost: a row of which the first cell is
    empty joins the row above it where no white parts the rows. The five real PDFs have lost the places of their cells.
    """
    found: list[Row] = []
    index = 0
    while index < len(rows):
        end = _end_of_grid(rows, index)
        if end is None:
            found.append(rows[index])
            index += 1
            continue
        found += _table_rows(rows[index:end], decision)
        index = end
        if index < len(rows):
            rows[index].gap = True
    return found


def _end_of_grid(rows: Sequence[Row], start: int) -> int | None:
    """Where the table ends of which row `start` is the first; None if it is not the first row of one."""
    end = start
    columns: list[float] = []
    several: list[Row] = []
    while end < len(rows):
        row = rows[end]
        near = not several or abs(rows[end - 1].y - row.y) <= FAR * row.size
        like = _has_cells(row) and (not several or _is_like(row, several[-1], columns))
        beside = _is_beside(rows, end) and (not several or _near(row.x, columns))
        if near and (like or beside):
            several.append(row)
        elif not (several and _is_rest(row, rows[start:end], columns)):
            break
        columns += [x for x in _starts(row) if not _near(x, columns)]
        end += 1
    cells = sum(map(_has_cells, several))
    return end if len(several) >= 2 and cells and not _is_columns(rows[start:end]) else None


def _has_cells(row: Row) -> bool:
    """Whether a row has two cells or more; the number or bullet of an item and its text are not."""
    first = next((place for place, _, wide in row.cells if wide), None)
    if first is None:
        return False
    label = row.text[: _position(row, first)].strip().text
    return not (LONE_MARK.match(label) or BULLET_ITEM.match(row.words) or _is_number(label))


def _is_like(row: Row, above: Row, columns: Sequence[float]) -> bool:
    """Whether a row with cells is of the table above it: a cell starts where others do, or there are as many.

    Or both end in a number at the same place; lines of words that do are justified text with wide blanks.
    """
    numbers = all(one.words.rstrip("%)")[-1:].isdigit() for one in (row, above))
    aligned = any(_near(x, columns) for x in _starts(row)[1:]) or (numbers and abs(row.right - above.right) <= ALIGNED)
    return aligned or (len(_starts(row)) in (len(_starts(above)), 1 + len(above.cells)) and len(_starts(row)) > 2)


def _is_beside(rows: Sequence[Row], index: int) -> bool:
    """Whether the cells to the right of this row's come later in the file: it is broken over lines itself."""
    row = rows[index]
    for other in rows[index + 1 : index + 1 + CELL_LINES]:
        level = abs(other.y - row.y) < CELL_PITCH * row.size and abs(row.size - other.size) <= 0.05 * row.size
        if level and other.x > row.right + row.size / 2:
            return True
    return False


def _is_number(text: str) -> bool:
    """Whether a text is the number of a heading ("1.2", "3.1.4.")."""
    return text.replace(".", "").isdigit() and len(text) <= 8 and ("." in text or len(text) <= 2)


def _starts(row: Row) -> list[float]:
    """Where the cells of a row start that surely are cells."""
    return [row.x, *(x for _, x, wide in row.cells if wide)]


def _near(x: float, columns: Sequence[float]) -> bool:
    return any(abs(x - column) <= ALIGNED for column in columns)


def _is_rest(row: Row, above: Sequence[Row], columns: Sequence[float]) -> bool:
    """Whether a row without blanks goes on with a cell above it, or holds a cell beside those above.

    It starts where a column does, ends before the next column, has the type of the table, and stands on the line of a
    cell above it or right below one.
    """
    if not _near(row.x, columns) or abs(row.size - above[-1].size) > 0.05 * row.size or row.words[:1] == "•":
        return False
    following = min((x for x in columns if x > row.x + ALIGNED), default=float("inf"))
    if row.right > following:
        return False
    return any(abs(other.y - row.y) <= CELL_PITCH * row.size for other in above)


def _is_columns(rows: Sequence[Row]) -> bool:
    """Whether the rows are two columns of running text: the left one fills nearly every line, and its lines run on."""
    lefts = [row.words for row in rows if row.cells]
    low = sum(text[:1].islower() for text in lefts)
    return len(lefts) >= 6 and len(lefts) >= 0.8 * len(rows) and low >= 0.4 * len(lefts)


def _table_rows(rows: Sequence[Row], decision: Callable[[str, str], str]) -> list[Row]:
    """The rows of a table, from all stretches of text in it."""
    columns = _columns([x for row in rows for x in _starts(row)])
    most = max(len(_starts(row)) for row in rows)
    pieces = [piece for row in rows for piece in _pieces(row, columns, most) if piece.text.text]
    made: list[Row] = []
    for band in _bands(pieces, columns):
        parts = [[piece for piece in band if _column(piece, columns) == column] for column in columns]
        cells = [_cell(part, decision) for part in parts if part]
        first = min(band, key=lambda piece: (-piece.y, piece.x)).row
        if any(len(cell.text.split()) >= SENTENCE and is_ended(cell.text) for cell in cells):
            made += [_row(first, cell) for cell in cells]
        else:
            made.append(_row(first, _with(SEPARATOR, cells)))
    return made


def _pieces(row: Row, columns: Sequence[float], most: int) -> list[Piece]:
    """The cells of a row: what stands after a wide blank, or after any where a column of the table starts.

    After any, too, if that gives as many cells as the rows with `most` of them have: names of columns stand close.
    """
    whole = 1 + len(row.cells) == most
    starts = [(_position(row, place), x) for place, x, wide in row.cells if wide or whole or _near(x, columns[1:])]
    cuts = [0, *(position for position, _ in starts), len(row.text)]
    places = [row.x, *(x for _, x in starts)]
    return [
        Piece(row, row.text[low:high].strip(), x, row.y) for (low, high), x in zip(pairwise(cuts), places, strict=True)
    ]


def _position(row: Row, place: int) -> int:
    """Where in a row's text the character of the raw text at `place` stands."""
    origin = row.text.origin
    return next((index for index, other in enumerate(origin) if other >= place), len(origin))


def _columns(starts: Sequence[float]) -> list[float]:
    """Where the columns start, from the left."""
    columns: list[float] = []
    for x in sorted(starts):
        if not columns or x - columns[-1] > ALIGNED:
            columns.append(x)
    return columns


def _column(piece: Piece, columns: Sequence[float]) -> float:
    return max((column for column in columns if column <= piece.x + ALIGNED), default=columns[0])


def _bands(pieces: Sequence[Piece], columns: Sequence[float]) -> list[list[Piece]]:
    """The pieces of each row of the table, from the top.

    Where the rows are parted by more white than the lines of a cell, the white tells; else a line with a cell in the
    first column starts a row, but for the rest of a broken sentence.
    """
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if lines and lines[-1][0].y - piece.y < SAME_LINE * piece.row.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    pitches = [above[0].y - below[0].y for above, below in pairwise(lines)]
    tight = _tightest(pieces, columns)
    padded = tight <= CELL_PITCH * lines[0][0].row.size and max(pitches, default=0.0) > PADDED * tight
    bands = [lines[0]]
    for pitch, line in zip(pitches, lines[1:], strict=True):
        first = min(line, key=lambda piece: piece.x)
        far = pitch > CELL_PITCH * first.row.size
        labelled = _column(first, columns) == columns[0] and (far or not first.text.text[:1].islower())
        by_white = padded and (len(line) == 1 or not labelled or pitch < CENTRED * tight)
        if pitch > PADDED * tight if by_white else labelled:
            bands.append(line)
        else:
            bands[-1] += line
    return bands


def _tightest(pieces: Sequence[Piece], columns: Sequence[float]) -> float:
    """The least distance of two lines in one column."""
    heights = [sorted(piece.y for piece in pieces if _column(piece, columns) == column) for column in columns]
    drops = [high - low for column in heights for low, high in pairwise(column)]
    return min((drop for drop in drops if drop > SAME_LINE), default=0.0)


def _cell(pieces: Sequence[Piece], decision: Callable[[str, str], str]) -> Tracked:
    """The text of a cell over its lines; words that its narrow column breaks are put together."""
    first, *rest = sorted(pieces, key=lambda piece: -piece.y)
    text = first.text
    for piece in rest:
        choice = decision(text.text, piece.text.text) if text.text.endswith("-") else ""
        if choice == JOIN:
            text = concatenate([text[: len(text) - 1], piece.text])
        else:
            text = concatenate([text, inserted("" if choice == KEEP else " "), piece.text])
    return text


def _with(separator: str, cells: Sequence[Tracked]) -> Tracked:
    joined: list[Tracked] = []
    for cell in cells:
        joined += [inserted(separator), cell] if joined else [cell]
    return concatenate(joined)


def _row(first: Row, text: Tracked) -> Row:
    return replace(first, text=text, role="table", grid=True, cells=(), breaks=frozenset(), soft=False, wide=0)
