"""Clean pages to passages: whole sentences, one heading path, one page but for a last sentence that runs on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from beleidskennis.dutch import sentences
from beleidskennis.model import DocumentId, Passage, PassageId, PassageKind, Span, slice_spans

if TYPE_CHECKING:
    from beleidskennis.cleaning import Block, CleanPage

HARD_LIMIT = 200
"""No passage is longer, in words: a longer "sentence" (a run-on table, a list in one line) is cut at a clause."""
INTRO_LIMIT = 60
"""An introducing sentence longer than this, in words, is not repeated with the items."""
KINDS = {
    "table": PassageKind.TABLE,
    "contents": PassageKind.CONTENTS,
    "references": PassageKind.REFERENCES,
    "colophon": PassageKind.COLOPHON,
    "list-item": PassageKind.LIST,
}
CLAUSE = re.compile(r"(?<=[;:,])\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item: the least that a passage can hold.

    `spans` are its places (two if it runs on to the next page), `lead` the characters before its text (the mark of a
    list item), `block` counts the blocks of the document.
    """

    spans: tuple[Span, ...]
    words: int
    block: int
    kind: str
    lead: int
    opens: bool
    """Whether it introduces a list: it ends in a colon."""
    headings: tuple[str, ...]
    intro: tuple[tuple[Span, ...], ...] = ()


def cut_passages(
    document_id: DocumentId,
    pages: Sequence[CleanPage],
    *,
    target_words: int = 110,
    max_words: int = 160,
    detect: Callable[[str], str] | None = None,
) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order.

    Every paragraph, list item, table row and caption of the pages is in exactly one passage; headings are in the heading
    paths (a heading that is a whole sentence is a passage too). Passages do not cross headings or pages; only a last
    sentence runs on to the next page. `detect` gives the language of a text; without it all is Dutch.
    """
    texts = {page.page.page_number: page.page.text for page in pages}
    labels = {page.page.page_number: page.page.page_label for page in pages}
    passages: list[Passage] = []
    for _, group in groupby(_units(document_id, pages), key=_section):
        for units in _cut(list(group), target_words, max_words):
            passages.append(_passage(document_id, units, texts, labels, len(passages), detect))
    return tuple(passages)


def _section(unit: Unit) -> tuple[object, ...]:
    """Units of one section and page can share a passage."""
    kind = "text" if unit.kind in ("paragraph", "list-item", "caption", "heading") else unit.kind
    return unit.spans[0].page_number, unit.headings, kind


def _units(document_id: DocumentId, pages: Sequence[CleanPage]) -> Iterator[Unit]:
    """The sentences, items and rows of a document, with their heading path and introduction."""
    texts = {page.page.page_number: page.page.text for page in pages}
    path: list[tuple[int, str]] = []
    intro: tuple[tuple[Span, ...], ...] = ()
    taken: dict[int, int] = {}
    count = 0
    for index, page in enumerate(pages):
        number, text = page.page.page_number, page.page.text
        for block in page.blocks:
            if block.kind == "heading":
                title = text[block.start : block.end]
                path = [*((level, name) for level, name in path if level < block.level), (block.level, title)]
                intro = ()
                if not _is_sentence(title):
                    continue
            count += 1
            start = taken.get(number, 0) if block.continued else 0
            headings = tuple(name for _, name in path)
            units = list(
                _block_units(document_id, pages, index, block, max(block.start, start), count, headings, taken)
            )
            if block.kind == "list-item" and intro:
                units = [replace(unit, intro=intro) for unit in units]
            yield from units
            if block.kind != "list-item":
                last = units[-1] if units else None
                opens = last is not None and last.opens and last.words <= INTRO_LIMIT
                intro = (last.spans,) if opens and last is not None else ()
            _ = texts


def _block_units(
    document_id: DocumentId,
    pages: Sequence[CleanPage],
    index: int,
    block: Block,
    start: int,
    count: int,
    headings: tuple[str, ...],
    taken: dict[int, int],
) -> Iterator[Unit]:
    """The units of one block from offset `start` on; notes in `taken` how much of the next page its end takes."""
    page = pages[index].page
    body = max(start, block.text_start)
    lead = body - start
    places = [(a + body, b + body) for a, b in sentences.split(page.text[body : block.end])]
    if block.kind in ("table", "contents", "references", "colophon") and places:
        places = list(_joined(places, page.text))
    for position, (a, b) in enumerate(places):
        first = a - (lead if position == 0 else 0)
        spans: tuple[Span, ...] = (Span(document_id, page.page_number, first, b),)
        ending = page.text[a:b]
        if block.continues and position == len(places) - 1:
            spans, ending = _run_on(document_id, pages, index, spans, ending, taken)
        yield from _within_limit(
            Unit(
                spans=spans,
                words=len(ending.split()),
                block=count,
                kind=block.kind,
                lead=a - first,
                opens=ending.endswith(":"),
                headings=headings,
            ),
            page.text,
        )


def _joined(places: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Sentences of a reference or table row put together again as long as they stay short."""
    start, end = places[0]
    for a, b in places[1:]:
        if len(text[start:b].split()) > 60:
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
    """Add to a page's last sentence what stands of it on the next page."""
    for page in pages[index + 1 :]:
        block = next((block for block in page.blocks if block.continued), None)
        if block is None:
            if any(other.kind in ("paragraph", "list-item") for other in page.blocks):
                break
            continue
        more = page.page.text[block.start : block.end]
        joined = sentences.split(text + " " + more)
        end = next((b for _, b in joined if b > len(text)), len(text) + 1 + len(more)) - len(text) - 1
        if len((text + " " + more[:end]).split()) > HARD_LIMIT:
            break
        taken[page.page.page_number] = block.start + end
        span = Span(document_id, page.page.page_number, block.start, block.start + end)
        return (*spans, span), text + " " + more[:end]
    return spans, text


def _within_limit(unit: Unit, text: str) -> Iterator[Unit]:
    """The unit, or pieces of it cut at clauses where it is longer than a passage may be."""
    if unit.words <= HARD_LIMIT:
        yield unit
        return
    span = unit.spans[0]
    part = text[span.start : span.end]
    borders = [0, *(match.end() for match in CLAUSE.finditer(part)), len(part)]
    start = 0
    for here, following in zip(borders[1:], [*borders[2:], None], strict=True):
        if following is not None and len(part[start:following].split()) <= HARD_LIMIT // 2:
            continue
        yield from _by_words(unit, span, part, start, here)
        start = here


def _by_words(unit: Unit, span: Span, part: str, start: int, end: int) -> Iterator[Unit]:
    """A clause as a unit; one that is itself too long is cut between words."""
    words = list(re.finditer(r"\S+", part[start:end]))
    for first in range(0, len(words), HARD_LIMIT // 2):
        chosen = words[first : first + HARD_LIMIT // 2]
        place = Span(
            span.document_id,
            span.page_number,
            span.start + start + chosen[0].start(),
            span.start + start + chosen[-1].end(),
        )
        yield replace(unit, spans=(place,), words=len(chosen), lead=unit.lead if start == first == 0 else 0)


def _is_sentence(title: str) -> bool:
    """Whether a heading says something by itself: it ends as a sentence, or is long."""
    return title.endswith((".", "!", "?")) and len(title.split()) >= 5


def _cut(units: Sequence[Unit], target: int, limit: int) -> list[list[Unit]]:
    """Part the units of a section so that the passages come as near to the target length as they can.

    Dynamic programming over the borders; a border inside a paragraph, or after the introduction of a list, costs extra.
    """
    count = len(units)
    best = [0.0] + [float("inf")] * count
    link = [0] * (count + 1)
    for end in range(1, count + 1):
        words = 0
        for start in range(end - 1, -1, -1):
            words += units[start].words
            if words > limit and start < end - 1:
                break
            cost = best[start] + _cost(words, target) + (_border(units[end - 1], units[end]) if end < count else 0.0)
            if cost < best[end]:
                best[end], link[end] = cost, start
            if start and len(units[start - 1].spans) > 1:
                break
    parts: list[list[Unit]] = []
    end = count
    while end:
        parts.append(list(units[link[end] : end]))
        end = link[end]
    return parts[::-1]


def _cost(words: int, target: int) -> float:
    """How bad a passage of so many words is: too short more than a little too long."""
    share = (words - target) / target
    return share * share * (1.0 if share < 0 else 0.8) + 0.15


def _border(before: Unit, after: Unit) -> float:
    """How bad it is to cut between two units."""
    if before.opens:
        return 0.8
    if before.block == after.block:
        return 0.2 if before.kind != "list-item" else 0.5
    return 0.1 if after.kind == "list-item" else 0.0


def _passage(
    document_id: DocumentId,
    units: Sequence[Unit],
    texts: dict[int, str],
    labels: dict[int, str],
    position: int,
    detect: Callable[[str], str] | None,
) -> Passage:
    """The passage of some units that follow one another."""
    first, last = units[0].spans[0], units[-1].spans
    spans = (Span(document_id, first.page_number, first.start, last[0].end), *last[1:])
    text = slice_spans(spans, texts)
    intro = units[0].intro[0] if units[0].intro and not _holds(spans, units[0].intro[0]) else ()
    return Passage(
        passage_id=_identify(document_id, spans, text),
        document_id=document_id,
        position=position,
        text=text,
        spans=spans,
        page_number=first.page_number,
        page_label=labels[first.page_number],
        headings=units[0].headings,
        intro=slice_spans(intro, texts) if intro else "",
        intro_spans=intro,
        kind=_kind(units),
        language=(detect(text) or "nl") if detect else "nl",
        sentences=tuple(
            (
                unit.spans[0].start + unit.lead - first.start,
                unit.spans[0].end - first.start + sum(1 + span.end - span.start for span in unit.spans[1:]),
            )
            for unit in units
        ),
    )


def _holds(spans: Sequence[Span], intro: Sequence[Span]) -> bool:
    """Whether a passage holds its own introduction."""
    return any(
        span.page_number == other.page_number and span.start <= other.start < span.end
        for span in spans
        for other in intro
    )


def _kind(units: Sequence[Unit]) -> PassageKind:
    """The kind of most of its words."""
    weight: dict[PassageKind, int] = {}
    for unit in units:
        kind = KINDS.get(unit.kind, PassageKind.BODY)
        weight[kind] = weight.get(kind, 0) + unit.words
    return max(weight, key=lambda kind: weight[kind])


def _identify(document_id: DocumentId, spans: Sequence[Span], text: str) -> PassageId:
    """16 hexadecimal characters of the SHA-256 of the document, the places and the text."""
    places = "\x1e".join(f"{span.page_number}:{span.start}:{span.end}" for span in spans)
    return PassageId(hashlib.sha256("\x1f".join((document_id, places, text)).encode()).hexdigest()[:16])
