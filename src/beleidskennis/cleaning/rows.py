"""Raw lines to rows: characters put right, and what the layout says of each line (gap, indent, size, weight)."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from beleidskennis.cleaning.tracked import Tracked, concatenate, inserted, track

if TYPE_CHECKING:
    from beleidskennis.pdf import RawPage

BULLET = "•"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
# Code points that fonts use for list bullets: Symbol and Wingdings in the private-use area, and what is left of a
# glyph without a name.
PRIVATE_BULLETS = "\ufffd\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06c\uf06e\uf071\uf0a8\uf0e0\uf02d\uf0be\uf0b0"
ODD = re.compile(
    "(?P<blank>[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    "|(?P<nothing>[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]+)"
    "|(?P<hyphen>[\u2010\u2011])"
    f"|(?P<ligature>[{''.join(LIGATURES)}])"
    "|(?P<apostrophe>(?<=\\w)[\u00b4`\u02bc\u2032](?=\\w|\\s|$))"
    "|(?P<quote>[\u00b4`](?=\\w))"
    "|(?P<private>[\ue000-\uf8ff\ufffd])"
)
GAP = 1.35
"""A line pitch this many times the page's usual one is a gap. Re-set and Word-made PDFs have 1.5 to 2 there."""
INNER_BULLET = re.compile(f"\\w[ ]+[{PRIVATE_BULLETS}][ ]")
"""A bullet in the middle of a line: the cell of a table that holds a list starts there."""
COLUMN = re.compile(r"\S[ \t\u00a0]{3,}(?=\S)")
LEADING = 1.45
"""A line pitch within this many type sizes is no gap: titles are set with 1.1 to 1.3."""
SAME_LINE, WIDE = 0.3, 2.0
"""In type sizes: how far two baselines on one line can differ, and what is a wide blank."""
LONE_MARK = re.compile(r"^(?:[•●○■□▪◦‣·►▶➢➤→✓◆◇–-]|\(?(?:\d{1,2}|[a-z])[.)])$")
"""A bullet or an item's number with nothing behind it."""
SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class Row:
    """A line of the page while it is being cleaned. The rules set `role`, `level` and `label`."""

    line: int
    """Index of the line in `RawPage.lines`, from 0."""
    text: Tracked
    size: float
    bold: bool
    x: float
    y: float
    right: float
    """Where it ends, in points from the left."""
    gap: bool
    """Whether there is more white above it than between the lines of a paragraph."""
    indent: int
    """Blanks before the text in the raw line."""
    wide: int
    """Number of runs of three or more blanks inside the raw line: columns of a table (2 for a bullet inside it)."""
    breaks: frozenset[int] = frozenset()
    """Numbers (from 0) of the tokens that have two or more blanks before them in the raw line."""
    soft: bool = False
    """Whether it ended in a soft hyphen: the word certainly runs on in the next line."""
    lost_bullet: bool = False
    """Whether a bullet stood before it that the font has no character for: only its blank is left."""
    joined: bool = False
    """Whether it goes on with the row before it, whatever it looks like: a note between them was taken out."""
    aside: bool = False
    """Whether it comes after a footnote on its page: a box, not the running text."""
    cells: tuple[tuple[int, float, bool], ...] = ()
    """Where its further cells may start, from the second one on: `(raw offset, x, is the blank before it wide)`."""
    grid: bool = False
    """Whether it is a row (or a cell of whole sentences) of a table that was read by the places of its columns."""
    role: str = "body"
    level: int = 0

    @property
    def words(self) -> str:
        """The text as a plain string."""
        return self.text.text


def put_right(text: Tracked) -> Tracked:
    """One blank for many, no invisible characters, ligatures as letters, bullets as "•", acute accents as "’".

    Documented normalisations, and the only characters of the clean text that differ from the raw ones.
    """
    if ODD.search(text.text) is None:
        return text

    def change(match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "blank":
            return " "
        if kind == "nothing":
            return ""
        if kind == "hyphen":
            return "-"
        if kind == "ligature":
            return LIGATURES[match.group()]
        if kind == "apostrophe":
            return "’"
        if kind == "quote":
            return "‘"
        first = not match.string[: match.start()].strip()
        return BULLET if first and match.group() in PRIVATE_BULLETS else " "

    changed = text.sub(ODD, change)
    return put_right(changed) if "  " in changed.text else changed


def read_rows(page: RawPage) -> list[Row]:
    """The rows of a page in reading order; lines without text only leave a gap behind them."""
    rows: list[Row] = []
    pitch = _pitch([line.y for line in page.lines if line.text.strip()])
    above: float | None = None
    blank = False
    odd = ODD.search(page.text) is not None
    for index, line in enumerate(page.lines):
        raw = line.text.rstrip()
        text = track(line.text, line.start).strip()
        text = put_right(text).strip() if odd else text
        if not text.text:
            blank = True
            continue
        drop = 0.0 if above is None else above - line.y
        usual = max(GAP * pitch, LEADING * max(line.size, rows[-1].size)) if rows else 0.0
        rows.append(
            Row(
                line=index,
                text=text,
                size=line.size,
                bold=line.bold,
                x=line.x,
                y=line.y,
                right=line.x + line.width,
                gap=above is None or blank or (pitch > 0 and drop > usual),
                indent=len(raw) - len(raw.lstrip()),
                wide=2 if odd and INNER_BULLET.search(raw) else len(COLUMN.findall(raw)) if "   " in raw else 0,
                breaks=_breaks(raw) if "  " in raw else frozenset(),
                soft=raw.endswith(SOFT_HYPHEN),
                cells=tuple((line.start + offset, x, blank) for offset, x, blank in line.cells),
            )
        )
        above, blank = line.y, False
    rows = _side_by_side(rows)
    _mark_lost_bullets(rows)
    return rows


def _side_by_side(rows: Sequence[Row]) -> list[Row]:
    """Put together rows that stand on one line of the paper.

    A bullet and its item, a title and its page number, the cells of a table (which count as parted by a wide blank).
    """
    joined: list[Row] = []
    for row in rows:
        left = joined[-1] if joined else None
        if left is None or row.x <= left.x or abs(left.y - row.y) >= SAME_LINE * max(row.size, left.size):
            joined.append(row)
            continue
        wide = not LONE_MARK.match(left.words) and row.x > left.right + WIDE * row.size
        left.text = concatenate([left.text, inserted(" "), row.text])
        left.wide += row.wide + (1 if wide else 0)
        if wide:
            left.cells = (*left.cells, (row.text.origin[0], row.x, True), *row.cells)
        left.right, left.soft = row.right, row.soft
        if LONE_MARK.match(left.words):
            left.size, left.bold = row.size, row.bold
    return joined


def _breaks(raw: str) -> frozenset[int]:
    tokens = list(re.finditer(r"\S+", raw))
    return frozenset(i for i in range(1, len(tokens)) if tokens[i].start() - tokens[i - 1].end() > 1)


def _mark_lost_bullets(rows: Sequence[Row]) -> None:
    """Find items whose bullet the font had no character for: of the rows, some start with a single blank.

    Only where it is a habit of the page: at least three such rows, and not most of them.
    """
    indented = [row for row in rows if row.indent == 1]
    if 3 <= len(indented) <= 0.8 * len(rows):
        for row in indented:
            row.lost_bullet = True


def _pitch(heights: Sequence[float]) -> float:
    """The usual distance between two lines of a page, in points; 0 if there is no telling."""
    drops = [round(a - b, 1) for a, b in pairwise(heights) if a - b > 0.5]
    return statistics.median_low(drops) if drops else 0.0


def usual_size(rows: Sequence[Row]) -> float:
    """The size that most characters of the page have, in points (0 for an empty page)."""
    weight: dict[float, int] = {}
    for row in rows:
        weight[round(row.size, 1)] = weight.get(round(row.size, 1), 0) + len(row.text)
    return max(weight, key=lambda size: weight[size]) if weight else 0.0


def usual_width(rows: Sequence[Row]) -> int:
    """The length in characters that a full line of running text has on this page."""
    lengths = sorted(len(row.text) for row in rows if row.role == "body")
    return lengths[int(len(lengths) * 0.8)] if lengths else 0
