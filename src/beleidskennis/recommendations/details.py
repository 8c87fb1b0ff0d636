"""What a recommendation says exactly: the act, the deadline, and the amounts."""

from __future__ import annotations

import re

from beleidskennis.dutch import numbers
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.recommendations.grammar import (
    Sentence,
    has_finite,
    imperative,
    infinitive_of_participle,
    is_verb,
    split_verb,
)

_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_YEAR = r"20[2-9]\d"
_NUMBER = (
    r"(?:\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|enkele|een paar)"
)
_DEADLINE = re.compile(
    rf"\b(?:binnen|in|gedurende|over|voor) (?:de )?(?:komende |eerstvolgende |eerste )?{_NUMBER} (?:jaar|jaren|"
    rf"maanden|weken|kwartalen)\b|"
    rf"\b(?:uiterlijk|vóór|voor|per|vanaf|tegen|medio|eind|begin|tot en met|tot|in|na) (?:in |op |het jaar |"
    rf"het najaar van |het voorjaar van |"
    rf"de zomer van |eind |begin |medio |\d{{1,2}} )*(?:(?:{_MONTH}) )?{_YEAR}\b|"
    rf"\b(?:de|in de|gedurende de|voor de) (?:komende|volgende|nieuwe) (?:{_NUMBER} )?(?:jaren|jaar|"
    rf"collegeperiode|bestuursperiode|raadsperiode|"
    rf"kabinetsperiode|periode|maanden)\b|\bop (?:de )?(?:korte|middellange|lange|langere) termijn\b|"
    rf"\b{_YEAR} ?[-–] ?{_YEAR}\b|"
    rf"\b(?:uiterlijk|vóór|voor) (?:\d{{1,2}} (?:{_MONTH})|het zomerreces|de zomer|de begroting|"
    rf"het einde van het jaar)\b|\b(?:jaarlijks|elk jaar|"
    rf"ieder jaar|elk kwartaal|ieder kwartaal|halfjaarlijks|elke twee jaar)\b",
    re.IGNORECASE,
)


def deadline(text: str) -> str:
    """The first term or period in `text`, verbatim ("binnen 15 jaar", "uiterlijk in 2030"), or ""."""
    match = _DEADLINE.search(text)
    return match.group(0) if match else ""


_BEFORE = re.compile(
    r"(?:minimaal|ten minste|tenminste|minstens|maximaal|hoogstens|ten hoogste|circa|ongeveer|ruim|bijna|meer dan|"
    r"minder dan|tot|"
    r"naar|met|van) $",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?: per (?:jaar|inwoner|woning|huishouden|persoon|hectare|maand|leerling))|^ (?:extra |nieuwe |sociale |"
    r"betaalbare )?(?:woningen|banen|"
    r"arbeidsplaatsen|plekken|plaatsen|stageplekken|hectare|vierkante meters?|m2|m²|kilometer|bomen|laadpalen|"
    r"studenten|leerlingen|bedrijven|inwoners|"
    r"scholen|wijken|gemeenten|megawatt|MW|ton|fte|huishoudens|starters|ondernemers|jongeren|opvangplekken|"
    r"kunstenaars|kamers)\b",
    re.IGNORECASE,
)
_PLAIN_BEFORE = ("tot ", "naar ", "met ", "van ")


def figures(text: str) -> tuple[str, ...]:
    """The amounts, shares and counted targets in `text`, verbatim with what bounds them ("minimaal 15%")."""
    found: list[str] = []
    for quantity in numbers.read(text):
        after = _AFTER.match(text[quantity.end :])
        if quantity.unit not in ("euro", "procent") and not (quantity.unit == "aantal" and after):
            continue
        end = quantity.end + (after.end() if after else 0)
        before = _BEFORE.search(text[: quantity.start])
        start = before.start() if before and before.group(0).lower() not in _PLAIN_BEFORE else quantity.start
        found.append(text[start:end].strip())
    return tuple(dict.fromkeys(found))


_TO = re.compile(
    r"\b(?:om|door|voor)\b[^.;,]*?\bte (\w+en|gaan|doen|zien|slaan|staan)\b|\bte (\w+en|gaan|doen|zien|slaan|staan)\b"
)
_SPLIT_TO = re.compile(
    r"\b(in|op|aan|af|uit|voor|mee|toe|door|om|over|bij|terug|samen|vast|neer|weg|vrij|na) te (\w+en)\b"
)
_PASSIVES = (re.compile(r"\b(?:worden|wordt) (\w+)\b"), re.compile(r"\b(\w+) (?:worden|wordt)\b"))
_MODAL_END = re.compile(
    r"\b(?:moeten|moet|kan|kunnen|zou|zouden|dient|dienen|mag|mogen|gaan|gaat)\b[^.;]*?\b(\w+en|gaan|doen|"
    r"zien)[.,;]?(?:$| om | door | die | dat | zodat | en )"
)
_NOUN_ACT = re.compile(r"\b(?:voor|om|op|naar|is|zijn) (?:een |de |het )?(?:\w+ ){0,2}?(\w{3,}ing)\b")
_NO_ACT = frozenset(
    """
    zijn hebben worden kunnen moeten zullen mogen willen laten doen gaan blijven krijgen komen staan bereiken
    zorgen maken voorkomen dienen denken meedoen
    """.split()
)


def action(sentence: Sentence) -> str:
    """The lemma of the verb that says what is to be done ("uitbreiden"), or "" where none can be told."""
    if infinitive := imperative(sentence):
        return split_verb(sentence.tokens, infinitive)
    for finder in (_after_to, _first_infinitive, _passive, _at_end, _as_noun):
        if found := finder(sentence):
            return found
    return ""


def _after_to(sentence: Sentence) -> str:
    lower = _without_purpose(sentence.lower)
    match = _SPLIT_TO.search(lower)
    if match and is_verb(match.group(1) + match.group(2)):
        return f"{match.group(1)}{match.group(2)}"
    verbs = [a or b for a, b in _TO.findall(lower)]
    telling = [verb for verb in verbs if verb not in _NO_ACT]
    return str((telling or verbs or [""])[0])


def _without_purpose(lower: str) -> str:
    """`lower` without an opening clause of purpose: "Om X te bereiken, is Y nodig" -> "is Y nodig"."""
    match = re.match(
        r"(?:om|teneinde) [^,;]*?\bte \w+(?: en [^,;]*?te \w+)?,? (?=is|moet|zijn|adviseer|dien|kan|zou|zal|"
        r"vraagt|bevelen|pleit)",
        lower,
    )
    return lower[match.end() :] if match else lower


def _first_infinitive(sentence: Sentence) -> str:
    """The first infinitive of a phrase without a finite verb: "Het archief bij de tijd brengen" -> "brengen"."""
    words = sentence.words
    opening = words[1] if len(words) > 2 and words[0] in ("het", "samen", "actief") else (words[0] if words else "")
    if _is_infinitive(opening):
        return opening
    if has_finite(sentence.tokens):
        return ""
    return next((word for word in words if _is_infinitive(word) and word not in _NO_ACT | _NOUNS), "")


_NOUNS = frozenset(
    [
        "wonen",
        "werken",
        "leven",
        "leren",
        "kansen",
        "eisen",
        "plannen",
        "kosten",
        "bedrijven",
        "diensten",
        "stukken",
        "leden",
    ]
)
"""Nouns with the form of an infinitive."""


def _is_infinitive(word: str) -> bool:
    return len(word) > 4 and word.isalpha() and word.endswith("en") and lemma(word) == word and is_verb(word)


def _passive(sentence: Sentence) -> str:
    for pattern in _PASSIVES:
        for participle in pattern.findall(sentence.lower):
            infinitive = infinitive_of_participle(participle) if len(participle) > 4 else ""
            if infinitive and infinitive not in _NO_ACT:
                return infinitive
    return ""


def _at_end(sentence: Sentence) -> str:
    match = _MODAL_END.search(_without_purpose(sentence.lower))
    verb = str(match.group(1)) if match else ""
    return verb if verb and (lemma(verb) == verb or is_verb(verb)) else ""


def _as_noun(sentence: Sentence) -> str:
    match = _NOUN_ACT.search(sentence.lower) or re.match(r"(\w{3,}ing)\b", sentence.lower)
    if not match:
        return ""
    stem = match.group(1)[:-3]
    for verb in (stem + "en", stem[:-1] + "en" if stem[-1:] == stem[-2:-1] else stem + "en"):
        if lemma(verb) == verb and is_verb(verb):
            return verb
    return ""
