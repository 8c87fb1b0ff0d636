"""Units: the sentences, list items and table rows of a document, each with its place, headings and introduction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from beleidskennis.dutch import sentences
from beleidskennis.model import DocumentId, Span
from beleidskennis.passages.intros import Lists, opens, table_header
from beleidskennis.passages.paths import Entry, HeadingPath, page_title, start_path
from beleidskennis.passages.unit import Unit

if TYPE_CHECKING:
    from beleidskennis.cleaning import Block, CleanPage

HARD_LIMIT = 200
"""No passage is longer, in words: a longer "sentence" (a run-on table, a list in one line) is cut at a clause."""
ROW_LIMIT = 60
"""Sentences of a table row, reference or colophon are kept together up to so many words."""
CLAUSE = re.compile(r"(?<=[;:,])\s+")


def read_units(document_id: DocumentId, pages: Sequence[CleanPage]) -> Iterator[Unit]:
    """The units of a document in reading order; together they hold all text but the headings."""
    path = start_path(pages)
    lists = Lists()
    header: tuple[Span, ...] = ()
    taken: dict[int, int] = {}
    count = 0
    for index, page in enumerate(pages):
        title = page_title(page)
        if title is not None:
            yield from _bare(_enter(path, document_id, page, title))
        for place, block in enumerate(page.blocks):
            count += 1
            if block.kind == "heading":
                lists, header = Lists(), ()
                if block is not title:
                    yield from _bare(_enter(path, document_id, page, block))
                continue
            start = max(block.start, taken.get(page.page.page_number, 0) if block.continued else 0)
            above = path.names(), path.places()
            units = list(_block_units(document_id, pages, index, block, start, count, above, taken))
            if block.kind == "table":
                header = header or table_header(document_id, page, place)
                units = [replace(unit, intro=header) for unit in units]
            else:
                header = ()
                units = lists.introduce(units, block, page.page.text)
            yield from units
    yield from _bare(path.leave())


def _enter(path: HeadingPath, document_id: DocumentId, page: CleanPage, block: Block) -> list[Entry]:
    """Pass a heading of a page; gives those that no text stood under."""
    span = Span(document_id, page.page.page_number, block.start, block.end)
    return path.enter(block.level, page.page.text[block.start : block.end], span)


def _bare(headings: Sequence[Entry]) -> Iterator[Unit]:
    """Headings without text under them: no path has them, so they are text themselves (a cell, a slide's only line)."""
    for heading in headings:
        for place in (heading.whole, *heading.again) if heading.whole else ():
            yield Unit((place,), len(heading.title.split()), -1, "heading", 0, heading.title.endswith(":"), ())


def _block_units(
    document_id: DocumentId,
    pages: Sequence[CleanPage],
    index: int,
    block: Block,
    start: int,
    count: int,
    above: tuple[tuple[str, ...], tuple[tuple[Span, ...], ...]],
    taken: dict[int, int],
) -> Iterator[Unit]:
    """The units of one block from offset `start` on, under the headings `above` (and their places).

    Notes in `taken` how much of the next page its end takes.
    """
    page = pages[index].page
    body = max(start, block.text_start)
    places = [(a + body, b + body) for a, b in sentences.split(page.text[body : block.end])]
    if block.kind in ("table", "contents", "references", "colophon"):
        places = list(_joined(places, page.text))
    for position, (a, b) in enumerate(places):
        first = start if position == 0 and start == block.start else a
        spans: tuple[Span, ...] = (Span(document_id, page.page_number, first, b),)
        ending = page.text[a:b]
        if block.continues and position == len(places) - 1:
            spans, ending = _run_on(document_id, pages, index, spans, ending, taken)
        unit = Unit(spans, len(ending.split()), count, block.kind, a - first, opens(ending), *above)
        yield from _within_limit(unit, page.text)


def _joined(places: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Sentences of a row put together again as long as they stay short."""
    if not places:
        return
    start, end = places[0]
    for a, b in places[1:]:
        if len(text[start:b].split()) > ROW_LIMIT:
            yield start, end
            start = a
        end = b
    yield start, end


def _run_on(
    document_id: DocumentId,
    pages: Sequence[CleanPage],
    index: int,
    spans: tuple[Span, ...],
    text: str,
    taken: dict[int, int],
) -> tuple[tuple[Span, ...], str]:
    """Add to a page's last sentence what stands of it on the next page that has a block that goes on."""
    page, block = _continuation(pages, index)
    if page is None or block is None or page.page.page_number in taken:
        return spans, text
    more = page.page.text[block.start : block.end]
    joined = sentences.split(f"{text} {more}")
    end = next((b for _, b in joined if b > len(text) + 1), len(text) + 1 + len(more)) - len(text) - 1
    whole = f"{text} {more[:end]}"
    if len(whole.split()) > HARD_LIMIT:
        return spans, text
    taken[page.page.page_number] = block.start + end
    return (*spans, Span(document_id, page.page.page_number, block.start, block.start + end)), whole


def _continuation(pages: Sequence[CleanPage], index: int) -> tuple[CleanPage | None, Block | None]:
    """The page and block in which the sentence goes on that page `index` breaks off."""
    for page in pages[index + 1 :]:
        for block in page.blocks:
            if block.continued:
                return page, block
        if any(block.continues for block in page.blocks):
            break
    return None, None


def _within_limit(unit: Unit, text: str) -> Iterator[Unit]:
    """The unit, or pieces of it cut at clauses where it is longer than a passage may be."""
    if unit.words <= HARD_LIMIT:
        yield unit
        return
    span = unit.spans[0]
    part = text[span.start : span.end]
    borders = [*(match.end() for match in CLAUSE.finditer(part)), len(part)]
    start = 0
    for here, following in zip(borders, [*borders[1:], None], strict=True):
        if following is not None and len(part[start:following].split()) <= HARD_LIMIT // 2:
            continue
        yield from _by_words(unit, part, start, here)
        start = here


def _by_words(unit: Unit, part: str, start: int, end: int) -> Iterator[Unit]:
    """A clause as a unit; one that is itself too long is cut between words."""
    span = unit.spans[0]
    words = list(re.finditer(r"\S+", part[start:end]))
    for first in range(0, len(words), HARD_LIMIT // 2):
        chosen = words[first : first + HARD_LIMIT // 2]
        low, high = start + chosen[0].start(), start + chosen[-1].end()
        place = Span(span.document_id, span.page_number, span.start + low, span.start + high)
        yield replace(unit, spans=(place,), words=len(chosen), lead=unit.lead if low == 0 else 0)
