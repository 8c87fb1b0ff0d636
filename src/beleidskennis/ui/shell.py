"""The frame around every page: look, navigation, the work that runs, and the page window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import streamlit as st

from beleidskennis.ui import access, session
from beleidskennis.ui.parts import basket, doorstep, judging, viewer
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.progress import show_jobs
from beleidskennis.ui.views import about, advice, asking, citing, collection, comparing, documents, quality, searching

STYLE = Path(__file__).parent / "style.css"
ICON = (Path(__file__).parent / "icon.svg").read_text(encoding="utf-8")
"""Own picture: Streamlit fetches its named icons for this place from another machine."""
PAGES: tuple[tuple[ModuleType, str, str], ...] = (
    (searching, "zoeken", "search"),
    (advice, "aanbevelingen", "recommend"),
    (comparing, "vergelijken", "compare_arrows"),
    (asking, "vragen", "question_answer"),
    (citing, "citeren", "format_quote"),
    (documents, "documenten", "description"),
    (collection, "verzamelmap", "bookmarks"),
    (quality, "kwaliteit", "monitoring"),
    (about, "over", "info"),
)
"""Module, address and icon of each page, in the order of the menu."""


def run() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Beleidskennis", page_icon=ICON, layout="wide")
    st.html(STYLE)
    with errors_shown():
        if _may_come_in():
            _show_pages()


def _may_come_in() -> bool:
    found = access.door(session.settings(), access.user_of_session())
    if found is not access.Door.OPEN:
        doorstep.show(found)
    return found is access.Door.OPEN


def _show_pages() -> None:
    pages = [
        st.Page(_framed(module), title=_title(module), url_path=path, icon=f":material/{icon}:", default=place == 0)
        for place, (module, path, icon) in enumerate(PAGES)
    ]
    st.session_state["_pages"] = {path: page for (_module, path, _icon), page in zip(PAGES, pages, strict=True)}
    st.navigation(pages, position="top").run()


def _title(module: ModuleType) -> str:
    kept = len(basket.kept())
    return f"{module.TITLE} ({kept})" if module is collection and kept else str(module.TITLE)


def _framed(module: ModuleType) -> Callable[[], None]:
    def draw() -> None:
        st.set_page_config(page_title=f"{module.TITLE} - Beleidskennis")
        with errors_shown():
            show_jobs()
        with errors_shown():
            module.show()
        with errors_shown():
            if session.chosen_one(viewer.PARAMETER):
                viewer.show_if_open()  # one window at a time
            else:
                judging.show_if_open()
        session.settle_memory()

    return draw
