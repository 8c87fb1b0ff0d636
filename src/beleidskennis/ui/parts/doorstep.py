"""What a visitor sees who is not in yet: a way to sign in, or why the door stays shut."""

from __future__ import annotations

import logging
from html import escape

import streamlit as st

from beleidskennis.ui import access
from beleidskennis.ui.access import Door

log = logging.getLogger(__name__)


def show(found: Door) -> None:
    """Draw the page; nothing of any document is on it."""
    st.title("Beleidskennis", anchor=False)
    if found is Door.NOT_SET_UP:
        log.error(access.NOT_SET_UP)
        st.html(f"<p role='alert'>{escape(access.NOT_SET_UP)}</p>")
    elif found is Door.SIGN_IN:
        st.html("<p>Log in met uw account van het werk om de documenten te doorzoeken.</p>")
        st.button("Inloggen", type="primary", icon=":material/login:", on_click=st.login)
    else:
        name = access.name_of(access.user_of_session()) or "dit account"
        st.html(
            f"<p role='alert'>U bent ingelogd als {escape(name)}. Dit account heeft geen toegang tot deze app.</p>"
            "<p>Vraag de beheerder om u op de lijst te zetten, of log in met een ander account.</p>"
        )
        sign_out_button()


def show_signed_in() -> None:
    """Who is signed in, with a way out; nothing where nobody signs in."""
    user = access.user_of_session()
    if user:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f"<p class='bk-note'>Ingelogd als {escape(access.name_of(user))}</p>", width="content")
            sign_out_button()


def sign_out_button() -> None:
    """A button that signs out."""
    st.button("Uitloggen", key="sign-out", icon=":material/logout:", on_click=st.logout)
