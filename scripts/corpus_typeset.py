"""Sets the blocks of a source on PDF pages, with the mess of real policy documents: line-end hyphens, running heads
and feet, footnotes whose digits stick to the word before, columns, tables, page labels that differ from the page.

Lengths are in points (1/72 inch), the origin is the lower left corner of the page, as in PDF itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_lines import SUPERSCRIPT, Line, break_lines, chunk_width
from corpus_markdown import Block, Chunk, Source, words_of

Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Design:
    """How a document looks. ``margins`` are left, right, top, bottom."""

    fonts: dict[str, str]
    size: float
    leading: float
    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    accent: Color
    headings: tuple[float, float, float] = (18.0, 13.0, 11.0)
    bullet: str = "•"
    justify: bool = False
    foot_first: bool = False
    slides: bool = False
    chapter_on_new_page: bool = False
    bookmarks: bool = True
    pdf_labels: bool = True


@dataclass(slots=True)
class Frame:
    """A column of a page: where it lies, how far it is filled, and the footnotes that stand at its foot."""

    x: float
    width: float
    y: float
    notes: list[tuple[str, list[Line]]] = field(default_factory=list)


NOTE_SIZE = 0.8
NOTE_GAP = 14.0


class Typesetter:
    """Sets one document on a canvas; holds the state of the page being filled."""

    def __init__(self, canvas: Any, design: Design, source: Source, labels: dict[str, str]) -> None:
        self.canvas = canvas
        self.design = design
        self.source = source
        self.known_labels = labels
        self.labels: dict[str, str] = {}
        self.contents: list[tuple[int, str]] = []
        self.page_number = 0
        self.style, self.folio = "arabic", 0
        self.columns = 1
        self.frames: list[Frame] = []
        self.at = 0
        self.depth = -1
        self.open_page()

    # pages and frames

    @property
    def frame(self) -> Frame:
        """The column that is being filled."""
        return self.frames[self.at]

    @property
    def label(self) -> str:
        """The page label as printed."""
        return roman(self.folio) if self.style == "roman" else str(self.folio)

    def open_page(self) -> None:
        """Begin a page with fresh columns."""
        self.page_number += 1
        self.folio += 1
        self.make_frames(self.design.page[1] - self.design.margins[2])
        if self.design.foot_first:
            self.draw_furniture()

    def make_frames(self, top: float) -> None:
        """Lay out the columns of the rest of this page, from ``top`` down."""
        left, right, _, _ = self.design.margins
        gap = 20.0
        width = (self.design.page[0] - left - right - gap * (self.columns - 1)) / self.columns
        self.frames = [Frame(left + i * (width + gap), width, top) for i in range(self.columns)]
        self.at = 0

    def close_page(self) -> None:
        """Draw what stands at the foot, and finish the page."""
        for frame in self.frames:
            self.draw_notes(frame)
        if not self.design.foot_first:
            self.draw_furniture()
        self.canvas.showPage()

    def next_frame(self) -> None:
        """Go on in the next column, or on the next page."""
        if self.at + 1 < len(self.frames):
            self.at += 1
            return
        self.close_page()
        self.open_page()

    def new_page(self) -> None:
        """Start a new page, unless this one is still empty."""
        if any(f.y < self.design.page[1] - self.design.margins[2] for f in self.frames):
            self.close_page()
            self.open_page()

    def draw_furniture(self) -> None:
        """Running head, running foot and folio."""
        if self.page_number == 1 and self.source.meta.get("omslag", "ja") == "ja":
            return
        left, right, _, _ = self.design.margins
        width, height = self.design.page
        c, small = self.canvas, max(6.5, self.design.size * 0.78)
        c.setFillColorRGB(0.35, 0.35, 0.35)
        c.setFont(self.design.fonts["r"], small)
        if self.source.meta.get("kop") and not self.design.slides:
            c.drawString(left, height - 36, self.source.meta["kop"])
            c.line(left, height - 41, width - right, height - 41)
        c.drawString(left, 26, self.source.meta.get("voet", "Fictief voorbeelddocument"))
        c.drawRightString(width - right, 26, self.label)
        c.setFillColorRGB(0, 0, 0)

    # lines

    def note_lines(self, number: str, width: float) -> list[Line]:
        """The lines of a footnote, its number glued to its first word."""
        words = words_of(self.source.notes[number])
        words[0] = (Chunk(number, "s"), *words[0])
        return break_lines(words, width, self.design.fonts, self.design.size * NOTE_SIZE, False)

    def notes_height(self, frame: Frame) -> float:
        """Room that the footnotes of a column take."""
        lines = sum(len(lines) for _, lines in frame.notes)
        return lines * self.design.leading * NOTE_SIZE + (NOTE_GAP if lines else 0.0)

    def draw_notes(self, frame: Frame) -> None:
        """Draw the footnotes of a column under a short rule."""
        if not frame.notes:
            return
        y = self.design.margins[3] + self.notes_height(frame) - NOTE_GAP / 2
        self.canvas.line(frame.x, y, frame.x + min(80.0, frame.width), y)
        for _, lines in frame.notes:
            for line in lines:
                y -= self.design.leading * NOTE_SIZE
                self.draw_line(line, frame.x, y + 1, self.design.size * NOTE_SIZE)

    def draw_line(self, line: Line, x: float, y: float, size: float, color: Color = (0, 0, 0)) -> None:
        """Draw one line; chunks follow each other without a move, as word processors do."""
        text = self.canvas.beginText(x, y)
        text.setFillColorRGB(*color)
        text.setWordSpace(line.extra)
        runs: list[Chunk] = []
        for i, word in enumerate(line.words):
            for j, chunk in enumerate(word):
                piece = (" " if i and not j else "") + chunk.text
                if runs and runs[-1].style == chunk.style:
                    runs[-1] = Chunk(runs[-1].text + piece, chunk.style)
                else:
                    runs.append(Chunk(piece, chunk.style))
        for run in runs:
            raised = run.style == "s"
            text.setFont(self.design.fonts["r" if raised else run.style], size * (SUPERSCRIPT if raised else 1.0))
            text.setRise(size * 0.35 if raised else 0)
            text.textOut(run.text)
        text.setRise(0)
        self.canvas.drawText(text)

    def room(self, height: float, notes: Sequence[str] = ()) -> None:
        """Make sure that ``height`` fits in the column, together with these footnotes."""
        for _ in range(2):
            frame = self.frame
            more = [(n, self.note_lines(n, frame.width)) for n in notes if n not in [k for k, _ in frame.notes]]
            extra = sum(len(lines) for _, lines in more) * self.design.leading * NOTE_SIZE
            extra += NOTE_GAP if more and not frame.notes else 0.0
            if frame.y - height >= self.design.margins[3] + self.notes_height(frame) + extra:
                break
            self.next_frame()
        self.frame.notes.extend((n, self.note_lines(n, self.frame.width)) for n, _ in more)

    def flow(self, lines: list[Line], size: float, leading: float, indent: float = 0.0, **look: Any) -> None:
        """Place lines one after the other; the first two and the last two stay together."""
        for i, line in enumerate(lines):
            notes = [c.text for w in line.words for c in w if c.style == "s"]
            together = 2 if len(lines) > 1 and i in (0, len(lines) - 2) else 1
            self.room(leading * together, notes)
            self.frame.y -= leading
            if i == 0 and (mark := look.get("mark")):
                self.draw_mark(mark, line, indent)
                continue
            self.draw_line(line, self.frame.x + indent, self.frame.y, size, look.get("color", (0, 0, 0)))

    def draw_mark(self, mark: str, line: Line, indent: float) -> None:
        """Draw the first line of an item with its bullet or number: apart on slides, as one run of text elsewhere."""
        d, x, y = self.design, self.frame.x + indent, self.frame.y
        if d.slides:
            self.draw_line(Line(((Chunk(mark, "r"),),)), x - 16, y, d.size)
            self.draw_line(line, x, y, d.size)
        else:
            before = chunk_width(Chunk(f"{mark} ", "r"), d.fonts, d.size)
            self.draw_line(Line(((Chunk(mark, "r"),), *line.words)), x - before, y, d.size)

    # blocks

    def paragraph(self, block: Block) -> None:
        """Set a paragraph."""
        d = self.design
        self.flow(break_lines(words_of(block.text), self.frame.width, d.fonts, d.size, d.justify), d.size, d.leading)
        self.frame.y -= d.leading * 0.55

    def item(self, block: Block) -> None:
        """Set a bullet or a numbered item."""
        d = self.design
        indent = (20.0 if block.kind == "number" else 15.0) + 14.0 * block.level
        mark = block.rows[0][0] if block.kind == "number" else ("–" if block.level else d.bullet)
        lines = break_lines(words_of(block.text), self.frame.width - indent, d.fonts, d.size, False)
        self.flow(lines, d.size, d.leading, indent, mark=mark)
        self.frame.y -= d.leading * 0.25

    def heading(self, block: Block) -> None:
        """Set a heading, note its page label for the contents page, and bookmark it."""
        d = self.design
        if (d.slides and block.level <= 2) or (d.chapter_on_new_page and block.level == 1):
            self.new_page()
        size = d.headings[block.level - 1]
        lines = break_lines(words_of(block.text, "b"), self.frame.width, d.fonts, size, False)
        self.room(size * 1.25 * len(lines) + d.leading * 3)
        if self.frame.y < d.page[1] - d.margins[2] - 1:
            self.frame.y -= d.leading * 0.6
        self.labels[block.text] = self.label
        self.contents.append((block.level, block.text))
        if d.bookmarks:
            self.canvas.bookmarkPage(f"h{len(self.contents)}")
            depth = block.level - 1 if any(lv < block.level for lv, _ in self.contents) else 0
            self.canvas.addOutlineEntry(block.text, f"h{len(self.contents)}", min(depth, self.depth + 1))
            self.depth = min(depth, self.depth + 1)
        self.flow(lines, size, size * 1.25, color=d.accent)
        self.frame.y -= d.leading * 0.45

    def box(self, block: Block) -> None:
        """Set a box on a tinted ground; the first line of its text is its title."""
        d = self.design
        size, leading = d.size * 0.94, d.leading * 0.95
        lines: list[Line] = []
        for i, part in enumerate(block.text.split("\n")):
            lines += break_lines(words_of(part, "b" if i == 0 else "r"), self.frame.width - 20, d.fonts, size, False)
        height = leading * len(lines) + 14
        self.room(height + 4)
        frame = self.frame
        self.canvas.setFillColorRGB(*(1 - (1 - c) * 0.12 for c in d.accent))
        self.canvas.rect(frame.x, frame.y - height, frame.width, height, stroke=0, fill=1)
        frame.y -= 6
        self.flow(lines, size, leading, 10.0)
        frame.y -= 8 + d.leading * 0.6


def roman(number: int) -> str:
    """A small number in lower-case Roman numerals."""
    out = ""
    for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + sign, number - value
    return out
