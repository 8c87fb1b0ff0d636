"""Headings: by numbering, size, weight and shortness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.cleaning.lists import BULLET_ITEM, is_ended, is_open
from beleidskennis.cleaning.openers import POINTERS, opens_sentence
from beleidskennis.cleaning.rows import Row, usual_size

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_‘“\"']|[‘“\"'][^\W\d_])")
LETTERED = re.compile(r"^(?P<letter>[A-Z])\.\s+(?=[A-Z‘“])")
NAMED = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|annex|appendix)\s+(?:\d+|[IVX]+|[A-Z])\b"
    r"|^(?:voorwoord|inhoud(?:sopgave)?|(?:management)?samenvatting|conclusies?|aanbevelingen|colofon|nawoord|bijlagen"
    r"|literatuur(?:lijst)?|bronnen(?:lijst)?|referenties|begrippenlijst|slot(?:woord)?|verantwoording)$",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^(?:figuur|tabel|afbeelding|grafiek|kaart|foto|box|kader|figure|table)\s+\d+(?:[.\-]\d+)*\b|^(?:bron|bronnen|source)\s*:",
    re.IGNORECASE,
)
"""What belongs to a figure, table or box and stands outside the running text: its title, its source."""
MAX_WORDS = 16
ROOM = 0.88
"""A line that would have held the next line's first word within this share of the usual width was ended on purpose.
Below 1 because letters differ in width."""
LONG_LINE = 0.6
"""A plain line is only taken for a heading over a line of at least this share of the usual width."""

TITLE_WORDS = 10
"""A plain title that fills its line has at most so many words; a line of running text mostly has more."""


@dataclass(slots=True)
class Outline:
    """Where the document is: the level of its last numbered heading, its last lettered one ("C") and last chapter."""

    depth: int = 0
    letter: str = ""
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A row with its neighbours among the body rows of its page, and what is usual on that page."""

    row: Row
    before: Row | None
    after: Row | None
    then: Row | None
    size: float
    width: int

    @property
    def marked(self) -> bool:
        """Whether it is set in bold or in large type."""
        return self.row.bold or self.row.size > 1.08 * self.size


def mark_headings(rows: Sequence[Row], outline: Outline, *, width: int, slide: bool = False) -> None:
    """Set the role "heading" and the level of the headings among a page's body rows, and keep `outline` up to date.

    Measured on 62 labelled pages: precision 0.98, recall 0.92 (102 lines); on the 21 of them that were labelled last,
    before and after the rules for titles in plain type: recall 0.63 and 0.89. The known cost: titles inside diagrams
    are taken for text, and so is a plain title as long as its line that no article, preposition or pointing word comes
    after.

    `width` is the usual length of a line, in characters. Bold or large type alone is no proof (PDFs made from other
    text set any short line bold), so a candidate must also not run on in the next line; and a plain short line between
    white and a paragraph is a heading too. On a `slide` (a page wider than high) the first heading is a title of its
    own, not a part of the last numbered one.
    """
    size = usual_size(rows)
    body = [row for row in rows if row.role == "body"]
    title: Row | None = None
    index = 0
    while index < len(body):
        place = _place(body, index, size, width)
        level = _level(place, outline)
        index += 1
        if not level:
            continue
        if slide and not any(form.match(place.row.words) for form in (NUMBERED, NAMED, LETTERED)):
            title = place.row if place.before is None else title
            level = _slide_level(place.row, title, level, outline)
        place.row.role, place.row.level = "heading", level
        if NUMBERED.match(place.row.words) or NAMED.match(place.row.words):
            outline.depth = level
        while index < len(body) and _continues(_place(body, index - 1, size, width)):
            body[index].role, body[index].level = "heading-rest", level
            index += 1


def _slide_level(row: Row, title: Row | None, level: int, outline: Outline) -> int:
    """The level of a heading on a slide: 1 for the title that comes first, and for those in the same type."""
    if title is None:
        return level
    if row is title:
        outline.depth = 1
    return 1 if row.size > 0.95 * title.size and row.bold == title.bold else level


def _place(body: Sequence[Row], index: int, size: float, width: int) -> Place:
    def at(position: int) -> Row | None:
        return body[position] if 0 <= position < len(body) else None

    return Place(body[index], at(index - 1), at(index + 1), at(index + 2), size, width)


def _level(place: Place, outline: Outline) -> int:
    """The level of a row as a heading, 0 if it is none."""
    text = place.row.words
    if len(text.split()) > MAX_WORDS or CAPTION.match(text) or not any(letter.isalpha() for letter in text):
        return 0
    if BULLET_ITEM.match(text):
        return _bullet_level(place, outline)
    if place.row.lost_bullet or _is_ended(place) or _runs_on(place):
        return 0
    numbered = NUMBERED.match(text)
    if numbered:
        return _numbered_level(place, numbered, outline)
    titled = _titles_sentence(place)
    no_room = place.after is not None and not place.after.gap and not _has_room(place.row, place.after, place.width)
    if no_room and not titled:
        return 0
    if NAMED.match(text) and (place.marked or place.row.gap):
        return 1
    lettered = LETTERED.match(text)
    if lettered:
        return _lettered_level(place, lettered["letter"], outline)
    starts = text[0].isupper() or text[0] in "‘“\"'…("
    apart = place.row.gap or (place.before is not None and place.before.role.startswith("heading"))
    marked = apart and place.marked and not _is_signature(place)
    if titled or (starts and (marked or _titles_paragraph(place) or _stands_alone(place))):
        return min(outline.depth + 1, 6)
    return 0


def _is_ended(place: Place) -> bool:
    """Whether a row ends as a sentence or an introduction does; a question or a trailing "…" can be a heading."""
    text = place.row.words
    if text.endswith(("?", "…", "...")):
        return not (place.marked or place.row.gap)
    return is_ended(text)


def _numbered_level(place: Place, numbered: re.Match[str], outline: Outline) -> int:
    parts = numbered["number"].count(".") + 1
    text = place.row.words
    if parts > 1:
        return min(parts, 6)
    if _in_list(place) or text[numbered.end()].islower():
        return 0
    number = int(numbered["number"])
    in_turn = number == outline.chapter + 1 and place.row.gap and (number > 1 or _is_asked(place))
    if not (place.marked or in_turn or (place.row.gap and len(text) < 0.8 * place.width)):
        return 0
    outline.chapter = number
    return 1


def _is_asked(place: Place) -> bool:
    """Whether the first row of a page has a short question under it ("Waarom?"): the title of a slide."""
    after = place.after
    return place.before is None and after is not None and after.words.endswith("?") and len(after.words.split()) <= 6


def _lettered_level(place: Place, letter: str, outline: Outline) -> int:
    """A heading "C. ..." is marked as one, or comes in turn after "B. ..."; one beside it makes them a list."""
    near = [LETTERED.match(row.words) for row in (place.before, place.after) if row is not None]
    if any(near):
        return 0
    in_turn = outline.letter and ord(letter) == ord(outline.letter) + 1 and place.row.gap
    if not (place.marked or in_turn):
        return 0
    outline.letter = letter
    return min(outline.depth + 1, 6)


def _titles_paragraph(place: Place) -> bool:
    """Whether a plain line is the title of the paragraph under it: short, between white and a line of full length."""
    row, after = place.row, place.after
    if after is None or after.gap or len(row.words.split()) > 10 or len(row.words) > 0.82 * place.width:
        return False
    above = place.before
    fresh = _is_fresh(place)
    if not row.gap and (above is None or not above.words.endswith(".") or len(row.words) > LONG_LINE * place.width):
        return False
    return fresh and len(after.words) >= LONG_LINE * place.width and after.words[:1].isupper()


def _is_fresh(place: Place) -> bool:
    """Whether no sentence is under way where a row starts."""
    above = place.before
    return above is None or above.role != "body" or is_ended(above.words) or bool(CAPTION.match(above.words))


def _titles_sentence(place: Place) -> bool:
    """Whether a line that is not ended has a line under it that surely starts a sentence: it is its title.

    For titles as long as their line, and in PDFs of which weight and white say nothing.
    """
    row, after = place.row, place.after
    words = row.words.split()
    if after is None or after.gap or len(words) > TITLE_WORDS or words[0] in POINTERS or is_open(row.words):
        return False
    if not row.words[:1].isupper() and row.words[0] not in "‘“\"'…":
        return False
    after_item = place.marked and place.before is not None and _is_item(place.before)
    return (row.gap or _is_fresh(place) or after_item) and opens_sentence(after.words)


def _is_item(row: Row) -> bool:
    return row.lost_bullet or bool(BULLET_ITEM.match(row.words))


def _stands_alone(place: Place) -> bool:
    """Whether one plain line, or two, between white titles the paragraph of full lines that comes next."""
    row, text, below = place.row, place.after, place.then
    if text is not None and below is not None and not text.gap and text.words[:1].islower() and below.gap:
        if len(text.words) > 0.5 * place.width or is_ended(text.words):
            return False
        text, below = below, None
    if not row.gap or text is None or not text.gap or (below is not None and below.gap) or is_open(row.words):
        return False
    full = len(text.words) >= LONG_LINE * place.width and not BULLET_ITEM.match(text.words)
    starts = text.words[:1].isupper() or text.words[0] in "‘“\"'"
    return full and starts and (_is_fresh(place) or opens_sentence(text.words))


def _is_signature(place: Place) -> bool:
    """Whether the marked row and one short line under it are all there is between white: a name with its office."""
    after, then = place.after, place.then
    if after is None or after.gap or (then is not None and not then.gap) or is_ended(after.words):
        return False
    name = after.words[:1].isupper() and len(after.words) < 0.5 * LONG_LINE * place.width
    return name and not NUMBERED.match(place.row.words) and not BULLET_ITEM.match(place.row.words)


def _in_list(place: Place) -> bool:
    """Whether a line "2. ..." is an item of a list: the next or the last number stands right beside it."""
    number = place.row.words.split()[0].rstrip(".")
    if not number.isdigit():
        return False
    if number == "1" and place.before is not None and place.before.words.endswith(":"):
        return True
    near = [row.words.split()[0].rstrip(".") for row in (place.before, place.after) if row is not None]
    return any(other.isdigit() and abs(int(other) - int(number)) == 1 for other in near)


def _has_room(row: Row, after: Row, width: int) -> bool:
    """Whether the first word of the next line would have fitted behind this one: the line was ended on purpose."""
    return len(row.words) + 1 + len(after.words.split(" ", 1)[0]) < ROOM * width


def _bullet_level(place: Place, outline: Outline) -> int:
    """A bold line with a bullet and a paragraph under it is a heading; among other items it is an item."""
    text, after = place.row.words, place.after
    if not place.marked or not place.row.gap:
        return 0
    if after is None:
        return 0 if is_ended(text) or place.before is None or BULLET_ITEM.match(place.before.words) else 1
    runs_on = is_open(text) and not after.indent
    if is_ended(text) or BULLET_ITEM.match(after.words) or runs_on:
        return 0
    return min(outline.depth + 1, 6) if after.gap or after.indent >= 2 or after.words[:1].isupper() else 0


def _runs_on(place: Place) -> bool:
    """Whether the sentence of a row goes on in the next, so that the row is part of a paragraph."""
    row, after = place.row, place.after
    open_end = is_open(row.words) or row.words.endswith("-")
    if after is None:
        return open_end and not row.bold
    starts_low = after.words[:1].islower()
    if not after.gap and (starts_low or open_end):
        return not _continues(place)
    return open_end and starts_low


def _continues(place: Place) -> bool:
    """Whether the row after a heading is its second line."""
    row, after = place.row, place.after
    if after is None or after.gap or BULLET_ITEM.match(after.words) or NUMBERED.match(after.words):
        return False
    if len(after.words.split()) > MAX_WORDS or is_ended(after.words):
        return False
    if after.indent >= 2:
        return True
    open_end = is_open(row.words) or row.words.endswith("-") or after.words[:1].islower()
    if after.bold and row.bold and abs(after.size - row.size) < 0.05 * row.size:
        return open_end
    ends_block = place.then is None or place.then.gap or place.then.words[:1].isupper()
    return after.size <= place.size * 1.08 and ends_block and len(after.words.split()) <= 8 and open_end
