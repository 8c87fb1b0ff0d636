"""Reading scanned pages from their image with Tesseract (a program of the system, with Dutch), when asked for."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from beleidskennis.errors import SourceError
from beleidskennis.pdf.page_image import render_page
from beleidskennis.pdf.types import Limits, Line, RawDocument, RawPage

# Tesseract's documentation advises 300 dots per inch.
_DOTS_PER_INCH = 300
_A4_WIDTH = 595.0
# A dense page takes 7 s of processor time, 18 s on a busy machine; the limit of a page is meant for reading text.
_PAGE_FACTOR = 6
_INSTALL = "Installeer Tesseract met Nederlands: apt-get install tesseract-ocr tesseract-ocr-nld"


@cache
def ocr_language() -> str:
    """What Tesseract is to read: "nld+eng" or "nld"; "" if it is not installed, or has no Dutch."""
    program = shutil.which("tesseract")
    if not program:
        return ""
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    known = (answer.stdout + answer.stderr).split()
    return "nld+eng" if {"nld", "eng"} <= set(known) else "nld" if "nld" in known else ""


def read_scans(
    path: Path, raw: RawDocument, *, limits: Limits | None = None, passwords: Sequence[str] = ()
) -> RawDocument:
    """The document with the pages that have no text read from their image; each with its confidence.

    A page that cannot be read, or a missing Tesseract, is named in `problems`.
    """
    limits = limits or Limits()
    empty = [page.page_number for page in raw.pages if not page.text.strip()]
    if not empty:
        return raw
    if not ocr_language():
        numbers = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
        problem = f"Bladzijden zonder tekst ({numbers}) zijn niet met OCR gelezen. {_INSTALL}"
        return replace(raw, problems=(*raw.problems, problem))
    pages, problems = list(raw.pages), list(raw.problems)
    for number in empty:
        try:
            pages[number - 1] = _read_scan(path, pages[number - 1], _PAGE_FACTOR * limits.page_seconds, passwords)
        except (SourceError, OSError, subprocess.SubprocessError) as error:
            problems.append(f"Bladzijde {number} kon niet met OCR worden gelezen ({type(error).__name__}).")
    return replace(raw, pages=tuple(pages), problems=tuple(problems))


def _read_scan(path: Path, page: RawPage, seconds: float, passwords: Sequence[str]) -> RawPage:
    width = page.width or _A4_WIDTH
    pixels = round(width * _DOTS_PER_INCH / 72)
    image = render_page(path, page.page_number, width_px=pixels, passwords=passwords)
    command = ["tesseract", "stdin", "stdout", "-l", ocr_language(), "--dpi", str(_DOTS_PER_INCH), "--psm", "3", "tsv"]
    # One thread: more make one page slower on few cores, and several documents are read at the same time.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    answer = subprocess.run(command, input=image, capture_output=True, timeout=seconds, check=True, env=environment)
    text, lines, confidence = read_tsv(answer.stdout.decode("utf-8", "replace"), page.height or 842.0)
    return replace(page, text=text, lines=lines, ocr_confidence=confidence)  # 0.0: looked at, nothing found


def read_tsv(table: str, page_height: float) -> tuple[str, tuple[Line, ...], float]:
    """Text, lines (points) and mean word confidence (0 to 1, by length) of Tesseract's table of words."""
    rows: dict[tuple[str, str, str], list[tuple[str, float, float, float, float]]] = {}
    weights, total = 0, 0.0
    scale = 72 / _DOTS_PER_INCH
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") != "5" or not word:
            continue
        left, top, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        rows.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(
            (word, left, top, width, height)
        )
        weights += len(word)
        total += len(word) * max(0.0, float(row["conf"])) / 100
    lines: list[Line] = []
    offset = 0
    for words in rows.values():
        text = " ".join(word for word, *_ in words)
        left = min(x for _, x, *_ in words)
        right = max(x + width for _, x, _, width, _ in words)
        bottom = max(top + height for _, _, top, _, height in words)
        size = round(max(height for *_, height in words), 1)
        lines.append(Line(text, offset, left, page_height - bottom, size, False, right - left))
        offset += len(text) + 1
    return "\n".join(line.text for line in lines), tuple(lines), total / weights if weights else 0.0
