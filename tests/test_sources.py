"""Sources: which files, whose, what and when; given by the manifest, else guessed and said to be."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.errors import ManifestError, UnreadableFileError
from beleidskennis.model import DocumentId
from beleidskennis.pdf import Line, RawDocument, RawPage, read_pdf
from beleidskennis.sources import (
    ManifestEntry,
    check_file,
    describe,
    find_identifiers,
    find_set_aside,
    find_sources,
    read_manifest,
    sha256_of,
    with_entry,
)
from beleidskennis.sources.dates import MONTHS, find_dates, read_date
from beleidskennis.sources.publishers import Front, authors_of, guess_publisher, organisations
from beleidskennis.sources.titles import guess_kind, plausible_title, title_from_name, title_on_first_page

CORPUS = Path(__file__).parent.parent / "corpus"
ID = DocumentId("0" * 64)


def page(number, *lines):
    """A raw page of `(text, size)` lines."""
    made, offset = [], 0
    for index, (text, size) in enumerate(lines):
        made.append(Line(text, offset, 60.0, 780.0 - 14 * index, size, size > 11, 5.0 * len(text)))
        offset += len(text) + 1
    return RawPage(number, "", "\n".join(text for text, _ in lines), tuple(made), 595.0, 842.0)


def raw(*pages, **metadata):
    return RawDocument(tuple(page(number, *lines) for number, lines in enumerate(pages, start=1)), metadata)


BODY = [("Een regel gewone tekst die de breedte van de pagina wel vult.", 10.0)] * 30


# Files


def test_folders_are_searched_to_the_bottom(tmp_path):
    for name in ("b.pdf", "A.PDF", "sub/c.docx", "sub/deep/d.md", "e.xlsx", ".verborgen.pdf", ".git/f.pdf", "~$g.docx",
                 "README.md", "LICENSE.txt", "h.txt", "b.md", "sub/b.txt", "Manifest.pdf", "sub/A.docx",
                 "sources/A.md", "sources/los.md"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [path.relative_to(tmp_path).as_posix() for path in find_sources([tmp_path])]
    assert names == ["A.PDF", "b.pdf", "h.txt", "Manifest.pdf", "sources/los.md", "sub/A.docx", "sub/b.txt",
                     "sub/c.docx", "sub/deep/d.md"]  # fmt: skip
    aside = [path.relative_to(tmp_path).as_posix() for path in find_set_aside([tmp_path])]
    assert aside == ["b.md", "LICENSE.txt", "README.md", "sources/A.md"]


def test_a_file_is_taken_whatever_it_is_called_and_once(tmp_path):
    path = tmp_path / "README.xyz"
    path.write_text("x")
    assert find_sources([path, tmp_path / "weg.pdf", path]) == (path,)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links")
def test_links_that_loop_are_not_followed(tmp_path):
    (tmp_path / "a.pdf").write_text("x")
    (tmp_path / "lus").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dood.pdf").symlink_to(tmp_path / "weg.pdf")
    assert [path.name for path in find_sources([tmp_path])] == ["a.pdf", "dood.pdf"]


@given(st.binary(max_size=5000))
@settings(max_examples=20, deadline=None)
def test_the_identity_is_the_sha256(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "x"
    path.write_bytes(data)
    assert sha256_of(path) == hashlib.sha256(data).hexdigest()


def test_a_missing_file_has_no_identity(tmp_path):
    with pytest.raises(UnreadableFileError, match="kan niet worden geopend"):
        sha256_of(tmp_path / "weg.pdf")


# Manifest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_manifest_of_excel_and_of_an_editor(tmp_path, encoding, delimiter):
    rows = [
        ["Bestand", "Titel", "Datum", "Soort", "onbekend", "auteurs"],
        ["a.pdf", "Ruimte voor één", "28-08-2015", "Advies", "x", '"J. de Vries; M. Bos"'],
        ["sub\\b.pdf", '"Met ; en , erin"', "oktober 2025", "", "", ""],
        [""] * 6,
    ]
    path = tmp_path / "manifest.csv"
    path.write_text("\r\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    assert read_manifest(path) == {
        "a.pdf": ManifestEntry(
            "a.pdf", "Ruimte voor één", "", "2015-08-28", "advies", authors=("J. de Vries", "M. Bos")
        ),
        "sub/b.pdf": ManifestEntry("sub/b.pdf", "Met ; en , erin", date="2025-10"),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("naam,titel\na.pdf,x\n", "regel 1: er is geen kolom 'file'"),
        ("file,date\na.pdf,2019\nb.pdf,gisteren\n", "regel 3: 'gisteren' is geen datum"),
        ("file,title\na.pdf,x\na.pdf,y\n", "regel 3: 'a.pdf' staat er twee keer in"),
        ("file,title\n,x\n", "regel 2: de naam van het bestand ontbreekt"),
        ('file,title\na.pdf,"x\n', "de regel is niet te lezen"),
        ("file,title\na.pdf,x,y,z\n", "regel 2: er zijn 4 waarden en 2 kolommen"),
        ("", "regel 1: er is geen kolom"),
    ],
)
def test_a_manifest_that_cannot_be_used_names_the_line(tmp_path, text, words):
    path = tmp_path / "manifest.csv"
    path.write_text(text)
    with pytest.raises(ManifestError, match=words):
        read_manifest(path)


def test_a_manifest_in_another_encoding_names_the_line(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_bytes("file,title\na.pdf,x\nb.pdf,é\n".encode("cp1252"))
    with pytest.raises(ManifestError, match=r"geen UTF-8 \(regel 3\)"):
        read_manifest(path)


def test_what_the_manifest_says_is_not_guessed():
    guessed = describe(Path("x.pdf"), ID, raw(BODY, title="Een echte titel"), "")
    entry = ManifestEntry("x.pdf", publisher="Platform31", date="2024-05", licence="CC0")
    given_too = describe(Path("x.pdf"), ID, raw(BODY, title="Een echte titel"), "", entry)
    assert given_too == with_entry(guessed, entry)
    assert (given_too.publisher, given_too.date, given_too.licence) == ("Platform31", "2024-05", "CC0")
    assert "title" in given_too.guessed
    assert not given_too.guessed & {"publisher", "date", "licence"}


# Titles


@pytest.mark.parametrize(
    "text",
    ["Microsoft PowerPoint - Agenda_v3", "Microsoft Word - nota.docx", "untitled", "Untitled-1", "Naamloos 2",
     "Document1",
     "rapport_def_v2", "eindrapport.indd", "Word document", "Presentatie1", "", "x", "12345", "Inleiding", "Slide 1",
     "concept", "PowerPoint-presentatie", "scan0001"],
)  # fmt: skip
def test_these_are_never_titles(text):
    assert not plausible_title(text)
    document = describe(Path("economische-visie-2030.pdf"), ID, raw(BODY, title=text), "")
    assert document.title == "Economische visie 2030"


@pytest.mark.parametrize(
    "text", ["Agenda Stad", "Ruimte voor economie en werk", "Visie 2030", "Thuis in de stad: een advies"]
)
def test_these_are_titles(text):
    assert plausible_title(text)


def test_the_largest_lines_of_the_cover_are_the_title():
    cover = page(
        1, ("Economic Board Voorbeeld", 11.0), ("Sterke schou-", 28.0), ("ders voor de stad", 28.0), ("Juni 2024", 11.0)
    )
    assert title_on_first_page(cover) == "Sterke schouders voor de stad"


def test_the_first_words_of_a_sentence_are_no_title():
    assert (
        title_on_first_page(
            page(1, ("De gemeente wil haar vijf sectoren", 12.0), ("benutten en versterken.", 10.0), *BODY)
        )
        == ""
    )
    assert title_on_first_page(page(1, ("Managementsamenvatting", 14.0), *BODY)) == ""


def test_a_line_that_recurs_and_names_the_kind_is_the_title():
    slides = [[("Tekst van dia", 12.0), ("Actieagenda Werk 2022-2024", 8.0), (str(n), 8.0)] for n in range(8)]
    slides[0] = BODY
    document = describe(Path("dia.pdf"), ID, raw(*slides, title="Microsoft PowerPoint - dia"), "")
    assert (document.title, document.kind, document.date) == ("Actieagenda Werk 2022-2024", "actieagenda", "2021")


def test_a_file_name_gets_the_capitals_of_the_text():
    path = Path("rapport-haven_van-den-haag-2020.pdf")
    assert title_from_name(path, "De haven van Den Haag. Den Haag is een stad.") == "Rapport haven van Den Haag 2020"


# Publishers, kinds, dates


@pytest.mark.parametrize(
    ("front", "name"),
    [
        (Front(author="Gemeente Zoetermeer"), "Gemeente Zoetermeer"),
        (Front(heads=("12 | Economic Board Twente",)), "Economic Board Twente"),
        (Front(imprint=("© Sociaal-Economische Raad",)), "Sociaal-Economische Raad"),
        (Front(imprint=("Een uitgave van het ministerie van Economische Zaken",)), "Ministerie van Economische Zaken"),
        (Front(cover=("Provincie Zuid-Holland",)), "Provincie Zuid-Holland"),
        (Front(cover=("In opdracht van de gemeente Utrecht", "Bureau Onderzoek")), "Bureau Onderzoek"),
        (Front(text="De gemeente Den Haag wil groeien. De gemeente Den Haag kiest. CBS meldt dat."), ""),
        (Front(author="J. de Vries", text="Het kabinet besluit."), ""),
        (Front(title="Advies van de Rekenkamer Rotterdam"), "Rekenkamer Rotterdam"),
    ],
)  # fmt: skip
def test_publishers_are_named_in_a_place_that_says_so(front, name):
    assert guess_publisher(front) == name


def test_organisations_have_one_name():
    text = "De SER en de Sociaal-Economische Raad, het CPB en gemeente 's-Hertogenbosch; niet DESERT of SERVICE."
    assert list(organisations(text)) == [
        "Gemeente 's-Hertogenbosch", "Sociaal-Economische Raad", "Sociaal-Economische Raad", "Centraal Planbureau",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("J. de Vries en Marie Bos", ("J. de Vries", "Marie Bos")),
        ("Gemeente Utrecht", ()),
        ("anonymous", ()),
        ("jvries2", ()),
    ],
)
def test_authors_are_persons(author, names):
    assert authors_of(author) == names


@pytest.mark.parametrize(
    ("title", "name", "text", "kind"),
    [
        ("Visieadvies 2030", "x", "", "advies"),
        (
            "Werk voor iedereen",
            "x",
            "Voor u ligt het hoofdlijnenadvies van de raad.",
            "advies",
        ),
        (
            "Werk voor iedereen",
            "x",
            "In dit artikel leest u over het advies en het rapport van de SER.",
            "artikel",
        ),
        ("Kansen", "onderzoeksrapport-kansen", "", "onderzoeksrapport"),
        ("Kansen", "x", "Dit rapport beschrijft ons onderzoek. De analyse volgt.", "onderzoeksrapport"),
        ("Raadsvoorstel visie op wonen", "x", "", "raadsvoorstel"),
        ("Uitvoeringsagenda economie", "x", "", "actieagenda"),
        ("Omgevingsvisie", "x", "Een visie.", "visie"),
        ("Iets anders", "x", "Zomaar tekst.", ""),
    ],
)
def test_kinds(title, name, text, kind):
    assert guess_kind(title, name, text) == kind


@pytest.mark.parametrize(
    ("text", "date"),
    [("28 augustus 2015", "2015-08-28"), ("oktober 2025", "2025-10"), ("2019", "2019"), ("2019-07", "2019-07"),
     ("1 mei 2020", "2020-05-01"), ("28-08-2015", "2015-08-28"), ("2015-08-28", "2015-08-28"), ("31-13-2015", ""),
     ("gisteren", ""), ("45 mei 2020", ""), ("", "")],
)  # fmt: skip
def test_dates(text, date):
    assert read_date(text) == date


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)))
def test_a_written_date_is_read_back(day):
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    assert read_date(written) == day.isoformat()
    assert find_dates(f"Den Haag, {written}.") == ((10, 10 + len(written), day.isoformat()),)


@pytest.mark.parametrize(
    ("first", "last", "metadata", "name", "date"),
    [
        ([("Titel", 20.0), ("14 juni 2018", 10.0)], BODY, {}, "x", "2018-06-14"),
        (BODY, [*BODY, ("Den Haag, 28 augustus 2015", 10.0), ("de voorzitter", 10.0)], {}, "x", "2015-08-28"),
        (BODY, [*BODY, ("Vastgesteld op 3 maart 2020 door de raad", 10.0)], {}, "x", "2020-03-03"),
        (BODY, [*BODY, ("Op 12 mei 2015 was er een gesprek", 10.0)], {"created": "2015-08-01"}, "x", "2015-08"),
        (BODY, BODY, {"created": "2000-01-01"}, "nota-2019", "2019"),
        (BODY, [*BODY, ("Zie (Jansen, 2017) en (2018a).", 10.0)], {"created": "1970-01-01"}, "x", "2018"),
        (BODY, BODY, {}, "advies-2026-2030", "2025"),
        (BODY, BODY, {}, "x", ""),
    ],
)
def test_dates_are_guessed_from_what_is_surest(first, last, metadata, name, date):
    assert describe(Path(f"{name}.pdf"), ID, raw(first, BODY, last, **metadata), "").date == date


def test_languages():
    assert describe(Path("x.pdf"), ID, raw(BODY), "The board asks for the growth of the city.").language == "en"
    assert describe(Path("x.pdf"), ID, raw(BODY), "De raad vraagt om groei van de stad.").language == "nl"
    assert describe(Path("x.pdf"), ID, raw(BODY), "", language="en").language == "en"


# Identifiers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(RIS300623 en RIS 301328)", ("RIS300623", "RIS301328")),
        ("Kamerstukken II 2015/16, 34442, nr. 7, p. 3.", ("Kamerstukken II 2015/16, 34442, nr. 7",)),
        ("Kamerstuk 35 830 XV, nr. 1", ("Kamerstukken 35830-XV, nr. 1",)),
        ("Kamerstukken II, vergaderjaar 2010–2011, 29 544, nr. 329.", ("Kamerstukken II 2010/11, 29544, nr. 329",)),
        ("Kamerstukken I 2014/15, 33802, C, p. 3.", ("Kamerstukken I 2014/15, 33802, nr. C",)),
        ("SER-advies 21/08 en Advies 15/02", ("SER-advies 21/08", "Advies 15/02")),
        ("SER (2008) Zuinig met ruimte, publicatienr. 08/4, Den Haag", ("SER-advies 08/04",)),
        ("Stb. 2021, 135 en Stcrt. 2020, nr. 9988", ("Stb. 2021, 135", "Stcrt. 2020, 9988")),
        ("ISBN 978-90-6961-123-4", ()),
        ("ISBN 90-6587-899-X", ()),
        ("ISBN: 978-0-306-40615-7", ("ISBN 9780306406157",)),
        ("ISBN 0-306-40615-2", ("ISBN 9780306406157",)),
        ("In 2021/08 was er advies, en RIS12 en 34442.", ()),
    ],
)
def test_identifiers(text, found):
    assert find_identifiers(text) == found


def test_the_sample_corpus_is_described():
    found = {path.name: describe(path, ID, read_pdf(path), "") for path in sorted(CORPUS.glob("*.pdf"))}
    agenda = found["vlietmonde-actieagenda-economie-2022-2025.pdf"]
    assert (agenda.title, agenda.publisher, agenda.date, agenda.kind) == (
        "Actieagenda Economie 2022-2025", "Gemeente Vlietmonde", "2021-11-16", "actieagenda",
    )  # fmt: skip
    assert {document.language for document in found.values()} == {"nl"}
    assert all("title" in document.guessed and document.page_count > 3 for document in found.values())


@pytest.mark.real
def test_the_real_pdfs_get_particulars_and_none_of_a_program(real_corpus):
    for path in sorted(real_corpus.glob("*.pdf")):
        document = describe(path, ID, read_pdf(path), "")
        assert plausible_title(document.title)
        assert document.kind
        assert document.year
        assert document.guessed >= {"title", "date", "kind", "language"}


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path, monkeypatch):
    closed = tmp_path / "dicht"
    closed.mkdir()
    (tmp_path / "open.pdf").write_bytes(b"%PDF-1.4")
    scan = os.scandir

    def scandir(path="."):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert find_sources([tmp_path]) == (closed, tmp_path / "open.pdf")
    with pytest.raises(UnreadableFileError, match="mag niet worden gelezen"):
        check_file(closed)
