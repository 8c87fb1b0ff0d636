"""A hit with what can be done with it."""

from __future__ import annotations

import streamlit as st

from beleidskennis.model import Hit
from beleidskennis.ui import session
from beleidskennis.ui.markup import hit_card, plain
from beleidskennis.ui.parts import basket, viewer


def show_hit(hit: Hit, key: str, *, similar: bool = False) -> None:
    """A card with its buttons; `key` tells it from the others; `similar` offers to look for passages like it."""
    passage = hit.passage
    with st.container(border=True, key=f"card-{key}"):
        st.html(hit_card(hit))
        with st.container(horizontal=True):
            viewer.open_button(
                f"Toon bladzijde {plain(passage.page_label)}", viewer.token_of(passage.spans), f"open-{key}"
            )
            basket.keep_button(kept_hit(hit), f"keep-{key}")
            if similar:
                st.button("Soortgelijke passages", key=f"similar-{key}", icon=":material/join:",
                          on_click=session.choose, args=("lijkt", str(passage.passage_id)))  # fmt: skip


def kept_hit(hit: Hit) -> basket.Kept:
    """A hit as an item of the basket."""
    passage = hit.passage
    return basket.Kept(
        "passage", hit.document, passage.spans, passage.text, passage.page_number, passage.page_label, passage.intro
    )
