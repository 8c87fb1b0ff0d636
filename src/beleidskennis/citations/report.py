"""What checking a draft gives back: sentences with a verdict, the differences found, and quotes that were verified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from beleidskennis.model import Citation, Hit


class Verdict(StrEnum):
    """What the sources say of a sentence; the values are what users read."""

    SUPPORTED = "ondersteund"
    PARTLY = "deels ondersteund"
    DIFFERS = "getal of jaartal wijkt af"
    CONTRADICTED = "tegengesproken"
    NOT_FOUND = "niet gevonden"

    @property
    def is_support(self) -> bool:
        """Whether a source may be cited under the sentence as it stands."""
        return self in (Verdict.SUPPORTED, Verdict.PARTLY)


NOT_DENIED = "zonder ontkenning"
"""What a text says of itself, in a `Difference`, where only the other one denies."""


class Topic(StrEnum):
    """What was compared between a sentence and its source; the values are what users read."""

    NUMBER = "getal"
    YEAR = "jaartal"
    AMOUNT = "bedrag"
    PERCENTAGE = "percentage"
    NEGATION = "ontkenning"
    DIRECTION = "richting"
    COMPARATIVE = "vergelijking"
    ADDRESSEE = "geadresseerde"
    QUANTIFIER = "hoeveelheid"
    NAME = "naam"
    SPEAKER = "afzender"

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure or a year."""
        return self in (Topic.NUMBER, Topic.YEAR, Topic.AMOUNT, Topic.PERCENTAGE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a sentence and its source do not say alike; `source` is "" where the source is silent on it."""

    topic: Topic
    draft: str
    source: str = ""

    @property
    def explanation(self) -> str:
        """One line for the user, in Dutch."""
        said = f"{self.topic.value}: in uw tekst ‘{self.draft}’"
        if not self.source:
            return f"{self.topic.value}: ‘{self.draft}’ staat niet in deze bron"
        if self.topic is Topic.SPEAKER:
            return f"{said}, maar de bron is van ‘{self.source}’"
        if self.draft == NOT_DENIED:
            return f"{self.topic.value}: in de bron staat ‘{self.source}’, in uw tekst niet"
        if self.source == NOT_DENIED:
            return f"{self.topic.value}: in uw tekst staat ‘{self.draft}’, in de bron niet"
        return f"{said}, in de bron ‘{self.source}’"


@dataclass(frozen=True, slots=True)
class Match:
    """A place that speaks of what a draft sentence says.

    `citation.quote` is verbatim; `words` are the offsets `(start, end)` into it of the words that carry the sentence.
    """

    citation: Citation
    hit: Hit
    score: float
    words: tuple[tuple[int, int], ...] = ()
    agreements: tuple[str, ...] = ()
    """Figures and years that sentence and source share, as the source writes them."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft and what was found for it.

    `start` and `end` are offsets into its paragraph; `verdict` is None for a sentence that claims nothing.
    """

    text: str
    start: int
    end: int
    verdict: Verdict | None
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()
    confidence: float = 0.0
    """How sure it is, 0 to 1, that the sources hold this sentence."""

    @property
    def explanation(self) -> str:
        """Why the verdict is what it is, in Dutch; empty where there is nothing to say."""
        return "; ".join(difference.explanation for difference in self.differences)


class QuoteVerdict(StrEnum):
    """How a quote in a draft relates to the documents; the values are what users read."""

    EXACT = "letterlijk gevonden"
    SMALL_DIFFERENCES = "kleine verschillen"
    OTHER_DOCUMENT = "uit een ander document"
    NOT_FOUND = "niet gevonden"
    TOO_SHORT = "te kort om te controleren"


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One difference between a quote and the page: words as quoted and as they stand there (either may be "")."""

    quoted: str
    printed: str


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote of a draft, looked up on the pages; offsets into its paragraph, quotation marks left out."""

    text: str
    start: int
    end: int
    verdict: QuoteVerdict
    citations: tuple[Citation, ...] = ()
    changes: tuple[QuoteChange, ...] = ()
    named_document: str = ""
    """Title of the document that the draft names beside the quote, if it names one."""


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A paragraph of a draft. `kind` is "alinea", "kop", "lijst" or "tabel".

    `level` counts headings from 1; of a list it is 1 where its items are numbered; of a cell of a table in plain text
    it says how many cells a row has.
    """

    text: str
    kind: str = "alinea"
    level: int = 0


@dataclass(frozen=True, slots=True)
class CheckedParagraph:
    """A paragraph of a draft with its sentences and quotes, in order."""

    paragraph: DraftParagraph
    sentences: tuple[CheckedSentence, ...] = ()
    quotes: tuple[CheckedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A whole draft, paragraph by paragraph, in the order given."""

    paragraphs: tuple[CheckedParagraph, ...]

    @property
    def sentences(self) -> tuple[CheckedSentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def quotes(self) -> tuple[CheckedQuote, ...]:
        """All quotes, in order."""
        return tuple(quote for paragraph in self.paragraphs for quote in paragraph.quotes)
