"""Start the app: Streamlit on localhost, without a file of the project at hand but the installed package."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beleidskennis.settings import Settings

OPEN_TO_ALL = (
    "Let op: iedereen op dit netwerk kan nu bij de app en de documenten. Stel inloggen in met 'allowed_users' (zie "
    "docs/inloggen.md), of start zonder --address."
)
LOCAL = ("localhost", "127.0.0.1", "::1")
log = logging.getLogger(__name__)
HERE = Path(__file__).parent
SCRIPT = HERE / "main.py"
CONFIG = HERE / "config.toml"


def launch(settings: Settings, *, port: int = 8501, address: str = "localhost", browser: bool = True) -> None:
    """Serve the app until it is stopped (Ctrl+C).

    Args:
        settings: what the app opens.
        port: TCP port; when it is taken, Streamlit takes the next free one and says so.
        address: listens on this address only; "0.0.0.0" opens the app to the network.
        browser: open the app in the browser at once.

    """
    import streamlit as st

    from beleidskennis.ui import access, serving, session

    session.use_settings(settings)
    if not access.needed(settings) and address not in LOCAL:
        log.warning(OPEN_TO_ALL)
    session.warm_up()
    app = st.App(SCRIPT, **serving.app_parts())
    given = {
        "server.port": port,
        "server.address": address,
        "server.headless": not browser,
        "server.maxUploadSize": settings.upload_mb,
        "browser.serverAddress": address if address not in ("", "0.0.0.0", "::") else "localhost",
        "browser.serverPort": port,
    }
    app.run(config=dict(read_config()) | given)


def read_config() -> Iterator[tuple[str, Any]]:
    """The options of `config.toml` as `("theme.light.primaryColor", value)` pairs."""

    def walk(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in table.items():
            if isinstance(value, dict):
                yield from walk(f"{prefix}{name}.", value)
            else:
                yield f"{prefix}{name}", value

    yield from walk("", tomllib.loads(CONFIG.read_text(encoding="utf-8")))
