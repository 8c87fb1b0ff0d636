"""Base forms, stems, families, and what counts as a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.dutch import lexicon as lexicon_module
from beleidskennis.dutch.derivation import roots
from beleidskennis.dutch.inflection import base_of
from beleidskennis.dutch.lemmas import is_dutch, is_known, lemma, lemma_english, stem
from beleidskennis.dutch.lexicon import Entry, Lexicon, lexicon, pack


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("steden", "stad"),
        ("Gemeenten", "gemeente"),
        ("treinverbindingen", "treinverbinding"),
        ("werknemers", "werknemer"),
        ("werknemer", "werknemer"),
        ("ouders", "ouder"),
        ("boete", "boete"),
        ("cijfers", "cijfer"),
        ("cijfer", "cijfer"),
        ("leden", "lid"),
        ("raadsleden", "raadslid"),
        ("data", "data"),
        ("mogelijkheden", "mogelijkheid"),
        ("economische", "economisch"),
        ("circulaire", "circulaire"),
        ("start-ups", "start-up"),
        ("mkb-ondernemers", "mkb-ondernemer"),
        ("Zoetermeer", "zoetermeer"),
        ("Maastricht", "maastricht"),
        ("agenda's", "agenda"),
        ("agenda’s", "agenda"),
    ],
)
def test_base_forms(word, base):
    assert lemma(word) == base


@pytest.mark.parametrize(("verb", "noun"), [("toetsen", "toets"), ("werken", "werk"), ("groeien", "groei")])
def test_a_verb_and_its_noun_share_a_stem(verb, noun):
    assert stem(lemma(verb)) == stem(lemma(noun))


@pytest.mark.parametrize("word", ["teken", "gemeente", "open", "mensen"])
def test_no_stem_is_cut_from_what_is_no_verb(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("verduurzaming", "verduurzamen"),
        ("ondernemerschap", "ondernemen"),
        ("innovatief", "innovatie"),
        ("economisch", "economie"),
        ("veiligheid", "veilig"),
        ("export", "exporteren"),
        ("vergroenen", "groen"),
    ],
)
def test_words_of_one_family(word, wanted):
    assert wanted in roots(word)


@pytest.mark.parametrize("word", ["beleid", "stil", "gemeente", "ring"])
def test_no_family_by_chance(word):
    assert roots(word) == ()


@pytest.mark.parametrize(
    "word",
    ["beleid", "bereikbaarheid", "armoede", "stikstofdepositie", "policy", "2030", "mkb-loket", "zorgcoördinator"],
)
def test_known_words(word):
    assert is_known(word)


@pytest.mark.parametrize("word", ["beliedd", "culturle", "hoofstad", "vestegingen", "arbeitsmarkt", "qwrtz"])
def test_unknown_words(word):
    assert not is_known(word)


def test_dutch_and_english():
    assert is_dutch("treinverbinding")
    assert not is_dutch("accountability")
    assert lemma_english("connections") == "connection"


def test_an_inflected_form_is_only_taken_for_one_of_a_known_word():
    assert base_of("hubs", {"hub"}.__contains__) == "hub"
    assert base_of("hubs", set().__contains__) is None
    assert base_of("brieven", {"brief"}.__contains__) == "brief"


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(lambda word: "\t" not in word),
        st.just("x"),
        max_size=20,
    )
)
def test_every_word_of_a_lexicon_is_found_and_no_other(words):
    packed = Lexicon(pack({word: Entry(word, "", "n") for word in words}))
    assert len(packed) == len(words)
    for word in words:
        assert packed.get(word) == Entry(word, "", "n")
        assert (packed.get(word + "q") is None) == (word + "q" not in words)


def test_the_lexicon_is_kept_in_the_cache_folder(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(lexicon_module, "_dictionary", lambda language: {"steden": "stad"} if language == "nl" else {})
    lexicon.cache_clear()
    try:
        assert lexicon().dutch("steden") == "stad"
        lexicon.cache_clear()
        monkeypatch.setattr(lexicon_module, "_dictionary", None)
        assert lexicon().dutch("steden") == "stad"
    finally:
        lexicon.cache_clear()
    assert len(list(tmp_path.rglob("*.bin"))) == 1


def test_a_cache_folder_that_cannot_be_written_costs_no_result(tmp_path: Path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(lexicon_module, "_dictionary", lambda language: {"steden": "stad"} if language == "nl" else {})
    lexicon.cache_clear()
    try:
        assert lexicon().dutch("steden") == "stad"
    finally:
        lexicon.cache_clear()
