"""Rows to blocks: paragraphs, list items, headings, table rows; words and sentences made whole over line ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from beleidskennis.cleaning.headings import CAPTION, ROOM
from beleidskennis.cleaning.hyphens import JOIN, KEEP
from beleidskennis.cleaning.kinds import LEADERS, is_address_only
from beleidskennis.cleaning.lists import ItemStart, is_ended, is_open, item_start, nest
from beleidskennis.cleaning.notemarks import Mark, without_marks
from beleidskennis.cleaning.reuniting import RUNNING, reunite
from beleidskennis.cleaning.rows import Row
from beleidskennis.cleaning.tables import DIGIT, NUMERIC
from beleidskennis.cleaning.tracked import Tracked, concatenate, inserted

ADDRESS = re.compile(r"(?:https?:|www\.)\S*$")
"""A web address that the line breaks off; its hyphen is its own."""
LABEL = re.compile(r"^[A-Z](?:\S+ ){0,6}\S+:$")
"""A line of its own that introduces what follows: "Resultaten 2022:"."""
MUCH_ROOM = 0.74
"""The same for a line that ends no sentence (a heading, a cell): only much shorter lines are not just ragged."""
FULL, SHORT = 0.75, 0.82
"""Shares of the usual width: a line of running text is at least FULL, a title less than SHORT."""

NOWHERE, BEFORE_TITLES, ANYWHERE = range(3)

Decide = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page's clean text. `start` and `end` are offsets into `Page.text`, half open.

    `level` is that of a heading (1 to 6) or the nesting of a list item (from 1). `text_start` is where the text of a
    list item starts, after its mark. `continues`: its last sentence runs on in the first `continued` block of the next
    page that has one.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    continues: bool = False
    continued: bool = False
    text_start: int = 0


@dataclass(slots=True)
class Draft:
    """A block while it is being made: its rows, and its text once they are joined."""

    kind: str
    level: int = 0
    rows: list[Row] = field(default_factory=list)
    item: ItemStart | None = None
    text: Tracked | None = None
    mark_length: int = 0
    continues: bool = False
    continued: bool = False
    full: bool = False
    """Whether its last line is as long as lines of running text are."""


def draft_blocks(rows: Sequence[Row], width: int, full_width: int, *, interrupted: bool = False) -> list[Draft]:
    """Group the rows of a page; `width` and `full_width` are the characters of a full line of page and document.

    `interrupted`: the next page starts in mid-sentence, so that somewhere on this one a sentence stops before white
    (and a box). If no block is broken off, paragraphs are parted at every white that a sentence seems to run over.
    """
    drafts = _group(rows, width, full_width, torn=NOWHERE)
    if interrupted and not any(_is_broken_off(draft) for draft in drafts):
        for torn in (BEFORE_TITLES, ANYWHERE):
            drafts = _group(rows, width, full_width, torn=torn)
            if any(_is_broken_off(draft) for draft in drafts):
                break
    reunite(drafts)
    _nest_items(drafts)
    return drafts


def _group(rows: Sequence[Row], width: int, full_width: int, *, torn: int) -> list[Draft]:
    """One way to group the rows; `torn` tells where white parts a sentence."""
    drafts: list[Draft] = []
    for row in rows:
        if row.role == "heading-rest" and drafts and drafts[-1].kind == "heading":
            drafts[-1].rows.append(row)
        elif row.role in ("heading", "heading-rest"):
            drafts.append(Draft("heading", row.level or 4, [row]))
        elif row.role == "table" and drafts and drafts[-1].kind == "table" and _continues_row(drafts[-1], row):
            drafts[-1].rows.append(row)
        elif row.role == "table":
            drafts.append(Draft("table", 0, [row]))
        elif row.role == "body" and is_address_only(row.words):
            drafts.append(Draft("references", 0, [row]))
        elif row.role == "body":
            _add_body(drafts, row, width, torn)
    for draft in drafts:
        draft.full = len(draft.rows[-1].words) >= FULL * full_width
    return drafts


def _continues_row(draft: Draft, row: Row) -> bool:
    """Whether a table's row goes on in the next line: in lower case, or with the numbers of a label."""
    if row.gap or row.grid:
        return False
    label = not any(DIGIT.search(other.words) for other in draft.rows)
    return row.words[:1].islower() or (label and all(NUMERIC.match(word) for word in row.words.split()))


def _is_broken_off(draft: Draft) -> bool:
    """Whether a block of running text (not of a box) stops in mid-sentence."""
    words = draft.rows[-1].words
    if draft.kind not in RUNNING or draft.rows[-1].aside or is_ended(words):
        return False
    return draft.full or words.endswith("-") or is_open(words)


def _add_body(drafts: list[Draft], row: Row, width: int, torn: int) -> None:
    """Add a row of running text to the last block, or start a new one with it."""
    last = next((draft for draft in reversed(drafts) if draft.kind != "references"), None)
    above = last.rows[-1] if last and last.kind in RUNNING else None
    if last is not None and above is not None and row.joined:
        last.rows.append(row)
        return
    item = item_start(row, above, last.item.mark if last and last.item else "")
    if item is not None:
        drafts.append(Draft("list-item", 1, [row], item))
    elif CAPTION.match(row.words) and (above is None or row.gap or is_ended(above.words)):
        drafts.append(Draft("caption", 0, [row]))
    elif last is not None and last.kind == "caption" and _continues_caption(last.rows[-1], row, width):
        last.rows.append(row)
    elif last is None or above is None or _starts_block(above, row, width, torn, item=last.kind == "list-item"):
        drafts.append(Draft("paragraph", 0, [row]))
    else:
        last.rows.append(row)


def _continues_caption(above: Row, row: Row, width: int) -> bool:
    """Whether a row is the next line of a caption: the caption is broken off, or its sentence goes on."""
    broken = above.words.endswith("-") or is_open(above.words)
    goes_on = not row.gap and (row.words[:1].islower() or len(above.words) >= FULL * width)
    return not is_ended(above.words) and (broken or goes_on)


def _starts_block(above: Row, row: Row, width: int, torn: int, *, item: bool) -> bool:
    """Whether a row starts a new paragraph after the row above it in the same block."""
    ended = is_ended(above.words)
    if above.words[-1:].isdigit() and LEADERS.search(above.words):
        return True
    if row.words[:1].islower() or above.words.endswith("-"):
        # Lower case goes on, but for a stretch of another column after white and a full stop.
        return row.gap and ended and not above.words.endswith((":", ";"))
    if LABEL.match(row.words):
        return True
    if row.gap and not ended and row.words[:1] in "(&":
        return False
    if row.gap:
        title = len(row.words) < SHORT * width and (not is_ended(row.words) or row.words.endswith("?"))
        broken = torn == ANYWHERE or (torn == BEFORE_TITLES and title)
        return ended or broken or not is_open(above.words)
    used = len(above.words) + 1 + len(row.words.split(" ", 1)[0])
    return (
        used < ROOM * width
        if ended or (item and not is_open(above.words))
        else used < MUCH_ROOM * width and not is_open(above.words)
    )


def _nest_items(drafts: Sequence[Draft]) -> None:
    """Set the nesting level of the items of each list."""
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft is not None and draft.kind == "list-item":
            run.append(draft)
            continue
        starts = [(member.item, member.rows[0].indent) for member in run if member.item]
        for member, level in zip(run, nest(starts), strict=True):
            member.level = level
        if draft is None or draft.kind != "paragraph" or (draft.rows and draft.rows[0].words[:1].isupper()):
            run = []


def join_rows(draft: Draft, marks: Mapping[int, Sequence[Mark]], decision: Decide) -> None:
    """Make the text of a block from its rows: note marks out, broken words whole, one blank between lines."""
    pieces: list[Tracked] = []
    for index, row in enumerate(draft.rows):
        text = without_marks(row.text, marks[row.line]).strip() if row.line in marks else row.text
        if index and pieces:
            before = pieces[-1]
            glue, keep = _glue(draft.rows[index - 1], before.text, text.text, decision)
            pieces[-1] = before[: len(before) - (0 if keep else 1)]
            if glue:
                pieces.append(inserted(glue))
        pieces.append(text)
    draft.text = concatenate(pieces)
    if draft.item is not None:
        draft.mark_length = draft.item.end


def _glue(row: Row, left: str, right: str, decision: Decide) -> tuple[str, bool]:
    """What goes between two lines, and whether the last character of the first is kept."""
    if row.soft or right[:1] in tuple(".,;:)"):
        return "", True
    if left.endswith("-") and ADDRESS.search(left):
        return "", True
    choice = decision(left, right) if left.endswith("-") else ""
    if choice == JOIN:
        return "", False
    if choice == KEEP or (left.endswith(("/", "-/")) and right[:1].isalnum() and len(left) > 1 and left[-2].isalnum()):
        return "", True
    return " ", True


def lay_out(drafts: Sequence[Draft]) -> tuple[Tracked, tuple[Block, ...]]:
    """The clean text of a page and its blocks."""
    pieces: list[Tracked] = []
    blocks: list[Block] = []
    position = 0
    for draft in drafts:
        if draft.text is None or not draft.text.text:
            continue
        if pieces:
            pieces.append(inserted("\n"))
            position += 1
        end = position + len(draft.text)
        start = position + min(draft.mark_length, len(draft.text))
        blocks.append(Block(draft.kind, position, end, draft.level, draft.continues, draft.continued, start))
        pieces.append(draft.text)
        position = end
    return concatenate(pieces), tuple(blocks)
