"""What people said: their word on links, how advice was taken up, and which hits were of use. Plain rows.

Keys name things by their content, so that all of it survives reading, cutting and linking anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from beleidskennis.catalogue import tables
from beleidskennis.catalogue.store import Catalogue, now

Row = Mapping[str, Any]


def put_judgement(catalogue: Catalogue, row: Row) -> None:
    """Keep a word on one link; an earlier one on the same link gives way."""
    table = tables.judgements
    same = (table.c.key == row["key"]) & (table.c.scheme == row["scheme"]) & (table.c.concept_id == row["concept_id"])
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(same))
        connection.execute(insert(table).values(dict(row)))


def judgements(catalogue: Catalogue) -> list[Row]:
    """All words on links, oldest first."""
    return list(catalogue.rows(select(tables.judgements).order_by(tables.judgements.c.at)))


def put_follow_up(catalogue: Catalogue, row: Row) -> None:
    """Keep how a recommendation was taken up; what was kept before gives way."""
    table = tables.follow_ups
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(table.c.key == row["key"]))
        connection.execute(insert(table).values(dict(row)))


def follow_ups(catalogue: Catalogue) -> dict[str, Row]:
    """All follow-ups by key."""
    return {row["key"]: row for row in catalogue.rows(select(tables.follow_ups))}


def put_relevance(
    catalogue: Catalogue, question: str, passage_id: str, document_id: str, *, useful: bool | None, who: str
) -> None:
    """Keep whether a hit was of use for a question; None forgets what was kept."""
    table = tables.relevance
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(table.c.question == question, table.c.passage_id == passage_id))
        if useful is None:
            return
        row = {"question": question, "passage_id": passage_id, "document_id": document_id, "useful": int(useful)}
        connection.execute(insert(table).values(row | {"who": who, "at": now()}))


def relevance_of(catalogue: Catalogue, question: str) -> dict[str, bool]:
    """Whether the hits that were judged for a question were of use, by passage."""
    table = tables.relevance
    query = select(table.c.passage_id, table.c.useful).where(table.c.question == question)
    return {row["passage_id"]: bool(row["useful"]) for row in catalogue.rows(query)}


def relevance(catalogue: Catalogue) -> list[Row]:
    """All judged hits, by question."""
    table = tables.relevance
    return list(catalogue.rows(select(table).order_by(table.c.question, table.c.at, table.c.passage_id)))
