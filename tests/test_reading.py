"""What the user is told of the text of a document."""

from dataclasses import replace

import pdf_samples
from places import SAMPLE

from beleidskennis.model import DocumentId
from beleidskennis.reading import GARBAGE_QUALITY, ReadJob, read_document, text_remarks

SMALL = SAMPLE / "kms-middelgrote-steden-2025.pdf"


def test_a_good_text_layer_gives_no_remark():
    read = read_document(ReadJob(SMALL, DocumentId("a" * 64)))
    assert text_remarks(read.pages) == []
    assert min(page.quality for page in read.pages if page.text) > 0.9


def test_a_garbage_text_layer_is_warned_of(tmp_path):
    text = next(page.text for page in read_document(ReadJob(SMALL, DocumentId("a" * 64))).pages if len(page.text) > 900)
    shifted = "".join(chr((ord(char) - 97 + 5) % 26 + 97) if "a" <= char <= "z" else char for char in text)
    path = tmp_path / "onzin.pdf"
    words = shifted.split()
    lines = [" ".join(words[start : start + 10]) for start in range(0, 100, 10)]
    path.write_bytes(pdf_samples.pdf_of(["\n".join(lines)]))
    read = read_document(ReadJob(path, DocumentId("b" * 64)))
    assert read.pages[0].quality < GARBAGE_QUALITY
    assert any("onbruikbaar" in problem and "bladzijde 1" in problem for problem in read.document.problems)


def test_ocr_is_named_with_its_confidence():
    pages = read_document(ReadJob(SMALL, DocumentId("a" * 64))).pages
    scanned = [replace(pages[0], ocr_confidence=0.9), replace(pages[1], ocr_confidence=0.8), *pages[2:]]
    assert text_remarks(scanned) == ["Met OCR gelezen (85% zeker), dus er kunnen fouten in staan: bladzijden 1, 2."]
    blank = [replace(pages[0], ocr_confidence=0.0, text="")]
    assert text_remarks(blank) == []
