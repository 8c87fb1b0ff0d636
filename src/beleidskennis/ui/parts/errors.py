"""Errors as a user sees them: what failed and what to do, in Dutch, never a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from beleidskennis.errors import BeleidskennisError, EmptyIndexError, IndexUnusableError, IndexVersionError
from beleidskennis.ui import session

UNEXPECTED = "Er ging iets mis dat niet was voorzien."
UNEXPECTED_HINT = "Probeer het opnieuw. Blijft het misgaan, meld het dan; de bijzonderheden staan in het logboek."
log = logging.getLogger(__name__)


def show_error(error: Exception) -> None:
    """A message with the way out; an index that cannot be used comes with a button that makes it anew."""
    if isinstance(error, BeleidskennisError):
        message, hint = error.message, error.hint
    else:
        message, hint = UNEXPECTED, UNEXPECTED_HINT
    with st.container(border=True, key=f"card-error-{abs(hash(message))}"):
        st.html(f"<div role='alert'><p><strong>{escape(message)}</strong></p><p>{escape(hint)}</p></div>")
        if (
            isinstance(error, IndexUnusableError)
            and not isinstance(error, IndexVersionError | EmptyIndexError)
            and not session.jobs().running()
        ):
            st.button("Maak de index opnieuw", key="derive", type="primary", on_click=_make_anew)


def _can_be_made_anew(error: Exception) -> bool:
    return isinstance(error, IndexUnusableError) and not isinstance(error, IndexVersionError | EmptyIndexError)


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
