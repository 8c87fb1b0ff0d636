"""The overview of Vergelijken: recommendations counted by concept and document, and the quotes behind a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from beleidskennis.comparison import Matrix
from beleidskennis.library import Library
from beleidskennis.model import Recommendation
from beleidskennis.ui import session
from beleidskennis.ui.markup import status
from beleidskennis.ui.parts.charts import show_heat_map
from beleidskennis.ui.parts.chosen_documents import Documents, short_names, some_documents
from beleidskennis.ui.views.advice import show_advice

SCHEMES = {"theme": "Thema", "sector": "Sector", "addressee": "Geadresseerde"}
AT_ONCE_BELOW = 15
"""Recommendations of one square of the overview; the page Aanbevelingen has them all."""
FILTERS = {"theme": "thema", "sector": "sector", "addressee": "geadresseerde"}
NO_CONCEPT = "niet ingedeeld"


def show_overview(library: Library, documents: Documents) -> None:
    """Draw it."""
    scheme = session.view("per", "Tel per", SCHEMES)
    chosen = some_documents(documents)
    if not chosen:
        st.html("<p>Kies een of meer documenten.</p>")
        return
    items, _vectors = library.advice_of(chosen)
    table = library.matrix(scheme, documents=chosen)
    names = short_names(list(documents.values()))
    rows = [
        (library.taxonomy.name(scheme, concept) if concept else NO_CONCEPT, counts) for concept, counts in table.rows()
    ]
    st.html(status(f"Aanbevelingen per {SCHEMES[scheme].lower()} en document"))

    def read_cell(row: int, column: int) -> None:
        st.session_state[f"cell-concept-{scheme}"] = table.concepts[row]
        st.session_state["cell-document"] = table.documents[column]

    show_heat_map(
        f"Aanbevelingen per {SCHEMES[scheme].lower()} en document",
        SCHEMES[scheme],
        [names[one] for one in table.documents],
        rows,
        read_cell,
    )
    _show_cell(library, documents, scheme, table, items)


def _show_cell(
    library: Library, documents: Documents, scheme: str, table: Matrix, items: Sequence[Recommendation]
) -> None:
    st.html(
        "<h2 class='bk-h3'>Lees de aanbevelingen achter een getal</h2>"
        "<p class='bk-note'>Klik hierboven op een getal, of kies hier.</p>"
    )
    names = short_names(list(documents.values()))
    left, right = st.columns(2)
    concept = left.selectbox(
        SCHEMES[scheme], [None, *table.concepts], key=f"cell-concept-{scheme}", placeholder="Kies",
        format_func=lambda one: "Kies" if one is None else library.taxonomy.name(scheme, one) if one else NO_CONCEPT,
    )  # fmt: skip
    if st.session_state.get("cell-document") not in (None, *table.documents):
        st.session_state["cell-document"] = None
    document_id = right.selectbox(
        "Document", [None, *table.documents], key="cell-document",
        format_func=lambda one: "Alle documenten" if one is None else names[one],
    )  # fmt: skip
    if concept is None:
        return
    ids = {
        one
        for document in ([document_id] if document_id else table.documents)
        for one in table.cell(concept, document).recommendation_ids
    }
    chosen = [item for item in items if item.recommendation_id in ids]
    more = f", de eerste {AT_ONCE_BELOW} getoond" if len(chosen) > AT_ONCE_BELOW else ""
    st.html(status(f"{len(chosen)} {'aanbeveling' if len(chosen) == 1 else 'aanbevelingen'}{more}"))
    if concept and (parameter := FILTERS.get(scheme)):
        filters = {parameter: concept, "document": documents[document_id].file_name if document_id else ""}
        st.button("Open als lijst bij Aanbevelingen", icon=":material/recommend:", key="to-list",
                  on_click=_remember_list, args=(filters,))  # fmt: skip
    for item in chosen[:AT_ONCE_BELOW]:
        show_advice(library, item, documents[item.document_id], "cell-")
    if wanted := st.session_state.pop("go-list", None):
        st.switch_page(st.session_state["_pages"]["aanbevelingen"], query_params=wanted)


def _remember_list(filters: Mapping[str, str]) -> None:
    st.session_state["go-list"] = {name: value for name, value in filters.items() if value}
