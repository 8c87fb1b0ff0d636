"""Breaks words into set lines: widths, line-end hyphens, justification. Widths are in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_markdown import Chunk, Word, syllable_breaks
from reportlab.pdfbase.pdfmetrics import stringWidth

SUPERSCRIPT = 0.62


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its words, and the space to add between them (justified lines only)."""

    words: tuple[Word, ...]
    extra: float = 0.0


def chunk_width(chunk: Chunk, fonts: dict[str, str], size: float) -> float:
    """Width of a chunk in points."""
    scale = SUPERSCRIPT if chunk.style == "s" else 1.0
    return float(stringWidth(chunk.text, fonts["r" if chunk.style == "s" else chunk.style], size * scale))


def word_width(word: Word, fonts: dict[str, str], size: float) -> float:
    """Width of a word in points."""
    return sum(chunk_width(c, fonts, size) for c in word)


def split_word(word: Word, room: float, fonts: dict[str, str], size: float) -> tuple[Word, Word] | None:
    """Break a word so that its first part, with a hyphen, fits in ``room``; None when no break fits."""
    first = word[0]
    if "-" in first.text.strip("-") and "://" not in first.text:
        places = [(i + 1, "") for i, c in enumerate(first.text) if c == "-" and 2 <= i < len(first.text) - 3]
    else:
        places = [(i, "-") for i in syllable_breaks(first.text)]
    for at, hyphen in reversed(places):
        head = Chunk(first.text[:at] + hyphen, first.style)
        if chunk_width(head, fonts, size) <= room:
            return (head,), (Chunk(first.text[at:], first.style), *word[1:])
    return None


def break_lines(words: Sequence[Word], width: float, fonts: dict[str, str], size: float, justify: bool) -> list[Line]:
    """Fill lines greedily, breaking the word that does not fit where the syllable rule allows it."""
    space = stringWidth(" ", fonts["r"], size)
    lines: list[Line] = []
    current: list[Word] = []
    used = 0.0
    queue = list(words)
    while queue:
        word = queue.pop(0)
        needed = word_width(word, fonts, size) + (space if current else 0.0)
        if used + needed <= width or not current:
            current.append(word)
            used += needed
            continue
        parts = split_word(word, width - used - space, fonts, size)
        if parts:
            current.append(parts[0])
            used += space + word_width(parts[0], fonts, size)
        queue.insert(0, parts[1] if parts else word)
        extra = (width - used) / max(1, len(current) - 1) if justify else 0.0
        lines.append(Line(tuple(current), min(extra, 2.5 * space)))
        current, used = [], 0.0
    return [*lines, Line(tuple(current))] if current else lines
