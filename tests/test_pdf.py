"""Reading a PDF: text, places, labels, columns, and a clear message for whatever cannot be read."""

import inspect
import logging
import threading
import time

import pdf_samples as samples
import pypdf.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.errors import (
    BeleidskennisError,
    EncryptedFileError,
    LimitExceededError,
    SourceError,
    UnreadableFileError,
)
from beleidskennis.pdf import Limits, read_pdf
from beleidskennis.pdf.faults import fault_of
from beleidskennis.pdf.layout import Run, estimate_width, make_lines, order_lines
from beleidskennis.pdf.patience import OutOfTime, time_limit


@pytest.fixture
def write(tmp_path):
    def write_file(data, name="stuk.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


def test_lines_have_their_place_size_and_weight(write):
    page = samples.show(60, 780, "Kop van het stuk", font=b"/F2", size=16) + samples.lines_of(
        "Eerste regel\nTweede regel", y=740
    )
    raw = read_pdf(write(samples.pdf_of([page])))
    (first,) = raw.pages
    assert first.text == "Kop van het stuk\nEerste regel\nTweede regel"
    assert [(line.x, line.y, line.size, line.bold) for line in first.lines] == [
        (60, 780, 16, True), (60, 740, 10, False), (60, 726, 10, False),
    ]  # fmt: skip
    assert [first.text[line.start : line.start + len(line.text)] for line in first.lines] == [
        line.text for line in first.lines
    ]
    assert (first.page_number, first.page_label, first.width, first.height, first.columns) == (1, "", 595, 842, 1)
    assert not raw.problems


def test_scaled_text_has_its_real_size_and_place(write):
    page = b"q 2 0 0 2 10 20 cm " + samples.show(30, 300, "Dubbel zo groot", size=6) + b"Q"
    (line,) = read_pdf(write(samples.pdf_of([page]))).pages[0].lines
    assert (line.x, line.y, line.size) == (70, 620, 12)


def test_page_labels_are_those_of_the_file(write):
    labels = b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 1 >> 4 << /P (Bijlage ) /S /A >>] >>"
    raw = read_pdf(write(samples.pdf_of([f"Pagina {n}" for n in range(5)], catalog=labels)))
    assert [page.page_label for page in raw.pages] == ["i", "ii", "1", "2", "Bijlage A"]


def test_broken_page_labels_are_none(write):
    raw = read_pdf(write(samples.pdf_of(["een", "twee"], catalog=b"/PageLabels << /Nums (oeps) >>")))
    assert [page.text for page in raw.pages] == ["een", "twee"]


def test_metadata_and_bookmarks(write):
    outline = b"/Outlines 10 0 R"
    extra = (
        b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
        b"<< /Title (Hoofdstuk 1) /Parent 10 0 R /Dest [7 0 R /Fit] >>",
    )
    info = {"Title": " Een titel ", "Author": "Gemeente Vlietmonde", "CreationDate": "D:20210305120000Z"}
    raw = read_pdf(write(samples.pdf_of(["een", "twee"], catalog=outline, info=info, extra=extra)))
    assert raw.metadata == {"title": "Een titel", "author": "Gemeente Vlietmonde", "created": "2021-03-05"}
    assert raw.outline == ((1, "Hoofdstuk 1", 2),)


@pytest.mark.parametrize("interleaved", [False, True])
def test_two_columns_come_left_then_right(write, interleaved):
    page = read_pdf(write(samples.two_columns(interleaved=interleaved))).pages[0]
    assert page.columns == 2
    texts = [line.text for line in page.lines]
    assert texts[0].startswith("Een titel")
    assert texts[1:-1] == samples.LEFT + samples.RIGHT
    assert texts[-1] == "7"


def test_a_table_is_not_torn_into_columns(write):
    page = read_pdf(write(samples.table())).pages[0]
    assert page.columns == 1
    assert page.lines[3].text.split() == ["Sector", "3", "300", "+2%"]


def test_a_glyph_without_a_character_is_a_bullet_at_the_start_of_a_line():
    text, _ = make_lines([[Run("\x00 Punt een", 10, 10, 10, False)], [Run("Voor \x00 na", 10, 0, 10, False)]])
    assert text == "\uf0b7 Punt een\nVoor \ufffd na"


def test_a_scan_has_no_text_but_images(write):
    page = read_pdf(write(samples.scan())).pages[0]
    assert (page.text, page.lines, page.has_images) == ("", (), True)


@pytest.mark.parametrize(("make", "word"), [(samples.with_script, "script"), (samples.with_attachment, "bijlagen")])
def test_active_content_is_named_and_left_alone(write, make, word):
    raw = read_pdf(write(make()))
    assert raw.pages[0].text.startswith("Tekst met")
    assert [problem for problem in raw.problems if word in problem and "niet" in problem]


def test_a_bad_page_is_named_and_the_others_are_read(write):
    raw = read_pdf(write(samples.bad_page()))
    assert [page.page_number for page in raw.pages] == [1, 2, 3]
    assert [raw.pages[0].text, raw.pages[2].text] == ["Pagina een.", "Pagina drie."]
    assert any("bladzijde 2" in problem for problem in raw.problems)


def test_a_page_that_pypdf_cannot_read_is_read_by_pdfium(write, monkeypatch):
    def fail(*_args):
        raise KeyError("oeps")

    path = write(
        samples.pdf_of([samples.show(60, 700, "Kop", font=b"/F2", size=16) + samples.lines_of("Gewone tekst.", y=600)])
    )
    monkeypatch.setattr("beleidskennis.pdf.reading._read_page", fail)
    raw = read_pdf(path)
    assert raw.pages[0].text == "Kop\nGewone tekst."
    first, second = raw.pages[0].lines
    assert (round(first.x), round(first.y), first.size, first.bold, second.bold) == (61, 700, 16, True, False)
    assert "pdfium" in raw.problems[0]


def test_a_slow_page_is_given_up_and_the_rest_is_read(write, monkeypatch):
    from beleidskennis.pdf import reading

    ordinary = reading._read_page

    def slow(page, number, label):
        until = time.monotonic() + 60
        while number == 2 and time.monotonic() < until:
            pass
        return ordinary(page, number, label)

    monkeypatch.setattr(reading, "_read_page", slow)
    raw = read_pdf(write(samples.pdf_of(["een", "twee", "drie"])), limits=Limits(page_seconds=0.5))
    assert [page.text for page in raw.pages] == ["een", "twee", "drie"]
    assert any("Bladzijde 2 kost meer dan 0.5 seconden" in problem for problem in raw.problems)


def test_the_time_limit_only_hits_inside():
    for seconds in (0.0, 0.0005, 0.001, 0.002):
        for _ in range(30):
            try:
                with time_limit(seconds):
                    sum(range(2000))
            except OutOfTime:
                continue
    time.sleep(0.01)
    with time_limit(30.0):
        pass
    assert threading.active_count() < 20


def test_the_callback_counts_the_pages(write):
    seen = []
    read_pdf(write(samples.pdf_of(["een", "twee"])), on_page=lambda number, count: seen.append((number, count)))
    assert seen == [(1, 2), (2, 2), (3, 2)]


# What cannot be read


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", UnreadableFileError, "leeg"),
        (b"\x00" * 500, UnreadableFileError, "geen gegevens"),
        (b"<html><body>404 Not Found</body></html>", UnreadableFileError, "webpagina"),
        (b"PK\x03\x04 en de rest", UnreadableFileError, "Office-document"),
        (b"Zomaar tekst", UnreadableFileError, "geen PDF"),
        (b"%PDF-1.7\n", UnreadableFileError, "afgekapt"),
        (samples.page_tree_loop(), UnreadableFileError, "beschadigd"),
    ],
    ids=["empty", "zeroes", "html", "zip", "text", "header", "loop"],
)
def test_what_is_no_pdf_says_so(write, data, kind, words):
    with pytest.raises(kind, match=words) as caught:
        read_pdf(write(data))
    assert caught.value.file_name == "stuk.pdf"
    assert "stuk.pdf" in caught.value.message
    assert caught.value.hint


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"weg\.pdf kan niet worden geopend"):
        read_pdf(tmp_path / "weg.pdf")


def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused(write):
    data = samples.pdf_of([f"Pagina {n}" for n in range(1, 6)])
    for share in (0.2, 0.5, 0.8, 0.95):
        try:
            raw = read_pdf(write(data[: int(len(data) * share)]))
        except SourceError as error:
            assert "stuk.pdf" in error.message  # noqa: PT017  # either outcome is right
        else:
            assert any("afgekapt" in problem for problem in raw.problems)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encrypted_files(write, algorithm):
    path = write(samples.encrypted("geheim", algorithm=algorithm))
    assert read_pdf(path, passwords=("fout", "geheim")).pages[0].text.startswith("Geheime tekst")
    with pytest.raises(EncryptedFileError, match="er is een wachtwoord nodig"):
        read_pdf(path)
    with pytest.raises(EncryptedFileError, match="past niet"):
        read_pdf(path, passwords=("fout",))


def test_encrypted_without_a_password_is_read(write):
    assert read_pdf(write(samples.encrypted(""))).pages[0].text.startswith("Geheime tekst")


def test_without_cryptography_the_message_names_it(write, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    path = write(samples.encrypted("geheim"))
    monkeypatch.setattr("pypdf.PdfReader.decrypt", refuse)
    with pytest.raises(EncryptedFileError, match="cryptography"):
        read_pdf(path, passwords=("geheim",))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(max_pages=4), "5 bladzijden; de grens is 4"),
        (Limits(max_bytes=100), "de grens is 0 MB"),
        (Limits(max_characters=20), "meer dan 20 tekens"),
    ],
    ids=["pages", "bytes", "characters"],
)
def test_limits(write, limits, words):
    with pytest.raises(LimitExceededError, match=words):
        read_pdf(write(samples.pdf_of([f"Pagina nummer {n}" for n in range(1, 6)])), limits=limits)


def every_pypdf_error():
    classes = [value for _, value in inspect.getmembers(pypdf.errors, inspect.isclass)]
    return [value for value in classes if issubclass(value, Exception) and not issubclass(value, Warning)]


@pytest.mark.parametrize(
    "kind", [*every_pypdf_error(), KeyError, TypeError, RecursionError, MemoryError, ValueError, OSError]
)
def test_every_error_of_the_library_has_a_message_of_ours(kind):
    fault = fault_of(kind("detail"), "stuk.pdf", 3)
    assert isinstance(fault, SourceError)
    assert "stuk.pdf" in fault.message
    assert fault.hint


def test_what_pypdf_warns_of_stays_off_the_terminal(write, capfd, caplog):
    with caplog.at_level(logging.DEBUG):
        raw = read_pdf(write(samples.form_loop()))
    assert any("wijkt af van de standaard" in problem for problem in raw.problems)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").propagate


@pytest.mark.parametrize(
    "name",
    ["é" * 100 + ".pdf", "ü" * 120 + "x.pdf", "..;rm -rf $(x) %s {0}.pdf", "-n.pdf", "naam\nmet regel.pdf", "😀.pdf"],
)
def test_odd_names(write, name):
    assert read_pdf(write(samples.pdf_of(["tekst"]), name)).pages[0].text == "tekst"


def test_a_name_of_255_bytes(write):
    assert read_pdf(write(samples.pdf_of(["tekst"]), "n" * 251 + ".pdf")).pages[0].text == "tekst"


# Invariants

runs = st.builds(
    Run,
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.floats(0, 600),
    st.floats(0, 850),
    st.floats(1, 40),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(st.lists(runs, min_size=1, max_size=4), max_size=40))
def test_ordering_loses_nothing_and_lines_are_slices(rows):
    ordered, columns = order_lines(rows, 595.0)
    assert columns in (1, 2)

    def visible(rows):
        return sorted((run.x, run.y, run.text.strip()) for row in rows for run in row if run.text.strip())

    assert visible(ordered) == visible(rows)
    text, lines = make_lines(ordered)
    assert "\n".join(line.text for line in lines) == text
    assert all(text[line.start : line.start + len(line.text)] == line.text for line in lines)


def test_widths_are_near_those_of_helvetica():
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = "De gemeente kiest voor een brede aanpak van de regionale arbeidsmarkt en het onderwijs."
    assert estimate_width(text, 10) == pytest.approx(stringWidth(text, "Helvetica", 10), rel=0.12)


def test_errors_are_of_one_tree():
    assert issubclass(SourceError, BeleidskennisError)


@pytest.mark.real
def test_the_real_pdfs_give_what_plain_extraction_gives(real_corpus):
    total = 0
    for path in sorted(real_corpus.glob("*.pdf")):
        raw = read_pdf(path)
        plain = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        assert len(raw.pages) == len(plain)
        assert not raw.problems
        total += len(plain)
        for page, text in zip(raw.pages, plain, strict=True):
            assert page.text.replace("\uf0b7", "").replace("\ufffd", "").split() == text.replace("\x00", " ").split()
    assert total
