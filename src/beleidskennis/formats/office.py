"""Word (.docx) and OpenDocument (.odt) texts: zip files with XML, read within limits and without outside entities."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from beleidskennis.errors import LimitExceededError, MissingExtraError, UnreadableFileError
from beleidskennis.formats.blocks import Paragraph
from beleidskennis.pdf.types import Limits

# A zip may unpack to this many times the largest allowed file; text packs about tenfold.
_UNPACKED_FACTOR = 5
_DAMAGED = "Open het in Word of LibreOffice en bewaar het opnieuw, of bewaar het als PDF."
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TITLE_STYLE = re.compile(r"(?:title|titel)$", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"(?:heading|kop|titel|title)\s*(\d)?", re.IGNORECASE)


def open_archive(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The zip file, if it is one and does not unpack to something enormous.

    Raises:
        UnreadableFileError: not a zip file, damaged, or encrypted.
        LimitExceededError: it unpacks to more than five times the largest allowed file.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        message = f"{name} is beschadigd of geen document van dit type."
        raise UnreadableFileError(message, _DAMAGED, file_name=name) from error
    if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_FACTOR * limits.max_bytes:
        message = f"{name} wordt uitgepakt groter dan is toegestaan."
        raise LimitExceededError(message, "Verhoog de instelling upload_mb, of splits het bestand.", file_name=name)
    return archive


def read_docx(data: bytes, name: str, limits: Limits) -> tuple[list[Paragraph], dict[str, str], list[str]]:
    """Paragraphs, metadata and problems of a Word file.

    Raises:
        MissingExtraError: python-docx is not installed.
        UnreadableFileError, LimitExceededError: as `open_archive`.

    """
    try:
        import docx
    except ImportError as error:
        message = f"Om {name} te lezen is python-docx nodig."
        raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[export]'") from error
    archive = open_archive(data, name, limits)
    parts = set(archive.namelist())
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_docx_blocks(document))
        metadata = _docx_metadata(document)
    except MemoryError:
        raise
    except Exception as error:
        message = f"{name} is beschadigd of geen Word-document ({type(error).__name__})."
        raise UnreadableFileError(message, _DAMAGED, file_name=name) from error
    problems = []
    if any(part.endswith("vbaProject.bin") for part in parts):
        problems.append("Het bestand bevat macro's; die zijn niet uitgevoerd.")
    if "word/footnotes.xml" in parts:
        problems.append("Voetnoten in dit Word-bestand zijn niet ingelezen; bewaar het als PDF als ze nodig zijn.")
    return paragraphs, metadata, problems


def _docx_blocks(document: Any) -> Iterator[Paragraph]:
    """The blocks of a Word file; below a title of the document its headings are a level deeper."""
    joined = False
    deeper = 0
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for number, row in enumerate(block.rows):
                cells = [" ".join(cell.text.split()) or "-" for cell in _distinct(row.cells)]
                yield Paragraph(("    ".join(cells),), joined=number > 0)
            joined = False
            continue
        text = " ".join(block.text.split())
        style = (block.style.name if block.style is not None else "") or ""
        heading = _HEADING_STYLE.match(style)
        numbered = block._p.pPr is not None and block._p.pPr.numPr is not None
        item = not heading and (numbered or style.lower().startswith(("list", "lijst")))
        level = min(6, int(heading[1] or 1) + deeper) if heading else 0
        deeper = 1 if level and text and _TITLE_STYLE.match(style) else deeper
        yield Paragraph((f"• {text}" if item and text else text,), level, joined=item and joined)
        joined = item


def _distinct(cells: Any) -> list[Any]:
    """A merged cell once."""
    seen: list[Any] = []
    for cell in cells:
        if not seen or cell._tc is not seen[-1]._tc:
            seen.append(cell)
    return seen


def _docx_metadata(document: Any) -> dict[str, str]:
    properties = document.core_properties
    found = {"title": properties.title or "", "author": properties.author or "", "subject": properties.subject or ""}
    if properties.created is not None:
        found["created"] = properties.created.date().isoformat()
    return {key: value[:500] for key, value in found.items() if value and value != "python-docx"}


def read_odt(data: bytes, name: str, limits: Limits) -> tuple[list[Paragraph], dict[str, str], list[str]]:
    """Paragraphs, metadata and problems of an OpenDocument text.

    Raises:
        UnreadableFileError, LimitExceededError: as `open_archive`.

    """
    archive = open_archive(data, name, limits)
    problems = []
    if any(part.startswith("Basic/") or part.startswith("Scripts/") for part in archive.namelist()):
        problems.append("Het bestand bevat macro's; die zijn niet uitgevoerd.")
    body = _xml(archive, "content.xml", name)
    meta = _xml(archive, "meta.xml", name) if "meta.xml" in archive.namelist() else None
    metadata = {}
    if meta is not None:
        tags = (("title", "title"), ("author", "creator"), ("created", "date"))
        metadata = {key: (meta.findtext(f".//{_DC}{tag}") or "").strip()[:500] for key, tag in tags}
        metadata["created"] = metadata["created"][:10]
    return list(_odt_blocks(body)), {key: value for key, value in metadata.items() if value}, problems


def _xml(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    try:
        data = archive.read(part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            message = (
                f"{name} heeft een documenttype-declaratie; die hoort er niet in en wordt om veiligheid geweigerd."
            )
            raise UnreadableFileError(message, _DAMAGED, file_name=name)
        return ElementTree.fromstring(data)
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        message = f"{name} is beschadigd, versleuteld of geen OpenDocument-tekst ({part})."
        raise UnreadableFileError(message, _DAMAGED, file_name=name) from error


def _odt_blocks(root: ElementTree.Element) -> Iterator[Paragraph]:
    """Headings, paragraphs, list items and table rows in order; without recursion, so that depth costs nothing."""
    stack: list[tuple[ElementTree.Element, bool]] = [(root, False)]
    joined = False
    while stack:
        element, in_list = stack.pop()
        if element.tag == f"{_TABLE}table-row":
            cells = [
                " ".join("".join(_odt_text(cell)).split()) or "-" for cell in element.findall(f"{_TABLE}table-cell")
            ]
            yield Paragraph(("    ".join(cells),), joined=joined)
            joined = True
        elif element.tag in (f"{_TEXT}h", f"{_TEXT}p"):
            level = element.get(f"{_TEXT}outline-level", "1") if element.tag == f"{_TEXT}h" else "0"
            text = " ".join("".join(_odt_text(element)).split())
            if text:
                yield Paragraph(
                    (f"• {text}" if in_list and level == "0" else text,),
                    min(6, int(level)) if level.isdigit() else 1,
                    joined=in_list and joined and level == "0",
                )
                joined = in_list
        elif element.tag != f"{_TEXT}tracked-changes":
            listed = in_list or element.tag == f"{_TEXT}list-item"
            stack += [(child, listed) for child in reversed(element)]


def _odt_text(element: ElementTree.Element) -> Iterator[str]:
    """The characters of an element; notes are left out, blanks and tabs are made blanks."""
    stack: list[ElementTree.Element | str] = [element]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
            continue
        if current.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        if current.tag == f"{_TEXT}note":
            continue
        for child in reversed(current):
            stack.append(child.tail or "")
            stack.append(child)
        yield current.text or ""
        if current.tag in (f"{_TEXT}p", f"{_TEXT}h") and current is not element:
            yield " "
