"""Quotes in a draft, checked word for word against the pages.

Letterlijk: the same words in the same order; case, typographic marks, line-end hyphens and spaces do not count. An
omission marked by "(...)" and words in square brackets are the writer's own and are left out of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from beleidskennis.citations.naming import named_documents
from beleidskennis.citations.quote_index import Place, QuoteIndex
from beleidskennis.citations.report import CheckedQuote, QuoteChange, QuoteVerdict
from beleidskennis.dutch.words import tokens
from beleidskennis.model import Citation, Document, PassageId, VersionPlace

_QUOTED = re.compile(
    r"“(?P<a>[^“”]+)”|„(?P<b>[^„”“]+)[”“]|\"(?P<c>[^\"]+)\"|«(?P<d>[^«»]+)»"
    r"|(?<!\w)‘(?P<e>(?:[^‘’]|(?<=\w)’(?=\w))+)’(?!\w)|(?<!\w)'(?P<f>(?:[^']|(?<=\w)'(?=\w))+)'(?!\w)"
)
_OWN = re.compile(r"\[[^\]]*\]|\((?:\.\.\.|…)\)|\.\.\.|…")
_ENDS = re.compile(r"[.!?][”\"’»]?\s+(?=[A-Z“\"‘«])|\n")
SHORTEST = 5
"""Words; what is shorter is a name or a term more often than a quote, and is only checked for being there exactly."""
MOST_PLACES = 8
"""Places that are compared word by word, for each version that a document may have."""
ALIKE = 0.7
"""Share of words in order that makes a place the source of a quote with small differences: one word in four may
differ, and every difference is shown."""


@dataclass(frozen=True, slots=True)
class _Found:
    place: Place
    ratio: float
    first: int
    last: int
    changes: tuple[QuoteChange, ...]
    others: tuple[int, ...] = ()
    """Where the same stands in other versions of the document: the first word."""


def quotes_in(text: str) -> list[tuple[int, int]]:
    """Offsets of the texts between quotation marks, marks left out."""
    found = []
    for match in _QUOTED.finditer(text):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        found.append(match.span(name))
    return found


def check_quotes(text: str, index: QuoteIndex) -> tuple[CheckedQuote, ...]:
    """All quotes of a paragraph, each with what the documents hold.

    A quote is held to the documents that its own sentence names, else to those that the paragraph names; what stands
    between quotation marks names none.
    """
    checked = []
    places = quotes_in(text)
    plain = text
    for start, end in places:
        last = text[end - 1] if text[end - 1] in ".!?" else " "  # the end of the quote may be that of its sentence
        plain = f"{plain[:start]}{' ' * (end - start - 1)}{last}{plain[end:]}"
    anywhere = named_documents(plain, index.documents)
    for start, end in places:
        before = max((match.end() for match in _ENDS.finditer(plain, 0, start)), default=0)
        after = _ENDS.search(plain, end - 1)
        own = named_documents(plain[before : after.start() if after else len(plain)], index.documents)
        quote = check_quote(text[start:end], index, named=own or anywhere)
        if quote.verdict is not QuoteVerdict.TOO_SHORT:
            shifted = (quote.text, start, end, quote.verdict, quote.citations, quote.changes, quote.named_document)
            checked.append(CheckedQuote(*shifted))
    return tuple(checked)


def check_quote(quote: str, index: QuoteIndex, *, named: Sequence[Document] = ()) -> CheckedQuote:
    """One quote, without its marks. `named` are the documents that it is said to come from, if any are named."""
    parts = [part for part in _OWN.split(quote) if tokens(part)]
    counts = [len(index.ids(part)) for part in parts]
    if not parts or max(counts) < 3:
        return CheckedQuote(quote, 0, len(quote), QuoteVerdict.TOO_SHORT)
    found = [_find(part, index, named) for part in parts if len(index.ids(part)) >= 3]
    best = [one for one in found if one]
    whole = len(best) == len(found) and bool(best)
    exact = whole and all(not one.changes for one in best)
    if sum(counts) < SHORTEST and not exact:
        return CheckedQuote(quote, 0, len(quote), QuoteVerdict.TOO_SHORT)
    if not whole:
        return CheckedQuote(quote, 0, len(quote), QuoteVerdict.NOT_FOUND)
    citations = tuple(_citation(one, index) for one in best)
    changes = tuple(change for one in best for change in one.changes)
    wanted = {document.document_id for document in named}
    if wanted and not any(citation.document.document_id in wanted for citation in citations):
        verdict, title = QuoteVerdict.OTHER_DOCUMENT, named[0].title
    else:
        verdict, title = QuoteVerdict.EXACT if exact else QuoteVerdict.SMALL_DIFFERENCES, ""
    return CheckedQuote(quote, 0, len(quote), verdict, citations, changes, title)


def _find(quote: str, index: QuoteIndex, named: Sequence[Document]) -> _Found | None:
    """The best place for one unbroken part of a quote, with those in other versions of its document.

    Among equals the documents that the draft names come first, then the newest version.
    """
    ids = index.ids(quote)
    wanted = {document.document_id for document in named}

    def rank(found: _Found) -> tuple[bool, float, bool, int, int]:
        document = index.document_at(found.first).document_id
        family = index.versions.get(document, (document,))
        return (
            not found.changes,
            round(found.ratio, 2),
            document in wanted,
            -family.index(document),
            -found.first,
        )

    places = index.places(ids, most=MOST_PLACES * max(map(len, index.versions.values()), default=1))
    found = [one for one in (_compare(quote, ids, place, index) for place in places) if one.ratio >= ALIKE]
    if not found:
        return None
    best = max(found, key=rank)
    family = index.versions.get(index.document_at(best.first).document_id, ())
    same = [one for one in found if rank(one)[:2] == rank(best)[:2]]
    by_document: dict[str, _Found] = {index.document_at(one.first).document_id: one for one in sorted(same, key=rank)}
    by_document.pop(index.document_at(best.first).document_id)
    return replace(best, others=tuple(by_document[one].first for one in family if one in by_document))


def _compare(quote: str, ids: Sequence[int], place: Place, index: QuoteIndex) -> _Found:
    printed = index.words_at(place.first, place.last)
    matcher = SequenceMatcher(None, ids, printed, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return _Found(place, 0.0, place.first, place.first + 1, ())
    # Words of the page before the first and after the last shared word are not part of the quote.
    low = max(blocks[0].b - blocks[0].a, 0)
    high = min(blocks[-1].b + blocks[-1].size + len(ids) - blocks[-1].a - blocks[-1].size, len(printed))
    shared = sum(block.size for block in blocks)
    first, last = place.first + low, place.first + high
    words = _pieces_of(quote)
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, ids, printed[low:high], autojunk=False).get_opcodes():
        if kind != "equal":
            spans = index.spans(first + c, first + d) if d > c else ()
            there = index.text(spans, first + c) if spans else ""
            changes.append(QuoteChange(" ".join(words[a:b]), there))
    return _Found(place, 2 * shared / (len(ids) + high - low), first, last, tuple(changes))


def _pieces_of(quote: str) -> list[str]:
    return [piece for token in tokens(quote) for piece in re.split(r"[-‐‑–]", token.text) if piece]


def _citation(found: _Found, index: QuoteIndex) -> Citation:
    spans = index.spans(found.first, found.last)
    page = index.page_at(found.first)
    document = index.document_at(found.first)
    return Citation(
        document,
        page.page_number,
        page.page_label,
        index.text(spans, found.first),
        spans,
        round(found.ratio, 4),
        also_in=tuple(_version(first, index) for first in found.others),
        newest=index.newer_than(document),
    )


def _version(first: int, index: QuoteIndex) -> VersionPlace:
    page = index.page_at(first)
    return VersionPlace(index.document_at(first), PassageId(""), page.page_number, page.page_label)
