"""What stands before items and rows: the sentence that introduces a list, the header of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from beleidskennis.model import DocumentId, Span
from beleidskennis.passages.unit import Unit

if TYPE_CHECKING:
    from beleidskennis.cleaning import Block, CleanPage

INTRO_LIMIT = 60
"""An introducing sentence longer than this, in words, is not repeated with the items."""
HEADER_LIMIT = 40
"""A header longer than this, in words, is cut to its first row."""
ANNOUNCES = re.compile(
    r"\b(?:(?:de |het )?volgende\b|hieronder\b|onderstaande\b|als volgt\b|the following\b|below\b)", re.IGNORECASE
)
"""What a sentence says that introduces a list and ends in a full stop."""
NUMBER = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d(?![\d.,]\d|\d))\d[\d.,:%]*")
"""A number that is no year: the names of columns can be years."""


@dataclass(slots=True)
class Lists:
    """The list that is under way: its introduction, and the number of its last item ("3.", "b)")."""

    intro: tuple[Span, ...] = ()
    number: str = ""
    parted: bool = True
    """Whether something stands between its last item and the next block."""
    waiting: tuple[Span, ...] = ()
    """A sentence that introduces a list if one follows at once."""

    def introduce(self, units: Sequence[Unit], block: Block, text: str) -> list[Unit]:
        """The units of the next block, with their introduction; what it says of later ones is kept.

        A list goes on over the page break, and after a paragraph between two of its items if its numbers do.
        """
        goes_on = block.continued and not self.parted
        if block.kind == "list-item":
            self._meet(text[block.start : block.text_start].strip(" ()."))
        if block.kind == "list-item" or goes_on:
            return [replace(unit, intro=self.intro) for unit in units] if self.intro else list(units)
        last = units[-1] if units else None
        self.parted = True
        self.waiting = last.spans if last is not None and last.opens and last.words <= INTRO_LIMIT else ()
        return list(units)

    def _meet(self, mark: str) -> None:
        """An item with this mark comes."""
        if self.parted and not (self.number and not self.waiting and _in_turn(self.number, mark)):
            self.intro, self.number = self.waiting, ""
        if mark.isalnum() and (not self.number or mark.isdigit() == self.number.isdigit()):
            self.number = mark
        self.parted, self.waiting = False, ()


def opens(sentence: str) -> bool:
    """Whether a sentence can introduce a list: it ends in a colon, or announces one ("de volgende aanbevelingen.")."""
    return sentence.endswith(":") or bool(ANNOUNCES.search(sentence))


def _in_turn(before: str, mark: str) -> bool:
    """Whether one number is the next of the other: "2" and "3", "b" and "c"."""
    if before.isdigit() and mark.isdigit():
        return int(mark) == int(before) + 1
    return len(before) == len(mark) == 1 and before.isalpha() and ord(mark) == ord(before) + 1


def table_header(document_id: DocumentId, page: CleanPage, index: int) -> tuple[Span, ...]:
    """The places of the header of the table of which block `index` of a page is the first row; empty if it has none.

    That is: the table's title right above it, and the rows before the first one with numbers, or a first row that
    names columns.
    """
    rows: list[Block] = []
    for block in page.blocks[index:]:
        if block.kind != "table" or len(NUMBER.findall(page.page.text[block.start : block.end])) >= 2:
            break
        rows.append(block)
    numbered = index + len(rows) < len(page.blocks) and page.blocks[index + len(rows)].kind == "table"
    words = sum(len(page.page.text[block.start : block.end].split()) for block in rows)
    if not numbered or words > HEADER_LIMIT:
        rows = rows[:1]
    if not numbered and rows and not _names_columns(page.page.text[rows[0].start : rows[0].end]):
        rows = []
    titled = index > 0 and page.blocks[index - 1].kind == "caption"
    title = page.blocks[index - 1 : index] if titled else ()
    return tuple(Span(document_id, page.page.page_number, block.start, block.end) for block in (*title, *rows))


def _names_columns(text: str) -> bool:
    from beleidskennis.cleaning.tables import names_columns

    return names_columns(text)
