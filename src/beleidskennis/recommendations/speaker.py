"""Who says it: the document itself, or a third party whose advice it only quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.model import Document

_BODY = (
    r"(?:[A-Z]{2,}[A-Za-z0-9]*(?:[-/][A-Z][A-Za-z]+)*|(?:Sociaal-Economische |Algemene |Europese |Nationale |"
    r"Wetenschappelijke )?"
    r"(?:Raad|Rekenkamer|Commissie|Planbureau|Ombudsman|ombudsman|Kamer|Inspectie|Gezondheidsraad|Onderwijsraad|"
    r"Adviesraad|Rekenkamer\w*|"
    r"Taskforce|Nederlandsche Bank|Autoriteit|Staatscommissie|commissie)(?: (?:voor|van|over|op|voor de|voor het|"
    r"de|het|[A-Z]\w+|[a-z]+ en [a-z]+)){0,7}"
    r"(?:-[A-Z]\w+)?|ministerie van [A-Z]\w+(?: en [A-Z]\w+)?|kabinet|(?:staats)?secretaris|minister|"
    r"[A-Z]\w+(?:-[A-Z]\w+)+)"
)
_SAYS = (
    r"(?:adviseert|adviseren|pleit|pleiten|beveelt|bevelen|stelt|stellen|vindt|vinden|acht|achten|roept|roepen|"
    r"meent|menen|"
    r"concludeert|wijst|geeft|raadt|benadrukt|onderstreept|wil|willen|ziet|dringt|bepleit|waarschuwt|noemt|"
    r"schrijft|zegt)"
)
_THIRD = (
    re.compile(rf"\b[Vv]olgens (?:de |het |een )?({_BODY})"),
    re.compile(rf"^(?:Ook |Zo )?(?:[Dd]e |[Hh]et )?({_BODY}) (?:\([^)]*\) )?{_SAYS}\b"),
    re.compile(rf"^(?:Zo|Ook|Daarom|Eerder|Daarnaast|Verder) {_SAYS} (?:de |het )({_BODY})"),
    re.compile(rf"\baldus (?:de |het )?({_BODY})"),
    re.compile(
        rf"\b(?:advies|rapport|studie|aanbeveling(?:en)?|onderzoek) van (?:de |"
        rf"het )?({_BODY})[^.;]{{0,60}}\b(?:om|dat|moet|pleit|adviseert|stelt)\b"
    ),
    re.compile(rf"\b(?:door|vanuit) (?:de |het )({_BODY}) (?:wordt )?(?:geadviseerd|aanbevolen|bepleit)"),
)
_OWN = frozenset({"raad", "commissie", "rekenkamer", "board", "adviesraad", "wij", "we"})
"""Words by which an advisory body speaks of itself ("de raad adviseert")."""


def own_names(document: Document) -> frozenset[str]:
    """The names by which `document` may speak of itself, lower case: publisher, authors, their acronyms, "de raad"."""
    names = {*_OWN}
    for name in (document.publisher, *document.authors):
        if not name:
            continue
        names.add(name.lower())
        capitals = "".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper())
        if len(capitals) > 1:
            names.add(capitals.lower())
        names.update(part.lower() for part in re.findall(r"\b[A-Z]{2,}\b", name))
    names.update(match.lower() for match in re.findall(r"\b[A-Z]{3,}\b", document.title))
    return frozenset(names)


def speaker(text: str, own: frozenset[str], acronyms: Sequence[str] = ()) -> str:
    """The third party that `text` says it is from, as written there, or "" for the document's own voice.

    `own` are the names of `own_names`; `acronyms` more names of the publisher found in the document.
    """
    mine = own | {name.lower() for name in acronyms}
    for pattern in _THIRD:
        match = pattern.search(text)
        if match and not _is_own(match.group(1), mine):
            return match.group(1).strip()
    return ""


def _is_own(name: str, mine: frozenset[str]) -> bool:
    lower = name.lower().strip()
    return (
        lower in mine
        or any(lower.startswith(f"{own} ") and own not in _OWN for own in mine)
        or any(own.startswith(lower) and len(lower) > 5 for own in mine)
    )
