"""What the whole process shares, and what the address of a page holds.

The library is opened once a process; several visitors use it at the same time. What a visitor chose stands in the
address, so that it can be sent on or kept as a bookmark.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import streamlit as st

from beleidskennis.library import Library
from beleidskennis.settings import Settings, load_settings
from beleidskennis.ui import access
from beleidskennis.ui.serving import BROWSER_COOKIE

if TYPE_CHECKING:
    from beleidskennis.ui.jobs import Jobs

log = logging.getLogger(__name__)


class _Shared:
    """Settings, library and work of this process."""

    settings: Settings | None = None
    library: Library | None = None
    jobs: Jobs | None = None
    settled: tuple[str, ...] = ()
    baskets: ClassVar[OrderedDict[str, list[Any]]] = OrderedDict()
    lock = threading.RLock()


def use_settings(settings: Settings) -> None:
    """Serve what these settings name, in place of what the environment says."""
    _Shared.settings = settings


def use_library(library: Library | None) -> None:
    """Serve an open library (for tests); None opens another when it is asked for."""
    _Shared.library = library
    if library:
        library.who = visitor
    _Shared.settings = library.settings if library else None
    _Shared.jobs = None


def settings() -> Settings:
    """The settings in force."""
    with _Shared.lock:
        if _Shared.settings is None:
            _Shared.settings = load_settings()
        return _Shared.settings


def visitor() -> str:
    """Who makes a change: who signed in, else the name in the settings."""
    return access.name_of(access.user_of_session()) or settings().user


def library() -> Library:
    """The library, opened once a process.

    Raises:
        BeleidskennisError: it cannot be opened; says what to do.
    """
    with _Shared.lock:
        if _Shared.library is None:
            _Shared.library = Library.open(settings())
            _Shared.library.who = visitor
        return _Shared.library


def warm_up() -> None:
    """Load in the background what the first visitor would wait for: the model, the index, what draws charts.

    What cannot be loaded is passed over here: the page that needs it says what to do.
    """

    def load() -> None:
        try:
            import altair as alt

            alt.Chart(alt.Data(values=[])).mark_bar().to_dict()  # the first chart reads the grammar of charts
            opened = library()
            opened.search("beleid", k=1)
            opened.advice_index()
        except Exception as error:  # nobody asked for anything yet
            log.info("Niet vooraf geladen: %s", error)

    threading.Thread(target=load, name="voorladen", daemon=True).start()


def settle_memory() -> None:
    """Leave what is held for long out of garbage collection.

    Streamlit collects all garbage after each run of a page; walking through an index of hundreds of documents took
    0.17 s each time.
    """
    held = _Shared.library.held if _Shared.library else ()
    if held != _Shared.settled:
        _Shared.settled = held
        gc.collect()
        gc.freeze()


def jobs() -> Jobs:
    """The long work that runs in this process."""
    from beleidskennis.ui.jobs import Jobs

    with _Shared.lock:
        if _Shared.jobs is None:
            _Shared.jobs = Jobs()
        return _Shared.jobs


BASKETS = 1000
"""Baskets kept in memory; the one not used for longest goes first."""


def basket() -> list[Any]:
    """What this browser keeps; the same list in all its windows, until the app stops."""
    browser = st.context.cookies.get(BROWSER_COOKIE, "")
    if not browser:
        items: list[Any] = st.session_state.setdefault("basket", [])
        return items
    owner = f"{browser} {visitor()}"
    with _Shared.lock:
        kept = _Shared.baskets.setdefault(owner, [])
        _Shared.baskets.move_to_end(owner)
        while len(_Shared.baskets) > BASKETS:
            _Shared.baskets.popitem(last=False)
        return kept


# The address


def chosen(name: str) -> list[str]:
    """The values of a parameter of the address."""
    return list(st.query_params.get_all(name))


def chosen_one(name: str, default: str = "") -> str:
    """The (last) value of a parameter of the address."""
    return str(st.query_params.get(name, default))


def choose(name: str, values: str | Sequence[str]) -> None:
    """Put a parameter in the address; nothing takes it out."""
    if values:
        st.query_params[name] = values if isinstance(values, str) else list(values)
    elif name in st.query_params:
        del st.query_params[name]


def from_the_start() -> None:
    """Another question or filter: back to the first hits."""
    for name in ("aantal", "vanaf", "lijkt"):
        choose(name, "")


def view(name: str, label: str, options: dict[str, str]) -> str:
    """A choice between ways to look at a page, kept in the address under `name`; the first is the default.

    `options` maps values to names.
    """
    first = next(iter(options))
    key = f"view-{name}"
    st.session_state[key] = chosen_one(name) if chosen_one(name) in options else first

    def on_change() -> None:
        value = st.session_state[key] or first
        choose(name, "" if value == first else value)

    st.segmented_control(label, list(options), format_func=options.__getitem__, key=key, on_change=on_change,
                         label_visibility="collapsed", required=True)  # fmt: skip
    return str(st.session_state[key] or first)


def link_to(page: str, label: str, icon: str) -> None:
    """A link to another page of the app; nothing where a page is drawn without the others (in tests)."""
    pages = st.session_state.get("_pages", {})
    if page in pages:
        st.page_link(pages[page], label=label, icon=f":material/{icon}:", width="content")


def come_back(page: str, names: Iterable[str]) -> None:
    """Give a page back the address it had when it was left; to be called first thing on each run of a page."""
    kept: dict[str, dict[str, list[str]]] = st.session_state.setdefault("_addresses", {})
    if st.session_state.get("_page") != page:
        st.session_state["_page"] = page
        if not any(name in st.query_params for name in names):
            for name, values in kept.get(page, {}).items():
                choose(name, values)
    kept[page] = {name: chosen(name) for name in names}


def follow_address(name: str, key: str) -> None:
    """Let the widget with `key` show what the address says, when that changed in another way than by the widget."""
    in_address = chosen_one(name)
    seen = f"_seen_{key}"
    if key not in st.session_state or st.session_state.get(seen) != in_address:
        st.session_state[key] = in_address
    st.session_state[seen] = in_address


def into_address(name: str, key: str) -> Callable[[], None]:
    """What a text widget does when it changes: put its value in the address, and go back to the first hits."""

    def on_change() -> None:
        choose(name, str(st.session_state[key]).strip())
        from_the_start()
        st.session_state[f"_seen_{key}"] = chosen_one(name)

    return on_change
