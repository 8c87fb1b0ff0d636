"""The parts of a document that are not running text: cover, contents page, tables and a bar chart."""

from __future__ import annotations

import re

from corpus_lines import Line, break_lines
from corpus_markdown import Block, words_of
from corpus_typeset import Typesetter

_NUMERIC = re.compile(r"^[-+]?[\d.,]+%?$|^–$")


def cover(setter: Typesetter) -> None:
    """The title page: a band of colour, title, subtitle, publisher, date, and the line that says it is fictional."""
    d, c, meta = setter.design, setter.canvas, setter.source.meta
    width, height = d.page
    c.setFillColorRGB(*d.accent)
    c.rect(0, height * 0.52, width, height * 0.48, stroke=0, fill=1)
    left = d.margins[0]
    room = width - left - d.margins[1]
    y = height * 0.80
    for text, size, color in ((meta["titel"], 28.0, (1, 1, 1)), (meta.get("ondertitel", ""), 15.0, (1, 1, 1))):
        for line in break_lines(words_of(text, "b" if size > 20 else "r"), room, d.fonts, size, False):
            setter.draw_line(line, left, y, size, color)
            y -= size * 1.25
        y -= 6
    y = height * 0.44
    for key in ("uitgever", "datum", "kenmerk"):
        if meta.get(key):
            setter.draw_line(Line(tuple(words_of(meta[key], "b" if key == "uitgever" else "r"))), left, y, 12)
            y -= 18
    y = height * 0.15
    for line in break_lines(words_of(meta["fictief"], "i"), room, d.fonts, 10, False):
        setter.draw_line(line, left, y, 10)
        y -= 13
    setter.frame.y = d.margins[3]


def contents(setter: Typesetter, entries: list[tuple[int, str]]) -> None:
    """The contents page, with dotted leaders and the page labels of the previous pass."""
    d, c = setter.design, setter.canvas
    for level, text in entries:
        if level > 2:
            continue
        indent = 14.0 * (level - 1)
        lead = d.leading * (1.5 if level == 1 else 1.15)
        setter.room(lead)
        frame = setter.frame
        frame.y -= lead
        font = d.fonts["b" if level == 1 else "r"]
        label = setter.known_labels.get(text, "")
        dots = "." * max(3, int((frame.width - indent - c.stringWidth(text, font, d.size) - 40) / 3.2))
        c.setFont(font, d.size)
        c.drawString(frame.x + indent, frame.y, text)
        c.setFont(d.fonts["r"], d.size)
        c.drawRightString(frame.x + frame.width - 24, frame.y, dots)
        c.drawRightString(frame.x + frame.width, frame.y, label)
    setter.frame.y -= d.leading


def column_widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Share out the width of a table by the longest cell of each column, which counts for 42 characters at most."""
    longest = [min(42, max(11, *(len(row[i]) for row in rows))) for i in range(len(rows[0]))]
    return [width * n / sum(longest) for n in longest]


def table(setter: Typesetter, block: Block) -> None:
    """Set a table; its head is repeated on a next page. Columns that hold numbers only stand to the right."""
    head, body = block.rows[0], block.rows[1:]
    widths = column_widths(block.rows, setter.frame.width)
    right = tuple(i > 0 and all(_NUMERIC.match(row[i]) for row in body) for i in range(len(head)))
    setter.room(row_height(setter, head, widths, "b") + row_height(setter, body[0], widths, "r"))
    draw_row(setter, head, widths, right, "b")
    for row in body:
        before = (setter.page_number, setter.at)
        setter.room(row_height(setter, row, widths, "r"))
        if before != (setter.page_number, setter.at):
            draw_row(setter, head, widths, right, "b")
        draw_row(setter, row, widths, right, "r")
    setter.frame.y -= setter.design.leading * 0.8


def cell_lines(setter: Typesetter, cell: str, width: float, style: str) -> list[Line]:
    """The lines of one cell."""
    d = setter.design
    return break_lines(words_of(cell, style), width - 8, d.fonts, d.size * 0.88, False)


def row_height(setter: Typesetter, row: tuple[str, ...], widths: list[float], style: str) -> float:
    """Height of a row: that of its highest cell."""
    lines = max(len(cell_lines(setter, c, w, style)) for c, w in zip(row, widths, strict=True))
    return lines * setter.design.leading * 0.9 + 5


def draw_row(
    setter: Typesetter, row: tuple[str, ...], widths: list[float], right: tuple[bool, ...], style: str
) -> None:
    """Draw a row, cell by cell, with a line under it; the head (style ``b``) has a tinted ground."""
    d, c, frame = setter.design, setter.canvas, setter.frame
    height = row_height(setter, row, widths, style)
    size, leading = d.size * 0.88, d.leading * 0.9
    if style == "b":
        c.setFillColorRGB(*(1 - (1 - a) * 0.2 for a in d.accent))
        c.rect(frame.x, frame.y - height, frame.width, height, stroke=0, fill=1)
    x = frame.x
    for cell, width, to_right in zip(row, widths, right, strict=True):
        y = frame.y
        for line in cell_lines(setter, cell, width, style):
            y -= leading
            shift = width - 8 - sum(c.stringWidth(w[0].text + " ", d.fonts[style], size) for w in line.words)
            setter.draw_line(line, x + 4 + (shift if to_right else 0), y, size)
        x += width
    frame.y -= height
    c.setLineWidth(0.4)
    c.line(frame.x, frame.y, frame.x + frame.width, frame.y)


def bars(setter: Typesetter, text: str) -> None:
    """A bar chart from ``label=value; label=value`` (values with a decimal comma); the values stand beside the bars."""
    d, c = setter.design, setter.canvas
    pairs = [part.rsplit("=", 1) for part in text.split(";")]
    values = [float(v.strip().rstrip("%").replace(".", "").replace(",", ".")) for _, v in pairs]
    setter.room(len(pairs) * 17 + 8)
    frame = setter.frame
    room = frame.width - 190
    for (label, shown), value in zip(pairs, values, strict=True):
        frame.y -= 17
        c.setFillColorRGB(0, 0, 0)
        c.setFont(d.fonts["r"], d.size * 0.85)
        c.drawString(frame.x, frame.y + 3, label.strip())
        c.setFillColorRGB(*d.accent)
        c.rect(frame.x + 140, frame.y, room * value / max(values), 11, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        c.drawString(frame.x + 146 + room * value / max(values), frame.y + 3, shown.strip())
    frame.y -= d.leading * 0.8
