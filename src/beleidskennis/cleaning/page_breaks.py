"""Sentences and words over page breaks: where they go on, and broken words whole on the page where they begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from beleidskennis.cleaning.blocks import Decide, Draft
from beleidskennis.cleaning.hyphens import JOIN, KEEP
from beleidskennis.cleaning.lists import is_ended, is_open
from beleidskennis.cleaning.reuniting import RUNNING
from beleidskennis.cleaning.tracked import concatenate, inserted

WORD_END = re.compile(r"[^\W\d_]{3,}$")
WORD_START = re.compile(r"[a-zà-ÿ]{4,}")


def join_pages(pages: Sequence[list[Draft]], decision: Decide, is_word: Callable[[str], bool]) -> None:
    """Mark the blocks whose last sentence runs on over a page break; a broken word becomes whole on the first page.

    The sentence goes on on the next page with running text, or on the one after it if that only has a box or figure;
    or, if it is a box that is broken off, inside that page.
    """
    waiting: list[list[Draft]] = []
    for drafts in pages:
        running = [draft for draft in drafts if draft.kind in RUNNING and draft.text]
        if not running:
            if any(draft.kind == "heading" for draft in drafts):
                waiting = []
            continue
        for before in reversed(waiting):
            pair = _continuation(before, drafts) or _box(before, running)
            if pair:
                _connect(*pair, decision, is_word)
            if pair or not running[0].text or not running[0].text.text[:1].islower():
                break
        waiting = [*waiting[-1:], [draft for draft in running if draft.text and draft.text.text]]


def _continuation(before: Sequence[Draft], after: Sequence[Draft]) -> tuple[Draft, Draft] | None:
    """The block that stops in mid-sentence and the one on the next page in which it goes on.

    Usually the last and the first; where a box or figure stands between them, the last one before it that is broken
    off. A sentence that goes on with a capital is only known by its full last line.
    """
    openings = [draft for draft in before if draft.text and not draft.continues and not is_ended(draft.text.text)]
    first = next((draft for draft in after if draft.kind in RUNNING and draft.text), None)
    if not openings or first is None or first.kind != "paragraph" or first.text is None:
        return None
    low = first.text.text[:1].islower()
    last = openings[-1]
    if not low:
        at_edges = last is before[-1] and first is after[0] and not last.rows[-1].aside
        return (last, first) if at_edges and (last.full or _stops(last)) else None
    if last is before[-1] and not last.rows[-1].aside:
        return last, first
    for opening in sorted(reversed(openings), key=lambda draft: draft.rows[-1].aside):  # noqa: C414
        if _stops(opening) or (opening.full and opening.text and len(opening.text.text.split()) > 6):
            return opening, first
    return None


def _box(before: Sequence[Draft], running: Sequence[Draft]) -> tuple[Draft, Draft] | None:
    """A box that is broken off at the end of a page, and the one stretch inside the next in which it can go on.

    That is a paragraph after white, that starts in lower case or comes after a block that is itself broken off.
    """
    openings = [draft for draft in before if draft.text and not draft.continues and not is_ended(draft.text.text)]
    if len(openings) != 1 or not openings[0].rows[-1].aside or not (openings[0].full or _stops(openings[0])):
        return None
    rests = [
        draft
        for above, draft in pairwise(running)
        if draft.kind == "paragraph" and draft.rows[0].gap and (_is_low(draft) or _breaks_off(above))
    ]
    return (openings[0], rests[0]) if len(rests) == 1 else None


def _is_low(draft: Draft) -> bool:
    return bool(draft.text and draft.text.text[:1].islower())


def _breaks_off(draft: Draft) -> bool:
    return bool(draft.text and not is_ended(draft.text.text) and (draft.full or _stops(draft)))


def _stops(draft: Draft) -> bool:
    text = draft.text.text if draft.text else ""
    return is_open(text) or text.endswith("-")


def _connect(opening: Draft, first: Draft, decision: Decide, is_word: Callable[[str], bool]) -> None:
    """Note that a sentence runs on, and move the rest of a broken word to the page where the word starts.

    A word that is broken without a hyphen is known by its second half, that is no word, and the whole, that is one.
    """
    if opening.text is None or first.text is None:
        return
    opening.continues = first.continued = True
    left, right = opening.text, first.text
    torn = opening.rows[-1].soft or _is_torn(left.text, right.text, is_word)
    if not left.text.endswith("-") and not torn:
        return
    choice = JOIN if torn else decision(left.text, right.text)
    if choice not in (JOIN, KEEP):
        return
    rest = right.text.split(" ", 1)[0]
    stem = left[: len(left) - 1] if choice == JOIN and left.text.endswith("-") else left
    opening.text = concatenate([stem, inserted(rest)])
    first.text = right[len(rest) :].strip()
    if is_ended(rest) or not first.text.text:
        opening.continues = first.continued = False


def _is_torn(left: str, right: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a word was cut in two between the texts: "de betrok" and "kenheid van"."""
    first, second = WORD_END.search(left), WORD_START.match(right)
    if first is None or second is None or is_word(second.group()):
        return False
    return is_word((first.group() + second.group()).lower())
