"""Errors as a user sees them: what failed and what to do, in Dutch, never a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from beleidskennis.errors import (
    BeleidskennisError,
    CatalogueError,
    EmptyIndexError,
    IndexLockedError,
    IndexUnusableError,
    IndexVersionError,
)
from beleidskennis.ui import session

UNEXPECTED = "Er is iets misgegaan."
UNEXPECTED_HINT = (
    "Probeer het opnieuw. Gaat het weer mis, meld het dan aan de beheerder; de bijzonderheden staan in het logboek."
)
MAKE_ANEW = "Kies de knop hieronder. De documenten zelf blijven bewaard; het kan een paar minuten duren."
AT_WORK = "Er wordt al aan gewerkt. Wacht tot het klaar is."
HINTS: dict[type[Exception], str] = {
    EmptyIndexError: "Voeg documenten met tekst toe op de bladzijde Documenten.",
}
"""Ways out that differ from those on the command line."""
BEYOND_MENDING = (CatalogueError, IndexVersionError, EmptyIndexError, IndexLockedError)
"""What making the index anew does not help against."""
log = logging.getLogger(__name__)


def show_error(error: Exception) -> None:
    """A message with the way out; an index that cannot be used comes with a button that makes it anew."""
    if isinstance(error, BeleidskennisError):
        message, hint = error.message, HINTS.get(type(error), without_command(error.hint))
    else:
        message, hint = UNEXPECTED, UNEXPECTED_HINT
    can_be_mended = _can_be_made_anew(error)
    working = can_be_mended and bool(session.jobs().running())
    if can_be_mended:
        hint = AT_WORK if working else MAKE_ANEW
    with st.container(border=True, key=f"card-error-{abs(hash(message))}"):
        st.html(f"<div role='alert'><p><strong>{escape(message)}</strong></p><p>{escape(hint)}</p></div>")
        if can_be_mended and not working:
            st.button("Maak de index opnieuw", key="derive", type="primary", on_click=_make_anew)


def without_command(hint: str) -> str:
    """A way out without the part that is only for the command line."""
    kept, _, last = hint.rpartition(", of ")
    if ": beleidskennis " not in hint:
        return hint
    return f"{kept}." if kept and ": beleidskennis " in last else ""


def _can_be_made_anew(error: Exception) -> bool:
    return isinstance(error, IndexUnusableError) and not isinstance(error, BEYOND_MENDING)


def _make_anew() -> None:
    """Work the index out again from the catalogue; no file is read twice."""
    library = session.library()
    session.jobs().ingest(library, [library.settings.corpus], "Index opnieuw maken")


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show what goes wrong inside, and go on after it."""
    try:
        yield
    except BeleidskennisError as error:
        show_error(error)
    except Exception as error:  # the user never sees a stack trace; stopping and rerunning are no Exception
        log.exception("Onverwachte fout in de app")
        show_error(error)
