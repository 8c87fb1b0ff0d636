"""Which documents a text names: by publisher, its acronym, title or words of the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.dutch.lemmas import is_known
from beleidskennis.dutch.terms import STOP, word_terms
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import Document

_GENERIC = frozenset(
    {"rapport", "advies", "nota", "agenda", "visie", "document", "stuk", "onderzoek", "artikel", "stad", "economie"}
    | {"economisch", "beleid", "gemeente", "plan", "programma", "jaar", "nieuw", "toekomst", "publicatie", "actie"}
)
"""Title words that name no document on their own."""
_BODIES = frozenset({"raad", "adviesraad", "board", "bureau", "gemeente", "provincie", "ministerie", "stichting"})

_CALLED = frozenset({"bureau", "stichting", "vereniging", "instituut", "onderzoeksbureau", "adviesbureau", "netwerk"})
"""Kinds of body that are left out when they are spoken of."""
_KINDS_OF_BODY = frozenset(
    {"adviesraad", "board", "bureau", "kenniskring", "planbureau", "rekenkamer", "instituut", "platform", "netwerk"}
)
"""Not "raad" and "college", which are mostly those of the municipality."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text: where it is named first, `[start, end)`, and how surely (0 to 1)."""

    document: Document
    start: int
    end: int
    certainty: float


def named_documents(text: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that `text` names, in the order of the text."""
    return tuple(mention.document for mention in mentions(text, documents))


def mentions(text: str, documents: Sequence[Document], *, least: float = 0.5) -> tuple[Mention, ...]:
    """The documents that `text` names with at least this certainty, in the order of the text."""
    folded = fold(text)
    common = Counter(term for document in documents for term in _title_terms(document.title))
    found = []
    bodies = Counter(body for publisher in {one.publisher for one in documents} for body in _bodies(publisher))
    for document in documents:
        by_name = _named(folded, text, document) or _by_body(folded, document, bodies)
        mention = by_name or _titled(text, document, common, len(documents))
        if mention and mention.certainty >= least:
            found.append(mention)
    found = _years(text, found)
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.document.file_name)))


def _named(folded: str, text: str, document: Document) -> Mention | None:
    for alias, certainty in aliases(document):
        # An acronym counts in its own capitals only: "ser" and "kan" are also words.
        # So does a name that is a word as well ("Peilschaal"), and not where any word has a capital.
        word = " " not in alias and not alias.isupper() and is_known(fold(alias))
        source, wanted = (text, alias) if alias.isupper() or word else (folded, fold(alias))
        start = r"(?<=[\w,:;] )" if word else r"(?<![\w-])"
        match = re.search(rf"{start}{re.escape(wanted)}(?:['’]?s)?(?![\w])", source)
        if match:
            return Mention(document, match.start(), match.end(), certainty)
    return None


@lru_cache(maxsize=4096)
def _bodies(publisher: str) -> frozenset[str]:
    """Words of a publisher's name that say what kind of body it is."""
    return _KINDS_OF_BODY.intersection(fold(word) for word in words(publisher))


def _by_body(folded: str, document: Document, bodies: Counter[str]) -> Mention | None:
    """A document named by what its publisher is ("de adviesraad"), where only one publisher is that."""
    for body in _bodies(document.publisher):
        name = rf"\b(?:de|het) (?:onderzoeks|advies)?{body}(?![\w-])"
        match = re.search(name, folded) if bodies[body] == 1 else None
        if match:
            return Mention(document, match.start(), match.end(), 0.8)
    return None


@lru_cache(maxsize=4096)
def aliases(document: Document) -> tuple[tuple[str, float], ...]:
    """Names of a document with how surely each means it: title, publisher, acronym of the publisher."""
    found: dict[str, float] = {}
    title = document.title.split(":")[0].strip()
    if len(words(title)) >= 2:
        found[title] = 1.0
    publisher = re.sub(r"\s*\([^)]*\)", "", document.publisher).strip()
    inside = re.findall(r"\(([^)]+)\)", document.publisher)
    if publisher:
        is_place = fold(publisher).split()[0] in ("gemeente", "provincie", "ministerie")
        # "De gemeente Lindewaard" is mostly the subject of a text, not its source.
        found[publisher] = 0.4 if is_place else 0.9
        for short in inside:
            found[short] = 0.9
        if not is_place:
            initials = "".join(part[0] for part in re.split(r"[\s-]+", publisher) if part and fold(part) not in STOP)
            every = "".join(part[0] for part in re.split(r"[\s-]+", publisher) if part)
            for acronym in (initials, every):
                if len(acronym) >= 3:
                    found.setdefault(acronym.upper(), 0.9)
            own = [part for part in publisher.split() if fold(part) not in _CALLED]
            if len(own) == 1 and len(own) < len(publisher.split()):
                found.setdefault(own[0], 0.8)  # "Peilschaal" for "Bureau Peilschaal"
            head = publisher.split()
            if len(head) >= 3 and fold(head[1]) in _BODIES:
                found.setdefault(" ".join(head[:2]), 0.8)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=4096)
def _title_terms(title: str) -> frozenset[str]:
    terms = {term for word in words(title) for term, _ in word_terms(word)}
    return frozenset(term for term in terms if term not in _GENERIC and not term.isdigit() and len(term) > 2)


def _titled(text: str, document: Document, common: Counter[str], count: int) -> Mention | None:
    """A document named by words of its title, such as "de actieagenda" or "het rapport over de structuur"."""
    wanted = _title_terms(document.title)
    if not wanted:
        return None
    places: dict[str, tuple[int, int]] = {}
    for match in re.finditer(r"\w+(?:-\w+)*", text):
        for term, _ in word_terms(match.group()):
            if term in wanted:
                places.setdefault(term, match.span())
    united = _united(text, wanted)
    if united:
        return Mention(document, *united, 0.8)
    telling = [term for term in places if common[term] <= max(1, count // 4)]
    share = len(places) / len(wanted)
    says_source = re.search(r"(?:rapport|advies|nota|visie|agenda|artikel|onderzoek|notitie|report)\b", fold(text))
    if not telling or not says_source or (share < 0.5 and len(telling) < 2):
        return None
    return Mention(document, *min(places.values()), 0.5 + share / 2)


def _united(text: str, wanted: frozenset[str]) -> tuple[int, int] | None:
    """Where one word unites a word of the title with what the document is: "het structuurrapport"."""
    for match in re.finditer(r"\b(\w{4,})(?:rapport|advies|nota|visie|agenda)\b", fold(text)):
        if wanted.intersection(term for term, _ in word_terms(match[1])):
            return match.span()
    return None


def _years(text: str, found: list[Mention]) -> list[Mention]:
    """Of documents of one publisher, those whose year is named, if one is."""
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)}
    kept = []
    for mention in found:
        siblings = [other for other in found if other.document.publisher == mention.document.publisher]
        dated = [other for other in siblings if other.document.year in years]
        if not dated or mention in dated or mention.certainty == 1.0:
            kept.append(mention)
    return kept


def without_names(text: str, documents: Sequence[Document]) -> str:
    """The question without the names of the documents, their article and "volgens"; unchanged if little is left."""
    subject = text
    for document in documents:
        for alias in [alias for alias, _ in aliases(document)] + sorted(_bodies(document.publisher)):
            flags = "" if alias.isupper() else "(?i:"
            name = rf"{flags}{re.escape(alias)}{')' if flags else ''}"
            before = r"(?i:\bvolgens\s+)?(?i:\b(?:de|het|the)\s+)?(?<![\w-])"
            subject = re.sub(rf"{before}{name}(?:['’]?s)?(?!\w)(?:\s*\(\d{{4}}\))?", " ", subject)
    subject = " ".join(subject.split())
    return subject if len(words(subject)) > 2 else text


_ABOUT = re.compile(
    r"^(?:en )?wat (?:zeg(?:t|gen)|schrijf(?:t|en)|staat|staan|vermeld(?:t|en)|is)\s+(?:er\s+)?(?:bekend\s+)?"
    r"(?:(?:in\s+)?(?:de|het|alle|deze)\s+"
    r"(?:documenten|stukken|rapporten|bronnen|adviezen|teksten|document|stuk|rapport)\s+)?over\s+",
    re.IGNORECASE,
)


def without_frame(text: str) -> str:
    """The subject of a question for all that there is on it: "toerisme?" of "Wat zeggen de documenten over toerisme?".

    Any other question stays as it is.
    """
    subject = _ABOUT.sub("", text)
    return subject if [word for word in words(subject) if word_terms(word)] else text
