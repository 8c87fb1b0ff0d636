"""A question is read as it is meant, and says how it was read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.dutch.spelling import Spelling
from beleidskennis.dutch.terms import text_terms
from beleidskennis.errors import QueryError
from beleidskennis.lexical import LexicalIndex
from beleidskennis.query import QueryWeights, read_query


def found(question, texts, **arguments):
    index = LexicalIndex.build([text_terms(text) for text in texts])
    return index.top(read_query(question, **arguments).weights, 10)[0].tolist()


def test_words_lose_their_inflection_and_stop_words():
    query = read_query("Welke maatregelen neemt de gemeente voor de treinverbindingen?")
    assert query.reading.terms[:1] == ("maatregel",)
    assert {"treinverbinding", "trein", "verbinding", "gemeente"} <= query.weights.keys()
    assert not {"de", "voor", "welke"} & query.weights.keys()
    assert query.language == "nl"


def test_a_whole_word_weighs_more_than_its_parts():
    weights = read_query("arbeidsmarktbeleid").weights
    assert weights["arbeidsmarktbeleid"] > weights["arbeidsmarkt"] > 0


def test_compounds_are_found_by_their_parts_and_the_other_way_round():
    texts = ["Het arbeidsmarktbeleid van het Rijk.", "Een nota over parkeren.", "De trein rijdt."]
    assert found("beleid arbeidsmarkt", texts) == [0]
    assert found("treinverbinding", texts) == [2]


def test_phrases_exclusions_and_fields():
    query = read_query('"vrede en recht" -sport -"open water" titel:visie uitgever:"Raad X" jaar:2015-2020 groei')
    assert query.phrases == ("vrede en recht",)
    assert query.excluded == ("sport", "open water")
    assert query.fields == {"titel": ("visie",), "uitgever": ("Raad X",), "jaar": ("2015-2020",)}
    assert {"vrede", "recht", "groei"} <= query.weights.keys()
    assert not {"sport", "water", "visie"} & query.weights.keys()
    assert query.reading.phrases == query.phrases
    assert query.reading.excluded == query.excluded
    assert query.semantic_text == "groei vrede en recht"


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert read_query("mkb-loket zzp-ers").excluded == ()


def test_a_field_alone_is_enough():
    assert read_query("titel:visie").fields == {"titel": ("visie",)}


@pytest.mark.parametrize("text", ["", "   ", "de het een", "-sport", "?!"])
def test_nothing_to_search_for(text):
    with pytest.raises(QueryError) as caught:
        read_query(text)
    assert caught.value.hint.startswith("Typ")


SPELLING = Spelling({"arbeidsmarkt": 20, "culturele": 9, "hoofdstad": 7, "jongeren": 12, "banen": 30, "beleid": 90})


def test_typing_errors_are_put_right_and_shown():
    query = read_query("kandidatuur culturle hoofstad", spelling=SPELLING)
    assert query.reading.corrections == (("culturle", "culturele"), ("hoofstad", "hoofdstad"))
    assert {"cultureel", "hoofdstad", "kandidatuur"} <= query.weights.keys()
    assert query.semantic_text == "kandidatuur culturele hoofdstad"


@pytest.mark.parametrize("word", ["manen", "jongens", "stikstofdepositie", "Arbeidsmarkt", "2031", "ict"])
def test_words_that_exist_are_left_alone(word):
    assert read_query(word, spelling=SPELLING).reading.corrections == ()


def test_english_words_are_left_alone_in_english_and_doubted_in_dutch():
    assert read_query("what was belied by the numbers", spelling=SPELLING).reading.corrections == ()
    assert read_query("belied voor jongeren", spelling=SPELLING).reading.corrections == (("belied", "beleid"),)


ACRONYMS = {"MKB": "midden- en kleinbedrijf", "SER": "Sociaal-Economische Raad"}


@pytest.mark.parametrize(
    ("question", "terms", "shown"),
    [
        ("steun voor het mkb", {"kleinbedrijf"}, "midden- en kleinbedrijf"),
        ("steun voor midden- en kleinbedrijf", {"mkb"}, "MKB"),
        ("wat vindt de Sociaal-Economische Raad", {"ser"}, "SER"),
    ],
)
def test_acronyms_both_ways(question, terms, shown):
    query = read_query(question, acronyms=ACRONYMS)
    assert terms <= query.weights.keys()
    assert shown in query.reading.expansions
    assert not terms & query.typed_terms


def test_no_expansion_where_both_forms_are_typed():
    assert read_query("het midden- en kleinbedrijf (MKB)", acronyms=ACRONYMS).reading.expansions == ()


def test_concepts_widen_the_question_at_a_lower_weight():
    asked = []

    def expand(text, language):
        asked.append((text, language))
        return {"spoor": 1.0, "openbaar vervoer": 0.5}

    query = read_query("trein", expand=expand, weights=QueryWeights(expansion=0.4))
    assert asked == [("trein", "nl")]
    assert query.weights["trein"] == 1.0
    assert query.weights["spoor"] == pytest.approx(0.4)
    assert query.weights["vervoer"] == pytest.approx(0.4 * 0.5 / 2)
    assert query.reading.expansions == ("spoor", "openbaar vervoer")


def test_an_amount_is_found_in_another_spelling():
    texts = ["Het kost € 150 miljoen.", "Er is vijftien miljoen euro nodig.", "Niets."]
    assert found("€ 15 miljoen", texts)[0] == 1


def test_questions_in_english():
    query = read_query("What does the board advise on the regional transition?")
    assert query.language == "en"
    assert query.weights["transition"] == 1.0
    assert 0 < query.weights["transitie"] < 1
    assert {"transitie", "regionaal"} <= set(query.reading.expansions)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        query = read_query(text, spelling=SPELLING, acronyms=ACRONYMS)
    except QueryError:
        return
    assert all(0 < weight <= 1 for weight in query.weights.values())
    assert query.weights or query.fields or query.phrases
