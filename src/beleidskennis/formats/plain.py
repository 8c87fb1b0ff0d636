"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from beleidskennis.errors import UnreadableFileError
from beleidskennis.formats.blocks import Paragraph

_ITEM = re.compile(r"^\s*(?:[-*+•–]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\[\^(\w+)\]:\s*"), r"Noot \1: "),
    (re.compile(r"\[\^\w+\]"), ""),
    (re.compile(r"<(https?://[^>]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])"), r"\1"),
)


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, list[str]]:
    """The text of a file: by its byte order mark, the encoding it declares, UTF-8, else Windows-1252; and problems.

    Raises:
        UnreadableFileError: the file is not text.

    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    if b"\x00" in data[:4096]:
        message = f"{name} is geen tekst: er staan binaire gegevens in."
        raise UnreadableFileError(message, "Controleer het bestand en zijn extensie.", file_name=name)
    for encoding in (declared, "utf-8"):
        try:
            if encoding:
                return data.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), ["Het bestand is geen UTF-8; het is gelezen als Windows-1252."]


def read_text(text: str) -> Iterator[Paragraph]:
    """Paragraphs of plain text: set apart by blank lines; a form feed starts a page."""
    for number, page in enumerate(text.split("\f")):
        first = number > 0
        for block in re.split(r"\n[ \t]*\n", page.replace("\r\n", "\n").replace("\r", "\n")):
            lines = tuple(line.rstrip() for line in block.split("\n") if line.strip())
            if lines:
                yield Paragraph(lines, page_break=first)
                first = False


def read_markdown(text: str) -> Iterator[Paragraph]:
    """Paragraphs of Markdown: headings with their level, list items and table rows; emphasis and links become plain."""
    block: list[str] = []
    lines = _without_front_matter(text.replace("\r\n", "\n")).split("\n")
    for index, line in enumerate(lines):
        heading = _HEADING.match(line)
        under = lines[index + 1] if index + 1 < len(lines) else ""
        setext = re.fullmatch(r"=+\s*|-{3,}\s*", under) if line.strip() and not block else None
        if heading or setext:
            yield from _paragraph(block)
            block = []
            level = len(heading[1]) if heading else (1 if under.startswith("=") else 2)
            yield Paragraph((_plain(heading[2] if heading else line),), level=level)
        elif not line.strip() or _RULE.match(line) or re.match(r"^\s*(```|~~~|<!--)|^=+$", line):
            yield from _paragraph(block)
            block = []
        else:
            block.append(line)
    yield from _paragraph(block)


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


def _paragraph(block: list[str]) -> Iterator[Paragraph]:
    """A block of lines: a table, a list, or a paragraph."""
    if not block:
        return
    if any(_TABLE_RULE.match(line) for line in block) and "|" in block[0]:
        rows = [line for line in block if not _TABLE_RULE.match(line)]
        for number, row in enumerate(rows):
            cells = [_plain(cell).strip() for cell in row.strip().strip("|").split("|")]
            yield Paragraph(("    ".join(cell or "-" for cell in cells),), joined=number > 0)
        return
    item: list[str] = []
    first = True
    for line in block:
        if _ITEM.match(line) and item:
            yield Paragraph((_plain(" ".join(item)),), joined=not first)
            item, first = [], False
        item.append(re.sub(r"^\s*>\s?", "", line).strip())
    yield Paragraph((_plain(" ".join(item)),), joined=not first)


def _plain(text: str) -> str:
    text = re.sub(r"^\s*[-*+]\s+", "• ", text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", " ", text).strip()
