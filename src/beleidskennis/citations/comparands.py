"""What a question compares: which documents, by whatever they are called, and on what subject.

"Wat zeggen het advies van 2018 en de actieagenda over een tram?" compares two documents on "een tram". A document goes
by its publisher or title (`naming`), by what kind of document it is, with or without its year, by the place that it is
of, and, beside another that is named, as "de gemeente" or "de raad". "Alle adviezen" compares whatever speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.citations.attribution import speaks
from beleidskennis.citations.described import NOUNS, SURE, YEAR_AFTER, Phrase, by_body, by_kind, by_place, of_kind
from beleidskennis.citations.naming import Mention, mentions, without_names
from beleidskennis.citations.subjects import subject_of
from beleidskennis.model import Document


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
    r"|(?:vergelijk(?: wat)?|compare)\s+(?:de |the )?"
    r"(?P<plural>documenten|stukken|adviezen|rapporten|bronnen|documents))"
    r"(?!\s+(?:van|uit|door)\b)(?!\w)",
    re.IGNORECASE,
)
_SOURCE = rf"(?:\b[\w-]*(?:{NOUNS})\s+(?:(?:van|over|naar|of)\s+(?:(?:de|het|the)\s+)?(?:\w+e\s+)?)?)?"
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


def read_comparands(text: str, documents: Sequence[Document]) -> Comparands | None:
    """What `text` compares; None where it asks after one document, or after none in particular."""
    phrases = _phrases(text, documents)
    named = _compared(text, phrases)
    if len(named) < 2:
        named = questioned(text, documents) or named
    everything = _ALL.search(text)
    if len(named) > 1:
        asks = _without(text, [one for one in phrases if set(one.documents) <= set(named)])
        asks = without_names(asks, named)
        return Comparands(named, subject_of(asks), asks)
    if everything and not named:
        among = of_kind(everything["all"] or everything["plural"] or "", documents)
        asks = text[: everything.start()] + (" " if not everything["sides"] else " wie ") + text[everything.end() :]
        return Comparands((), subject_of(asks), asks, among) if len(among) > 1 else None
    return None


def questioned(text: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that a question is put to by name: named for certain, or beside one that is.

    Of several that do not stand side by side those count that speak ("vindt Platform31") or are looked in ("in de
    actieagenda"): in "Wat vindt de raad dat er met de actieagenda moet gebeuren?" the agenda is what is asked about.
    """
    found = mentions(text, documents)
    certain = [one for one in found if one.certainty >= SURE]
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


def _compared(text: str, phrases: Sequence[Phrase]) -> tuple[Document, ...]:
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


def _phrases(text: str, documents: Sequence[Document]) -> list[Phrase]:
    """What names documents in `text`, in its order; of phrases that overlap the more certain, then the longer."""
    found = [*by_kind(text, documents), *by_body(text, documents), *by_place(text, documents)]
    for mention in mentions(text, documents):
        year = YEAR_AFTER.match(text[mention.end :])
        end = mention.end + (year.end() if year else 0)
        found.append(Phrase((mention.document,), mention.start, end, mention.certainty >= SURE))
    kept: list[Phrase] = []
    for one in sorted(found, key=lambda phrase: (not phrase.alone, -(phrase.end - phrase.start))):
        same = any(other.documents == one.documents for other in kept)
        if same or all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda phrase: phrase.start)


def _without(text: str, phrases: Sequence[Phrase]) -> str:
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
