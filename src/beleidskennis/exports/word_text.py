"""The text of drafts: paragraphs of .docx, .md and .txt files, and the places of their characters in Word's runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from beleidskennis.citations.report import DraftParagraph
from beleidskennis.errors import MissingExtraError, UnreadableFileError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTAINERS = frozenset(
    f"{_W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
)
"""What may stand between a paragraph and its runs; deleted text and text boxes are left out."""
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
SUFFIXES = (".docx", ".md", ".markdown", ".txt")
"""Drafts that can be read, by the end of their file name."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of text in Word: the run (`w:r`), its child that holds the text, and the offset in the paragraph."""

    run: Any
    child: Any
    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.start + len(self.text)


def read_draft(data: bytes, file_name: str) -> tuple[DraftParagraph, ...]:
    """The paragraphs of a draft, in order, empty ones included (so that they can be found again when writing).

    Raises:
        UnreadableFileError: not a Word file, or of a kind that is not read.
        MissingExtraError: python-docx is not installed.

    """
    suffix = suffix_of(file_name)
    if suffix == ".docx":
        return tuple(_paragraph(document_paragraph) for document_paragraph in paragraphs_of(open_word(data, file_name)))
    text = decode(data)
    return read_markdown(text) if suffix != ".txt" else read_plain(text)


def suffix_of(file_name: str) -> str:
    """The kind of file, checked.

    Raises:
        UnreadableFileError: a kind that is not read.

    """
    suffix = "." + file_name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        message = f"'{file_name}' kan niet worden gelezen als concept."
        raise UnreadableFileError(message, "Gebruik een .docx-, .md- of .txt-bestand.", file_name=file_name)
    return suffix


def open_word(data: bytes, file_name: str) -> WordDocument:
    """A python-docx document; errors as `read_draft`."""
    try:
        import docx
    except ImportError as error:
        message = "Voor Word-bestanden is een extra onderdeel nodig."
        raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[export]'.") from error
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        message = f"'{file_name}' is geen leesbaar Word-bestand (.docx)."
        raise UnreadableFileError(message, "Sla het opnieuw op als .docx.", file_name=file_name) from error


def paragraphs_of(document: WordDocument) -> list[Any]:
    """The paragraph elements (`w:p`) of the body, tables included, text boxes left out, in document order."""
    boxes = f"{_W}txbxContent"
    return [p for p in document.element.body.iter(f"{_W}p") if not any(a.tag == boxes for a in p.iterancestors())]


def atoms_of(paragraph: Any) -> list[Atom]:
    """The stretches of text of a paragraph element, in order; their offsets are those of `text_of`."""
    atoms: list[Atom] = []
    offset = 0
    for run in _runs(paragraph):
        for child in run:
            text = (child.text or "") if child.tag == f"{_W}t" else _CHARACTERS.get(child.tag, "")
            if text:
                atoms.append(Atom(run, child, offset, text))
                offset += len(text)
    return atoms


def text_of(paragraph: Any) -> str:
    """The text of a paragraph element."""
    return "".join(atom.text for atom in atoms_of(paragraph))


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _runs(child)


def _paragraph(element: Any) -> DraftParagraph:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    heading = re.match(r"(?:heading|kop)\D*(\d)?", name)
    text = text_of(element)
    if heading or name in ("title", "titel", "subtitle", "ondertitel") or name.startswith(("toc", "inhopg")):
        return DraftParagraph(text, "kop", int(heading[1] or 1) if heading else 1)
    if any(ancestor.tag == f"{_W}tc" for ancestor in element.iterancestors()):
        return DraftParagraph(text, "tabel")
    if element.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith(("list", "lijst")):
        return DraftParagraph(text, "lijst")
    return DraftParagraph(text)


_ITEM = re.compile(r"(?:[-*+•]|(?P<number>\d{1,3})[.)])\s+(?P<text>.*)")
"""A line that is an item of a list: a bullet, or a number."""
_ROW = re.compile(r"\|.*\|$")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?$")


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 (with or without mark), UTF-16 with a mark, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    # Control characters have no place in a Word file.
    return "".join(character for character in text if character in "\t\n\r" or character.isprintable())


def read_plain(text: str) -> tuple[DraftParagraph, ...]:
    """Paragraphs of plain text: divided by empty lines, lists by their lines; any other line break is a space."""
    paragraphs: list[DraftParagraph] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines: list[str] = []
        kind, level = "alinea", 0
        for line in part.split("\n"):
            item = _ITEM.match(line.strip())
            if item:
                paragraphs.append(DraftParagraph(" ".join(lines), kind, level))
                lines, kind, level = [], "lijst", 1 if item["number"] else 0
            lines += (item["text"] if item else line).split()
        paragraphs.append(DraftParagraph(" ".join(lines), kind, level))
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def read_markdown(text: str) -> tuple[DraftParagraph, ...]:
    """Paragraphs, headings, items and cells of tables of Markdown, with its emphasis and links taken off.

    A note of the writer stays where it is, as "(noot 1)", and its text where that is.
    """
    text = re.sub(r"^\[\^(\w+)\]:\s*", r"\n\nNoot \1: ", text, flags=re.MULTILINE)
    text = re.sub(r"([.!?]?)\s*\[\^(\w+)\]", r" (noot \2)\1", text)
    paragraphs: list[DraftParagraph] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            paragraphs.append(DraftParagraph(_inline(" ".join(lines))))
            lines.clear()

    item = False
    for line in text.replace("\r\n", "\n").split("\n"):
        stripped = line.strip()
        heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", stripped)
        bullet = _ITEM.match(stripped)
        row = _ROW.match(stripped)
        if heading or bullet or row or not stripped or re.fullmatch(r"([-*_]\s*){3,}|```\w*", stripped):
            close()
            item = bullet is not None
            if heading:
                paragraphs.append(DraftParagraph(_inline(heading[2]), "kop", len(heading[1])))
            elif bullet:
                paragraphs.append(DraftParagraph(_inline(bullet["text"]), "lijst", 1 if bullet["number"] else 0))
            elif row and not _RULE.match(stripped):
                cells = [_inline(cell.strip()) for cell in stripped.strip("|").split("|")]
                paragraphs += [DraftParagraph(cell, "tabel", len(cells)) for cell in cells]
        elif item and line[:1].isspace():
            last = paragraphs.pop()
            paragraphs.append(DraftParagraph(f"{last.text} {_inline(stripped)}", "lijst", last.level))
        else:
            item = False
            lines.append(re.sub(r"^>\s?", "", stripped))
    close()
    return tuple(paragraphs)


def _inline(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return re.sub(r"(?<!\w)([*_])(?=\S)([^*_]+?)(?<=\S)\1(?!\w)", r"\2", text).replace("`", "")
