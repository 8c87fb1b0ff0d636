"""What an empty index shows: what to do, and the sample corpus with one click."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from beleidskennis.library import Library
from beleidskennis.sources import find_sources
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain

SAMPLE_MARK = "vlietmonde"
"""The sample corpus is about this municipality, which does not exist."""


def show_first_run(library: Library, *, can_add: bool = False) -> None:
    """The way from nothing to a first search; `can_add`: what adds files of one's own stands on this page."""
    folder = library.settings.corpus
    files = find_sources([folder]) if folder.is_dir() else ()
    st.html(
        "<h2 class='bk-h3'>Er zijn nog geen documenten</h2>"
        "<p>Lees eerst documenten in. Daarna kunt u erin zoeken, aanbevelingen vergelijken en vragen stellen.</p>"
    )
    if session.jobs().running():
        return
    if files:
        st.button(
            _sample_label(files, folder),
            type="primary",
            icon=":material/library_add:",
            on_click=_take_in,
            args=(library, folder),
        )
        if _is_sample(files):
            st.caption("De voorbeeldstukken gaan over een gemeente die niet bestaat. Ze laten zien wat de app kan.")
    if not can_add:
        session.link_to("documenten", "Voeg eigen documenten toe", "upload_file")


def _take_in(library: Library, folder: Path) -> None:
    session.jobs().ingest(library, [folder], f"Map {folder.name} inlezen")


def _is_sample(files: tuple[Path, ...]) -> bool:
    return any(SAMPLE_MARK in path.name for path in files)


def _sample_label(files: tuple[Path, ...], folder: Path) -> str:
    what = "voorbeelddocumenten" if _is_sample(files) else "documenten"
    return f"Lees de {len(files)} {what} uit de map {plain(folder.name)} in"
