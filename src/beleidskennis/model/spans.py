"""Places in documents: what everything that is quoted is a slice of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NewType

DocumentId = NewType("DocumentId", str)
"""Lower-case hexadecimal SHA-256 of the bytes of the file."""
PassageId = NewType("PassageId", str)
"""16 characters, derived from the document's id, the passage's spans and its text; the same again after a re-ingest."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one page's clean text.

    `document_id` and `page_number` (physical, from 1) name the page; `start` and `end` are character offsets into
    `Page.text`, half open, `0 <= start < end`.
    """

    document_id: DocumentId
    page_number: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.page_number < 1 or not 0 <= self.start < self.end:
            message = f"invalid span: page {self.page_number}, {self.start}..{self.end}"
            raise ValueError(message)


def slice_spans(spans: Sequence[Span], page_texts: Mapping[int, str]) -> str:
    """The text of `spans`: the slices of the pages' clean texts (by physical page number), joined by one space."""
    return " ".join(page_texts[span.page_number][span.start : span.end] for span in spans)


def cut_spans(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans of the characters `start..end` of the text that `spans` make together (see `slice_spans`)."""
    cut: list[Span] = []
    offset = 0
    for span in spans:
        length = span.end - span.start
        low, high = max(start - offset, 0), min(end - offset, length)
        if low < high:
            cut.append(Span(span.document_id, span.page_number, span.start + low, span.start + high))
        offset += length + 1
    return tuple(cut)
