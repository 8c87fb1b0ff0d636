"""Clean pages to passages: whole sentences, one heading path, one page but for a last sentence that runs on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from beleidskennis.model import DocumentId, Passage, PassageId, PassageKind, Span, slice_spans
from beleidskennis.passages.unit import Unit
from beleidskennis.passages.units import HARD_LIMIT, read_units

if TYPE_CHECKING:
    from beleidskennis.cleaning import CleanPage

__all__ = ["HARD_LIMIT", "cut_passages"]

KINDS = {
    "table": PassageKind.TABLE,
    "contents": PassageKind.CONTENTS,
    "references": PassageKind.REFERENCES,
    "colophon": PassageKind.COLOPHON,
    "list-item": PassageKind.LIST,
}
JUDGED = 500
"""Characters from which the language of a passage is told: some 80 words, of which half are function words."""
EACH = 0.15
"""What a passage costs by itself: keeps a section from being cut finer than its length asks for."""
AFTER_INTRO, IN_PARAGRAPH, IN_ITEM, BETWEEN_ITEMS = 0.8, 0.2, 0.5, 0.1
"""What it costs to cut after a sentence that introduces a list, inside a paragraph or item, and between two items."""


def cut_passages(
    document_id: DocumentId,
    pages: Sequence[CleanPage],
    *,
    target_words: int = 110,
    max_words: int = 160,
    detect: Callable[[str], str] | None = None,
) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order.

    Every paragraph, list item, table row and caption of the pages is in exactly one passage; headings are in the
    heading paths (one without text under it is a passage itself). Passages do not cross headings or pages; only a last
    sentence runs on to the next page. `detect` gives the language of a text (ISO 639-1); without it all is Dutch.
    """
    texts = {page.page.page_number: page.page.text for page in pages}
    labels = {page.page.page_number: page.page.page_label for page in pages}
    passages: list[Passage] = []
    for _, group in groupby(read_units(document_id, pages), key=lambda unit: unit.section):
        for stretch in _stretches(group, texts):
            for units in cut_units(stretch, target_words, max_words):
                passages.append(_passage(document_id, units, texts, labels, len(passages), detect))
    return tuple(passages)


def _stretches(units: Iterable[Unit], texts: Mapping[int, str]) -> Iterator[list[Unit]]:
    """Part units where something stands between them on the page: what ran on from the page before, or a heading."""
    stretch: list[Unit] = []
    for unit in units:
        if stretch:
            last, first = stretch[-1].spans[0], unit.spans[0]
            if last.end > first.start or texts[first.page_number][last.end : first.start].strip():
                yield stretch
                stretch = []
        stretch.append(unit)
    if stretch:
        yield stretch


def cut_units(units: Sequence[Unit], target: int, limit: int) -> list[list[Unit]]:
    """Part the units of a section so that the passages come as near to the target length (in words) as they can.

    Dynamic programming over the borders; a border inside a paragraph, or after the introduction of a list, costs extra.
    A unit that runs on to the next page ends its passage. Only a single unit can be longer than `limit`.
    """
    count = len(units)
    best = [0.0] + [float("inf")] * count
    link = [0] * (count + 1)
    for end in range(1, count + 1):
        border = _border(units[end - 1], units[end]) if end < count else 0.0
        words = 0
        for start in range(end - 1, -1, -1):
            words += units[start].words
            if words > limit and start < end - 1:
                break
            cost = best[start] + _misfit(words, target) + border
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


def _misfit(words: int, target: int) -> float:
    """How bad a passage of so many words is: its squared relative distance from the target."""
    share = (words - target) / target
    return share * share + EACH


def _border(before: Unit, after: Unit) -> float:
    """How bad it is to cut between two units."""
    if before.opens and after.kind == "list-item":
        return AFTER_INTRO
    if before.block == after.block:
        return IN_ITEM if before.kind == "list-item" else IN_PARAGRAPH
    return BETWEEN_ITEMS if after.kind == "list-item" else 0.0


def _passage(
    document_id: DocumentId,
    units: Sequence[Unit],
    texts: Mapping[int, str],
    labels: Mapping[int, str],
    position: int,
    detect: Callable[[str], str] | None,
) -> Passage:
    """The passage of some units that follow one another."""
    first, last = units[0].spans[0], units[-1].spans
    spans = (Span(document_id, first.page_number, first.start, last[0].end), *last[1:])
    text = slice_spans(spans, texts)
    intro = () if _holds(spans, units[0].intro) else units[0].intro
    return Passage(
        passage_id=_identify(document_id, spans, text),
        document_id=document_id,
        position=position,
        text=text,
        spans=spans,
        page_number=first.page_number,
        page_label=labels[first.page_number],
        headings=units[0].headings,
        heading_spans=units[0].heading_spans if any(units[0].heading_spans) else (),
        intro=slice_spans(intro, texts) if intro else "",
        intro_spans=intro,
        kind=_kind(units),
        language=(detect(text[:JUDGED]) or "nl") if detect else "nl",
        sentences=tuple(_offsets(unit, first.start) for unit in units),
    )


def _offsets(unit: Unit, start: int) -> tuple[int, int]:
    """Offsets of a unit's text in the text of a passage that starts at `start` on its page."""
    run_on = sum(1 + span.end - span.start for span in unit.spans[1:])
    return unit.spans[0].start + unit.lead - start, unit.spans[0].end - start + run_on


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
