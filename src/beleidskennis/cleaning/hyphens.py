"""Words broken at the end of a line: joined, or kept with their hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

JOIN, KEEP, SUSPENDED, NONE = "join", "keep", "suspended", "none"
LEFT = re.compile(r"(?:[\w’']+-)*(?P<part>[\w’']+)-$")
RIGHT = re.compile(r"^[\w’']+(?:-[\w’']+)*")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SUSPENDERS = frozenset({"en", "of", "tot", "noch", "respectievelijk", "resp", "dan", "als", "and", "or"})
"""Words after which a Dutch suspended hyphen ("keten- en ...") goes on; none of them is the second part of a word."""
COORDINATED = frozenset(
    {"sociaal", "publiek", "privaat", "cross", "politiek", "bestuurlijk", "juridisch", "financieel", "ruimtelijk"}
    | {"fysiek", "technisch", "cultureel", "economisch", "maatschappelijk", "ex", "non", "niet", "oud", "semi", "vice"}
    | {"co", "intra", "extra", "quasi", "pseudo", "wetenschappelijk", "noord", "zuid", "oost", "west", "midden"}
)
"""First parts that Dutch spelling joins to an adjective or a name with a hyphen (Woordenlijst, leidraad 6.4 to 6.8)."""
ABBREVIATED = frozenset(
    {
        "wo",
        "hbo",
        "mbo",
        "vmbo",
        "vwo",
        "mkb",
        "ict",
        "it",
        "vn",
        "eu",
        "cao",
        "zzp",
        "ggz",
        "tv",
        "pc",
        "ov",
        "ai",
        "rd",
    }
    | {"hr", "pr", "ngo", "bbp", "ozb", "nl", "uk", "us", "asml", "tno", "cbs", "ser", "po", "vo", "ho", "lbo", "havo"}
)
STEM = 4
VOWEL_CLASH = re.compile(r"(?:a[aeiu]|e[eiu]|i[ije]|o[eiou]|u[iu])$")
"""Two vowels that would be read as one across the border of a compound: it is then spelt with a hyphen (zee-eend)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the document itself, lower case, with how often each occurs inside a line, plain or hyphenated."""

    plain: Counter[str]
    hyphenated: Counter[str]
    stems: Counter[str]
    """Of hyphenated words, the part before the last hyphen and the first four letters after it ("woon-werk")."""


def read_vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Count the words of the lines, without the broken ones at their ends."""
    plain: Counter[str] = Counter()
    hyphenated: Counter[str] = Counter()
    for line in lines:
        text = line.lower()
        if text.endswith("-"):
            text = text.rpartition(" ")[0]
        for word in WORD.findall(text):
            (hyphenated if "-" in word else plain)[word] += 1
    stems: Counter[str] = Counter()
    for word, count in hyphenated.items():
        head, _, tail = word.rpartition("-")
        if len(tail) >= STEM:
            stems[f"{head}-{tail[:STEM]}"] += count
    return Vocabulary(plain, hyphenated, stems)


def decide(left: str, right: str, *, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> str:
    """What to do where the text `left` ends in a hyphen and `right` follows on the next line.

    JOIN drops the hyphen; KEEP keeps it and puts no blank; SUSPENDED keeps it and puts a blank ("keten- en"); NONE:
    it is no line-end hyphen at all.
    """
    ending, beginning = LEFT.search(left), RIGHT.search(right)
    if ending is None or beginning is None:
        return NONE if ending is None else SUSPENDED
    first, second = ending["part"], beginning.group()
    if second.lower() in SUSPENDERS:
        return SUSPENDED
    if not second[0].isalpha() or not first[-1].isalpha() or _is_kept(first, second):
        return KEEP
    head = ending.group()[:-1].lower()
    tail = second.lower()
    seen_plain = vocabulary.plain[first.lower() + tail.partition("-")[0]] if "-" not in head else 0
    seen_hyphenated = _seen_hyphenated(f"{head}-{tail}", vocabulary)
    if seen_hyphenated > seen_plain:
        return KEEP
    if seen_plain:
        return JOIN
    joined = first.lower() + tail.partition("-")[0]
    if first.lower() in COORDINATED and is_word(tail.partition("-")[0]) and not is_word(joined):
        return KEEP
    if is_word(joined):
        return JOIN
    clash = VOWEL_CLASH.search(first[-1:].lower() + tail[:1])
    if clash and is_word(first.lower()) and is_word(tail.partition("-")[0]):
        return KEEP
    return JOIN


def _is_kept(first: str, second: str) -> bool:
    """Hyphens that are part of the spelling whatever the dictionary says."""
    if second[0].isupper() and not (first.isupper() and second.isupper() and len(first) > 4):
        return True
    return len(first) == 1 or (first.isupper() and len(first) > 1) or first.lower() in ABBREVIATED


def _seen_hyphenated(word: str, vocabulary: Vocabulary) -> int:
    """How often the document itself writes this word with its hyphen inside a line (endings may differ)."""
    head, _, tail = word.rpartition("-")
    return vocabulary.hyphenated[word] or vocabulary.stems[f"{head}-{tail[:STEM]}"]
