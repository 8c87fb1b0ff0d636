"""Recommendations as rows of a table: the columns that the spreadsheet, the CSV file and the Word table share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.followup import FollowUp, key_of
from beleidskennis.model import Document, DocumentId, Recommendation

Name = Callable[[str, str], str]
"""From a scheme and a concept id to what a user reads."""


@dataclass(frozen=True, slots=True)
class AdviceExport:
    """What is exported. `name` gives a concept's label; `follow_ups` (by `followup.key_of`) add columns."""

    recommendations: Sequence[Recommendation]
    documents: Mapping[DocumentId, Document]
    name: Name = lambda scheme, concept_id: concept_id
    follow_ups: Mapping[str, FollowUp] | None = None
    title: str = "Aanbevelingen"
    filters: str = ""
    """In words, which selection this is; shown with the table."""

    def document(self, recommendation: Recommendation) -> Document:
        """The document that a recommendation is from."""
        return self.documents[recommendation.document_id]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and the value (text or whole number) of a recommendation."""

    head: str
    width: int
    value: Callable[[AdviceExport, Recommendation], str | int]


def page_link(export: AdviceExport, recommendation: Recommendation) -> str:
    """The address of the page: the document's own with `#page=`, else that of the file; "" if there is neither."""
    document = export.document(recommendation)
    if document.url.startswith(("http://", "https://")):
        return f"{document.url.partition('#')[0]}#page={recommendation.page_number}"
    path = Path(document.path) if document.path else None
    if path is None or not path.is_absolute():
        return ""
    return f"{path.as_uri()}#page={recommendation.page_number}"


def _names(scheme: str) -> Callable[[AdviceExport, Recommendation], str]:
    return lambda export, item: "; ".join(export.name(scheme, concept) for concept in item.concepts(scheme))


def _quote(_: AdviceExport, item: Recommendation) -> str:
    """The quote, an item after the sentence that introduces it."""
    return f"{item.intro} {item.quote}".strip()


def _other_pages(_: AdviceExport, item: Recommendation) -> str:
    return ", ".join(str(page) for page in sorted({spans[0].page_number for spans in item.also_at}))


COLUMNS: tuple[Column, ...] = (
    Column("Samenvatting", 44, lambda _, item: item.summary),
    Column("Citaat", 70, _quote),
    Column("Soort", 13, lambda _, item: item.kind),
    Column("Sterkte", 11, lambda _, item: item.strength.value),
    Column("Thema's", 30, _names("theme")),
    Column("Sectoren", 22, _names("sector")),
    Column("Geadresseerden", 24, _names("addressee")),
    Column("Actie", 16, lambda _, item: item.action),
    Column("Termijn", 16, lambda _, item: item.deadline),
    Column("Bedragen en streefcijfers", 20, lambda _, item: "; ".join(item.figures)),
    Column("Advies van", 18, lambda export, item: item.speaker or export.document(item).publisher),
    Column("Document", 36, lambda export, item: export.document(item).title),
    Column("Uitgever", 24, lambda export, item: export.document(item).publisher),
    Column("Jaar", 7, lambda export, item: export.document(item).year or ""),
    Column("Bladzijde", 10, lambda _, item: item.page_label),
    Column("Bladzijde in bestand", 11, lambda _, item: item.page_number),
    Column("Ook op bladzijde (in bestand)", 12, _other_pages),
    Column("Hoofdstuk", 30, lambda _, item: " > ".join(item.headings)),
    Column("Zekerheid", 10, lambda _, item: f"{item.confidence:.0%}".replace("%", " %")),
    Column("Bestand", 30, lambda export, item: export.document(item).file_name),
    Column("Kenmerk", 18, lambda _, item: item.recommendation_id),
)  # fmt: skip
"""For every export, in this order."""


def _followed(field: str) -> Callable[[AdviceExport, Recommendation], str]:
    def value(export: AdviceExport, item: Recommendation) -> str:
        follow_up = (export.follow_ups or {}).get(key_of(item))
        return str(getattr(follow_up, field)) if follow_up else ""

    return value


FOLLOW_UP_COLUMNS: tuple[Column, ...] = (
    Column("Status", 16, _followed("status")),
    Column("Bestuurlijke reactie", 36, _followed("reaction")),
    Column("Toezegging", 36, _followed("commitment")),
    Column("Wie volgt dit op", 18, _followed("owner")),
    Column("Gereed", 14, _followed("deadline")),
    Column("Notitie", 30, _followed("note")),
    Column("Link", 30, _followed("link")),
    Column("Bijgewerkt door", 18, _followed("who")),
    Column("Bijgewerkt op", 20, _followed("at")),
)
"""Added where follow-ups are exported."""


def columns(export: AdviceExport) -> tuple[Column, ...]:
    """The columns of an export."""
    return COLUMNS if export.follow_ups is None else (*COLUMNS, *FOLLOW_UP_COLUMNS)


def rows(export: AdviceExport) -> list[list[str | int]]:
    """The values, a list per recommendation in the order of `columns`."""
    chosen = columns(export)
    return [[column.value(export, item) for column in chosen] for item in export.recommendations]
