"""Aanbevelingen: what the documents advise, to whom and about what; filtered, counted, kept and taken along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from beleidskennis.advice import AdviceResult
from beleidskennis.exports.advice import FORMS
from beleidskennis.followup import key_of
from beleidskennis.library import Library
from beleidskennis.model import Document, DocumentId, Filters, Recommendation
from beleidskennis.taxonomy.choosing import SCHEMES
from beleidskennis.ui import session
from beleidskennis.ui.markup import advice_card, status, to_page
from beleidskennis.ui.parts import basket, facets, judging, viewer
from beleidskennis.ui.parts.charts import show_counts
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run
from beleidskennis.ui.parts.paging import show_paging, shown_rows

TITLE = "Aanbevelingen"
AT_ONCE = 15
NAMES = ["q", "vanaf", "vorm", *facets.NAMES]


def show() -> None:
    """Draw the page."""
    session.come_back("aanbevelingen", NAMES)
    st.title("Aanbevelingen in de documenten", anchor=False)
    with errors_shown():
        library = session.library()
        if not library.documents():
            show_first_run(library)
            return
        _show_box()
        result = _find(library, facets.filters_of_address())
        counts = facets.counted(result.facets, lambda filters: _find(library, filters).facets)
        facets.show_facets(library.named(counts))
        _show_result(library, result)


def _find(library: Library, filters: Filters) -> AdviceResult:
    return library.recommendations(session.chosen_one("q"), filters=filters)


def _show_box() -> None:
    session.follow_address("q", "advice-question")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Zoek in de aanbevelingen (leeg: alle)",
            key="advice-question",
            type="search",
            placeholder="Bijvoorbeeld: stages in de techniek",
            on_change=session.into_address("q", "advice-question"),
        )
        st.button("Zoek", type="primary", key="go-advice")


def _show_result(library: Library, result: AdviceResult) -> None:
    if not result.items:
        st.html(status("Geen aanbevelingen gevonden", "<p>Haal een filter weg, of probeer andere woorden.</p>"))
        return
    documents: Mapping[DocumentId, Document] = {one.document_id: one for one in library.documents()}
    start, rest = shown_rows(result.total, AT_ONCE)
    in_figures = session.chosen_one("vorm") == "cijfers"
    count = f"{result.total} {'aanbeveling' if result.total == 1 else 'aanbevelingen'}"
    st.html(status(count if in_figures else f"{count}{rest}"))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        view = session.view("vorm", "Hoe te tonen", {"lijst": "Lijst", "cijfers": "In cijfers"})
        _show_exports(library, result)
    if view == "cijfers":
        _show_figures(library, result)
        return
    for item in result.items[start : start + AT_ONCE]:
        show_advice(library, item, documents[item.document_id])
    show_paging(result.total, AT_ONCE)


def _show_exports(library: Library, result: AdviceResult) -> None:
    """What is listed now, as a file; made when it is asked for."""
    text, filters = session.chosen_one("q"), facets.filters_of_address()
    with st.popover("Neem deze lijst mee", icon=":material/download:"):
        for form in FORMS.values():
            make = partial(library.advice_file, result.items, form.ending, text=text, filters=filters)
            st.download_button(form.name, make, f"aanbevelingen.{form.ending}", form.media_type,
                               key=f"take-{form.ending}", on_click="ignore")  # fmt: skip


def show_advice(library: Library, item: Recommendation, document: Document, prefix: str = "") -> None:
    """A recommendation as a card, with what can be done with it."""
    key = f"{prefix}{item.recommendation_id}"
    names = {
        scheme: [library.taxonomy.name(scheme, one) for one in item.concepts(scheme)] for scheme in SCHEMES.values()
    }
    kept = library.follow_ups().get(key_of(item))
    with st.container(border=True, key=f"card-{key}"):
        st.html(advice_card(item, document, names, status=kept.status.value if kept else ""))
        with st.container(horizontal=True):
            viewer.open_button(to_page(item.page_label), viewer.token_of(item.spans), f"open-{key}")
            basket.keep_button(kept_advice(item, document), f"keep-{key}")
            judging.judge_button(item.recommendation_id, f"judge-{key}")


def kept_advice(item: Recommendation, document: Document) -> basket.Kept:
    """A recommendation as an item of the basket."""
    return basket.Kept("aanbeveling", document, item.spans, item.quote, item.page_number, item.page_label, item.intro)


def _show_figures(library: Library, result: AdviceResult) -> None:
    named = library.named(result.facets)
    for name, title in (
        ("thema", "Aanbevelingen per thema"),
        ("geadresseerde", "Aanbevelingen per geadresseerde"),
        ("jaar", "Aanbevelingen per jaar"),
    ):
        values = named.get(name, ())
        if name == "jaar":
            values = tuple(sorted(values, key=lambda value: value.value))
        show_counts(title, facets.LABELS[name], values)
