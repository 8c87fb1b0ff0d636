"""Footnotes and reference lists: APA 7 in Dutch, the Leidraad voor juridische auteurs, Kamerstukken, and plain.

Worked examples are in `tests/test_references.py`. Where a style guide leaves a case open, the choice is named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

from beleidskennis.model import Document, DocumentId
from beleidskennis.references.parts import (
    NO_DATE,
    Name,
    article_range,
    authors_of,
    dossier_of,
    journal_of,
    long_date,
    number_of,
    page_locator,
    parliamentary_year,
    publisher_of,
    read_date,
    title_of,
    year_of,
)

_DATED_KINDS = frozenset({"artikel", "blog", "brief", "nieuwsbericht", "persbericht", "webpagina", "kamerbrief"})


class Style(StrEnum):
    """How references are written; the values are what users type."""

    APA = "apa"
    LEIDRAAD = "leidraad"
    KAMERSTUK = "kamerstuk"
    PLAIN = "gewoon"

    @property
    def label(self) -> str:
        """The name of the style for the user."""
        return {
            Style.APA: "APA 7 (Nederlands)",
            Style.LEIDRAAD: "Leidraad voor juridische auteurs",
            Style.KAMERSTUK: "Kamerstuk",
            Style.PLAIN: "Gewoon",
        }[self]


def footnote(
    document: Document, pages: str = "", *, style: Style = Style.APA, suffix: str = "", spaced: bool | None = None
) -> str:
    """The short form for a footnote, with a full stop at its end.

    Args:
        document: what is cited.
        pages: printed page label, or a range of labels ("12-13"); empty for the whole document.
        style: how to write it.
        suffix: letter that tells apart works of one author and year (see `year_suffixes`); APA and Leidraad.
        spaced: whether a dossier number gets its space ("34 442"); by default only in the style of the Kamerstukken.

    """
    spaced = style is Style.KAMERSTUK if spaced is None else spaced
    dossier = dossier_of(document)
    if dossier and style is not Style.PLAIN:
        return _closed(_join(_parliamentary(document, style, spaced=spaced), page_locator(pages)))
    locator = page_locator(pages, plural="pp." if style is Style.APA else "p.")
    match style:
        case Style.APA:
            return _closed(_join(_short_names(document, "&"), year_of(document, suffix), locator))
        case Style.LEIDRAAD:
            names = _legal_names([name.running for name in authors_of(document)]) or title_of(document)
            return _closed(_join(f"{names} {year_of(document, suffix)}", locator.replace("–", "-")))
        case Style.KAMERSTUK:
            return _closed(_join(_guillemets(document), locator))
        case Style.PLAIN:
            return _closed(_join(f"{_author_title(document)} ({year_of(document)})", locator))


def parenthetical(document: Document, pages: str = "", *, suffix: str = "") -> str:
    """The reference in the running text after APA: "(Sociaal-Economische Raad, 2015, p. 12)"."""
    text = footnote(document, pages, style=Style.APA, suffix=suffix)
    return f"({text if text.endswith(NO_DATE) else text.removesuffix('.')})"


def reference(document: Document, *, style: Style = Style.APA, suffix: str = "", spaced: bool | None = None) -> str:
    """The full reference for a list at the end, with a full stop or an address at its end; arguments as `footnote`."""
    spaced = style is Style.KAMERSTUK if spaced is None else spaced
    match style:
        case Style.APA:
            return _apa(document, suffix, spaced=spaced)
        case Style.LEIDRAAD:
            return _leidraad(document, suffix, spaced=spaced)
        case Style.KAMERSTUK:
            if dossier_of(document):
                return _parliamentary(document, style, spaced=spaced) + "."
            source = _join(journal_of(document), page_locator(article_range(document))) or publisher_of(document)
            return _with_url(_closed(_join(_guillemets(document), source)), document)
        case Style.PLAIN:
            source = _join(journal_of(document), page_locator(article_range(document))) or publisher_of(document)
            parts = _join(_author_title(document), document.kind, source, number_of(document))
            return _with_url(_closed(_join(parts, long_date(document.date) or NO_DATE)), document)


def reference_list(documents: Sequence[Document], *, style: Style = Style.APA) -> tuple[str, ...]:
    """The full references of `documents`, each once, in the order of the style: by author, then year, then title.

    The Leidraad keeps parliamentary papers out of the list of literature: they stand in footnotes only.
    """
    unique = list({document.document_id: document for document in documents}.values())
    if style is Style.LEIDRAAD:
        unique = [document for document in unique if not dossier_of(document)]
    suffixes = year_suffixes(unique)
    unique.sort(key=lambda document: (_sort_name(document), document.date or "9999", title_of(document).casefold()))
    return tuple(reference(item, style=style, suffix=suffixes.get(item.document_id, "")) for item in unique)


def year_suffixes(documents: Sequence[Document]) -> Mapping[DocumentId, str]:
    """Letters for works of the same author and year, by title: "a", "b", ...; only for those that need one."""
    groups: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in {document.document_id: document for document in documents}.values():
        groups[_short_names(document, "&"), year_of(document)].append(document)
    suffixes = {}
    for group in groups.values():
        ordered = sorted(group, key=lambda document: (title_of(document).casefold(), document.document_id))
        if len(group) > 1:
            suffixes.update({document.document_id: _letters(i) for i, document in enumerate(ordered)})
    return suffixes


def _letters(index: int) -> str:
    letter = chr(ord("a") + index % 26)
    return letter if index < 26 else _letters(index // 26 - 1) + letter


def _apa(document: Document, suffix: str, *, spaced: bool) -> str:
    names = [_listed(name) for name in authors_of(document)]
    title, number, publisher = title_of(document), number_of(document), publisher_of(document)
    if dossier_of(document):
        names = [_parliamentary(document, Style.APA, spaced=spaced)]
        publisher = ""
    when = _apa_date(document, suffix)
    titled = f"{title} ({number})" if number and number not in title else title
    # APA: without an author the title takes the first place.
    text = f"{_apa_names(names)} ({when}). {titled}." if names else f"{titled}. ({when})."
    source = _join(journal_of(document), article_range(document)) or publisher
    return _with_url(f"{text} {source}." if source else text, document)


def _apa_date(document: Document, suffix: str) -> str:
    year, month, day = read_date(document.date)
    # Of a journal the volume tells the issue, so APA gives the year only; a magazine without one is dated.
    dated = document.kind.lower() in _DATED_KINDS and not (document.journal and document.volume)
    if year is None or month is None or (not dated and not dossier_of(document)):
        return year_of(document, suffix)
    full = long_date(document.date).rsplit(" ", 1)[0]
    return f"{year_of(document, suffix)}, {full}" if day or month else year_of(document, suffix)


def _apa_names(names: list[str]) -> str:
    if len(names) > 20:  # APA 7: the first nineteen, an ellipsis, and the last
        text = ", ".join(names[:19]) + ", … " + names[-1]
    elif len(names) > 1:
        text = ", ".join(names[:-1]) + ", & " + names[-1]
    else:
        text = names[0]
    return _closed(text)


def _listed(name: Name) -> str:
    """As Dutch lists write a name: "Berg, A. van den"."""
    return f"{name.family}, {name.initials} {name.prefix}".strip() if name.is_person else name.family


def _leidraad(document: Document, suffix: str, *, spaced: bool) -> str:
    if dossier_of(document):
        return _parliamentary(document, Style.LEIDRAAD, spaced=spaced) + "."
    names = _legal_names([name.initialled for name in authors_of(document)])
    if document.journal:
        year = year_of(document, suffix)
        issue = f"afl. {document.issue}" if document.issue else f"jrg. {document.volume}" if document.volume else ""
        pages = page_locator(article_range(document)).replace("–", "-")
        journal = f"{document.journal.strip()} {year}"
        return _with_url(_closed(_join(names, f"‘{title_of(document)}’", journal, issue, pages)), document)
    number = number_of(document)
    title = f"{title_of(document)} ({number})" if number else title_of(document)
    publisher = document.publisher.strip()
    text = _join(names, title, f"{publisher} {year_of(document, suffix)}".strip())
    return _with_url(_closed(text), document)


def _parliamentary(document: Document, style: Style, *, spaced: bool) -> str:
    dossier = dossier_of(document)
    assert dossier is not None
    written = dossier.written(spaced=spaced)
    if style is Style.KAMERSTUK:
        return f"Kamerstuk {written}" if dossier.chamber == "II" else f"Kamerstuk {dossier.chamber}, {written}"
    if style is Style.APA:
        return f"Kamerstukken {dossier.chamber}, {written}"
    session = parliamentary_year(document.date)
    return _join(f"Kamerstukken {dossier.chamber} {session}".strip(), written)


def _short_names(document: Document, joint: str) -> str:
    names = [name.running for name in authors_of(document)]
    if not names:
        return title_of(document)
    if len(names) > 2:  # APA 7: from three authors on; in Dutch running text "e.a."
        return f"{names[0]} {'et al.' if joint == '&' else 'e.a.'}"
    return f" {joint} ".join(names)


def _legal_names(names: Sequence[str]) -> str:
    """Names as the Leidraad joins them: up to three, of more the first with "e.a."."""
    if len(names) > 3:
        return f"{names[0]} e.a."
    return " & ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _guillemets(document: Document) -> str:
    names = _short_names(document, "en") if authors_of(document) else ""
    return _join(names, f"«{title_of(document)}»", year_of(document))


def _author_title(document: Document) -> str:
    return _join(_short_names(document, "en") if authors_of(document) else "", title_of(document))


def _sort_name(document: Document) -> str:
    names = authors_of(document)
    return (names[0].family if names else title_of(document)).casefold()


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _closed(text: str) -> str:
    """`text` with one full stop at its end; "z.d." has its own."""
    return text if text.endswith(".") else f"{text}."


def _with_url(text: str, document: Document) -> str:
    return f"{text} {document.url}" if document.url else text
