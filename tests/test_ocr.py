"""A scan from file to hit: taken in without and with OCR, found, and marked as read by OCR."""

import io
import shutil

import pdf_samples as samples
import pytest
from makers import HashEncoder
from PIL import Image

from beleidskennis.library import Library
from beleidskennis.pdf import render_page
from beleidskennis.pdf.ocr import ocr_language
from beleidskennis.settings import Settings

TEXT = "De gemeente kiest voor werk dichtbij huis.\nWij adviseren een fonds voor de oude haven op te richten."
pytestmark = pytest.mark.skipif(
    not shutil.which("tesseract") or not ocr_language(), reason="Tesseract with Dutch is not installed"
)


def test_a_scan_is_searched_and_quoted_once_it_was_read_by_ocr(tmp_path):
    original = tmp_path / "tekst.pdf"
    original.write_bytes(samples.pdf_of([samples.lines_of(TEXT, size=14, y=700)]))
    folder = tmp_path / "bron"
    folder.mkdir()
    image = Image.open(io.BytesIO(render_page(original, 1, width_px=2480)))
    image.save(folder / "scan.pdf", resolution=300)
    with Library.open(Settings(index=tmp_path / "index"), encoder=HashEncoder()) as library:
        library.ingest([folder])
        assert library.status().pages_without_text == 1
        library.ingest([folder], ocr=True)
        assert library.status().pages_without_text == 0
        [document] = library.documents()
        assert any("OCR" in problem for problem in document.problems)
        [hit, *_] = library.search("fonds haven").hits
        page = library.catalogue.page(document.document_id, 1)
        assert page.ocr_confidence > 0.8
        assert "fonds voor de oude haven" in hit.passage.text
        assert hit.passage.text in page.text
        [advice] = library.recommendations("fonds haven").items
        assert advice.quote.endswith("op te richten.")
