"""Whom a document is addressed to: its publisher, its title and its first pages tell.

Used for recommendations that name nobody ("Lobby voor betere verbindingen"): an action agenda of a municipality speaks
to that municipality, a local economic board advises its municipality, a national council advises the government - and,
where the advice is about cities, municipalities as well.
"""

from __future__ import annotations

import re
from collections import Counter

from beleidskennis.taxonomy.organisations import find_organisations, municipalities_in

_NATIONAL_ADVISERS = re.compile(
    r"\b(SER|Sociaal-Economische Raad|WRR|Wetenschappelijke Raad|Rli|Raad voor de leefomgeving|ROB|RVS|AWTI|"
    r"Onderwijsraad|Raad voor|Raad van State|Planbureau|CPB|PBL|SCP|Rekenkamer|Platform31|Nicis|TNO|CBS|"
    r"VNG|G4|G40|IPO|VNO-NCW|MKB-Nederland|FNV|CNV|AWVN|Adviesraad|Adviescollege|Studiegroep|Staatscommissie|"
    r"Kenniscentrum|Kennisinstituut)\b",
    re.IGNORECASE,
)
_LOCAL_ADVISERS = re.compile(
    r"\b(economic board|economische (?:advies)?raad|sociaal-economische adviesraad|rekenkamer(?:commissie)?|adviesraad|"
    r"stadsadviesraad|ondernemers?(?:raad|platform|federatie)|rekenkamer)\b",
    re.IGNORECASE,
)
_CITY_TITLE = re.compile(
    r"\b(stad|steden|stedelijk\w*|gemeente\w*|lokaal|lokale|binnenstad|wijk\w*|city|cities)\b", re.IGNORECASE
)
_REGION_TITLE = re.compile(r"\b(metropoolregio|regio|regionale?|stadsregio|MRDH|MRA|brainport)\b", re.IGNORECASE)

_TO = r"(?:aan|in opdracht van|op verzoek van) (?:het |de )?(?:nieuwe |volgende |komende )?"
_READERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (addressee, re.compile(pattern, re.IGNORECASE))
    for addressee, pattern in (
        # Turns by which a text says for whom it is written; each counts as `_SAID` mentions of the word alone.
        ("gemeente", _TO + r"(?:college(?! van beroep)|gemeenteraad|gemeentebestuur|wethouder|gemeente\b)"),
        ("gemeente", r"raadsperiode|collegeprogramma|raadsprogramma|gemeenteraadsverkiezing"),
        ("rijk", _TO + r"(?:kabinet|minister|staatssecretaris|regering|tweede kamer|rijk\b)"),
        ("rijk", r"regeerakkoord|kabinetsperiode|kamerstuk|kabinetsformatie|(?:nieuwe?|volgende?|komende?) kabinet"),
        ("provincie", _TO + r"(?:provinciale staten|gedeputeerde staten|provincie\b)"),
        ("regio", _TO + r"(?:metropool)?regio\b|regionale (?:agenda|visie|strategie)"),
        ("eu", _TO + r"europese (?:commissie|raad)|europees parlement"),
    )
)
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("gemeente", re.compile(r"\b(?:gemeenten?|gemeentelijke?|wethouders?|stad|steden)\b", re.IGNORECASE)),
    ("rijk", re.compile(r"\b(?:rijk|rijksoverheid|kabinet|ministers?|ministeries?|regering)\b", re.IGNORECASE)),
    ("provincie", re.compile(r"\b(?:provincies?|provinciale?)\b", re.IGNORECASE)),
    ("regio", re.compile(r"\b(?:metropoolregio|regiobestuur|gemeenschappelijke regeling)\b", re.IGNORECASE)),
)
_FOR = r"\b(?:voor|aan) (?:het |een |de )?(?:nieuwe? |volgende? |komende? )?"
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (addressee, re.compile(_FOR + pattern, re.IGNORECASE))
    for addressee, pattern in (
        ("rijk", r"(?:kabinet|minister|regering|tweede kamer|rijk)\b"),
        ("gemeente", r"(?:college|gemeenteraad|gemeentebestuur|raadsperiode|stadsbestuur)\b"),
        ("provincie", r"(?:provinciebestuur|provinciale staten|gedeputeerde staten)\b"),
    )
)
"""A title that says for whom it is settles the matter ("zes aanbevelingen voor een nieuw kabinet")."""
_SAID = 4
_LEAST = 3
"""Fewest mentions in the first pages from which a conclusion is drawn."""


def default_addressees(document_title: str, publisher: str = "", first_pages_text: str = "") -> tuple[str, ...]:
    """The addressees of a document's unaddressed advice, the likeliest first; empty if there is no telling.

    `first_pages_text` is the clean text of the first pages (three or four are enough).
    """
    publishers = [mention.organisation.addressee for mention in find_organisations(publisher)]
    name = publisher.strip()
    if name.lower().startswith("gemeente ") or (publishers and publishers[0] == "gemeente"):
        return ("gemeente",)
    if name.lower().startswith("provincie ") or (publishers and publishers[0] == "provincie"):
        return ("provincie",)
    for addressee, pattern in _TITLES:
        if pattern.search(document_title):
            return (addressee,)
    if _LOCAL_ADVISERS.search(name) and not _is_national(name):
        return _of_local_adviser(name, document_title, first_pages_text)
    if _is_national(name):
        return _of_national_adviser(document_title, first_pages_text)
    if publishers and publishers[0] in ("regio", "rijk"):
        return (publishers[0],)
    told = _by_mentions(f"{document_title}\n{first_pages_text}")
    return ("gemeente",) if municipalities_in(document_title) and "gemeente" in told else told


def _is_national(publisher: str) -> bool:
    """A council of the whole country: known by name, and no municipality in the name."""
    return bool(_NATIONAL_ADVISERS.search(publisher)) and not municipalities_in(publisher) and not (
        re.search(r"\bgemeente|\bstad", publisher, re.IGNORECASE)
    ) and not re.search(r"sociaal-economische adviesraad|economic board", publisher, re.IGNORECASE)  # fmt: skip


def _of_local_adviser(publisher: str, title: str, text: str) -> tuple[str, ...]:
    if _REGION_TITLE.search(publisher) and not municipalities_in(publisher):
        return ("regio",)
    told = _by_mentions(f"{title}\n{text}")
    return told if told and told[0] != "rijk" else ("gemeente",)


def _of_national_adviser(title: str, text: str) -> tuple[str, ...]:
    """The government; municipalities too where title or opening speak of cities more than of the government."""
    mentions = _count(text)
    local = bool(_CITY_TITLE.search(title)) or mentions["gemeente"] > 2 * mentions["rijk"] >= _LEAST
    return ("rijk", "gemeente") if local else ("rijk",)


def _by_mentions(text: str) -> tuple[str, ...]:
    """The level of government that the text speaks to most, and a second one that is not far behind."""
    counts = _count(text)
    ranked = [(count, addressee) for addressee, count in counts.items() if count >= _LEAST]
    ranked.sort(reverse=True)
    return tuple(addressee for count, addressee in ranked[:2] if 4 * count >= ranked[0][0] * 3)


def _count(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for addressee, pattern in _READERS:
        counts[addressee] += _SAID * len(pattern.findall(text))
    for addressee, pattern in _WORDS:
        counts[addressee] += len(pattern.findall(text))
    return counts
