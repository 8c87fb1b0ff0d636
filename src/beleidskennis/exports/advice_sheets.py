"""Recommendations as a spreadsheet (.xlsx) or as CSV. No cell of either is ever read as a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from beleidskennis.errors import MissingExtraError
from beleidskennis.exports.advice_rows import AdviceExport, Column, columns, page_link, rows
from beleidskennis.exports.word_footnotes import clean_text

_CELL_LIMIT = 32_000
"""Characters; Excel takes 32,767 in a cell."""
_LINK_LIMIT = 2_000
"""Characters of an address; Excel takes 2,079."""
_LINKS = 65_000
"""Links on a sheet; Excel takes 65,530, later ones stay plain text."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make Excel or LibreOffice read a cell of a CSV file as a formula (OWASP, CSV injection)."""


def safe_cell(value: str | int) -> str:
    """A value for CSV: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = clean_text(str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS[:4]) else text


def csv_advice(export: AdviceExport) -> bytes:
    """A .csv file: UTF-8 with byte order mark and semicolons, which is what Dutch Excel opens in columns at once."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.head for column in columns(export)] + ["Link naar bladzijde"])
    for row, item in zip(rows(export), export.recommendations, strict=True):
        writer.writerow([*(safe_cell(value) for value in row), safe_cell(page_link(export, item))])
    return buffer.getvalue().encode("utf-8-sig")


def excel_advice(export: AdviceExport) -> bytes:
    """An .xlsx file: filters, fixed head, links from the page to the source, and a sheet that explains the columns.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        message = "Voor Excel-bestanden is XlsxWriter nodig."
        raise MissingExtraError(message, 'Installeer het met: pip install "beleidskennis[export]"') from error
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _advice_sheet(book, export)
    _explanation_sheet(book, export)
    book.set_properties({"title": export.title, "created": date.today()})
    book.close()
    return buffer.getvalue()


def _advice_sheet(book: Any, export: AdviceExport) -> None:
    sheet = book.add_worksheet("Aanbevelingen")
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"valign": "top", "font_color": "#0B5394", "underline": 1})
    chosen = columns(export)
    for place, column in enumerate(chosen):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.head, head)
    linked = [column.head for column in chosen].index("Bladzijde")
    for number, (row, item) in enumerate(zip(rows(export), export.recommendations, strict=True), start=1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, place, value, cell)
            else:
                sheet.write_string(number, place, clean_text(value)[:_CELL_LIMIT], cell)
        address = page_link(export, item)
        if address and len(address) <= _LINK_LIMIT and number <= _LINKS:
            sheet.write_url(
                number, linked, address, link, string=f"p. {row[linked]}", tip="Open de bron op deze bladzijde"
            )
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(export.recommendations), 1), len(chosen) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


EXPLANATIONS = {
    "Samenvatting": "De aanbeveling in één regel, met alleen woorden uit het citaat.",
    "Citaat": "De letterlijke tekst uit het document; bij een opsomming met de zin die haar inleidt.",
    "Soort": "aanbeveling, of actie uit een actieagenda of programma.",
    "Sterkte": "expliciet (adviseert, moet, gebiedende wijs) of impliciet (kan, is van belang, vraagt om).",
    "Thema's": "Automatisch toegekend of door een medewerker bevestigd.",
    "Sectoren": "Automatisch toegekend of door een medewerker bevestigd.",
    "Geadresseerden": "Wie aan zet is. Noemt de zin niemand, dan voor wie het document is geschreven.",
    "Actie": "Het werkwoord dat zegt wat er moet gebeuren.",
    "Termijn": "De termijn of periode zoals die in de tekst staat.",
    "Bedragen en streefcijfers": "Letterlijk overgenomen uit de tekst.",
    "Advies van": "Het eigen advies van de uitgever, of van een ander die het document aanhaalt.",
    "Bladzijde": "Het nummer dat op de bladzijde staat; de link opent de bron daar.",
    "Bladzijde in bestand": "De hoeveelste bladzijde van het pdf-bestand, vanaf 1.",
    "Ook op bladzijde (in bestand)": "Waar hetzelfde advies nog eens staat.",
    "Zekerheid": "Hoe zeker het programma is dat dit een aanbeveling is.",
    "Kenmerk": "Vast kenmerk; blijft gelijk als het document opnieuw wordt ingelezen.",
    "Status": "Bijgehouden door medewerkers, net als de kolommen daarna.",
}
"""What the sheet "Toelichting" says of the columns that do not speak for themselves."""


WHAT_THIS_IS = (
    "Aanbevelingen die een programma in de documenten heeft gevonden. Controleer een citaat in de bron voor gebruik."
)


def _explanation_sheet(book: Any, export: AdviceExport) -> None:
    sheet = book.add_worksheet("Toelichting")
    bold, wrapped = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    lines = [
        ("Wat is dit?", WHAT_THIS_IS),
        ("Selectie", export.filters or "alle aanbevelingen"),
        ("Aantal", str(len(export.recommendations))),
        ("Gemaakt op", date.today().isoformat()),
        *((column.head, EXPLANATIONS[column.head]) for column in _explained(export)),
    ]  # fmt: skip
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, clean_text(text), wrapped)
    start = len(lines) + 1
    sheet.write_string(start, 0, "Bronnen", bold)
    used = dict.fromkeys(item.document_id for item in export.recommendations)
    for number, document_id in enumerate(used, start=start + 1):
        document = export.documents[document_id]
        parts = [document.publisher, document.date, document.licence, document.url]
        sheet.write_string(number, 0, clean_text(document.title), wrapped)
        sheet.write_string(number, 1, clean_text(", ".join(part for part in parts if part)), wrapped)


def _explained(export: AdviceExport) -> list[Column]:
    return [column for column in columns(export) if column.head in EXPLANATIONS]
