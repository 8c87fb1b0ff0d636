"""The page of a document beside the words that were found on it, in a window over the page.

What is shown stands in the address: `toon=<begin of the document's id>.<page>.<start>-<end>`, more spans after a
comma; so that a place can be sent to a colleague.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from beleidskennis.model import Document, DocumentId, Page, Span
from beleidskennis.references import footnote
from beleidskennis.ui import session
from beleidskennis.ui.markup import highlighted, page_name, plain, quote_html, source_line
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.serving import source_url

PARAMETER = "toon"
_PLACE = re.compile(r"(\d+)(?:\.(\d+)-(\d+))?")
_ID_LENGTH = 12
NOT_LOCATED = "De plaats van deze tekst op de bladzijde is niet met zekerheid te vinden; er is niets gemarkeerd."
IMAGE_WIDTH = 1100
"""Pixels: about 130 dots an inch on A4; sharp in a window of a laptop, and drawn within 0.2 s."""


def token_of(spans: Sequence[Span]) -> str:
    """Spans of one document as a parameter of the address."""
    places = ",".join(f"{span.page_number}.{span.start}-{span.end}" for span in spans)
    return f"{spans[0].document_id[:_ID_LENGTH]}.{places}"


def page_token(document_id: str, page_number: int) -> str:
    """A whole page as a parameter of the address."""
    return f"{document_id[:_ID_LENGTH]}.{page_number}"


def read_token(token: str, document: Document) -> tuple[int, tuple[Span, ...]]:
    """The page (physical, from 1) and the spans that a parameter names; page 1 where it makes no sense."""
    spans: list[Span] = []
    page_number = 0
    for part in token.partition(".")[2].split(","):
        found = _PLACE.fullmatch(part)
        if not found or not 1 <= int(found[1]) <= max(document.page_count, 1):
            continue
        page_number = page_number or int(found[1])
        if found[2] and int(found[2]) < int(found[3]):
            spans.append(Span(document.document_id, int(found[1]), int(found[2]), int(found[3])))
    return page_number or 1, tuple(spans)


def open_button(label: str, token: str, key: str, *, primary: bool = False) -> None:
    """A button that opens the page window."""
    st.button(
        label,
        key=key,
        icon=":material/find_in_page:",
        type="primary" if primary else "secondary",
        on_click=open_page,
        args=(token,),
    )


def open_page(token: str) -> None:
    """Open the page window (for callbacks)."""
    session.choose(PARAMETER, token)
    st.session_state.pop("viewer-page", None)


def _close() -> None:
    session.choose(PARAMETER, "")
    st.session_state.pop("viewer-page", None)


def show_if_open() -> None:
    """Show the page window when the address asks for it; to be called once, at the end of a page."""
    token = session.chosen_one(PARAMETER)
    if token:
        _window(token)


@st.dialog("Bladzijde in het document", width="large", on_dismiss=_close)
def _window(token: str) -> None:
    with errors_shown():
        library = session.library()
        document = library.document(token.partition(".")[0])
        first, spans = read_token(token, document)
        number = _page_number(first, document)
        pages = {page.page_number: page for page in library.pages(document.document_id)}
        st.html(f"<h3 class='bk-h3'>{escape(document.title)}</h3><p class='bk-source'>{source_line(document)}</p>")
        picture, words = st.columns([7, 5], gap="medium")  # on a phone the page is what one came for
        with picture:
            _show_picture(document, pages.get(number), spans, number)
        with words:
            _show_words(document, pages, spans, number)


def _page_number(first: int, document: Document) -> int:
    return min(max(int(st.session_state.get("viewer-page", first)), 1), max(document.page_count, 1))


def _show_words(document: Document, pages: dict[int, Page], spans: Sequence[Span], number: int) -> None:
    if spans:
        st.html(_quote(document, pages, spans))
        st.caption("Verwijzing, om over te nemen")
        labels = list(dict.fromkeys(pages[span.page_number].page_label for span in spans if span.page_number in pages))
        st.code(footnote(document, "-".join([*labels[:1], *labels[1:][-1:]])), language=None, wrap_lines=True)
    is_pdf = document.file_name.lower().endswith(".pdf")
    with st.container(horizontal=True):
        if is_pdf:
            st.link_button(
                "Open de PDF op deze bladzijde", source_url(document.document_id, number), icon=":material/open_in_new:"
            )
        st.link_button("Download", source_url(document.document_id) + "?download", icon=":material/download:")


def _quote(document: Document, pages: dict[int, Page], spans: Sequence[Span]) -> str:
    texts = [pages[span.page_number].text[span.start : span.end] for span in spans if span.page_number in pages]
    if not any(texts):
        return ""
    page = pages[spans[0].page_number]
    where = page_name(page.page_label, page.page_number, document.page_count)
    return f"<p class='bk-source'><strong>{escape(where)}</strong></p>{quote_html(' '.join(texts))}"


def _show_picture(document: Document, page: Page | None, spans: Sequence[Span], number: int) -> None:
    def turn(step: int) -> None:
        # At the first and the last page the buttons stay: a button that goes dead under a key press loses the focus.
        st.session_state["viewer-page"] = min(max(number + step, 1), document.page_count)

    label = page.page_label if page else str(number)
    place = page_name(label, number, document.page_count).replace(" in het bestand", "")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Vorige", key="viewer-back", icon=":material/chevron_left:", on_click=turn, args=(-1,))
        st.button("Volgende", key="viewer-on", icon=":material/chevron_right:", icon_position="right",
                  on_click=turn, args=(1,))  # fmt: skip
        st.html(f"<p class='bk-note' aria-live='polite'>{escape(place)}</p>", width="content")
    on_page = [span for span in spans if span.page_number == number]
    with errors_shown():
        png, located = _image(document.document_id, number, tuple((span.start, span.end) for span in on_page))
        if on_page and not located:
            st.caption(NOT_LOCATED)
        marked = " De gevonden tekst is gemarkeerd." if located else ""
        st.image(png, width="stretch", alt=f"Bladzijde {label} van {document.title}.{marked}")
    if page is not None:
        with st.expander(f"Tekst van {plain(page_name(label, number))}"):
            marks = [(span.start, span.end) for span in on_page]
            st.html(f"<div class='bk-text'>{highlighted(page.text, marks) or 'Deze bladzijde heeft geen tekst.'}</div>")


@st.cache_data(max_entries=64, show_spinner=False)
def _image(document_id: str, page_number: int, places: tuple[tuple[int, int], ...]) -> tuple[bytes, bool]:
    """PNG, and whether the text was found on it. An id names a content, so a picture stays right."""
    spans = [Span(DocumentId(document_id), page_number, start, end) for start, end in places]
    image = session.library().page_image(document_id, page_number, spans, width_px=IMAGE_WIDTH)
    return image.png, image.located
