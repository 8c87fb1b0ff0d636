"""Citeren: a draft held against the documents: a verdict for each sentence that claims something, and its source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from html import escape
from importlib.util import find_spec

import streamlit as st

from beleidskennis.citations import CheckedDraft, CheckedQuote, CheckedSentence, Match, QuoteVerdict, Verdict
from beleidskennis.exports.advice import WORD
from beleidskennis.library import Library
from beleidskennis.references import Style, footnote
from beleidskennis.ui import session
from beleidskennis.ui.markup import highlighted, page_name, source_line, status, to_page, version_notes
from beleidskennis.ui.parts import basket, viewer
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run
from beleidskennis.ui.parts.paging import PARAMETER, show_paging, shown_rows
from beleidskennis.ui.views.asking import kept_citation

TITLE = "Citeren"
KINDS = ("docx", "md", "txt")
MARKS = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTLY: "◐",
    Verdict.DIFFERS: "≠",
    Verdict.CONTRADICTED: "✗",
    Verdict.NOT_FOUND: "?",
}
"""A sign beside each verdict, so that it does not hang on colour."""
KIND_OF = {
    Verdict.SUPPORTED: "bk-good",
    Verdict.PARTLY: "bk-doubt",
    Verdict.DIFFERS: "bk-wrong",
    Verdict.CONTRADICTED: "bk-wrong",
    Verdict.NOT_FOUND: "bk-unknown",
}
TO_LOOK_AT = (Verdict.CONTRADICTED, Verdict.DIFFERS, Verdict.NOT_FOUND, Verdict.PARTLY)
AT_ONCE = 25
"""Sentences and quotes on one screen."""
OTHERS = 4
"""Places beside the best one."""
NO_WORD = "Voor een Word-bestand met voetnoten is python-docx nodig: pip install 'beleidskennis[export]'."
LONGEST = 60_000
"""Characters of pasted text: some 20 pages."""


def show() -> None:
    """Draw the page."""
    session.come_back("citeren", ["zinnen", PARAMETER])
    st.title("Een concept controleren en citeren", anchor=False)
    with errors_shown():
        library = session.library()
        if not library.documents():
            show_first_run(library)
            return
        st.html(
            "<p>Plak een stuk tekst of kies een bestand. Bij elke zin die iets beweert, ziet u of de documenten dat "
            "ook zeggen, en op welke bladzijde. Uw tekst blijft op deze computer en wordt niet bewaard.</p>"
        )
        given = _draft()
        if given is None:
            return
        data, name = given
        checked = _checked(library, data, name)
        _show_summary(checked)
        _show_word(library, checked, data, name)
        _show_sentences(checked)


def _draft() -> tuple[bytes, str] | None:
    """The bytes and the name of the draft that was given, or None. Once given it folds away: the verdicts are read."""
    before: tuple[bytes, str] | None = st.session_state.get("given-draft")
    with st.expander("Uw tekst of bestand", expanded=before is None), st.form("draft", border=False):
        st.text_area("Tekst van uw concept", key="draft-text", height=180, max_chars=LONGEST,
                     placeholder="Plak hier een of meer alinea's.")  # fmt: skip
        st.file_uploader(f"Of kies een bestand ({', '.join(KINDS)})", type=list(KINDS), key="draft-file")
        asked = st.form_submit_button("Controleer", type="primary", on_click=_take_draft)
    if asked and before is None:
        st.html("<p role='alert'>Plak eerst een tekst, of kies een bestand.</p>")
    return before


def _take_draft() -> None:
    """Keep what stands in the form; a file goes before text."""
    session.from_the_start()
    text, file = str(st.session_state["draft-text"]), st.session_state["draft-file"]
    pasted = (text.encode("utf-8"), "concept.txt") if text.strip() else None
    st.session_state["given-draft"] = (file.getvalue(), file.name) if file else pasted


def _checked(library: Library, data: bytes, name: str) -> CheckedDraft:
    """The draft with its verdicts; worked out once for each draft and each state of the documents."""
    key = (hashlib.sha256(data).hexdigest(), name, library.generation)
    if st.session_state.get("checked-key") != key:
        bar = st.progress(0.0, text="Uw tekst wordt gecontroleerd")

        def progress(done: int, total: int) -> None:
            bar.progress(done / max(total, 1), text=f"Alinea {done} van {total} gecontroleerd")

        st.session_state["checked"] = library.check_draft(data, name, progress=progress)
        st.session_state["checked-key"] = key
        bar.empty()
    checked: CheckedDraft = st.session_state["checked"]
    return checked


def _show_summary(checked: CheckedDraft) -> None:
    judged = [sentence for sentence in checked.sentences if sentence.verdict is not None]
    counts = [(verdict, sum(one.verdict is verdict for one in judged)) for verdict in Verdict]
    items = "".join(f"<li>{MARKS[verdict]} {verdict.value}: {count}</li>" for verdict, count in counts if count)
    quotes = f"<li>citaten tussen aanhalingstekens: {len(checked.quotes)}</li>" if checked.quotes else ""
    rest = len(checked.sentences) - len(judged)
    calm = f"<li>zinnen zonder bewering: {rest}</li>" if rest else ""
    st.html(
        status(
            f"{len(judged)} {'zin' if len(judged) == 1 else 'zinnen'} gecontroleerd",
            f"<ul class='bk-chips'>{items}{quotes}{calm}</ul>",
        )
    )


def _show_word(library: Library, checked: CheckedDraft, data: bytes, name: str) -> None:
    names = {style.value: style.label for style in Style}
    if find_spec("docx") is None:
        st.html(f"<p class='bk-note'>{escape(NO_WORD)}</p>")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        style = st.selectbox(
            "Verwijzen volgens", list(names), format_func=names.__getitem__, key="draft-style", width=320
        )
        stem = name.rpartition(".")[0] or name
        st.download_button(
            "Word met voetnoten en opmerkingen",
            partial(library.draft_as_word, data, name, checked, style=Style(style)),  # made when it is asked for
            f"{stem}-met-bronnen.docx",
            WORD.media_type,
            icon=":material/download:",
            on_click="ignore",
        )


def _show_sentences(checked: CheckedDraft) -> None:
    views = {"alles": "Alle zinnen", "nazien": "Alleen wat aandacht vraagt"}
    only = session.view("zinnen", "Welke zinnen", views) == "nazien"
    cards: list[Callable[[], None]] = []
    number = 0
    for paragraph in checked.paragraphs:
        for sentence in paragraph.sentences:
            number += 1
            if not only or sentence.verdict in TO_LOOK_AT:
                cards.append(partial(_show_sentence, sentence, number))
        for place, quote in enumerate(paragraph.quotes):
            if not only or quote.verdict is not QuoteVerdict.EXACT:
                cards.append(partial(_show_quote, quote, f"{number}-{place}"))
    if not cards:
        st.html("<p>Geen zin of citaat vraagt aandacht.</p>")
        return
    start, shown = shown_rows(len(cards), AT_ONCE)
    if shown:
        st.caption(f"{len(cards)} zinnen en citaten{shown}")
    for show_card in cards[start : start + AT_ONCE]:
        show_card()
    show_paging(len(cards), AT_ONCE)


def _show_sentence(sentence: CheckedSentence, number: int) -> None:
    if sentence.verdict is None:
        st.html(f"<p class='bk-note'>{escape(sentence.text)}</p>")
        return
    with st.container(border=True, key=f"card-sentence-{number}"):
        told = [difference.explanation for match in sentence.matches[:1] for difference in match.differences]
        why = sentence.explanation if sentence.explanation not in told else ""  # said again beside the source
        st.html(
            f"<span class='bk-verdict {KIND_OF[sentence.verdict]}'>{MARKS[sentence.verdict]} "
            f"{escape(sentence.verdict.value)}</span><p class='bk-claim'>{escape(sentence.text)}</p>"
            + (f"<p class='bk-note'>{escape(why)}</p>" if why else "")
        )
        found = sentence.verdict is not Verdict.NOT_FOUND
        if found:
            for match in sentence.matches[:1]:
                _show_match(match, f"{number}-0")
        others = sentence.matches[1:OTHERS] if found else sentence.matches[:OTHERS]
        if others:
            with st.expander(
                f"{'Andere vindplaatsen' if found else 'Passages die er het dichtst bij komen'} ({len(others)})"
            ):
                for place, match in enumerate(others, start=1):
                    _show_match(match, f"{number}-{place}")


def _show_match(match: Match, key: str) -> None:
    citation = match.citation
    where = escape(page_name(citation.page_label, citation.page_number, citation.document.page_count))
    differences = "".join(f"<li>{escape(one.explanation)}</li>" for one in match.differences)
    st.html(
        f"<article class='bk-card'><p class='bk-source'><strong>{escape(citation.document.title)}, {where}</strong> · "
        f"{source_line(citation.document)}</p><blockquote class='bk-text'>{highlighted(citation.quote, match.words)}"
        f"</blockquote>{f'<ul>{differences}</ul>' if differences else ''}"
        f"{version_notes(citation)}</article>"
    )
    st.code(footnote(citation.document, citation.page_label), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        token = viewer.token_of(citation.spans)
        viewer.open_button(to_page(citation.page_label), token, f"open-match-{key}")
        basket.keep_button(kept_citation(citation), f"keep-match-{key}")


def _show_quote(quote: CheckedQuote, key: str) -> None:
    kind = "bk-good" if quote.verdict is QuoteVerdict.EXACT else "bk-wrong" if quote.citations else "bk-unknown"
    with st.container(border=True, key=f"card-quote-{key}"):
        changes = "".join(
            f"<li>in uw tekst ‘{escape(change.quoted) or '–'}’, op de bladzijde ‘{escape(change.printed) or '–'}’</li>"
            for change in quote.changes
        )
        st.html(
            f"<span class='bk-verdict {kind}'>{escape(quote.verdict.value)}</span>"
            f"<p class='bk-claim'>Citaat: “{escape(quote.text)}”</p>"
            f"{f'<ul>{changes}</ul>' if changes else ''}"
        )
        for place, citation in enumerate(quote.citations[:2]):
            where = page_name(citation.page_label, citation.page_number, citation.document.page_count)
            source = f"<p class='bk-source'>{escape(citation.document.title)}, {escape(where)}</p>"
            st.html(f"{source}{version_notes(citation)}")
            viewer.open_button(to_page(citation.page_label), viewer.token_of(citation.spans),
                               f"open-quote-{key}-{place}")  # fmt: skip
