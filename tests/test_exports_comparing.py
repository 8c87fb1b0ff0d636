"""A comparison as xlsx and Word, opened again and checked."""

import io

import docx
import openpyxl
import pytest
from advice_makers import document, recommendation

from beleidskennis.comparison import compare
from beleidskennis.errors import QueryError
from beleidskennis.exports.comparing import ComparisonExport, comparison_file

FIRST = document("eerste", "2018", url="https://voorbeeld.example/eerste.pdf")
SECOND = document("tweede", "2025")
ITEMS = (
    recommendation(FIRST, "Verhoog de parkeertarieven in het centrum.", themes=("bereikbaarheid-en-mobiliteit",)),
    recommendation(FIRST, "Bescherm winkelstraten tegen leegstand van winkels.", themes=("ruimte-en-vastgoed",)),
    recommendation(FIRST, "=1+1 is geen formule maar een aanbeveling.", themes=()),
    recommendation(SECOND, "Verlaag de parkeertarieven in het centrum.", themes=("bereikbaarheid-en-mobiliteit",)),
    recommendation(SECOND, "Pak de leegstand van winkels in winkelstraten aan.", themes=("ruimte-en-vastgoed",)),
)
EXPORT = ComparisonExport(
    compare(ITEMS, [FIRST, SECOND]), {one.document_id: one for one in (FIRST, SECOND)}, "Adviezen vergeleken"
)


def test_the_sheet_has_pairs_with_their_difference_and_what_only_one_says():
    book = openpyxl.load_workbook(io.BytesIO(comparison_file(EXPORT, "xlsx")))
    assert book.sheetnames == ["Paren", "Alleen in één", "Toelichting"]
    rows = list(book["Paren"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["loopt uiteen", "eens"]
    assert rows[0][1].value == "andere richting: “Verhoog” tegenover “Verlaag”"
    assert (rows[0][4].value, rows[0][7].value) == (ITEMS[0].quote, ITEMS[3].quote)
    assert rows[0][3].hyperlink.location == "page=3"
    alone = list(book["Alleen in één"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in alone] == [ITEMS[2].quote]
    assert all(cell.data_type != "f" for row in book["Alleen in één"].iter_rows() for cell in row)
    told = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert "geen oordeel" in told["Wat is dit?"]


def test_word_has_both_quotes_side_by_side_with_footnotes():
    file = docx.Document(io.BytesIO(comparison_file(EXPORT, "docx")))
    apart, agreed = file.tables
    assert apart.rows[0].cells[0].text == "andere richting: “Verhoog” tegenover “Verlaag”"
    assert ITEMS[0].quote in apart.rows[1].cells[0].text
    assert ITEMS[3].quote in apart.rows[1].cells[1].text
    assert ITEMS[4].quote in agreed.rows[0].cells[1].text
    parts = {
        part.partname: part.blob.decode() for part in file.part.package.iter_parts() if "footnotes" in part.partname
    }
    [notes] = parts.values()
    assert notes.count("p. 2") == len(ITEMS)
    assert "geen oordeel" in " ".join(paragraph.text for paragraph in file.paragraphs)


def test_another_form_is_refused():
    with pytest.raises(QueryError, match="xlsx"):
        comparison_file(EXPORT, "pdf")
