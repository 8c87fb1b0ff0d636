"""Zoeken: one box for words or a question, hits as cards, filters beside them."""

from __future__ import annotations

from html import escape

import streamlit as st

from beleidskennis.library import Library
from beleidskennis.model import Filters, QueryReading, SearchResult
from beleidskennis.search import Mode
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain, status
from beleidskennis.ui.parts import facets
from beleidskennis.ui.parts.cards import Judged, show_hit
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run

TITLE = "Zoeken"
STEP = 10
"""Hits at once."""
MOST = 100
ALSO_SHOWN = 6
"""Words that were searched too, named at once."""
MODES = {
    Mode.HYBRID.value: "Woorden en betekenis",
    Mode.LEXICAL.value: "Alleen woorden",
    Mode.SEMANTIC.value: "Alleen betekenis",
}
EXAMPLES = (
    ("Een vraag", "Hoe houden we technisch personeel vast?", ""),
    ("Woorden", "krapte arbeidsmarkt zorg", ""),
    ("Een zinsdeel", '"brede welvaart"', "tussen aanhalingstekens: precies deze woorden"),
    ("Zonder een woord", "wonen -huur", "een streepje ervoor sluit uit"),
    ("In bepaalde jaren", "wonen jaar:2018-2025", ""),
    ("Bij een uitgever", "onderwijs uitgever:gemeente", ""),
)
"""What can be typed, each with what it is and why it is written so; all can be clicked."""


def show() -> None:
    """Draw the page."""
    session.come_back("zoeken", ["q", "manier", "aantal", "lijkt", *facets.NAMES])
    st.title("Zoeken in de documenten", anchor=False)
    with errors_shown():
        library = session.library()
        if not library.documents():
            show_first_run(library)
            return
        _show_box()
        question = session.chosen_one("q")
        if session.chosen_one("lijkt"):
            _show_similar(library, session.chosen_one("lijkt"))
        elif question:
            _show_result(library, question)
        else:
            _show_start(library)


def _show_box() -> None:
    session.follow_address("q", "question")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Vraag of zoekwoorden",
            key="question",
            type="search",
            placeholder="Bijvoorbeeld: krapte op de arbeidsmarkt",
            on_change=session.into_address("q", "question"),
        )
        st.button("Zoek", type="primary", key="go")


def _show_start(library: Library) -> None:
    documents = library.documents()
    count = f"{len(documents)} {'document' if len(documents) == 1 else 'documenten'}"
    years = sorted({document.date[:4] for document in documents if document.date})
    span = f", uit {years[0]}" + (f" tot en met {years[-1]}" if len(years) > 1 else "") if years else ""
    st.html(
        f"<p>Doorzoek {count}{span}, op woorden en op betekenis. Elke treffer heeft de bladzijde erbij.</p>"
        "<h2 class='bk-h3'>Zo kunt u zoeken</h2><p class='bk-note'>Klik op een voorbeeld om het te proberen.</p>"
    )
    for place, (kind, example, why) in enumerate(EXAMPLES):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"example-{place}"):
            st.html(f"<p class='bk-kind'>{escape(kind)}</p>", width=140)
            st.button(plain(example), key=f"try-{place}", type="tertiary", on_click=session.choose, args=("q", example))
            if why:
                st.html(f"<p class='bk-note'>({escape(why)})</p>", width="content")


def _show_result(library: Library, question: str) -> None:
    wanted = session.chosen_one("aantal")
    k = min(int(wanted), MOST) if wanted.isdigit() and int(wanted) > 0 else STEP
    mode = session.chosen_one("manier")
    chosen_mode = Mode(mode) if mode in MODES else Mode.HYBRID

    def search(filters: Filters, k: int) -> SearchResult:
        return library.search(question, k=k, filters=filters, mode=chosen_mode)

    result = search(facets.filters_of_address(), k)
    counts = facets.counted(result.facets, lambda filters: search(filters, 1).facets)
    facets.show_facets(library.named(counts))
    _show_modes(chosen_mode)
    _show_reading(result)
    judged = Judged(question, library.marks(question))
    for hit in result.hits:
        show_hit(hit, f"{hit.passage.passage_id}", similar=True, judged=judged)
    if len(result.hits) == k and k < MOST and result.total > k:
        st.button(f"Toon {STEP} treffers meer", key="more", on_click=session.choose, args=("aantal", str(k + STEP)))


def _show_similar(library: Library, passage_id: str) -> None:
    """The passages most like one passage."""
    st.button("Terug naar de treffers", icon=":material/arrow_back:", on_click=session.choose, args=("lijkt", ""))
    hits = library.similar(passage_id, k=STEP, filters=facets.filters_of_address())
    st.html(status(f"{len(hits)} soortgelijke passages", "<p class='bk-note'>Gevonden op betekenis.</p>"))
    for hit in hits:
        show_hit(hit, f"like-{hit.passage.passage_id}", similar=True)


def _show_modes(mode: Mode) -> None:
    st.session_state["mode"] = mode.value

    def on_change() -> None:
        value = st.session_state["mode"]
        session.choose("manier", "" if value in (None, Mode.HYBRID.value) else value)

    with st.sidebar:
        st.radio("Manier van zoeken", list(MODES), format_func=MODES.__getitem__, key="mode", on_change=on_change)


def _show_reading(result: SearchResult) -> None:
    """How the question was read, and how much was found."""
    if not result.hits:
        filtered = any(session.chosen(name) for name in facets.NAMES)
        way_out = "Haal een filter weg, of probeer andere woorden." if filtered else "Probeer andere of minder woorden."
        st.html(status("Niets gevonden", f"{reading_html(result.reading)}<p>{way_out}</p>"))
        return
    documents = len({hit.document.document_id for hit in result.hits})
    among = f"{documents} {'document' if documents == 1 else 'documenten'}"
    st.html(status(f"De {len(result.hits)} beste passages, uit {among}", reading_html(result.reading)))


def reading_html(reading: QueryReading) -> str:
    """What was searched, where that is not what was typed."""
    lines = [
        f"Gezocht op: <strong>{escape(searched)}</strong> (in plaats van {escape(typed)})"
        for typed, searched in reading.corrections
    ]
    if reading.expansions:
        rest = len(reading.expansions) - ALSO_SHOWN
        more = f", en nog {rest}" if rest > 1 else ""
        shown = reading.expansions[:ALSO_SHOWN] if more else reading.expansions
        lines.append(f"Ook gezocht op: {escape(', '.join(shown))}{more}")
    if reading.in_turn:
        lines.append("Afwisselend uit documenten van: " + escape(", ".join(reading.in_turn)))
    if reading.phrases:
        lines.append("Precies: " + escape(", ".join(f"“{phrase}”" for phrase in reading.phrases)))
    if reading.excluded:
        lines.append("Zonder: " + escape(", ".join(reading.excluded)))
    return "".join(f"<p class='bk-note'>{line}</p>" for line in lines)
