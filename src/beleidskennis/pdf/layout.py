"""From runs of characters with a place to lines in reading order. Pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from beleidskennis.pdf.types import Line

# Advance widths in em of a humanist sans and serif averaged, by class; exact widths would need the font programs.
_NARROW = frozenset("iIljtfr.,;:'!|()[]-‘’“” /")
_WIDE = frozenset("mwMWOQ@%—…&")

# A page is set in two columns if each side of the gutter has this many lines; fewer is a slide or a table.
_MINIMUM_COLUMN_LINES = 6
# A column's lines fill it: their median width is at least this share of the column. Table cells do not.
_MINIMUM_FILL = 0.6
# Headings and figures may cross the gutter; this share of the lines of the page at most.
_MAXIMUM_CROSSING = 0.25

# A blank this wide, in type sizes, parts two cells. Word spaces of justified lines stay under one; estimated widths are
# off by a tenth, which for a cell of 10 ems is one more.
_CELL_GAP = 1.5

# A piece whose middle is this near (points) to the gutter is centred on the page: a folio, a short title.
_CENTRED = 20.0


BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
"""Words in the names of bold fonts."""


class Run(NamedTuple):
    """Characters set in one go: place of the first one, in points, `size` in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool

    @property
    def right(self) -> float:
        """Estimated right edge."""
        return self.x + estimate_width(self.text, self.size, bold=self.bold)


class _Widths(dict[str, float]):
    """Width in em of a character, worked out once."""

    def __missing__(self, character: str) -> float:
        width = 0.31 if character in _NARROW else 0.86 if character in _WIDE else 0.56
        self[character] = width + 0.1 * character.isupper()
        return self[character]


_WIDTHS = _Widths()


def estimate_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points of `text`, from the kinds of its characters."""
    return sum(map(_WIDTHS.__getitem__, text)) * size * (1.08 if bold else 1.0)


def order_lines(rows: Sequence[Sequence[Run]], width: float) -> tuple[list[list[Run]], int]:
    """The rows (as the library read them) in reading order, and the number of columns (1 or 2).

    A row that holds a piece of both columns is cut in two. A page that is not plainly in two columns is left as it is,
    so that slides and tables are not torn apart.
    """
    pieces = [piece for row in rows for piece in _cut(row)]
    gutter = _find_gutter(pieces, width)
    if gutter is None:
        return [list(row) for row in rows], 1
    sides = [_side(piece, gutter) for piece in pieces]
    if _is_column_by_column(sides):
        return pieces, 2
    ordered: list[list[Run]] = []
    band: list[tuple[str, list[Run]]] = []
    for piece, side in sorted(zip(pieces, sides, strict=True), key=lambda item: -item[0][0].y):
        if side == "both":
            ordered += _flush(band)
            band = []
            ordered.append(piece)
        else:
            band.append((side, piece))
    return ordered + _flush(band), 2


def make_lines(rows: Sequence[Sequence[Run]]) -> tuple[str, tuple[Line, ...]]:
    """The text of a page and its lines; rows without visible characters are left out."""
    lines: list[Line] = []
    offset = 0
    for row in rows:
        # NUL is a glyph that its font gives no character for. At the start of a line that is a bullet (27 of 27 on
        # five real PDFs); elsewhere (3, in a table) it stays unknown. Offsets stay the same.
        text = "".join(run.text for run in row)
        text = re.sub(r"^(\s*)\x00(?=\s)", "\\1\uf0b7", text).replace("\x00", "\ufffd")
        text = re.sub(r"[\x01-\x08\x0a-\x1f\ud800-\udfff]", " ", text).rstrip()
        if not text.strip():
            continue
        visible = [run for run in row if run.text.strip()]
        weights: dict[float, int] = {}
        for run in visible:
            size = round(run.size, 2)
            weights[size] = weights.get(size, 0) + len(run.text.strip())
        letters = sum(len(run.text.strip()) for run in visible)
        bold = sum(len(run.text.strip()) for run in visible if run.bold)
        left = min(run.x for run in visible)
        size = max(weights, key=lambda key: (weights[key], key))
        right = max(run.right for run in visible)
        width = max(0.0, right - left)
        lines.append(Line(text, offset, left, visible[0].y, size, 2 * bold > letters, width, _cells(row)))
        offset += len(text) + 1
    return "\n".join(line.text for line in lines), tuple(lines)


def _cells(row: Sequence[Run]) -> tuple[tuple[int, float, bool], ...]:
    """Where runs start after a blank: `(offset, x, is the blank wide)`. Nothing for a row without a wide one."""
    cells: list[tuple[int, float, bool]] = []
    offset, right, blank = 0, math.inf, False
    for run in row:
        text = run.text.lstrip()
        if text:
            if blank or len(text) < len(run.text):
                cells.append((offset + len(run.text) - len(text), run.x, run.x - right > _CELL_GAP * run.size))
            right = run.right if math.isinf(right) else max(right, run.right)
        blank = run.text[-1:].isspace()
        offset += len(run.text)
    return tuple(cells) if any(wide for _, _, wide in cells) else ()


def _cut(row: Sequence[Run]) -> list[list[Run]]:
    """The row cut at gaps wider than two characters: the places where a gutter may be."""
    pieces: list[list[Run]] = []
    for run in row:
        if not run.text.strip():
            if pieces:
                pieces[-1].append(run)
            continue
        if pieces and run.x - max(other.right for other in pieces[-1]) <= run.size * 1.2:
            pieces[-1].append(run)
        else:
            # The library puts a blank where it saw the gap.
            pieces.append([run._replace(text=run.text.lstrip()) if pieces else run])
    return pieces


def _edges(piece: Sequence[Run]) -> tuple[float, float]:
    return min(run.x for run in piece), max(run.right for run in piece)


def _find_gutter(pieces: Sequence[Sequence[Run]], width: float) -> float | None:
    """The x of the middle of the gutter between two columns, or None."""
    if width <= 0 or len(pieces) < 2 * _MINIMUM_COLUMN_LINES:
        return None
    edges = [_edges(piece) for piece in pieces]
    starts = sorted({round(left) for left, _ in edges if 0.35 * width <= left <= 0.7 * width})
    best: tuple[int, float] | None = None
    for start in starts:
        gutter = start - 3.0
        right = [(low, high) for low, high in edges if low >= gutter]
        left = [(low, high) for low, high in edges if high <= gutter + 6.0]
        crossing = len(edges) - len(right) - len(left)
        if min(len(right), len(left)) < _MINIMUM_COLUMN_LINES or crossing > _MAXIMUM_CROSSING * len(edges):
            continue
        aligned = sum(abs(low - start) <= 2.0 for low, _ in right)
        if aligned < 0.6 * len(right):
            continue
        if not (_fills(left) and _fills(right) and _side_by_side(pieces, gutter)):
            continue
        if best is None or aligned > best[0]:
            best = (aligned, gutter)
    return best[1] if best else None


def _fills(edges: Sequence[tuple[float, float]]) -> bool:
    """Whether the lines are running text: most are nearly as wide as the widest."""
    widths = sorted(high - low for low, high in edges)
    column = widths[int(0.9 * (len(widths) - 1))]
    return column > 90 and widths[len(widths) // 2] >= _MINIMUM_FILL * column


def _side_by_side(pieces: Sequence[Sequence[Run]], gutter: float) -> bool:
    """Whether both sides share most of their height."""
    sides = {True: [0.0, 0.0], False: [0.0, 0.0]}
    for right in (True, False):
        ys = sorted(piece[0].y for piece in pieces if (_edges(piece)[0] >= gutter) is right)
        sides[right] = [ys[0], ys[-1]]
    low, high = max(sides[True][0], sides[False][0]), min(sides[True][1], sides[False][1])
    smallest = min(sides[True][1] - sides[True][0], sides[False][1] - sides[False][0])
    return high - low >= 0.5 * smallest > 0


def _side(piece: Sequence[Run], gutter: float) -> str:
    low, high = _edges(piece)
    if abs((low + high) / 2 - gutter) < _CENTRED:
        return "both"
    if low >= gutter:
        return "right"
    return "left" if high <= gutter + 6.0 else "both"


def _is_column_by_column(sides: Sequence[str]) -> bool:
    """Whether the file itself gives the columns one after the other: then its own order is the best there is."""
    changes = sum(first != second for first, second in pairwise(sides))
    return changes <= max(6, len(sides) // 8)


def _flush(band: Sequence[tuple[str, list[Run]]]) -> list[list[Run]]:
    left = [piece for side, piece in band if side == "left"]
    return left + [piece for side, piece in band if side == "right"]
