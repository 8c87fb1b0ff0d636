"""Optional sign-in by OpenID Connect, with a list of who may come in.

Off by default: the app listens on this computer only. It is on as soon as the setting `allowed_users` holds somebody
or Streamlit's secrets have an `[auth]` section; then nothing of a document is given to anybody who is not signed in
and on the list, neither by a page of the app nor by an address of a file. When in doubt, the door stays shut.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.requests import Request

    from beleidskennis.settings import Settings

EVERYBODY = "*"
"""On the list: whoever the sign-in service lets through."""
NOT_SET_UP = (
    "Inloggen is niet goed ingesteld, daarom is de app dicht. Nodig zijn: de instelling allowed_users, het deel [auth] "
    "in .streamlit/secrets.toml, en het pakket Authlib (pip install 'beleidskennis[login]')."
)
log = logging.getLogger(__name__)


class Door(StrEnum):
    """What a visitor finds."""

    OPEN = "open"
    SIGN_IN = "sign in"
    NOT_ON_LIST = "not on the list"
    NOT_SET_UP = "not set up"


def needed(settings: Settings) -> bool:
    """Whether visitors have to sign in."""
    return bool(settings.allowed_users) or _has_provider()


def door(settings: Settings, user: Mapping[str, Any]) -> Door:
    """What `user` (the claims that the sign-in service gave; empty when nobody signed in) finds."""
    if not needed(settings):
        return Door.OPEN
    if not settings.allowed_users or not _has_provider() or not _has_authlib():
        return Door.NOT_SET_UP
    if not user:
        return Door.SIGN_IN
    return Door.OPEN if allowed(user, settings.allowed_users) else Door.NOT_ON_LIST


def allowed(user: Mapping[str, Any], listed: Iterable[str]) -> bool:
    """Whether the claims of a user are on the list: a whole address, a domain ("@gemeente.nl") or "*".

    An address that the sign-in service calls unverified is no address. Case does not count.
    """
    entries = {entry.strip().casefold() for entry in listed}
    if EVERYBODY in entries:
        return bool(user)
    address = address_of(user).casefold()
    name, at, domain = address.rpartition("@")
    return bool(name and at and domain) and (address in entries or f"@{domain}" in entries)


def address_of(user: Mapping[str, Any]) -> str:
    """The e-mail address among the claims; "" if there is none that holds.

    Microsoft Entra gives `preferred_username` where the account has no mailbox; it is used only without `email`.
    """
    if str(user.get("email_verified", True)).strip().casefold() not in ("true", "1"):
        return ""  # some services give the word for it ("false"), or null
    return str(user.get("email") or user.get("preferred_username") or "").strip()


def name_of(user: Mapping[str, Any]) -> str:
    """What stands in the audit trail for a user: the address, else the subject that the service gave."""
    return address_of(user) or str(user.get("sub") or "")


def user_of_session() -> dict[str, Any]:
    """The claims of who is signed in here, in a run of the app; empty when nobody is."""
    import streamlit as st

    claims: dict[str, Any] = dict(st.user.to_dict())
    return claims if claims.pop("is_logged_in", False) else {}


def user_of_request(request: Request) -> dict[str, Any]:
    """The claims of who is signed in, by the signed cookie that Streamlit set; empty when nobody is."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    def one_cookie(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    try:
        claims = json.loads(get_cookie_with_chunks(one_cookie, USER_COOKIE_NAME) or b"{}")
    except (ValueError, UnicodeError):
        log.warning("Het inlogkoekje kon niet worden gelezen")
        return {}
    return claims if isinstance(claims, dict) and claims.pop("is_logged_in", False) else {}


def _has_provider() -> bool:
    from streamlit.auth_util import get_secrets_auth_section

    return bool(get_secrets_auth_section())


def _has_authlib() -> bool:
    from streamlit.auth_util import is_authlib_installed

    return is_authlib_installed()
