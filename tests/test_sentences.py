"""Dutch sentences: what ends one and what does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.dutch.sentences import split


def parts(text):
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Zie art. 3 lid 2 van de wet (Stb. 2015, 12).",
        "Dit kost ca. 3 mln. euro, d.w.z. 5 procent (zie blz. 12).",
        "De heer mr. A. B. de Vries en prof. dr. J. Jansen spraken.",
        "Het advies, nr. 12/04, gaat o.a. over wonen, m.b.t. huur en t.a.v. koop.",
        "Dit geldt i.c. voor bedrijven, incl. Winkels, excl. Horeca en resp. Kantoren.",
        "Bijv. Rotterdam en Den Haag doen mee.",
        "Volgens H.L.F. de Groot (2011) klopt dat.",
        "Het gaat om mbo, hbo e.d. en om scholing.",
        "Hij vroeg: “Kan dat?” en kreeg antwoord.",
        "In 2026 is er 6,7 miljoen, dat is 1.200 per jaar, en web2.0.",
        "Er zijn drie opgaven: wonen, werken en leren; die horen bij elkaar.",
        "Kamerstukken II 2017/18, 39 901, nr. 4, p. 6.",
    ],
)
def test_one_sentence(text):
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De stad groeit. Dat is goed.", ["De stad groeit.", "Dat is goed."]),
        ("Wat werkt? Samenwerken! Echt waar.", ["Wat werkt?", "Samenwerken!", "Echt waar."]),
        ("Dat was in 2015. De raad besloot anders.", ["Dat was in 2015.", "De raad besloot anders."]),
        ("Scholing, werk, etc. De raad wil meer.", ["Scholing, werk, etc.", "De raad wil meer."]),
        ("Dat heet ‘de triomf van de stad’. De stad trekt.", ["Dat heet ‘de triomf van de stad’.", "De stad trekt."]),
        ("(Zie ook hoofdstuk 2.) De raad adviseert dit.", ["(Zie ook hoofdstuk 2.)", "De raad adviseert dit."]),
        ("“Dat moet anders.” De wethouder knikte.", ["“Dat moet anders.”", "De wethouder knikte."]),
        ("Een regel\nen nog een regel.", ["Een regel", "en nog een regel."]),
        ("De groei… De stad wacht.", ["De groei…", "De stad wacht."]),
        ("Er is m2 nodig. 15 procent groeit.", ["Er is m2 nodig.", "15 procent groeit."]),
    ],
)
def test_more_sentences(text, expected):
    assert parts(text) == expected


def test_number_of_an_item_is_no_sentence():
    assert parts("1. Behoud de haven.") == ["1. Behoud de haven."]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("abA .!?…\n“”()’:;1é")), max_size=80))
def test_offsets_are_in_order_and_hold_all_but_white_space(text):
    spans = split(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()
    assert all("\n" not in text[start:stop] for start, stop in spans)


def test_a_year_in_brackets_starts_no_sentence():
    text = "Bron: De Wit, H. [et al.] (2011) Stad en water. Dat is al."
    assert [text[a:b] for a, b in split(text)] == [text[:47], "Dat is al."]
