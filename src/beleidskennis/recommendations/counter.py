"""Signs that a sentence is no advice of the document: each takes a `Sentence` and gives the words, or "".

`detection` weighs them against the rules in `explicit` and `implicit`. In the docstrings P is the share of the
sentences with the sign that are no advice, R the share of all such sentences that have it; see `explicit` for what they
are measured on.
"""

from __future__ import annotations

import re

from beleidskennis.dutch.lemmas import lemma
from beleidskennis.recommendations.explicit import Rule
from beleidskennis.recommendations.grammar import Sentence, in_subordinate, is_verb, tokens_of


def _found(pattern: re.Pattern[str], sentence: Sentence) -> str:
    match = pattern.search(sentence.lower)
    return match.group(0).strip() if match else ""


def question(sentence: Sentence) -> str:
    """The sentence asks something.

    Measured: P 1.00, R 0.02 (n 8) on the labelled sentences; P 0.86, R 0.01 (n 14) on two whole advices.
    """
    return "?" if sentence.text.rstrip(" \"')").endswith("?") else ""


_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|moest|moesten|kon|konden|wilde|wilden|bleek|bleken|ging|gingen|kwam|kwamen|"
    r"gaf|gaven|stelde|adviseerde|bleef|ontstond|zette|werkte|groeide|daalde|steeg|kreeg|nam|leidde|maakte|stond|"
    r"constateerde|concludeerde|pleitte|vroeg|verscheen|liet|toonde)\b"
)


def past(sentence: Sentence) -> str:
    """A past tense: what was.

    Measured: P 0.97, R 0.06 (n 32) on the labelled sentences; P 0.94, R 0.02 (n 32) on two whole advices.
    """
    return _found(_PAST, sentence) or next((token for token in sentence.tokens if _is_past_plural(token)), "")


def _is_past_plural(token: str) -> bool:
    """Whether a word is a plural of the past: "vestigden", "werkten"."""
    if len(token) < 7 or not token.endswith(("den", "ten")) or token.startswith("ge"):
        return False
    base = lemma(token)
    return base.endswith("en") and base != token and token[:-3] == base[: len(token) - 3] and is_verb(base)


_DONE = re.compile(
    r"\b(?:heeft|hebben|is|zijn)\b(?:(?!\b(?:om|die|dat|waar\w*|als)\b)[^.;,])*"
    r"\b(?:inmiddels|reeds|onlangs|sinds (?:kort|vorig|de|het|19\d\d|20\d\d)|"
    r"al (?:geruime|jaren|sinds)|tot stand gekomen|"
    r"gestart|gerealiseerd|afgerond|vastgesteld|opgeleverd|geboekt|opgericht|ingevoerd|afgesproken|aangekondigd|"
    r"toegezegd|"
    r"gepubliceerd|gesloten|gelanceerd|ontvangen|gedaan|in het leven geroepen|gedaald|gestegen|gegroeid|"
    r"toegenomen|afgenomen|"
    r"geresulteerd|geleid|ontwikkeld|aangenomen|gesproken|verschenen|gevraagd|gezet|bereikt|geweest|geworden)\b"
)


def done(sentence: Sentence) -> str:
    """Something is done already, in a main clause: heeft gerealiseerd, is vastgesteld, sinds.

    Measured: P 1.00, R 0.05 (n 25) on the labelled sentences.
    """
    for match in _DONE.finditer(sentence.lower):
        place = len(tokens_of(sentence.lower[: match.start()]))
        if not in_subordinate(sentence.tokens, min(place, len(sentence.tokens) - 1)):
            return match.group(0).strip()
    return ""


_REPORT = re.compile(
    r"\b(?:dit|deze|het) (?:nieuwe )?(?:rapport|advies|hoofdstuk|document|notitie|onderzoek|artikel|paragraaf|bijlage|"
    r"visieadvies|actieagenda|"
    r"verkenning|analyse|kader|publicatie|tabel|figuur)\b|\bin (?:hoofdstuk|paragraaf|bijlage|figuur|tabel)\b|"
    r"\badviesaanvraag\b|"
    r"\b(?:onderzoeksvra\w+|deelvra\w+)\b|\b(?:wij|we|de raad|de ser|de commissie) (?:bespreken|beschrijven|"
    r"bespreekt|beschrijft|gaan in|"
    r"gaat in|hebben gesproken|staat stil|staan stil|is graag bereid|bereid)\b|\bleden van de\b|"
    r"\bkomt (?:\w+ )?(?:aan de orde|terug)\b|"
    r"\bkomen (?:\w+ )?(?:aan de orde|aan bod)\b"
)


def report_talk(sentence: Sentence) -> str:
    """The document speaks of itself: dit rapport, in hoofdstuk 3, komt aan de orde.

    Measured: P 0.92, R 0.02 (n 13) on the labelled sentences; P 0.80, R 0.02 (n 40) on two whole advices.
    """
    return _found(_REPORT, sentence)


_PLANS = re.compile(
    r"\b(?:wil|willen|tracht|trachten|beoogt|beogen|streeft|streven|probeert|proberen|heeft de ambitie|"
    r"hebben de ambitie|werkt aan|"
    r"werken aan|investeert|investeren|zet(?:ten)? (?:\w+ ){0,5}in op|kiest|ambieert|ambi.ren|is voornemens|"
    r"heeft als doel|hebben als doel|"
    r"heeft tot doel|is van plan|bereidt\b[^.;]*\bvoor|gaat\b[^.;]*\b(?:sluiten|starten|uitvoeren)|juicht toe|"
    r"onderkent|erkent)\b"
)


def plans(sentence: Sentence) -> str:
    """What somebody wants, tries or does: wil, tracht, streeft naar, zet in op (third person).

    Measured: P 0.62, R 0.03 (n 21) on the labelled sentences; P 0.59, R 0.02 (n 51) on two whole advices.
    """
    return _found(_PLANS, sentence)


_FINDING = re.compile(
    r"\b(?:blijkt|blijken|constateert|concludeert|constateren|signaleert|volgens (?:het|de|een)? ?(?:cbs|cpb|pbl|"
    r"scp|oeso|uwv|dnb|tno)|uit "
    r"(?:\w+ ){0,3}onderzoek|gemiddeld|in vergelijking met|ten opzichte van|kampt|kampen|ondervind(?:t|en)|"
    r"staa(?:t|n) onder druk|"
    r"hangt samen|hangen samen|is het gevolg|als gevolg|komt doordat|komt omdat|laat zien|laten zien|toont aan|"
    r"wijst uit|neemt (?:\w+ )?toe|"
    r"nemen (?:\w+ )?toe|neemt (?:\w+ )?af|nemen (?:\w+ )?af|stijgt|stijgen|daalt|dalen|groeit|groeien|verschilt|"
    r"bedraagt|bedroeg|telt|ruim \d|"
    r"is relatief|zijn relatief|blijft achter|achterblijft|onvoldoende|nauwelijks|steeds minder|steeds meer|"
    r"veelal|momenteel)\b"
)


def finding(sentence: Sentence) -> str:
    """A state of affairs: blijkt, volgens het CBS, neemt toe, staat onder druk.

    Measured: P 0.93, R 0.05 (n 27) on the labelled sentences; P 0.94, R 0.08 (n 116) on two whole advices.
    """
    return _found(_FINDING, sentence)


_LAW = re.compile(
    r"\b(?:op grond van|wettelijk\w*|volgens de wet|in de wet|verplicht(?:ing|en)?|ingevolge|krachtens|artikel \d|"
    r"artikelen \d|"
    r"verordening|de \w*wet (?:regelt|bepaalt|verplicht|schrijft))\b"
)


def law(sentence: Sentence) -> str:
    """What the law says already: op grond van, wettelijk, verplicht.

    Measured: P 0.71, R 0.01 (n 7) on the labelled sentences; P 1.00, R 0.00 (n 1) on two whole advices.
    """
    return _found(_LAW, sentence)


_DEFINES = re.compile(
    r"\b(?:is een (?:vorm|manier|instrument|begrip|verzamelnaam|netwerk|cluster|voorbeeld|combinatie|overzicht)|"
    r"zijn (?:bedrijven|organisaties) die|"
    r"wordt (?:\w+ )?(?:verstaan|bedoeld|gedefinieerd|gezien als)|verstaan (?:we|wij|onder)|bestaat uit|"
    r"bestaan uit|heet|genaamd|oftewel|ofwel|"
    r"is de (?:\w+ )?(?:stad|gemeente|sector|grootste|tweede|derde)|staat voor|is bedoeld|zijn bedoeld|"
    r"gaat (?:het )?over)\b|"
    r"\b(?:gezien|beschouwd|aangeduid|opgevat|omschreven|gedefinieerd|gelezen|aangemerkt)\b(?: \w+){0,2} als\b|"
    r"\b(?:beschouwd|gelezen) moeten worden\b|\bmoet(?:en)? worden (?:beschouwd|gezien|gelezen|opgevat) als\b"
)


def defines(sentence: Sentence) -> str:
    """Says what something is: is een vorm van, bestaat uit, wordt verstaan.

    Measured: P 1.00, R 0.02 (n 12) on the labelled sentences.
    """
    return _found(_DEFINES, sentence)


_EXAMPLE = re.compile(
    r"\b(?:een voorbeeld (?:hiervan|is)|voorbeelden (?:hiervan|zijn)|zo (?:is|zijn|heeft|hebben|werkt|stelt|geldt|"
    r"kent|wordt|worden)|ter "
    r"illustratie|dat is bijvoorbeeld)\b"
)


def example(sentence: Sentence) -> str:
    """An example of what is meant: zo heeft, een voorbeeld hiervan.

    Measured: P 1.00, R 0.01 (n 5) on the labelled sentences; P 1.00, R 0.01 (n 17) on two whole advices.
    """
    return _found(_EXAMPLE, sentence)


_RISK = re.compile(
    r"\b(?:zonder (?:\w+ ){0,5}(?:blijft|dreigt|zal|zullen|ontstaat)|dreigt|dreigen|bedreiging|lopen? (?:het )?risico|"
    r"kan (?:\w+ ){0,6}leiden tot|kunnen (?:\w+ ){0,6}leiden tot|daardoor|hierdoor)\b"
)


def risk(sentence: Sentence) -> str:
    """What may happen, not what to do: dreigt, kan leiden tot, hierdoor.

    Measured: P 1.00, R 0.01 (n 5) on the labelled sentences; P 0.87, R 0.01 (n 23) on two whole advices.
    """
    return _found(_RISK, sentence)


_PROCESS = re.compile(
    r"\b(?:(?:is|wordt|worden) (?:om advies )?gevraagd|gesprekken|interviews|respondenten|geïnterviewden|"
    r"deelnemers|enquête|dialoogsessies|"
    r"bijeenkomst(?:en)? (?:is|zijn|was|waren)|op verzoek van|in opdracht van|klankbordgroep|begeleidingscommissie)\b"
)


def process(sentence: Sentence) -> str:
    """How the document came about: op verzoek van, interviews, respondenten.

    Measured: P 0.92, R 0.02 (n 13) on the labelled sentences; P 1.00, R 0.00 (n 3) on two whole advices.
    """
    return _found(_PROCESS, sentence)


_SERVES = re.compile(
    r"\b(?:van (?:\w+ )?(?:\w+ )?belang|belangrijke?|essentieel|cruciaal|noodzakelijk|onmisbaar|"
    r"nodig) (?:voor|in|binnen) (?!deze|dit|het verder)\w+|"
    r"\bbelangrijke? (?:bron|reden|oorzaak|rol in|functie|positie|factor|sector)\b"
)


def serves(sentence: Sentence) -> str:
    """Says what a thing is good for: is van belang voor, is een belangrijke bron van.

    Measured: P 0.83, R 0.02 (n 12) on the labelled sentences.
    """
    return _found(_SERVES, sentence)


_SERVICE = re.compile(
    r"\b(?:inwoners|bewoners|studenten|leerlingen|klanten|cliënten|aanvragers?|kinderen|ouders|huurders|reizigers|"
    r"bezoekers) kunnen\b|"
    r"\bkan (?:\w+ )?(?:online|schriftelijk|telefonisch)\b|\bkunnen (?:\w+ ){0,4}terecht\b|\baanvra\w+ kan\b|"
    r"\b(?:variant|scenario|modelle?n?)\b"
)


def service(sentence: Sentence) -> str:
    """What people can do already, or could in a variant: inwoners kunnen, kan online, in deze variant.

    Measured: P 1.00, R 0.02 (n 9) on the labelled sentences; it does not occur on two whole advices.
    """
    return _found(_SERVICE, sentence)


_OPINION = re.compile(
    r"\b(?:respondenten|geïnterviewden|deelnemers|bewoners|ondernemers|oppositie|vakbonden|bestuurders|"
    r"betrokkenen|critici|sommigen|"
    r"velen|partijen) (?:\w+ ){0,3}(?:vinden|vond|vonden|zeggen|geven aan|pleiten|eisen|menen|achten|willen|"
    r"wijzen)\b|\bgaf aan\b|"
    r"\bachten (?:betrokkenen|bewoners|deelnemers|respondenten)\b"
)


def opinion(sentence: Sentence) -> str:
    """What people who were asked think: respondenten vinden, ondernemers zeggen.

    Measured: P 1.00, R 0.01 (n 7) on the labelled sentences; P 1.00, R 0.00 (n 1) on two whole advices.
    """
    return _found(_OPINION, sentence)


_CITES = re.compile(
    r"\([^()]*[A-Z][^()]*\b(?:19|20)\d\d[^()]*\)|\bet al\b|\b[A-Z][\w-]+, (?:[A-Z]\. ?)+(?:[&(]|en )|\((?:19|"
    r"20)\d\d\) [A-Z]|^[A-Z]{2,5}\.;"
)


def cites(sentence: Sentence) -> str:
    """Leans on literature: "(Jansen, 2018)", et al.

    Measured: it does not occur on the labelled sentences; P 1.00, R 0.01 (n 20) on two whole advices.
    """
    match = _CITES.search(sentence.text)
    return match.group(0) if match else ""


COUNTER: tuple[Rule, ...] = (
    question,
    past,
    done,
    report_talk,
    plans,
    finding,
    law,
    defines,
    example,
    risk,
    process,
    serves,
    service,
    opinion,
    cites,
)
