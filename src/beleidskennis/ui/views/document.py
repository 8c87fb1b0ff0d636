"""One document: what is known of it, its pages, what went wrong, correcting and removing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from beleidskennis.library import Library
from beleidskennis.model import Document, Page
from beleidskennis.references import reference
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain
from beleidskennis.ui.parts import viewer
from beleidskennis.ui.parts.versions import show_versions
from beleidskennis.ui.serving import reading_url, source_url

FIELDS = (
    ("title", "Titel"),
    ("publisher", "Uitgever"),
    ("date", "Datum"),
    ("kind", "Soort"),
    ("url", "Webadres"),
    ("licence", "Licentie"),
)
"""What a person can correct."""
ARTICLE_FIELDS = (
    ("journal", "Tijdschrift"),
    ("volume", "Jaargang"),
    ("issue", "Nummer"),
    ("article_pages", "Bladzijden in het tijdschrift"),
)
"""What a person can correct of an article."""


def show_document(library: Library, name: str) -> None:
    """Draw the page of one document; `name` is its id, the start of it, or its file name."""
    st.button("Alle documenten", icon=":material/arrow_back:", on_click=session.choose, args=("document", ""))
    document = library.document(name)
    pages = library.pages(document.document_id)
    st.title(plain(document.title, 200), anchor=False)
    _show_ways_in(document)
    show_versions(library, document)
    st.html(facts_html(document, pages, _topics(library, document)))
    st.caption("Verwijzing, om over te nemen")
    st.code(reference(document), language=None, wrap_lines=True)
    _show_correcting(library, document)
    _show_removing(library, document)
    if st.session_state.pop("go-search", False):
        st.switch_page(st.session_state["_pages"]["zoeken"], query_params={"document": document.file_name})


def _show_ways_in(document: Document) -> None:
    """What one comes to a document for, before what is known of it."""
    with st.container(horizontal=True):
        viewer.open_button("Blader", viewer.page_token(document.document_id, 1), "browse", primary=True)
        st.button("Zoek in dit document", icon=":material/search:", key="search-in", on_click=_search_in,
                  args=(document,))  # fmt: skip
        if document.file_name.lower().endswith(".pdf"):
            st.link_button("Open de PDF", source_url(document.document_id), icon=":material/open_in_new:")
        st.link_button("Download", source_url(document.document_id) + "?download", icon=":material/download:")
        st.link_button("Lees als webpagina", reading_url(document.document_id), icon=":material/article:")


def _topics(library: Library, document: Document) -> list[tuple[str, str]]:
    """What the document is mostly about, in words: its themes and its sectors."""
    named = []
    for scheme, label in (("theme", "Vooral over"), ("sector", "Sectoren")):
        found = library.document_topics(document.document_id, scheme)
        words = [f"{library.taxonomy.name(scheme, one)} ({share:.0%})".replace("%", "\u00a0%") for one, share in found]
        named.append((label, ", ".join(words)))
    return named


def facts_html(document: Document, pages: list[Page], topics: Sequence[tuple[str, str]] = ()) -> str:
    """What is known, guessed values marked; pages without text are named. `topics` has labels with their values."""
    fields = (*FIELDS, *ARTICLE_FIELDS)
    rows = [(label, getattr(document, field), field in document.guessed) for field, label in fields]
    empty = [page.page_label for page in pages if not page.text]
    rows += [
        *((label, value, False) for label, value in topics),
        ("Auteurs", ", ".join(document.authors), "authors" in document.guessed),
        ("Nummers", ", ".join(document.identifiers), False),
        ("Bladzijden", str(document.page_count), False),
        ("Zonder tekst", ", ".join(f"p. {label}" for label in empty) or "geen", False),
        ("Bestand", document.file_name, False),
        ("Kenmerk", document.document_id[:12], False),
    ]
    lines = "".join(
        f"<dt>{label}</dt><dd>{escape(value) or 'onbekend'}"
        f"{' <span class=bk-guess>geraden</span>' if guessed and value else ''}</dd>"
        for label, value, guessed in rows
        if value or label in ("Titel", "Uitgever", "Datum", "Soort")
    )
    problems = "".join(f"<li>{escape(problem)}</li>" for problem in document.problems)
    return f"<dl class='bk-facts'>{lines}</dl>" + (
        f"<h2 class='bk-h3'>Let op</h2><ul>{problems}</ul>" if problems else ""
    )


def _search_in(document: Document) -> None:
    st.session_state["go-search"] = True


def _show_correcting(library: Library, document: Document) -> None:
    with st.expander("Gegevens verbeteren"), st.form(f"correct-{document.document_id}", border=False):
        in_journal = document.journal or document.kind == "artikel"
        fields = (*FIELDS, *ARTICLE_FIELDS) if in_journal else FIELDS
        values = {field: st.text_input(label, value=getattr(document, field)) for field, label in fields}
        st.caption("Datum als jaar, jaar-maand of jaar-maand-dag: 2024, 2024-05 of 2024-05-17.")
        if st.form_submit_button("Bewaar", type="primary"):
            changed = {
                field: value.strip() for field, value in values.items() if value.strip() != getattr(document, field)
            }
            if changed:
                library.correct(document.document_id, changed)
                st.rerun()


def _show_removing(library: Library, document: Document) -> None:
    with st.expander("Document weghalen"):
        st.html("<p>Het document is daarna niet meer te vinden in de app. Het bestand zelf blijft staan.</p>")
        if st.button("Haal dit document weg", icon=":material/delete:"):
            library.remove(document.document_id)
            session.choose("document", "")
            st.rerun()
