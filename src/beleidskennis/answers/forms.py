"""What a question asks for: a figure, a date, a person, a list, yes or no, a comparison, a reason, or just text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from beleidskennis.citations.figures import Figure, read_figures
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.words import fold


class Form(StrEnum):
    """The form of an answer; the values are those of `Answer.form`."""

    TEXT = "tekst"
    NUMBER = "getal"
    AMOUNT = "bedrag"
    PERCENTAGE = "percentage"
    DATE = "datum"
    WHO = "wie"
    LIST = "lijst"
    YES_NO = "ja-nee"
    REASON = "reden"
    COMPARISON = "vergelijking"

    @property
    def is_figure(self) -> bool:
        """Whether the answer is a figure or a date."""
        return self in (Form.NUMBER, Form.AMOUNT, Form.PERCENTAGE, Form.DATE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read: its form, and how many items a list should have (0: not said)."""

    text: str
    form: Form
    items: int = 0
    wants_advice: bool = False
    """Whether it asks what should be done, rather than what is."""


_COUNTS = {
    word: i
    for i, words in enumerate(
        [
            "twee two",
            "drie three",
            "vier four",
            "vijf five",
            "zes six",
            "zeven seven",
            "acht eight",
            "negen nine",
            "tien ten",
        ],
        start=2,
    )
    for word in words.split()
}
_AMOUNT = re.compile(
    r"\b(?:welk bedrag|hoeveel (?:geld|euro|budget|miljoen|subsidie)|wat kost|kosten|(?:hoe duur)|bedrag|budget"
    r"|how much (?:money|does|will)|what (?:does|will).{0,40} cost)\b"
)
_INVESTS = re.compile(
    r"\b(?:hoeveel|how much)\b.*\b(?:invest\w+|kost\w*|betaal\w*|trekt .{0,40}uit|stelt .{0,40}beschikbaar|subsidie"
    r"|draagt .{0,40}bij|uitgegeven|waard|spend\w*|budget\w*)\b"
)
_PERCENTAGE = re.compile(
    r"\b(?:welk (?:percentage|deel|aandeel)|hoeveel procent|wat is het (?:aandeel|percentage)|aandeel|percentage"
    r"|what (?:percentage|share|proportion))\b"
)
_DATE = re.compile(
    r"\b(?:wanneer|(?:in|sinds|vanaf|tot|tot en met|t/m|voor|uit) welk(?:e)? (?:jaar|datum|maand)|welk jaar|welke datum"
    r"|op welke (?:datum|dag)|hoe lang|sinds wanneer|when|what year|which year)\b"
)
_NUMBER = re.compile(r"\b(?:hoeveel|hoe veel|hoe hoog|hoe groot|hoe ver|aantal|how many|how much|how large|how high)\b")
_COUNT = re.compile(r"\b(?:hoeveel|hoe veel|aantal|how many)\b")
_WHO = re.compile(
    r"^(?:\w+\s){0,2}?(?:wie|who|whose|welke (?:minister|wethouder|organisatie|instelling|partij|persoon|voorzitter))\b"
)
_REASON = re.compile(r"\b(?:waarom|waardoor|hoe komt het|wat is de (?:reden|oorzaak)|why|how come)\b")
_LIST = re.compile(
    r"^(?:noem|geef|som)\b|\bwat zijn\b|\bwhat are\b|\bwhich (?:\w+ ){0,2}?(?!has\b|is\b|was\b|does\b)\w+s\b"
    r"|\bwaaraan\b|\blijst\b"
)
_SINGULAR = frozenset("haven keten examen wapen teken leven verleden voornemen vermogen".split())
"""Nouns in -en that are one thing."""
_WELKE = re.compile(r"\bwelke((?: [\w'’-]+){1,3})")
_COMPARES = re.compile(
    r"\b(?:vergelijk\w*|zowel .+ als|verschil\w* (?:tussen|in)|verschillen|overeenkomst\w*|het eens|oneens|beide"
    r"|allebei|compare\w*|difference|both|agree)\b"
)
_VERBS = (
    "is zijn was waren heeft hebben had kan kunnen kon mag mogen moet moeten zal zullen zou wil willen wordt worden "
    "werd krijgt krijgen doet doen gaat gaan geldt gelden bestaat bestaan helpt helpen komt komen staat staan laat "
    "laten legt leggen levert leveren trekt trekken vindt vinden weet weten zit zitten does do did are can should "
    "will has have would must werkt werken loopt lopen houdt houden neemt nemen ziet zien verdwijnt verdwijnen klopt "
    "adviseert pleit steunt hoort horen blijft blijven groeit groeien daalt dalen stijgt stijgen zien steunen hoort"
)
_YES_NO = re.compile(rf"^(?:en |maar )?(?:{'|'.join(_VERBS.split())})\b")
_BECAUSE = re.compile(
    r"\b(?:omdat|doordat|waardoor|daardoor|vanwege|wegens|dankzij|want|aangezien|reden|oorzaak|komt door|gevolg"
    r"|immers|door (?:de|het|een)|because|due to)\b",
    re.IGNORECASE,
)
_ASKS_ADVICE = re.compile(
    r"\b(?:advis\w+|advies|aanbevel\w+|aanbeveelt|beveelt|raadt|raden|pleit\w*|stelt|stellen|voorstel\w*|moet|moeten"
    r"|zou|zouden|wil|willen|vindt|vinden|hoe|should|recommend\w*|advise\w*|propose\w*)\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"\b(?:advis\w+|advies|aanbevel\w+|beve(?:el|elt|len)|raad(?:t|den)|pleit\w*|stel(?:t|len) voor|moet(?:en)?"
    r"|dien(?:t|en)|zou(?:den)?|nodig|noodzakelijk|van belang|belangrijk|gewenst|wenselijk|wil(?:len)?|verdient"
    r"|vraagt|vragen)\b"
    r"|^(?:\W*)(?:kies|zorg|maak|ontwikkel|stimuleer|investeer|geef|zet|stel|breng|leg|laat|richt|bouw|behoud|verbind)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[^.!?:] )(?:[A-Z][\w&'’-]+)(?: (?:van|de|der|den|the|of|en|voor) )?(?:[ -][A-Z][\w&'’-]+)*")


@lru_cache(maxsize=2048)
def read_question(text: str, documents: int = 0) -> Question:
    """The form of a question. `documents` counts the documents that it names: two or more make a comparison."""
    folded = fold(text).strip(" ?¿.")
    counts = re.search(
        rf"\b(?:welke|wat zijn de|noem|de|which|what are the)\s(?:\w+\s)?({'|'.join(_COUNTS)})\b", folded
    )
    items = _COUNTS[counts[1]] if counts else 0
    if documents >= 2 or (_COMPARES.search(folded) and documents):
        form = Form.COMPARISON
    elif _REASON.search(folded):
        form = Form.REASON
    elif _PERCENTAGE.search(folded):
        form = Form.PERCENTAGE
    elif _AMOUNT.search(folded) or _INVESTS.search(folded):
        form = Form.AMOUNT
    elif _DATE.search(folded):
        form = Form.DATE
    elif _NUMBER.search(folded):
        form = Form.NUMBER
    elif _WHO.search(folded):
        form = Form.WHO
    elif items or _LIST.search(folded) or _asks_several(folded):
        form = Form.LIST
    elif _YES_NO.search(folded):
        form = Form.YES_NO
    else:
        form = Form.TEXT
    return Question(text, form, items, bool(_ASKS_ADVICE.search(folded)))


def _asks_several(folded: str) -> bool:
    """Whether "welke" asks for several: its noun is a plural ("welke nieuwe sectoren", not "welke plek hebben")."""
    for found in _WELKE.finditer(folded):
        for word in found[1].split():
            if (word.endswith("en") and word not in _SINGULAR) or (word.endswith(("s", "a")) and lemma(word) != word):
                return True
            if not word.endswith("e") and word not in _COUNTS and not word.endswith(("elf", "aalf", "tien", "tig")):
                break  # only an adjective or a number may stand before the noun
    return False


def fitting_figures(question: Question, text: str) -> tuple[Figure, ...]:
    """The figures of `text` that can be the answer: of the kind asked for, and not in the question already."""
    asked = {(figure.value, figure.unit) for figure in read_figures(question.text)}
    units = {
        Form.AMOUNT: ("euro",),
        Form.PERCENTAGE: ("procent",),
        Form.DATE: ("jaar", "datum"),
        Form.NUMBER: ("aantal", "euro", "procent"),
    }.get(question.form, ())
    return tuple(
        figure for figure in read_figures(text) if figure.unit in units and (figure.value, figure.unit) not in asked
    )


def counted(question: Question, text: str) -> tuple[Figure, ...]:
    """Of the figures that can be the answer those that count things, where a count is asked for; else all of them."""
    figures = fitting_figures(question, text)
    asks_count = question.form is Form.NUMBER and _COUNT.search(fold(question.text))
    return tuple(figure for figure in figures if not asks_count or figure.unit == "aantal")


def type_features(question: Question, text: str, introduced: int = 0) -> Mapping[str, float]:
    """Whether a sentence holds the kind of thing that is asked for, 0 to 1, each under the name of that kind.

    `type` is the same for all kinds, and 0.5 where any text will do. `introduced` counts the items of the list that the
    sentence introduces or is an item of.
    """
    kind, value = _fits(question, text, introduced)
    found = {"type": value, kind: value} if kind else {"type": 0.5}
    if question.wants_advice:
        found["advice"] = 1.0 if advises(text) else 0.0
    return found


def advises(text: str) -> bool:
    """Whether a sentence says what should be done, or takes a stand."""
    return bool(_ADVISES.search(text))


def _fits(question: Question, text: str, introduced: int) -> tuple[str, float]:
    match question.form:
        case Form.NUMBER | Form.AMOUNT | Form.PERCENTAGE | Form.DATE:
            return "type_figure", 1.0 if fitting_figures(question, text) else 0.0
        case Form.WHO:
            known = fold(question.text)
            return "type_who", 1.0 if any(fold(name) not in known for name in _NAME.findall(text)) else 0.0
        case Form.LIST:
            count = max(introduced, enumerated(text))
            if question.items and count == question.items:
                return "type_list", 1.0
            return "type_list", min(0.8 if question.items else 1.0, count / max(2, question.items or 3))
        case Form.REASON:
            return "type_reason", 1.0 if _BECAUSE.search(text) else 0.0
        case _:
            return "", 0.0


def enumerated(text: str) -> int:
    """How many things a sentence lists: commas, semicolons and "en" between short parts; 1 for plain text."""
    tail = text.rpartition(":")[2] if ":" in text else text
    return 1 + len(re.findall(r",\s|;\s|\sen\s", tail))
