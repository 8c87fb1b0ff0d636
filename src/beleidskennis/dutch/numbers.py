"""Amounts, percentages, years and counts as they are written in Dutch, with their value.

"€ 830.000", "830 duizend euro" and "EUR 0,83 mln" are the same amount; "15%" and "15 procent" the same share. Dutch
notation: a full stop between thousands, a comma before decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_UNITS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
).split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_SCALES = {
    "honderd": 1e2,
    "duizend": 1e3,
    "miljoen": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "miljard": 1e9,
    "mld": 1e9,
    "mrd": 1e9,
    "biljoen": 1e12,
    "k": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "thousand": 1e3,
}
_DIGITS = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTH = "|".join(_MONTHS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: `text` is `source[start:end]`; `value` in whole euros, per cent, a year, or a plain count.

    `unit` is "euro", "procent", "jaar" (a calendar year), "datum" (value yyyymmdd), "rang" (ordinals: "derde" is 3)
    or "aantal".
    """

    start: int
    end: int
    text: str
    value: float
    unit: str


def _written_below_100() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS)} | {"één": 1}
    for ten, word in enumerate(_TENS, start=2):
        words[word] = ten * 10
        for unit, unit_word in enumerate(_UNITS[1:10], start=1):
            joint = "ën" if unit_word.endswith("e") else "en"
            words[unit_word + joint + word] = ten * 10 + unit
    return words


_WRITTEN = _written_below_100()
_ORDINALS = {
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "vierde": 4,
    "vijfde": 5,
    "zesde": 6,
    "zevende": 7,
    "achtste": 8,
    "negende": 9,
    "tiende": 10,
    "elfde": 11,
    "twaalfde": 12,
}


@lru_cache(maxsize=4096)
def written(word: str) -> float | None:
    """The value of a number in words ("drie", "vijfentwintig", "driehonderdduizend"), or None."""
    word = word.lower()
    if word in _WRITTEN:
        return float(_WRITTEN[word])
    for scale in ("miljard", "miljoen", "duizend", "honderd"):
        before, found, after = word.partition(scale)
        if found:
            times = written(before) if before else 1.0
            rest = written(after.removeprefix("en")) if after else 0.0
            return None if times is None or rest is None else times * _SCALES[scale] + rest
    return None


def value_of(digits: str) -> float:
    """The value of digits in Dutch notation: "1.200,50" is 1200.5, "3.5" (English) is 3.5, "0,83" is 0.83."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", digits)
    if "," in digits:
        return float(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return float(digits.replace(".", ""))
    return float(digits)


_SCALE = r"duizend|miljoen|mln\.?|mio|miljard|mld\.?|mrd\.?|biljoen|million|billion|thousand"
_WORDS_NUMBER = (
    r"[a-zë]*(?:" + "|".join(sorted((*_UNITS[1:], "één", *_TENS, "honderd", "duizend"), key=len, reverse=True)) + r")"
)
_QUANTITY = re.compile(
    rf"(?P<date>\b\d{{1,2}}\s(?:{_MONTH})\s\d{{4}}\b)"
    rf"|(?P<euro>(?:€|\bEUR|\beuro)\s?)?(?:(?P<digits>(?<![\w.,])(?:{_DIGITS}))|\b(?P<words>{_WORDS_NUMBER})\b)"
    rf"(?:\s?(?P<scale>\b(?:{_SCALE})(?!\w)|k\b))?"
    rf"(?P<unit>\s?%|\s?(?:procent|percent)(?!\w)|\s?(?:euro|EUR|€(?!\s?\d))(?!\w))?"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)})\b",
    re.IGNORECASE,
)
_SHORT_END = 1000
"""The first end of a range leaves out its scale only if it is a small number: "€ 10 à € 12 mln", not "€ 500.000"."""
_RANGE = re.compile(r"\s?(?:-|–|tot|à|of|en)\s?(?:€\s?)?$", re.IGNORECASE)


def read(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order, not overlapping.

    In a range the first end takes the scale and unit of the second: "10 tot 15 procent" gives two percentages.
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(match)
        if quantity is None:
            continue
        found.append(quantity)
        if len(found) > 1 and quantity.unit in ("euro", "procent") and found[-2].unit in ("aantal", quantity.unit):
            found[-2] = _as_range(found[-2], quantity, text, match)
    return tuple(found)


def _as_range(first: Quantity, last: Quantity, text: str, match: re.Match[str]) -> Quantity:
    is_short = first.value < min(_SHORT_END, last.value) and not first.text.endswith(("%", "t"))
    if not is_short or not _RANGE.fullmatch(text[first.end : last.start]):
        return first
    scale = _scale(match.group("scale"))
    return Quantity(first.start, first.end, first.text, first.value * scale, last.unit)


def _scale(word: str | None) -> float:
    return _SCALES[word.lower().rstrip(".")] if word else 1.0


def _quantity(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    text = match.group()
    if match.group("date"):
        day, month, year = text.split()
        return Quantity(
            start, end, text, int(year) * 10_000 + (_MONTHS.index(month.lower()) + 1) * 100 + int(day), "datum"
        )
    if match.group("ordinal"):
        return Quantity(start, end, text, float(_ORDINALS[text.lower()]), "rang")
    digits, words = match.group("digits"), match.group("words")
    value = value_of(digits) if digits else written(words)
    if value is None or (words and words.lower() == "een" and not match.group("scale") and not match.group("unit")):
        return None
    value = round(value * _scale(match.group("scale")), 6)
    return Quantity(start, end, text, value, _unit(match, value))


def _unit(match: re.Match[str], value: float) -> str:
    unit = (match.group("unit") or "").strip().lower()
    if unit in ("%", "procent", "percent"):
        return "procent"
    if match.group("euro") or unit:
        return "euro"
    is_year = (
        match.group("digits") and not match.group("scale") and re.fullmatch(r"(?:1[89]|20)\d\d", match.group("digits"))
    )
    return "jaar" if is_year else "aantal"
