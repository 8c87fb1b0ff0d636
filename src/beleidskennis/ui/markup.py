"""Text as HTML. Everything that comes from a document is escaped here; nothing else of a document reaches the page.

Streamlit reads labels as Markdown; `plain` takes that meaning away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from beleidskennis.model import Citation, Document, Hit, LegRank, Passage, Recommendation
from beleidskennis.versions.wording import advice_line, hit_lines

_MARKDOWN = re.compile(r"([\\`*\[\]~<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")
_JOINED = re.compile(r":(?=\S)|(?<=www)\.|(?=@)", re.IGNORECASE)
_LABEL_LIMIT = 90
_WORD_JOINER = "\u2060"
SHOWN_AT_LEAST, WORTH_FOLDING = 420, 200
"""Characters of a passage that are always shown, some six lines, and how many more it takes to fold the rest away."""
_SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+|\n")
_SPACE = re.compile(r"\s+")
LEG_NAMES = {"woorden": "woorden", "betekenis": "betekenis"}


def plain(text: str, limit: int = _LABEL_LIMIT) -> str:
    """`text` for a label that Streamlit reads as Markdown: shown as it is, cut at `limit` characters.

    As little as possible is escaped, since screen readers hear the label with its backslashes. A word joiner, which
    is neither seen nor heard, keeps `:name:` from becoming an icon and addresses from becoming links.
    """
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    text = _MARKDOWN.sub(r"\\\1", text)
    if text.count("$") > 1:
        text = text.replace("$", "\\$")
    return _JOINED.sub(lambda found: found[0] + _WORD_JOINER, text)


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
    if _is_part(page_label):
        return page_label
    if page_label == str(page_number):
        return f"p. {page_label}" + (f" van {page_count}" if page_count else "")
    of = f" van {page_count}" if page_count else ""
    return f"p. {page_label} (bladzijde {page_number}{of} in het bestand)"


def to_page(page_label: str) -> str:
    """What a button says that opens a page, or a part of a text without pages."""
    label = plain(page_label)
    return f"Toon {label}" if _is_part(page_label) else f"Toon bladzijde {label}"


def _is_part(page_label: str) -> bool:
    """Whether it names a part of a text without pages."""
    return page_label.startswith(("§", "al. "))


def status(heading: str, rest: str = "") -> str:
    """A heading that says what was found, read aloud when it changes; `rest` is HTML."""
    return f"<div role='status'><h2 class='bk-h3'>{escape(heading)}</h2>{rest}</div>"


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
    return intro + quote_html(passage.text, places)


def quote_html(text: str, places: Iterable[tuple[int, int]] = ()) -> str:
    """A quote with `places` marked; the rest of a long one is a click away."""
    marks = merged(places)
    cut = cut_place(text, marks)
    body = f"<blockquote class='bk-text'>{highlighted(text[:cut], _clipped(marks, 0, cut))}</blockquote>"
    if cut == len(text):
        return body
    rest = _clipped(marks, cut, len(text))
    more = f", met nog {len(rest)} gevonden {'woord' if len(rest) == 1 else 'woorden'}" if rest else ""
    return (
        f"{body}<details class='bk-more'><summary>Lees verder{more}</summary>"
        f"<blockquote class='bk-text'>{highlighted(text[cut:], rest)}</blockquote></details>"
    )


def version_notes(found: Hit | Citation) -> str:
    """Where the text stands in other versions, and whether there is a newer one, as notes."""
    return "".join(f"<p class='bk-note'>{escape(line)}</p>" for line in hit_lines(found))


def cut_place(text: str, marks: Sequence[tuple[int, int]] = ()) -> int:
    """Where to break off a long text: after a sentence or a line, never inside one of `marks`; its length if short."""
    if len(text) <= SHOWN_AT_LEAST + WORTH_FOLDING:
        return len(text)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, SHOWN_AT_LEAST)]
    ends += [found.end() for found in _SPACE.finditer(text, SHOWN_AT_LEAST + WORTH_FOLDING)][:1]
    for end in ends:
        if not any(low < end < high for low, high in marks):
            return end if len(text) - end > WORTH_FOLDING else len(text)
    return len(text)


def _clipped(marks: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The marks between two places, counted from the first."""
    return [(low - start, high - start) for low, high in marks if start <= low and high <= end]


def hit_card(hit: Hit, extra: str = "") -> str:
    """A hit as a card: title, source, place, heading path, text with the words that matched, and why it is here."""
    passage, document = hit.passage, hit.document
    where = escape(page_name(passage.page_label, passage.page_number, document.page_count))
    source = source_line(document)
    also = version_notes(hit)
    return (
        "<article class='bk-card'>"
        f"<h3><span class='bk-rank'>{hit.rank}.</span> {escape(document.title)}</h3>"
        f"<p class='bk-source'><strong>{where}</strong>{' · ' if source else ''}{source}</p>"
        f"{path_line(passage.headings)}{passage_body(passage, hit.matched)}{extra}{why_line(hit.legs)}{also}"
        "</article>"
    )


_SCHEME_NAMES = {"addressee": "Voor", "theme": "Thema", "sector": "Sector"}


def advice_card(
    item: Recommendation, document: Document, names: Mapping[str, Sequence[str]], *, status: str = ""
) -> str:
    """A recommendation as a card: its quote, its place, who has to act, themes and sectors.

    `names` gives the names of its concepts by scheme; `status` is how far its follow-up is, where anything is kept.
    """
    where = escape(page_name(item.page_label, item.page_number, document.page_count))
    source = source_line(document)
    intro = f"<p class='bk-intro'>{escape(item.intro)}</p>" if item.intro else ""
    facts = [item.kind, item.strength.value]
    facts += [f"termijn: {item.deadline}"] if item.deadline else []
    facts += [f"genoemd: {', '.join(item.figures)}"] if item.figures else []
    facts += [f"advies van {item.speaker}, hier aangehaald"] if item.speaker else []
    facts += [f"staat {len(item.also_at) + 1} keer in het document"] if item.also_at else []
    facts += [advice_line(item)] if item.also_in else []
    labels = [f"{prefix}: {name}" for scheme, prefix in _SCHEME_NAMES.items() for name in names.get(scheme, ())]
    labels += [f"Opvolging: {status}"] if status else []
    return (
        "<article class='bk-card'>"
        f"<h3>{escape(document.title)}</h3>"
        f"<p class='bk-source'><strong>{where}</strong>{' · ' if source else ''}{source}</p>"
        f"{path_line(item.headings)}{intro}<blockquote class='bk-text'>{escape(item.quote)}</blockquote>"
        f"{chips(labels)}<p class='bk-why'>{escape(' · '.join(facts))}</p></article>"
    )
