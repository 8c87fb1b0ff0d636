"""Vragen: an answer made of sentences of the documents, each with its source; or an honest "not found"."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from beleidskennis.answers import NOT_FOUND, Turn
from beleidskennis.library import Library
from beleidskennis.model import Answer, Citation
from beleidskennis.ui import session
from beleidskennis.ui.markup import page_name, plain, source_line, status, to_page, version_notes
from beleidskennis.ui.parts import basket, facets, viewer
from beleidskennis.ui.parts.cards import show_hit
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run

TITLE = "Vragen"
NAMES = ["q", *facets.NAMES]
START = """
<p>Stel een vraag in gewone taal. Het antwoord bestaat uit letterlijke zinnen uit de documenten, met bij elke zin de
bladzijde. Staat het antwoord er niet in, dan zegt de app dat.</p>
<h2 class='bk-h3'>Voorbeelden van vragen</h2><p class='bk-note'>Klik op een voorbeeld om het te proberen.</p>
"""
EXAMPLES = (
    ("Een getal", "Hoeveel woningen zijn er nodig?"),
    ("Een geadresseerde", "Wie moet de laadpunten betalen?"),
    ("Een lijst", "Welke maatregelen worden geadviseerd voor de binnenstad?"),
    ("Een advies", "Wat wordt de gemeente geadviseerd over wonen?"),
    ("Per document", "Wat zeggen de adviesraad en de gemeente over stages?"),
)
"""What can be asked, each with what kind of answer it gets; all can be clicked."""
EXAMPLE = "Bijvoorbeeld: hoeveel woningen zijn er nodig?"
NO_SOURCE = "geen bron gevonden"


def show() -> None:
    """Draw the page."""
    session.come_back("vragen", NAMES)
    st.title("Een vraag stellen", anchor=False)
    with errors_shown():
        library = session.library()
        if not library.documents():
            show_first_run(library)
            return
        _show_box()
        question = session.chosen_one("q")
        if not question:
            _show_start()
            return
        _show_filters(library, question)
        answer = _ask(library, question)
        show_answer(answer)
        _remember(question, answer.understood)


def _show_box() -> None:
    session.follow_address("q", "ask-question")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Uw vraag", key="ask-question", type="search", placeholder=EXAMPLE,
                      on_change=session.into_address("q", "ask-question"))  # fmt: skip
        st.button("Vraag", type="primary", key="ask")
    earlier = st.session_state.get("asked", {})
    if earlier:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("Een vervolgvraag mag kort zijn, zoals: en de provincie?")
            st.button("Begin opnieuw", key="ask-anew", icon=":material/restart_alt:", on_click=_forget)


def _show_start() -> None:
    st.html(START)
    for place, (kind, example) in enumerate(EXAMPLES):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"example-ask-{place}"):
            st.html(f"<p class='bk-kind'>{escape(kind)}</p>", width=160)
            st.button(plain(example), key=f"try-ask-{place}", type="tertiary", on_click=session.choose,
                      args=("q", example))  # fmt: skip


def _show_filters(library: Library, question: str) -> None:
    found = library.search(question, k=1, filters=facets.filters_of_address()).facets
    counts = facets.counted(found, lambda filters: library.search(question, k=1, filters=filters).facets)
    facets.show_facets(library.named(counts))


def _ask(library: Library, question: str) -> Answer:
    """The answer; worded by a language model when there is one and the visitor asked for that."""
    filters, history = facets.filters_of_address(), _earlier(question)
    if not (library.settings.llm_url and library.settings.llm_model):
        return library.ask(question, filters=filters, history=history)
    generate = st.toggle("Laat het taalmodel het antwoord verwoorden", key="generate")
    st.caption("Elke zin van het taalmodel wordt gecontroleerd; een zin zonder bron wordt doorgestreept.")
    shown, words = st.empty(), list[str]()

    def on_text(piece: str) -> None:
        words.append(piece)
        shown.text("".join(words))

    answer = library.ask(question, filters=filters, history=history, generate=generate, on_text=on_text)
    shown.empty()
    return answer


def _earlier(question: str) -> list[Turn]:
    """The questions asked before this one, oldest first, each as it was understood."""
    asked: dict[str, str] = st.session_state.get("asked", {})
    before = list(asked)[: list(asked).index(question)] if question in asked else list(asked)
    return [Turn(asked[one]) for one in before]


def _remember(question: str, understood: str) -> None:
    asked: dict[str, str] = st.session_state.setdefault("asked", {})
    asked.setdefault(question, understood)


def _forget() -> None:
    st.session_state["asked"] = {}
    session.choose("q", "")


def show_answer(answer: Answer) -> None:
    """The answer with its sources, or the nearest passages."""
    if answer.abstained:
        remark = answer.remark.removeprefix(NOT_FOUND).strip()  # the heading says so already
        way_on = "Stel de vraag in andere woorden, of kijk of het antwoord in een van deze passages staat."
        st.html(status("Niet gevonden in de documenten", f"<p class='bk-note'>{escape(remark)}</p><p>{way_on}</p>"))
        if answer.nearest:
            st.html("<h2 class='bk-h3'>Passages die er het dichtst bij komen</h2>")
        for hit in answer.nearest:
            show_hit(hit, f"near-{hit.passage.passage_id}")
        return
    with st.container(border=True, key="card-answer"):
        st.html(answer_html(answer))
    if answer.citations:
        st.html("<h2 class='bk-h3'>Bronnen</h2>")
    for numbered in by_page(answer.citations):
        show_source(numbered)


def by_page(citations: Sequence[Citation]) -> list[list[tuple[int, Citation]]]:
    """Citations with their numbers (from 1), those from one page of one document together."""
    pages: dict[tuple[str, int], list[tuple[int, Citation]]] = {}
    for number, citation in enumerate(citations, start=1):
        pages.setdefault((citation.document.document_id, citation.page_number), []).append((number, citation))
    return list(pages.values())


def answer_html(answer: Answer) -> str:
    """The sentences, each with the numbers of its sources; a sentence without one is struck."""
    sentences: list[str] = []
    figure = ""
    for place, sentence in enumerate(answer.sentences):
        text = escape(sentence.text)
        if sentence.citations:
            numbers = ", ".join(str(place + 1) for place in sentence.citations)
            text = f"{text} <span class='bk-ref'><span class='bk-hidden'>bron </span>[{numbers}]</span>"
        elif sentence.text not in ("Ja.", "Nee."):
            text = f"<span class='bk-unsupported'>{text}</span> <strong>({NO_SOURCE})</strong>"
        if place == 0 and answer.form == "getal" and len(answer.sentences) > 1:
            figure = f"<p class='bk-figure'>{text}</p>"
        else:
            begins = _begins_document(answer, place)
            if begins or not sentences:
                sentences.append(text)
            else:
                sentences[-1] = f"{sentences[-1]} {text}"
    if answer.form in ("lijst", "vergelijking"):
        body = "<ul class='bk-answer'>" + "".join(f"<li>{sentence}</li>" for sentence in sentences) + "</ul>"
    else:
        body = f"<p class='bk-answer'>{' '.join(sentences)}</p>"
    remark = f"<p class='bk-note'>{escape(answer.remark)}</p>" if answer.remark else ""
    return f"<div role='status'><h2 class='bk-h3'>Antwoord</h2>{figure}{body}</div>{remark}"


def _begins_document(answer: Answer, place: int) -> bool:
    """Whether a sentence is a line of its own: in a comparison the first of each document, else every one."""
    before, here = answer.sentences[place - 1 : place + 1] if place else (None, answer.sentences[0])
    if answer.form != "vergelijking" or before is None or not (before.citations and here.citations):
        return True
    one, other = (answer.citations[sentence.citations[0]].document for sentence in (before, here))
    return one != other


def show_source(numbered: Sequence[tuple[int, Citation]]) -> None:
    """A page under an answer, with what was quoted from it."""
    first_number, first = numbered[0]
    where = escape(page_name(first.page_label, first.page_number, first.document.page_count))
    key = f"{first_number}-{viewer.token_of(first.spans)}"
    quotes = "".join(
        f"<li><span class='bk-ref'>[{number}]</span><div><blockquote class='bk-text'>{escape(one.quote)}</blockquote>"
        f"{version_notes(one)}</div></li>"
        for number, one in numbered
    )
    with st.container(border=True, key=f"card-source-{key}"):
        st.html(
            f"<article class='bk-card'><h3>{escape(first.document.title)}</h3>"
            f"<p class='bk-source'><strong>{where}</strong> · {source_line(first.document)}</p>"
            f"<ul class='bk-quotes'>{quotes}</ul></article>"
        )
        with st.container(horizontal=True):
            token = viewer.token_of([span for _number, one in numbered for span in one.spans])
            viewer.open_button(to_page(first.page_label), token, f"open-source-{key}")
            basket.keep_all_button([kept_citation(one) for _number, one in numbered], f"keep-source-{key}")


def kept_citation(citation: Citation) -> basket.Kept:
    """A citation as an item of the basket."""
    return basket.Kept(
        "citaat", citation.document, citation.spans, citation.quote, citation.page_number, citation.page_label
    )
