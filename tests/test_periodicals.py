"""In which journal an article stands: read from its own lines, kept in the catalogue, corrected by people."""

from __future__ import annotations

import dataclasses

import pytest
from makers import make_document
from typer.testing import CliRunner

from beleidskennis.catalogue import Catalogue
from beleidskennis.cli import app
from beleidskennis.sources.periodicals import Periodical, find_periodical, printed_range


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tijdschrift voor Stad en Water, 9(2), 44-61", ("Tijdschrift voor Stad en Water", "9", "2", "44-61")),
        ("Stad en Water, jaargang 9, nummer 2", ("Stad en Water", "9", "2", "")),
        ("Rooilijn | jrg. 53, nr. 2 | 2020", ("Rooilijn", "53", "2", "")),
        ("Openbaar Bestuur, jg. 33, afl. 4, 2023, p. 12-18", ("Openbaar Bestuur", "33", "4", "12-18")),
        ("Beleid en Maatschappij, 48e jaargang, nr. 1", ("Beleid en Maatschappij", "48", "1", "")),
        ("Journal of Urban Affairs, Vol. 12, No. 3", ("Journal of Urban Affairs", "12", "3", "")),
        ("Kenniskring Middelgrote Steden | Stadsblad, najaar 2025", ("Stadsblad", "", "najaar", "")),
        ("Eerder verschenen in: Stad en Water, 9(2)", ("Stad en Water", "9", "2", "")),
    ],
)
def test_a_line_of_its_own_names_the_journal(line, expected):
    assert find_periodical(["Een gewone regel.", line], "artikel") == Periodical(*expected)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sterrenburg, P. (2016). De kade als werkplaats. Tijdschrift voor Stad en Water, 9(2), 44-61.", "artikel"),
        ("In jaargang 9 van het blad stond hierover een artikel, nummer 2.", "artikel"),
        ("Wet ruimtelijke ordening, artikel 3(2)", "artikel"),
        ("Stad en Water, jaargang 9, nummer 2", "nota"),
        ("Het plan loopt van voorjaar 2024 tot najaar 2025", "artikel"),
    ],
)
def test_other_lines_name_none(line, kind):
    assert find_periodical([line], kind) == Periodical()


def test_the_range_of_an_article_is_that_of_its_printed_numbers():
    assert printed_range(["41", "42", "43"]) == "41-43"
    assert printed_range(["1", "2", "3"]) == ""
    assert printed_range(["i", "41"]) == ""
    assert printed_range(["41"]) == ""


def test_the_catalogue_keeps_and_corrects_the_journal(tmp_path):
    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite")
    stored, pages = make_document("artikel", ["Een bladzijde over water en wijken."])[:2]
    document = dataclasses.replace(stored, journal="Stad en Water", volume="9")
    catalogue.add_document(document, pages, [], reader_version=1)
    [kept] = catalogue.documents()
    assert (kept.journal, kept.volume, kept.issue) == ("Stad en Water", "9", "")
    catalogue.correct(kept.document_id, "issue", "2", "An")
    catalogue.correct(kept.document_id, "volume", "10", "An")
    [kept] = catalogue.documents()
    assert (kept.journal, kept.volume, kept.issue) == ("Stad en Water", "10", "2")
    catalogue.describe(dataclasses.replace(document, journal=""))
    assert catalogue.documents()[0].journal == ""
    catalogue.close()


def test_the_sample_article_stands_in_its_journal(sample_library):
    article = sample_library.document("kms-middelgrote-steden-2025.pdf")
    assert (article.journal, article.volume, article.issue, article.article_pages) == (
        "Stadsblad",
        "",
        "najaar",
        "41-46",
    )
    others = [one for one in sample_library.documents() if one.file_name != article.file_name]
    assert not any(one.journal for one in others)


def test_meta_shows_and_corrects(sample_library, tmp_path):
    import shutil

    shutil.copytree(sample_library.settings.index, tmp_path / "index")
    run = CliRunner()
    name = "kms-middelgrote-steden-2025.pdf"
    shown = run.invoke(app, ["--index", str(tmp_path / "index"), "meta", name])
    assert "tijdschrift ~ Stadsblad" in shown.output
    changes = ["tijdschrift=Stad en Water", "jaargang=9", "nummer=2"]
    shown = run.invoke(app, ["--index", str(tmp_path / "index"), "meta", name, *changes])
    assert shown.exit_code == 0, shown.output
    assert "Stad en Water, 9(2), 41–46." in shown.output
    assert "tijdschrift   Stad en Water" in shown.output
    refused = run.invoke(app, ["--index", str(tmp_path / "index"), "meta", name, "kleur=rood"])
    assert refused.exit_code != 0
