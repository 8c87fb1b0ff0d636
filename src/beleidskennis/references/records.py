"""Records for reference managers: BibTeX, RIS and CSL-JSON, with the cited page as locator.

Each takes `(document, pages)` pairs; `pages` is a printed page label, a range of them, or "". A document cited at
several pages gives one record for each, since a locator belongs to a citation; keys stay unique.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from beleidskennis.model import Document
from beleidskennis.references.parts import Name, article_range, authors_of, dossier_of, number_of, read_date, title_of

Cited = tuple[Document, str]

_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_STOPWORDS = frozenset(["de", "het", "een", "van", "voor", "naar", "in", "op", "en", "of", "the", "a", "an", "of"])
_RIS_KINDS = {"artikel": "MGZN", "webpagina": "ELEC", "kamerstuk": "GOVDOC", "kamerbrief": "GOVDOC"}
_CSL_KINDS = {"artikel": "article", "webpagina": "webpage", "kamerstuk": "bill", "kamerbrief": "bill"}


def bibtex(cited: Sequence[Cited]) -> str:
    """BibTeX: an `@article`, `@techreport` or `@misc` for each citation; organisations in braces of their own."""
    entries = []
    for (document, pages), key in zip(cited, citation_keys(cited), strict=True):
        year, month, _ = read_date(document.date)
        fields = {
            "author": " and ".join(_bibtex_name(name) for name in authors_of(document)),
            "title": "{" + _escape(title_of(document)) + "}",
            "journal": _escape(document.journal),
            "volume": _escape(document.volume),
            "institution": "" if document.journal else _escape(document.publisher),
            "year": str(year) if year else "",
            "month": str(month) if month else "",
            "number": _escape(document.issue if document.journal else _number(document)),
            "type": "" if document.journal else _escape(document.kind),
            "pages": _escape(article_range(document, "--") or re.sub(r"\s*[-–—]\s*", "--", pages)),
            "note": _escape(_cited_page(document, pages)),
            "language": "dutch" if document.language == "nl" else _escape(document.language),
            "url": re.sub(r"[{}\\]", "", document.url),
        }
        kind = "article" if document.journal else "techreport" if document.publisher else "misc"
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entries.append("\n".join([f"@{kind}{{{key},", *lines, "}"]))
    return "\n\n".join(entries) + ("\n" if entries else "")


def ris(cited: Sequence[Cited]) -> str:
    """RIS, with its line ends; `SP` and `EP` hold the cited page or range, or that of an article in its journal."""
    records = []
    for (document, pages), key in zip(cited, citation_keys(cited), strict=True):
        year, month, day = read_date(document.date)
        first, _, last = re.sub(r"\s*[-–—]\s*", "-", article_range(document) or pages).partition("-")
        stamp = "/".join(f"{part:02d}" if part else "" for part in (year, month, day)) if year else ""
        kind = _RIS_KINDS.get(document.kind.lower(), "RPRT")
        if document.journal:
            kind = "JOUR" if document.volume else "MGZN"
        rows: list[tuple[str, str]] = [("TY", kind), ("ID", key)]
        rows += [("AU", _ris_name(name)) for name in authors_of(document)]
        rows += [
            ("TI", title_of(document)),
            ("T2", document.journal),
            ("VL", document.volume),
            ("IS", document.issue),
            ("PB", "" if document.journal else document.publisher),
            ("PY", str(year) if year else ""),
            ("DA", stamp),
            ("M1", _number(document)),
            ("SP", first),
            ("EP", last),
            ("N1", _cited_page(document, pages)),
            ("LA", document.language),
            ("UR", document.url),
        ]
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
        records.append("\r\n".join([*lines, "ER  - "]) + "\r\n")
    return "\r\n".join(records)


def csl_json(cited: Sequence[Cited]) -> str:
    """CSL-JSON (an array of items), each with its `locator`: the printed page."""
    items = []
    for (document, pages), key in zip(cited, citation_keys(cited), strict=True):
        year, month, day = read_date(document.date)
        parts = [part for part in (year, month, day) if part]
        item: dict[str, object] = {
            "id": key,
            "type": _csl_kind(document),
            "title": title_of(document),
            "author": [_csl_name(name) for name in authors_of(document)],
            "publisher": "" if document.journal else document.publisher,
            "container-title": document.journal,
            "volume": document.volume,
            "issue": document.issue,
            "page": article_range(document, "-"),
            "issued": {"date-parts": [parts]} if parts else {},
            "genre": "" if document.journal else document.kind,
            "number": _number(document),
            "locator": re.sub(r"\s*[-–—]\s*", "-", pages),
            "language": document.language,
            "URL": document.url,
        }
        items.append({name: value for name, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def citation_keys(cited: Iterable[Cited]) -> tuple[str, ...]:
    """A key for each citation: ASCII letters and digits, unique, the same again for the same input."""
    keys: list[str] = []
    used: set[str] = set()
    for document, pages in cited:
        names = authors_of(document)
        words = [word for word in _plain(title_of(document)).split() if word not in _STOPWORDS]
        family = "".join(_plain(names[0].family).split()) if names else ""
        key = f"{family or 'anoniem'}{document.year or 'zd'}{words[0] if words else ''}"
        if pages:
            key += "p" + "".join(_plain(pages).split())
        base, number = key, 2
        while key in used:
            key, number = f"{base}x{number}", number + 1
        used.add(key)
        keys.append(key)
    return tuple(keys)


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", ascii_text).strip()


def _escape(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in " ".join(text.split()))


def _bibtex_name(name: Name) -> str:
    if not name.is_person:
        return "{" + _escape(name.family) + "}"
    return _escape(f"{name.prefix} {name.family}, {name.given or name.initials}".strip())


def _ris_name(name: Name) -> str:
    return f"{name.prefix} {name.family}, {name.given or name.initials}".strip() if name.is_person else name.family


def _csl_name(name: Name) -> dict[str, str]:
    if not name.is_person:
        return {"literal": name.family}
    person = {"family": name.family, "given": name.given or name.initials}
    return {**person, "non-dropping-particle": name.prefix} if name.prefix else person


def _csl_kind(document: Document) -> str:
    if document.journal:
        return "article-journal" if document.volume else "article-magazine"
    return _CSL_KINDS.get(document.kind.lower(), "report")


def _cited_page(document: Document, pages: str) -> str:
    """The cited page in words, where the field for pages holds those of the whole article."""
    return f"Geciteerde bladzijde: {pages}" if pages and article_range(document) else ""


def _number(document: Document) -> str:
    dossier = dossier_of(document)
    return dossier.written(spaced=False) if dossier else number_of(document)
