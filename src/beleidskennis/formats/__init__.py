"""Reading a source of any format that is supported: PDF (the main road), .docx, .odt, .html, .md and .txt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from beleidskennis.errors import UnreadableFileError
from beleidskennis.formats import office, plain, web
from beleidskennis.formats.blocks import make_document
from beleidskennis.pdf import Limits, RawDocument, read_pdf
from beleidskennis.pdf.faults import read_bytes
from beleidskennis.pdf.ocr import read_scans

__all__ = ["read_source"]

_ELSEWHERE = {
    ".doc": "een oud Word-document", ".rtf": "een RTF-document", ".ppt": "een presentatie", ".pptx": "een presentatie",
    ".xls": "een rekenblad", ".xlsx": "een rekenblad", ".ods": "een rekenblad", ".odp": "een presentatie",
    ".epub": "een e-boek", ".zip": "een zip-bestand", ".jpg": "een afbeelding", ".jpeg": "een afbeelding",
    ".png": "een afbeelding", ".tif": "een afbeelding", ".tiff": "een afbeelding",
    ".eml": "een e-mail", ".msg": "een e-mail",
}  # fmt: skip


def read_source(
    path: Path, *, limits: Limits | None = None, passwords: Sequence[str] = (), ocr: bool = False
) -> RawDocument:
    """The pages of a source file. With `ocr`, PDF pages without text are read from their image (Tesseract, Dutch).

    A file that is a PDF is read as one whatever its extension. Formats without pages get pages of about 3,000
    characters, with the heading in force ("§ Inleiding") or the number of the paragraph ("al. 12") as page label.

    Raises:
        SourceError: the file cannot be read, or goes over a limit; the message says why and what to do.
        MissingExtraError: reading this format needs a package that is not installed.

    """
    limits = limits or Limits()
    suffix = path.suffix.lower()
    if suffix == ".pdf" or _is_pdf(path):
        raw = read_pdf(path, limits=limits, passwords=passwords)
        if suffix != ".pdf":
            problem = f"Het bestand heet {suffix or 'zonder extensie'}, maar is een PDF; zo is het gelezen."
            raw = replace(raw, problems=(*raw.problems, problem))
        return read_scans(path, raw, limits=limits, passwords=passwords) if ocr else raw
    return _read_other(path, suffix, limits)


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(1024).startswith(b"%PDF-")
    except OSError:
        return False  # reading it says what is wrong


def _read_other(path: Path, suffix: str, limits: Limits) -> RawDocument:
    data = read_bytes(path, limits)
    if not data.strip():
        raise UnreadableFileError(f"{path.name} is leeg.", "Haal het bestand opnieuw op.", file_name=path.name)
    problems: list[str] = []
    if suffix == ".docx":
        paragraphs, metadata, problems = office.read_docx(data, path.name, limits)
    elif suffix == ".odt":
        paragraphs, metadata, problems = office.read_odt(data, path.name, limits)
    elif suffix in (".html", ".htm", ".xhtml"):
        text, problems = plain.decode(data, path.name, web.declared_encoding(data))
        paragraphs, metadata = web.read_html(text)
    elif suffix in (".txt", ".md", ".markdown", ".text"):
        text, problems = plain.decode(data, path.name)
        paragraphs = list(plain.read_text(text) if suffix in (".txt", ".text") else plain.read_markdown(text))
        metadata = {}
    else:
        raise _unsupported(path, suffix)
    return make_document(paragraphs, metadata, problems, name=path.name, limits=limits)


def _unsupported(path: Path, suffix: str) -> UnreadableFileError:
    kind = _ELSEWHERE.get(suffix)
    message = (
        f"{path.name} is {kind}; dat wordt niet ingelezen." if kind else f"{path.name} is geen bekend bestandstype."
    )
    hint = "Wel ingelezen worden: PDF, .docx, .odt, .html, .md en .txt. Bewaar het als PDF."
    return UnreadableFileError(message, hint, file_name=path.name)
