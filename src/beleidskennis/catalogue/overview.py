"""Figures over all documents at once, by the database itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from beleidskennis.catalogue import tables
from beleidskennis.catalogue.store import Catalogue
from beleidskennis.catalogue.tables import IN_FORCE


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """How the pages of one document could be read. `quality` is 0 to 1 over the pages with text, None without any."""

    pages: int
    without_text: int
    quality: float | None


def reading_figures(catalogue: Catalogue) -> dict[str, ReadingFigures]:
    """How the pages of each document in force could be read, by document id."""
    pages, documents = tables.pages, tables.documents
    empty = case((pages.c.text == "", 1), else_=0)
    quality = case((pages.c.text == "", None), else_=pages.c.quality)
    query = (
        select(
            pages.c.document_id,
            func.count().label("pages"),
            func.sum(empty).label("without_text"),
            func.avg(quality).label("quality"),
        )
        .join(documents)
        .where(documents.c.state.in_(list(IN_FORCE)))
        .group_by(pages.c.document_id)
    )
    return {
        row["document_id"]: ReadingFigures(row["pages"], row["without_text"], row["quality"])
        for row in catalogue.rows(query)
    }
