"""Numbers by which Dutch government knows its documents, found in running text and written one way."""

from __future__ import annotations

import re
from collections.abc import Callable

_Writer = Callable[[re.Match[str]], str]


def _dossier(text: str) -> str:
    """The dossier number with its budget chapter, as officielebekendmakingen.nl has it: 35 830 XV -> 35830-XV."""
    digits = "".join(re.findall(r"\d", text))
    chapter = re.search(r"[IVXLC]+", text)
    return digits + (f"-{chapter[0]}" if chapter else "")


def _session(text: str) -> str:
    """The session years, short: 2010–2011 -> 2010/11."""
    years = re.findall(r"\d+", text)
    return f"{years[0]}/{years[1][-2:]}"


def _kamerstuk(match: re.Match[str]) -> str:
    chamber = f" {match['chamber'].upper()}" if match["chamber"] else ""
    session = f" {_session(match['session'])}," if match["session"] else ""
    return f"Kamerstukken{chamber}{session} {_dossier(match['dossier'])}, nr. {match['number'].upper()}"


_PATTERNS: tuple[tuple[re.Pattern[str], _Writer], ...] = (
    (re.compile(r"\bRIS\s?-?\s?(\d{5,6})\b"), lambda match: f"RIS{match[1]}"),
    (
        re.compile(
            r"\b(?:Kamerstuk(?:ken)?|Handelingen)\s*(?:(?P<chamber>II|I|EK|TK)\b)?[,\s]*"
            r"(?:(?:vergaderjaar\s+)?(?P<session>(?:19|20)\d\d\s?[-–/]\s?\d{2,4}))?[,\s]*"
            r"(?P<dossier>\d{2}[ .]?\d{3}(?:[ -]?[IVX]{1,5}\b)?),?\s*(?:nrs?\.?|nummer)?\s*"
            r"(?P<number>\d{1,4}|[A-Z]{1,2})\b"
        ),
        _kamerstuk,
    ),
    (
        re.compile(r"\bSER-?\s?(?:advies|publicatie)(?:nummer)?\s+(?:nr\.?\s*)?(\d{2,4}/\d{1,2})\b", re.IGNORECASE),
        lambda match: f"SER-advies {_year_number(match[1])}",
    ),
    (
        re.compile(r"\bSER\b[^.;]{0,150}?\b[Pp]ublicatie(?:nummer|nr\.?)\s*(\d{2,4}/\d{1,2})\b"),
        lambda match: f"SER-advies {_year_number(match[1])}",
    ),
    (
        re.compile(r"\b[Aa]dvies(?:nummer|\s+nr\.?)?\s+(\d{2,4}/\d{1,2})\b"),
        lambda match: f"Advies {_year_number(match[1])}",
    ),
    (re.compile(r"\b(Stb|Stcrt|Trb)\.?\s*((?:19|20)\d\d)\s*,?\s*(?:nr\.?\s*)?(\d{1,5})\b"),
     lambda match: f"{match[1]}. {match[2]}, {match[3]}"),
    (re.compile(r"\b(ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25})\b"), lambda match: match[1].rstrip(".")),
    (re.compile(r"\bCELEX:?\s?(\d{5}[A-Z]{1,2}\d{4})\b"), lambda match: f"CELEX {match[1]}"),
    (re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dX])\b"), lambda match: _isbn(match[1])),
)  # fmt: skip


def find_identifiers(text: str) -> tuple[str, ...]:
    """The identifiers in `text`, normalised, in order of first appearance, each once.

    >>> find_identifiers("Zie RIS 300418 en Kamerstuk 35 830 XV, nr. 1 (SER-advies 21/08).")
    ('RIS300418', 'Kamerstukken 35830-XV, nr. 1', 'SER-advies 21/08')
    """
    found: list[tuple[int, str]] = []
    for pattern, write in _PATTERNS:
        found += [(match.start(), written) for match in pattern.finditer(text) if (written := write(match))]
    inside = {written.replace("SER-advies", "Advies") for _, written in found if written.startswith("SER-advies")}
    return tuple(dict.fromkeys(written for _, written in sorted(found) if written not in inside))


def _year_number(text: str) -> str:
    """Year and number, two digits each: 2015/2 -> 15/02."""
    year, number = text.split("/")
    return f"{year[-2:]}/{int(number):02}"


def _isbn(text: str) -> str:
    """Thirteen digits, if the check digit is right; else ""."""
    digits = re.sub(r"[- ]", "", text)
    if len(digits) == 10:
        total = sum((10 - index) * (10 if digit == "X" else int(digit)) for index, digit in enumerate(digits))
        digits = "" if total % 11 else "978" + digits[:9]
        digits += str(-_weighted(digits) % 10) if digits else ""
    if len(digits) != 13 or "X" in digits or _weighted(digits) % 10:
        return ""
    return f"ISBN {digits}"


def _weighted(digits: str) -> int:
    """The sum that the check digit of an ISBN-13 makes a multiple of ten."""
    return sum(int(digit) * (1 + 2 * (index % 2)) for index, digit in enumerate(digits))
