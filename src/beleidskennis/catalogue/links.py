"""What is linked to documents: recommendations, labels of passages, and what people said of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from beleidskennis.catalogue import records, tables
from beleidskennis.catalogue.page_rows import ROWS_AT_ONCE
from beleidskennis.catalogue.store import Catalogue
from beleidskennis.catalogue.tables import IN_FORCE
from beleidskennis.model import Label, Recommendation

REVISION = "links_revision"
_BY_ID = select(tables.recommendations).where(
    tables.recommendations.c.recommendation_id.in_(bindparam("ids", expanding=True))
)


def put_links(
    catalogue: Catalogue, document_id: str, recommendations: Sequence[Recommendation], labels: Sequence[Sequence[Label]]
) -> None:
    """Keep a document's recommendations, and for each passage (in position order) its labels."""
    rows = [
        {
            "recommendation_id": item.recommendation_id,
            "document_id": document_id,
            "position": position,
            "data": records.recommendation_data(item),
        }
        for position, item in enumerate(recommendations)
    ]
    data = [[records.label_row(label) for label in of_passage] for of_passage in labels]
    with catalogue.writing() as connection:
        for table in (tables.recommendations, tables.passage_labels):
            connection.execute(delete(table).where(table.c.document_id == document_id))
        if rows:
            connection.execute(insert(tables.recommendations), rows)
        connection.execute(insert(tables.passage_labels).values(document_id=document_id, data=data))


def recommendations(catalogue: Catalogue, document_id: str | None = None) -> list[Recommendation]:
    """The recommendations of a document, or of all documents in force, in reading order."""
    table = tables.recommendations
    in_force = select(tables.documents.c.document_id).where(tables.documents.c.state.in_(list(IN_FORCE)))
    wanted = table.c.document_id.in_(in_force) if document_id is None else table.c.document_id == document_id
    query = select(table).join(tables.documents).where(wanted)
    query = query.order_by(tables.documents.c.file_name, table.c.document_id, table.c.position)
    return [records.recommendation_of(row) for row in catalogue.rows(query)]


def recommendations_by_id(catalogue: Catalogue, ids: Sequence[str]) -> dict[str, Recommendation]:
    """The recommendations with these ids; one that is gone is left out."""
    found: dict[str, Recommendation] = {}
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows = catalogue.rows(_BY_ID, {"ids": ids[start : start + ROWS_AT_ONCE]})
        found |= {row["recommendation_id"]: records.recommendation_of(row) for row in rows}
    return found


def passage_labels(catalogue: Catalogue, document_id: str) -> list[tuple[Label, ...]]:
    """The labels of each passage of a document, in position order; empty if not linked yet."""
    found = catalogue.rows(
        select(tables.passage_labels.c.data).where(tables.passage_labels.c.document_id == document_id)
    )
    return [tuple(records.label_of(row) for row in of_passage) for of_passage in found[0]["data"]] if found else []


def without_links(catalogue: Catalogue) -> list[str]:
    """Ids of the documents in force that have no recommendations and labels worked out yet."""
    linked = select(tables.passage_labels.c.document_id)
    table = tables.documents
    query = select(table.c.document_id).where(table.c.state.in_(list(IN_FORCE)), table.c.document_id.not_in(linked))
    return [row["document_id"] for row in catalogue.rows(query.order_by(table.c.file_name))]


def forget_links(catalogue: Catalogue) -> None:
    """Drop all recommendations and labels, to work them out anew; judgements of people stay."""
    catalogue.set_meta(REVISION, str(int(revision(catalogue)) + 1))
    with catalogue.writing() as connection:
        connection.execute(delete(tables.recommendations))
        connection.execute(delete(tables.passage_labels))


def revision(catalogue: Catalogue) -> str:
    """Which linking this is: another one each time that everything is linked anew."""
    return catalogue.get_meta(REVISION) or "0"
