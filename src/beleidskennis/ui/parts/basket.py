"""The basket (verzamelmap): passages, recommendations and quotes that a visitor keeps while working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from beleidskennis.model import Document, Span
from beleidskennis.ui import session
from beleidskennis.ui.parts.viewer import token_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A quote that was kept: what it is, its verbatim text, its place, and the visitor's note."""

    kind: str
    """passage, aanbeveling or citaat."""
    document: Document
    spans: tuple[Span, ...]
    text: str
    page_number: int
    page_label: str
    intro: str = ""
    note: str = ""

    @property
    def token(self) -> str:
        """Its place, as the address of the page window; also what tells one from another."""
        return token_of(self.spans)


def kept() -> list[Kept]:
    """What is in the basket, in the visitor's order."""
    items: list[Kept] = session.basket()
    return list(items)


def keep_button(item: Kept, key: str) -> None:
    """A button that puts `item` in the basket, or takes it out again."""
    inside = any(one.token == item.token for one in kept())
    st.button(
        "Bewaard" if inside else "Bewaar",
        key=key,
        icon=":material/bookmark_added:" if inside else ":material/bookmark_add:",
        type="tertiary",
        help="Haal uit de verzamelmap" if inside else "Zet in de verzamelmap",
        on_click=drop if inside else keep,
        args=(item.token,) if inside else (item,),
    )


def keep_all_button(items: Sequence[Kept], key: str) -> None:
    """A button that puts all of `items` in the basket, or takes them out again when they are all in it."""
    if len(items) == 1:
        keep_button(items[0], key)
        return
    inside = {one.token for one in kept()} >= {one.token for one in items}
    st.button(
        "Bewaard" if inside else f"Bewaar alle {len(items)}",
        key=key,
        icon=":material/bookmark_added:" if inside else ":material/bookmark_add:",
        type="tertiary",
        help="Haal uit de verzamelmap" if inside else "Zet in de verzamelmap, elk apart",
        on_click=_drop_all if inside else _keep_all,
        args=(items,),
    )


def _keep_all(items: Sequence[Kept]) -> None:
    there = {one.token for one in kept()}
    put([*kept(), *(item for item in items if item.token not in there)])


def _drop_all(items: Sequence[Kept]) -> None:
    for item in items:
        drop(item.token)


def keep(item: Kept) -> None:
    """Put an item at the end of the basket."""
    put([*kept(), item])


def drop(token: str) -> None:
    """Take an item out of the basket."""
    put([one for one in kept() if one.token != token])


def move(token: str, step: int) -> None:
    """Move an item `step` places down (or up, when negative)."""
    items = kept()
    place = next(place for place, one in enumerate(items) if one.token == token)
    other = place + step
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        put(items)


def note(token: str, text: str) -> None:
    """Put a note with an item."""
    put([replace(one, note=text) if one.token == token else one for one in kept()])


def put(items: Sequence[Kept]) -> None:
    """Replace what is in the basket."""
    session.basket()[:] = list(items)
