"""Advice as xlsx, CSV, JSON-LD and Word, opened again and checked."""

import csv
import io
import json
from dataclasses import replace
from pathlib import PureWindowsPath

import docx
import openpyxl
import pytest
from advice_makers import document, recommendation

from beleidskennis.exports.advice_linked import json_ld_advice
from beleidskennis.exports.advice_rows import AdviceExport, columns, page_link
from beleidskennis.exports.advice_sheets import csv_advice, excel_advice, safe_cell
from beleidskennis.exports.advice_word import word_advice
from beleidskennis.followup import FollowUp, Status, key_of
from beleidskennis.taxonomy import load_taxonomy

SOURCE = document("advies wonen", "2024-03-01", url="https://voorbeeld.example/advies.pdf", licence="CC0-1.0")
LOCAL = document("lokaal")
ITEMS = (
    recommendation(
        SOURCE,
        "Reserveer uiterlijk in 2030 ten minste 30 procent van de woningen voor starters.",
        themes=("wonen-en-leefklimaat",),
        addressees=("gemeente",),
    ),
    recommendation(LOCAL, '=HYPERLINK("http://kwaad.example";"klik") moet; regel\ntwee', speaker="OESO"),
)
EXPORT = AdviceExport(ITEMS, {SOURCE.document_id: SOURCE, LOCAL.document_id: LOCAL}, filters="thema wonen")


def test_the_sheet_has_filters_a_fixed_head_links_and_an_explanation():
    book = openpyxl.load_workbook(io.BytesIO(excel_advice(EXPORT)))
    assert book.sheetnames == ["Aanbevelingen", "Toelichting"]
    sheet = book["Aanbevelingen"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [column.head for column in columns(EXPORT)]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heads)).column_letter}3"
    place = heads.index("Bladzijde") + 1
    assert sheet.cell(2, place).hyperlink.target == "https://voorbeeld.example/advies.pdf"
    assert sheet.cell(2, place).hyperlink.location == "page=3"
    assert sheet.cell(2, place).value == "p. 2"
    assert sheet.cell(2, heads.index("Citaat") + 1).value == ITEMS[0].quote
    assert sheet.cell(2, heads.index("Termijn") + 1).value == "uiterlijk in 2030"
    explained = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows() if row[0].value}
    assert explained["Selectie"] == "thema wonen"
    assert explained["Aantal"] == "2"
    assert "Advies wonen" in explained


def test_no_cell_is_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(excel_advice(EXPORT)))
    kinds = {cell.data_type for row in book["Aanbevelingen"].iter_rows() for cell in row}
    assert "f" not in kinds
    rows = list(csv.reader(io.StringIO(csv_advice(EXPORT).decode("utf-8-sig")), delimiter=";"))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    assert any(cell.startswith("'=HYPERLINK") for cell in rows[2])


@pytest.mark.parametrize("text", ["=1+1", "+31 70", "-5 procent", "@naam", "\t=1", " =1", "＝1"])
def test_dangerous_starts_get_an_apostrophe(text):
    assert safe_cell(text).startswith("'")
    assert safe_cell("5 procent - minder") == "5 procent - minder"


def test_csv_is_what_dutch_excel_opens():
    data = csv_advice(EXPORT)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    assert rows[1][-1] == "https://voorbeeld.example/advies.pdf#page=3"


def test_links_fall_back_to_the_file():
    assert page_link(EXPORT, ITEMS[1]) == "file:///bron/lokaal.pdf#page=3"


def test_links_to_files_hold_on_windows(monkeypatch):
    lies_at = replace(EXPORT.document(ITEMS[1]), path=r"C:\Mijn documenten\advies #2.pdf")
    export = replace(EXPORT, documents={**EXPORT.documents, lies_at.document_id: lies_at})
    monkeypatch.setattr("beleidskennis.exports.advice_rows.Path", PureWindowsPath)
    assert page_link(export, ITEMS[1]) == "file:///C:/Mijn%20documenten/advies%20%232.pdf#page=3"


def test_follow_ups_add_columns():
    follow_up = FollowUp(key_of(ITEMS[0]), Status.RUNNING, commitment="Voor de zomer een voorstel.")
    export = AdviceExport(ITEMS, EXPORT.documents, follow_ups={follow_up.key: follow_up})
    sheet = openpyxl.load_workbook(io.BytesIO(excel_advice(export)))["Aanbevelingen"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, heads.index("Status") + 1).value == "in uitvoering"
    assert sheet.cell(2, heads.index("Toezegging") + 1).value == "Voor de zomer een voorstel."
    assert not sheet.cell(3, heads.index("Status") + 1).value


def test_linked_data_names_documents_advice_and_concepts_with_tooi():
    data = json.loads(json_ld_advice(EXPORT, load_taxonomy()))
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert len(nodes) == len(data["@graph"])
    advice = nodes[f"urn:beleidskennis:aanbeveling:{ITEMS[0].recommendation_id}"]
    assert advice["isPartOf"] in nodes
    assert all(subject in nodes for subject in advice["subject"] + advice["audience"])
    theme = nodes[advice["subject"][0]]
    assert theme["prefLabel"]["nl"]
    matches = [uri for key, uris in theme.items() if key.endswith("Match") for uri in uris]
    assert any(uri.startswith("https://identifier.overheid.nl/tooi/") for uri in matches)
    used = {key for node in data["@graph"] for key in node if not key.startswith("@")}
    assert used <= set(data["@context"])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_linked_data_is_read_by_rdflib():
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph()
    graph.parse(data=json_ld_advice(EXPORT, load_taxonomy()), format="json-ld")
    exact = rdflib.URIRef("http://www.w3.org/ns/oa#exact")
    assert str(next(graph.objects(None, exact)))
    assert len(list(graph.subject_objects(exact))) == len(ITEMS)
    subject = rdflib.URIRef("http://purl.org/dc/terms/subject")
    assert all(isinstance(value, rdflib.URIRef) for value in graph.objects(None, subject))


def test_word_has_a_table_and_a_footnote_for_each_source():
    file = docx.Document(io.BytesIO(word_advice(EXPORT)))
    table = file.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Aanbeveling", "Aan", "Thema's", "Termijn en cijfers"]
    assert len(table.rows) == 3
    assert ITEMS[0].quote in table.rows[1].cells[0].text
    assert table.rows[1].cells[3].text == "uiterlijk in 2030; ten minste 30 procent"
    notes = next(
        part for part in file.part.package.iter_parts() if part.partname.endswith("footnotes.xml")
    ).blob.decode()
    assert "p. 2" in notes
    assert "advies van OESO" in notes


def test_an_empty_selection_is_still_a_file():
    empty = AdviceExport((), {})
    assert openpyxl.load_workbook(io.BytesIO(excel_advice(empty))).sheetnames == ["Aanbevelingen", "Toelichting"]
    assert len(csv_advice(empty).decode("utf-8-sig").splitlines()) == 1
    assert json.loads(json_ld_advice(empty, load_taxonomy()))["@graph"] == []
    assert docx.Document(io.BytesIO(word_advice(empty))).tables


def test_a_list_in_the_basket_stays_a_list_in_word(sample_library):
    from beleidskennis.exports.collection import Collected, word_collection

    document = sample_library.documents()[0]
    kept = Collected("passage", document, "Nodig zijn:\n• meer  woningen;\n• een kade.", "4", 4, "", "Voor de brief")
    made = docx.Document(io.BytesIO(word_collection([kept])))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "“Nodig zijn:\n• meer woningen;\n• een kade.”" in texts
    assert texts.index("Voor de brief") == 1
