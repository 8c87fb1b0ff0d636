"""Texts without pages: their blocks are put on pages of about 3,000 characters, named after headings or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from beleidskennis.errors import LimitExceededError
from beleidskennis.pdf.types import Limits, Line, RawDocument, RawPage

# As much text as a printed page holds, so that "page 3" means about as much as in a PDF.
_PAGE_CHARACTERS = 3000
# A chapter or section starts a new page if the page before has this much on it.
_EARLY_CHARACTERS = 1200
_BODY_SIZE = 10.0
_HEADING_SIZES = (18.0, 15.0, 13.0, 12.0, 11.5, 11.0)
_LINE_HEIGHT = 14.0
_LABEL_LENGTH = 60
_LEFT = 56.0
# Rows of a table lie further apart than lines of one cell, so that each is a row of its own.
_ROW_HEIGHT = 20.0
_COLUMN_WIDTH = 150.0
_CELL_BLANK = re.compile(r"(?<=\S) {3,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading (`level` 1 to 6), paragraph or list item (`level` 0), or a table row with cells set apart by blanks.

    `lines` are its lines where they are known (plain text); in other formats there is one.
    """

    lines: tuple[str, ...]
    level: int = 0
    joined: bool = False
    """Whether it belongs to the block before it (list items, table rows): no blank line between."""
    page_break: bool = False
    """Whether a new page starts before it."""

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return " ".join(self.lines)


def make_document(
    paragraphs: Iterable[Paragraph],
    metadata: Mapping[str, str],
    problems: Sequence[str],
    *,
    name: str,
    limits: Limits,
) -> RawDocument:
    """The document of these paragraphs. A page's label is "§ heading" where one is in force, else "al. 12" (counted).

    Raises:
        LimitExceededError: more text or more pages than allowed.

    """
    pages: list[list[Paragraph]] = [[]]
    labels: list[str] = [""]
    heading, length, total = "", 0, 0
    for number, paragraph in enumerate((p for p in paragraphs if p.text.strip()), start=1):
        total += len(paragraph.text)
        starts = paragraph.page_break or length > _PAGE_CHARACTERS
        starts |= 0 < paragraph.level <= 2 and length > _EARLY_CHARACTERS
        if starts and pages[-1] and not (paragraph.joined and length < 2 * _PAGE_CHARACTERS):
            pages.append([])
            labels.append("")
            length = 0
        if paragraph.level:
            heading = re.sub(r"\s+", " ", paragraph.text).strip()[:_LABEL_LENGTH]
        labels[-1] = labels[-1] or (f"§ {heading}" if heading else f"al. {number}")
        pages[-1].append(paragraph)
        length += len(paragraph.text)
        _check(total, len(pages), name, limits)
    raw = tuple(_page(number, label, page) for number, (label, page) in enumerate(zip(labels, pages, strict=True), 1))
    return RawDocument(raw, dict(metadata), (), tuple(problems))


def _check(total: int, pages: int, name: str, limits: Limits) -> None:
    if total > limits.max_characters or pages > limits.max_pages:
        message = f"{name} heeft meer tekst dan is toegestaan ({total} tekens, {pages} bladzijden)."
        raise LimitExceededError(message, "Splits het bestand, of verhoog de instelling max_pages.", file_name=name)


def _page(number: int, label: str, paragraphs: Sequence[Paragraph]) -> RawPage:
    """The paragraphs as lines, with a blank line between blocks, as if printed one under the other."""
    lines: list[Line] = []
    offset = 0
    rows: list[tuple[str, Paragraph | None]] = []
    for paragraph in paragraphs:
        if rows and not paragraph.joined:
            rows.append(("", None))
        rows += [(line, paragraph) for line in paragraph.lines]
    height = y = 2 * _LINE_HEIGHT * (len(rows) + 8)
    for text, paragraph_of in rows:
        level = paragraph_of.level if paragraph_of else 0
        size = _HEADING_SIZES[level - 1] if level else _BODY_SIZE
        cells = () if level or paragraph_of is None else _cells(text, aligned=len(paragraph_of.lines) > 1)
        y -= _ROW_HEIGHT if cells else _LINE_HEIGHT
        lines.append(Line(text, offset, _LEFT, y, size, level > 0, 0.5 * size * len(text), cells))
        offset += len(text) + 1
    return RawPage(number, label, "\n".join(text for text, _ in rows), tuple(lines), 595.0, height)


def _cells(text: str, *, aligned: bool) -> tuple[tuple[int, float, bool], ...]:
    """Where the cells of a table row start, from the second on, as in `Line.cells`.

    They are parted by four blanks; in plain text (`aligned`) by as many as put them under one another.
    """
    starts = [match.end() for match in _CELL_BLANK.finditer(text)]
    if aligned:
        return tuple((start, _LEFT + 0.5 * _BODY_SIZE * start, True) for start in starts)
    return tuple((start, _LEFT + _COLUMN_WIDTH * place, True) for place, start in enumerate(starts, start=1))
