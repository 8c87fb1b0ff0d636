"""A document as one plain HTML page: its recommendations and its passages, page by page.

For those whom the app does not serve, and to keep beside a PDF that a screen reader cannot get through. No script, no
picture, nothing from elsewhere; headings in order, every page and passage with an anchor of its own. All text of the
document is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from beleidskennis.model import Document, Page, Passage, PassageKind, Recommendation
from beleidskennis.references.parts import article_range, journal_of

Name = Callable[[str, str], str]
"""From a scheme and a concept id to what a user reads."""
_PLANE_ENDS = "".join(chr(0x10000 * plane + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_NOT_IN_HTML = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")
"""Characters that HTML5 does not allow; PDFs with broken fonts hold them."""
SCHEME_NAMES = {"addressee": "Voor", "theme": "Thema", "sector": "Sector"}
STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.35rem; margin-top: 2.2rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 .4rem; padding-top: .8rem; border-top: 1px solid; }
h4 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
h1, h2, h3, h4, p, li, dd, a { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dt { font-weight: 600; }
dd { margin: 0; } blockquote { margin: .3rem 0; padding-left: .9rem; border-left: 3px solid; }
.text { white-space: pre-line; margin: .5rem 0; } .facts { font-size: .92rem; margin: .2rem 0 1.2rem; }
ol.plain { list-style: none; padding: 0; }
a:focus-visible { outline: 3px solid; outline-offset: 2px; }
:target { outline: 3px solid; outline-offset: .4rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
@media print { nav, .skip { display: none; } }
"""


@dataclass(frozen=True, slots=True)
class Readable:
    """What a page is made of. Offsets and pages as everywhere; `name` gives a concept's label."""

    document: Document
    pages: Sequence[Page]
    passages: Sequence[Passage]
    recommendations: Sequence[Recommendation] = ()
    name: Name = lambda scheme, concept_id: concept_id
    source: str = ""
    """Address of the file; opened at a page with `#page=N`. Empty: no links to it."""
    overview: str = ""
    """Address of the list of documents; empty: no link to it."""


def escape(text: str) -> str:
    """`text` as HTML, characters that HTML does not allow as U+FFFD."""
    return html.escape(_NOT_IN_HTML.sub("\ufffd", text))


def document_html(what: Readable) -> str:
    """The page: complete, valid HTML5 in Dutch."""
    document = what.document
    language = document.language or "nl"
    by_page = {number: list(of) for number, of in groupby(what.passages, lambda passage: passage.page_number)}
    text = "".join(_page(what, page, by_page.get(page.page_number, [])) for page in what.pages)
    # Spoken in the language of the document; what stands around it is Dutch.
    spoken = f' lang="{escape(language)}"' if language != "nl" else ""
    back = f'<li><a href="{escape(what.overview)}">Alle documenten</a></li>' if what.overview else ""
    count = len(what.recommendations)
    body = (
        f"<h1{spoken}>{escape(document.title)}</h1>{_facts(what)}"
        f'<nav aria-label="Op deze bladzijde"><ul>{back}<li><a href="#aanbevelingen">Aanbevelingen ({count})</a></li>'
        f'<li><a href="#tekst">Tekst, per bladzijde</a></li></ul></nav>'
        f'<section aria-labelledby="aanbevelingen"><h2 id="aanbevelingen">Aanbevelingen</h2>{_advice(what, spoken)}'
        f'</section><section aria-labelledby="tekst"><h2 id="tekst">Tekst</h2>{text}</section>'
    )
    return _whole(document.title, body)


def overview_html(documents: Iterable[tuple[Document, str]], *, title: str = "Documenten") -> str:
    """A list of documents, each with the address of its page."""
    items = "".join(
        f'<li><a href="{escape(address)}">{escape(document.title)}</a><br>{_source_line(document)}</li>'
        for document, address in documents
    )
    listed = f"<ul>{items}</ul>" if items else "<p>Er zijn nog geen documenten.</p>"
    return _whole(title, f"<h1>{escape(title)}</h1>{listed}")


def page_anchor(page_number: int) -> str:
    """The anchor of a page (physical, from 1)."""
    return f"bladzijde-{page_number}"


def file_names(documents: Sequence[Document]) -> dict[str, str]:
    """The name of the HTML file of each document, by its id; no two alike, and none that leaves the folder."""
    names: dict[str, str] = {}
    taken = {"index.html"}
    for document in documents:
        stem = re.sub(r"[^\w.-]+", "-", PurePath(document.file_name).stem).strip(".-") or "document"
        name = f"{stem}.html"
        if name.lower() in taken:
            name = f"{stem}-{document.document_id[:8]}.html"
        taken.add(name.lower())
        names[document.document_id] = name
    return names


def _whole(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - Beleidskennis</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#inhoud">Naar de inhoud</a>\n<main id="inhoud">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _source_line(document: Document) -> str:
    parts = [document.publisher, document.date[:4], document.kind, _pages(document.page_count)]
    return escape(" · ".join(part for part in parts if part))


def _pages(count: int) -> str:
    return f"{count} bladzijde{'n' if count != 1 else ''}"


def _facts(what: Readable) -> str:
    document = what.document
    fields = {"Uitgever": "publisher", "Datum": "date", "Soort": "kind"}
    rows = [
        (label, escape(getattr(document, field)) + (" (geraden)" if field in document.guessed else ""))
        for label, field in fields.items()
        if getattr(document, field)
    ]
    rows += [("Auteurs", escape(", ".join(document.authors)))] if document.authors else []
    journal = journal_of(document)
    rows += [("Tijdschrift", escape(", ".join(filter(None, (journal, article_range(document))))))] if journal else []
    rows += [("Nummers", escape(", ".join(document.identifiers)))] if document.identifiers else []
    if document.url.startswith(("http://", "https://")):
        rows.append(("Webadres", f'<a href="{escape(document.url)}">{escape(document.url)}</a>'))
    name = escape(document.file_name)
    rows.append(("Bestand", f'<a href="{escape(what.source)}">{name}</a>' if what.source else name))
    rows.append(("Omvang", _pages(document.page_count)))
    rows += [("Let op", escape(problem)) for problem in document.problems]
    return "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows) + "</dl>"


def _advice(what: Readable, spoken: str) -> str:
    if not what.recommendations:
        return "<p>In dit document zijn geen aanbevelingen gevonden.</p>"
    anchors = {passage.passage_id for passage in what.passages}
    items = "".join(_recommendation(what, item, spoken, anchors) for item in what.recommendations)
    return (
        "<p>Gevonden met regels: er kan er een ontbreken of te veel zijn. Lees de bladzijde na.</p>"
        f'<ol class="plain">{items}</ol>'
    )


def _recommendation(what: Readable, item: Recommendation, spoken: str, anchors: Container[str]) -> str:
    intro = f"<p{spoken}>{escape(item.intro)}</p>" if item.intro else ""
    facts = [item.kind, item.strength.value]
    facts += [
        f"{label}: {', '.join(what.name(scheme, one) for one in item.concepts(scheme))}"
        for scheme, label in SCHEME_NAMES.items()
        if item.concepts(scheme)
    ]
    facts += [f"termijn: {item.deadline}"] if item.deadline else []
    facts += [f"advies van {item.speaker}, hier aangehaald"] if item.speaker else []
    anchor = f"passage-{item.passage_id}" if item.passage_id in anchors else page_anchor(item.page_number)
    where = f'<a href="#{escape(anchor)}">p. {escape(item.page_label)}</a>'
    return (
        f'<li id="aanbeveling-{escape(item.recommendation_id)}">{intro}<blockquote{spoken}>{escape(item.quote)}'
        f'</blockquote>\n<p class="facts">{where} · {escape(" · ".join(facts))}</p></li>\n'
    )


def _page(what: Readable, page: Page, passages: Sequence[Passage]) -> str:
    """A page under its heading: the passages that begin on it under the headings they stand under, and its notes."""
    anchor = page_anchor(page.page_number)
    if page.page_label == str(page.page_number):
        place = f"Bladzijde {escape(page.page_label)}"
    else:
        place = f"Bladzijde {escape(page.page_label)} ({page.page_number} in het bestand)"
    parts = [f'<section aria-labelledby="{anchor}"><h3 id="{anchor}">{place}</h3>']
    if what.source.startswith(("/", "http", "file:")) and what.document.file_name.lower().endswith(".pdf"):
        href = escape(f"{what.source}#page={page.page_number}")
        parts.append(f'<p class="facts"><a href="{href}">Bladzijde {escape(page.page_label)} in de PDF</a></p>')
    if not page.text.strip():
        parts.append("<p>Deze bladzijde heeft geen tekst.</p>")
    elif not passages:
        parts.append("<p>De tekst op deze bladzijde hoort bij de bladzijde ervoor.</p>")
    path: tuple[str, ...] = ()
    for passage in passages:
        if passage.headings and passage.headings != path:
            parts.append(f"<h4{_spoken(passage)}>{escape(' › '.join(passage.headings))}</h4>")
        path = passage.headings
        parts.append(_passage(passage))
    if page.notes:
        notes = "".join(f"<li>{escape(note.number)} {escape(note.text)}</li>" for note in page.notes)
        parts.append(f'<p>Noten op deze bladzijde:</p><ul class="facts">{notes}</ul>')
    return "".join([*parts, "</section>"])


def _passage(passage: Passage) -> str:
    intro = f"<p>{escape(passage.intro)}</p>" if passage.intro else ""
    lines = [line for line in passage.text.split("\n") if line.strip()]
    if passage.kind is PassageKind.LIST and len(lines) > 1:
        before = [lines.pop(0)] if lines[0].rstrip().endswith(":") else []
        text = "".join(f"<p>{escape(line)}</p>" for line in before)
        text += "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
    else:
        text = f'<p class="text">{escape(passage.text)}</p>'
    return f'<div id="passage-{escape(passage.passage_id)}"{_spoken(passage)}>{intro}{text}</div>'


def _spoken(passage: Passage) -> str:
    return f' lang="{escape(passage.language)}"' if passage.language and passage.language != "nl" else ""
