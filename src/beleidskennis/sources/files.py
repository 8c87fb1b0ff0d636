"""Which files are sources, and their identity."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from beleidskennis.errors import UnreadableFileError, reason
from beleidskennis.model import DocumentId

SUFFIXES = (".pdf", ".docx", ".odt", ".html", ".htm", ".md", ".txt")
"""The formats that are read, surest first: of files with the same name but for the suffix, the first is taken."""
UNREAD = frozenset(
    {".doc", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".ods", ".odp", ".epub", ".pages", ".zip", ".eml", ".msg"}
    | {".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)
"""Formats that hold text and are not read: in a folder they are named, so that nobody waits for them."""
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (directions), half a surrogate pair (bytes that are no UTF-8), line ends."""
_NOT_SOURCES = frozenset({"readme", "license", "licence", "licentie", "changelog", "manifest", "leesmij"})


def find_sources(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The source files in `paths`: files as they are (whatever their suffix), folders searched to the bottom.

    In folders, hidden files, lock files of Office, README, LICENSE and CHANGELOG are left out; so is a file that has
    the same name but for its suffix as a PDF beside it or in a folder above it (the text that the PDF was made from).
    Sorted by path, without doubles; links to folders are not followed. What is no file (a pipe, a link to nothing) is
    named all the same, so that it can be reported: see `check_file`.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_in_folder(path)))
        elif path.exists():
            found[path] = None
    return tuple(sorted(found, key=lambda path: (str(path).casefold(), str(path))))


def find_unread(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files in the folders among `paths` whose format is not read though it may hold text, sorted by path."""
    found = {path for folder in paths if folder.is_dir() for path in _files(folder) if path.suffix.lower() in UNREAD}
    return tuple(sorted(found, key=lambda path: (str(path).casefold(), str(path))))


def check_file(path: Path) -> None:
    """See that a path can be read and kept.

    Raises:
        UnreadableFileError: a pipe, a link to nothing, or a name that is no text.

    """
    if not path.is_file():
        message = f"{shown_name(path.name)} is geen gewoon bestand, of een koppeling naar iets dat er niet is."
        raise UnreadableFileError(message, "Zet het bestand zelf in de map.", file_name=shown_name(path.name))
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        message = f"De naam {shown_name(path.name)} bevat tekens die geen tekst zijn (geen UTF-8)."
        raise UnreadableFileError(message, "Geef het een andere naam.", file_name=shown_name(path.name)) from error


def shown_name(name: str) -> str:
    """A file name as it is shown: what would break the line or turn the direction of reading becomes "\ufffd".

    >>> shown_name("agenda\u202efdp.exe")
    'agenda\ufffdfdp.exe'
    """
    return "".join("\ufffd" if unicodedata.category(char) in _NOT_SHOWN else char for char in name)


def _files(folder: Path) -> Iterator[Path]:
    """What is in a folder and the folders in it, but for what is hidden and the lock files of Office."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in names if not name.startswith((".", "~$")))


def _in_folder(folder: Path) -> Iterator[Path]:
    candidates = [
        path for path in _files(folder) if path.suffix.lower() in SUFFIXES and path.stem.lower() not in _NOT_SOURCES
    ]
    pdfs = {(path.parent, path.stem) for path in candidates if path.suffix.lower() == ".pdf"}
    for path in candidates:
        parents = [path.parent, *path.parent.parents]
        if path.suffix.lower() == ".pdf" or not any((parent, path.stem) in pdfs for parent in parents):
            yield path


def sha256_of(path: Path) -> DocumentId:
    """The identity of a file: the SHA-256 of its bytes, lower-case hexadecimal.

    Raises:
        UnreadableFileError: the file cannot be opened or read.

    """
    try:
        with path.open("rb") as stream:
            return DocumentId(hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        message = f"{path.name} kan niet worden geopend ({reason(error)})."
        hint = "Controleer of het bestand er nog staat en of het gelezen mag worden."
        raise UnreadableFileError(message, hint, file_name=path.name) from error
