"""Vergelijken: what documents advise side by side: counted, paired, set apart, and followed in time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from beleidskennis.comparison import Chain, Comparison, Pair, Tension
from beleidskennis.exports.advice import EXCEL, WORD
from beleidskennis.exports.comparing import KINDS
from beleidskennis.library import Library
from beleidskennis.model import Citation, Document, DocumentId, Recommendation
from beleidskennis.ui import session
from beleidskennis.ui.markup import page_name, plain, source_line, status, to_page
from beleidskennis.ui.parts import viewer
from beleidskennis.ui.parts.charts import show_timeline
from beleidskennis.ui.parts.chosen_documents import Documents, short_names, some_documents
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run
from beleidskennis.ui.views.advice import show_advice
from beleidskennis.ui.views.overview import show_overview

TITLE = "Vergelijken"
NAMES = ["vorm", "per", "onderwerp", "vraag", "document", "cel"]
VIEWS = {"overzicht": "Overzicht", "naast": "Naast elkaar", "tijd": "In de tijd"}
AT_FIRST = 6
"""Documents chosen until the visitor chooses: five of 195 pages together are compared within a second."""
AGREED_SHOWN = 20
ONLY_SHOWN = 12
"""Recommendations of one document shown at once below what was paired."""
CHAINS_SHOWN = 25
CHAINS_IN_CHART = 10


def show() -> None:
    """Draw the page."""
    session.come_back("vergelijken", NAMES)
    st.title("Adviezen vergelijken", anchor=False)
    with errors_shown():
        library = session.library()
        documents = {one.document_id: one for one in library.documents()}
        if not documents:
            show_first_run(library)
            return
        view = session.view("vorm", "Wat te zien", VIEWS)
        if view == "naast":
            _show_side_by_side(library, documents)
        elif view == "tijd":
            _show_timeline(library, documents)
        else:
            show_overview(library, documents)


def _show_side_by_side(library: Library, documents: Documents) -> None:
    chosen, topic, question = _choices(library, documents)
    if len(chosen) < 2:
        st.html("<p>Kies twee of meer documenten.</p>")
        return
    found = library.compare(chosen, theme=topic, question=question)
    pairs = len(found.agreements) + len(found.tensions)
    count = f"{pairs} {'paar' if pairs == 1 else 'paren'}" if pairs else "Geen paren gevonden"
    wide = "" if topic or question else " Kies een thema of stel een vraag om minder te zien."
    st.html(status(f"{count} over hetzelfde onderwerp", f"<p class='bk-note'>{escape(found.remark)}{wide}</p>"))
    with st.popover("Neem deze vergelijking mee", icon=":material/download:"):
        for form in (EXCEL, WORD):
            make = partial(library.comparison_file, found, form.ending)
            st.download_button(form.name, make, f"vergelijking.{form.ending}", form.media_type,
                               key=f"take-comparison-{form.ending}", on_click="ignore")  # fmt: skip
    _show_pairs(library, found, documents)
    _show_only(library, found, documents)


def _choices(library: Library, documents: Documents) -> tuple[list[DocumentId], str, str]:
    names = short_names(list(documents.values()))
    at_first = [one for one in documents if one[:12] in session.chosen("document")]
    st.session_state.setdefault("compare-documents", at_first or list(documents)[:AT_FIRST])

    def put_documents() -> None:
        session.choose("document", [one[:12] for one in st.session_state["compare-documents"]])

    chosen = st.multiselect("Documenten", list(documents), format_func=names.__getitem__, key="compare-documents",
                            on_change=put_documents, placeholder="Kies documenten")  # fmt: skip
    themes = ["", *library.taxonomy.ids("theme")]
    st.session_state["compare-theme"] = (
        session.chosen_one("onderwerp") if session.chosen_one("onderwerp") in themes else ""
    )
    left, right = st.columns(2)
    topic = left.selectbox(
        "Thema", themes, key="compare-theme", on_change=session.into_address("onderwerp", "compare-theme"),
        format_func=lambda one: library.taxonomy.name("theme", one) if one else "Geen thema gekozen",
    )  # fmt: skip
    with right:
        session.follow_address("vraag", "compare-question")
        question = st.text_input("Of een eigen vraag", key="compare-question", type="search", placeholder="",
                                 on_change=session.into_address("vraag", "compare-question"))  # fmt: skip
    return list(chosen), str(topic), question.strip()


def _show_pairs(library: Library, found: Comparison, documents: Documents) -> None:
    if found.tensions:
        st.html("<h2 class='bk-h3'>Hier lijken ze uiteen te lopen</h2>")
    for place, (pair, differences) in enumerate(found.tensions):
        _show_pair(library, pair, documents, f"tension-{place}", differences)
    if found.agreements and not found.tensions:
        st.html("<p>Er zijn geen adviezen gevonden die uiteenlopen. De documenten kunnen toch verschillen; zie wat "
                "alleen in één document staat.</p>")  # fmt: skip
    if found.agreements:
        st.html("<h2 class='bk-h3'>Hier lijken ze het eens</h2>")
    for place, pair in enumerate(found.agreements[:AGREED_SHOWN]):
        _show_pair(library, pair, documents, f"pair-{place}", ())
    if len(found.agreements) > AGREED_SHOWN:
        st.caption(f"De {AGREED_SHOWN} van {len(found.agreements)} die het meest op elkaar lijken. Kies een thema of "
                   "stel een vraag om andere te zien, of neem de vergelijking mee als bestand.")  # fmt: skip


def _show_pair(library: Library, pair: Pair, documents: Documents, key: str, differences: Sequence[Tension]) -> None:
    with st.container(border=True, key=f"card-{key}"):
        for difference in differences:
            kind = KINDS.get(difference.kind, difference.kind)
            topic = f" (over: {escape(difference.about)})" if difference.about else ""
            st.html(
                f"<p><span class='bk-verdict'>{escape(kind)}</span> “{escape(difference.first_words)}” tegenover "
                f"“{escape(difference.second_words)}”{topic}</p>"
            )
        for side, item in zip(st.columns(2), (pair.first, pair.second), strict=True):
            with side:
                st.html(_side_html(item, documents[item.document_id]))
                viewer.open_button(to_page(item.page_label), viewer.token_of(item.spans),
                                   f"open-{key}-{item.recommendation_id}")  # fmt: skip
        if pair.shared:
            st.caption(f"Woorden die in beide staan: {plain(', '.join(pair.shared), 200)}")
        if library.settings.llm_url and library.settings.llm_model:
            _show_wording(library, pair, differences, key)


def _show_wording(library: Library, pair: Pair, differences: Sequence[Tension], key: str) -> None:
    """A button that lets the language model word the difference; what it wrote, checked, under it."""
    if not st.button("Verwoord het verschil", key=f"word-{key}", icon=":material/notes:"):
        return
    with st.spinner("Het taalmodel verwoordt het verschil"):
        made = library.word_difference(pair, differences)
    lines = "".join(f"<li>{escape(one.text)} {_places(made.citations, one.citations)}</li>" for one in made.sentences)
    st.html(f"<div role='status'><ul>{lines}</ul><p class='bk-note'>{escape(made.remark)}</p></div>")


def _places(citations: Sequence[Citation], chosen: Sequence[int]) -> str:
    """Where a sentence stands, or that it stands nowhere."""
    places = [f"{citations[one].document.publisher}, p. {citations[one].page_label}" for one in chosen]
    return f"({escape('; '.join(places))})" if places else "<strong>geen bron gevonden</strong>"


def _side_html(item: Recommendation, document: Document, number: str = "") -> str:
    where = escape(page_name(item.page_label, item.page_number))
    source = source_line(document)
    place = f"<span class='bk-rank'>{number}</span> " if number else ""
    intro = f"<p class='bk-intro'>{escape(item.intro)}</p>" if item.intro else ""
    return (
        f"<article class='bk-card'><h3>{place}{escape(document.title)}</h3><p class='bk-source'>"
        f"<strong>{where}</strong>{' · ' if source else ''}{source}</p>"
        f"{intro}<blockquote class='bk-text'>{escape(item.quote)}</blockquote></article>"
    )


def _show_only(library: Library, found: Comparison, documents: Documents) -> None:
    for document_id, items in found.only.items():
        if not items:
            continue
        title = documents[document_id].title
        with st.expander(f"Alleen in {plain(title)} ({len(items)})"):
            for item in items[:ONLY_SHOWN]:
                show_advice(library, item, documents[document_id], "only-")
            if len(items) > ONLY_SHOWN:
                st.caption(f"En nog {len(items) - ONLY_SHOWN}; zie de bladzijde Aanbevelingen.")


def _show_timeline(library: Library, documents: Documents) -> None:
    chosen = some_documents(documents)
    if len(chosen) < 2:
        st.html("<p>Kies twee of meer documenten.</p>")
        return
    chains: Sequence[Chain] = library.timeline(chosen)
    rest = f" De {CHAINS_SHOWN} langste staan hieronder." if len(chains) > CHAINS_SHOWN else ""
    st.html(
        status(
            f"{len(chains)} {'advies lijkt' if len(chains) == 1 else 'adviezen lijken'} terug te keren in een later "
            "document",
            "<p class='bk-note'>Een suggestie om te lezen, geen oordeel: de teksten lijken op elkaar in woorden en "
            f"betekenis.{rest}</p>",
        )
    )
    if chains:
        _show_chains(chains[:CHAINS_IN_CHART], documents)
    for place, chain in enumerate(chains[:CHAINS_SHOWN]):
        with st.container(border=True, key=f"card-chain-{place}"):
            for step, item in enumerate(chain.recommendations):
                st.html(_side_html(item, documents[item.document_id], "" if step else f"{place + 1}."))
                viewer.open_button(to_page(item.page_label), viewer.token_of(item.spans),
                                   f"open-chain-{place}-{item.recommendation_id}")  # fmt: skip


def _show_chains(chains: Sequence[Chain], documents: Documents) -> None:
    """When each piece of advice was given, at a glance."""
    names = short_names(list(documents.values()))
    rows = []
    for number, chain in enumerate(chains, start=1):
        first = chain.recommendations[0]
        label = " ".join((first.summary or first.quote).split())
        label = f"{number}. {label[:45].rstrip()}…" if len(label) > 45 else f"{number}. {label}"
        places = [(documents[item.document_id].date, names[item.document_id]) for item in chain.recommendations]
        rows.append((label, places))
    st.html("<h2 class='bk-h3'>Wanneer het werd geadviseerd</h2>")
    show_timeline("Advies dat terugkeert", rows)
