"""Pages of which the reading order is not sure: the file has lost its columns, or never had their places.

A re-set or converted PDF can hold the columns of a spread one under the other in any order, with every line at the same
left margin: then nothing in the file tells which comes first. What can be told is that something is out of place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from beleidskennis.cleaning.lists import is_ended
from beleidskennis.model import PageKind

if TYPE_CHECKING:
    from beleidskennis.cleaning import CleanPage

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+[^\W\d_]")
BEGINNING, ENDING = re.compile(r"[a-zà-ÿ]+,? "), re.compile(r" [a-zà-ÿ]{2,}$")
"""How the rest of a sentence starts, and how one stops in the middle: with plain words, in lower case."""
ENOUGH = 4
"""Words that a stretch has at least to be taken for a sentence: fewer are a label or a cell."""
NEIGHBOUR = 1
"""Pages between a sentence that breaks off and the stretch without a beginning that may be its rest."""


def unsure_pages(pages: Sequence[CleanPage]) -> tuple[int, ...]:
    """The numbers of the pages of which the reading order is not sure, ascending.

    That is: a paragraph starts in mid-sentence, and on that page or beside it a sentence breaks off for good; or the
    numbered headings of a page run backwards. On the five real documents it names three pages, those of which
    the columns were lost, and none of the other 192; of the sample corpus none; of a typeset manual of 129 pages two,
    wrongly (a term in lower case that starts its definition).
    """
    headless = {page.page.page_number for page in pages if any(_starts_in_mid_sentence(page))}
    endless = {page.page.page_number for page in pages if any(_breaks_off(page))}
    pairs = {(a, b) for a in headless for b in endless if abs(a - b) <= NEIGHBOUR}
    backwards = {page.page.page_number for page in pages if _runs_backwards(page)}
    return tuple(sorted(backwards.union(*pairs)))


def _starts_in_mid_sentence(page: CleanPage) -> Iterator[str]:
    """Paragraphs in lower case after an ended block, that are no rest of a sentence on the page before."""
    if page.page.kind is not PageKind.TEXT:
        return
    above = ""
    for block in page.blocks:
        text = page.page.text[block.start : block.end]
        fresh = not above or (is_ended(above) and not above.endswith((":", ";")))
        if block.kind == "paragraph" and not block.continued and fresh and BEGINNING.match(text) and _is_sentence(text):
            yield text
        above = text


def _breaks_off(page: CleanPage) -> Iterator[str]:
    """Paragraphs whose last sentence has no end, here or on a later page."""
    if page.page.kind is not PageKind.TEXT:
        return
    for block in page.blocks:
        text = page.page.text[block.start : block.end]
        if block.kind == "paragraph" and not block.continues and ENDING.search(text) and _is_sentence(text):
            yield text


def _is_sentence(text: str) -> bool:
    return text.count(" ") >= ENOUGH and (is_ended(text) or ". " in text)


def _runs_backwards(page: CleanPage) -> bool:
    """Whether a numbered section stands below a later one of its chapter: "2.2", "2.1" (not the chapter's title)."""
    seen: list[tuple[int, ...]] = []
    for block in page.blocks:
        match = NUMBERED.match(page.page.text[block.start : block.end]) if block.kind == "heading" else None
        if match is None:
            continue
        number = tuple(int(part) for part in match["number"].split("."))
        if any(number < other and (number[:1] == other[:1]) for other in seen):
            return True
        seen.append(number)
    return False
