"""Raw page text to clean page text, with blocks, notes, printed labels and an offset map back to the raw text.

One job a module: `rows` (characters, gaps), `grids` (tables by the places of their cells), `furniture` (running heads,
feet, folios), `footnotes`, `tables` (by their words), `headings`, `lists`, `hyphens`, `kinds` (contents, references,
colophon), `blocks` (paragraphs over lines and pages), `page_breaks`, `tracked` (the offset map). `clean_document` is
the way through them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from beleidskennis.cleaning.blocks import Block, Draft, draft_blocks, join_rows, lay_out
from beleidskennis.cleaning.footnotes import FoundNote, find_notes
from beleidskennis.cleaning.furniture import mark_furniture, mark_inside
from beleidskennis.cleaning.grids import read_grids
from beleidskennis.cleaning.headings import Outline, mark_headings
from beleidskennis.cleaning.hyphens import decide, read_vocabulary
from beleidskennis.cleaning.inline_notes import take_inline_notes
from beleidskennis.cleaning.kinds import is_address_only, is_colophon, is_contents, section_kind
from beleidskennis.cleaning.notemarks import Mark, find_marks
from beleidskennis.cleaning.page_breaks import join_pages
from beleidskennis.cleaning.reuniting import RUNNING
from beleidskennis.cleaning.rows import Row, read_rows, usual_width
from beleidskennis.cleaning.tables import mark_over_pages, mark_tables
from beleidskennis.cleaning.torn import mend
from beleidskennis.cleaning.tracked import offset_rows
from beleidskennis.model import DocumentId, Note, Page, PageKind

if TYPE_CHECKING:
    from beleidskennis.pdf import RawDocument, RawPage

__all__ = ["Block", "CleanPage", "clean_document"]

LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page with its clean text, and the blocks of that text in reading order; together they cover all of it."""

    page: Page
    blocks: tuple[Block, ...]


def clean_document(
    document_id: DocumentId, raw: RawDocument, *, is_word: Callable[[str], bool]
) -> tuple[CleanPage, ...]:
    """Clean all pages of a document; one `CleanPage` for each raw page, in order.

    `is_word` tells whether a lower-case word is a known Dutch or English word (compounds included); it is asked once
    for each distinct word.
    """
    known = cache(is_word)
    pages = [read_rows(page) for page in raw.pages]
    vocabulary = read_vocabulary(row.words for rows in pages for row in rows)
    decision = partial(decide, vocabulary=vocabulary, is_word=known)
    pages = [rows if is_contents(rows) else read_grids(rows, decision) for rows in pages]
    mend([row for rows in pages for row in rows], vocabulary=vocabulary, is_word=known)
    printed = mark_furniture(pages)
    inline = take_inline_notes(pages)
    mark_inside(pages)
    notes = find_notes(pages)
    marks = find_marks(pages, notes)
    drafts = _draft(pages, marks, decision, [page.width > page.height > 0 for page in raw.pages])
    join_pages(drafts, decision, known)
    kinds = _mark_kinds(pages, drafts)
    texts = [_texts(page, decision, own) for page, own in zip(notes, inline, strict=True)]
    return tuple(
        _finish(document_id, page, page_drafts, kind, page_notes, label, known)
        for page, page_drafts, kind, page_notes, label in zip(raw.pages, drafts, kinds, texts, printed, strict=True)
    )


def _draft(
    pages: Sequence[list[Row]],
    marks: Mapping[tuple[int, int], Sequence[Mark]],
    decision: Callable[[str, str], str],
    slides: Sequence[bool],
) -> list[list[Draft]]:
    """Mark tables and headings, and group the rows of each page into blocks with their text."""
    outline = Outline()
    widths = [usual_width(rows) for rows in pages]
    whole = sorted(widths)[len(widths) // 2] if widths else 0
    for rows, width in zip(pages, widths, strict=True):
        mark_tables(rows, max(width, whole))
    mark_over_pages(pages, whole)
    drafts: list[list[Draft]] = []
    for number, (rows, width) in enumerate(zip(pages, widths, strict=True)):
        mark_headings(rows, outline, width=width, slide=slides[number])
        drafts.append(draft_blocks(rows, width, max(width, whole), interrupted=_is_interrupted(pages, number)))
        page_marks = {rows[row].line: found for (page, row), found in marks.items() if page == number}
        for draft in drafts[-1]:
            join_rows(draft, page_marks, decision)
    return drafts


def _is_interrupted(pages: Sequence[Sequence[Row]], number: int) -> bool:
    """Whether the next page with running text starts in the middle of a sentence."""
    for rows in pages[number + 1 :]:
        first = next((row for row in rows if row.role == "body"), None)
        if first is not None:
            return first.words[:1].islower()
    return False


def _mark_kinds(pages: Sequence[Sequence[Row]], drafts: Sequence[list[Draft]]) -> list[PageKind]:
    """Set the kind of blocks that are contents, references or colophon; give the kind of each page."""
    kinds: list[PageKind] = []
    section, level = "", 0
    for rows, page in zip(pages, drafts, strict=True):
        whole = "contents" if is_contents(rows) else "colophon" if is_colophon(rows) else ""
        for draft in page:
            text = draft.text.text if draft.text else ""
            if draft.kind == "heading":
                if section_kind(text) or draft.level <= level or not level:
                    section, level = section_kind(text), draft.level
                if whole:
                    draft.kind = whole
                continue
            kind = whole or ("" if section == "contents" else section)
            if kind or (is_address_only(text) and draft.kind in RUNNING):
                draft.kind = kind or "references"
        kinds.append(_page_kind(page))
    return kinds


def _page_kind(drafts: Sequence[Draft]) -> PageKind:
    """What most characters of the page are."""
    weight: dict[str, int] = {}
    for draft in drafts:
        if draft.text and draft.kind != "heading":
            kind = draft.kind if draft.kind in ("contents", "references", "colophon") else "text"
            weight[kind] = weight.get(kind, 0) + len(draft.text)
    if not weight:
        return PageKind.TEXT if any(draft.text and draft.text.text for draft in drafts) else PageKind.EMPTY
    return PageKind(max(weight, key=lambda kind: weight[kind]))


def _texts(
    notes: Sequence[FoundNote], decision: Callable[[str, str], str], inline: Sequence[tuple[str, str]]
) -> tuple[Note, ...]:
    """The notes with their text in one line, broken words whole."""
    found = []
    for note in notes:
        draft = Draft("paragraph", rows=list(note.rows))
        join_rows(draft, {}, decision)
        found.append(Note(note.number, draft.text.text[note.skip :] if draft.text else ""))
    return (*found, *(Note(number, text) for number, text in inline))


def _finish(
    document_id: DocumentId,
    raw: RawPage,
    drafts: Sequence[Draft],
    kind: PageKind,
    notes: tuple[Note, ...],
    printed: str,
    is_word: Callable[[str], bool],
) -> CleanPage:
    text, blocks = lay_out(drafts)
    page = Page(
        document_id=document_id,
        page_number=raw.page_number,
        page_label=raw.page_label or printed or str(raw.page_number),
        text=text.text,
        raw_text=raw.text,
        offsets=offset_rows(text.origin),
        kind=kind,
        notes=notes,
        quality=_quality(text.text, is_word),
        ocr_confidence=raw.ocr_confidence,
    )
    return CleanPage(page, blocks)


def _quality(text: str, is_word: Callable[[str], bool]) -> float:
    """Share of the words (two letters or more, names and numbers apart) that are known; 1.0 for a page without."""
    words = [word.lower() for word in LETTERS.findall(text) if not word[0].isupper()]
    return sum(map(is_word, words)) / len(words) if words else 1.0
