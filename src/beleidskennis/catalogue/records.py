"""Between the types of `model` and rows of the tables: pure conversions, both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beleidskennis.model import (
    Document,
    DocumentId,
    Label,
    LabelSource,
    Note,
    Page,
    PageKind,
    Passage,
    PassageId,
    PassageKind,
    Recommendation,
    Span,
    Strength,
)

Row = Mapping[str, Any]

DOCUMENT_TEXTS = ("file_name", "path", "title", "publisher", "date", "kind", "language", "url", "licence")


def document_row(document: Document) -> dict[str, Any]:
    """The columns of `documents` that come from a `Document`."""
    row: dict[str, Any] = {name: getattr(document, name) for name in DOCUMENT_TEXTS}
    return row | {
        "document_id": document.document_id,
        "page_count": document.page_count,
        "guessed": sorted(document.guessed),
        "identifiers": list(document.identifiers),
        "authors": list(document.authors),
        "problems": list(document.problems),
    }


def document_of(row: Row) -> Document:
    """The `Document` of a row of `documents`."""
    return Document(
        document_id=DocumentId(row["document_id"]),
        page_count=row["page_count"],
        guessed=frozenset(row["guessed"]),
        identifiers=tuple(row["identifiers"]),
        authors=tuple(row["authors"]),
        problems=tuple(row["problems"]),
        **{name: row[name] for name in DOCUMENT_TEXTS},
    )


def page_row(page: Page) -> dict[str, Any]:
    """The columns of `pages`."""
    return {
        "document_id": page.document_id,
        "page_number": page.page_number,
        "page_label": page.page_label,
        "text": page.text,
        "raw_text": page.raw_text,
        "offsets": [list(row) for row in page.offsets],
        "kind": page.kind.value,
        "notes": [[note.number, note.text] for note in page.notes],
        "quality": page.quality,
        "ocr_confidence": page.ocr_confidence,
    }


def page_of(row: Row) -> Page:
    """The `Page` of a row of `pages`."""
    return Page(
        document_id=DocumentId(row["document_id"]),
        page_number=row["page_number"],
        page_label=row["page_label"],
        text=row["text"],
        raw_text=row["raw_text"],
        offsets=tuple((a, b, c) for a, b, c in row["offsets"]),
        kind=PageKind(row["kind"]),
        notes=tuple(Note(number, text) for number, text in row["notes"]),
        quality=row["quality"],
        ocr_confidence=row["ocr_confidence"],
    )


def spans_row(spans: Sequence[Span]) -> list[list[int]]:
    """Spans of one document as `[page_number, start, end]`."""
    return [[span.page_number, span.start, span.end] for span in spans]


def spans_of(document_id: str, rows: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """The spans of `spans_row`."""
    return tuple(Span(DocumentId(document_id), page, start, end) for page, start, end in rows)


def headings_row(passage: Passage) -> list[Any]:
    """The headings of a passage: each as its text, or as `[text, spans]` where its place is known."""
    places = passage.heading_spans or ((),) * len(passage.headings)
    return [
        [title, spans_row(spans)] if spans else title for title, spans in zip(passage.headings, places, strict=True)
    ]


def passage_row(passage: Passage) -> dict[str, Any]:
    """The columns of `passages`, less `row_id`."""
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "position": passage.position,
        "page_number": passage.page_number,
        "page_label": passage.page_label,
        "kind": passage.kind.value,
        "language": passage.language,
        "text": passage.text,
        "headings": headings_row(passage),
        "intro": passage.intro,
        "spans": spans_row(passage.spans),
        "intro_spans": spans_row(passage.intro_spans),
        "sentences": [list(offsets) for offsets in passage.sentences],
    }


def passage_of(row: Row) -> Passage:
    """The `Passage` of a row of `passages`."""
    document_id = row["document_id"]
    places = tuple(spans_of(document_id, () if isinstance(one, str) else one[1]) for one in row["headings"])
    return Passage(
        passage_id=PassageId(row["passage_id"]),
        document_id=DocumentId(document_id),
        position=row["position"],
        text=row["text"],
        spans=spans_of(document_id, row["spans"]),
        page_number=row["page_number"],
        page_label=row["page_label"],
        headings=tuple(one if isinstance(one, str) else one[0] for one in row["headings"]),
        heading_spans=places if any(places) else (),
        intro=row["intro"],
        intro_spans=spans_of(document_id, row["intro_spans"]),
        kind=PassageKind(row["kind"]),
        language=row["language"],
        sentences=tuple((start, end) for start, end in row["sentences"]),
    )


def label_row(label: Label) -> list[Any]:
    """A label as a JSON list."""
    return [label.scheme, label.concept_id, label.confidence, label.source.value, list(label.evidence)]


def label_of(row: Sequence[Any]) -> Label:
    """The label of `label_row`."""
    scheme, concept_id, confidence, source, evidence = row
    return Label(scheme, concept_id, confidence, LabelSource(source), tuple(evidence))


RECOMMENDATION_TEXTS = (
    "quote",
    "page_number",
    "page_label",
    "kind",
    "intro",
    "summary",
    "action",
    "deadline",
    "speaker",
    "confidence",
)


def recommendation_data(item: Recommendation) -> dict[str, Any]:
    """What the column `data` of `recommendations` holds."""
    data: dict[str, Any] = {name: getattr(item, name) for name in RECOMMENDATION_TEXTS}
    return data | {
        "passage_id": item.passage_id,
        "strength": item.strength.value,
        "spans": spans_row(item.spans),
        "intro_spans": spans_row(item.intro_spans),
        "headings": list(item.headings),
        "labels": [label_row(label) for label in item.labels],
        "figures": list(item.figures),
        "also_at": [spans_row(place) for place in item.also_at],
    }


def recommendation_of(row: Row) -> Recommendation:
    """The `Recommendation` of a row of `recommendations`."""
    data, document_id = row["data"], row["document_id"]
    return Recommendation(
        recommendation_id=row["recommendation_id"],
        document_id=DocumentId(document_id),
        passage_id=PassageId(data["passage_id"]),
        strength=Strength(data["strength"]),
        spans=spans_of(document_id, data["spans"]),
        intro_spans=spans_of(document_id, data["intro_spans"]),
        headings=tuple(data["headings"]),
        labels=tuple(label_of(label) for label in data["labels"]),
        figures=tuple(data["figures"]),
        also_at=tuple(spans_of(document_id, place) for place in data["also_at"]),
        **{name: data[name] for name in RECOMMENDATION_TEXTS},
    )
