"""A collection of quotes (verzamelmap) as a Word file with native footnotes, or as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beleidskennis.errors import MissingExtraError
from beleidskennis.exports.word_footnotes import Footnotes, clean_text
from beleidskennis.model import Document
from beleidskennis.references import Style, footnote, reference_list, year_suffixes

_CELL_LIMIT = 32_000
"""Characters; Excel takes 32,767 in a cell."""
_EXTRA = 'Installeer het met: pip install "beleidskennis[export]"'


@dataclass(frozen=True, slots=True)
class Collected:
    """A quote in a collection. `pages` is a printed page label or a range of them; `note` is the collector's own."""

    kind: str
    document: Document
    text: str
    pages: str
    page_number: int
    intro: str = ""
    note: str = ""


def word_collection(items: Sequence[Collected], *, title: str = "Verzamelmap", style: Style = Style.APA) -> bytes:
    """A .docx: each quote with its note above it and its source in a footnote, and a list of sources at the end.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Cm
    except ImportError as error:
        message = "Voor Word-bestanden is python-docx nodig."
        raise MissingExtraError(message, _EXTRA) from error
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    notes = Footnotes(document)
    suffixes = year_suffixes([item.document for item in items])
    document.add_heading(clean_text(title), 1)
    for item in items:
        if item.note:
            document.add_paragraph(clean_text(item.note))
        if item.intro:
            document.add_paragraph(clean_text(item.intro)).runs[0].italic = True
        lines = "\n".join(" ".join(line.split()) for line in item.text.splitlines())  # a list stays a list
        quote = document.add_paragraph(f"“{clean_text(lines)}”", "Quote")
        suffix = suffixes.get(item.document.document_id, "")
        quote._p.append(notes.add(footnote(item.document, item.pages, style=style, suffix=suffix)))
    if items:
        document.add_heading("Bronnen", 1)
    for text in reference_list(list(dict.fromkeys(item.document for item in items)), style=style):
        paragraph = document.add_paragraph(clean_text(text)).paragraph_format
        paragraph.left_indent, paragraph.first_line_indent = Cm(1.0), Cm(-1.0)
    notes.save()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel_collection(items: Sequence[Collected]) -> bytes:
    """An .xlsx: a row a quote, with filters; no cell is ever read as a formula or a link.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        message = "Voor Excel-bestanden is XlsxWriter nodig."
        raise MissingExtraError(message, _EXTRA) from error
    columns = (
        ("Nr", 5), ("Soort", 14), ("Tekst", 80), ("Notitie", 30), ("Document", 40), ("Uitgever", 28), ("Jaar", 7),
        ("Bladzijde", 10), ("Bladzijde in bestand", 12), ("Bestand", 30),
    )  # fmt: skip
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Verzamelmap")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for row, item in enumerate(items, start=1):
        text = f"{item.intro} {item.text}".strip()
        values = (
            row, item.kind, text, item.note, item.document.title, item.document.publisher, item.document.year or "",
            item.pages, item.page_number, item.document.file_name,
        )  # fmt: skip
        for place, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, place, value, cell)
            else:
                sheet.write_string(row, place, clean_text(value)[:_CELL_LIMIT], cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(items), 1), len(columns) - 1)
    book.set_properties({"title": "Verzamelmap", "created": date.today()})
    book.close()
    return buffer.getvalue()
