"""Documents, their pages and passages, and which documents share their text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from beleidskennis.model.spans import DocumentId, PassageId, Span, cut_spans


class PageKind(StrEnum):
    """What a page mostly is. Only `TEXT` pages are quoted in answers."""

    TEXT = "text"
    CONTENTS = "contents"
    REFERENCES = "references"
    COLOPHON = "colophon"
    EMPTY = "empty"


class PassageKind(StrEnum):
    """What a passage is: the kinds after `TABLE` rank behind running text and are never quoted as an answer."""

    BODY = "body"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    CONTENTS = "contents"
    REFERENCES = "references"
    COLOPHON = "colophon"

    @property
    def is_running_text(self) -> bool:
        """Whether a passage of this kind may be quoted as an answer or hold a recommendation."""
        return self in (PassageKind.BODY, PassageKind.LIST, PassageKind.TABLE)


@dataclass(frozen=True, slots=True)
class Document:
    """One source file and what is known of it. `guessed` names the fields that were guessed, not given."""

    document_id: DocumentId
    file_name: str
    path: str
    title: str
    publisher: str = ""
    date: str = ""
    """ISO 8601, as precise as known: "2015-08-28", "2025-10" or "2019"; empty if not known."""
    kind: str = ""
    """advies, onderzoeksrapport, actieagenda, artikel, ... (lower case, Dutch)."""
    language: str = "nl"
    """ISO 639-1."""
    url: str = ""
    licence: str = ""
    page_count: int = 0
    guessed: frozenset[str] = frozenset()
    identifiers: tuple[str, ...] = ()
    """RIS, Kamerstuk and advice numbers found in it, normalised: "RIS300623", "Kamerstukken 34442, nr. 3"."""
    authors: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """What went wrong while reading it, in Dutch, for the user."""
    journal: str = ""
    """The journal or magazine that an article stands in, with its `volume`, `issue` and `article_pages` ("44-61")."""
    volume: str = ""
    issue: str = ""
    article_pages: str = ""

    @property
    def year(self) -> int | None:
        """The year of `date`, if known."""
        return int(self.date[:4]) if self.date[:4].isdigit() else None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its printed number and its text, taken out of the running text of its page."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `text` is the clean text that all spans refer to; `raw_text` is what the PDF library gave.

    `offsets` maps clean to raw: rows `(clean_start, raw_start, length)` in ascending order; a clean character outside
    every row (an inserted space) has no raw place.
    """

    document_id: DocumentId
    page_number: int
    page_label: str
    text: str
    raw_text: str = ""
    offsets: tuple[tuple[int, int, int], ...] = ()
    kind: PageKind = PageKind.TEXT
    notes: tuple[Note, ...] = ()
    quality: float = 1.0
    """Share (0 to 1) of the words that are known Dutch or English words; low means a garbage text layer."""
    ocr_confidence: float | None = None
    """Mean word confidence (0 to 1) where the text was read by OCR; None for a real text layer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences, short enough to read at a glance (at most about 130 words, hard limit 200).

    A passage begins and ends on one page, but for a last sentence that runs on to the next. `text` is quotable and
    equals `slice_spans(spans, ...)`; `embed_text` (headings and intro before the text) is what is indexed.
    """

    passage_id: PassageId
    document_id: DocumentId
    position: int
    """Reading order in the document, from 0."""
    text: str
    spans: tuple[Span, ...]
    page_number: int
    page_label: str
    headings: tuple[str, ...] = ()
    """Heading path, outermost first."""
    heading_spans: tuple[tuple[Span, ...], ...] = ()
    """The places of `headings`, one by one; `()` for one that was put in as the parent of "2.1" where it stands apart.
    Empty for passages that were stored before places were kept."""
    intro: str = ""
    """For a list: the sentence that introduces it, where it is not in `text` itself."""
    intro_spans: tuple[Span, ...] = ()
    kind: PassageKind = PassageKind.BODY
    language: str = "nl"
    sentences: tuple[tuple[int, int], ...] = ()
    """Offsets `(start, end)` into `text` of its sentences and list items, in order, not overlapping."""

    @property
    def embed_text(self) -> str:
        """The text with its headings and intro: what the two search legs index, never what is quoted."""
        parts = [" > ".join(self.headings), self.intro, self.text]
        return "\n".join(part for part in parts if part)

    def sentence_spans(self, index: int) -> tuple[Span, ...]:
        """The spans of sentence `index` (from 0)."""
        return cut_spans(self.spans, *self.sentences[index])


class Kinship(StrEnum):
    """How two documents that share much of their text are related."""

    SAME = "zelfde tekst"
    VERSION = "andere versie"
    PART = "deel"
    """The shorter one is a summary or a chapter of the other."""


@dataclass(frozen=True, slots=True)
class Related:
    """Two documents that share `share` (0 to 1) of the shorter one's text.

    Of versions `one` is the newer; where `other` is a part of the other, `one` is the whole.
    """

    one: Document
    other: Document
    share: float
    kinship: Kinship

    def beside(self, document_id: str) -> Document:
        """The one of the two that is not this document."""
        return self.other if self.one.document_id == document_id else self.one


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """Where another version of a document holds the text of a passage or a quote.

    `passage_id` is "" where only the page is known.
    """

    document: Document
    passage_id: PassageId
    page_number: int
    page_label: str
