"""What a question compares: which documents, by whatever they are called, and on what subject.

"Wat zeggen het advies van 2018 en de actieagenda over een tram?" compares two documents on "een tram". A document goes
by its publisher or title (`naming`), by what kind of document it is, with or without its year, by the place that it is
of, and, beside another that is named, as "de gemeente" or "de raad". "Alle adviezen" compares whatever speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.citations.attribution import speaks
from beleidskennis.citations.naming import Mention, mentions, without_names
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import Document
from beleidskennis.taxonomy.organisations import municipalities_in

_SURE = 0.8
"""Certainty from which a document counts as named; below it, it does beside one that is."""


@dataclass(frozen=True, slots=True)
class Comparands:
    """What is compared, in the order of the text, and on what. `documents` is empty where all are meant."""

    documents: tuple[Document, ...]
    subject: str
    """What to look for in each document."""
    asks: str
    """The question without the names: what it asks of each document."""
    among: tuple[Document, ...] = ()
    """The documents that are meant by "alle adviezen"."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`text[start:end]` means these documents; not `alone`: only beside another that is named."""

    documents: tuple[Document, ...]
    start: int
    end: int
    alone: bool


_COMPARES = re.compile(
    r"\b(?:vergelijk\w*|zowel .+ als|verschil\w*|overeenkomst\w*|(?:on)?eens|beide|allebei|hetzelfde|dezelfde"
    r"|anders dan|compare\w*|difference\w*|differ|both|agree)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:(?:alle|al de|(?:de )?verschillende|(?:de )?diverse|elke?|ieder|per|uit elk|all|each|every)\s+"
    r"(?P<all>document\w*|stuk(?:ken)?|bron(?:nen)?|publicaties?|uitgevers?|advies|adviezen|rapport(?:en)?|artikelen"
    r"|agenda['’]?s|nota['’]?s|visies|onderzoeken|documents?|reports?|sources?)"
    r"|(?P<sides>wie (?:is|zijn) (?:er )?(?:voor|tegen)(?: en (?:wie )?(?:is |zijn )?(?:er )?(?:voor|tegen))?)"
    r"|(?:vergelijk(?: wat)?|compare)\s+(?:de |the )?(?P<plural>documenten|stukken|adviezen|rapporten|bronnen|documents))"
    r"(?!\s+(?:van|uit|door)\b)(?!\w)",
    re.IGNORECASE,
)
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
_NOUNS = "|".join(sorted(_KINDS, key=len, reverse=True))
_BY_KIND = re.compile(
    rf"\b(?:(?P<article>de|het|the|haar|zijn|hun)\s+)(?:(?:(?-i:[A-Z])[\w-]+|action)\s+)?(?P<before>[\w-]*?)-?(?P<noun>{_NOUNS})(?![\w-])"
    r"(?:\s+(?:van|uit|of|from)\s+(?P<year>(?:19|20)\d\d)|\s*\((?P<bracket>(?:19|20)\d\d)\))?",
    re.IGNORECASE,
)
_BODY = re.compile(r"\b(?:de|the)\s+(?P<body>(?:[a-z]+-[a-z]+e\s+)?raad|gemeente|provincie|board|municipality)(?![\w-])", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\s+(?:van|uit)\s+((?:19|20)\d\d)\b|\s*\(((?:19|20)\d\d)\)")
_SOURCE = rf"(?:\b[\w-]*(?:{_NOUNS})\s+(?:(?:van|over|naar|of)\s+(?:(?:de|het|the)\s+)?(?:\w+e\s+)?)?)?"
"""What may stand before a name: "het rapport over de economische (structuur)", "het stuk van de (board)"."""
_BETWEEN = re.compile(
    r"^\s*,?\s*(?:(?:en|of|als|met|versus|vs\.?|tegenover|dan|van|and|or|with)\b)?\s*"
    rf"(?:(?:volgens|in|bij|uit|door|ook|die van|dat van|by|from)\b)?\s*(?:(?:de|het|the|haar|hun)\b)?\s*{_SOURCE}$",
    re.IGNORECASE,
)
"""What stands between two names that are compared."""
_BEFORE = re.compile(
    r"(?:(?<!\w)(?:zowel|tussen|volgens|bij|in|van|uit|door|by|of)\s+)?(?:\b(?:de|het|the|haar|hun)\s+)?"
    rf"(?:(?-i:[A-Z])[\w-]+\s+)?{_SOURCE}$",
    re.IGNORECASE,
)
_LOOKED_IN = re.compile(r"\b(?:in|volgens|bij|uit|according to)\s+(?:(?:de|het|the)\s+)?(?:[A-Z]\w+\s+)?$")
"""What stands before a document in which something is looked for."""
_SAYING = re.compile(
    r"\b(?:zeggen|willen|doen|noemen|kijken|denken|kiezen|vinden|pakken|gaan|hebben|schrijven|adviseren|oordelen|zijn"
    r"|verschillen|stellen|vergelijk\w*:?|tussen|zowel|compare|do|of|en|,)\s+(?:de gemeenten?\s+)?$",
    re.IGNORECASE,
)
"""What stands before places that speak, rather than are spoken of ("in Den Haag")."""


def read_comparands(text: str, documents: Sequence[Document]) -> Comparands | None:
    """What `text` compares; None where it asks after one document, or after none in particular."""
    phrases = _phrases(text, documents)
    named = _compared(text, phrases)
    if len(named) < 2:  # noqa: PLR2004
        named = questioned(text, documents) or named
    everything = _ALL.search(text)
    if len(named) > 1:
        asks = _without(text, [one for one in phrases if set(one.documents) <= set(named)])
        asks = without_names(asks, named)
        return Comparands(named, _subject(asks), asks)
    if everything and not named:
        among = _of_kind(everything["all"] or everything["plural"] or "", documents)
        asks = text[: everything.start()] + (" " if not everything["sides"] else " wie ") + text[everything.end() :]
        return Comparands((), _subject(asks), asks, among) if len(among) > 1 else None
    return None


def questioned(text: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that a question is put to by name: named for certain, or beside one that is.

    Of several that do not stand side by side those count that speak ("vindt Platform31") or are looked in ("in de
    actieagenda"): in "Wat vindt de raad dat er met de actieagenda moet gebeuren?" the agenda is what is asked about.
    """
    found = mentions(text, documents)
    certain = [one for one in found if one.certainty >= _SURE]
    named = found if certain and len(found) > 1 else certain
    if len(named) > 1 and not _COMPARES.search(text):
        apart = [one for one in named if not _beside(text, one, named)]
        named = [one for one in named if one not in apart or _is_asked(text, one)]
    return tuple(one.document for one in named)


def _beside(text: str, one: Mention, others: Sequence[Mention]) -> bool:
    """Whether a mention stands beside another: "de SER en Platform31"."""
    return any(
        first.end <= second.start and _BETWEEN.match(text[first.end : second.start])
        for other in others
        for first, second in ((one, other), (other, one))
    )


def _is_asked(text: str, one: Mention) -> bool:
    return speaks(text, one.start, one.end) or bool(_LOOKED_IN.search(text[: one.start]))


def _compared(text: str, phrases: Sequence[_Phrase]) -> tuple[Document, ...]:
    """The documents of phrases that mean one for certain, or stand beside another."""
    compares = bool(_COMPARES.search(text))
    sure = any(one.alone for one in phrases)
    kept: dict[Document, None] = {}
    for number, one in enumerate(phrases):
        beside = any(
            _BETWEEN.match(text[first.end : second.start])
            for first, second in ((phrases[number - 1], one), (one, phrases[(number + 1) % len(phrases)]))
            if first.end <= second.start
        )
        if one.alone or beside or (compares and sure):
            kept.update(dict.fromkeys(one.documents))
    return tuple(kept)


def _phrases(text: str, documents: Sequence[Document]) -> list[_Phrase]:
    """What names documents in `text`, in its order; of phrases that overlap the more certain, then the longer."""
    found: list[_Phrase] = []
    for one in mentions(text, documents):
        year = _YEAR_AFTER.match(text[one.end :])
        end = one.end + year.end() if year else one.end
        found.append(_Phrase((one.document,), one.start, end, one.certainty >= _SURE))
    found += [*_by_kind(text, documents), *_by_body(text, documents), *_by_place(text, documents)]
    kept: list[_Phrase] = []
    for one in sorted(found, key=lambda phrase: (not phrase.alone, -(phrase.end - phrase.start))):
        same = [other for other in kept if other.documents == one.documents]
        if all(one.end <= other.start or other.end <= one.start for other in kept) or same:
            kept.append(one)
    return sorted(kept, key=lambda phrase: phrase.start)


def _by_kind(text: str, documents: Sequence[Document]) -> Iterator[_Phrase]:
    """"De actieagenda", "het advies van 2018", "het SER-advies": where one document alone can be meant."""
    for match in _BY_KIND.finditer(text):
        whole = fold(match["before"] + match["noun"])
        year = match["year"] or match["bracket"]
        fitting = [one for one in _of_kind(fold(match["noun"]), documents) if not year or str(one.year) == year]
        if match["before"]:
            fitting = [one for one in fitting if whole in fold(f"{one.kind} {one.title}") or _of(match["before"], one)]
        if len(fitting) == 1:
            # A year, or a compound that is its kind, says that a document is meant; "het onderzoek" may be any.
            yield _Phrase(tuple(fitting), match.start(), match.end() + _titled_end(text[match.end() :], fitting[0]), False)
        elif len(fitting) > 1 and fold(match["noun"]) in ("adviezen", "rapporten", "onderzoeken", "artikelen"):
            yield _Phrase(tuple(fitting), match.start(), match.end(), False)


def _titled_end(rest: str, document: Document) -> int:
    """How far "over de economische structuur" goes on after "het rapport", where that is in its title."""
    match = re.match(r"\s+(?:over|naar|met|voor)\s+(?:(?:de|het|een)\s+)?(?:\w+e\s+)?(\w+)", rest)
    return match.end() if match and _of(match[1], document) else 0


def _of(before: str, document: Document) -> bool:
    """Whether the first part of "SER-advies" or "structuurrapport" is of a document: its publisher or its title."""
    named = mentions(before.strip("-"), [document], least=_SURE)
    terms = {term for word in words(before) for term, _ in word_terms(word)}
    title = {term for word in words(document.title) for term, _ in word_terms(word)}
    return bool(named) or bool(terms & title)


def _of_kind(noun: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    pattern = _KINDS.get(fold(noun), "")
    if not pattern:
        return tuple(documents)
    by_kind = tuple(one for one in documents if re.search(pattern, fold(one.kind)))
    return by_kind or tuple(one for one in documents if re.search(pattern, fold(one.title)))


def _by_body(text: str, documents: Sequence[Document]) -> Iterator[_Phrase]:
    """"De raad" and "de gemeente", where one publisher alone is that; with a year, its document of that year."""
    names = {"municipality": "gemeente"}
    for match in _BODY.finditer(text):
        body = fold(names.get(match["body"].lower(), match["body"])).split()
        fitting = [one for one in documents if _is_body(body, one)]
        year = _YEAR_AFTER.match(text[match.end() :])
        if year:
            fitting = [one for one in fitting if str(one.year) in year.groups()]
        if len({one.publisher for one in fitting}) == 1:
            yield _Phrase(tuple(fitting), match.start(), match.end() + (year.end() if year else 0), False)


def _is_body(body: Sequence[str], document: Document) -> bool:
    """Whether the words of a publisher are, or end in, those of a body: "adviesraad" is a "raad"."""
    publisher = fold(document.publisher).split()
    return all(any(word.endswith(part) for word in publisher) for part in body)


def _by_place(text: str, documents: Sequence[Document]) -> Iterator[_Phrase]:
    """"Zoetermeer en Den Haag": two places or more that speak, each with documents of its own."""
    filed: dict[str, list[Document]] = {}
    for document in documents:
        for place in _places(document.publisher, document.title):
            filed.setdefault(place, []).append(document)
    own: Callable[[Document], bool] = lambda one: sum(one in others for others in filed.values()) == 1  # noqa: E731
    found = []
    for place, of_place in filed.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(place)}(?![\w-])", text):
            fitting = tuple(one for one in of_place if own(one))
            if fitting and _SAYING.search(text[: match.start()]):
                found.append(_Phrase(fitting, match.start(), match.end(), False))
    return iter(found if len({one.documents for one in found}) > 1 else [])


@lru_cache(maxsize=4096)
def _places(publisher: str, title: str) -> frozenset[str]:
    """The places that a document is of."""
    english = f"{publisher} {title}".replace("The Hague", "Den Haag")
    found = {one.name.removeprefix("gemeente ").removeprefix("Gemeente ") for one in municipalities_in(english)}
    own = re.match(r"(?:Gemeente|Provincie)\s+(.+)", publisher)
    return frozenset(found | ({own[1]} if own else set()))


def _without(text: str, phrases: Sequence[_Phrase]) -> str:
    """The text without the phrases, what joins them, and the article or "volgens" before them."""
    cut: list[tuple[int, int]] = []
    for one in sorted(phrases, key=lambda phrase: phrase.start):
        before = _BEFORE.search(text[: one.start])
        start = before.start() if before else one.start
        if cut and (start <= cut[-1][1] or _BETWEEN.match(text[cut[-1][1] : one.start])):
            cut[-1] = (cut[-1][0], max(one.end, cut[-1][1]))
        else:
            cut.append((start, one.end))
    for start, end in reversed(cut):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()).replace(" ?", "?")


_FRAME = re.compile(
    r"^(?:wat|hoe|what|how)\s+(?:zeg\w*|denk\w*|vind\w*|schrijv\w*|schrijf\w*|adviser\w*|adviseert|kijk\w*|oordel\w*"
    r"|beoordel\w*|staa\w*|will?en|wil|doen|doet|noem\w*|verwacht\w*|is|zijn|does?|did|says?)\b(?:\s+er\b)?"
    r"|\bvergelijk\w*:?|\bcompare\b(?:\s+what)?|\b(?:wat|what) (?:is|zijn|are) (?:het|de|the) (?:verschil\w*|overeenkomst\w*|difference\w*)"
    r"|\bwaarin\b|\bverschil\w*|\bovereenkomst\w*|\b(?:zijn|is) het (?:er ?over )?eens\b|\bhet (?:er ?over )?(?:on)?eens\b"
    r"|\bvan mening\b|\bzowel\b|\ballebei\b|\bbeide\b|\bhetzelfde\b|\bdezelfde\b|\ben welke\s*(?=\?|$)"
    r"|\bdocument(?:en)?\b|\bboth\b|\bagree\b|\bdiffer\w*\b|^(?:noem|geef|denken|geven|zijn|is)\b"
    r"|\bwie\b|\bwat er\b|\b(?:staat|noemen|geven|verwachten|zeggen|willen)\b\s*(?=[?.]|$)",
    re.IGNORECASE,
)
"""What a question says of comparing, rather than of what is compared."""
_JOINTS = re.compile(
    r"^(?:(?:en|of|de|het|zijn|over|van|met|tussen|in|tegen|naar|aan|als|is|op|er|say|about|on|the)(?![\w-])|[,:\s])+"
    r"|(?:\s+(?:en|of|bij|van|volgens|met|tussen|als|over|and|by))+(?=\s*[?.]?\s*$)",
    re.IGNORECASE,
)


def _subject(asks: str) -> str:
    """What documents are compared on: "een tram" of "Wat zeggen over een tram?"; `asks` itself if nothing is left."""
    subject = _JOINTS.sub("", " ".join(_FRAME.sub(" ", asks).split())).replace(" ?", "?")
    return subject if [word for word in words(subject) if word_terms(word)] else asks
