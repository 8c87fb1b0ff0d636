"""Recommendations, and the links to concepts of the taxonomy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from beleidskennis.model.documents import VersionPlace
from beleidskennis.model.spans import DocumentId, PassageId, Span


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
