"""The manifest: a table beside the sources that says what is known of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.errors import ManifestError, reason
from beleidskennis.sources.dates import read_date

_COLUMNS = {
    "file": "file", "bestand": "file", "bestandsnaam": "file",
    "title": "title", "titel": "title",
    "publisher": "publisher", "uitgever": "publisher", "afzender": "publisher",
    "date": "date", "datum": "date",
    "kind": "kind", "soort": "kind",
    "language": "language", "taal": "language",
    "url": "url",
    "licence": "licence", "license": "licence", "licentie": "licence",
    "authors": "authors", "auteurs": "authors",
    "journal": "journal", "tijdschrift": "journal",
    "volume": "volume", "jaargang": "volume",
    "issue": "issue", "nummer": "issue", "aflevering": "issue",
    "article_pages": "article_pages", "bladzijden": "article_pages",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of one file; an empty field says nothing. `authors` are separated by ";" in the table."""

    file: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    kind: str = ""
    language: str = ""
    url: str = ""
    licence: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    article_pages: str = ""


def read_manifest(path: Path) -> Mapping[str, ManifestEntry]:
    """The entries by file name (as written: a name, or a path with "/" from the manifest's folder).

    UTF-8 with or without byte order mark; commas, semicolons or tabs. Column names in English or Dutch, in any order;
    columns that are not known are ignored.

    Raises:
        ManifestError: not readable as such a table, or a value that cannot be used; names the line.

    """
    text = _decode(path)
    header, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [_COLUMNS.get(name.strip().lower(), "") for name in next(rows, [])]
        if "file" not in columns:
            raise _fault(path, 1, "er is geen kolom 'file' (of 'bestand')")
        entries: dict[str, ManifestEntry] = {}
        for cells in rows:
            if any(cell.strip() for cell in cells):
                entry = _entry(path, rows.line_num, columns, cells)
                if entry.file in entries:
                    raise _fault(path, rows.line_num, f"'{entry.file}' staat er twee keer in")
                entries[entry.file] = entry
    except csv.Error as error:
        raise _fault(path, rows.line_num, f"de regel is niet te lezen ({error})") from error
    return entries


def _decode(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"Het manifest {path.name} kan niet worden geopend ({reason(error)})."
        raise ManifestError(message, file_name=path.name) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"Het manifest {path.name} is geen UTF-8 (regel {line})."
        hint = "Bewaar het in Excel als 'CSV UTF-8', of in een tekstbewerker als UTF-8."
        raise ManifestError(message, hint, file_name=path.name) from error


def _entry(path: Path, line: int, columns: list[str], cells: list[str]) -> ManifestEntry:
    if len([cell for cell in cells[len(columns) :] if cell.strip()]):
        raise _fault(path, line, f"er zijn {len(cells)} waarden en {len(columns)} kolommen")
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    if not values.get("file"):
        raise _fault(path, line, "de naam van het bestand ontbreekt")
    date = values.get("date", "")
    if date and not read_date(date):
        raise _fault(path, line, f"'{date}' is geen datum zoals 2025, 2025-10 of 28-08-2015")
    authors = tuple(name.strip() for name in values.pop("authors", "").split(";") if name.strip())
    values |= {"date": read_date(date), "kind": values.get("kind", "").lower()}
    values["file"] = values["file"].replace("\\", "/")
    return ManifestEntry(**values, authors=authors)


def _fault(path: Path, line: int, reason: str) -> ManifestError:
    message = f"Het manifest {path.name} kan niet worden gebruikt: regel {line}: {reason}."
    return ManifestError(message, "Verbeter die regel en lees opnieuw in.", file_name=path.name)
