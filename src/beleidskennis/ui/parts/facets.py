"""Filters beside a list: for each its values with counts; what is chosen stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from beleidskennis.model import FacetValue, Filters, read_years
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain

Facets = Mapping[str, Sequence[FacetValue]]
FIELDS = {
    "document": "documents",
    "uitgever": "publishers",
    "soort": "kinds",
    "thema": "themes",
    "sector": "sectors",
    "geadresseerde": "addressees",
    "sterkte": "strengths",
    "stand": "statuses",
}
LABELS = {
    "document": "Document",
    "uitgever": "Uitgever",
    "soort": "Soort document",
    "jaar": "Jaar",
    "thema": "Thema",
    "sector": "Sector",
    "geadresseerde": "Geadresseerde",
    "sterkte": "Sterkte",
    "stand": "Opvolging",
}
NAMES = tuple(LABELS)
EXPLAINED = {
    "sterkte": "Expliciet: er staat met zoveel woorden dat het moet of wordt geadviseerd. Impliciet: het blijkt uit de "
    "zin, bijvoorbeeld uit ‘het is van belang’."
}
"""What a visitor cannot know of a filter."""
SHOWN = 6
"""Values of a filter shown at once; the rest is one click away."""


def filters_of_address(without: str = "") -> Filters:
    """The filters that the address of the page holds, but for the one named `without`."""
    values = {field: tuple(session.chosen(name)) for name, field in FIELDS.items() if name != without}
    read = [read_years(year) for year in session.chosen("jaar")] if without != "jaar" else []
    years = [year for one in read if one for year in one]
    return replace(Filters(), **values, years=(min(years), max(years)) if years else None)


def counted(facets: Facets, again: Callable[[Filters], Facets]) -> dict[str, tuple[FacetValue, ...]]:
    """`facets`, but a filter that is in use counts as if it were not, so that its other values can be chosen too.

    `again` gives the facets of the same search under other filters.
    """
    found = {name: tuple(values) for name, values in facets.items()}
    for name in found:
        if session.chosen(name):
            found[name] = tuple(again(filters_of_address(without=name)).get(name, ()))
    return found


def show_facets(facets: Facets) -> None:
    """The filters in the sidebar."""
    with st.sidebar:
        st.html("<h2 class='bk-h3'>Filters</h2>")
        if any(session.chosen(name) for name in NAMES):
            st.button("Alle filters weghalen", key="clear-filters", on_click=_clear, icon=":material/close:")
        for name, label in LABELS.items():
            values = _with_chosen(name, facets.get(name, ()))
            if len(values) > 1 or session.chosen(name):
                _show_group(name, label, values)


def _with_chosen(name: str, values: Sequence[FacetValue]) -> list[FacetValue]:
    known = {value.value for value in values}
    missing = [FacetValue(value, value, 0) for value in session.chosen(name) if value not in known]
    if name == "jaar":
        values = sorted(values, key=lambda value: value.value, reverse=True)
    return [*values, *missing]


def _show_group(name: str, label: str, values: Sequence[FacetValue]) -> None:
    with st.expander(label, expanded=name not in ("geadresseerde", "sector") or bool(session.chosen(name))):
        on = set(session.chosen(name))
        first = [value for place, value in enumerate(values) if place < SHOWN or value.value in on]
        rest = [value for value in values if value not in first]
        for value in first:
            _box(name, value, value.value in on)
        if rest and st.toggle(f"Toon er nog {len(rest)}", key=f"more-{name}"):
            for value in rest:
                _box(name, value, chosen=False)
        if name == "jaar" and len(on) > 1:
            st.caption("Alle jaren ertussen tellen mee.")
        if name in EXPLAINED:
            st.caption(EXPLAINED[name])


def _box(name: str, value: FacetValue, chosen: bool) -> None:
    key = f"filter-{name}-{value.value}"
    st.session_state[key] = chosen
    st.checkbox(f"{plain(value.label)} ({value.count})", key=key, on_change=_toggle, args=(name, value.value, key))


def _toggle(name: str, value: str, key: str) -> None:
    on = [one for one in session.chosen(name) if one != value]
    session.choose(name, [*on, value] if st.session_state[key] else on)
    session.from_the_start()


def _clear() -> None:
    for name in NAMES:
        session.choose(name, "")
    session.from_the_start()
