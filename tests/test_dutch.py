"""Words, acronyms, spelling, language and index terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.dutch import acronyms, language
from beleidskennis.dutch.cognates import cognates
from beleidskennis.dutch.spelling import Spelling, distance
from beleidskennis.dutch.stopwords import ENGLISH_STOPWORDS, STOPWORDS
from beleidskennis.dutch.terms import TermWeights, WordsHolding, text_terms, word_terms
from beleidskennis.dutch.words import fold, normalise, tokens, tokens_where, words


def test_words_keep_their_hyphens_apostrophes_and_numbers():
    text = "De mkb’ers (MKB-loket) kregen € 1.200,50 voor CO2-reductie en R&D in 2030."
    expected = ["De", "mkb’ers", "MKB-loket", "kregen", "1.200,50", "voor", "CO2-reductie", "en", "R&D", "in", "2030"]
    assert words(text) == expected


@given(st.text(max_size=80))
def test_tokens_are_slices(text):
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
    assert [token.text for token in tokens(text)] == words(text)


def test_normal_forms():
    assert normalise("MKB’ers") == "mkb'ers"
    assert normalise("coo\u0308rdinatie") == "coördinatie"
    assert fold("Coördinatie") == "coordinatie"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


def test_stop_words_are_lower_case_and_say_nothing():
    assert all(word == word.lower() for word in STOPWORDS | ENGLISH_STOPWORDS)
    assert not {"beleid", "gemeente", "arbeidsmarkt", "werk", "wonen"} & STOPWORDS


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("de Metropoolregio Rotterdam Den Haag (MRDH) werkt", "MRDH", "Metropoolregio Rotterdam Den Haag"),
        ("voor het midden- en kleinbedrijf (mkb) en (MKB)", None, None),
        ("voor het midden- en kleinbedrijf (MKB)", "MKB", "midden- en kleinbedrijf"),
        ("Volgens de Sociaal-Economische Raad (SER) is", "SER", "Sociaal-Economische Raad"),
        ("De VNG (Vereniging van Nederlandse Gemeenten) wil", "VNG", "Vereniging van Nederlandse Gemeenten"),
        ("het ministerie van Economische Zaken (EZ)", "EZ", "Economische Zaken"),
        ("een regeling (hierna: WOZ) zonder vol woord", None, None),
        ("groei van de economie (zie ook BBP)", None, None),
    ],
)
def test_acronyms_are_found_where_they_are_introduced(text, short, full):
    assert acronyms.find(text) == ({short: full} if short else {})


def test_initials_of_a_name():
    assert acronyms.initials("Sociaal-Economische Raad") == "SER"
    assert acronyms.initials("Vereniging van Nederlandse Gemeenten") == "VNG"
    assert acronyms.initials("Gemeente Zoetermeer") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Welke maatregelen neemt de gemeente tegen leegstand?", "nl"),
        ("What does the council advise on housing?", "en"),
        ("arbeidsmarkt jongeren", "nl"),
        ("green growth jobs", "en"),
        ("", ""),
        ("12 + 3", "nl"),
    ],
)
def test_language(text, expected):
    assert language.detect(text) == expected


WORDS = {"arbeidsmarkt": 20, "arbeidsmarktregio's": 3, "vestigingen": 9, "culturele": 5, "hoofdstad": 4, "regio": 30}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("arbeitsmarkt", "arbeidsmarkt"),
        ("abreidsmarkt", "arbeidsmarkt"),
        ("vestegingen", "vestigingen"),
        ("vestgingenn", "vestigingen"),
        ("culturle", "culturele"),
        ("hoofstad", "hoofdstad"),
        ("reigo", "regio"),
        ("zzzzzzzz", None),
        ("arb", None),
        ("12345678", None),
    ],
)
def test_spelling(typed, meant):
    assert Spelling(WORDS).suggest(typed) == meant


def test_the_more_frequent_of_two_equally_near_words():
    assert Spelling({"banen": 50, "bazen": 2}).suggest("baxen") == "banen"


def test_only_sure_repairs_on_request():
    spelling = Spelling({"beleid": 100, "delen": 5})
    assert spelling.suggest("belied", surely=True) == "beleid"
    assert spelling.suggest("depen", surely=True) is None


ALPHABET = st.text(alphabet="abcd", max_size=7)


@given(ALPHABET, ALPHABET)
def test_distance_is_symmetric_and_zero_only_for_equal_words(a, b):
    found = distance(a, b, 10)
    assert found == distance(b, a, 10)
    assert (found == 0) == (a == b)
    assert found is not None
    assert abs(len(a) - len(b)) <= found <= max(len(a), len(b))


def test_a_compound_is_indexed_whole_and_in_parts():
    weights = TermWeights(part=0.5, root=0.25)
    found = text_terms("arbeidsmarktbeleid", weights)
    assert found["arbeidsmarktbeleid"] == 1.0
    assert {"arbeidsmarkt", "arbeid", "markt", "beleid"} <= found.keys()
    assert all(found[part] == 0.5 for part in ("arbeidsmarkt", "arbeid", "markt", "beleid"))


def test_words_of_one_family_meet():
    assert "duurzaam" in dict(word_terms("duurzaamheid"))
    assert "vestig" in dict(word_terms("vestigingen"))


def test_hyphens_do_not_matter():
    assert word_terms("kortetermijnactie")[0][0] in dict(word_terms("korte-termijnactie"))


@pytest.mark.parametrize("spelling", ["€ 830.000", "830 duizend euro", "EUR 0,83 mln"])
def test_amounts_are_one_term(spelling):
    assert "=830000 euro" in text_terms(f"Het kost {spelling}.")


def test_other_amounts_are_other_terms():
    assert "=15000000 euro" not in text_terms("€ 150 miljoen")


def test_stop_words_are_no_terms():
    assert text_terms("Dat is het met de van") == {}


def test_matching_words_are_slices():
    text = "Betere treinverbindingen met de stad."
    found = tokens_where(text, WordsHolding({"trein", "stad"}))
    assert [text[token.start : token.end] for token in found] == ["treinverbindingen", "stad"]


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("transition", ("transitie",)),
        ("regional", ("regionaal",)),
        ("climate", ("klimaat",)),
        ("activity", ("activiteit",)),
        ("policy", ()),
        ("late", ()),
    ],
)
def test_english_words_that_dutch_has_too(english, dutch):
    assert cognates(english) == dutch
