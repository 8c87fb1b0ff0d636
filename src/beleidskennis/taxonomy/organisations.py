"""Names of public organisations in a text, with their address in TOOI and the addressee that they are.

The table (`data/organisaties.tsv`, made by `scripts/build_taxonomy.py`) holds the names of TOOI's value lists:
municipalities (present and former), provinces, water boards, joint bodies, agencies and advisory councils. Ministries
are in none of those lists: "ministerie van ..." is known by its form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.dutch.lemmas import is_known
from beleidskennis.taxonomy.store import DATA

TABLE = DATA / "organisaties.tsv"

SHORT_NAMES: Mapping[str, str] = {
    # Acronyms under which policy text knows organisations of the table; facts, from the organisations themselves.
    "UWV": "Uitvoeringsinstituut werknemersverzekeringen",
    "KVK": "Kamer van Koophandel",
    "KvK": "Kamer van Koophandel",
    "SER": "Sociaal-Economische Raad",
    "RVO": "Rijksdienst voor Ondernemend Nederland",
    "CBS": "Centraal Bureau voor de Statistiek",
    "MRDH": "Metropoolregio Rotterdam Den Haag",
    "DUO": "Dienst Uitvoering Onderwijs",
    "IND": "Immigratie- en Naturalisatiedienst",
    "WRR": "Wetenschappelijke Raad voor het Regeringsbeleid",
    "Rli": "Raad voor de leefomgeving en infrastructuur",
    "ROB": "Raad voor het Openbaar Bestuur",
    "AWTI": "Adviesraad voor wetenschap, technologie en innovatie",
    "ACM": "Autoriteit Consument en Markt",
    "SVB": "Sociale verzekeringsbank",
    "DNB": "De Nederlandsche Bank",
}
_MINISTRY = re.compile(r"\b[Mm]inisterie (?:van|voor) [A-Z][\w&-]*(?:(?:, | en | )[A-Z][\w&-]*)*")
_WORD = re.compile(r"[\w&'’+-]+")
_PREFIXES = ("gemeente", "provincie", "waterschap", "hoogheemraadschap")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A public organisation: its name as TOOI has it, the addressee that it is, and its address ("" if none)."""

    name: str
    addressee: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """`text[start:end]` names the organisation."""

    organisation: Organisation
    start: int
    end: int


def find_organisations(text: str) -> tuple[OrganisationMention, ...]:
    """The organisations that a text names, in order. A place name alone is none: "gemeente Best" is, "Best" is not."""
    table = _by_first_word()
    found = [
        OrganisationMention(Organisation(match.group(), "rijk"), match.start(), match.end())
        for match in _MINISTRY.finditer(text)
    ]
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if match.start() < end:
            continue
        if word in SHORT_NAMES and SHORT_NAMES[word].lower() in _table():
            found.append(OrganisationMention(_table()[SHORT_NAMES[word].lower()], match.start(), match.end()))
            continue
        if not (word[0].isupper() or word in _PREFIXES):
            continue
        for name in table.get(word.lower(), ()):
            stop = match.start() + len(name)
            if text[match.start() : stop].lower() == name and not text[stop : stop + 1].isalnum():
                found.append(OrganisationMention(_table()[name], match.start(), stop))
                end = stop
                break
    return tuple(sorted(found, key=lambda mention: mention.start))


def municipalities_in(text: str) -> tuple[Organisation, ...]:
    """Municipalities whose bare name stands in a title or the name of a publisher ("Economic Board Vlietmonde").

    For short texts only: in running text many names of places are ordinary words too.
    """
    folded = f" {' '.join(_WORD.findall(text))} "
    names = ((name.removeprefix("gemeente "), organisation) for name, organisation in _table().items())
    return tuple(
        organisation
        for name, organisation in names
        if organisation.addressee == "gemeente" and len(name) > 3 and f" {organisation.name[9:]} " in folded
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, Organisation]:
    table = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        name, addressee, uri = line.split("\t")
        table[name.lower()] = Organisation(name, addressee, uri)
    return table


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[str]]:
    filed: dict[str, list[str]] = {}
    for name in _table():
        first = _WORD.match(name)
        # A name that is an ordinary word too ("Hecht", "Blink") cannot be told from it at the head of a sentence.
        if first and len(name) > 3 and (" " in name or not is_known(name)):
            filed.setdefault(first.group(), []).append(name)
    return {word: sorted(names, key=len, reverse=True) for word, names in filed.items()}
