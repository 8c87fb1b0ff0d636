"""Reading pages and passages from the database: of a document, by number, by row, by id."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from beleidskennis.catalogue import records, tables
from beleidskennis.catalogue.vector_rows import VectorRows
from beleidskennis.model import Page, Passage

ROWS_AT_ONCE = 500
"""SQLite takes 32,766 parameters a statement since 3.32 and 999 before; PostgreSQL far more."""


_PASSAGES_BY_ROW = select(tables.passages).where(tables.passages.c.row_id.in_(bindparam("row_ids", expanding=True)))
"""Every search asks for this, so it is put together once."""


class PageRows(VectorRows):
    """The part of `Catalogue` that gives pages and passages."""

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document, in order."""
        table = tables.pages
        query = select(table).where(table.c.document_id == document_id).order_by(table.c.page_number)
        return [records.page_of(row) for row in self.rows(query)]

    def page_labels(self, document_id: str) -> dict[int, str]:
        """Physical page number (from 1) to printed label."""
        table = tables.pages
        query = select(table.c.page_number, table.c.page_label).where(table.c.document_id == document_id)
        return {row["page_number"]: row["page_label"] for row in self.rows(query)}

    def page(self, document_id: str, page_number: int) -> Page | None:
        """One page (physical, from 1), or None."""
        table = tables.pages
        query = select(table).where(table.c.document_id == document_id, table.c.page_number == page_number)
        found = self.rows(query)
        return records.page_of(found[0]) if found else None

    def passages(self, document_id: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        return [passage for _row_id, passage in self.numbered_passages(document_id)]

    def numbered_passages(self, document_id: str) -> list[tuple[int, Passage]]:
        """`(row_id, passage)` of a document, in reading order."""
        table = tables.passages
        query = select(table).where(table.c.document_id == document_id).order_by(table.c.position)
        return [(row["row_id"], records.passage_of(row)) for row in self.rows(query)]

    def passages_by_row(self, row_ids: Sequence[int]) -> dict[int, Passage]:
        """The passages of these rows; a row that is gone is left out."""
        found: dict[int, Passage] = {}
        for start in range(0, len(row_ids), ROWS_AT_ONCE):
            rows = self.rows(_PASSAGES_BY_ROW, {"row_ids": row_ids[start : start + ROWS_AT_ONCE]})
            found |= {row["row_id"]: records.passage_of(row) for row in rows}
        return found

    def passage_rows(self, passage_ids: Sequence[str]) -> dict[str, int]:
        """The rows of these passages in the table; one that is gone is left out."""
        table = tables.passages
        query = select(table.c.passage_id, table.c.row_id).where(table.c.passage_id.in_(passage_ids))
        return {row["passage_id"]: row["row_id"] for row in self.rows(query)}

    def passage(self, passage_id: str) -> Passage | None:
        """A passage by its id, or None."""
        found = self.rows(select(tables.passages).where(tables.passages.c.passage_id == passage_id))
        return records.passage_of(found[0]) if found else None
