"""What the user is told of the text of a document."""

from dataclasses import replace

import pdf_samples
import pytest
from places import SAMPLE

from beleidskennis.errors import UnreadableFileError
from beleidskennis.reading import GARBAGE_QUALITY, ReadJob, read_document, text_remarks
from beleidskennis.sources import sha256_of

SMALL = SAMPLE / "kms-middelgrote-steden-2025.pdf"


def test_a_good_text_layer_gives_no_remark():
    read = read_document(ReadJob(SMALL, sha256_of(SMALL)))
    assert text_remarks(read.pages) == []
    assert min(page.quality for page in read.pages if page.text) > 0.9


def test_a_garbage_text_layer_is_warned_of(tmp_path):
    text = next(page.text for page in read_document(ReadJob(SMALL, sha256_of(SMALL))).pages if len(page.text) > 900)
    shifted = "".join(chr((ord(char) - 97 + 5) % 26 + 97) if "a" <= char <= "z" else char for char in text)
    path = tmp_path / "onzin.pdf"
    words = shifted.split()
    lines = [" ".join(words[start : start + 10]) for start in range(0, 100, 10)]
    path.write_bytes(pdf_samples.pdf_of(["\n".join(lines)]))
    read = read_document(ReadJob(path, sha256_of(path)))
    assert read.pages[0].quality < GARBAGE_QUALITY
    assert any("onbruikbaar" in problem and "bladzijde 1" in problem for problem in read.document.problems)


def test_ocr_is_named_with_its_confidence():
    pages = read_document(ReadJob(SMALL, sha256_of(SMALL))).pages
    scanned = [replace(pages[0], ocr_confidence=0.9), replace(pages[1], ocr_confidence=0.8), *pages[2:]]
    assert text_remarks(scanned) == ["Met OCR gelezen (85% zeker), dus er kunnen fouten in staan: bladzijden 1, 2."]
    blank = [replace(pages[0], ocr_confidence=0.0, text="")]
    assert text_remarks(blank) == []


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "groeit.pdf"
    path.write_bytes(SMALL.read_bytes())
    job = ReadJob(path, sha256_of(path))
    path.write_bytes(pdf_samples.pdf_of(["Een andere tekst."]))
    with pytest.raises(UnreadableFileError, match="veranderd terwijl het werd ingelezen"):
        read_document(job)
