"""Sentences that a box or a heading interrupts on a page: their rest put behind their beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from beleidskennis.cleaning.lists import is_ended, is_open

if TYPE_CHECKING:
    from beleidskennis.cleaning.blocks import Draft

RUNNING = ("paragraph", "list-item")
LEADING = frozenset(
    {"de", "het", "een", "in", "op", "van", "voor", "met", "door", "aan", "bij", "naar", "uit", "over", "tussen", "per"}
)
FINITE = frozenset(
    {"is", "was", "waren", "wordt", "werd", "werden", "heeft", "had", "hadden", "kan", "kon", "zal", "zou", "moet"}
)
"""Articles and prepositions, and the verbs that never follow one where a line ends in it: "17 procent in / was ..."."""


def reunite(drafts: list[Draft]) -> None:
    """Put the rest of a sentence behind its beginning, where a stretch of other text was set between them on the page.

    Only where it is plain: just one block stops in mid-sentence, and after it comes a paragraph that starts in lower
    case after white and an ended block, or white inside a block between two lines that cannot follow one another. On
    the five real documents: 2 sentences, rightly.
    """
    _lower_case(drafts)
    _inside(drafts)


def _lower_case(drafts: list[Draft]) -> None:
    for index in range(len(drafts) - 1, 1, -1):
        rest, before = drafts[index], drafts[index - 1]
        low = rest.kind == "paragraph" and rest.rows[0].words[:1].islower()
        if not low or before.kind not in RUNNING or not is_ended(before.rows[-1].words):
            continue
        opening = _only_opening(drafts[: index - 1])
        if opening is not None:
            opening.rows += rest.rows
            opening.full = rest.full
            del drafts[index]


def _inside(drafts: Sequence[Draft]) -> None:
    """Part a block at white that no sentence can run over; what comes after it goes to the opening before it.

    What is left of the block is broken off itself, and is no longer taken for a box: it goes on on the next page.
    """
    for index, draft in enumerate(drafts):
        if draft.kind not in RUNNING:
            continue
        for place in range(len(draft.rows) - 1, 0, -1):
            above, row = draft.rows[place - 1], draft.rows[place]
            last, first = above.words.rsplit(" ", 1)[-1].lower(), row.words.split(" ", 1)[0].lower()
            opening = _only_opening(drafts[:index]) if row.gap and last in LEADING and first in FINITE else None
            if opening is not None:
                opening.rows += draft.rows[place:]
                opening.full = draft.full
                del draft.rows[place:]
                draft.full = True
                for left in draft.rows:
                    left.aside = False
                return


def _only_opening(drafts: Sequence[Draft]) -> Draft | None:
    """The one block that stops in mid-sentence; None if there is none, or more than one."""
    openings = [draft for draft in drafts if _stops_short(draft)]
    return openings[0] if len(openings) == 1 else None


def _stops_short(draft: Draft) -> bool:
    words = draft.rows[-1].words
    return draft.kind in RUNNING and not is_ended(words) and (draft.full or words.endswith("-") or is_open(words))
