"""Formats other than PDF: paragraphs, headings, lists and tables in order, on pages with a label that can be cited."""

import io
import shutil
import subprocess
import sys
import zipfile

import docx
import pdf_samples as samples
import pytest
from PIL import Image

from beleidskennis.cleaning import clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.errors import LimitExceededError, MissingExtraError, SourceError, UnreadableFileError
from beleidskennis.formats import read_source
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import Limits, render_page
from beleidskennis.pdf.ocr import ocr_language, read_tsv

MARKDOWN = """---
title: x
---
# De opgave

De *stad* groeit hard, zie **[de visie](https://voorbeeld.example)**[^1].

Tussen de regels
staat meer.

- Eerste punt
- Tweede punt
  loopt door

| Sector | Banen |
|---|--:|
| Zorg | 100 |

Onderkop
--------
1. Nummer een
2. Nummer twee
"""

HTML = """<!doctype html><html lang="nl"><head><title>Advies over wonen</title>
<meta name="author" content="Gemeente Voorbeeld"><meta name="DCTERMS.issued" content="2024-03-01T00:00">
<style>p {color: red}</style></head><body><nav><a href="/">Menu</a></nav>
<h1>Advies&nbsp;over wonen</h1><p>Bouw <b>meer</b>
huizen.<p>En sneller.<script>alert('x')</script>
<ul><li>Eerst dit<li>Dan dat</ul><table><tr><th>A<th>B</tr><tr><td>1<td>2</table><form>Zoek</form></body></html>"""


@pytest.fixture
def write(tmp_path):
    def write_file(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write_file


def word():
    document = docx.Document()
    document.core_properties.title = "Nota wonen"
    document.core_properties.author = "Gemeente Voorbeeld"
    document.add_heading("Inleiding", 1)
    document.add_paragraph("De stad groeit hard.")
    document.add_paragraph("Eerste punt", style="List Bullet")
    document.add_paragraph("Tweede punt", style="List Bullet")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("Sector", "Banen"), ("Zorg", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("Slot", 2)
    document.add_paragraph("Einde.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


ODT = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text><text:tracked-changes><text:p>weg</text:p></text:tracked-changes>
<text:h text:outline-level="1">Inleiding</text:h>
<text:p>De <text:span>stad</text:span><text:s/>groeit<text:note><text:note-body><text:p>noot</text:p></text:note-body>
</text:note> hard.</text:p><text:list><text:list-item><text:p>Eerste punt</text:p></text:list-item>
<text:list-item><text:p>Tweede punt</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Sector</text:p></table:table-cell>
<table:table-cell><text:p>Banen</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
META = """<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nota</dc:title><dc:date>2024-02-03T10:00</dc:date></m>"""


def odt(content=ODT, meta=META):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
    return buffer.getvalue()


def texts(raw):
    return [line.text for page in raw.pages for line in page.lines if line.text]


@pytest.mark.parametrize(
    ("name", "data", "expected", "metadata"),
    [
        ("a.md", MARKDOWN,
         ["De opgave", "De stad groeit hard, zie de visie.", "Tussen de regels staat meer.", "• Eerste punt",
          "• Tweede punt loopt door", "Sector    Banen", "Zorg    100", "Onderkop", "1. Nummer een", "2. Nummer twee"],
         {}),
        ("a.html", HTML,
         ["Advies over wonen", "Bouw meer huizen.", "En sneller.", "• Eerst dit", "• Dan dat", "A    B", "1    2"],
         {"title": "Advies over wonen", "author": "Gemeente Voorbeeld", "created": "2024-03-01", "language": "nl"}),
        ("a.docx", word(),
         ["Inleiding", "De stad groeit hard.", "• Eerste punt", "• Tweede punt", "Sector    Banen", "Zorg    -", "Slot",
          "Einde."],
         {"title": "Nota wonen", "author": "Gemeente Voorbeeld", "created": "2013-12-23"}),
        ("a.odt", odt(),
         ["Inleiding", "De stad groeit hard.", "• Eerste punt", "• Tweede punt", "Sector    Banen"],
         {"title": "Nota", "created": "2024-02-03"}),
        ("a.txt", "Eerste alinea\nloopt door.\n\nTweede.\fNieuwe pagina.",
         ["Eerste alinea", "loopt door.", "Tweede.", "Nieuwe pagina."], {}),
    ],
    ids=["md", "html", "docx", "odt", "txt"],
)  # fmt: skip
def test_every_format_gives_its_blocks_in_order(write, name, data, expected, metadata):
    raw = read_source(write(name, data))
    assert texts(raw) == expected
    assert raw.metadata == metadata
    for page in raw.pages:
        assert page.text == "\n".join(line.text for line in page.lines)
        assert all(page.text[line.start : line.start + len(line.text)] == line.text for line in page.lines)
        assert [line.y for line in page.lines] == sorted((line.y for line in page.lines), reverse=True)
    headings = [line for page in raw.pages for line in page.lines if line.bold]
    assert all(line.size > 10 for line in headings)


def test_pages_are_cut_at_headings_and_named_after_them(write):
    filler = "Een zin die de pagina vult. " * 20
    parts = [f"# Hoofdstuk {n}\n\n" + f"{filler}\n\n" * 4 for n in range(1, 4)]
    raw = read_source(write("a.md", f"{filler}\n\n" + "".join(parts)))
    assert [page.page_number for page in raw.pages] == list(range(1, len(raw.pages) + 1))
    assert [page.page_label for page in raw.pages] == ["al. 1", "§ Hoofdstuk 2", "§ Hoofdstuk 3"]
    assert all(len(page.text) < 4000 for page in raw.pages)


def test_a_form_feed_starts_a_page(write):
    raw = read_source(write("a.txt", "een\f\ftwee\n\ndrie"))
    assert [page.text for page in raw.pages] == ["een", "twee\n\ndrie"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(write, encoding):
    raw = read_source(write("a.txt", "Coöperatie één".encode(encoding)))
    assert raw.pages[0].text == "Coöperatie één"
    assert bool(raw.problems) == (encoding == "cp1252")


def test_a_pdf_by_another_name_is_read_as_pdf(write):
    raw = read_source(write("stuk.docx", samples.pdf_of(["Gewone tekst."])))
    assert raw.pages[0].text == "Gewone tekst."
    assert "is een PDF" in raw.problems[0]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"geen zip", "beschadigd of geen document"),
        ("a.docx", odt(), "geen Word-document"),
        ("a.odt", word(), "geen OpenDocument"),
        ("a.odt", odt('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "documenttype-declaratie"),
        ("a.odt", odt("<x"), "beschadigd"),
        ("a.txt", b"MZ\x00\x01\x02", "binaire gegevens"),
        ("a.txt", b" \n ", "leeg"),
        ("a.pptx", b"PK", "presentatie; dat wordt niet ingelezen"),
        ("a.zzz", b"x", "geen bekend bestandstype"),
        ("a.pdf", word(), "geen PDF"),
    ],
)
def test_what_cannot_be_read_says_so(write, name, data, words):
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_source(write(name, data))
    assert name in caught.value.message
    assert caught.value.hint


def test_a_zip_that_unpacks_to_too_much(write):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b" " * 10_000_000)
    with pytest.raises(LimitExceededError, match="uitgepakt"):
        read_source(write("a.odt", buffer.getvalue()), limits=Limits(max_bytes=1_000_000))


@pytest.mark.parametrize("limits", [Limits(max_characters=100), Limits(max_pages=1)])
def test_limits_hold_for_other_formats(write, limits):
    with pytest.raises(LimitExceededError, match="meer tekst"):
        read_source(write("a.txt", "Een alinea van enige lengte, die vaak terugkomt.\n\n" * 200), limits=limits)


@pytest.mark.parametrize(
    "data", ["<div>" * 50_000 + "x", "<p" * 5000, "<!--" * 1000, "&#x110000;&#0;<p>goed", "<table><td>" * 999]
)
def test_odd_html_is_read_or_refused(write, data):
    try:
        raw = read_source(write("a.html", data))
    except SourceError as error:
        assert error.hint  # noqa: PT017  # either outcome is right
    else:
        assert all(line.text == line.text.strip() for page in raw.pages for line in page.lines)


def test_without_python_docx_the_way_out_is_named(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'beleidskennis\[export\]'"):
        read_source(write("a.docx", word()))


# Scans

TSV = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
4\t1\t1\t1\t1\t0\t300\t300\t600\t50\t-1\t
5\t1\t1\t1\t1\t1\t300\t300\t200\t50\t90\tDe
5\t1\t1\t1\t1\t2\t550\t300\t350\t50\t60\tstad
5\t1\t1\t1\t2\t1\t300\t400\t200\t50\t-1\t
5\t1\t1\t2\t1\t1\t300\t600\t200\t50\t30\t"groeit
"""


def test_the_table_of_tesseract_becomes_lines():
    text, lines, confidence = read_tsv(TSV, 842.0)
    assert text == 'De stad\n"groeit'
    assert (lines[0].x, lines[0].size, lines[0].width) == (72.0, 12.0, 144.0)
    assert lines[0].y == 842.0 - 84.0
    assert confidence == pytest.approx((2 * 0.9 + 4 * 0.6 + 7 * 0.3) / 13)


def test_without_tesseract_the_pages_are_named(write, monkeypatch):
    monkeypatch.setattr("beleidskennis.pdf.ocr.ocr_language", lambda: "")
    raw = read_source(write("scan.pdf", samples.scan()), ocr=True)
    assert raw.pages[0].text == ""
    assert "tesseract-ocr-nld" in raw.problems[-1]


@pytest.mark.skipif(not shutil.which("tesseract") or not ocr_language(), reason="Tesseract with Dutch is not installed")
def test_a_scan_is_read_by_ocr_only_when_asked(write, tmp_path):
    text = "De gemeente kiest voor werk dichtbij.\nDat vraagt om ruimte voor bedrijven."
    original = write("tekst.pdf", samples.pdf_of([samples.lines_of(text, size=16, y=700)]))
    path = tmp_path / "scan.pdf"
    Image.open(io.BytesIO(render_page(original, 1, width_px=2480))).save(path, resolution=300)
    assert read_source(path).pages[0].text == ""
    (page,) = read_source(path, ocr=True).pages
    assert page.text == text
    assert page.ocr_confidence > 0.8
    assert page.lines[0].x == pytest.approx(60, abs=4)


def test_ocr_that_fails_is_a_problem_of_that_page(write, monkeypatch):
    def fail(*_args, **_kwargs):
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr("beleidskennis.pdf.ocr.ocr_language", lambda: "nld")
    monkeypatch.setattr("beleidskennis.pdf.ocr.subprocess.run", fail)
    raw = read_source(write("scan.pdf", samples.scan()), ocr=True)
    assert "Bladzijde 1 kon niet met OCR worden gelezen" in raw.problems[-1]


def test_a_table_comes_out_row_by_row_with_its_cells_apart(tmp_path):
    path = tmp_path / "nota.md"
    path.write_text("# Nota\n\n| Actie | Wie |\n|---|---|\n| kade vernieuwen | Gemeente |\n| loket openen | Bank |\n")
    [page] = clean_document("a" * 64, read_source(path), is_word=is_known)
    assert [page.page.text[one.start : one.end] for one in page.blocks if one.kind == "table"] == [
        "Actie | Wie",
        "kade vernieuwen | Gemeente",
        "loket openen | Bank",
    ]


def test_a_note_of_markdown_keeps_its_number(tmp_path):
    path = tmp_path / "nota.md"
    path.write_text("Het fonds kost veel[^1].\n\n[^1]: Zie de begroting.\n")
    assert [line.text for line in read_source(path).pages[0].lines if line.text] == [
        "Het fonds kost veel.",
        "Noot 1: Zie de begroting.",
    ]


def test_the_title_of_a_word_file_stands_above_its_headings(tmp_path):
    document = docx.Document()
    document.add_paragraph("Ruimte voor werk", style="Title")
    document.add_heading("1 Inleiding", 1)
    document.add_paragraph("De raad adviseert om te beginnen met de kade. Dat helpt iedereen in de stad.")
    document.add_heading("1.1 Waarom", 2)
    document.add_paragraph("De kade is oud, en de bedrijven die er staan willen weten waar zij aan toe zijn.")
    document.save(tmp_path / "titel.docx")
    raw = read_source(tmp_path / "titel.docx")
    passages = cut_passages("d", clean_document("d", raw, is_word=is_known))
    assert [passage.headings for passage in passages] == [
        ("Ruimte voor werk", "1 Inleiding"),
        ("Ruimte voor werk", "1 Inleiding", "1.1 Waarom"),
    ]
