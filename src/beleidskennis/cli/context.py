"""What every command starts from: the settings, and the library that they name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from beleidskennis.errors import QueryError, reason

if TYPE_CHECKING:
    from beleidskennis.library import Library
    from beleidskennis.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The options given before the command."""

    index: Path | None = None
    model: str | None = None

    def settings(self) -> Settings:
        """The settings in force, these options first."""
        from beleidskennis.settings import load_settings

        return load_settings(index=self.index, model=self.model)


@contextmanager
def opened(context: typer.Context) -> Iterator[Library]:
    """The library, for one command; `--index` and `--model` may stand before or after the command."""
    from beleidskennis.library import Library

    with Library.open(context.obj.settings()) as library:
        yield library


def print_json(value: object) -> None:
    """One JSON value on one line, UTF-8 as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the user named.

    Raises:
        QueryError: it cannot be written there; says why.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"Het bestand '{path}' kan niet worden geschreven: {reason(error)}."
        raise QueryError(message, "Kies een map die er is, en sluit het bestand als het nog open is.") from error


def read_batch(path: Path, key: str) -> Iterator[Mapping[str, Any]]:
    """The JSON objects of a batch file, one a line; each must have `id` and `key`.

    Raises:
        QueryError: the file is not there, or a line is not such an object; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"Het bestand '{path}' kan niet worden gelezen: {reason(error)}."
        raise QueryError(message, "Geef een bestaand bestand met een JSON-object per regel (UTF-8).") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            item["id"], item[key]
        except (ValueError, TypeError, KeyError) as error:
            message = f"Regel {number} van '{path}' is geen JSON-object met 'id' en '{key}'."
            raise QueryError(message, f'Voorbeeld van een regel: {{"id": "1", "{key}": "..."}}') from error
        yield item
