"""A long list in screens; which one stands in the address."""

from __future__ import annotations

import streamlit as st

from beleidskennis.ui import session

PARAMETER = "vanaf"


def shown_rows(total: int, at_once: int) -> tuple[int, str]:
    """The first row to show (from 0), and in words which rows these are when there are more."""
    given = session.chosen_one(PARAMETER)
    start = min(int(given), max(total - 1, 0)) if given.isdigit() else 0
    if total <= at_once:
        return 0, ""
    return start, f", {start + 1} tot en met {min(start + at_once, total)} getoond"


def show_paging(total: int, at_once: int) -> None:
    """Buttons to the screen before and after."""
    start, _ = shown_rows(total, at_once)
    with st.container(horizontal=True):
        if start > 0:
            st.button(f"Vorige {at_once}", icon=":material/chevron_left:", key="page-back", on_click=session.choose,
                      args=(PARAMETER, str(max(start - at_once, 0)) if start > at_once else ""))  # fmt: skip
        if start + at_once < total:
            st.button(f"Volgende {min(at_once, total - start - at_once)}", icon=":material/chevron_right:",
                      icon_position="right", key="page-on", on_click=session.choose,
                      args=(PARAMETER, str(start + at_once)))  # fmt: skip
