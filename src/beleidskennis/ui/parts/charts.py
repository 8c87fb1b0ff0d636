"""Charts, each with the table that says the same under it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from beleidskennis.model import FacetValue

_ROW_HEIGHT = 26
"""Pixels a bar."""
_LONGEST_LABEL = 260


def show_counts(title: str, label: str, values: Sequence[FacetValue]) -> None:
    """Bars, longest first unless `values` has another order, and a table."""
    if not values:
        return
    import altair as alt

    st.html(f"<h3 class='bk-h3'>{escape(title)}</h3>")
    rows = [{"naam": value.label, "aantal": value.count} for value in values]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("aantal:Q", title="Aantal", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("naam:N", title=None, sort=None, axis=alt.Axis(labelLimit=_LONGEST_LABEL)),
            tooltip=[alt.Tooltip("naam:N", title=label), alt.Tooltip("aantal:Q", title="Aantal")],
        )
        .properties(height=_ROW_HEIGHT * len(rows) + 40)
    )
    st.altair_chart(chart, width="stretch", alt=f"Staafdiagram: {title}. De tabel eronder heeft dezelfde getallen.")
    with st.expander(f"Tabel: {title}"):
        st.html(
            table_html(title, [label, "Aantal"], [[value.label, str(value.count)] for value in values], numbers=(1,))
        )


def table_html(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> str:
    """A table with a caption; the columns in `numbers` (from 0) are set right."""

    def cell(place: int, text: str, tag: str) -> str:
        scope = " scope='col'" if tag == "th" else ""
        kind = " class='number'" if place in numbers else ""
        return f"<{tag}{scope}{kind}>{escape(text)}</{tag}>"

    head = "".join(cell(place, text, "th") for place, text in enumerate(columns))
    body = "".join(
        "<tr>" + "".join(cell(place, text, "td") for place, text in enumerate(row)) + "</tr>" for row in rows
    )
    return (
        f"<div class='bk-table-wrap' tabindex='0' role='region' aria-label='{escape(caption)}'><table class='bk-table'>"
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
