"""Citations, and the answers that stand on them."""

from __future__ import annotations

from dataclasses import dataclass

from beleidskennis.model.documents import Document, VersionPlace
from beleidskennis.model.finding import Hit
from beleidskennis.model.spans import PassageId, Span


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
    also_in: tuple[VersionPlace, ...] = ()
    """Other versions of the document that hold the same words, the newest first."""
    newest: Document | None = None
    """The newest version of the document, where that is another one."""


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
    understood: str = ""
    """The question as it was understood, whole: what the next question of a conversation follows on."""

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)
