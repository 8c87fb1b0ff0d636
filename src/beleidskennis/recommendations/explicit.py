"""Rules for plain advice: each takes a `Sentence` and gives the words that earned it, or "".

Each docstring has precision (P: the share of the n sentences with the sign that are advice, plain or not) and recall
(R: the share of all advice that has the sign; a sentence may have several) on the labelled sentences, which are hard
cases on purpose, and on two whole advices read by others (1,842 sentences, 450 of them advice).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from beleidskennis.recommendations.grammar import SUBORDINATORS, Sentence, imperative, in_subordinate, tokens_of

Rule = Callable[[Sentence], str]

_NEED = (
    r"zaak|essentieel|noodzakelijk|cruciaal|nodig|gewenst|wenselijk|onwenselijk|geboden|vereist|onontbeerlijk|"
    r"onmisbaar|urgent|verstandig|raadzaam|aan te bevelen|aan te raden|zinvol|wijs|hard nodig|broodnodig|"
    r"onvermijdelijk|"
    r"van (?:essentieel|cruciaal|eminent|vitaal|het grootste|groot) belang"
)


def _verbs(sentence: Sentence, *forms: str) -> Iterator[int]:
    """The places of `forms` that stand in a main clause."""
    for place, token in enumerate(sentence.tokens):
        if token in forms and not in_subordinate(sentence.tokens, place):
            yield place


def _found(pattern: re.Pattern[str], sentence: Sentence) -> str:
    match = pattern.search(sentence.lower)
    return match.group(0).strip() if match else ""


_ADVISES = re.compile(
    r"\b(?:adviseer(?:t|\b)|adviseren|beveelt\b|bevelen\b[^.;]*\baan\b|pleit(?:en)?\b|ons (?:\w+ )?advies (?:is|"
    r"aan|luidt)\b|"
    r"onze (?:\w+ )?aanbeveling (?:is|aan|luidt)\b|(?:het|een|is het|de) (?:\w+ )?(?:advies|aanbeveling)\b[^.;]{0,60}?"
    r"\b(?:is|luidt|om)\b|raadt\b[^.;]*\b(?:aan|af)\b|raden\b[^.;]*\b(?:aan|af)\b|ontraden\b|ontraadt\b|ge(?:eft|"
    r"ven)\b[^.;]* in overweging|"
    r"aanbeveling (?:daarvoor|hiervoor|daarbij) is|luidt (?:ons|het) advies|is ons advies)"
)
_NOT_ADVISES = re.compile(
    r"\badviseert (?:het college|de gemeente|de raad|de minister|het kabinet|de provincie)?\s*(?:gevraagd|over|"
    r"bij|hen|hem)\b|"
    r"\badviseren\w* (?:rol|taak|functie)|\bgevraagd en ongevraagd\b|\b(?:te|bij het) adviseren\b"
)


def advises(sentence: Sentence) -> str:
    """adviseert, pleit voor, beveelt aan, raadt aan, "ons advies is": the document's or another's stated advice.

    Measured: P 0.90, R 0.05 (n 30) on the labelled sentences; P 0.70, R 0.02 (n 10) on two whole advices.
    """
    match = _ADVISES.search(sentence.lower)
    if match is None or _NOT_ADVISES.search(sentence.lower):
        return ""
    place = len(tokens_of(sentence.lower[: match.start()]))
    return "" if in_subordinate(sentence.tokens, place) else match.group(0)


_RECOMMENDED = re.compile(
    r"\b(?:wordt|worden|is|zijn)\b[^.;]*\b(?:aanbevolen|aangeraden|geadviseerd om|aan te bevelen)\b|"
    r"^(?:aanbevolen|geadviseerd|"
    r"aangeraden|voorgesteld) wordt\b|\bverdien(?:t|en)\b[^.;]*\b"
    r"(?:aanbeveling|de voorkeur|prioriteit)\b|\bdoe(?:t|n)\b[^.;]*\b(?:verstandig|goed) aan\b|\bzou(?:den)?\b[^.;]*"
    r"\b(?:verstandig|goed) aan doen\b|\bzou (?:\w+ ){0,2}(?:verstandig|goed|wenselijk|logisch) zijn (?:als|om|"
    r"wanneer)\b|\b(?:is|lijkt|zijn)\b[^.;]*\baan te (?:bevelen|raden)\b"
)


def recommended(sentence: Sentence) -> str:
    """Advice without an adviser: wordt aanbevolen, verdient aanbeveling, doet er verstandig aan.

    Measured: P 1.00, R 0.02 (n 12) on the labelled sentences; P 0.00, R 0.00 (n 1) on two whole advices.
    """
    return _found(_RECOMMENDED, sentence)


_URGES = re.compile(
    r"\b(?:roep(?:t|en)\b(?! de vraag)[^.;]*\bop\b|dring(?:t|en)\b[^.;]*\baan op\b|verzoek(?:t|en) (?:het|de|"
    r"u)\b[^.;]*\bte\b|"
    r"(?:vragen|vraagt) (?:het kabinet|de minister|het college|de gemeente|de raad|het rijk|de provincie)\b[^.;]*"
    r"\b(?:te|om)\b|(?:wij|we) stellen voor|stelt voor (?:om|dat)|onderstreept\b[^.;]*\bmoet|"
    r"benadrukt\b[^.;]*\b(?:moet|moeten|mag|mogen)\b|"
    r"hecht(?:en)? er\b[^.;]*\baan\b|hecht(?:en)? eraan\b|acht(?:en)?\b[^.;]*\b(?:nodig|noodzakelijk|wenselijk|"
    r"gewenst|van (?:\w+ )?"
    r"belang)\b|hecht er\b|is voorstander van|zijn voorstander van)"
)


def urges(sentence: Sentence) -> str:
    """Roept op, dringt aan op, stelt voor, acht het noodzakelijk, hecht eraan.

    Measured: P 0.92, R 0.02 (n 13) on the labelled sentences; P 0.86, R 0.01 (n 7) on two whole advices.
    """
    return _found(_URGES, sentence)


_EPISTEMIC = re.compile(
    r"\bmoet(?:en)? (?:wel haast|haast wel|bijna wel|toch wel|wel)\b|\bmoet(?:en)?\b[^.;,]*\b(?:zijn geweest|"
    r"hebben ge\w+)\b"
)
_ENDURED = re.compile(
    r"\bmoet(?:en)?\b[^.;]{0,40}\b(?:nu|vaak|soms|steeds|regelmatig|lang|langer|jarenlang|maandenlang|noodgedwongen|"
    r"rondkomen|wachten|plaatsmaken|concurreren|toezien|uitwijken|het doen met|het hebben van|dan een|rond (?:19|"
    r"20)\d\d)\b|\bdan moe(?:t|ten)\b|"
    r"\b(?:aanvragers?|indieners?|vergunninghouders?|houders?|in aanmerking te komen)\b[^.;]*\bmoe(?:t|ten)\b"
)


def must(sentence: Sentence) -> str:
    """Moet or moeten in a main clause, said of what is to be done; not what must be so, nor what people endure.

    Measured: P 0.79, R 0.13 (n 85) on the labelled sentences; P 0.89, R 0.09 (n 46) on two whole advices.
    """
    if _EPISTEMIC.search(sentence.lower) or _ENDURED.search(sentence.lower):
        return ""
    for place in _verbs(sentence, "moet", "moeten"):
        rest = sentence.tokens[place:]
        if rest[0] == "moeten" and any(t in ("zou", "zouden", "zal", "zullen") for t in sentence.tokens[:place]):
            return ""
        return " ".join(rest[:2])
    return ""


_MUST_THAT = re.compile(
    r"\b(?:geldt|betekent|impliceert|duidelijk|inhoudt|illustreert|onderstreept|meent|meen|menen|vindt|vind|"
    r"vinden|stelt|"
    r"leert|benadrukt|voorop|uitgangspunt|uitgangspunt is)\b(?: (?!vast)\w+){0,4},? dat\b[^.;]*\b(?:moet|moeten|"
    r"dient te|dienen te)\b"
)


def must_that(sentence: Sentence) -> str:
    """Dit betekent dat ... moet, voorop staat dat ... dienen te: an obligation in a clause of its own.

    Measured: P 0.80, R 0.02 (n 10) on the labelled sentences; P 1.00, R 0.02 (n 7) on two whole advices.
    """
    return _found(_MUST_THAT, sentence)


_SHOULD = re.compile(
    r"\b(?:zou|zouden|zal|zullen)\b[^.;]*\b(?:moeten|dienen)\b|\b(?:hoort|horen|behoort|"
    r"behoren) (?:\w+ ){0,8}te (?:zijn|worden|\w+en)\b"
)


def should(sentence: Sentence) -> str:
    """Zou moeten, zal moeten, hoort te, in a main clause: an obligation put softly or ahead.

    Measured: P 0.86, R 0.04 (n 22) on the labelled sentences; P 0.75, R 0.03 (n 16) on two whole advices.
    """
    for match in _SHOULD.finditer(sentence.lower):
        place = len(tokens_of(sentence.lower[: match.start()]))
        if not in_subordinate(sentence.tokens, min(place, len(sentence.tokens) - 1)):
            return match.group(0)
    return ""


_OUGHT = re.compile(r"\bdien(?:t|en)\b(?! (?:als|voor|ter|tot)\b)[^.;]*\b(?:te \w+|\w+te\w+en)\b")


def ought(sentence: Sentence) -> str:
    """Dient te, dienen te.

    Measured: P 1.00, R 0.02 (n 11) on the labelled sentences; P 1.00, R 0.01 (n 4) on two whole advices.
    """
    return _found(_OUGHT, sentence)


_NO_REQUEST = re.compile(
    r"\bcontact op\b|\bmeer informatie\b|^(?:lees|kijk) (?:meer|op|verder)\b|\bstel dat\b|\blaat staan\b|"
    r"^denk (?:\w+ ){0,3}aan\b"
)


def asks_directly(sentence: Sentence) -> str:
    """An imperative opens the sentence, or a part of it after ";" ("Bouw aan ...", "; neem daarom ...").

    Measured: P 0.98, R 0.13 (n 65) on the labelled sentences; P 0.88, R 0.10 (n 51) on two whole advices.
    """
    return "" if _NO_REQUEST.search(sentence.lower) else imperative(sentence)


_STATIVE = frozenset(
    """
    zijn hebben zien vinden weten merken denken zitten staan weten krijgen horen kennen hopen willen kunnen
    moeten zullen mogen beschrijven bespreken schetsen kijken constateren concluderen beginnen begrijpen
    beseffen geloven verwachten presenteren spreken danken tellen wonen leven leren noemen lezen komen worden
    """.split()
)
_DOES = (
    "start|stelt|gaat|neemt het|onderzoekt|ontwikkelt|zet|maakt|komt|voert|richt|verhoogt|verlaagt|verbetert|versterkt|"
    "investeert|organiseert|breidt|zorgt|sluit|biedt|vernieuwt|evalueert"
)
_BODY = "het college|de gemeente|de provincie|de regio"
_COMMITS = re.compile(
    rf"\b(?:we|wij) (?:\w+ )?(\w+en|gaan|zetten)\b|\b(\w+en|gaan) (?:we|wij)\b|\b(?:{_BODY}) (?:{_DOES})\b|"
    rf"\b(?:{_DOES}) (?:{_BODY})\b|\bwordt (?:\w+ ){{0,3}}(?:ingezet|gewerkt|gestart|ontwikkeld|onderzocht|opgesteld)\b"
)


def commits(sentence: Sentence) -> str:
    """Who writes says what it will do: "we zetten in op", "het college stelt vast". Counts in an agenda of actions.

    Measured: P 0.79, R 0.05 (n 34) on the labelled sentences; P 0.25, R 0.00 (n 8) on two whole advices.
    """
    match = _COMMITS.search(sentence.lower)
    if not match or (match.group(1) or match.group(2) or "") in _STATIVE:
        return ""
    return match.group(0)


_IT_IS = re.compile(
    rf"\bis (?:het )?(?:\w+ ){{0,4}}?(?:{_NEED})(?: \w+)?,? (?:om|te|dat|ook|in|bij|voor|de|het|een|\w+en)\b|"
    rf"\bhet (?:is|blijft|lijkt) (?:\w+ ){{0,3}}?(?:{_NEED})\b|^(?:\w+ )?(?:{_NEED})(?: \w+)? is (?:het|dat|om)\b|"
    rf"\bblijft het (?:\w+ )?(?:{_NEED})\b"
)


def it_is_needed(sentence: Sentence) -> str:
    """Het is zaak/essentieel/noodzakelijk/gewenst om, cruciaal is dat: need said of an act.

    Measured: P 0.90, R 0.05 (n 29) on the labelled sentences; P 0.86, R 0.07 (n 36) on two whole advices.
    """
    return _found(_IT_IS, sentence)


_THING_NEEDED = re.compile(
    r"\b(?:is|zijn|blijft|blijven)\b(?P<between>[^.;:]*)\b(?:nodig|noodzakelijk|gewenst|wenselijk|vereist|geboden|"
    r"gevraagd|"
    r"onontbeerlijk|onmisbaar|essentieel|cruciaal|een vereiste|hard nodig|uit den boze|onwenselijk|topprioriteit|"
    r"een must)\b"
)


_NEEDED_IS = re.compile(
    r"^(?:daarbij |hierbij |ook |verder )?(?:vereist|nodig|gewenst|wenselijk|geboden|noodzakelijk|essentieel|"
    r"cruciaal) (?:is|zijn)\b|"
    r"\bmaa?k(?:t|en)\b[^.;]*\b(?:essentieel|noodzakelijk|nodig|onontbeerlijk|urgent)\b"
)


def thing_is_needed(sentence: Sentence) -> str:
    """A thing is needed, in a main clause ("is extra toezicht nodig"), not in a clause ("die nodig is").

    Measured: P 0.84, R 0.09 (n 55) on the labelled sentences; P 0.81, R 0.13 (n 72) on two whole advices.
    """
    if match := _NEEDED_IS.search(sentence.lower):
        return match.group(0)
    for match in _THING_NEEDED.finditer(sentence.lower):
        if SUBORDINATORS & set(match.group("between").split()):
            continue
        before = len(re.findall(r"[\w']+", sentence.lower[: match.start()]))
        words = [i for i, token in enumerate(sentence.tokens) if token[0].isalnum()]
        if before < len(words) and not in_subordinate(sentence.tokens, words[before]):
            return match.group(0)
    return ""


_MAY_NOT = re.compile(r"\b(?:mag|mogen) (?:\w+ ){0,6}?(?:niet|geen|nooit)\b")


def may_not(sentence: Sentence) -> str:
    """Mag niet, mogen geen: advice by forbidding.

    Measured: P 0.75, R 0.01 (n 4) on the labelled sentences; P 1.00, R 0.00 (n 1) on two whole advices.
    """
    match = _MAY_NOT.search(sentence.lower)
    return match.group(0) if match and not re.search(r"\b(?:vaak|soms|nu)\b", match.group(0)) else ""


EXPLICIT: tuple[Rule, ...] = (
    advises,
    recommended,
    urges,
    must,
    must_that,
    should,
    ought,
    asks_directly,
    commits,
    it_is_needed,
    thing_is_needed,
    may_not,
)
