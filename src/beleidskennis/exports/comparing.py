"""A comparison of documents as a file: a spreadsheet, or a Word file with the sources in real footnotes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidskennis.comparison import Comparison, Pair, Tension
from beleidskennis.errors import MissingExtraError, QueryError
from beleidskennis.exports.advice_rows import AdviceExport, page_link
from beleidskennis.exports.word_footnotes import Footnotes, clean_text
from beleidskennis.model import Document, DocumentId, Recommendation
from beleidskennis.references import Style, footnote, reference_list, year_suffixes

ENDINGS = ("xlsx", "docx")
KINDS = {
    "richting": "andere richting",
    "getal": "ander getal",
    "termijn": "andere termijn",
    "geadresseerde": "andere geadresseerde",
}
"""What a user reads for a kind of tension."""
_EXTRA = 'Installeer het met: pip install "beleidskennis[export]"'


@dataclass(frozen=True, slots=True)
class ComparisonExport:
    """What is exported; `title` says of what it is a comparison, in words."""

    comparison: Comparison
    documents: Mapping[DocumentId, Document]
    title: str


def comparison_file(export: ComparisonExport, ending: str) -> bytes:
    """The comparison as a file: "xlsx" or "docx".

    Raises:
        QueryError: there is no such form.
        MissingExtraError: what writes it is not installed.
    """
    if ending == "xlsx":
        return excel_comparison(export)
    if ending == "docx":
        return word_comparison(export)
    message = f"Een vergelijking kan niet als '{ending}' worden opgeslagen."
    raise QueryError(message, "Kies uit: " + ", ".join(ENDINGS) + ".")


def differences(tensions: Sequence[Tension]) -> str:
    """Tensions in one line: what differs, with the words that show it."""
    return "; ".join(
        f"{KINDS.get(one.kind, one.kind)}: “{one.first_words}” tegenover “{one.second_words}”" for one in tensions
    )


def _said(item: Recommendation) -> str:
    return " ".join(f"{item.intro} {item.quote}".split())


def excel_comparison(export: ComparisonExport) -> bytes:
    """An .xlsx: a sheet of pairs, a sheet of what only one document says, and what this is; pages are links.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("Voor Excel-bestanden is XlsxWriter nodig.", _EXTRA) from error
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    found = export.comparison
    pairs = [*found.tensions, *((pair, ()) for pair in found.agreements)]
    rows: list[list[str | float | Recommendation]] = [
        [
            "loopt uiteen" if tensions else "eens", differences(tensions),
            export.documents[pair.first.document_id].title, pair.first, _said(pair.first),
            export.documents[pair.second.document_id].title, pair.second, _said(pair.second),
            ", ".join(pair.shared), round(pair.score, 2),
        ]
        for pair, tensions in pairs
    ]  # fmt: skip
    pair_heads = (("Soort", 13), ("Verschil", 36), ("Document 1", 26), ("Bladzijde 1", 10), ("Citaat 1", 55),
                  ("Document 2", 26), ("Bladzijde 2", 10), ("Citaat 2", 55), ("Gedeelde woorden", 26),
                  ("Gelijkenis", 10))  # fmt: skip
    _sheet(book, export, "Paren", pair_heads, rows)
    alone: list[list[str | float | Recommendation]] = [
        [export.documents[one].title, item, _said(item), item.strength.value]
        for one, items in found.only.items()
        for item in items
    ]
    _sheet(book, export, "Alleen in één", (("Document", 36), ("Bladzijde", 10), ("Citaat", 90), ("Sterkte", 11)), alone)
    _explanation(book, export)
    book.set_properties({"title": export.title, "created": date.today()})
    book.close()
    return buffer.getvalue()


def _sheet(
    book: Any,
    export: ComparisonExport,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | float | Recommendation]],
) -> None:
    """A table with filters; a recommendation in a cell is shown as its page, linked to it."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"valign": "top", "font_color": "#0B5394", "underline": 1})
    linked = AdviceExport((), export.documents)
    for place, (title, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(number, place, value, cell)
            elif isinstance(value, str):
                sheet.write_string(number, place, clean_text(value), cell)
            elif address := page_link(linked, value):
                sheet.write_url(number, place, address, link, string=f"p. {value.page_label}")
            else:
                sheet.write_string(number, place, f"p. {value.page_label}", cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _explanation(book: Any, export: ComparisonExport) -> None:
    sheet = book.add_worksheet("Toelichting")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    found = export.comparison
    sources = [export.documents[one] for one in found.documents]
    lines = [
        ("Vergelijking", export.title),
        ("Wat is dit?", found.remark),
        ("Gelijkenis", "Van 0 tot 1: hoe sterk twee adviezen op elkaar lijken in woorden, betekenis en thema."),
        ("Eens", f"{len(found.agreements)} paren"),
        ("Loopt uiteen", f"{len(found.tensions)} paren"),
        *(("Bron", ", ".join(part for part in (one.title, one.publisher, one.date, one.url) if part))
          for one in sources),
        ("Gemaakt op", date.today().isoformat()),
    ]  # fmt: skip
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, clean_text(text), wrapped)


def word_comparison(export: ComparisonExport, *, style: Style = Style.APA) -> bytes:
    """A .docx: what pulls apart, what is agreed on and what only one says, each quote with its source in a footnote.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Cm
    except ImportError as error:
        raise MissingExtraError("Voor Word-bestanden is python-docx nodig.", _EXTRA) from error
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    found = export.comparison
    sources = [export.documents[one] for one in found.documents]
    writer = _WordWriter(document, Footnotes(document), export.documents, style, year_suffixes(sources))
    document.add_heading(clean_text(export.title), 1)
    document.add_paragraph(clean_text(found.remark))
    writer.pairs("Hier lijken ze uiteen te lopen", list(found.tensions))
    writer.pairs("Hier lijken ze het eens", [(pair, ()) for pair in found.agreements])
    for one, items in found.only.items():
        writer.alone(export.documents[one], items)
    document.add_heading("Bronnen", 2)
    for text in reference_list(sources, style=style):
        document.add_paragraph(clean_text(text))
    writer.notes.save()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@dataclass(slots=True)
class _WordWriter:
    """Writes quotes with their footnotes."""

    document: Any
    notes: Footnotes
    documents: Mapping[DocumentId, Document]
    style: Style
    suffixes: Mapping[DocumentId, str]

    def quote(self, paragraph: Any, item: Recommendation) -> None:
        """A quote with its footnote."""
        paragraph.add_run(f"“{clean_text(_said(item))}”")
        source = self.documents[item.document_id]
        suffix = self.suffixes.get(item.document_id, "")
        paragraph._p.append(self.notes.add(footnote(source, item.page_label, style=self.style, suffix=suffix)))

    def pairs(self, heading: str, pairs: Sequence[tuple[Pair, Sequence[Tension]]]) -> None:
        """Pairs side by side, over each what differs."""
        if not pairs:
            return
        self.document.add_heading(heading, 2)
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        for pair, tensions in pairs:
            if tensions:
                over = table.add_row().cells
                over[0].merge(over[1]).paragraphs[0].add_run(clean_text(differences(tensions))).bold = True
            for cell, item in zip(table.add_row().cells, (pair.first, pair.second), strict=True):
                title = clean_text(self.documents[item.document_id].title)
                cell.paragraphs[0].add_run(title).italic = True
                self.quote(cell.add_paragraph(), item)

    def alone(self, document: Document, items: Sequence[Recommendation]) -> None:
        """What only one document says, as a list."""
        if not items:
            return
        self.document.add_heading(clean_text(f"Alleen in {document.title}"), 2)
        for item in items:
            self.quote(self.document.add_paragraph(style="List Bullet"), item)
