"""In which journal a document stands; most stand in none, so these lie in a table of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from beleidskennis.catalogue import tables
from beleidskennis.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


FIELDS = ("journal", "volume", "issue", "article_pages")


def put(connection: Connection, document: Document) -> None:
    """Keep where a document stands; nothing is kept of one that stands in no journal."""
    table = tables.periodicals
    connection.execute(delete(table).where(table.c.document_id == document.document_id))
    values = {name: getattr(document, name) for name in FIELDS}
    if any(values.values()):
        connection.execute(insert(table).values(document_id=document.document_id, **values))


def placed(document: Document, known: Mapping[str, Mapping[str, str]]) -> Document:
    """The document with what is known of its journal."""
    found = known.get(document.document_id)
    return replace(document, **{name: found[name] for name in FIELDS}) if found else document  # type: ignore[arg-type]
