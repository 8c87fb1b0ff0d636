"""Running heads and feet, folios and printer's slugs: found by repetition over pages, left out of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from beleidskennis.cleaning.lists import is_ended
from beleidskennis.cleaning.rows import GAP, Row, usual_size

EDGE = 3
"""So many rows at the top and at the bottom of a page can be furniture."""
NEAR, SKIPPED = 10, 5
"""How far a lone number can be from the page's own: where no folio was found inside a page, and after one was."""
PLACED, PARTED = 0.3, 0.9
"""Running heads that name chapters differ from page to page: they are known by their place, the same on PLACED of the
pages (five at least), with white below it on PARTED of those."""
SENTENCE = 6
"""A line of more words that ends as a sentence, in the type of the text, is text, however often it comes back."""
FOLIO = re.compile(
    r"^(?:(?:pagina|page|pag\.?|blz\.?|p\.)\s*)?[-–—|\[( ]*(?P<number>\d{1,4}|[ivxlc]{1,6})[-–—|\]) ]*"
    r"(?:(?:van|of|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
SLUG = re.compile(
    r"\.(?:book|indd|qxd|qxp|fm|ai|docx?|pptx?)\b\s+.*\b(?:page|pagina|\d{1,2}[:.]\d{2})\b", re.IGNORECASE
)
"""What a typesetting program prints outside the page: "advies.book Page 39 Wednesday, August 26, 2015 10:23 AM"."""
NUMBER = re.compile(r"\d+")
ROMAN = re.compile(r"\b[ivxl]{1,6}\b")
GLUED_FOLIO = re.compile(r"^(?P<number>\d{1,4}) (?=[^\W\d_])")


def masked(text: str) -> str:
    """The text with its numbers masked and blanks and case gone: what stays equal from page to page."""
    return re.sub(r"\s+", "", NUMBER.sub("#", ROMAN.sub("#", text.lower())))


def mark_furniture(pages: Sequence[list[Row]]) -> tuple[str, ...]:
    """Set the role of running heads and feet ("head") and folios ("folio") at the edges; give the printed labels.

    Measured on 62 labelled pages: precision 1.00 and recall 0.96 for heads and feet (47 lines), 1.00 and 1.00 for
    folios (49). The known cost: a head over a column inside a page stays (two of 47), and a short line that comes back
    on three pages at the very edge is lost, whatever it says.

    A text is furniture if it stands (digits masked) among the first or last three rows of at least three pages and a
    twentieth of all; a lone number if it keeps the same distance from the physical page number over at least three
    pages. Labels are one a page, "" where none is printed.
    """
    _mark_placed(pages)
    repeated = _repeated(pages)
    shift = _folio_shift(pages)
    labels: list[str] = []
    for number, rows in enumerate(pages, start=1):
        label = ""
        size = usual_size(rows)
        for index in _from_edges(rows):
            text = rows[index].words
            if is_ended(text) and len(text.split()) > SENTENCE and rows[index].size > 0.93 * size:
                continue
            folio = FOLIO.match(text)
            if (folio and shift is not None and text_number(folio["number"]) == number + shift) or (
                folio and not label and _stands_apart(rows, index, number)
            ):
                rows[index].role = "folio"
                label = folio["number"]
            elif not folio and (masked(text) in repeated or _prefix(text) in repeated):
                rows[index].role = "head"
                label = label or _label_in(text, number, repeated.get(masked(text), ()))
        labels.append(label)
    return tuple(labels)


def _mark_placed(pages: Sequence[list[Row]]) -> None:
    """Set the role of heads that stand alone at one height above all else on many pages, in no larger type.

    Made for the typeset manual among the labelled pages (all of its 6 there); on the other 78 it marks nothing. The
    known cost: titles of slides in the type of their text, where most slides have one.
    """
    tops = [max(rows, key=lambda row: row.y) for rows in pages if len(rows) > EDGE]
    sizes = [usual_size(rows) for rows in pages if len(rows) > EDGE]
    heads = [row for row, size in zip(tops, sizes, strict=True) if row.size <= 1.05 * size and not is_ended(row.words)]
    height, count = Counter(round(row.y) for row in heads).most_common(1)[0] if heads else (0, 0)
    if count < max(5, PLACED * len(pages)):
        return
    placed = [rows for rows in pages if len(rows) > EDGE and any(round(row.y) == height for row in rows)]
    alone = [rows for rows in placed if _is_alone(rows, height)]
    if len(alone) >= PARTED * len(placed):
        for rows in alone:
            for row in rows:
                if round(row.y) == height and row.size <= 1.05 * usual_size(rows):
                    row.role = "head"


def _is_alone(rows: Sequence[Row], height: int) -> bool:
    """Whether the highest row of a page stands at this height, with more white below it than the lines have."""
    order = sorted((row.y for row in rows), reverse=True)
    drops = sorted(a - b for a, b in pairwise(order) if a - b > 1)
    return round(order[0]) == height and bool(drops) and order[0] - order[1] > GAP * drops[len(drops) // 2]


def _from_edges(rows: Sequence[Row]) -> Iterator[int]:
    """Indices of rows at the edges, outermost first; a row is only reached if all beyond it are furniture."""
    by_height = sorted(range(len(rows)), key=lambda i: -rows[i].y)
    for order in (range(len(rows)), range(len(rows) - 1, -1, -1), by_height, by_height[::-1]):
        for index in list(order)[:EDGE]:
            if rows[index].role == "body":
                yield index
            if rows[index].role == "body":
                break


def _stands_apart(rows: Sequence[Row], index: int, number: int) -> bool:
    """Whether a lone number is the first or last row, near the physical page number, and not a cell of a table."""
    if index not in (0, len(rows) - 1) or len(rows) < 3 or abs(text_number(rows[index].words) - number) > 30:
        return False
    beside = rows[1 if index == 0 else index - 1]
    return len(beside.words) > 12 and not beside.words[-1].isdigit()


def _prefix(text: str) -> str:
    """The steady part of a running head that names what the page is about: "Ambitie: ..."."""
    before, colon, after = text.partition(":")
    return masked(before) + ":" if colon and after and len(masked(before)) >= 4 else "-"


def mark_inside(pages: Sequence[list[Row]]) -> None:
    """Set the role of furniture inside a page, where two pages were set on one.

    That is: slugs, heads and folios next to them, and lone folios. What comes after it starts anew.
    """
    repeated = {masked(row.words) for rows in pages for row in rows if row.role == "head"}
    shift = 0
    for number, rows in enumerate(pages, start=1):
        shift = _mark_inside(rows, repeated, number, shift)
        for above, row in pairwise(rows):
            row.gap = row.gap or above.role != "body"


def _mark_inside(rows: Sequence[Row], repeated: Container[str], number: int, shift: int) -> int:
    """Furniture inside a page, where two pages were set on one: slugs, heads and folios next to them, lone folios.

    `shift` is the printed minus the physical number of the last folio that was found inside a page; gives the new one.
    """
    for index, row in enumerate(rows):
        if row.role != "body" or not index:
            continue
        beside = rows[index - 1].role in ("slug", "head") and index < len(rows) - 1
        glued = GLUED_FOLIO.match(row.words) if rows[index - 1].role == "slug" else None
        if SLUG.search(row.words):
            row.role = "slug"
        elif FOLIO.match(row.words) and (beside or _is_lone_folio(rows, index, number, shift)):
            row.role = "folio"
            shift = int(row.words) - number if row.words.isdigit() else shift
        elif beside and (masked(row.words) in repeated or (rows[index - 1].role == "slug" and row.words.isupper())):
            row.role = "head"
        elif glued and glued["number"] in {str(int(n) + 1) for n in NUMBER.findall(rows[index - 1].words)}:
            row.text = row.text[glued.end() :]
    return shift


def _is_lone_folio(rows: Sequence[Row], index: int, number: int, shift: int) -> bool:
    """Whether a number in the page, with white on both sides or at its end, is near the page's own number."""
    text = rows[index].words
    below = index + 1 == len(rows) or rows[index + 1].gap or rows[index + 1].role != "body"
    near = text.isdigit() and len(text) <= 3 and abs(int(text) - number - shift) <= (SKIPPED if shift else NEAR)
    return (
        near and (rows[index].gap or rows[index].indent > EDGE) and below and not rows[index - 1].words[-1:].isdigit()
    )


def text_number(text: str) -> int:
    """The value of an arabic or roman page number; -9999 for anything else.

    >>> text_number("xiv"), text_number("12")
    (14, 12)
    """
    if text.isdigit():
        return int(text)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values.get(letter, 0) for letter in text.lower()]
    if not digits or 0 in digits:
        return -9999
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def _edges(rows: Sequence[Row]) -> frozenset[int]:
    """Indices of the rows at the edges of the page: first and last in the text, and highest and lowest on the paper."""
    order = sorted(range(len(rows)), key=lambda i: -rows[i].y)
    near = [*range(EDGE), *range(len(rows) - EDGE, len(rows))]
    return frozenset(i for i in [*near, *order[:EDGE], *order[-EDGE:]] if 0 <= i < len(rows))


def _repeated(pages: Sequence[list[Row]]) -> dict[str, tuple[int, ...]]:
    """Masked texts at the edges of enough pages, each with, per number in it, whether it counts along (its shift)."""
    seen: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, rows in enumerate(pages, start=1):
        for key, text in {masked(rows[i].words): rows[i].words for i in _edges(rows)}.items():
            seen[key].append((number, text))
        for key in {_prefix(row.words) for row in (rows[:1] + rows[-1:])} - {"-"}:
            seen[key].append((number, ""))
    enough = max(3, len(pages) // 20)
    found: dict[str, tuple[int, ...]] = {}
    for key, places in seen.items():
        if len(places) < enough or not any(letter.isalpha() for letter in key):
            continue
        shifts = [tuple(int(n) - number for n in NUMBER.findall(text)) for number, text in places]
        steady = Counter(shifts).most_common(1)[0]
        found[key] = steady[0] if steady[1] * 2 > len(shifts) else ()
    return found


def _label_in(text: str, number: int, shifts: Sequence[int]) -> str:
    """The page number in a running head or foot: the number that counts along with the pages."""
    numbers = NUMBER.findall(text)
    for printed, shift in zip(numbers, shifts, strict=False):
        if int(printed) == number + shift and abs(shift) < 400:
            return str(printed)
    return ""


def _folio_shift(pages: Sequence[list[Row]]) -> int | None:
    """Printed minus physical page number that most pages with a lone number at an edge agree on; None if few do."""
    shifts: Counter[int] = Counter()
    for number, rows in enumerate(pages, start=1):
        matches = [FOLIO.match(rows[i].words) for i in _edges(rows)]
        shifts.update({text_number(match["number"]) - number for match in matches if match})
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= min(3, max(2, len(pages))) else None
