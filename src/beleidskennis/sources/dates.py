"""Dates as policy documents write them, to ISO 8601 as precise as they are."""

from __future__ import annotations

import re

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_WRITTEN = re.compile(rf"\b(?:(\d{{1,2}})\s+)?({_MONTH})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d{2})(?:-(\d{2}))?\b(?!-)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEASON = re.compile(r"\b(?:voorjaar|lente|zomer|najaar|herfst|winter)\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def read_date(text: str) -> str:
    """The whole of `text` as an ISO date ("2015-08-28", "2025-10", "2019"), or "" if it is no date.

    >>> read_date("28 augustus 2015"), read_date("oktober 2025"), read_date("28-08-2015"), read_date("2019")
    ('2015-08-28', '2025-10', '2015-08-28', '2019')
    """
    text = text.strip()
    if _YEAR.fullmatch(text):
        return text
    for pattern, order in ((_ISO, (0, 1, 2)), (_WRITTEN, (2, 1, 0)), (_NUMERIC, (2, 1, 0))):
        match = pattern.fullmatch(text)
        if match:
            groups = match.groups()
            return _iso(*(groups[index] for index in order))
    return ""


def find_dates(text: str) -> tuple[tuple[int, int, str], ...]:
    """Dates written with a month in `text`, as `(start, end, ISO date)`, in order; seasons give their year."""
    found = [(match, _iso(match[3], match[2], match[1])) for match in _WRITTEN.finditer(text)]
    found += [(match, match[1]) for match in _SEASON.finditer(text)]
    found += [(match, _iso(match[3], match[2], match[1])) for match in _NUMERIC.finditer(text)]
    return tuple(sorted((match.start(), match.end(), date) for match, date in found if date))


def _iso(year: str | None, month: str | None, day: str | None) -> str:
    if not month:
        return year or ""
    number = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month) if month.isdigit() else 0
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
