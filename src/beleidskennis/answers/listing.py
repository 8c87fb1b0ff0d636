"""Lists inside passages: which sentences are items of one list, and which sentence introduces them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beleidskennis.answers.forms import Form, Question, type_features
from beleidskennis.citations.evidence import Sentence
from beleidskennis.dutch.words import words
from beleidskennis.model import Hit, Passage, PassageKind

_MARK = re.compile(r"(?:^|\n)\s*(?:[■•▪●○◆◦·*\-–—]|[①-⑳➀-➓]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s*$")
"""What stands before an item: on a new line a bullet, a number or a letter."""
_LABEL_WORDS = 25
"""A line without a mark is an item only if it is at most so long, and does not end as a sentence does."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of one list, in reading order, as `(hit, index of its first sentence)`, with what introduces them.

    `intro` is the index of a sentence of the first hit; None where there is none, or it is `Passage.intro`.
    """

    items: tuple[tuple[Hit, int], ...]
    intro: int | None = None
    further: tuple[tuple[Hit, int], ...] = ()
    """Sentences with which items go on after their first."""

    @property
    def sentences(self) -> tuple[tuple[Hit, int], ...]:
        """All sentences of all items, in reading order."""
        order = {hit.passage.passage_id: place for place, (hit, _) in reversed(list(enumerate(self.items)))}
        return tuple(sorted((*self.items, *self.further), key=lambda one: (order[one[0].passage.passage_id], one[1])))

    @property
    def first(self) -> Hit:
        """The passage in which the list begins."""
        return self.items[0][0]


def listing_of(sentence: Sentence, found: Sequence[Hit]) -> Listing | None:
    """The list that a sentence is an item of or introduces; None if there is none of at least two items.

    A passage that is a list from end to end may be one part of it: `found` are the hits among which others are sought.
    """
    hit, passage = sentence.hit, sentence.hit.passage
    if passage.kind is PassageKind.LIST:
        parts = [one for one in found if _same_list(one.passage, passage)]
        items = tuple((one, i) for one in sorted(parts, key=_position) for i in range(len(one.passage.sentences)))
        opened = 0 if _ends_open(passage, 0) and len(parts) == 1 else None
        items = _until_next_list(items[1:] if opened == 0 else items)
        return Listing(items, opened) if len(items) > 1 else None
    indices, intro = _inside(passage, sentence.index)
    inside = _until_next_list(tuple((hit, i) for i in indices))
    first = tuple(one for one in inside if not _goes_on(passage, one[1]) or one == inside[0])
    return Listing(first, intro, tuple(one for one in inside if one not in first)) if len(first) > 1 else None


def _until_next_list(items: tuple[tuple[Hit, int], ...]) -> tuple[tuple[Hit, int], ...]:
    """The items before one that only opens another list ("Resultaten 2022:")."""
    opens = (place for place, (hit, i) in enumerate(items) if place > 1 and _ends_open(hit.passage, i))
    return items[: next(opens, len(items))]


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether a sentence goes on with the item before it, on the same line."""
    return index > 0 and "\n" not in _gap(passage, index)


def items_at(passage: Passage, index: int) -> int:
    """How many items the list has that a sentence of a passage is one of, or introduces; 0 if there is none."""
    if passage.kind is PassageKind.LIST:
        return len(passage.sentences)
    return len(_inside(passage, index)[0])


def is_item(passage: Passage, index: int) -> bool:
    """Whether sentence `index` is an item of a list, or a row of a table."""
    return passage.kind is not PassageKind.BODY or items_at(passage, index) > 1


def fitting(question: Question, hit: Hit, index: int, text: str) -> Mapping[str, float]:
    """Whether sentence `index` of a hit holds the kind of thing that is asked for, the list around it included."""
    listed = items_at(hit.passage, index) if question.form is Form.LIST else 0
    found = dict(type_features(question, text, listed))
    if hit.passage.kind is PassageKind.TABLE and not question.form.is_figure:
        found["table"] = 1.0  # a row holds figures, and says nothing of why
    return found


def opens_list(text: str) -> bool:
    """Whether a sentence only introduces what comes after it."""
    return text.rstrip().endswith(":")


def _same_list(one: Passage, other: Passage) -> bool:
    return (
        one.document_id == other.document_id
        and one.kind is PassageKind.LIST
        and one.headings == other.headings
        and abs(one.position - other.position) <= 1
    )


def _position(hit: Hit) -> int:
    return hit.passage.position


def _inside(passage: Passage, index: int) -> tuple[list[int], int | None]:
    """The items of the list that sentence `index` belongs to or introduces, and what introduces them."""
    start = index
    if not _ends_open(passage, index):
        while start >= 0 and not _begins_item(passage, start):
            start -= 1  # a further sentence of an item
            if start < 0 or "\n" in _gap(passage, start + 1):
                return [], None
        while start > 0 and _in_item(passage, start - 1):
            start -= 1
        before = start - 1
    else:
        before, start = index, index + 1
    intro = before if before >= 0 and _ends_open(passage, before) else None
    marked = start < len(passage.sentences) and _begins_item(passage, start)
    if not marked and intro is None:
        return [], None
    items = []
    for i in range(start, len(passage.sentences)):
        if not (_in_item(passage, i) if marked else _is_label(passage, i)):
            break
        items.append(i)
    return items, intro


def _gap(passage: Passage, index: int) -> str:
    """What stands between a sentence and the one before it."""
    before = passage.sentences[index - 1][1] if index else 0
    return passage.text[before : passage.sentences[index][0]]


def _begins_item(passage: Passage, index: int) -> bool:
    return bool(_MARK.search(_gap(passage, index)))


def _in_item(passage: Passage, index: int) -> bool:
    """Whether a sentence begins an item, or goes on with one on the same line."""
    while index > 0 and "\n" not in _gap(passage, index):
        index -= 1
    return _begins_item(passage, index)


def _is_label(passage: Passage, index: int) -> bool:
    text = passage.text[slice(*passage.sentences[index])].rstrip()
    return "\n" in _gap(passage, index) and not text.endswith((".", ":", "?", "!")) and len(words(text)) <= _LABEL_WORDS


def _ends_open(passage: Passage, index: int) -> bool:
    return opens_list(passage.text[slice(*passage.sentences[index])])
