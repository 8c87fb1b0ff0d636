"""Verzamelmap: what was kept, in order, with notes, to take along to Word, Excel or a reference manager."""

from __future__ import annotations

from html import escape

import streamlit as st

from beleidskennis.exports.advice import EXCEL, WORD
from beleidskennis.exports.collection import Collected, excel_collection, word_collection
from beleidskennis.references import Style, bibtex, ris
from beleidskennis.ui import session
from beleidskennis.ui.markup import page_name, quote_html, source_line, to_page
from beleidskennis.ui.parts import basket, viewer
from beleidskennis.ui.parts.basket import Kept
from beleidskennis.ui.parts.errors import errors_shown

TITLE = "Verzamelmap"


def show() -> None:
    """Draw the page."""
    st.title("Verzamelmap", anchor=False)
    items = basket.kept()
    if not items:
        st.html(
            "<p>De verzamelmap is leeg. Kies bij een passage, aanbeveling of citaat voor <strong>Bewaar</strong>; "
            "dan staat de tekst hier klaar om mee te nemen, met bladzijde en bron.</p>"
        )
        with st.container(horizontal=True):
            session.link_to("zoeken", "Zoek passages", "search")
            session.link_to("aanbevelingen", "Kies aanbevelingen", "recommend")
        return
    st.html("<p>Wat u bewaart, blijft hier staan tot u de browser sluit of de app stopt. Neem het mee als bestand.</p>")
    with errors_shown():
        _show_exports(items)
    for place, item in enumerate(items):
        _show_item(item, first=place == 0, last=place == len(items) - 1)
    st.button("Maak de verzamelmap leeg", key="empty-basket", icon=":material/delete:", on_click=basket.put, args=([],))


def collected(items: list[Kept]) -> list[Collected]:
    """The items as the exports take them."""
    return [
        Collected(item.kind, item.document, item.text, item.page_label, item.page_number, item.intro, item.note)
        for item in items
    ]


def _show_exports(items: list[Kept]) -> None:
    st.html("<h2 class='bk-h3'>Meenemen</h2>")
    names = {style.value: style.label for style in Style}
    style = st.selectbox("Verwijzen volgens", list(names), format_func=names.__getitem__, key="basket-style", width=320)
    ready = collected(items)
    cited = [(item.document, item.page_label) for item in items]
    with st.container(horizontal=True):
        _download("Word met voetnoten", word_collection(ready, style=Style(style)), "verzamelmap.docx", WORD.media_type)
        _download("Excel", excel_collection(ready), "verzamelmap.xlsx", EXCEL.media_type)
        _download("BibTeX", bibtex(cited).encode(), "verzamelmap.bib", "application/x-bibtex")
        _download("RIS", ris(cited).encode(), "verzamelmap.ris", "application/x-research-info-systems")


def _download(label: str, data: bytes, name: str, kind: str) -> None:
    st.download_button(label, data, name, kind, key=f"take-{name}", icon=":material/download:", on_click="ignore")


def _show_item(item: Kept, *, first: bool, last: bool) -> None:
    where = escape(page_name(item.page_label, item.page_number, item.document.page_count))
    intro = f"<p class='bk-intro'>{escape(item.intro)}</p>" if item.intro else ""
    with st.container(border=True, key=f"card-kept-{item.token}"):
        st.html(
            f"<article class='bk-card'><h3>{escape(item.document.title)}</h3><p class='bk-source'>"
            f"<strong>{where}</strong> · {escape(item.kind)} · {source_line(item.document)}</p>"
            f"{intro}{quote_html(item.text)}</article>"
        )
        key = f"note-{item.token}"

        def on_note() -> None:
            basket.note(item.token, st.session_state[key])

        st.text_input("Notitie", value=item.note, key=key, on_change=on_note)
        with st.container(horizontal=True):
            viewer.open_button(to_page(item.page_label), item.token, f"open-kept-{item.token}")
            if not first:
                st.button("Omhoog", key=f"up-{item.token}", icon=":material/arrow_upward:",
                          on_click=basket.move, args=(item.token, -1))  # fmt: skip
            if not last:
                st.button("Omlaag", key=f"down-{item.token}", icon=":material/arrow_downward:",
                          on_click=basket.move, args=(item.token, 1))  # fmt: skip
            st.button("Haal weg", key=f"drop-{item.token}", icon=":material/close:", on_click=basket.drop,
                      args=(item.token,))  # fmt: skip
