"""Quantities are read with their value and unit, however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.dutch import numbers


def read(text):
    return [(quantity.value, quantity.unit) for quantity in numbers.read(text)]


@pytest.mark.parametrize(
    "text",
    ["€ 830.000", "830 duizend euro", "EUR 0,83 mln", "€0,83 miljoen", "830.000 euro", "€ 830.000,00"],
)
def test_spellings_of_one_amount(text):
    assert read(text) == [(830_000.0, "euro")]


@pytest.mark.parametrize("text", ["15%", "15 %", "15 procent", "vijftien procent", "15,0 percent"])
def test_spellings_of_one_percentage(text):
    assert read(text) == [(15.0, "procent")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€ 15 miljoen", [(15e6, "euro")]),
        ("€ 150 miljoen", [(150e6, "euro")]),
        ("1,2 miljard euro", [(1.2e9, "euro")]),
        ("vijfentwintig scholen", [(25.0, "aantal")]),
        ("honderdduizend banen", [(100_000.0, "aantal")]),
        ("tweehonderdvijftig woningen", [(250.0, "aantal")]),
        ("1.200 banen", [(1200.0, "aantal")]),
        ("een miljoen inwoners", [(1e6, "aantal")]),
        ("een plan", []),
        ("in 2030", [(2030.0, "jaar")]),
        ("2022 € 150.000", [(2022.0, "jaar"), (150_000.0, "euro")]),
        ("80 € per dag", [(80.0, "euro")]),
        ("tussen 2020 en 2030", [(2020.0, "jaar"), (2030.0, "jaar")]),
        ("op 28 augustus 2015", [(20150828.0, "datum")]),
        ("de derde stap", [(3.0, "rang")]),
        ("een 3.5 kilometer", [(3.5, "aantal")]),
    ],
)
def test_values_and_units(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 tot 15 procent", [(10.0, "procent"), (15.0, "procent")]),
        ("10-15%", [(10.0, "procent"), (15.0, "procent")]),
        ("€ 10 à € 12 mln", [(10e6, "euro"), (12e6, "euro")]),
        ("3 tot 5 miljard euro", [(3e9, "euro"), (5e9, "euro")]),
        ("van € 500.000 tot € 2 mln", [(500_000.0, "euro"), (2e6, "euro")]),
        ("€ 10 mln en € 12 mln", [(10e6, "euro"), (12e6, "euro")]),
        ("in 2020 en 15 procent", [(2020.0, "jaar"), (15.0, "procent")]),
    ],
)
def test_ranges_share_their_unit(text, expected):
    assert read(text) == expected


@given(st.text(alphabet=st.sampled_from("0123456789.,€% abcdemilnoprtuz-"), max_size=60))
def test_a_quantity_is_a_slice_of_the_text_and_they_do_not_overlap(text):
    last = 0
    for quantity in numbers.read(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert last <= quantity.start < quantity.end
        last = quantity.end


@given(st.integers(0, 99_999_999))
def test_dutch_notation_of_thousands(value):
    assert numbers.value_of(f"{value:,}".replace(",", ".")) == value


@pytest.mark.parametrize(("word", "value"), [("nul", 0), ("drieëntwintig", 23), ("duizend", 1000), ("twee", 2)])
def test_numbers_in_words(word, value):
    assert numbers.written(word) == value


def test_other_words_are_no_numbers():
    assert numbers.written("beleid") is None
    assert numbers.written("duizendpoot") is None
