"""Highlights: on the right words or nowhere; and pictures of pages."""

import io
import random
import re
from pathlib import Path

import numpy as np
import pdf_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from beleidskennis.cleaning import clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.dutch.sentences import split
from beleidskennis.errors import EncryptedFileError, SourceError, UnreadableFileError
from beleidskennis.pdf import Box, locate, read_pdf, render_page, text_in_boxes
from beleidskennis.pdf.page_text import find_quote, line_boxes, reduce

CORPUS = Path(__file__).parent.parent / "corpus"
FILLER = "Dit is een regel met andere woorden.\n"


@pytest.fixture
def write(tmp_path):
    def write_file(data, name="stuk.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


def found(page, quote, **context):
    return "".join(page[index] for index in find_quote(page, quote, **context))


@pytest.mark.parametrize(
    ("page", "quote", "letters"),
    [
        ("De ge-\r\nmeente Den Haag groeit.", "De gemeente Den Haag groeit.", "DegemeenteDenHaaggroeit"),
        ("Een eﬃciënte ﬁnanciering loont.", "Een efficiënte financiering loont.", "Eeneﬃciënteﬁnancieringloont"),
        ("De banen van het UWV2 groeien hard.", "De banen van het UWV groeien hard.", "DebanenvanhetUWVgroeienhard"),
        ("Een act ie agenda voor nu.", "Een actieagenda voor nu.", "Eenactieagendavoornu"),
        ("VN-stad en keten- en zorg hier.", "VN-stad en keten- en zorg hier.", "VNstadenketenenzorghier"),
        ("Groei in 20241 en verder omhoog.", "Groei in 2024 en verder omhoog.", "Groeiin2024enverderomhoog"),
        ("Het woord wordt af\ufffe\r\ngebroken op de regel.", "Het woord wordt afgebroken op de regel.",
         "Hetwoordwordtafgebrokenopderegel"),
        ("De zin loopt door naar de volgen-", "De zin loopt door naar de volgende",
         "Dezinlooptdoornaardevolgen"),
    ],
    ids=["hyphen", "ligature", "note-mark", "letter-space", "real-hyphen", "mark-on-number", "soft-hyphen", "page-end"],
)  # fmt: skip
def test_quotes_are_found_as_the_page_has_them(page, quote, letters):
    assert found(FILLER + page, quote).replace("-", "") == letters


def test_a_footnote_in_mid_sentence_is_left_out():
    page = FILLER + "Een lange zin die hier wordt onderbroken\r\n1 Een voetnoot onder aan de pagina.\r\n"
    page += "door een noot en daarna verder gaat."
    quote = "Een lange zin die hier wordt onderbroken door een noot en daarna verder gaat."
    assert found(page, quote) == quote.replace(" ", "").replace(".", "")


@pytest.mark.parametrize(
    "page",
    [
        "Iets heel anders dan wat er wordt gezocht op deze pagina.",
        "De gemeente kiest nu. De gemeente kiest nu.",
        "De gemeente kiest nooit voor haar eigen ondernemers.",
        "Xde gemeente kiest nu voor haar eigen ondernemersvereniging.",
    ],
    ids=["absent", "twice", "half", "inside-words"],
)
def test_no_place_is_better_than_a_wrong_one(page):
    quote = "De gemeente kiest nu" if "kiest nu. De" in page else "De gemeente kiest nu voor haar eigen ondernemers"
    assert find_quote(page, quote) == ()


def test_the_text_around_it_decides_between_two_places():
    page = "1 Zorg\nMeerwaarde lange termijn: veel.\n2 Techniek\nMeerwaarde lange termijn: weinig."
    quote = "Meerwaarde lange termijn:"
    assert find_quote(page, quote) == ()
    first = find_quote(page, quote, after=" veel. 2 Techniek")
    second = find_quote(page, quote, before="lange termijn: veel. 2 Techniek ")
    assert first[0] < second[0]


def test_a_note_in_the_line_itself_is_left_out():
    page = FILLER + "Bedrijven zijn minder wenselijk Jansen, M. (2024) Wie kiest\r\ner? NRC. 2 . "
    page += "Daardoor zit het land vast."
    quote = "Bedrijven zijn minder wenselijk. Daardoor zit het land vast."
    assert found(page, quote) == quote.replace(" ", "").replace(".", "")
    assert not found(page.replace(" 2 ", " "), quote)


def test_a_heading_that_starts_as_its_text_does_not_hide_it():
    page = FILLER + "Regio’s in Europees verband\r\nIn Europees verband zijn regio’s het begin van alles."
    quote = "In Europees verband zijn regio’s het begin van alles."
    assert find_quote(page, quote)[0] == page.index("In Europees")


def test_a_word_broken_over_the_page_is_marked_as_far_as_it_stands_there():
    page = FILLER + "Zo worden er meer maat-\r\n56\r\nhoofdstuk"
    assert found(page, "Zo worden er meer maatwerk") == "Zowordenermeermaat"


def test_short_quotes_are_not_looked_for():
    assert find_quote("Zie pagina 2 voor meer.", "Zie 2") == ()


words = st.lists(st.text("abcdeéfghij", min_size=2, max_size=9), min_size=12, max_size=60)


@settings(deadline=None)
@given(words, st.data())
def test_what_is_found_reads_as_the_quote(parts, data):
    start = data.draw(st.integers(0, len(parts) - 4))
    end = data.draw(st.integers(start + 3, len(parts)))
    page = data.draw(st.sampled_from([" ", "\r\n", " \r\n "])).join(parts)
    quote = " ".join(parts[start:end])
    letters = found(page, quote)
    assert letters in ("", "".join(parts[start:end]))
    if reduce(page).text.count(reduce(quote).text) == 1 and len(reduce(quote).text) >= 8:
        assert letters


def test_boxes_are_joined_line_by_line():
    first = [Box(10 + 5 * n, 100, 15 + 5 * n, 110) for n in range(5)]
    second = [Box(10 + 5 * n, 80, 15 + 5 * n, 90) for n in range(3)]
    assert line_boxes([*first, *second]) == (Box(10, 100, 35, 110), Box(10, 80, 25, 90))


def test_locate_gives_a_box_a_line(write):
    path = write(samples.pdf_of(["Een zin die over twee\nregels loopt en eindigt.\nDaarna nog een zin."]))
    boxes = locate(path, 1, "Een zin die over twee regels loopt en eindigt.")
    assert len(boxes) == 2
    assert text_in_boxes(path, 1, boxes).split() == [
        "Een",
        "zin",
        "die",
        "over",
        "twee",
        "regels",
        "loopt",
        "en",
        "eindigt",
    ]
    assert all(60 <= box.left < box.right < 200 and box.bottom < box.top for box in boxes)
    assert boxes[0].bottom > boxes[1].bottom


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_highlight_is_on_the_words_in_the_picture(write, rotation):
    page = b"/Rotate %d /CropBox [30 400 595 842]" % rotation
    path = write(samples.pdf_of(["\n\n\nHier staat de tekst."], page=page))
    boxes = locate(path, 1, "Hier staat de tekst.")
    plain = np.asarray(Image.open(io.BytesIO(render_page(path, 1, width_px=800)))).astype(int)
    marked = np.asarray(Image.open(io.BytesIO(render_page(path, 1, width_px=800, highlights=boxes))))
    assert plain.shape == marked.shape
    assert plain.shape[1] == 800
    yellow, ink = (marked == (255, 225, 77)).all(axis=2), plain.sum(axis=2) < 300
    assert ink.any()
    rows, columns = np.nonzero(yellow)
    outside = ink.copy()
    outside[rows.min() - 5 : rows.max() + 5, columns.min() - 5 : columns.max() + 5] = False
    assert not outside.any()
    assert yellow.mean() < 0.05


def test_an_enormous_page_gives_a_picture_of_ordinary_size(write):
    data = samples.pdf_of(["tekst"]).replace(b"595 842", b"10 14400")
    image = Image.open(io.BytesIO(render_page(write(data), 1, width_px=2000)))
    assert image.width * image.height <= 10_100_000


def test_what_cannot_be_shown_says_so(write, tmp_path):
    path = write(samples.pdf_of(["tekst"]))
    with pytest.raises(SourceError, match="geen bladzijde 2; er zijn er 1"):
        render_page(path, 2)
    with pytest.raises(UnreadableFileError, match="niet meer"):
        render_page(tmp_path / "weg.pdf", 1)
    with pytest.raises(UnreadableFileError, match="beschadigd of geen PDF"):
        render_page(write(b"geen pdf", "nee.pdf"), 1)
    secret = write(samples.encrypted("geheim"), "geheim.pdf")
    with pytest.raises(EncryptedFileError):
        render_page(secret, 1)
    assert render_page(secret, 1, passwords=("geheim",)).startswith(b"\x89PNG")


def letters_of(text):
    """Its letters: a box over a line holds the note marks in it, and a word may go on on the next page."""
    return re.sub(r"\d", "", reduce(text).text)


def located_share(paths, sample):
    """Of sentences drawn from the clean text: how many, and how many were located; all located ones are right."""
    chosen = random.Random(7)
    total = hits = 0
    for path in paths:
        pages = clean_document("x", read_pdf(path), is_word=is_known)
        sentences = [(clean.page, start, end) for clean in pages for start, end in split(clean.page.text)]
        sentences = [entry for entry in sentences if entry[2] - entry[1] > 20 and "...." not in entry[0].text]
        for page, start, end in chosen.sample(sentences, min(sample, len(sentences))):
            quote = page.text[start:end]
            boxes = locate(path, page.page_number, quote, before=page.text[:start], after=page.text[end:])
            total += 1
            if boxes:
                hits += 1
                shown, wanted = letters_of(text_in_boxes(path, page.page_number, boxes)), letters_of(quote)
                assert shown == wanted or (wanted.startswith(shown) and len(wanted) - len(shown) < 25)
    return hits / total


def test_sentences_of_the_sample_corpus_are_located():
    assert located_share(sorted(CORPUS.glob("*.pdf")), 12) >= 0.95


@pytest.mark.real
def test_sentences_of_real_pdfs_are_located(real_corpus):
    assert located_share(sorted(real_corpus.glob("*.pdf")), 40) >= 0.95
