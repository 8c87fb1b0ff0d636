"""Reading and writing the catalogue: one transaction a document, readers never wait.

A document comes in as `PENDING`; `publish` makes it `ACTIVE` once the search index holds it and drops what it replaces.
Killed at any point, the database holds whole documents only, and the next run goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, delete, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError

from beleidskennis.catalogue import periodicals, records, tables
from beleidskennis.catalogue.page_rows import ROWS_AT_ONCE, PageRows
from beleidskennis.catalogue.tables import IN_FORCE, State
from beleidskennis.catalogue.watch import Watch
from beleidskennis.errors import CatalogueError, IndexVersionError
from beleidskennis.model import Document, Page, Passage


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with what the catalogue knows of it besides."""

    document: Document
    state: State
    reader_version: int
    ingested_at: str


def now() -> str:
    """The time in UTC to the second, RFC 3339."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _from_json(text: str) -> Any:
    """Most lists of a document are empty, and decoding them is most of what reading all documents costs."""
    return [] if text == "[]" else json.loads(text)


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers go on while one writes
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.close()


_KEEP = "Gooi de oude map niet weg: daarin staan ook de oordelen, de opvolging en de verbeteringen van mensen."


def _unopened(place: str | Path, reason: str) -> tuple[str, str]:
    """Why a catalogue cannot be opened, from what SQLite says, and the way out."""
    message = f"De catalogus '{place}' kan niet worden geopend: "
    if "locked" in reason:
        return message + "een ander programma is ermee bezig.", "Wacht tot dat klaar is en probeer het dan opnieuw."
    if "readonly" in reason or "unable to open" in reason:
        return message + "u mag niet in deze map schrijven.", "Vraag om schrijfrechten, of kies een andere map."
    if "full" in reason:
        return message + "de schijf is vol.", "Maak ruimte vrij en probeer het dan opnieuw."
    hint = f"Zet een reservekopie terug, of lees de documenten opnieuw in in een andere map (--index). {_KEEP}"
    return message + "het bestand is beschadigd of geen catalogus.", hint


class Catalogue(PageRows):
    """The database. Made by `Catalogue.open`; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._watch = Watch(engine)

    @classmethod
    def open(cls, place: Path | str) -> Catalogue:
        """Open the catalogue at a file path or an SQLAlchemy URL, making its tables if there are none.

        Raises:
            IndexVersionError: made by another version of the program.
            CatalogueError: the file is not a catalogue, or is damaged.
        """
        url = place if isinstance(place, str) and "://" in place else f"sqlite:///{Path(place).resolve()}"
        engine = create_engine(url, json_deserializer=_from_json)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
        catalogue = cls(engine)
        try:
            tables.metadata.create_all(engine)
            version = catalogue.get_meta("schema_version")
        except DatabaseError as error:
            raise CatalogueError(*_unopened(place, str(error.orig))) from error
        if version is None:
            catalogue.set_meta("schema_version", str(tables.SCHEMA_VERSION))
        elif version != str(tables.SCHEMA_VERSION):
            message = f"De index is gemaakt door een andere versie van beleidskennis (schema {version})."
            hint = f"Lees de documenten opnieuw in in een andere map: beleidskennis ingest --index MAP. {_KEEP}"
            raise IndexVersionError(message, hint)
        return catalogue

    def close(self) -> None:
        """Give the connections back."""
        self._watch.close()
        self._engine.dispose()

    def version(self) -> int | None:
        """Another number after each change by anybody (see `Watch.version`)."""
        return self._watch.version()

    def get_meta(self, key: str) -> str | None:
        """A remark kept with the catalogue, or None."""
        found = self.rows(select(tables.meta.c.value).where(tables.meta.c.key == key))
        return str(found[0]["value"]) if found else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a remark with the catalogue."""
        with self.writing() as connection:
            connection.execute(delete(tables.meta).where(tables.meta.c.key == key))
            connection.execute(insert(tables.meta).values(key=key, value=value))

    # Documents

    def stored(self, states: Iterable[State] = IN_FORCE, only: Sequence[str] | None = None) -> list[StoredDocument]:
        """The documents in these states, by file name, with people's corrections applied; of `only` these ids."""
        query = _in_states(select(tables.documents), states)
        if only is not None and len(only) <= ROWS_AT_ONCE:
            query = query.where(tables.documents.c.document_id.in_(list(only)))
        corrections = self.overrides()
        journals = {row["document_id"]: row for row in self.rows(select(tables.periodicals))}
        return [
            StoredDocument(
                _corrected(
                    periodicals.placed(records.document_of(row), journals), corrections.get(row["document_id"], {})
                ),
                State(row["state"]),
                row["reader_version"],
                row["ingested_at"],
            )
            for row in self.rows(query)
        ]

    def documents(self, states: Iterable[State] = IN_FORCE) -> list[Document]:
        """The documents in these states, by file name."""
        return [stored.document for stored in self.stored(states)]

    def document_ids(self, states: Iterable[State] = IN_FORCE) -> list[str]:
        """The ids of the documents in these states, by file name: quicker than `documents`."""
        return [row["document_id"] for row in self.rows(_in_states(select(tables.documents.c.document_id), states))]

    def paths(self) -> dict[str, str]:
        """From the ids of the documents in force to the paths of their files: quicker than `documents`."""
        table = tables.documents
        query = _in_states(select(table.c.document_id, table.c.path), IN_FORCE)
        return {row["document_id"]: row["path"] for row in self.rows(query)}

    def stamps(self, states: Iterable[State] = IN_FORCE) -> dict[str, str]:
        """From the ids of the documents in these states, by file name, to when each was read."""
        table = tables.documents
        query = _in_states(select(table.c.document_id, table.c.ingested_at), states)
        return {row["document_id"]: row["ingested_at"] for row in self.rows(query)}

    def document(self, document_id: str) -> Document | None:
        """A document in force, or None."""
        found = self.stored(only=[document_id])
        return found[0].document if found else None

    def overrides(self) -> dict[str, dict[str, str]]:
        """What people corrected: document id -> field -> value."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows(select(tables.overrides)):
            found.setdefault(row["document_id"], {})[row["field"]] = row["value"]
        return found

    def correct(self, document_id: str, field: str, value: str, who: str) -> None:
        """Keep a person's correction of one field of a document's description."""
        table = tables.overrides
        with self.writing() as connection:
            connection.execute(delete(table).where(table.c.document_id == document_id, table.c.field == field))
            connection.execute(
                insert(table).values(document_id=document_id, field=field, value=value, who=who, at=now())
            )

    def add_document(
        self, document: Document, pages: Sequence[Page], passages: Sequence[Passage], *, reader_version: int
    ) -> None:
        """Store a document whole, as pending, and retire every other document of the same path. One transaction."""
        table = tables.documents
        row = records.document_row(document) | {
            "state": State.PENDING.value,
            "reader_version": reader_version,
            "ingested_at": now(),
        }
        with self.writing() as connection:
            connection.execute(delete(table).where(table.c.document_id == document.document_id))
            older = (table.c.path == document.path) & (table.c.document_id != document.document_id)
            connection.execute(update(table).where(older).values(state=State.RETIRED.value))
            connection.execute(insert(table).values(**row))
            periodicals.put(connection, document)
            if pages:
                connection.execute(insert(tables.pages), [records.page_row(page) for page in pages])
            if passages:
                connection.execute(insert(tables.passages), [records.passage_row(passage) for passage in passages])
            connection.execute(delete(tables.problems).where(tables.problems.c.path == document.path))

    def describe(self, document: Document) -> None:
        """Store a changed description (title, publisher, path, ...) of a document that is there already."""
        table = tables.documents
        with self.writing() as connection:
            matching = table.c.document_id == document.document_id
            connection.execute(update(table).where(matching).values(**records.document_row(document)))
            periodicals.put(connection, document)

    def retire(self, document_id: str) -> None:
        """Mark a document as removed; it goes with the next `publish`."""
        table = tables.documents
        with self.writing() as connection:
            connection.execute(
                update(table).where(table.c.document_id == document_id).values(state=State.RETIRED.value)
            )

    def publish(self) -> None:
        """Pending documents become active, retired ones go. To be called when the search index holds just these."""
        table = tables.documents
        with self.writing() as connection:
            connection.execute(
                update(table).where(table.c.state == State.PENDING.value).values(state=State.ACTIVE.value)
            )
            connection.execute(delete(table).where(table.c.state == State.RETIRED.value))

    def has_changes(self) -> bool:
        """Whether something waits for `publish`."""
        table = tables.documents
        query = select(func.count()).select_from(table).where(table.c.state != State.ACTIVE.value)
        return bool(self.rows(query)[0]["count_1"])

    # What there is, and how much

    def without_passages(self) -> list[str]:
        """Ids of the documents in force that have no passage: scans, say."""
        table = tables.documents
        passages = select(tables.passages.c.row_id).where(tables.passages.c.document_id == table.c.document_id)
        query = select(table.c.document_id).where(table.c.state.in_(list(IN_FORCE)), ~passages.exists())
        return [row["document_id"] for row in self.rows(query)]

    def unread_scans(self) -> set[str]:
        """Ids of the documents in force with a page without text that OCR has not looked at."""
        table = tables.pages
        unread = select(table.c.page_number).where(
            table.c.document_id == tables.documents.c.document_id, table.c.text == "", table.c.ocr_confidence.is_(None)
        )
        query = select(tables.documents.c.document_id).where(
            tables.documents.c.state.in_(list(IN_FORCE)), unread.exists()
        )
        return {row["document_id"] for row in self.rows(query)}

    def counts(self) -> dict[str, int]:
        """Documents, pages, passages and pages without text among the documents in force."""
        documents = select(tables.documents.c.document_id).where(tables.documents.c.state.in_(list(IN_FORCE)))

        def count(table: Any, *conditions: Any) -> int:
            query = select(func.count()).select_from(table).where(table.c.document_id.in_(documents), *conditions)
            return int(self.rows(query)[0]["count_1"])

        return {
            "documents": count(tables.documents),
            "pages": count(tables.pages),
            "passages": count(tables.passages),
            "pages_without_text": count(tables.pages, tables.pages.c.text == ""),
        }


CORRECTABLE = frozenset((*records.DOCUMENT_TEXTS, *periodicals.FIELDS))
"""Fields of a document's description that a person's correction may stand in for."""


def _in_states(query: Any, states: Iterable[State]) -> Any:
    table = tables.documents
    return query.where(table.c.state.in_(list(states))).order_by(table.c.file_name, table.c.document_id)


def _corrected(document: Document, corrections: dict[str, str]) -> Document:
    if not corrections:
        return document
    known = {name: value for name, value in corrections.items() if name in CORRECTABLE}
    return replace(document, guessed=document.guessed - set(known), **known)  # type: ignore[arg-type]
