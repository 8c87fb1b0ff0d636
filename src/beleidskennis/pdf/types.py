"""What a reader gives: lines with their place, pages, documents; and the limits it works under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. `start` is its offset into `RawPage.text`; lengths are points, `y` from the page's bottom."""

    text: str
    start: int
    x: float
    y: float
    """Of the baseline."""
    size: float
    """Font size of most of its characters."""
    bold: bool
    """Whether most of its letters are set in a bold font."""
    width: float
    """Estimated from the number and kinds of its characters, within about a tenth."""
    cells: tuple[tuple[int, float, bool], ...] = ()
    """Where text that is placed by itself starts after a blank, from the second stretch on: `(offset into text, x, is
    the blank wide)`."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as the library gave it: `text` is the texts of `lines` joined by a newline, in reading order."""

    page_number: int
    """Physical, from 1."""
    page_label: str
    """From the file itself; empty if it has none."""
    text: str
    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0
    has_images: bool = False
    columns: int = 1
    """Columns found on (most of) the page; lines are in the order left column, right column."""
    ocr_confidence: float | None = None
    """Mean word confidence (0 to 1) if the text was read from the page image; 0 if there were no words on it."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """All pages of one file, in order."""

    pages: tuple[RawPage, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    """title, author, subject, keywords, created (ISO date), creator, producer: those that are there."""
    outline: tuple[tuple[int, str, int], ...] = ()
    """Bookmarks: `(level from 1, title, page_number from 1)`."""
    problems: tuple[str, ...] = ()
    """What went wrong or was left alone, in Dutch, for the user."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Defaults are those of the settings."""

    page_seconds: float = 20.0
    document_seconds: float = 600.0
    memory_mb: int = 2048
    max_pages: int = 5000
    max_bytes: int = 100 * 1024 * 1024
    max_characters: int = 30_000_000
    """Of text in all pages together: 5000 pages of 6000 characters, twice a dense page."""
