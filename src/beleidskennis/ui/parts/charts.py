"""Charts, each with the table that says the same under it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import streamlit as st

from beleidskennis.model import FacetValue

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_ROW_HEIGHT = 26
"""Pixels a bar."""
_ROOM_FOR_NUMBER = 1.15
"""The scale goes on beyond the longest bar, for its number; on a phone a number takes an eighth of the width."""
_LINE = 13
"""Pixels a line of a label."""
_LONGEST_LABEL = 260
_A_THIRD = f"min({_LONGEST_LABEL}, containerSize()[0] / 2.4)"
"""Pixels for the names beside a timeline: on a phone the line needs the room more."""
_ON_A_PHONE, _NARROWEST_COLUMN, _ROW_NAMES = 5, 46, 170
"""So many columns fit on a phone; with more of them a chart scrolls, at so many pixels a column and for the rows."""
_WIDE_LETTERS, _NARROW_LETTERS, _NAME_LINES = 18, 8, 5
"""Letters a line of a column's name, where a column has `_WIDE_FROM` pixels or more, and where it has less."""
_WIDE_FROM = 105
_PICKED = "gekozen"
Spec = dict[str, Any]
"""A chart in Vega-Lite."""
KEPT = 128
"""Charts kept as they were worked out: Altair takes some 20 ms of processor for one, and checks it against a schema."""


@dataclass(frozen=True, slots=True)
class _Shades:
    """From few to many, always away from the ground; numbers turn from `on_few` to `on_many` at a share of the most."""

    few: str
    many: str
    on_few: str
    on_many: str
    turn: float


_LIGHT = _Shades("#e6f1ef", "#0b6158", "#000000", "#ffffff", 0.77)
_DARK = _Shades("#1c3430", "#6fd6c6", "#ffffff", "#000000", 0.47)
"""The turns are where either colour of number holds 4.5 to 1 on the square."""


def _ink() -> str:
    """The colour of text in the theme that the visitor sees; Streamlit's own in charts is too pale to read well."""
    return "#e9efed" if st.context.theme.type == "dark" else "#16211f"


def show_counts(title: str, label: str, values: Sequence[FacetValue]) -> None:
    """Bars, longest first unless `values` has another order, and a table."""
    if not values:
        return
    st.html(f"<h3 class='bk-h3'>{escape(title)}</h3>")
    named = tuple((value.label, value.count) for value in values)
    _draw(_counts_chart(label, named, _ink()), f"Staafdiagram: {title}. De tabel eronder heeft dezelfde getallen.")
    with st.expander(f"Tabel: {title}"):
        st.html(table_html(title, [label, "Aantal"], [[name, str(count)] for name, count in named], numbers=(1,)))


@lru_cache(maxsize=KEPT)
def _counts_chart(label: str, values: tuple[tuple[str, int], ...], ink: str) -> Spec:
    import altair as alt

    rows = [{"naam": name, "aantal": count} for name, count in values]
    names = alt.Axis(labelLimit=_LONGEST_LABEL, labelColor=ink, labelOverlap=False, labelFlush=False)
    most = max(count for _name, count in values)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("aantal:Q", axis=None, scale=alt.Scale(domain=[0, most * _ROOM_FOR_NUMBER])),
        y=alt.Y("naam:N", title=None, sort=None, axis=names),
        tooltip=[alt.Tooltip("naam:N", title=label), alt.Tooltip("aantal:Q", title="Aantal")],
    )
    numbers = base.mark_text(align="left", dx=5, fontSize=13, color=ink).encode(text="aantal:Q")
    return _spec((base.mark_bar(size=_ROW_HEIGHT - 8) + numbers).properties(height=_ROW_HEIGHT * len(rows)))


def _spec(chart: Any) -> Spec:
    made: Spec = chart.to_dict()
    return made


def _draw(spec: Spec, alt_text: str, **given: Any) -> None:
    """Show a chart as wide as its place; Streamlit changes what it is given, so it gets a copy."""
    st.vega_lite_chart(spec=deepcopy(spec), width="stretch", alt=alt_text, **given)


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


def show_heat_map(
    title: str,
    label: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    on_pick: Callable[[int, int], None] | None = None,
) -> None:
    """Counts of rows by columns as squares with their number, and the table that says the same.

    `rows` holds `(name, counts)` with a count for each column. `on_pick` is called with the places of the row and the
    column of a square that is clicked; there must be another way to the same for who does not use a mouse.
    """
    key = f"heat-{len(rows)}-{len(columns)}"
    given: dict[str, Any] = {}
    if on_pick is not None:
        given = {"key": f"{key}-{title}", "on_select": partial(_pick, f"{key}-{title}", on_pick)}
    shown = tuple((name, tuple(counts)) for name, counts in rows)
    shades = _DARK if st.context.theme.type == "dark" else _LIGHT
    spec = _heat_map(label, tuple(columns), shown, _ink(), shades, picked=on_pick is not None)
    with _scrolling(f"wide-{key}", len(columns)):
        _draw(spec, f"Kleurenkaart: {title}. De tabel eronder heeft dezelfde getallen.", **given)
    with st.expander(f"Tabel: {title}"):
        table = [[name, *(str(count) for count in counts)] for name, counts in rows]
        st.html(table_html(title, [label, *columns], table, numbers=tuple(range(1, len(columns) + 1))))


@lru_cache(maxsize=KEPT)
def _heat_map(
    label: str, columns: tuple[str, ...], rows: tuple[tuple[str, tuple[int, ...]], ...], ink: str, shades: _Shades,
    *, picked: bool,
) -> Spec:  # fmt: skip
    import altair as alt

    cells: list[dict[str, str | int]] = [
        {"rij": name, "kolom": column, "aantal": count, "rijnummer": row, "kolomnummer": place}
        for row, (name, counts) in enumerate(rows)
        for place, (column, count) in enumerate(zip(columns, counts, strict=True))
        if count
    ]
    most = max((count for _, counts in rows for count in counts), default=0)
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X("kolomnummer:N", title=None, scale=alt.Scale(domain=list(range(len(columns)))),
                axis=alt.Axis(labelColor=ink, orient="top", labelAngle=0, labelOverlap=False,
                              labelFlush=False, **_column_names(columns))),
        y=alt.Y("rij:N", title=None, sort=None,
                axis=alt.Axis(labelLimit=_LONGEST_LABEL, labelColor=ink, labelOverlap=False, labelFlush=False)),
    )  # fmt: skip
    squares = base.mark_rect(stroke="#74827f", strokeWidth=0.5).encode(
        color=alt.Color(
            "aantal:Q", title="Aantal", scale=alt.Scale(domain=[0, most], range=[shades.few, shades.many]), legend=None
        ),
        tooltip=[alt.Tooltip("rij:N", title=label), alt.Tooltip("kolom:N", title="Document"), alt.Tooltip("aantal:Q")],
    )
    numbers = base.mark_text(fontSize=13, fontWeight=600).encode(
        text="aantal:Q",
        color=alt.condition(
            f"datum.aantal > {most * shades.turn}", alt.value(shades.on_many), alt.value(shades.on_few)
        ),
    )
    chart = (squares + numbers).properties(height=_ROW_HEIGHT * len(rows))
    if not picked:
        return _spec(chart)
    return _spec(chart.add_params(alt.selection_point(name=_PICKED, fields=["rijnummer", "kolomnummer"], empty=False)))


def _column_names(columns: Sequence[str]) -> dict[str, Any]:
    """How an axis writes names of columns, known by number: in lines that fit, by how wide the columns turn out."""
    import altair as alt

    narrow = f"bandwidth('x') < {_WIDE_FROM}"
    wide_lines, narrow_lines = (
        [wrap(" ".join(_cut_word(word, letters) for word in name.split()), letters)[:_NAME_LINES] for name in columns]
        for letters in (_WIDE_LETTERS, _NARROW_LETTERS)
    )
    heights = [_LINE * (max(map(len, lines), default=1) - 1) + 6 for lines in (narrow_lines, wide_lines)]
    return {
        "labelExpr": f"({narrow} ? {json.dumps(narrow_lines)} : {json.dumps(wide_lines)})[toNumber(datum.label)]",
        "labelPadding": alt.ExprRef(f"{narrow} ? {heights[0]} : {heights[1]}"),
        "labelFontSize": alt.ExprRef(f"{narrow} ? 9 : 11"),
    }


def _cut_word(word: str, letters: int) -> str:
    """A word in pieces that fit a line."""
    if len(word) <= letters:
        return word
    return f"{word[: letters - 1]}- {_cut_word(word[letters - 1 :], letters)}"


def _scrolling(key: str, columns: int) -> DeltaGenerator:
    """A box for a chart: as wide as the page, and scrolling sideways where its columns would become too narrow."""
    if columns > _ON_A_PHONE:
        st.html(f"<style>.st-key-{key} > div {{ min-width: {_ROW_NAMES + _NARROWEST_COLUMN * columns}px; }}</style>")
    return st.container(key=key)


def _pick(key: str, on_pick: Callable[[int, int], None]) -> None:
    chosen = st.session_state[key].selection.get(_PICKED) or []
    if chosen:
        on_pick(int(chosen[0]["rijnummer"]), int(chosen[0]["kolomnummer"]))


def show_timeline(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """What returns through the years: for each row its `(date, document)` in order, as dots on a line; and a table."""
    spec = _timeline(tuple((name, tuple(places)) for name, places in rows), _ink())
    _draw(spec, f"Tijdlijn: {title}. De tabel eronder zegt hetzelfde.")
    with st.expander(f"Tabel: {title}"):
        table = [[name, "; ".join(f"{date[:4]}: {document}" for date, document in places)] for name, places in rows]
        st.html(table_html(title, ["Advies", "Waar het staat"], table))


@lru_cache(maxsize=KEPT)
def _timeline(rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], ink: str) -> Spec:
    import altair as alt

    dots = [
        {"advies": name, "datum": date, "document": document, "plaats": place}
        for name, places in rows
        for place, (date, document) in enumerate(places)
    ]
    base = alt.Chart(alt.Data(values=dots)).encode(
        x=alt.X("datum:T", title=None, scale=alt.Scale(nice="year"),
                axis=alt.Axis(format="%Y", tickCount="year", labelColor=ink, orient="top", labelOverlap=True)),
        y=alt.Y("advies:N", title=None, sort=None, axis=alt.Axis(labelLimit=alt.ExprRef(_A_THIRD), labelColor=ink,
                                                                labelOverlap=False, labelFlush=False)),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2).encode(detail="advies:N", order="plaats:Q")
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        tooltip=[alt.Tooltip("document:N", title="Document"), alt.Tooltip("datum:T", title="Datum", format="%Y")]
    )
    return _spec((lines + points).properties(height=_ROW_HEIGHT * len(rows)))
