"""What is kept of documents that share text: sketches, pairs, families of versions, and copies of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, or_, select

from beleidskennis.catalogue import tables
from beleidskennis.catalogue.store import Catalogue
from beleidskennis.catalogue.tables import IN_FORCE
from beleidskennis.model import DocumentId, Kinship


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents that share `share` (0 to 1) of the shorter one's text; `document_id` is the longer one."""

    document_id: DocumentId
    other_id: DocumentId
    share: float
    kinship: Kinship


@dataclass(frozen=True, slots=True)
class Family:
    """Versions of one document. `members` are document ids, the newest first.

    `passages` holds `(member, position, other member, position)`: which passage of the other holds the text; for each
    passage the nearest newer version that does, and all older ones. Members count from 0 in `members`, positions are
    those of passages in their document.
    """

    members: tuple[str, ...]
    passages: tuple[tuple[int, int, int, int], ...]


def put_sketch(catalogue: Catalogue, document_id: str, hashes: NDArray[np.uint64], shingles: int) -> None:
    """Keep a document's sketch; `shingles` is how many distinct ones it has in all."""
    table = tables.sketches
    data = np.ascontiguousarray(hashes, dtype="<u8").tobytes()
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(table.c.document_id == document_id))
        connection.execute(insert(table).values(document_id=document_id, shingles=shingles, data=data))


def sketches(catalogue: Catalogue) -> dict[str, tuple[NDArray[np.uint64], int]]:
    """`(hashes, shingles)` of the documents in force that have a sketch."""
    table = tables.sketches
    in_force = tables.documents.c.state.in_(list(IN_FORCE))
    rows = catalogue.rows(select(table).join(tables.documents).where(in_force).order_by(table.c.document_id))
    return {row["document_id"]: (np.frombuffer(row["data"], dtype="<u8"), row["shingles"]) for row in rows}


def without_sketch(catalogue: Catalogue) -> list[str]:
    """Ids of the documents in force of which no sketch was made yet."""
    table = tables.documents
    sketched = select(tables.sketches.c.document_id)
    query = select(table.c.document_id).where(table.c.state.in_(list(IN_FORCE)), table.c.document_id.not_in(sketched))
    return [row["document_id"] for row in catalogue.rows(query.order_by(table.c.file_name))]


def put_likeness(catalogue: Catalogue, pair: Likeness) -> None:
    """Keep that two documents share text."""
    table = tables.likenesses
    ids = (pair.document_id, pair.other_id)
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(table.c.document_id.in_(ids), table.c.other_id.in_(ids)))
        connection.execute(
            insert(table).values(
                document_id=pair.document_id, other_id=pair.other_id, share=pair.share, kinship=pair.kinship.value
            )
        )


def likenesses(catalogue: Catalogue, document_id: str | None = None) -> list[Likeness]:
    """The pairs of documents in force that share text, most alike first; with `document_id` only those of it."""
    table = tables.likenesses
    in_force = select(tables.documents.c.document_id).where(tables.documents.c.state.in_(list(IN_FORCE)))
    query = select(table).where(table.c.document_id.in_(in_force), table.c.other_id.in_(in_force))
    if document_id is not None:
        query = query.where(or_(table.c.document_id == document_id, table.c.other_id == document_id))
    query = query.order_by(table.c.share.desc(), table.c.document_id, table.c.other_id)
    return [
        Likeness(DocumentId(row["document_id"]), DocumentId(row["other_id"]), row["share"], Kinship(row["kinship"]))
        for row in catalogue.rows(query)
    ]


def families(catalogue: Catalogue) -> list[Family]:
    """All families, by their newest member."""
    rows = catalogue.rows(select(tables.families).order_by(tables.families.c.newest_id))
    return [Family(tuple(row["members"]), tuple((a, b, c, d) for a, b, c, d in row["passages"])) for row in rows]


def change_families(catalogue: Catalogue, gone: Iterable[Family], new: Sequence[Family]) -> None:
    """Forget the families `gone` and keep the `new` ones, in one transaction."""
    table = tables.families
    with catalogue.writing() as connection:
        for family in gone:
            connection.execute(delete(table).where(table.c.newest_id == family.members[0]))
        for family in new:
            row = {"newest_id": family.members[0], "members": list(family.members)}
            connection.execute(insert(table).values(passages=[list(one) for one in family.passages], **row))


def put_copies(catalogue: Catalogue, found: Mapping[str, str], over: Iterable[str]) -> None:
    """Keep the copies `found` (path -> document id), and forget those that are `over`."""
    table = tables.copies
    with catalogue.writing() as connection:
        for path in {*found, *over}:
            connection.execute(delete(table).where(table.c.path == path))
        for path, document_id in found.items():
            connection.execute(insert(table).values(path=path, document_id=document_id))


def copies(catalogue: Catalogue) -> list[tuple[str, DocumentId]]:
    """`(path, document_id)` of the files that hold the very content of a document in force."""
    table = tables.copies
    in_force = tables.documents.c.state.in_(list(IN_FORCE))
    query = select(table).join(tables.documents).where(in_force).order_by(table.c.path)
    return [(row["path"], DocumentId(row["document_id"])) for row in catalogue.rows(query)]
