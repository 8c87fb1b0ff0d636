"""Heading paths: under which headings a stretch of text stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from beleidskennis.cleaning.headings import NAMED
from beleidskennis.model import Span

if TYPE_CHECKING:
    from beleidskennis.cleaning import Block, CleanPage

NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s")
BULLET = re.compile(r"^[•●○■□▪◦►▶➢➤◆◇♦★*§]\s*")
"""An ornament before a heading: it is on the page, not in the path."""
APPENDIX = re.compile(r"^(?:bijlage|annex|appendix)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """A heading in force: its level, its text, its place (None where it was put in as a parent), its number of uses.

    `whole` is its place with the ornament before it.
    """

    level: int
    title: str
    place: Span | None = None
    whole: Span | None = None
    uses: int = 0
    again: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class HeadingPath:
    """The headings in force while a document is walked through, outermost first.

    `titles` holds the document's numbered headings by number ("2", "2.1"), those that are there once only.
    """

    titles: dict[str, str]
    entries: list[Entry] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        """The headings in force, for a stretch of text under them."""
        for entry in self.entries:
            entry.uses += 1
        return tuple(entry.title for entry in self.entries)

    def places(self) -> tuple[tuple[Span, ...], ...]:
        """The places of `names`, one by one; without the ornament before a heading."""
        return tuple((entry.place,) if entry.place and entry.title else () for entry in self.entries)

    def enter(self, level: int, title: str, place: Span | None = None) -> list[Entry]:
        """A heading is passed: it replaces those of its own level and deeper; gives those that no text stood under.

        A section "2.1" that stands before or apart from its chapter "2" (titles in a margin come out of order) still
        gets it as its parent, but not inside an appendix with a numbering of its own. Of two headings of one kind
        without text between them the first titles the second. A heading that is printed twice is one. The title that
        a document starts with stands above its first chapter, if no text does.
        """
        whole, length = place, len(title)
        title = BULLET.sub("", title)
        if place is not None and title and len(title) < length:
            place = replace(place, start=place.start + length - len(title))
        last = self.entries[-1] if self.entries else None
        if last is not None and not last.uses and last.title == title and place is not None:
            last.again.append(whole or place)
            return []
        first_chapter = level == 1 and title.startswith("1") and _opens_document(self.entries)
        if last is not None and not last.uses and first_chapter:
            last.level = 0
        named = last is not None and any(NUMBER.match(one) or NAMED.match(one) for one in (last.title, title))
        if last is not None and not last.uses and last.level == level and not named:
            level += 1
        kept = [entry for entry in self.entries if entry.level < level]
        left = [entry for entry in self.entries if entry.level >= level]
        match = NUMBER.match(title)
        chapter = match["number"].partition(".")[0] if match and "." in match["number"] else ""
        parent = self.titles.get(chapter, "")
        whole_title = [entry for entry in kept if not entry.level]
        chapters = kept[len(whole_title) :]
        top = chapters[0].title if chapters else ""
        if parent and top != parent and not APPENDIX.match(top):
            left = [*chapters, *left]
            kept = [*whole_title, Entry(1, parent)]
        self.entries = [*kept, Entry(level, title, place, whole)]
        return [entry for entry in left if entry.place is not None and not entry.uses]

    def leave(self) -> list[Entry]:
        """The document ends: the headings that no text stood under."""
        return [entry for entry in self.entries if entry.place is not None and not entry.uses]


def _opens_document(entries: Sequence[Entry]) -> bool:
    """Whether the only heading so far is the first text of the document, and is no chapter itself."""
    place = entries[0].whole if len(entries) == 1 else None
    first = place is not None and place.page_number == 1 and place.start == 0
    return first and not NUMBER.match(entries[0].title) and not NAMED.match(entries[0].title)


def start_path(pages: Sequence[CleanPage]) -> HeadingPath:
    """A path at the start of a document."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for page in pages:
        for block in page.blocks:
            title = page.page.text[block.start : block.end]
            match = NUMBER.match(title) if block.kind == "heading" else None
            if match and match["number"] in seen and seen[match["number"]] != title:
                twice.add(match["number"])
            elif match:
                seen[match["number"]] = title
    return HeadingPath({number: title for number, title in seen.items() if number not in twice})


def page_title(page: CleanPage) -> Block | None:
    """The chapter heading that ends a page, if one does: it comes from the margin, and titles the whole page.

    Typesetting keeps a heading with the text under it, so that one without text is out of its place.
    """
    blocks = [block for block in page.blocks if block.kind not in ("references", "caption")]
    if len(blocks) < 2 or blocks[-1].kind != "heading" or blocks[-1].level != 1:
        return None
    if any(block.kind == "heading" and block.level == 1 for block in blocks[:-1]):
        return None
    return blocks[-1]
