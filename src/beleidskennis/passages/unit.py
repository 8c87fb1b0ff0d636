"""A unit: the least that a passage can hold."""

from __future__ import annotations

from dataclasses import dataclass

from beleidskennis.model import Span

PLAIN = ("paragraph", "list-item", "caption", "heading")
"""Kinds of blocks whose sentences can share a passage."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item: the least that a passage can hold.

    `spans` are its places (two if it runs on to the next page), `lead` the characters before its text (the mark of a
    list item), `block` counts the blocks of the document, `opens` tells whether it can introduce a list.
    """

    spans: tuple[Span, ...]
    words: int
    block: int
    kind: str
    lead: int
    opens: bool
    headings: tuple[str, ...]
    heading_spans: tuple[tuple[Span, ...], ...] = ()
    intro: tuple[Span, ...] = ()

    @property
    def section(self) -> tuple[object, ...]:
        """Units of one section can share a passage: same page, same headings, same sort of text."""
        return self.spans[0].page_number, self.headings, "text" if self.kind in PLAIN else self.kind
