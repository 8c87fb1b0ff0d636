"""Compounds come apart where they should, and other words do not: measured on two lists of policy Dutch."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.dutch.compounds import split, split_fully
from beleidskennis.dutch.lemmas import lemma, stem

DATA = Path(__file__).parent / "data"
MIN_RIGHT = 0.95
"""Measured: 218 of 224 (0.973)."""
MAX_WRONG = 0.01
"""Measured: 0 of 255."""


def gold():
    lines = (DATA / "compounds.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_compounds_come_apart():
    def parts(words):
        return [stem(lemma(word)) for word in words]

    right = [word for word, wanted in gold() if parts(split_fully(word)) == parts(wanted.split())]
    assert len(right) >= MIN_RIGHT * len(gold())


def test_other_words_stay_whole():
    lines = (DATA / "not_compounds.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    wrong = [word for word in words if len(split(lemma(word))) > 1]
    assert len(wrong) <= MAX_WRONG * len(words), wrong


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("arbeidsmarktbeleid", ("arbeidsmarkt", "beleid")),
        ("treinverbinding", ("trein", "verbinding")),
        ("klimaatadaptatie", ("klimaat", "adaptatie")),
        ("kinderopvang", ("kind", "opvang")),
        ("zonnepaneel", ("zon", "paneel")),
        ("beleid", ("beleid",)),
    ],
)
def test_two_parts(word, parts):
    assert split(word) == parts


def test_words_of_the_corpus_may_be_parts():
    assert split("xyloribeleid") == ("xyloribeleid",)
    assert split("xyloribeleid", {"xylori"}.__contains__) == ("xylori", "beleid")


@settings(deadline=None)
@given(st.text(alphabet="abcdeghiklmnoprstuvwz", min_size=1, max_size=25))
def test_parts_are_pieces_of_the_word_in_order(word):
    place = 0
    for part in split_fully(word):
        found = word.find(part, place)
        assert found >= 0
        place = found + len(part)
