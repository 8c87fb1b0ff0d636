"""What a stretch of a page is apart from running text: contents, reference list, colophon, addresses only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from beleidskennis.cleaning.rows import Row

CONTENTS_ROW = re.compile(r"^.*?\S(?:\s*(?:\.\s?){4,}|\s*…{2,}|\s*·{4,}|\s+)(?:\d{1,3}|[ivxl]{1,5})$")
PAGE_NUMBER = frozenset("0123456789ivxl")
LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}|·{5,}")
CONTENTS_HEADING = re.compile(r"^(?:inhoud(?:sopgave|sopgaaf)?|table of contents|contents)\.?$", re.IGNORECASE)
REFERENCES_HEADING = re.compile(
    r"^(?:(?:\d+(?:\.\d+)*\.?|bijlage\s+\w+:?|[A-Z]\.)\s+)?(?:geraadpleegde\s+)?"
    r"(?:literatuur(?:lijst|opgave|overzicht|verwijzingen| en bronnen)?|bronnen(?:lijst|overzicht|vermelding)?"
    r"|referenties|bibliografie|references|bibliography|eindnoten|noten)$",
    re.IGNORECASE,
)
COLOPHON_HEADING = re.compile(r"^(?:colofon|colophon|disclaimer)$", re.IGNORECASE)
COLOPHON_SIGNS = (
    *("isbn", "issn", "©", "all rights reserved", "alle rechten voorbehouden", "vormgeving:", "opmaak:", "drukwerk:"),
    *(
        "fotografie:",
        "eindredactie:",
        "overneming van teksten",
        "verveelvoudigd",
        "in opdracht van:",
        "contactgegevens",
    ),
)
ADDRESS_ONLY = re.compile(
    r"^(?:\W*(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|(?:[\w-]+\.)+(?:nl|com|eu|org|be|net)(?:/\S*)?)\W*)+$"
)


def is_contents(rows: Sequence[Row]) -> bool:
    """Whether the body rows of a page are mostly a table of contents: at least five that end in a page number."""
    body = [row for row in rows if row.role in ("body", "heading", "heading-rest", "table")]
    ends = [row for row in body if row.words[-1] in PAGE_NUMBER and CONTENTS_ROW.match(row.words)]
    leaders = [row for row in ends if LEADERS.search(row.words)]
    titled = any(CONTENTS_HEADING.match(row.words) for row in body[:4])
    if len(leaders) >= 3 and len(leaders) * 3 >= len(body):
        return True
    numbers = [int(row.words.split()[-1]) for row in ends if row.words.split()[-1].isdigit()]
    rising = sum(a <= b for a, b in pairwise(numbers)) >= 0.8 * max(1, len(numbers) - 1)
    return len(ends) >= (3 if titled else 6) and len(ends) * 2 >= len(body) and rising


def is_colophon(rows: Sequence[Row]) -> bool:
    """Whether a page without such a heading is a colophon: short, and at least two of the things printed in one."""
    text = "\n".join(row.words for row in rows if row.role not in ("head", "folio", "slug")).lower()
    return len(text) < 2000 and sum(sign in text for sign in COLOPHON_SIGNS) >= 2


def section_kind(heading: str) -> str:
    """The kind of the blocks under a heading: "references", "colophon", "contents" or "" for running text."""
    if REFERENCES_HEADING.match(heading):
        return "references"
    if COLOPHON_HEADING.match(heading):
        return "colophon"
    return "contents" if CONTENTS_HEADING.match(heading) else ""


def is_address_only(text: str) -> bool:
    """Whether a text is nothing but web or mail addresses."""
    return bool(ADDRESS_ONLY.match(text))
