"""The vocabulary of beleidskennis: every type that crosses a module border.

Conventions, everywhere in the project:

- `page_number` is physical and counts from 1; `page_label` is what is printed on the page ("iv", "10").
- `start` and `end` are offsets in characters (Python `str` indices), half open, into the *clean* text of one page.
- `score` is higher-is-better; `rank` counts from 1.
- Vectors are `(n, d)` float32 arrays with rows of unit length.
- The text of a passage, a quote or a recommendation is `slice_spans(spans, page_texts)`: the slices of the clean page
  texts, joined by one space where a text runs on to the next page. Nothing is ever shown as a quote that is not such
  a slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

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


@dataclass(frozen=True, slots=True)
class LegRank:
    """Where one search leg ("woorden" or "betekenis") put a passage: rank from 1, and that leg's own score."""

    leg: str
    rank: int
    score: float


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
    """Where another version of a document holds the text of a passage."""

    document: Document
    passage_id: PassageId
    page_number: int
    page_label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with why. `matched` are offsets into `passage.text` of the words that matched."""

    passage: Passage
    document: Document
    score: float
    rank: int
    legs: tuple[LegRank, ...] = ()
    matched: tuple[tuple[int, int], ...] = ()
    also_in: tuple[VersionPlace, ...] = ()
    """Other versions of the document that hold (nearly) the same text, the newest first."""
    newest: Document | None = None
    """The newest version of the document, where that is another one."""


@dataclass(frozen=True, slots=True)
class QueryReading:
    """How a question was understood: shown to the user above the hits."""

    text: str
    terms: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    """`(typed, searched)` for words that the corpus does not know."""
    expansions: tuple[str, ...] = ()
    """Terms that were searched too, at a lower weight."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    in_turn: tuple[str, ...] = ()
    """The publishers that the question compares; the hits of each take turns."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on a search; an empty tuple restricts nothing. `years` is inclusive."""

    documents: tuple[str, ...] = ()
    """Document ids or file names."""
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    themes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    """How far the follow-up of a recommendation is (`followup.Status`)."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many hits have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in order, how the question was read, and counts for the filters."""

    hits: tuple[Hit, ...]
    reading: QueryReading
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    total: int = 0


class LabelSource(StrEnum):
    """Who made a link: a rule over words, a similarity, the document's default, or a person."""

    WORDS = "woorden"
    SIMILARITY = "gelijkenis"
    CONTEXT = "context"
    PERSON = "persoon"


@dataclass(frozen=True, slots=True)
class Label:
    """A link to a concept of the taxonomy, with why and how sure.

    `scheme` is "theme", "sector" or "addressee"; `evidence` holds the words that earned it; `confidence` is 0 to 1.
    """

    scheme: str
    concept_id: str
    confidence: float
    source: LabelSource = LabelSource.WORDS
    evidence: tuple[str, ...] = ()


class Strength(StrEnum):
    """How plainly a recommendation is one."""

    EXPLICIT = "expliciet"
    IMPLICIT = "impliciet"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One piece of advice: a verbatim quote with its places, who should act, and what it is about."""

    recommendation_id: str
    document_id: DocumentId
    passage_id: PassageId
    quote: str
    """Equals `slice_spans(spans, ...)`: a whole sentence or list item."""
    spans: tuple[Span, ...]
    page_number: int
    page_label: str
    strength: Strength
    kind: str
    """aanbeveling or actie."""
    intro: str = ""
    """The sentence that introduces the list item, if it is one."""
    intro_spans: tuple[Span, ...] = ()
    summary: str = ""
    headings: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    action: str = ""
    """Lemma of the verb that says what is to be done."""
    deadline: str = ""
    figures: tuple[str, ...] = ()
    """Amounts and targets, verbatim."""
    speaker: str = ""
    """Empty for the document's own voice; else the third party whose advice is only quoted."""
    confidence: float = 1.0
    also_at: tuple[tuple[Span, ...], ...] = ()
    """The other places where the document says the same."""
    also_in: tuple[VersionPlace, ...] = ()
    """Other versions of the document that say the same, the newest first; known once it is searched for."""

    def concepts(self, scheme: str) -> tuple[str, ...]:
        """The concept ids of one scheme ("theme", "sector", "addressee"), surest first."""
        return tuple(label.concept_id for label in self.labels if label.scheme == scheme)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its place and its source."""

    document: Document
    page_number: int
    page_label: str
    quote: str
    spans: tuple[Span, ...]
    score: float = 0.0
    passage_id: PassageId = PassageId("")


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer and the citations under it (indices from 0 into `Answer.citations`).

    A sentence without citations is unsupported; it is shown struck, marked "geen bron gevonden".
    """

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in sentences with citations, or an honest "not found" with the nearest passages."""

    question: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    confidence: float
    form: str = "tekst"
    """tekst, getal, lijst, vergelijking, ja-nee."""
    nearest: tuple[Hit, ...] = ()
    remark: str = ""
    """In Dutch: what the user should know of how this answer came about."""

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)


class Encoder(Protocol):
    """Text to unit vectors. `name` identifies model, version and settings: an index made by another is refused."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def encode_passages(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        ...

    def encode_queries(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        ...


class Reranker(Protocol):
    """Looks again at the first `top` hits of a search. It is never needed; it may be configured."""

    @property
    def top(self) -> int: ...
    def scores(self, question: str, texts: Sequence[str], /) -> NDArray[np.float32]:
        """`(n,)` how well each text fits the question; higher is better, on any scale."""
        ...


class SentenceReader(Protocol):
    """Reads a question and sentences together."""

    def read(self, question: str, texts: Sequence[Sequence[str]], /) -> list[NDArray[np.float32]]:
        """Log-odds that each sentence answers the question, `(sentences,)` for each text; -inf for one left unread.

        A text is a run of sentences of one place, in reading order.
        """
        ...


class Generator(Protocol):
    """A language model that streams text. It is never needed; it may be configured."""

    @property
    def name(self) -> str: ...
    def stream(self, system: str, prompt: str, /) -> Iterator[str]:
        """The pieces of the answer to `prompt`, under the instructions in `system`, as they come."""
        ...
