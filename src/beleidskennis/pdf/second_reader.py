"""The text of a page by pdfium: for the pages that pypdf cannot read, or not in time."""

from __future__ import annotations

import ctypes
from typing import Any

from beleidskennis.pdf.layout import BOLD_NAME, Run, make_lines, order_lines
from beleidskennis.pdf.types import RawPage

_BOLD_WEIGHT = 600


class SecondReader:
    """pdfium over the same bytes; opened when first needed."""

    def __init__(self, data: bytes, password: str) -> None:
        self._data, self._password = data, password
        self._document: Any = None

    def read(self, page_number: int, label: str) -> RawPage | None:
        """The page, or None if pdfium cannot read it either, or finds no text."""
        import pypdfium2

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data, password=self._password or None)
            page = self._document[page_number - 1]
            textpage = page.get_textpage()
            rows = _rows(textpage)
            width, height = page.get_size()
            textpage.close()
            page.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return None
        ordered, columns = order_lines(rows, width)
        text, lines = make_lines(ordered)
        return RawPage(page_number, label, text, lines, width, height, columns=columns) if text else None

    def close(self) -> None:
        """Let go of the document."""
        if self._document is not None:
            self._document.close()
            self._document = None


def _rows(textpage: Any) -> list[list[Run]]:
    """Pdfium's lines, each as one run at the place of its first character."""
    import pypdfium2.raw as raw

    rows: list[list[Run]] = []
    start = 0
    text = textpage.get_text_range()
    for line in text.split("\r\n"):
        first = start + len(line) - len(line.lstrip())
        if line.strip() and first < textpage.count_chars():
            left, bottom, _, _ = textpage.get_charbox(first)
            size = raw.FPDFText_GetFontSize(textpage.raw, first)
            bold = _is_bold(textpage.raw, first)
            clean = line.replace("\ufffe", "-").replace("\x02", "-")
            rows.append([Run(clean, left, bottom, float(size), bold)])
        start += len(line) + 2
    return rows


def _is_bold(textpage: Any, index: int) -> bool:
    """Whether the character is of a bold font, by its weight or its name (the standard fonts have no weight)."""
    import pypdfium2.raw as raw

    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(textpage, index, name, len(name), ctypes.byref(ctypes.c_int()))
    weight = raw.FPDFText_GetFontWeight(textpage, index)
    return bool(weight >= _BOLD_WEIGHT or BOLD_NAME.search(name.value.decode("utf-8", "replace")))
