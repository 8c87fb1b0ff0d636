"""The versions of a document, for its own page."""

from __future__ import annotations

from html import escape

import streamlit as st

from beleidskennis.library import Library
from beleidskennis.model import Document, Kinship, Related
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain
from beleidskennis.versions.wording import named, percentage


def show_versions(library: Library, document: Document) -> None:
    """The documents that share its text, each to be opened, and the files with the very same content."""
    pairs = library.related(document.document_id)
    copies = library.copies(document.document_id)
    newest = library.newest().get(document.document_id, "")
    if pairs:
        heading = "Er is een nieuwere versie" if newest else "Andere versies"
        st.html(f"<h2 class='bk-h3'>{heading}</h2>")
    for pair in pairs:
        other = pair.beside(document.document_id)
        with st.container(border=True, key=f"card-version-{other.document_id[:12]}", gap="xxsmall"):
            st.button(
                f"**{plain(named(other), 160)}**",
                key=f"document-version-{other.document_id}",
                type="tertiary",
                on_click=session.choose,
                args=("document", other.document_id[:12]),
            )
            st.html(f"<p class='bk-source'>{escape(relation(pair, document.document_id, newest))}</p>")
    for path, _document in copies:
        st.html(f"<p class='bk-note'>Hetzelfde bestand staat ook op {escape(path)}.</p>")


def relation(pair: Related, document_id: str, newest: str) -> str:
    """What the other document of a pair is to this one; `newest` is the id of the newest version, if another."""
    other, share = pair.beside(document_id), percentage(pair.share)
    if pair.kinship is Kinship.PART:
        if other is pair.other:
            return f"Een deel van dit document: {share} ervan staat ook hier."
        return f"Dit document is er een deel van: {share} van dit document staat er ook in."
    newer = "Nieuwste versie" if other.document_id == newest else "Nieuwere versie"
    age = newer if other is pair.one else "Oudere versie"
    if pair.kinship is Kinship.SAME:
        return f"{age}, met vrijwel dezelfde tekst ({share} gelijk)."
    return f"{age}: {share} van de tekst is gelijk."
