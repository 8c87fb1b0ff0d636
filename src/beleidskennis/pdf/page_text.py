"""Finding a quote on a page: exact where it can be, nothing where it cannot.

Page and quote are both reduced to their letters and digits (ligatures taken apart, case dropped), so that blanks, line
ends, hyphens and letter-spacing cannot matter. A quote is on the page if its reduced text is there in one piece, at
word borders, exactly once; or in a few pieces with only note marks, or whole lines (a footnote, a running head)
between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beleidskennis.pdf.types import Box

# A piece before or after an interruption of whole lines must have this many letters to be certain of its place.
_CERTAIN = 12
_MAXIMUM_PIECES = 8
# Shorter quotes than this (in letters and digits) are not looked for: "zie 2" is on every page.
_MINIMUM_LETTERS = 8
# So many letters of the text around a quote tell its place from another.
_CONTEXT = 16


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a page. `places[i]` is the index of the character that letter `i` came from."""

    text: str
    places: tuple[int, ...]
    starts: frozenset[int]
    """Letters that begin a word (or a part of a word after a line end)."""
    ends: frozenset[int]
    """Letters that end a word, or stand before a digit (a note mark may be glued on)."""
    line_starts: frozenset[int]


def reduce(characters: str) -> Letters:
    """The letters and digits of `characters`, compatibility forms and capitals folded, accents kept."""
    letters: list[str] = []
    places: list[int] = []
    starts: set[int] = set()
    ends: set[int] = set()
    line_starts: set[int] = set()
    previous = "\n"
    new_line = True
    for index, character in enumerate(characters):
        if character in "\r\n\x02\ufffe":
            new_line = True
        folded = [c for c in unicodedata.normalize("NFKC", character).casefold() if c.isalnum()]
        if folded:
            if not previous.isalnum():
                starts.add(len(letters))
            if new_line:
                line_starts.add(len(letters))
                new_line = False
            if letters and (not previous.isalnum() or (folded[0].isdigit() and not previous.isdigit())):
                ends.add(len(letters) - 1)
            letters += folded
            places += [index] * len(folded)
        previous = character
    if letters:
        ends.add(len(letters) - 1)
    return Letters("".join(letters), tuple(places), frozenset(starts), frozenset(ends), frozenset(line_starts))


def find_quote(page: str, quote: str, *, before: str = "", after: str = "") -> tuple[int, ...]:
    """Indices into `page` of the characters of `quote`, in order; empty if its place is not certain.

    `before` and `after` are the text around the quote: they decide between several places, no more.
    """
    text = reduce(page)
    wanted = reduce(unicodedata.normalize("NFC", quote))
    if len(wanted.text) < _MINIMUM_LETTERS:
        return ()
    found = {tuple(match) for match in _matches(text, wanted)}
    fewest = min(map(len, found), default=0)  # a heading may start as its text does; the text has fewer gaps
    found = {match for match in found if len(match) == fewest}
    if len(found) > 1:
        found = {match for match in found if _fits(text, match, before, after)}
    if len(found) != 1:
        return ()
    return tuple(dict.fromkeys(text.places[letter] for start, end in next(iter(found)) for letter in range(start, end)))


def _fits(page: Letters, match: tuple[tuple[int, int], ...], before: str, after: str) -> bool:
    """Whether the letters around a match are those of the text around the quote, on one side at least."""
    left, right = reduce(before[-200:]).text[-_CONTEXT:], reduce(after[:200]).text[:_CONTEXT]
    preceded = bool(left) and page.text[: match[0][0]].endswith(left)
    return preceded or (bool(right) and page.text.startswith(right, match[-1][1]))


def _matches(page: Letters, quote: Letters) -> Iterator[list[tuple[int, int]]]:
    """Every way in which the quote stands on the page, as stretches of letters: first those in one piece."""
    whole = [
        [(start, start + len(quote.text))]
        for start in _occurrences(page.text, quote.text)
        if start in page.starts and start + len(quote.text) - 1 in page.ends
    ]
    if whole:
        yield from whole
        return
    for start in sorted(page.starts):
        if page.text[start : start + 3] == quote.text[:3]:
            pieces = _pieces(page, quote, start)
            if pieces:
                yield pieces


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    start = text.find(wanted)
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _pieces(page: Letters, quote: Letters, start: int) -> list[tuple[int, int]] | None:
    """The quote from letter `start` of the page on, in pieces with allowed gaps between them; else None."""
    pieces: list[tuple[int, int]] = []
    done = 0
    while len(pieces) < _MAXIMUM_PIECES:
        length = _common(page.text, start, quote.text, done)
        end = done + length
        if end == len(quote.text):
            return [*pieces, (start, start + length)] if start + length - 1 in page.ends else None
        at_line_end = start + length == len(page.text) or start + length in page.line_starts
        if at_line_end and length and len(quote.text) - end < 25 and _is_word_tail(quote, end):
            return [*pieces, (start, start + length)]  # the last word is broken off and goes on on the next page
        while end > done and end not in quote.starts:
            end -= 1  # back to a word border
        length = end - done
        if length <= 0:
            return None
        pieces.append((start, start + length))
        following = _after_gap(page, quote, start + length, end, length)
        if following is None:
            return None
        start, done = following, end
    return None


def _is_word_tail(quote: Letters, end: int) -> bool:
    """Whether the quote's letters from `end` on are the rest of one word."""
    return end not in quote.starts and not any(border in quote.starts for border in range(end, len(quote.text)))


def _common(first: str, start: int, second: str, begin: int) -> int:
    length = 0
    limit = min(len(first) - start, len(second) - begin)
    while length < limit and first[start + length] == second[begin + length]:
        length += 1
    return length


def _after_gap(page: Letters, quote: Letters, position: int, done: int, before: int) -> int | None:
    """Where the quote's letters from `done` on go on after a gap at `position`: a note mark, or whole lines."""
    mark = re.compile(r"\d{1,3}").match(page.text, position)
    head = quote.text[done : done + _CERTAIN]
    if mark:
        for end in range(mark.end(), position, -1):
            if page.text.startswith(head, end):
                return end
    if before < _CERTAIN or len(quote.text) - done < _CERTAIN:
        return None
    places = [
        place for place in _occurrences(page.text, head) if place > position and place in page.starts | page.line_starts
    ]
    # What interrupts is whole lines, or a note that its number stands before or after: never just some words.
    places = [place for place in places if _interrupts(page, position, place)]
    return places[0] if len(places) == 1 else None


def _interrupts(page: Letters, position: int, place: int) -> bool:
    """Whether the letters between `position` and `place` can be a block or a note in the midst of a text."""
    at_border = place in page.line_starts or position in page.line_starts
    return at_border or page.text[place - 1].isdigit() or page.text[position].isdigit()


def line_boxes(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes of characters in order, joined to one box a line."""
    lines: list[Box] = []
    for box in boxes:
        if box.right <= box.left or box.top <= box.bottom:
            continue
        if lines:
            last = lines[-1]
            overlap = min(last.top, box.top) - max(last.bottom, box.bottom)
            height = min(last.top - last.bottom, box.top - box.bottom)
            if overlap > 0.4 * height and -2 * height <= box.left - last.right <= 6 * height:
                lines[-1] = Box(
                    min(last.left, box.left),
                    min(last.bottom, box.bottom),
                    max(last.right, box.right),
                    max(last.top, box.top),
                )
                continue
        lines.append(box)
    return tuple(lines)
