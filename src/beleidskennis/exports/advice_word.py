"""Recommendations as a table in a Word file, each with its source in a real footnote."""

from __future__ import annotations

import io
from typing import Any

from beleidskennis.errors import MissingExtraError
from beleidskennis.exports.advice_rows import AdviceExport
from beleidskennis.exports.word_footnotes import Footnotes, clean_text
from beleidskennis.references import Style, footnote, reference_list, year_suffixes

_WIDTHS = (9.5, 4.5, 4.5, 5.5)
"""Centimetres of the columns on a lying A4 page."""
_HEADS = ("Aanbeveling", "Aan", "Thema's", "Termijn en cijfers")


def word_advice(export: AdviceExport, *, style: Style = Style.APA) -> bytes:
    """A .docx: a table with quote, addressees, themes, deadline and figures; sources in footnotes and in a list.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Cm
    except ImportError as error:
        message = "Voor Word-bestanden is python-docx nodig."
        raise MissingExtraError(message, 'Installeer het met: pip install "beleidskennis[export]"') from error
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    document.add_heading(clean_text(export.title), 1)
    if export.filters:
        document.add_paragraph(clean_text(export.filters))
    notes = Footnotes(document)
    _table(document, export, notes, style, [Cm(width) for width in _WIDTHS])
    used = dict.fromkeys(export.document(item) for item in export.recommendations)
    if used:
        document.add_heading("Bronnen", 1)
    for text in reference_list(list(used), style=style):
        paragraph = document.add_paragraph(clean_text(text)).paragraph_format
        paragraph.left_indent, paragraph.first_line_indent = Cm(1.0), Cm(-1.0)
    notes.save()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(document: Any, export: AdviceExport, notes: Footnotes, style: Style, widths: list[Any]) -> None:
    table = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    suffixes = year_suffixes([export.document(item) for item in export.recommendations])
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    _repeat_head(table.rows[0])
    for item in export.recommendations:
        cells = table.add_row().cells
        source = export.document(item)
        first = cells[0].paragraphs[0]
        first.add_run(clean_text(item.summary)).bold = True
        quoted = cells[0].add_paragraph(f"“{clean_text(' '.join(f'{item.intro} {item.quote}'.split()))}”")
        text = footnote(source, item.page_label, style=style, suffix=suffixes.get(item.document_id, ""))
        quoted._p.append(notes.add(f"{text} (advies van {item.speaker})" if item.speaker else text))
        cells[1].text = ", ".join(export.name("addressee", one) for one in item.concepts("addressee"))
        cells[2].text = ", ".join(export.name("theme", one) for one in item.concepts("theme"))
        cells[3].text = clean_text("; ".join([*filter(None, [item.deadline]), *item.figures]))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _repeat_head(row: Any) -> None:
    """Let Word repeat the head on each page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
