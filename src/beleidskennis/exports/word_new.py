"""A new Word document of a draft in plain text or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from beleidskennis.citations.report import DraftParagraph
from beleidskennis.errors import MissingExtraError
from beleidskennis.exports.word_footnotes import clean_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def new_document(paragraphs: Sequence[DraftParagraph]) -> WordDocument:
    """A new A4 document in Dutch with the paragraphs of a .md or .txt draft.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
        from docx.oxml.ns import qn
    except ImportError as error:
        message = "Voor Word-bestanden is python-docx nodig."
        raise MissingExtraError(message, 'Installeer het met: pip install "beleidskennis[export]"') from error
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = centimetres(21.0), centimetres(29.7)
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, edge, centimetres(2.5))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    table: Any = None
    place = numbered = 0
    for number, paragraph in enumerate(paragraphs):
        text = clean_text(paragraph.text)
        columns = paragraph.level if paragraph.kind == "tabel" else 0
        if columns:
            before = paragraphs[number - 1] if number else None
            if before is None or before.kind != "tabel" or before.level != columns:
                table, place = document.add_table(0, columns, "Table Grid"), 0
            cells = (table.add_row() if place % columns == 0 else table.rows[-1]).cells
            cells[place % columns].text = text
            place += 1
        elif paragraph.kind == "kop":
            document.add_heading(text, min(paragraph.level or 1, 9))
        elif paragraph.kind == "lijst":
            made = document.add_paragraph(text, "List Number" if paragraph.level else "List Bullet")
            before = paragraphs[number - 1] if number else None
            if paragraph.level:
                goes_on = before is not None and (before.kind, before.level) == ("lijst", 1)
                numbered = numbered if goes_on else _new_numbering(document)
                made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbered
        else:
            document.add_paragraph(text)
    return document


def _new_numbering(document: WordDocument) -> int:
    """A numbering that begins at 1, like that of the style for numbered lists."""
    numbering = document.part.numbering_part.element
    usual = document.styles["List Number"].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(usual).abstractNumId.val)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def centimetres(length: float) -> Any:
    """A length for python-docx."""
    from docx.shared import Cm

    return Cm(length)
