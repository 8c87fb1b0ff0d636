"""Files that a visitor sends: only known kinds, never larger than allowed, never outside the folder for them."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

from beleidskennis.errors import LimitExceededError, UnreadableFileError
from beleidskennis.sources import SUFFIXES, sha256_of

FOLDER = "uploads"
KINDS = tuple(suffix.lstrip(".") for suffix in SUFFIXES)
_NAME_LIMIT = 120
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


def safe_name(given: str) -> str:
    """A file name that holds on every system, made of the last part of what was given.

    Raises:
        UnreadableFileError: the kind of file is not taken.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    stem, dot, suffix = last.rpartition(".")
    if not dot or suffix.lower() not in KINDS:
        message = f"'{last}' kan niet worden ingelezen: dit soort bestand leest de app niet."
        raise UnreadableFileError(message, "Kies een bestand van de soort " + ", ".join(KINDS) + ".", file_name=last)
    stem = re.sub(r"[^\w .\-]+", "-", stem).strip(" -_.")[:_NAME_LIMIT].rstrip(" .")
    if not stem or _RESERVED.match(stem.partition(".")[0].strip()):
        stem = f"document-{stem}".rstrip("-")
    return f"{stem}.{suffix.lower()}"


def is_other(corpus: Path, given: str, data: bytes) -> bool:
    """Whether another file than this one lies in `corpus/uploads` under the name that it would get."""
    target = corpus / FOLDER / safe_name(given)
    return target.is_file() and not _holds(target, data)


def save_upload(
    corpus: Path, given: str, data: bytes, *, limit_mb: int, replace: bool = False, kept: Collection[Path] = ()
) -> Path:
    """Write an upload to `corpus/uploads`, whole or not at all, and give the path of it.

    Another file of that name stays: this one gets a number behind its name, unless `replace` asks for its place. Those
    in `kept` (what was sent with it) are never replaced. The same content gets the same path again.

    Raises:
        UnreadableFileError: another kind of file, or it is empty.
        LimitExceededError: it is too large.
    """
    name = safe_name(given)
    if not data:
        message = f"'{name}' is leeg."
        raise UnreadableFileError(message, "Kies een bestand met inhoud.", file_name=name)
    if len(data) > limit_mb * 1024 * 1024:
        message = f"'{name}' is groter dan {limit_mb} MB."
        raise LimitExceededError(
            message,
            "Kies een kleiner bestand, of vraag de beheerder om de grens te verhogen (upload_mb).",
            file_name=name,
        )
    folder = (corpus / FOLDER).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / name).resolve().parent != folder:
        message = f"'{name}' kan hier niet worden bewaard."
        raise UnreadableFileError(message, "Geef het bestand een andere naam.", file_name=name)
    part = folder / f".{uuid.uuid4().hex}.deel"
    try:
        part.write_bytes(data)
        target = _place(folder, name, data, replace=replace, kept=kept)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _place(folder: Path, name: str, data: bytes, *, replace: bool, kept: Collection[Path]) -> Path:
    """The path that an upload gets: held by an empty file until it is there, so that nobody else gets it too."""
    for path in _numbered(folder / name):
        try:
            path.open("xb").close()
        except FileExistsError:
            if not (_holds(path, data) or (replace and path not in kept)):
                continue
        return path
    raise AssertionError  # there is always another number


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _holds(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and sha256_of(path) == hashlib.sha256(data).hexdigest()
