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
SUSPENDERS = frozenset({"en", "of", "tot", "noch", "respectievelijk", "resp", "dan", "als", "and", "or", "naar"})
"""Words after which a Dutch suspended hyphen ("keten- en ...") goes on; none of them is the second part of a word."""
CLOSING_DASH = re.compile(r"(?<!\ben)(?<!\bof)(?<!,)(?:^|\s)[-–](?=[^\W\d_]{2})[^–]*[\w)]-$")
"""A line that ends in the second of a pair of dashes without blanks: "een sector -eens de kracht van de stad-"."""
COORDINATED = frozenset(
    {"sociaal", "publiek", "privaat", "politiek", "bestuurlijk", "juridisch", "financieel", "ruimtelijk", "fysiek"}
    | {"technisch", "cultureel", "economisch", "maatschappelijk", "wetenschappelijk", "regionaal", "lokaal", "sociale"}
    | {"landelijk", "nationaal", "historisch", "psychisch", "medisch", "agrarisch", "ecologisch", "noord", "zuid"}
    | {"oost", "west", "midden", "vraag", "rood", "groen", "blauw", "zwart"}
)
"""First parts that Dutch spelling joins with a hyphen to a second adjective of equal rank (leidraad 6.8)."""
PREFIXED = frozenset({"cross", "ex", "non", "oud", "vice", "co", "niet", "semi", "quasi", "pseudo", "no", "plug", "e"})
"""First parts that keep a hyphen before any word (leidraad 6.4), if the document does not write it without."""
ADJECTIVE = re.compile(r"(?:isch|ische|lijk|lijke|eel|ele|aal|ale|ief|ieve|aat|ate|ate|iek|ieke|private?|ese?|se)$")
INSIDE = re.compile(r"(?<![\w/.’-])(?P<first>[^\W\d_]{2,})-(?P<second>[a-zà-ÿ]{2,})(?![\w/’-])")
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
GLUED = re.compile(r"(?<![\w-])(?P<first>[a-zà-ÿ]{3,})(?P<word>naar|tot|en|of) (?P<next>[a-zà-ÿ]{7,})(?![\w-])")
"""A word that ends in one that suspends, and the word after it: "binnenen buitenland"."""
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

    All 227 labelled hyphens of five real documents come out right (docs/reading.md); in a reading of the some 820 of
    ten documents one was wrong, its known cost: two nouns of equal rank before a third are joined.

    In this order: spelling that never joins (capitals, numbers, abbreviations), what the document itself writes inside
    a line, Dutch rules for a hyphen that stays (adjectives in a row, clashing vowels), and else: join.
    """
    ending, beginning = LEFT.search(left), RIGHT.search(right)
    if ending is None:
        return NONE
    if beginning is None or CLOSING_DASH.search(left):
        return SUSPENDED
    first, second = ending["part"], beginning.group()
    joined = first.lower() + second.lower().partition("-")[0]
    if second.lower() in SUSPENDERS:
        return SUSPENDED if second.lower() in ("en", "of") or not is_word(joined) else JOIN
    if not second[0].isalpha() or not first[-1].isalpha() or _is_kept(first, second, is_word):
        return KEEP
    head = ending.group()[:-1].lower()
    seen_plain = vocabulary.plain[joined] if "-" not in head else 0
    if _seen_hyphenated(f"{head}-{second.lower()}", vocabulary) > seen_plain:
        return KEEP
    return JOIN if seen_plain or not _stays(head, first.lower(), second.lower(), is_word) else KEEP


def _is_kept(first: str, second: str, is_word: Callable[[str], bool]) -> bool:
    """Hyphens that are part of the spelling whatever the dictionary says."""
    capitals = sum(letter.isupper() for letter in first)
    if second[0].isupper() and not (first.isupper() and second.isupper() and len(first) > 4):
        return True
    if len(first) == 1 or capitals > 1:
        return True
    tail = second.lower().partition("-")[0]
    return first.lower() in ABBREVIATED and (is_word(tail) or not is_word(first.lower() + tail))


def _stays(head: str, first: str, second: str, is_word: Callable[[str], bool]) -> bool:
    """Whether Dutch spelling keeps the hyphen between two words: "sociaal-economisch", "zee-egel"."""
    tail = second.partition("-")[0]
    if not (is_word(first) and is_word(tail)):
        return first in PREFIXED and is_word(tail)
    coordinated = first in COORDINATED and bool(ADJECTIVE.search(tail))
    return coordinated or first in PREFIXED or head.count("-") >= 2 or bool(VOWEL_CLASH.match(first[-1] + tail[0]))


def stray_hyphens(text: str, *, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> list[int]:
    """Offsets of hyphens inside a line that a former line end left behind ("daaren-tegen", "projec-ten").

    Only where the joined word is sure: the document has it too (twice, if no dictionary knows it) and this form once,
    or the dictionary knows it and does not know one of the halves. Names, abbreviations and clashing vowels are left
    alone. In the five real documents it takes out 7 hyphens, all of them stray. The known cost: it leaves 1 stray one,
    of which the joined word is nowhere else in the document and both halves are words.
    """
    found: list[int] = []
    for match in INSIDE.finditer(text):
        first, second = match["first"].lower(), match["second"]
        joined = first + second
        if first in ABBREVIATED or first in PREFIXED or not match["first"][1:].islower():
            continue
        forms = {f"{first}-{second}", f"{first}-{second}s", f"{first}-{second.removesuffix('s')}"}
        if sum(vocabulary.hyphenated[form] for form in forms) > 1 or VOWEL_CLASH.match(first[-1] + second[0]):
            continue
        often = vocabulary.plain[joined] >= (1 if is_word(joined) else 2)
        half = not is_word(first) or not (is_word(second) or vocabulary.plain[second])
        if often or (half and is_word(joined) and len(first) > 3 and len(second) > 2 and first not in COORDINATED):
            found.append(match.end("first"))
    return found


def lost_hyphens(text: str, *, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> list[int]:
    """Offsets where a suspended hyphen was lost and its word glued to the next one: "binnen- en buitenland".

    Only where it is sure: the glued word is unknown and occurs once, and its first part makes a known word with the end
    of the compound that follows. In the ten documents that it was tried on: 1, rightly.
    """
    found: list[int] = []
    for match in GLUED.finditer(text):
        first, glued, whole = match["first"], match["first"] + match["word"], match["next"]
        if vocabulary.plain[glued] > 1 or is_word(glued) or not is_word(first):
            continue
        ends = [whole[i:] for i in range(3, len(whole) - STEM + 1) if is_word(whole[:i]) and is_word(whole[i:])]
        if any(vocabulary.plain[first + end] or is_word(first + end) for end in ends):
            found.append(match.end("first"))
    return found


def _seen_hyphenated(word: str, vocabulary: Vocabulary) -> int:
    """How often the document itself writes this word with its hyphen inside a line (endings may differ)."""
    head, _, tail = word.rpartition("-")
    return vocabulary.hyphenated[word] or vocabulary.stems[f"{head}-{tail[:STEM]}"]
