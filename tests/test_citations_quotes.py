"""Quotes in drafts: found exactly, with differences shown, in another document, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.citations.naming import aliases, named_documents, without_frame
from beleidskennis.citations.quote_index import QuoteIndex
from beleidskennis.citations.quotes import check_quote, check_quotes, quotes_in
from beleidskennis.citations.report import QuoteVerdict
from beleidskennis.model import Document, DocumentId, Page, slice_spans

FIRST = (
    "De gemeente reserveert 15 miljoen euro voor werkplekken in de binnenstad. De raad adviseert om dat te doen vóór "
    "2030, want de ruimte is schaars."
)
SECOND = "Op pagina twee gaat de zin nog even verder door."
OTHER = "Een heel andere tekst over wonen en leven in de sociaal-economische stad."
ER = Document(DocumentId("a" * 64), "a.pdf", "a", "Ruimte voor werk", publisher="Economische Raad (ER)", date="2024")
PW = Document(DocumentId("b" * 64), "b.pdf", "b", "Wonen in balans", publisher="Platform Wonen", date="2020")
PAGES = {
    ER.document_id: [Page(ER.document_id, 1, "i", FIRST), Page(ER.document_id, 2, "ii", SECOND)],
    PW.document_id: [Page(PW.document_id, 1, "1", OTHER)],
}
INDEX = QuoteIndex([(ER, PAGES[ER.document_id]), (PW, PAGES[PW.document_id])])


def sliced(citation):
    texts = {page.page_number: page.text for page in PAGES[citation.document.document_id]}
    return slice_spans(citation.spans, texts)


def only(text):
    (quote,) = check_quotes(text, INDEX)
    for citation in quote.citations:
        assert citation.quote == sliced(citation)
    return quote


@pytest.mark.parametrize(
    "quote",
    [
        "reserveert 15 miljoen euro voor werkplekken in de binnenstad",
        "Reserveert 15 miljoen euro voor werkplekken",
        "wonen en leven in de sociaaleconomische stad".replace("sociaaleconomische", "sociaal economische"),
        "De gemeente reserveert (...) voor werkplekken in de binnenstad.",
        "De raad adviseert om [het geld te geven] vóór 2030, want de ruimte is schaars",
    ],
)
def test_exact_quotes_are_found_whatever_their_typography(quote):
    found = only(f"Zoals is gezegd: “{quote}”.")
    assert found.verdict is QuoteVerdict.EXACT
    assert not found.changes


def test_a_quote_over_a_page_break_has_both_places():
    found = only("'want de ruimte is schaars. Op pagina twee gaat'")
    assert found.verdict is QuoteVerdict.EXACT
    (citation,) = found.citations
    assert [span.page_number for span in citation.spans] == [1, 2]
    assert (citation.page_number, citation.page_label) == (1, "i")


def test_every_small_difference_is_shown():
    found = only("«De raad adviseert om dat snel te doen voor 2035, want ruimte is schaars»")
    assert found.verdict is QuoteVerdict.SMALL_DIFFERENCES
    changes = [(change.quoted, change.printed) for change in found.changes]
    assert ("snel", "") in changes
    assert any("2035" in quoted and "2030" in printed for quoted, printed in changes)
    assert ("", "de") in changes


def test_a_quote_of_another_document_than_named():
    found = only(f"Wonen in balans stelt dat “{SECOND}”")
    assert found.verdict is QuoteVerdict.OTHER_DOCUMENT
    assert found.named_document == PW.title
    assert found.citations[0].document is ER
    assert only(f"Ruimte voor werk stelt dat “{SECOND}”").verdict is QuoteVerdict.EXACT


def test_unknown_quotes_are_not_found_and_terms_are_left_alone():
    assert only("“hier staat echt helemaal niets van in deze map”").verdict is QuoteVerdict.NOT_FOUND
    assert check_quotes("de zogenoemde ‘Stad van Morgen’ en het ‘profiel’", INDEX) == ()
    assert check_quote("de ruimte is", INDEX).verdict is QuoteVerdict.EXACT
    assert check_quote("...", INDEX).verdict is QuoteVerdict.TOO_SHORT
    assert check_quote("iets", QuoteIndex([])).verdict is QuoteVerdict.TOO_SHORT
    assert check_quote("iets wat hier niet te vinden is", QuoteIndex([])).verdict is QuoteVerdict.NOT_FOUND


def test_marks_of_all_kinds_and_apostrophes():
    text = "Zij zei “een”, „twee” en ‘mkb’ers zijn drie’, \"vier\" «vijf» 'foto's zes' maar auto's niet."
    assert [text[start:end] for start, end in quotes_in(text)] == [
        "een", "twee", "mkb’ers zijn drie", "vier", "vijf", "foto's zes",
    ]  # fmt: skip


@given(st.integers(0, 20), st.integers(3, 24))
def test_any_stretch_of_a_page_is_found_there(start, length):
    words = FIRST.split()
    stretch = " ".join(words[start : start + length])
    if len(words[start : start + length]) < 5:
        return
    found = check_quote(stretch, INDEX)
    assert found.verdict is QuoteVerdict.EXACT
    assert found.citations[0].document is ER
    assert found.citations[0].quote == sliced(found.citations[0])


def test_documents_are_known_by_their_names():
    council = Document(
        DocumentId("c" * 64), "c.pdf", "c", "Werk maken van werk: advies", publisher="Sociale Adviesraad Waterdam"
    )
    city = Document(DocumentId("d" * 64), "d.pdf", "d", "Actieagenda Economie", publisher="Gemeente Waterdam")
    documents = [council, city, ER]
    assert named_documents("Wat zeggen de SAW en de Economische Raad?", documents) == (council, ER)
    assert named_documents("Staat dat ook in de Actieagenda Economie?", documents) == (city,)
    assert named_documents("wat zei men in werk maken van werk", documents) == (council,)
    assert named_documents("De gemeente Waterdam wil meer banen.", documents) == ()
    assert named_documents("hij saw iets en er is meer", documents) == ()
    assert dict(aliases(council))["SAW"] > 0.5


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Wat zeggen de documenten over toerisme?", "toerisme?"),
        ("Wat staat er over onderwijs en werk?", "onderwijs en werk?"),
        ("Wat staat er in de stukken over de haven?", "de haven?"),
        ("Wat kost de tram?", "Wat kost de tram?"),
        ("Wat zeggen de documenten over de?", "Wat zeggen de documenten over de?"),
    ],
)
def test_a_question_for_all_that_there_is_on_a_subject(text, subject):
    assert without_frame(text) == subject


def test_a_word_can_unite_the_title_with_what_the_document_is():
    report = replace(ER, title="Rapport economische structuur Waterdam", publisher="")
    assert named_documents("Wat zegt het structuurrapport?", [report]) == (report,)
    assert named_documents("Wat zegt het energierapport?", [report]) == ()


def test_a_quote_is_held_to_the_document_that_its_own_sentence_names():
    text = (
        "Platform Wonen schrijft: “De gemeente reserveert 15 miljoen euro voor werkplekken in de binnenstad.” "
        "De Economische Raad schrijft: “De raad adviseert om dat te doen vóór 2030.”"
    )
    first, second = check_quotes(text, INDEX)
    assert (first.verdict, first.named_document) == (QuoteVerdict.OTHER_DOCUMENT, "Wonen in balans")
    assert second.verdict is QuoteVerdict.EXACT


def test_a_name_inside_a_quote_is_not_where_it_is_said_to_come_from():
    pages = [Page(ER.document_id, 1, "1", "Het Platform Wonen pleit voor meer ruimte in de stad.")]
    index = QuoteIndex([(ER, pages), (PW, PAGES[PW.document_id])])
    (quote,) = check_quotes("De raad schrijft: “Het Platform Wonen pleit voor meer ruimte in de stad.”", index)
    assert quote.verdict is QuoteVerdict.EXACT
