"""The connection to the database, and the vectors in it: a row of half-precision numbers a document and model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import OperationalError

from beleidskennis.catalogue import tables
from beleidskennis.catalogue.tables import IN_FORCE
from beleidskennis.errors import DiskFullError

if TYPE_CHECKING:
    from beleidskennis.model import Vectors


class VectorRows:
    """The part of `Catalogue` that keeps vectors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing.

        Raises:
            DiskFullError: there is no room for it (SQLite).
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            if "disk is full" not in str(error.orig):
                raise
            raise DiskFullError from error

    def rows(self, statement: Any, given: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """The rows that a select gives, as mappings; `given` holds the values of its parameters."""
        with self._engine.connect() as connection:
            return connection.execute(statement, given).mappings().all()

    def put_vectors(self, document_id: str, model: str, vectors: Vectors) -> None:
        """Keep a document's passage vectors `(n, d)`, in position order, as half precision."""
        table = tables.vectors
        data = np.ascontiguousarray(vectors, dtype=np.float16).tobytes()
        with self.writing() as connection:
            connection.execute(delete(table).where(table.c.document_id == document_id, table.c.model == model))
            connection.execute(
                insert(table).values(document_id=document_id, model=model, dimension=vectors.shape[1], data=data)
            )

    def forget_vectors(self, document_id: str, model: str) -> None:
        """Drop a document's vectors of one model, to be made anew."""
        table = tables.vectors
        with self.writing() as connection:
            connection.execute(delete(table).where(table.c.document_id == document_id, table.c.model == model))

    def vectors(self, document_id: str, model: str) -> Vectors | None:
        """A document's passage vectors `(n, d)` float32, rows made unit length again; None if not embedded yet."""
        table = tables.vectors
        found = self.rows(select(table).where(table.c.document_id == document_id, table.c.model == model))
        if not found:
            return None
        shape = (-1, found[0]["dimension"])
        array = np.frombuffer(found[0]["data"], dtype=np.float16).reshape(shape).astype(np.float32)
        norms = np.linalg.norm(array, axis=1, keepdims=True)
        return np.asarray(array / np.maximum(norms, 1e-12), dtype=np.float32)

    def without_vectors(self, model: str) -> list[str]:
        """Ids of the documents in force that `model` has not embedded yet."""
        embedded = select(tables.vectors.c.document_id).where(tables.vectors.c.model == model)
        table = tables.documents
        query = select(table.c.document_id).where(
            table.c.state.in_(list(IN_FORCE)), table.c.document_id.not_in(embedded)
        )
        return [row["document_id"] for row in self.rows(query.order_by(table.c.file_name))]
