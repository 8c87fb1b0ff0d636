"""Sentences and words over page breaks: where they go on, and broken words whole on the page where they begin."""

from __future__ import annotations

from collections.abc import Sequence

from beleidskennis.cleaning.blocks import RUNNING, Decide, Draft
from beleidskennis.cleaning.hyphens import JOIN, KEEP
from beleidskennis.cleaning.lists import is_ended, is_open
from beleidskennis.cleaning.tracked import concatenate, inserted


def join_pages(pages: Sequence[list[Draft]], decision: Decide) -> None:
    """Mark the blocks whose last sentence runs on over a page break; a broken word becomes whole on the first page.

    The sentence goes on on the next page with running text, or on the one after it if that only has a box or figure.
    """
    waiting: list[list[Draft]] = []
    for drafts in pages:
        running = [draft for draft in drafts if draft.kind in RUNNING and draft.text]
        if not running:
            if any(draft.kind == "heading" for draft in drafts):
                waiting = []
            continue
        for before in reversed(waiting):
            pair = _continuation(before, drafts)
            if pair:
                _connect(*pair, decision)
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


def _stops(draft: Draft) -> bool:
    text = draft.text.text if draft.text else ""
    return is_open(text) or text.endswith("-")


def _connect(opening: Draft, first: Draft, decision: Decide) -> None:
    """Note that a sentence runs on, and move the rest of a broken word to the page where the word starts."""
    if opening.text is None or first.text is None:
        return
    opening.continues = first.continued = True
    left, right = opening.text, first.text
    if not left.text.endswith("-") and not opening.rows[-1].soft:
        return
    choice = JOIN if opening.rows[-1].soft else decision(left.text, right.text)
    if choice not in (JOIN, KEEP):
        return
    rest = right.text.split(" ", 1)[0]
    stem = left[: len(left) - 1] if choice == JOIN and left.text.endswith("-") else left
    opening.text = concatenate([stem, inserted(rest)])
    first.text = right[len(rest) :].strip()
    if is_ended(rest) or not first.text.text:
        opening.continues = first.continued = False
