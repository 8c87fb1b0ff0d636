"""Recommendations as plain records, for JSON lines and for evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from beleidskennis.model import Document, DocumentId, Recommendation


def as_records(
    recommendations: Sequence[Recommendation],
    documents: Mapping[DocumentId, Document] | Sequence[Document],
    *,
    every_place: bool = False,
) -> list[dict[str, Any]]:
    """One dict per recommendation, in the format that `beleidskennis evaluate` reads, with all further fields.

    With `every_place` each other place of a repeated recommendation is a record of its own too: the same words and
    labels, the page of that place, and `same_as` naming the first.
    """
    by_id = documents if isinstance(documents, Mapping) else {document.document_id: document for document in documents}
    records = []
    for recommendation in recommendations:
        document = by_id[recommendation.document_id]
        records.append(_record(recommendation, document))
        if not every_place:
            continue
        for number, spans in enumerate(recommendation.also_at, start=2):
            page = spans[0].page_number
            place = _record(
                replace(recommendation, spans=spans, page_number=page, page_label=str(page), also_at=()), document
            )
            records.append(
                {
                    **place,
                    "id": f"{recommendation.recommendation_id}-{number}",
                    "same_as": recommendation.recommendation_id,
                }
            )
    return records


def _record(recommendation: Recommendation, document: Document) -> dict[str, Any]:
    return {
        "id": recommendation.recommendation_id,
        "document": document.file_name,
        "title": document.title,
        "page_number": recommendation.page_number,
        "page_label": recommendation.page_label,
        "quote": recommendation.quote,
        "intro": recommendation.intro,
        "summary": recommendation.summary,
        "strength": recommendation.strength.value,
        "kind": recommendation.kind,
        "themes": list(recommendation.concepts("theme")),
        "sectors": list(recommendation.concepts("sector")),
        "addressees": list(recommendation.concepts("addressee")),
        "action": recommendation.action,
        "deadline": recommendation.deadline,
        "figures": list(recommendation.figures),
        "speaker": recommendation.speaker,
        "confidence": recommendation.confidence,
        "headings": list(recommendation.headings),
        "also_in": [
            {"document": place.document.file_name, "page_number": place.page_number} for place in recommendation.also_in
        ],
        "also_on_pages": sorted({spans[0].page_number for spans in recommendation.also_at}),
    }
