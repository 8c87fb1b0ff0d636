"""What went wrong and who changed what: files that could not be taken in, and the audit trail."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from beleidskennis.catalogue import tables
from beleidskennis.catalogue.store import Catalogue, now


def put_problem(catalogue: Catalogue, path: str, message: str, kind: str) -> None:
    """Remember that a file could not be taken in."""
    table = tables.problems
    with catalogue.writing() as connection:
        connection.execute(delete(table).where(table.c.path == path))
        connection.execute(insert(table).values(path=path, message=message, kind=kind, at=now()))


def forget_problem(catalogue: Catalogue, path: str) -> None:
    """A file that failed is gone or read."""
    with catalogue.writing() as connection:
        connection.execute(delete(tables.problems).where(tables.problems.c.path == path))


def problems(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """`(path, message, kind)` of the files that could not be taken in."""
    table = tables.problems
    rows = catalogue.rows(select(table).order_by(table.c.path))
    return [(row["path"], row["message"], row["kind"]) for row in rows]


def log(catalogue: Catalogue, who: str, what: str, subject: str) -> None:
    """Add a line to the audit trail: who did what to which thing; never content."""
    with catalogue.writing() as connection:
        connection.execute(insert(tables.audit).values(at=now(), who=who, what=what, subject=subject))


def audit(catalogue: Catalogue, limit: int = 200) -> list[tuple[str, str, str, str]]:
    """The newest lines of the audit trail: `(at, who, what, subject)`."""
    table = tables.audit
    rows = catalogue.rows(select(table).order_by(table.c.id.desc()).limit(limit))
    return [(row["at"], row["who"], row["what"], row["subject"]) for row in rows]
