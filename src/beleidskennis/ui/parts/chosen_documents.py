"""Which documents are held side by side, and what they are called where there is little room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from beleidskennis.model import Document, DocumentId
from beleidskennis.ui import session

AT_ONCE = 12
"""Documents side by side in a table or in time: more than that nobody reads at a glance."""
Documents = Mapping[DocumentId, Document]


def short_names(documents: Sequence[Document]) -> dict[DocumentId, str]:
    """A short name for each document, no two alike: publisher and year, else the title."""
    names: dict[DocumentId, str] = {}
    for document in documents:
        name = f"{document.publisher} {document.date[:4]}".strip() if document.publisher else document.title
        names[document.document_id] = name[:60]
    count = Counter(names.values())
    return {
        one.document_id: f"{one.title[:50]} ({one.date[:4]})"
        if count[names[one.document_id]] > 1
        else names[one.document_id]
        for one in documents
    }


def some_documents(documents: Documents) -> list[DocumentId]:
    """The documents to look at side by side: all while they are few, else those that the visitor chose.

    The choice stands in the address; at first it holds the newest.
    """
    if len(documents) <= AT_ONCE:
        return list(documents)
    names = short_names(list(documents.values()))
    newest = sorted(documents.values(), key=lambda one: one.date, reverse=True)
    in_address = {value[:12] for value in session.chosen("document")}
    at_first = [one.document_id for one in newest if one.document_id[:12] in in_address]
    st.session_state.setdefault("some-documents", at_first or [one.document_id for one in newest[:AT_ONCE]])

    def put_documents() -> None:
        session.choose("document", [one[:12] for one in st.session_state["some-documents"]])

    chosen = st.multiselect(f"Documenten (hoogstens {AT_ONCE} tegelijk)", [one.document_id for one in newest],
                            format_func=names.__getitem__, key="some-documents", on_change=put_documents,
                            max_selections=AT_ONCE, placeholder="Kies documenten")  # fmt: skip
    return list(chosen)
