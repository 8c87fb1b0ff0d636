"""Opening a PDF, and every way in which that goes wrong, as a message for the user."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from beleidskennis.errors import EncryptedFileError, LimitExceededError, SourceError, UnreadableFileError, reason
from beleidskennis.pdf.types import Limits

if TYPE_CHECKING:
    from pypdf import PdfReader

_LOG = logging.getLogger(__name__)
_SIGNATURES = (
    (b"PK\x03\x04", "een zip-bestand of een Office-document"),
    (b"\xd0\xcf\x11\xe0", "een oud Office-document"),
    (b"{\\rtf", "een RTF-bestand"),
    (b"\xff\xd8\xff", "een foto (JPEG)"),
    (b"\x89PNG", "een afbeelding (PNG)"),
    (b"%!PS", "een PostScript-bestand"),
    (b"MZ", "een programma"),
)
_DAMAGED = "Haal het bestand opnieuw op, of open het in een PDF-lezer en bewaar het als nieuwe PDF."


class WarningLog(logging.Handler):
    """Counts what pypdf warns of by kind, and keeps it off the user's terminal (it is English)."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record by its kind (the message without its values)."""
        if len(self.counts) < 200 or record.msg in self.counts:
            self.counts[str(record.msg)] += 1

    def summary(self) -> tuple[str, ...]:
        """One line for the user, or none."""
        total = sum(self.counts.values())
        if not total:
            return ()
        times = "één afwijking" if total == 1 else f"{total} afwijkingen"
        return (f"De PDF wijkt af van de standaard; er is omheen gelezen ({times}).",)


@contextmanager
def collected_warnings() -> Iterator[WarningLog]:
    """Inside this, what pypdf logs goes to the `WarningLog` and nowhere else."""
    logger = logging.getLogger("pypdf")
    log, propagate, handlers = WarningLog(), logger.propagate, logger.handlers
    logger.propagate, logger.handlers = False, [log]
    try:
        yield log
    finally:
        logger.propagate, logger.handlers = propagate, handlers


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableFileError: it cannot be opened.
        LimitExceededError: it is larger than `limits.max_bytes`.

    """
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            message = f"{path.name} is {size / 2**20:.0f} MB; de grens is {limits.max_bytes / 2**20:.0f} MB."
            hint = "Verhoog de instelling upload_mb, of splits het bestand."
            raise LimitExceededError(message, hint, file_name=path.name)
        return path.read_bytes()
    except OSError as error:
        message = f"{path.name} kan niet worden geopend ({reason(error)})."
        hint = "Controleer of het bestand er nog staat en of het gelezen mag worden."
        raise UnreadableFileError(message, hint, file_name=path.name) from error


def open_reader(data: bytes, name: str, passwords: Sequence[str]) -> tuple[PdfReader, str, list[str]]:
    """A reader over `data`, the password that opened it ("" if none was needed), and problems to report.

    Raises:
        UnreadableFileError: empty, not a PDF, or damaged beyond opening.
        EncryptedFileError: no password fits, or the cipher needs a package that is not there.

    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    _check_signature(data, name)
    problems: list[str] = []
    if is_truncated(data):
        problems.append("Het einde van de PDF ontbreekt: het bestand is misschien afgekapt.")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        fitting = (password for password in ("", *passwords) if not reader.is_encrypted or reader.decrypt(password))
        opened = next(fitting, None)
        if opened is None:
            tried = "het opgegeven wachtwoord past niet" if passwords else "er is een wachtwoord nodig"
            message = f"{name} is versleuteld: {tried}."
            hint = "Geef het wachtwoord op met de instelling passwords, of bewaar een kopie zonder wachtwoord."
            raise EncryptedFileError(message, hint, file_name=name)
    except DependencyError as error:
        message = f"{name} is versleuteld met AES; om dat te lezen is het pakket cryptography nodig."
        raise EncryptedFileError(message, "Installeer het met: pip install cryptography", file_name=name) from error
    return reader, opened, problems


def is_truncated(data: bytes) -> bool:
    """Whether the end of the file is missing (PDF 32000-1, 7.5.5: the last line is "%%EOF")."""
    return b"%%EOF" not in data[-2048:]


def _check_signature(data: bytes, name: str) -> None:
    if not data.strip(b"\x00\r\n\t "):
        message = f"{name} is leeg (0 bytes)." if not data else f"{name} bevat geen gegevens."
        raise UnreadableFileError(message, "Haal het bestand opnieuw op.", file_name=name)
    if b"%PDF-" in data[:1024]:
        return
    kind = next((label for signature, label in _SIGNATURES if data.startswith(signature)), "")
    start = data[:512].lower()
    if not kind and (b"<html" in start or b"<!doctype html" in start):
        kind = "een webpagina (misschien een foutmelding van de site waar het vandaan komt)"
    message = f"{name} is geen PDF, al heet het zo." + (f" Het lijkt {kind}." if kind else "")
    raise UnreadableFileError(message, "Controleer het bestand, of geef het de juiste extensie.", file_name=name)


def fault_of(
    error: BaseException, name: str, page_number: int | None = None, *, truncated: bool = False
) -> SourceError:
    """The error for the user that stands for an error of a library: never None, never a bare library error."""
    from pypdf import errors

    where = f"{name}, bladzijde {page_number}," if page_number else name
    if isinstance(error, SourceError):
        return error
    if isinstance(error, MemoryError):
        message = f"{where} vraagt meer geheugen dan is toegestaan."
        hint = "Verhoog de instelling memory_mb, of bewaar het bestand kleiner."
        return LimitExceededError(message, hint, file_name=name, page_number=page_number)
    if isinstance(error, (errors.LimitReachedError, RecursionError)):
        message = f"{where} is te diep genest of te groot om veilig te lezen."
        return LimitExceededError(message, _DAMAGED, file_name=name, page_number=page_number)
    if isinstance(error, errors.FileNotDecryptedError):
        message = f"{where} is versleuteld en niet ontsloten."
        hint = "Geef het wachtwoord op met de instelling passwords."
        return EncryptedFileError(message, hint, file_name=name, page_number=page_number)
    if isinstance(error, errors.DependencyError):
        message = f"{where} gebruikt een techniek waarvoor een pakket ontbreekt ({_short(error)})."
        return UnreadableFileError(message, "Installeer dat pakket met pip.", file_name=name, page_number=page_number)
    if isinstance(error, errors.EmptyFileError):
        return UnreadableFileError(f"{name} is leeg.", "Haal het bestand opnieuw op.", file_name=name)
    if truncated:
        message = f"{name} is afgekapt: het einde van het bestand ontbreekt, en de rest is niet te lezen."
        return UnreadableFileError(message, "Haal het bestand opnieuw op.", file_name=name)
    _LOG.info("%s: %s", where, _short(error))
    message = f"{where} is beschadigd en niet te lezen."
    return UnreadableFileError(message, _DAMAGED, file_name=name, page_number=page_number)


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split())[:100]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
