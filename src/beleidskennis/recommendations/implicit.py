"""Rules for advice between the lines: each takes a `Sentence` and gives the words that earned it, or "".

Alone they are weak signs; `detection` weighs them with the other rules and the context. What the figures in the
docstrings are measured on is told in `explicit`.
"""

from __future__ import annotations

import re

from beleidskennis.recommendations.explicit import Rule
from beleidskennis.recommendations.grammar import Sentence, in_subordinate, tokens_of

_ACTORS = (
    r"gemeenten?|gemeentebestuur|stadsbestuur|college|gemeenteraad|provincies?|rijk|kabinet|overheid|overheden|"
    r"ministeries?|"
    r"regio's?|regio|steden|stad|bedrijven|bedrijfsleven|ondernemers|werkgevers|onderwijsinstellingen|scholen|"
    r"kennisinstellingen|universiteiten|hogescholen|corporaties|woningcorporaties|sociale partners|partijen|partners|"
    r"instellingen|wij|we|europa|eu|waterschappen|waterschap"
)


def _found(pattern: re.Pattern[str], sentence: Sentence) -> str:
    match = pattern.search(sentence.lower)
    return match.group(0).strip() if match else ""


_IMPORTANT = re.compile(
    r"\b(?:is|zijn|blijft|blijven)\b[^.;:]*\b(?:van (?:\w+ )?(?:\w+ )?belang|"
    r"belangrijke?)(?:(?: \w+){0,3},? (?:om|dat|te|zodat|opdat|evenals|alsook)\b|[.,;]|$)|"
    r"\b(?:is|blijft) het (?:\w+ ){0,3}(?:van (?:\w+ )?belang|belangrijk)\b|^(?:van (?:\w+ )?belang|"
    r"belangrijk)\b[^.;]{0,40}\bis\b|"
    r"\b(?:is|zijn) (?:daarom|daarbij|hierbij|hiervoor|daarvoor|dus|dan ook)\b[^.;]*\b(?:van (?:\w+ )?belang|"
    r"belangrijk)\b|"
    r"^(?:daarvoor|hiervoor|hierbij|daarbij|daarom)\b[^.;]*\bvan belang\b"
)


def important(sentence: Sentence) -> str:
    """Is van belang om/dat, is het belangrijk, hiervoor is ... van belang.

    Measured: P 0.88, R 0.05 (n 26) on the labelled sentences; P 0.64, R 0.06 (n 44) on two whole advices.
    """
    return _found(_IMPORTANT, sentence)


_ASKS_FOR = re.compile(
    r"\b(?:vraag(?:t|en)|roep(?:t|en)) (?:\w+ ){0,4}om\b(?! te weten)|\b(?:vergt|vergen|vereist|vereisen|noopt|"
    r"nopen|dwingt|"
    r"dwingen)\b|\b(?:vraagt|vragen) (?:ook |onder meer |daarom |aandacht|een |de |extra |inspanning|regionale |"
    r"veel |om)|"
    r"\bstel(?:t|len) (?:hoge |nieuwe |extra )?eisen\b"
)


def asks_for(sentence: Sentence) -> str:
    """Vraagt om, vergt, vereist, stelt hoge eisen aan, in a main clause.

    Measured: P 0.79, R 0.04 (n 28) on the labelled sentences; P 0.82, R 0.08 (n 45) on two whole advices.
    """
    for match in _ASKS_FOR.finditer(sentence.lower):
        place = len(tokens_of(sentence.lower[: match.start()]))
        if not in_subordinate(sentence.tokens, min(place, len(sentence.tokens) - 1)):
            return match.group(0).strip()
    return ""


_ACTOR = re.compile(rf"\b(?:{_ACTORS})$")
_DO = frozenset(
    """
    profiteren floreren ontstaan veranderen vinden wonen krijgen kiezen verwachten leiden groeien bestaan
    """.split()
)
"""Verbs that say what happens to somebody, not what somebody could do."""


def actor_can(sentence: Sentence) -> str:
    """Who could act: de gemeente kan, kunnen de regio's; in a main clause, and with something to do.

    Measured: P 0.82, R 0.04 (n 22) on the labelled sentences; P 0.48, R 0.04 (n 33) on two whole advices.
    """
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token not in ("kan", "kunnen") or in_subordinate(tokens, place):
            continue
        before, after = " ".join(tokens[max(0, place - 6) : place]), tokens[place + 1 : place + 5]
        near = re.search(rf"\b(?:{_ACTORS})\b", before) or any(_ACTOR.search(word) for word in after)
        if (
            near
            and not _DO & set(tokens[place:])
            and tokens[place + 1 : place + 2] not in (("niet",), ("nu",), ("slechts",))
        ):
            return f"{token} {' '.join(after[:2])}"
    return ""


_USED = re.compile(
    r"\b(?:worden|bijdragen|helpen|spelen|vervullen|uitkomst|oplossing|behulpzaam|voortgebouwd|gemaakt|benut|"
    r"ingezet|dienen|bieden|stimuleren|"
    r"versterken|leveren|geven|bereikt)\b"
)


def can_be_used(sentence: Sentence) -> str:
    """A means on offer, in a main clause: kan worden ingezet, kunnen een rol spelen, kan hierbij helpen.

    Measured: P 0.78, R 0.07 (n 45) on the labelled sentences; P 0.50, R 0.08 (n 72) on two whole advices.
    """
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token in ("kan", "kunnen") and not in_subordinate(tokens, place):
            match = _USED.search(" ".join(tokens[place:]))
            if match:
                return f"{token} ... {match.group(0)}"
    return ""


_COULD = re.compile(
    r"\b(?:zou|zouden)\b[^.;]*\b(?:kunnen|kansrijk|profijtelijk|wenselijk|helpen|passend|gebaat|moeten|goed|logisch)\b|"
    r"\bte (?:denken|overwegen) valt\b|\bvalt te (?:denken|overwegen)\b"
)


def could(sentence: Sentence) -> str:
    """Zou kunnen, zou kansrijk zijn, te denken valt aan.

    Measured: P 0.77, R 0.05 (n 30) on the labelled sentences; P 0.75, R 0.03 (n 16) on two whole advices.
    """
    return _found(_COULD, sentence)


_OPPORTUNITY = re.compile(
    r"\b(?:lig(?:t|gen)|bied(?:t|en)|zijn)\b[^.;]*\bkansen? (?:om|voor \w+ om)\b|\bbied(?:t|en) (?:een |"
    r"de )?(?:\w+ )?(?:kans|"
    r"mogelijkheid) om\b|\b(?:valt|is|zijn)\b[^.;]*\b(?:winst te (?:behalen|boeken)|te winnen)\b|\bhet loont\b|"
    r"\bloont het\b|"
    r"\bde tijd is rijp\b|\bkansrijke? (?:\w+ )?(?:rol|route)\b|\b(?:is|zijn) kansrijk\b|"
    r"\bliggen (?:er )?(?:\w+ )?kansen\b"
)


def opportunity(sentence: Sentence) -> str:
    """Biedt de kans om, er valt winst te behalen, het loont, de tijd is rijp.

    Measured: P 0.92, R 0.02 (n 12) on the labelled sentences; P 0.88, R 0.02 (n 8) on two whole advices.
    """
    return _found(_OPPORTUNITY, sentence)


_BY_DOING = re.compile(
    r"^(?:juist )?door\b[^.;]*\bte \w+(?:n|an|oen)\b[^.;]*\b(?:kan|kunnen|wordt|worden|ontstaat|ontstaan|neemt|"
    r"nemen|sluiten|"
    r"positioneren|krijgt|krijgen|blijft|versterkt|versterken|vergroot|verbetert)\b|"
    r"\bkan(?: \w+)* (?:worden )?\w+ door "
    r"(?:\w+ ){0,6}te \w+|\bdit kan\b[^.;]*\bdoor\b"
)


def by_doing(sentence: Sentence) -> str:
    """Door ... te doen kan, wordt, ontstaat: a means with its effect.

    Measured: P 1.00, R 0.02 (n 12) on the labelled sentences; P 0.58, R 0.02 (n 19) on two whole advices.
    """
    return _found(_BY_DOING, sentence)


_THINK_OF = re.compile(r"\b(?:denk (?:\w+ ){0,2}aan|gedacht (?:worden )?aan|te denken (?:valt|is) aan|overweeg)\b")


def think_of(sentence: Sentence) -> str:
    """Denk aan, kan worden gedacht aan: examples of what to do.

    Measured: P 0.83, R 0.01 (n 6) on the labelled sentences; P 0.75, R 0.01 (n 8) on two whole advices.
    """
    return _found(_THINK_OF, sentence)


_CHALLENGE = re.compile(
    r"\b(?:de|een|hun|onze|stedelijke|belangrijke|grote|volgende) (?:\w+ )?(?:opgave|uitdaging|kunst|taak|stap|"
    r"aandachtspunt)\b"
    r"[^.;]{0,50}?\b(?:is|wordt|blijft|ligt)\b|\baandachtspunt\w*\b[^.;]{0,30}\b(?:is|zijn)\b|\bstaa(?:t|"
    r"n) voor de (?:\w+ )?"
    r"(?:opgave|uitdaging|taak)\b|\bopgave is\b|\bis (?:het )?(?:de|een) (?:\w+ )?(?:uitdaging|opgave|"
    r"aandachtspunt)\b|\bhet "
    r"(?:gaat|komt) er(?:om| nu om| juist om| op aan)\b|\bgaat het er(?:om| juist om| vooral om)\b|"
    r"\bkomt het erop aan\b"
)


def challenge(sentence: Sentence) -> str:
    """De opgave is, aandachtspunt is, het gaat erom.

    Measured: P 1.00, R 0.01 (n 5) on the labelled sentences; P 0.90, R 0.04 (n 21) on two whole advices.
    """
    return _found(_CHALLENGE, sentence)


_CONDITION = re.compile(
    r"\b(?:is|zijn|vormt|vormen)\b[^.;]*\b(?:randvoorwaarden?|basisvoorwaarden?|voorwaarden?|sleutel|"
    r"eerste vereiste|de kern|"
    r"uitgangspunt|aangrijpingspunt)\b|^(?:\w+ )?(?:rand|basis)?voorwaarden?\b"
    r"[^.;]*\bis\b|\bstaa(?:t|n)\b[^.;]*\b(?:centraal|voorop)\b"
)


def condition(sentence: Sentence) -> str:
    """Is een randvoorwaarde, is de sleutel tot, vormen de kern.

    Measured: P 0.60, R 0.02 (n 15) on the labelled sentences; P 0.55, R 0.02 (n 20) on two whole advices.
    """
    return _found(_CONDITION, sentence)


_DESERVES = re.compile(
    r"\bverdien(?:t|en)\b[^.;]*\b(?:aandacht|ruimte|steun|ondersteuning|versterking|dienstverlening|\w+)\b|"
    r"\b(?:is|zijn|heeft|hebben)\b"
    r"[^.;]*\b(?:gebaat bij|baat bij|belang bij)\b|\bbehoefte aan\b|\bgebaat zijn bij\b"
)


def deserves(sentence: Sentence) -> str:
    """Verdient aandacht, is gebaat bij, er is behoefte aan.

    Measured: P 0.75, R 0.03 (n 20) on the labelled sentences; P 0.29, R 0.00 (n 7) on two whole advices.
    """
    return _found(_DESERVES, sentence)


_FITS = re.compile(
    r"\b(?:daarbij|hierbij|daarin|hier) (?:past|passen|hoort|horen|ligt|liggen)\b|\b(?:hoort|horen) (?:daarbij|"
    r"hierbij|bij|in|thuis)\b|\bligt (?:hier |"
    r"er )?(?:\w+ )?(?:een )?"
    r"(?:\w+ )?(?:rol|taak|opgave|regieopgave|verantwoordelijkheid)\b|\bligt\b[^.;]*\bvoor de hand\b|"
    r"\brol (?:is )?weggelegd\b|"
    r"\b(?:dat|dit) (?:betekent|impliceert|houdt in)\b|\bbetekent (?:ook|dus|onder meer|dat)\b|\b(?:idealiter|"
    r"bij voorkeur|liefst)\b|"
    r"\b(?:kan|kunnen|moet|moeten) (?:\w+ ){0,3}beter\b"
)


def fits(sentence: Sentence) -> str:
    """Daarbij past, hier ligt een rol voor, dat betekent dat: a consequence for policy.

    Measured: P 0.68, R 0.03 (n 25) on the labelled sentences; P 0.69, R 0.04 (n 29) on two whole advices.
    """
    return _found(_FITS, sentence)


_LET_US = re.compile(
    r"\blaten we\b|\blaat ons\b|\bmeer (?:ruimte|aandacht|inzet|geld|samenwerking|regie)\b|\b(?:blijven|"
    r"blijvend) \w+en\b"
)


def more_of(sentence: Sentence) -> str:
    """Laten we, meer ruimte voor, blijven investeren.

    Measured: P 0.80, R 0.02 (n 10) on the labelled sentences; P 0.55, R 0.01 (n 11) on two whole advices.
    """
    return _found(_LET_US, sentence)


IMPLICIT: tuple[Rule, ...] = (
    important,
    asks_for,
    actor_can,
    can_be_used,
    could,
    opportunity,
    by_doing,
    think_of,
    challenge,
    condition,
    deserves,
    fits,
    more_of,
)
