"""Text as HTML. Everything that comes from a document is escaped here; nothing else of a document reaches the page.

Streamlit reads labels as Markdown; `plain` takes that meaning away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from beleidskennis.model import Document, Hit, LegRank, Passage

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:=^\"'])")
_LABEL_LIMIT = 90
_WORD_JOINER = "\u2060"
LEG_NAMES = {"woorden": "woorden", "betekenis": "betekenis"}


def plain(text: str, limit: int = _LABEL_LIMIT) -> str:
    """`text` for a label that Streamlit reads as Markdown: shown as it is, cut at `limit` characters.

    A word joiner after a colon keeps `:name:` from becoming an emoji or an icon.
    """
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return _MARKDOWN.sub(r"\\\1", text).replace("\\:", f"\\:{_WORD_JOINER}")


def highlighted(text: str, places: Iterable[tuple[int, int]]) -> str:
    """`text` as HTML, with `<mark>` around `places` (offsets, half open; overlapping ones become one)."""
    parts: list[str] = []
    end = 0
    for low, high in merged(places):
        parts += [escape(text[end:low]), "<mark>", escape(text[low:high]), "</mark>"]
        end = high
    return "".join([*parts, escape(text[end:])])


def merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`places` in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(places):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def page_name(page_label: str, page_number: int, page_count: int = 0) -> str:
    """`p. 12 (bladzijde 14 van 30 in het bestand)`; short when the printed page is the physical one."""
    if page_label == str(page_number):
        return f"p. {page_label}" + (f" van {page_count}" if page_count else "")
    of = f" van {page_count}" if page_count else ""
    return f"p. {page_label} (bladzijde {page_number}{of} in het bestand)"


def source_line(document: Document) -> str:
    """Publisher, year and kind, as far as known, as HTML."""
    parts = [document.publisher, document.date[:4], document.kind]
    return " · ".join(escape(part) for part in parts if part)


def path_line(headings: Sequence[str]) -> str:
    """A heading path as HTML; empty when there is none."""
    if not headings:
        return ""
    steps = " <span aria-hidden='true'>›</span> ".join(escape(heading) for heading in headings)
    return f"<p class='bk-path'>{steps}</p>"


def why_line(legs: Sequence[LegRank]) -> str:
    """Which way of searching found a hit, and at which place."""
    if not legs:
        return ""
    found = " en ".join(f"{LEG_NAMES.get(leg.leg, leg.leg)} ({leg.rank}e)" for leg in legs)
    return f"<p class='bk-why'>Gevonden op {escape(found)}</p>"


def chips(labels: Iterable[str], kind: str = "") -> str:
    """Short labels in a row."""
    items = "".join(f"<li>{escape(label)}</li>" for label in labels)
    return f"<ul class='bk-chips {escape(kind)}'>{items}</ul>" if items else ""


def passage_body(passage: Passage, places: Iterable[tuple[int, int]] = ()) -> str:
    """The introducing sentence and the text of a passage."""
    intro = f"<p class='bk-intro'>{escape(passage.intro)}</p>" if passage.intro else ""
    return f"{intro}<blockquote class='bk-text'>{highlighted(passage.text, places)}</blockquote>"


def hit_card(hit: Hit, extra: str = "") -> str:
    """A hit as a card: title, source, place, heading path, text with the words that matched, and why it is here."""
    passage, document = hit.passage, hit.document
    where = escape(page_name(passage.page_label, passage.page_number, document.page_count))
    source = source_line(document)
    also = f"<p class='bk-why'>Ook in {len(hit.also_in)} andere versie(s)</p>" if hit.also_in else ""
    return (
        "<article class='bk-card'>"
        f"<h3><span class='bk-rank'>{hit.rank}.</span> {escape(document.title)}</h3>"
        f"<p class='bk-source'><strong>{where}</strong>{' · ' if source else ''}{source}</p>"
        f"{path_line(passage.headings)}{passage_body(passage, hit.matched)}{extra}{why_line(hit.legs)}{also}"
        "</article>"
    )
