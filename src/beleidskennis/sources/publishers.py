"""Who publishes policy advice in the Netherlands: names, and where in a document they say so."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Known bodies: the name to show, and how it is written. Only general bodies; regions and cities come by pattern.
_BODIES: tuple[tuple[str, str], ...] = (
    ("Sociaal-Economische Raad", r"Sociaal[- ]Economische Raad|SER"),
    ("Wetenschappelijke Raad voor het Regeringsbeleid", r"Wetenschappelijke Raad voor het Regeringsbeleid|WRR"),
    ("Raad voor de leefomgeving en infrastructuur", r"Raad voor de leefomgeving en infrastructuur|Rli"),
    ("Raad voor het Openbaar Bestuur", r"Raad voor het Openbaar Bestuur|ROB"),
    ("Adviesraad voor wetenschap, technologie en innovatie",
     r"Adviesraad voor wetenschap, technologie en innovatie|AWTI"),
    ("Adviesraad Internationale Vraagstukken", r"Adviesraad Internationale Vraagstukken|AIV"),
    ("Adviesraad Migratie", r"Adviesraad Migratie"),
    ("Raad voor Volksgezondheid en Samenleving", r"Raad voor Volksgezondheid (?:en|&) Samenleving|RVS"),
    ("Gezondheidsraad", r"Gezondheidsraad"),
    ("Onderwijsraad", r"Onderwijsraad"),
    ("Raad voor Cultuur", r"Raad voor Cultuur"),
    ("Raad van State", r"Raad van State"),
    ("Adviescollege toetsing regeldruk", r"Adviescollege toetsing regeldruk|ATR"),
    ("Centraal Planbureau", r"Centraal Planbureau|CPB"),
    ("Planbureau voor de Leefomgeving", r"Planbureau voor de Leefomgeving|PBL"),
    ("Sociaal en Cultureel Planbureau", r"Sociaal en Cultureel Planbureau|SCP"),
    ("Centraal Bureau voor de Statistiek", r"Centraal Bureau voor de Statistiek|CBS"),
    ("Rathenau Instituut", r"Rathenau Instituut"),
    ("Algemene Rekenkamer", r"Algemene Rekenkamer"),
    ("De Nederlandsche Bank", r"De Nederlandsche Bank|DNB"),
    ("Autoriteit Consument & Markt", r"Autoriteit Consument (?:&|en) Markt|ACM"),
    ("Vereniging van Nederlandse Gemeenten", r"Vereniging van Nederlandse Gemeenten|VNG"),
    ("Interprovinciaal Overleg", r"Interprovinciaal Overleg|IPO"),
    ("Unie van Waterschappen", r"Unie van Waterschappen"),
    ("Rijksdienst voor Ondernemend Nederland", r"Rijksdienst voor Ondernemend Nederland|RVO"),
    ("Kamer van Koophandel", r"Kamer van Koophandel|KVK"),
    ("VNO-NCW en MKB-Nederland", r"VNO-NCW(?: en MKB-Nederland)?"),
    ("MKB-Nederland", r"MKB-Nederland"),
    ("Platform31", r"Platform31"),
    ("TNO", r"TNO"),
    ("G40-stedennetwerk", r"G40[- ]?stedennetwerk|Stedennetwerk G40"),
    ("Stichting van de Arbeid", r"Stichting van de Arbeid"),
    ("Tweede Kamer der Staten-Generaal", r"Tweede Kamer der Staten-Generaal"),
)  # fmt: skip

_NAME = r"[A-Z][\w’'-]+"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,2}}"
_JOINED = rf"{_NAME}(?:[ -](?:(?:de|den|der|het|van|aan|op|en|the|of|&)[ -])*{_NAME}){{0,5}}"
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[A-Z][\w-]+ ){{0,2}}Economic Board (?:(?:of|for) )?(?:{_JOINED})",
        rf"\b[Mm]inisterie van {_NAMES}(?:, {_NAMES})*(?:(?: en| &) {_NAMES})?",
        r"\b[Gg]emeente (?:(?:Den|De|Het|'s-|’s-) ?)?[A-Z][\w’'-]+(?:[ -](?:aan (?:den|de) |en |op )?[A-Z][\w-]+){0,2}",
        r"\b[Pp]rovincie (?:Noord-|Zuid-)?[A-Z][\w-]+",
        r"\bMetropoolregio [A-Z][\w-]+(?: Den Haag| [A-Z][\w-]+)?",
        r"\b(?:Waterschap|Hoogheemraadschap)(?: van)? [A-Z][\w-]+(?: en [A-Z][\w-]+)?",
        rf"\b(?:Randstedelijke |Noordelijke |Zuidelijke )?Rekenkamer(?:commissie)?(?: {_NAME})+",
        rf"\bSociaal-Economische (?:Advies)?[Rr]aad {_JOINED}",
        rf"\b(?:Adviesraad|Adviescommissie|Raad voor|Planbureau|Kenniskring|Kenniscentrum|Stichting|Bureau|Instituut|"
        rf"Vereniging|Regio|Stadsregio|Omgevingsdienst|Veiligheidsregio|Universiteit|Hogeschool) "
        rf"(?:voor |van )?{_JOINED}",
    )
)
_KNOWN = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")) for name, pattern in _BODIES)
_GENERIC = re.compile(
    r"^(?:anonymous|unknown|onbekend|admin|administrator|gebruiker|user|pc|owner|microsoft.*|.*@.*)$", re.IGNORECASE
)

_IMPRINT = re.compile(
    r"©|\bcopyright\b|\bcolofon\b|\buitgave\b|\buitgegeven door\b|\bin opdracht van\b|\bopgesteld door\b",
    re.IGNORECASE,
)
_COMMISSIONED = re.compile(r"in opdracht van|voor de$|namens|op verzoek van", re.IGNORECASE)

# A name is taken from this score on: one strong place (the metadata, a running head, the title, an imprint).
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Front:
    """The places of a document that say who made it.

    `heads`: lines that recur on most pages; `cover`: lines of a first page that holds little text; `imprint`: lines
    near a © or "uitgave van"; `text`: the first pages.
    """

    author: str = ""
    title: str = ""
    heads: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    imprint: tuple[str, ...] = ()
    text: str = ""


def organisations(text: str) -> Iterator[str]:
    """Names of publishing bodies in `text`, as they are to be shown, one for each mention."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                name = match[0].strip(" ,.;:'’-")
                yield name[0].upper() + name[1:]
    for name, known in _KNOWN:
        for match in known.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield name


def guess_publisher(front: Front) -> str:
    """The publisher's name, or "" if no place says so plainly: a mere mention in the text is not enough."""
    scores: defaultdict[str, float] = defaultdict(float)
    for name, weight in _clues(front):
        scores[name] += weight
    if not scores:
        return ""
    name, score = max(scores.items(), key=lambda item: (item[1], -len(item[0])))
    return name if score >= _ENOUGH else ""


def _clues(front: Front) -> Iterator[tuple[str, float]]:
    """Names with the weight of the place that names them."""
    for text, weight in ((front.author, 6.0), (front.title, 3.0), *((head, 4.0) for head in front.heads)):
        yield from ((name, weight) for name in dict.fromkeys(organisations(text)))
    for line in front.cover[:12]:
        for name in dict.fromkeys(organisations(line)):
            if len(name) >= 0.4 * len(line):
                yield name, 0.5 if _COMMISSIONED.search(line) else 3.5
    for line in front.imprint:
        yield from ((name, 0.5 if _COMMISSIONED.search(line) else 3.0) for name in dict.fromkeys(organisations(line)))
    yield from ((name, min(1.5, 0.25 * count)) for name, count in Counter(organisations(front.text)).items())
    yield from ((name, 3.0) for name in dict.fromkeys(_speakers(front.text)))


def authors_of(author: str) -> tuple[str, ...]:
    """The persons in the metadata's author field; nothing for a body or a user name."""
    if not author or _GENERIC.match(author) or next(organisations(author), None):
        return ()
    names = [name.strip() for name in re.split(r";| en | and |, (?=[A-Z][a-z]+ [A-Z])", author)]
    return tuple(name for name in names if re.fullmatch(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){1,5}", name))


def _speakers(text: str) -> Iterator[str]:
    """Bodies that speak of this document as theirs: "advies van de SER", "De SER adviseert"."""
    own = r"(?:advies|visieadvies|rapport|nota|agenda|artikel|verkenning|publicatie)\w*(?: vanuit| van) (?:de |het )?"
    for match in re.finditer(rf"\b(?:[Dd]it|[Hh]et voorliggende|[Oo]ns|ligt het) (?:\w*?){own}(.{{3,60}})", text):
        name = next(organisations(match[1]), None)
        if name and match[1].lower().find(name.split()[-1].lower()) < 60:
            yield name


def imprint_lines(pages: Sequence[str]) -> tuple[str, ...]:
    """The lines at and just after a ©, "uitgave" or "colofon" on the first two and last two pages."""
    found: list[str] = []
    texts = [*pages[:2], *pages[max(2, len(pages) - 2) :]]
    for text in texts:
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if _IMPRINT.search(line) and len(line) < 120:
                found += lines[index : index + 3]
    return tuple(dict.fromkeys(found))
