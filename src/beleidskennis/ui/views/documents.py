"""Documenten: what is in the index, adding to it, and one document with what is known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from beleidskennis.errors import BeleidskennisError, QueryError
from beleidskennis.library import Library
from beleidskennis.model import Document, DocumentId
from beleidskennis.ui import session
from beleidskennis.ui.markup import plain, source_line, status
from beleidskennis.ui.parts.errors import errors_shown, show_error
from beleidskennis.ui.parts.first_run import show_first_run
from beleidskennis.ui.parts.paging import show_paging, shown_rows
from beleidskennis.ui.uploads import FOLDER, KINDS, is_other, save_upload
from beleidskennis.ui.views.document import show_document

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TITLE = "Documenten"
AT_ONCE = 20
"""Documents on one screen of the list."""


def show() -> None:
    """Draw the page."""
    session.come_back("documenten", ["document", "zoek", "vanaf"])
    with errors_shown():
        library = session.library()
        name = session.chosen_one("document")
        if name:
            try:
                library.document(name)
            except QueryError as error:  # an old address, or somebody took it out
                st.title("Documenten", anchor=False)
                show_error(error)
                st.button("Alle documenten", key="all", on_click=session.choose, args=("document", ""))
                return
            show_document(library, name)
            return
        st.title("Documenten", anchor=False)
        documents = library.documents()
        if documents:
            _show_list(library, documents)
        else:
            show_first_run(library, can_add=True)
        _show_upload(library)
        _show_problems(library)


def _show_list(library: Library, documents: list[Document]) -> None:
    newest = library.newest()
    session.follow_address("zoek", "document-search")
    if len(documents) > AT_ONCE:
        st.text_input("Zoek een document op titel, uitgever of bestandsnaam", key="document-search", type="search",
                      placeholder="", on_change=session.into_address("zoek", "document-search"))  # fmt: skip
    wanted = session.chosen_one("zoek").lower().split()
    found = [one for one in documents if all(word in _words(one) for word in wanted)]
    start, rest = shown_rows(len(found), AT_ONCE)
    count = f"{len(found)} {'document' if len(found) == 1 else 'documenten'}{rest}"
    st.html(status(count))
    for document in found[start : start + AT_ONCE]:
        _show_row(document, older=document.document_id in newest)
    show_paging(len(found), AT_ONCE)


def _words(document: Document) -> str:
    return " ".join([document.title, document.publisher, document.file_name, document.kind, document.date]).lower()


def _show_row(document: Document, *, older: bool) -> None:
    guessed = " <span class='bk-guess'>deels geraden</span>" if document.guessed else ""
    remarks = "".join(f"<p class='bk-note'>Let op: {escape(problem)}</p>" for problem in document.problems)
    remarks += "<p class='bk-note'>Er is een nieuwere versie van dit document.</p>" if older else ""
    source = source_line(document)
    with st.container(border=True, key=f"card-{document.document_id[:12]}", gap="xxsmall"):
        st.button(
            f"**{plain(document.title, 200)}**",
            key=f"document-{document.document_id}",
            type="tertiary",
            on_click=session.choose,
            args=("document", document.document_id[:12]),
        )
        pages = f"{document.page_count} {'bladzijde' if document.page_count == 1 else 'bladzijden'}"
        st.html(f"<p class='bk-source'>{source}{' · ' if source else ''}{pages}{guessed}</p>{remarks}")


def _show_upload(library: Library) -> None:
    limit = library.settings.upload_mb
    st.html("<h2 class='bk-h3'>Documenten toevoegen</h2>")
    round_ = st.session_state.setdefault("upload-round", 0)
    files = st.file_uploader(
        f"Kies bestanden ({', '.join(KINDS)}; hoogstens {limit} MB per bestand)",
        type=list(KINDS),
        accept_multiple_files=True,
        key=f"upload-{round_}",
        max_upload_size=limit,
    )
    st.caption(f"De bestanden komen in de map {plain(str(library.settings.corpus / FOLDER))}.")
    other = [file.name for file in files if _is_other(library, file)]
    replace = False
    if other:
        names = plain(", ".join(other))
        replace = st.checkbox(f"Vervang wat er al staat onder dezelfde naam ({names})", key=f"replace-{round_}")
        st.caption("Zonder dit vinkje blijft dat staan, en krijgt uw bestand een nummer achter de naam.")
    if files and st.button(f"Lees {len(files)} {'bestand' if len(files) == 1 else 'bestanden'} in", type="primary"):
        paths, refused = list[Path](), list[BeleidskennisError]()
        for file in files:
            try:
                paths.append(_saved(library, file, replace=replace, kept=paths))
            except BeleidskennisError as error:
                refused.append(error)
        if paths:  # what was refused is told with what was taken in: the page is drawn anew at once
            session.jobs().ingest(library, paths, "Inlezen", refused=[str(one) for one in refused])
            st.session_state["upload-round"] = round_ + 1
            st.rerun()
        for one in refused:
            show_error(one)


def _is_other(library: Library, file: UploadedFile) -> bool:
    try:
        return is_other(library.settings.corpus, file.name, file.getvalue())
    except BeleidskennisError:
        return False  # told when it is taken in


def _saved(library: Library, file: UploadedFile, *, replace: bool, kept: Sequence[Path]) -> Path:
    data = file.getvalue()
    same = {one.document_id: one for one in library.documents()}.get(DocumentId(hashlib.sha256(data).hexdigest()))
    if same is not None:
        message = f"'{file.name}' staat al in de collectie, met dezelfde inhoud: {same.title} ({same.file_name})."
        raise QueryError(message)
    settings = library.settings
    return save_upload(
        settings.corpus, file.name, data, limit_mb=settings.upload_mb, replace=replace, kept=frozenset(kept)
    )


def _show_problems(library: Library) -> None:
    problems = library.status().problems
    if problems:
        items = "".join(f"<li>{escape(message)}</li>" for _path, message, _kind in problems)
        st.html(f"<h2 class='bk-h3'>Niet ingelezen</h2><ul>{items}</ul>")
