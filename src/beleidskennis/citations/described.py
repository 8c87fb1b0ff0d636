"""Documents that a text describes rather than names: by kind and year, by body, or by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.citations.naming import mentions
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import Document
from beleidskennis.taxonomy.organisations import municipalities_in

SURE = 0.8
"""Certainty from which a document counts as named; below it, it does beside one that is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text[start:end]` means these documents; not `alone`: only beside another that is named."""

    documents: tuple[Document, ...]
    start: int
    end: int
    alone: bool


_KINDS = {
    "advies": "advies",
    "adviezen": "advies",
    "rapport": "rapport|onderzoek",
    "rapporten": "rapport|onderzoek",
    "onderzoek": "onderzoek",
    "onderzoeken": "onderzoek",
    "artikel": "artikel",
    "artikelen": "artikel",
    "agenda": "agenda",
    "agenda's": "agenda",
    "visie": "visie",
    "visies": "visie",
    "nota": "nota",
    "nota's": "nota",
    "programma": "programma",
    "strategie": "strategie",
    "akkoord": "akkoord",
    "evaluatie": "evaluatie",
    "monitor": "monitor",
    "essay": "artikel",
    "report": "rapport|onderzoek",
    "article": "artikel",
    "study": "onderzoek",
    "stuk": "",
    "stukken": "",
    "document": "",
    "documenten": "",
    "publicatie": "",
    "notitie": "notitie|nota",
}
"""Words for documents, and what kind or title then holds; "" fits every document."""
NOUNS = "|".join(sorted(_KINDS, key=len, reverse=True))
_BY_KIND = re.compile(
    rf"\b(?:(?P<article>de|het|the|haar|zijn|hun)\s+)(?:(?:(?-i:[A-Z])[\w-]+|action)\s+)?(?P<before>[\w-]*?)-?(?P<noun>{NOUNS})(?![\w-])"
    r"(?:\s+(?:van|uit|of|from)\s+(?P<year>(?:19|20)\d\d)|\s*\((?P<bracket>(?:19|20)\d\d)\))?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:de|the)\s+(?P<body>(?:[a-z]+-[a-z]+e\s+)?raad|gemeente|provincie|board|municipality)(?![\w-])", re.IGNORECASE
)
YEAR_AFTER = re.compile(r"\s+(?:van|uit)\s+((?:19|20)\d\d)\b|\s*\(((?:19|20)\d\d)\)")
_SAYING = re.compile(
    r"\b(?:zeggen|willen|doen|noemen|kijken|denken|kiezen|vinden|pakken|gaan|hebben|schrijven|adviseren|oordelen|zijn"
    r"|verschillen|stellen|vergelijk\w*:?|verschil\w*\s+tussen|zowel|compare|do|of|en|,)\s+(?:de gemeenten?\s+)?$",
    re.IGNORECASE,
)
"""What stands before places that speak, rather than are spoken of ("in Den Haag")."""


def by_kind(text: str, documents: Sequence[Document]) -> Iterator[Phrase]:
    """Documents by kind, where one alone can be meant: "de actieagenda", "het advies van 2018", "het SER-advies"."""
    for match in _BY_KIND.finditer(text):
        whole = fold(match["before"] + match["noun"])
        year = match["year"] or match["bracket"]
        fitting = [one for one in of_kind(fold(match["noun"]), documents) if not year or str(one.year) == year]
        if match["before"]:
            fitting = [one for one in fitting if whole in fold(f"{one.kind} {one.title}") or _of(match["before"], one)]
        if len(fitting) == 1:
            # A year, or a compound that is its kind, says that a document is meant; "het onderzoek" may be any.
            yield Phrase(
                tuple(fitting), match.start(), match.end() + _titled_end(text[match.end() :], fitting[0]), False
            )
        elif len(fitting) > 1 and fold(match["noun"]) in ("adviezen", "rapporten", "onderzoeken", "artikelen"):
            yield Phrase(tuple(fitting), match.start(), match.end(), False)


def _titled_end(rest: str, document: Document) -> int:
    """How far "over de economische structuur" goes on after "het rapport", where that is in its title."""
    match = re.match(r"\s+(?:over|naar|met|voor)\s+(?:(?:de|het|een)\s+)?(?:\w+e\s+)?(\w+)", rest)
    return match.end() if match and _of(match[1], document) else 0


def _of(before: str, document: Document) -> bool:
    """Whether the first part of "SER-advies" or "structuurrapport" is of a document: its publisher or its title."""
    named = mentions(before.strip("-"), [document], least=SURE)
    terms = {term for word in words(before) for term, _ in word_terms(word)}
    title = {term for word in words(document.title) for term, _ in word_terms(word)}
    return bool(named) or bool(terms & title)


def of_kind(noun: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents of the kind that a noun means; all of them for "documenten"."""
    pattern = _KINDS.get(fold(noun), "")
    if not pattern:
        return tuple(documents)
    by_kind = tuple(one for one in documents if re.search(pattern, fold(one.kind)))
    return by_kind or tuple(one for one in documents if re.search(pattern, fold(one.title)))


def by_body(text: str, documents: Sequence[Document]) -> Iterator[Phrase]:
    """Documents of the one publisher that is "de raad" or "de gemeente"; with a year, that of the year."""
    names = {"municipality": "gemeente"}
    for match in _BODY.finditer(text):
        body = fold(names.get(match["body"].lower(), match["body"])).split()
        fitting = [one for one in documents if _is_body(body, one)]
        year = YEAR_AFTER.match(text[match.end() :])
        if year:
            fitting = [one for one in fitting if str(one.year) in year.groups()]
        if len({one.publisher for one in fitting}) == 1:
            yield Phrase(tuple(fitting), match.start(), match.end() + (year.end() if year else 0), False)


def _is_body(body: Sequence[str], document: Document) -> bool:
    """Whether the words of a publisher are, or end in, those of a body: "adviesraad" is a "raad"."""
    publisher = fold(document.publisher).split()
    return all(any(word.endswith(part) for word in publisher) for part in body)


def by_place(text: str, documents: Sequence[Document]) -> Iterator[Phrase]:
    """Documents of two places or more that speak ("Zoetermeer en Den Haag"), each with documents of its own."""
    filed: dict[str, list[Document]] = {}
    for document in documents:
        for place in _places(document.publisher, document.title):
            filed.setdefault(place, []).append(document)
    found = []
    for place, of_place in filed.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(place)}(?![\w-])", text):
            fitting = tuple(one for one in of_place if sum(one in others for others in filed.values()) == 1)
            if fitting and _SAYING.search(text[: match.start()]):
                found.append(Phrase(fitting, match.start(), match.end(), False))
    return iter(found if len({one.documents for one in found}) > 1 else [])


@lru_cache(maxsize=4096)
def _places(publisher: str, title: str) -> frozenset[str]:
    """The places that a document is of."""
    english = f"{publisher} {title}".replace("The Hague", "Den Haag")
    found = {one.name.removeprefix("gemeente ").removeprefix("Gemeente ") for one in municipalities_in(english)}
    own = re.match(r"(?:Gemeente|Provincie)\s+(.+)", publisher)
    return frozenset(found | ({own[1]} if own else set()))
