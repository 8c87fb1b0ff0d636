"""In which journal an article stands, where its own head, foot or first page says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

KINDS = frozenset({"artikel", "essay", "opinie", "column", "blog", ""})
"""Kinds of documents that may stand in a journal; a nota that names a volume ("jaargang") is in none."""
_NAME = r"(?P<journal>[A-Z][\w&'’.-]*(?: (?:[A-Z][\w&'’.-]*|en|voor|van|de|het|der|den|in|op|of|the|and|&)){0,7})"
_BREAK = r"\s*(?:[,|:·–—-]\s*)?"
_PAGES = r"(?:\s*[,:|]?\s*(?:pp?\.|blz\.|pagina['’]?s)?\s*(?P<pages>\d{1,4}\s?[-–]\s?\d{1,4}))?"
_NUMBER = r"(?P<issue>\d{1,4}(?:[/-]\d{1,4})?)"
_PATTERNS = (
    # Tijdschrift voor Stad en Water, 9(2), 44-61
    re.compile(rf"{_NAME},?\s+(?P<volume>\d{{1,3}})\s?\({_NUMBER}\){_PAGES}"),
    # Stad en Water, jaargang 9, nummer 2; jrg. 9, nr. 2; vol. 9, no. 2
    re.compile(
        rf"{_NAME}?{_BREAK}\b(?:[Jj]aargang|[Jj]rg\.?|[Jj]g\.?|[Vv]ol(?:ume)?\.?)\s*(?P<volume>\d{{1,3}})"
        rf"(?:{_BREAK}\(?(?:[Nn]ummer|[Nn]r\.?|[Nn]o\.?|[Ii]ssue|[Aa]fl(?:evering)?\.?)\s*{_NUMBER}\)?)?"
        rf"(?:[,\s|(]*(?:19|20)\d\d\)?)?{_PAGES}"
    ),
    # Stad en Water, 9e jaargang, nr. 2
    re.compile(
        rf"{_NAME}?{_BREAK}\b(?P<volume>\d{{1,3}})(?:e|ste|de) jaargang{_BREAK}(?:nummer|nr\.?|afl\.?)\s*{_NUMBER}"
    ),
    # Stadsblad, najaar 2025
    re.compile(rf"{_NAME},?\s+(?P<issue>voorjaar|lente|zomer|najaar|herfst|winter|spring|summer|autumn)\s+(?:19|20)\d\d$"),
)  # fmt: skip
_BEFORE = re.compile(
    r"^(?:dit (?:artikel|stuk|essay) )?(?:is )?(?:eerder )?"
    r"(?:verschenen|gepubliceerd|verscheen|uit|overgenomen uit|bron)(?: eerder)?(?: in)?:?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Periodical:
    """Where an article stands. Each is "" where it is not known; `pages` is a range of printed pages ("44-61")."""

    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def find_periodical(lines: Iterable[str], kind: str) -> Periodical:
    """The journal of an article of this kind: from running heads and feet and the lines of its first page.

    Only a line that is about nothing else counts: a source in a sentence or a list of literature is another article.
    """
    if kind not in KINDS:
        return Periodical()
    for line in lines:
        for part in (line, *re.split(r"\s[|·•]\s", line)):
            text = _BEFORE.sub("", part.strip().rstrip("."))
            for pattern in _PATTERNS:
                match = pattern.fullmatch(text)
                if match and match["journal"]:
                    return _made(match)
    return Periodical()


def _made(match: re.Match[str]) -> Periodical:
    found = {name: value or "" for name, value in match.groupdict().items()}
    pages = re.sub(r"\s*[-–]\s*", "-", found.get("pages", ""))
    return Periodical(found["journal"].strip(" ,|-–"), found.get("volume", ""), found.get("issue", ""), pages)


def printed_range(labels: Sequence[str]) -> str:
    """The pages of an article by the numbers printed on it ("41-46"); "" where they count from 1 or are not known."""
    numbers = [int(label) for label in labels if label.isdigit()]
    if len(numbers) < len(labels) or len(numbers) < 2 or numbers[0] <= 1:
        return ""
    return f"{numbers[0]}-{numbers[-1]}" if numbers[-1] > numbers[0] else ""
