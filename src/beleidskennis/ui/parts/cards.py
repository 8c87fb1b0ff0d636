"""A hit with what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from beleidskennis.model import Hit
from beleidskennis.ui import session
from beleidskennis.ui.markup import hit_card, to_page
from beleidskennis.ui.parts import basket, viewer

THUMBS = {True: ":material/thumb_up: Nuttig", False: ":material/thumb_down: Niet nuttig"}


@dataclass(frozen=True, slots=True)
class Judged:
    """The question that the hits were found for, and what people said of them (passage -> of use)."""

    question: str
    marks: Mapping[str, bool]


def show_hit(hit: Hit, key: str, *, similar: bool = False, judged: Judged | None = None) -> None:
    """A card with its buttons; `key` tells it from the others; `similar` offers to look for passages like it.

    With `judged` the visitor can say whether it is of use for the question.
    """
    passage = hit.passage
    with st.container(border=True, key=f"card-{key}"):
        st.html(hit_card(hit))
        with st.container(horizontal=True):
            viewer.open_button(to_page(passage.page_label), viewer.token_of(passage.spans), f"open-{key}")
            basket.keep_button(kept_hit(hit), f"keep-{key}")
            if similar:
                st.button("Soortgelijke passages", key=f"similar-{key}", icon=":material/join:", type="tertiary",
                          on_click=session.choose, args=("lijkt", str(passage.passage_id)))  # fmt: skip
            if judged:
                _show_thumbs(judged, str(passage.passage_id), f"thumb-{key}")


def _show_thumbs(judged: Judged, passage_id: str, key: str) -> None:
    """Two thumbs; the one that is on stays on until it is pressed again."""
    st.session_state[key] = judged.marks.get(passage_id)

    def on_change() -> None:
        session.library().mark(judged.question, passage_id, useful=st.session_state[key])

    st.segmented_control("Is deze passage nuttig voor uw vraag?", list(THUMBS), format_func=THUMBS.__getitem__,
                         key=key, on_change=on_change, label_visibility="collapsed")  # fmt: skip


def kept_hit(hit: Hit) -> basket.Kept:
    """A hit as an item of the basket."""
    passage = hit.passage
    return basket.Kept(
        "passage", hit.document, passage.spans, passage.text, passage.page_number, passage.page_label, passage.intro
    )
