"""What is known of a document: the manifest first, then what its metadata and its pages say.

What is guessed is named in `Document.guessed`. On five real PDFs with known particulars (see `docs/reading.md`) title,
kind, publisher and date are guessed by rules that are general; none of them names a document.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from beleidskennis.model import Document, DocumentId
from beleidskennis.pdf.types import RawDocument
from beleidskennis.sources.dates import find_dates
from beleidskennis.sources.identifiers import find_identifiers
from beleidskennis.sources.manifest import ManifestEntry
from beleidskennis.sources.periodicals import find_periodical
from beleidskennis.sources.publishers import Front, authors_of, guess_publisher, imprint_lines
from beleidskennis.sources.titles import (
    guess_kind,
    plausible_title,
    recurring_lines,
    running_title,
    title_from_name,
    title_on_first_page,
)

# Dates that programs write when they know none: the epochs of ReportLab, Unix, the PC, and the template of python-docx.
_RESET_DATES = frozenset({"2000-01-01", "1970-01-01", "1980-01-01", "1904-01-01", "1601-01-01", "2013-12-23"})
# Kinds that look ahead: their period ("2020-2022") starts after they were written.
_FORWARD = frozenset(
    {
        "advies",
        "actieagenda",
        "visie",
        "strategie",
        "programma",
        "nota",
        "coalitieakkoord",
        "begroting",
        "raadsvoorstel",
    }
)
_SIGNED = re.compile(r"^(?:aldus\s+)?(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),? (?:d\.d\. )?$")
_SETTLED = re.compile(
    r"(?:vastgesteld|uitgebracht|gepubliceerd|publicatiedatum|datum|d\.d\.|verschenen)\W{0,3}(?:\w+\s){0,6}$",
    re.IGNORECASE,
)
_ENGLISH = frozenset(("the", "of", "and", "to", "in", "is", "that", "for", "are", "with", "this", "by", "from"))
_DUTCH = frozenset(("de", "het", "een", "van", "en", "dat", "voor", "met", "deze", "bij", "door", "uit", "zijn"))
_GUESSED = ("title", "publisher", "date", "kind", "language", "journal", "volume", "issue", "article_pages")
_EDGE = 8
"""Lines at the top and at the bottom of a first page among which a journal may name itself."""
_FEW_LINES = 25  # a first page with fewer lines is a cover


def describe(
    path: Path,
    document_id: DocumentId,
    raw: RawDocument,
    first_pages_text: str,
    entry: ManifestEntry | None = None,
    *,
    language: str = "",
) -> Document:
    """The `Document` of a file. `first_pages_text` is the clean text of its first pages; `language` if it is known."""
    title = _guess_title(path, raw)
    kind = guess_kind(title, path.stem, first_pages_text or _raw_text(raw, 3))
    stands = find_periodical(_first_lines(raw), kind)
    document = Document(
        document_id=document_id,
        file_name=path.name,
        path=str(path),
        title=title,
        publisher=guess_publisher(_front(raw, title, first_pages_text)),
        date=_guess_date(path, raw, title, kind),
        kind=kind,
        language=language or guess_language(first_pages_text or _raw_text(raw, 3)),
        page_count=len(raw.pages),
        identifiers=find_identifiers(_raw_text(raw, len(raw.pages))),
        authors=authors_of(raw.metadata.get("author", "")),
        problems=tuple(raw.problems),
        journal=stands.journal,
        volume=stands.volume,
        issue=stands.issue,
        article_pages=stands.pages,
    )
    guessed = {name for name in _GUESSED if getattr(document, name)}
    return with_entry(replace(document, guessed=frozenset(guessed)), entry)


def _first_lines(raw: RawDocument) -> list[str]:
    """Running heads and feet, and the lines at the top and bottom of the first page: where a journal names itself."""
    heads = recurring_lines(raw.pages) if len(raw.pages) > 1 else ()
    first = [line.text.strip() for line in raw.pages[0].lines] if raw.pages else []
    return [*heads, *first[:_EDGE], *first[-_EDGE:]]


def with_entry(document: Document, entry: ManifestEntry | None) -> Document:
    """The document with what the manifest says of it; those fields are no longer guessed."""
    if entry is None:
        return document
    fields = (
        *("title", "publisher", "date", "kind", "language", "url", "licence", "authors"),
        *("journal", "volume", "issue", "article_pages"),
    )
    given = {name: getattr(entry, name) for name in fields if getattr(entry, name)}
    return replace(document, guessed=document.guessed - set(given), **given)


def guess_language(text: str) -> str:
    """The code "nl" or "en", by counting function words that the other language does not have; Dutch in doubt."""
    words = re.findall(r"[a-z]+", text[:20_000].lower())
    english, dutch = sum(word in _ENGLISH for word in words), sum(word in _DUTCH for word in words)
    return "en" if english > dutch else "nl"


def _guess_title(path: Path, raw: RawDocument) -> str:
    given = raw.metadata.get("title", "")
    heads = recurring_lines(raw.pages)
    shown = title_on_first_page(raw.pages[0]) if raw.pages else ""
    if plausible_title(given):
        return given
    return shown or running_title(raw.pages, heads) or title_from_name(path, _raw_text(raw, len(raw.pages)))


def _front(raw: RawDocument, title: str, text: str) -> Front:
    first = [line.text.strip() for line in raw.pages[0].lines] if raw.pages else []
    return Front(
        author=raw.metadata.get("author", ""),
        title=title,
        heads=recurring_lines(raw.pages) if len(raw.pages) > 2 else (),
        cover=tuple(first) if len(first) < _FEW_LINES else (),
        imprint=imprint_lines([page.text for page in raw.pages]),
        text=text or _raw_text(raw, 3),
    )


def _guess_date(path: Path, raw: RawDocument, title: str, kind: str) -> str:
    """From what is surest: a date on the cover or under the last page, then years in names, then what it cites."""
    stated = _stated_date(raw)
    if stated:
        return stated
    for text in (title, path.stem):
        years: list[str] = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
        if len(years) >= 2 and kind in _FORWARD:
            return str(min(int(year) for year in years) - 1)
        if len(years) == 1:
            return years[0]
        if len(years) >= 2:
            return max(years)
    cited = _latest_cited_year(_raw_text(raw, len(raw.pages)))
    created = raw.metadata.get("created", "")
    plausible = created not in _RESET_DATES and created[:4] >= "1990"
    if plausible and (not cited or created[:4] >= cited):
        return created[:7]
    return cited


def _stated_date(raw: RawDocument) -> str:
    pages = raw.pages
    if not pages:
        return ""
    cover = pages[0]
    if len(cover.lines) < _FEW_LINES:
        dates = [date for line in cover.lines for _, _, date in find_dates(line.text) if len(line.text) < 90]
        if dates:
            return max(dates, key=len)
    else:
        dates = [date for line in cover.lines[:6] for _, _, date in find_dates(line.text)]
        if dates:
            return dates[0]
    for page in (*pages[:3], *reversed(pages[-3:])):
        for line in page.lines:
            for start, end, date in find_dates(line.text):
                before = line.text[:start]
                if _SETTLED.search(before) or (_SIGNED.match(before.strip() + " ") and not line.text[end:].strip(" .")):
                    return date
    return ""


def _latest_cited_year(text: str) -> str:
    """The latest year in references such as "(2019)" or "(Raspe et al., 2017)": a text is no older than its sources."""
    years: list[str] = re.findall(r"\((?:[^()]{0,60}[, ])?((?:19|20)\d\d)[a-z]?\)", text)
    return max(years, default="")


def _raw_text(raw: RawDocument, count: int) -> str:
    return "\n".join(page.text for page in raw.pages[:count])
