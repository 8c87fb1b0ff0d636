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
"""The formats that are read."""
UNREAD = frozenset(
    {".doc", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".ods", ".odp", ".epub", ".pages", ".zip", ".eml", ".msg"}
    | {".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)
"""Formats that hold text and are not read: in a folder they are named, so that nobody waits for them."""
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (directions), half a surrogate pair (bytes that are no UTF-8), line ends."""
_PLAIN = frozenset({".md", ".txt"})
"""Formats of what people write about a folder, and of the text that a PDF was made from: these can be set aside."""
_SOURCE_FOLDERS = frozenset({"bronnen", "source", "sources", "src", "tekst"})
"""Folders that hold the texts from which the PDFs in the folder above were made."""
_NOT_SOURCES = frozenset({"readme", "license", "licence", "licentie", "changelog", "manifest", "leesmij"})


def find_sources(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The source files in `paths`: files as they are (whatever their suffix), folders searched to the bottom.

    In folders, hidden files and lock files of Office are left out, and what `find_set_aside` names.
    Sorted by path, without doubles; links to folders are not followed. What is no file (a pipe, a link to nothing) is
    named all the same, so that it can be reported: see `check_file`; and so is a folder that may not be looked into.
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


def find_set_aside(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The .md and .txt files in the folders among `paths` that are no documents of their own, sorted by path.

    README, LICENSE, CHANGELOG and the like; and the text that a PDF was made from: of the same name, and beside it or
    in a folder "bronnen" or "sources" under it.
    """
    found = {path for folder in paths if folder.is_dir() for path in _files(folder) if _is_set_aside(path)}
    return tuple(sorted(found, key=lambda path: (str(path).casefold(), str(path))))


def _is_set_aside(path: Path) -> bool:
    if path.suffix.lower() not in _PLAIN:
        return False
    folders = [path.parent]
    if path.parent.name.lower() in _SOURCE_FOLDERS:
        folders.append(path.parent.parent)
    made = (folder / f"{path.stem}{suffix}" for folder in folders for suffix in (".pdf", ".PDF"))
    return path.stem.lower() in _NOT_SOURCES or any(pdf.is_file() for pdf in made)


def check_file(path: Path) -> None:
    """See that a path can be read and kept.

    Raises:
        UnreadableFileError: a pipe, a link to nothing, a name that is no text, or a folder without permission.

    """
    if path.is_dir():
        message = f"De map {shown_name(str(path))} mag niet worden gelezen; wat erin staat is niet bekeken."
        hint = "Vraag om leesrechten op de map, of kopieer de bestanden naar een andere."
        raise UnreadableFileError(message, hint, file_name=shown_name(path.name))
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


def _files(folder: Path, refused: list[Path] | None = None) -> Iterator[Path]:
    """What is in a folder and the folders in it, but for what is hidden and the lock files of Office.

    Folders that may not be looked into are added to `refused`.
    """

    def refuse(error: OSError) -> None:
        if refused is not None:
            refused.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in names if not name.startswith((".", "~$")))


def _in_folder(folder: Path) -> Iterator[Path]:
    refused: list[Path] = []
    for path in _files(folder, refused):
        if path.suffix.lower() in SUFFIXES and not _is_set_aside(path):
            yield path
    yield from refused


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
