"""References against worked examples of the style guides, and records that reference managers can read."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.model import Document, DocumentId
from beleidskennis.references import (
    Style,
    bibtex,
    csl_json,
    footnote,
    parenthetical,
    reference,
    reference_list,
    ris,
    year_suffixes,
)
from beleidskennis.references.parts import parliamentary_year, read_dossier, read_name

RAAD = Document(
    DocumentId("a" * 64),
    "lindewaard-economie.pdf",
    "corpus/lindewaard-economie.pdf",
    "Ruimte voor werk: advies over de economie van Lindewaard",
    publisher="Economische Raad Lindewaard",
    date="2024-05-14",
    kind="advies",
    url="https://voorbeeld.example/ruimte-voor-werk.pdf",
)
PERSONS = replace(
    RAAD,
    document_id=DocumentId("b" * 64),
    title="Sterke wijken",
    authors=("Anna van den Berg", "Jansen, P."),
    publisher="Bureau Stadswerk",
    date="2019",
    url="",
)
PAPER = replace(
    RAAD,
    document_id=DocumentId("c" * 64),
    title="Uitvoering regiofonds",
    kind="kamerstuk",
    publisher="Tweede Kamer",
    date="2016-02-03",
    identifiers=("Kamerstukken 34442, nr. 3",),
    url="",
)


@pytest.mark.parametrize(
    ("document", "style", "expected"),
    [
        (RAAD, Style.APA, "Economische Raad Lindewaard, 2024, p. 12."),
        (PERSONS, Style.APA, "Van den Berg & Jansen, 2019, p. 12."),
        (RAAD, Style.LEIDRAAD, "Economische Raad Lindewaard 2024, p. 12."),
        # The example of the Leidraad: "Kamerstukken II 2015/16, 34442, nr. 3, p. 7."
        (PAPER, Style.LEIDRAAD, "Kamerstukken II 2015/16, 34442, nr. 3, p. 12."),
        (PAPER, Style.KAMERSTUK, "Kamerstuk 34 442, nr. 3, p. 12."),
        (PAPER, Style.APA, "Kamerstukken II, 34442, nr. 3, p. 12."),
        (
            RAAD,
            Style.KAMERSTUK,
            "Economische Raad Lindewaard, «Ruimte voor werk: advies over de economie van Lindewaard», 2024, p. 12.",
        ),
        (PERSONS, Style.PLAIN, "Van den Berg en Jansen, Sterke wijken (2019), p. 12."),
    ],
)
def test_the_footnote_follows_the_style(document, style, expected):
    assert footnote(document, "12", style=style) == expected


@pytest.mark.parametrize(
    ("document", "style", "expected"),
    [
        (
            RAAD,
            Style.APA,
            "Economische Raad Lindewaard. (2024). Ruimte voor werk: advies over de economie van Lindewaard. "
            "https://voorbeeld.example/ruimte-voor-werk.pdf",
        ),
        (PERSONS, Style.APA, "Berg, A. van den, & Jansen, P. (2019). Sterke wijken. Bureau Stadswerk."),
        (PERSONS, Style.LEIDRAAD, "A. van den Berg & P. Jansen, Sterke wijken, Bureau Stadswerk 2019."),
        (PAPER, Style.LEIDRAAD, "Kamerstukken II 2015/16, 34442, nr. 3."),
        # The form of the Dutch APA handbook: "Kamerstukken II, 32793, nr. 459. (2019, 3 december). ..."
        (PAPER, Style.APA, "Kamerstukken II, 34442, nr. 3. (2016, 3 februari). Uitvoering regiofonds."),
        (PERSONS, Style.PLAIN, "Van den Berg en Jansen, Sterke wijken, advies, Bureau Stadswerk, 2019."),
    ],
)
def test_the_full_reference_follows_the_style(document, style, expected):
    assert reference(document, style=style) == expected


def test_a_missing_date_is_zd_with_one_full_stop():
    undated = replace(PERSONS, date="")
    assert footnote(undated) == "Van den Berg & Jansen, z.d."
    assert footnote(undated, "3") == "Van den Berg & Jansen, z.d., p. 3."
    assert parenthetical(undated) == "(Van den Berg & Jansen, z.d.)"
    assert reference(undated) == "Berg, A. van den, & Jansen, P. (z.d.). Sterke wijken. Bureau Stadswerk."
    assert reference(undated, style=Style.LEIDRAAD).endswith("Bureau Stadswerk z.d.")


def test_without_author_and_publisher_the_title_leads():
    bare = Document(DocumentId("d" * 64), "x.pdf", "x.pdf", "Nota werk", date="2020")
    assert footnote(bare, "iv") == "Nota werk, 2020, p. iv."
    assert reference(bare) == "Nota werk. (2020)."
    assert reference(replace(bare, title="")) == "[zonder titel]. (2020)."
    assert footnote(bare, style=Style.PLAIN) == "Nota werk (2020)."


def test_page_ranges_have_a_plural_in_apa_only():
    assert footnote(RAAD, "12-13") == "Economische Raad Lindewaard, 2024, pp. 12–13."
    assert footnote(RAAD, "12–13", style=Style.LEIDRAAD) == "Economische Raad Lindewaard 2024, p. 12-13."
    assert parenthetical(RAAD, "12") == "(Economische Raad Lindewaard, 2024, p. 12)"


def test_the_space_in_a_dossier_number_is_an_option():
    assert footnote(PAPER, style=Style.LEIDRAAD, spaced=True) == "Kamerstukken II 2015/16, 34 442, nr. 3."
    assert footnote(PAPER, style=Style.KAMERSTUK, spaced=False) == "Kamerstuk 34442, nr. 3."
    chapter = read_dossier("Kamerstukken 35 830 XV, nr. 1")
    assert chapter is not None
    assert chapter.written(spaced=True) == "35 830 XV, nr. 1"
    senate = replace(PAPER, identifiers=("Kamerstukken 33802, C",), date="2015-01-20")
    assert footnote(senate, "3", style=Style.LEIDRAAD) == "Kamerstukken I 2014/15, 33802, C, p. 3."


def test_a_number_that_a_document_only_mentions_is_not_its_own():
    mentions = replace(RAAD, identifiers=("Kamerstukken 34442, nr. 3", "RIS300623", "SER-advies 15/03"))
    assert footnote(mentions, style=Style.LEIDRAAD) == "Economische Raad Lindewaard 2024."
    assert "RIS300623" not in reference(mentions)
    own = replace(mentions, title="Raadsvoorstel RIS 300623 Economie", identifiers=("RIS300623",), kind="raadsvoorstel")
    assert "Economie. https" in reference(own) or "(RIS300623)" in reference(own)
    advice = replace(
        RAAD, publisher="Sociaal-Economische Raad (SER)", date="2015-03-01", identifiers=("SER-advies 15/03",)
    )
    assert "(SER-advies 15/03)" in reference(advice)
    assert "15/03" not in reference(replace(advice, date="2019"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2015-09-14", "2014/15"),
        ("2015-09-15", "2015/16"),  # Prinsjesdag: the third Tuesday of September
        ("2015-12", "2015/16"),
        ("2000-01-01", "1999/00"),
        ("2015-09", ""),
        ("2015", ""),
        ("", ""),
    ],
)
def test_the_parliamentary_year_begins_on_prinsjesdag(day, expected):
    assert parliamentary_year(day) == expected


@pytest.mark.parametrize(
    ("text", "family", "initials", "prefix"),
    [
        ("Anna van den Berg", "Berg", "A.", "van den"),
        ("Berg, Anna van den", "Berg", "A.", "van den"),
        ("van den Berg, A.M.", "Berg", "A. M.", "van den"),
        ("Jan-Willem Smit", "Smit", "J. W.", ""),
        ("Economische Raad Lindewaard", "Economische Raad Lindewaard", "", ""),
        ("Ministerie van Economische Zaken", "Ministerie van Economische Zaken", "", ""),
        ("TNO", "TNO", "", ""),
    ],
)
def test_names_of_people_and_organisations(text, family, initials, prefix):
    name = read_name(text)
    assert (name.family, name.initials, name.prefix) == (family, initials, prefix)


def test_works_of_one_author_and_year_get_letters():
    other = replace(RAAD, document_id=DocumentId("e" * 64), title="Aan het werk", url="")
    suffixes = year_suffixes([RAAD, other, PERSONS, RAAD])
    assert suffixes == {other.document_id: "a", RAAD.document_id: "b"}
    listed = reference_list([RAAD, PERSONS, other, RAAD])
    assert [item.split(". (")[0] for item in listed] == [
        "Berg, A. van den, & Jansen, P",
        "Economische Raad Lindewaard",
        "Economische Raad Lindewaard",
    ]
    assert "(2024a). Aan het werk." in listed[1]
    assert footnote(RAAD, "2", suffix="b") == "Economische Raad Lindewaard, 2024b, p. 2."


def test_the_leidraad_keeps_parliamentary_papers_out_of_the_list():
    assert len(reference_list([RAAD, PAPER], style=Style.LEIDRAAD)) == 1
    assert len(reference_list([RAAD, PAPER], style=Style.APA)) == 2


def test_bibtex_escapes_and_carries_the_page():
    tricky = replace(
        RAAD, title="Werk & winst: 100% {mkb}_plus #1", publisher="Raad $ & Co", url="https://x.example/a_b"
    )
    text = bibtex([(tricky, "12–13")])
    assert text.startswith("@techreport{raadco2024werkp1213,")
    assert r"title = {{Werk \& winst: 100\% \{mkb\}\_plus \#1}}," in text
    assert r"author = {{Raad \$ \& Co}}," in text
    assert "pages = {12--13}," in text
    assert "url = {https://x.example/a_b}," in text
    assert "author = {van den Berg, Anna and Jansen, P.}," in bibtex([(PERSONS, "")])


def test_ris_has_its_line_ends_and_locators():
    text = ris([(PERSONS, "12-13"), (RAAD, "iv")])
    first, second = [record.split("\r\n") for record in text.split("ER  - \r\n")[:2]]
    assert first[0] == "TY  - RPRT"
    assert "AU  - van den Berg, Anna" in first
    assert {"SP  - 12", "EP  - 13", "PY  - 2019", "DA  - 2019//"} <= set(first)
    assert "SP  - iv" in second
    assert "DA  - 2024/05/14" in second
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in first if line)


def test_csl_json_has_names_dates_and_locator():
    people, council = json.loads(csl_json([(PERSONS, "12"), (RAAD, "")]))
    assert people["author"][0] == {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}
    assert people["locator"] == "12"
    assert people["issued"] == {"date-parts": [[2019]]}
    assert council["author"] == [{"literal": "Economische Raad Lindewaard"}]
    assert "locator" not in council
    assert json.loads(csl_json([])) == []


@given(st.text(max_size=60), st.text(max_size=40), st.sampled_from(["", "2020", "2020-13", "abcd", "2020-02-31"]))
def test_no_title_or_publisher_breaks_a_format(title, publisher, date):
    document = Document(DocumentId("f" * 64), "f.pdf", "f.pdf", title, publisher=publisher, date=date)
    for style in Style:
        assert footnote(document, "3", style=style).endswith(".")
        assert reference(document, style=style)
    json.loads(csl_json([(document, "3")]))
    body = bibtex([(document, "3")])
    unescaped = re.sub(r"\\textbackslash\{\}|\\text\w+\{\}|\\[{}]", "", body)
    assert unescaped.count("{") == unescaped.count("}")
    for line in ris([(document, "3")]).split("\r\n"):
        assert not line or re.match(r"[A-Z][A-Z0-9]  - ", line)


@pytest.mark.parametrize(
    ("authors", "apa", "leidraad", "plain"),
    [
        (("Smit, A.B.",), "Smit, 2019.", "Smit 2019.", "Smit, Sterke wijken (2019)."),
        (
            ("Smit, A.B.", "Jan Bos", "Carla de Wit"),
            "Smit et al., 2019.",
            "Smit, Bos & De Wit 2019.",
            "Smit e.a., Sterke wijken (2019).",
        ),
        (
            ("Smit, A.B.", "Jan Bos", "Carla de Wit", "Els Kok"),
            "Smit et al., 2019.",
            "Smit e.a. 2019.",
            "Smit e.a., Sterke wijken (2019).",
        ),
    ],
)
def test_several_authors_are_shortened_as_each_style_does(authors, apa, leidraad, plain):
    document = replace(PERSONS, authors=authors)
    assert footnote(document) == apa
    assert footnote(document, style=Style.LEIDRAAD) == leidraad
    assert footnote(document, style=Style.PLAIN) == plain


def test_lists_name_authors_in_full_and_the_leidraad_writes_initials_together():
    document = replace(PERSONS, authors=("Smit, A.B.", "Jan-Willem Bos", "Carla de Wit"))
    assert reference(document) == "Smit, A. B., Bos, J. W., & Wit, C. de. (2019). Sterke wijken. Bureau Stadswerk."
    expected = "A.B. Smit, J.W. Bos & C. de Wit, Sterke wijken, Bureau Stadswerk 2019."
    assert reference(document, style=Style.LEIDRAAD) == expected


def test_a_library_reads_the_bibtex_back():
    parser = pytest.importorskip("bibtexparser")
    library = parser.parse_string(bibtex([(RAAD, "12–13"), (PERSONS, "iv"), (PAPER, "3"), (RAAD, "14")]))
    assert not library.failed_blocks
    first, people, paper, again = library.entries
    assert (first.entry_type, first["pages"], first["year"]) == ("techreport", "12--13", "2024")
    assert first["title"] == "{Ruimte voor werk: advies over de economie van Lindewaard}"
    assert people["author"] == "van den Berg, Anna and Jansen, P."
    assert people["pages"] == "iv"
    assert paper["number"] == "34442, nr. 3"
    assert again.key != first.key


def test_a_library_reads_the_ris_back():
    rispy = pytest.importorskip("rispy")
    first, people = rispy.loads(ris([(RAAD, "12–13"), (PERSONS, "iv")]))
    assert (first["start_page"], first["end_page"], first["date"]) == ("12", "13", "2024/05/14")
    assert first["authors"] == ["Economische Raad Lindewaard"]
    assert people["authors"] == ["van den Berg, Anna", "Jansen, P."]
    assert (people["title"], people["start_page"]) == ("Sterke wijken", "iv")


def test_a_csl_library_takes_the_items():
    citeproc = pytest.importorskip("citeproc")
    source = pytest.importorskip("citeproc.source.json")
    items = json.loads(csl_json([(PERSONS, "12"), (RAAD, "13")]))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source.CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    people, council = (str(text) for text in bibliography.bibliography())
    assert people.startswith("van den Berg, A. and Jansen, P. (2019) Sterke wijken.")
    assert council.startswith("Economische Raad Lindewaard (2024) Ruimte voor werk")


ARTICLE = replace(
    PERSONS,
    document_id=DocumentId("d" * 64),
    title="De kade als werkplaats",
    authors=("Piet Sterrenburg", "Ait Hamou, L."),
    date="2016-06",
    kind="artikel",
    journal="Tijdschrift voor Stad en Water",
    volume="9",
    issue="2",
    article_pages="44-61",
)
MAGAZINE = replace(
    ARTICLE, authors=(), publisher="Kenniskring", journal="Stadsblad", volume="", issue="", article_pages="41-46"
)


@pytest.mark.parametrize(
    ("document", "style", "expected"),
    [
        # APA 7, 10.1, example 1 (journal article) and 15 (magazine), in Dutch; the publisher of a journal is left out.
        (
            ARTICLE,
            Style.APA,
            "Sterrenburg, P., & Ait Hamou, L. (2016). De kade als werkplaats. Tijdschrift voor Stad en Water, 9(2), "
            "44–61.",
        ),
        (MAGAZINE, Style.APA, "Kenniskring. (2016, juni). De kade als werkplaats. Stadsblad, 41–46."),
        (replace(ARTICLE, issue="", article_pages=""), Style.APA,
         "Sterrenburg, P., & Ait Hamou, L. (2016). De kade als werkplaats. Tijdschrift voor Stad en Water, 9."),
        # Leidraad voor juridische auteurs: ‘titel’, tijdschrift jaar, aflevering, bladzijden van - tot.
        (
            ARTICLE,
            Style.LEIDRAAD,
            "P. Sterrenburg & L. Ait Hamou, ‘De kade als werkplaats’, Tijdschrift voor Stad en Water 2016, afl. 2, "
            "p. 44-61.",
        ),
        (
            ARTICLE,
            Style.KAMERSTUK,
            "Sterrenburg en Ait Hamou, «De kade als werkplaats», 2016, Tijdschrift voor Stad en Water, 9(2), p. 44–61.",
        ),
        (
            ARTICLE,
            Style.PLAIN,
            "Sterrenburg en Ait Hamou, De kade als werkplaats, artikel, Tijdschrift voor Stad en Water, 9(2), "
            "p. 44–61, juni 2016.",
        ),
    ],
)  # fmt: skip
def test_an_article_names_its_journal(document, style, expected):
    assert reference(document, style=style) == expected


def test_the_short_form_of_an_article_holds_the_cited_page_only():
    assert footnote(ARTICLE, "45") == "Sterrenburg & Ait Hamou, 2016, p. 45."
    assert footnote(ARTICLE, "45", style=Style.LEIDRAAD) == "Sterrenburg & Ait Hamou 2016, p. 45."


def test_records_of_an_article_hold_its_range_and_the_cited_page_apart():
    record = bibtex([(ARTICLE, "45")])
    assert record.startswith("@article{sterrenburg2016kadep45,")
    for line in ("journal = {Tijdschrift voor Stad en Water}", "volume = {9}", "number = {2}", "pages = {44--61}"):
        assert line in record
    assert "note = {Geciteerde bladzijde: 45}" in record
    assert "institution" not in record
    lines = ris([(ARTICLE, "45")]).split("\r\n")
    for line in ("TY  - JOUR", "T2  - Tijdschrift voor Stad en Water", "VL  - 9", "IS  - 2", "SP  - 44", "EP  - 61"):
        assert line in lines
    assert "N1  - Geciteerde bladzijde: 45" in lines
    assert "TY  - MGZN" in ris([(MAGAZINE, "")])
    [item] = json.loads(csl_json([(ARTICLE, "45")]))
    assert (item["type"], item["container-title"], item["volume"], item["issue"], item["page"], item["locator"]) == (
        "article-journal", "Tijdschrift voor Stad en Water", "9", "2", "44-61", "45"
    )  # fmt: skip
    assert "publisher" not in item
    assert json.loads(csl_json([(MAGAZINE, "")]))[0]["type"] == "article-magazine"
    unpaged = replace(ARTICLE, article_pages="")
    assert "pages = {45}" in bibtex([(unpaged, "45")])
    assert "SP  - 45" in ris([(unpaged, "45")])
