"""Files that a visitor sends: only known kinds, never larger than allowed, never outside the folder for them."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from beleidskennis.errors import LimitExceededError, UnreadableFileError
from beleidskennis.sources import SUFFIXES

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
    stem = re.sub(r"[^\w \-]+", "-", stem).strip(" -_")[:_NAME_LIMIT]
    if not stem or _RESERVED.match(stem):
        stem = f"document-{stem}".rstrip("-")
    return f"{stem}.{suffix.lower()}"


def save_upload(corpus: Path, given: str, data: bytes, *, limit_mb: int) -> Path:
    """Write an upload to `corpus/uploads`, whole or not at all; the same name again replaces the older version.

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
    target = (folder / name).resolve()
    if target.parent != folder:
        message = f"'{name}' kan hier niet worden bewaard."
        raise UnreadableFileError(message, "Geef het bestand een andere naam.", file_name=name)
    part = folder / f".{name}.{os.getpid()}.deel"
    part.write_bytes(data)
    part.replace(target)
    return target
