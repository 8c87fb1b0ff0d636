"""Reads the Markdown sources of the sample corpus: front matter, blocks, footnotes, inline styles, word breaks.

Only the small part of Markdown that the sources use: headings, paragraphs, bullets, numbered lists, boxes (``> ``),
tables, footnotes (``[^1]``), ``**bold**``, ``*italic*``, and directives for the typesetter (``<!-- naam: waarde -->``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a source: ``kind`` is heading, paragraph, bullet, number, box, table or directive."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source file: front matter, blocks in order, and footnotes by number."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]
    notes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a word in one style: ``r`` regular, ``b`` bold, ``i`` italic, ``s`` superscript."""

    text: str
    style: str


Word = tuple[Chunk, ...]

_NOTE = re.compile(r"^\[\^(\d+)\]:\s*(.*)$")
_DIRECTIVE = re.compile(r"^<!--\s*(.*?)\s*-->$")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\[\^(\d+)\]")
_HEADING = re.compile(r"^(#{1,3}) (.*)$")
_NUMBER = re.compile(r"^(\d+[.)]|[a-z]\.) (.*)$")


def read_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        ValueError: when the file does not begin with front matter.
    """
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = {k.strip(): v.strip() for k, v in (line.split(":", 1) for line in front.splitlines() if ":" in line)}
    notes: dict[str, str] = {}
    blocks: list[Block] = []
    for group in re.split(r"\n\s*\n", body.strip()):
        lines = [line.rstrip() for line in group.splitlines()]
        for line in [x for x in lines if _NOTE.match(x)]:
            match = _NOTE.match(line)
            assert match is not None
            notes[match[1]] = match[2]
        lines = [x for x in lines if not _NOTE.match(x)]
        if lines:
            blocks.extend(_blocks(lines))
    return Source(meta, tuple(blocks), notes)


def _blocks(lines: list[str]) -> list[Block]:
    """Turn one group of lines between blank lines into blocks."""
    if lines[0].startswith("|"):
        rows = [tuple(c.strip() for c in line.strip("|").split("|")) for line in lines]
        return [Block("table", rows=tuple(r for r in rows if not set("".join(r)) <= set("-: ")))]
    if lines[0].startswith("> "):
        text = "\n".join(line.removeprefix(">").strip() for line in lines)
        return [Block("box", text)]
    found: list[Block] = []
    for line in lines:
        found = _add_line(found, line)
    return found


def _add_line(found: list[Block], line: str) -> list[Block]:
    """Append a line to the blocks found so far, as a new block or as the continuation of the last one."""
    if match := _DIRECTIVE.match(line):
        return [*found, Block("directive", match[1])]
    if match := _HEADING.match(line):
        return [*found, Block("heading", match[2], level=len(match[1]))]
    if line.lstrip().startswith("- "):
        return [*found, Block("bullet", line.lstrip()[2:], level=1 if line.startswith("  ") else 0)]
    if match := _NUMBER.match(line):
        return [*found, Block("number", match[2], rows=((match[1],),))]
    if found and found[-1].kind in {"paragraph", "bullet", "number"}:
        last = found[-1]
        return [*found[:-1], Block(last.kind, f"{last.text} {line.strip()}", last.level, last.rows)]
    return [*found, Block("paragraph", line.strip())]


def words_of(text: str, style: str = "r") -> list[Word]:
    """Split a text with inline marks into words; a footnote mark is glued to the word before it."""
    chunks: list[Chunk] = []
    at = 0
    for match in _INLINE.finditer(text):
        chunks.append(Chunk(text[at : match.start()], style))
        kind, value = next((k, v) for k, v in zip("bis", match.groups(), strict=True) if v is not None)
        chunks.append(Chunk(value, kind))
        at = match.end()
    chunks.append(Chunk(text[at:], style))
    words: list[list[Chunk]] = [[]]
    for chunk in chunks:
        for i, part in enumerate(chunk.text.split(" ")):
            if i:
                words.append([])
            if part:
                words[-1].append(Chunk(part, chunk.style))
    return [tuple(w) for w in words if w]


# Clusters that stay together at the head of a Dutch syllable; "st" does not (be-las-ting).
_ONSETS = frozenset(re.findall(r"\w+", "bl br ch dr fl fr gl gr kl kn kr pl pr sch schr th tr vl vr wr zw str"))
_VOWELS = "aeiouyàáèéêëìíïòóöùúü"
# Second parts of compounds that begin with a vowel: the break comes before them, whatever the syllable rule says.
_SEAMS = re.compile(r"s(?=ontwikkel|onderzoek|agenda|opgave|economie|aanbod|indeling|industrie|akkoord|advies|uitvoer)")


def syllable_breaks(word: str) -> list[int]:
    """Places where a Dutch word may be broken, by a plain syllable rule (it looks typeset; it is no dictionary).

    Each break leaves at least three letters on both sides. Words with digits, capitals inside or signs get none.
    """
    core = word.rstrip(".,;:!?)’”'")
    if len(core) < 7 or not core.isalpha() or not core[1:].islower():
        return []
    plain = core.lower().replace("ij", "iy")
    breaks = []
    for match in re.finditer(rf"(?<=[{_VOWELS}])([^{_VOWELS}]+)(?=[{_VOWELS}])", plain):
        cluster = match[1]
        keep = next((n for n in (4, 3, 2) if len(cluster) >= n and cluster[-n:] in _ONSETS), 1)
        breaks.append(match.end() - keep)
    for match in _SEAMS.finditer(plain):
        breaks = [b for b in breaks if abs(b - match.end()) > 1] + [match.end()]
    return sorted({b for b in breaks if 3 <= b <= len(core) - 3})
