"""Comparing advice: counts, pairs, tensions, and what returns in later documents."""

import json
from pathlib import Path

import numpy as np
import pytest
from advice_makers import document, recommendation
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import HashEncoder

from beleidskennis.comparison import Scale, about, align, compare, matrix, tensions, timeline
from beleidskennis.comparison.terms import term_weights

FIRST, SECOND, THIRD = document("eerste", "2015-06"), document("tweede", "2020"), document("derde", "2025-10")


def texts(items):
    return [item.quote for item in items]


def test_the_matrix_counts_each_label_once_per_recommendation():
    items = [
        recommendation(FIRST, "Bouw woningen.", themes=("wonen", "ruimte")),
        recommendation(FIRST, "Bouw scholen.", themes=("ruimte",)),
        recommendation(SECOND, "Leid vakmensen op.", themes=("arbeid",)),
        recommendation(SECOND, "Doe iets."),
    ]
    counts = matrix(items, "theme", [FIRST.document_id, SECOND.document_id])
    assert counts.rows() == (("ruimte", (2, 0)), ("arbeid", (0, 1)), ("wonen", (1, 0)), ("", (0, 1)))
    assert counts.cell("ruimte", FIRST.document_id).recommendation_ids == tuple(x.recommendation_id for x in items[:2])
    assert counts.cell("wonen", SECOND.document_id).count == 0


@given(st.lists(st.tuples(st.sampled_from([FIRST, SECOND, THIRD]), st.sampled_from(["a", "b", "c", ""])), max_size=30))
def test_every_recommendation_is_in_the_matrix(choices):
    items = [
        recommendation(source, f"Doe {n}.", themes=(theme,) if theme else ())
        for n, (source, theme) in enumerate(choices)
    ]
    counts = matrix(items, "theme")
    assert sum(sum(row) for _, row in counts.rows()) == len(items)


PAIRS = (
    recommendation(FIRST, "Investeer in snelle treinverbindingen met Brussel en Parijs.", themes=("mobiliteit",)),
    recommendation(FIRST, "Bescherm de winkelstraten tegen leegstand van winkels.", themes=("ruimte",)),
    recommendation(FIRST, "Leid meer monteurs op voor de energietransitie.", themes=("arbeid",)),
)
OTHERS = (
    recommendation(SECOND, "Pak de leegstand van winkels in winkelstraten aan.", themes=("ruimte",)),
    recommendation(SECOND, "Zorg voor treinverbindingen naar Brussel en Keulen.", themes=("mobiliteit",)),
    recommendation(SECOND, "Verbeter de zorg voor mantelzorgers.", themes=("zorg",)),
)


def test_alike_recommendations_are_paired_with_the_words_they_share():
    pairs = align(PAIRS, OTHERS)
    assert {(pair.first.quote, pair.second.quote) for pair in pairs} == {
        (PAIRS[0].quote, OTHERS[1].quote),
        (PAIRS[1].quote, OTHERS[0].quote),
    }
    assert all(pair.shared for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)


GENERIC = (
    recommendation(FIRST, "Nauwe samenwerking met maatschappelijke partners is van belang.", themes=("bestuur",)),
    recommendation(SECOND, "Samenwerking tussen maatschappelijke partners en bedrijven is nodig.", themes=("bestuur",)),
)
TOPICAL = (
    recommendation(FIRST, "Samenwerking met partners in het warmtenet is nodig.", themes=("bestuur",)),
    recommendation(SECOND, "Zoek partners voor het warmtenet van Heuvelrand.", themes=("bestuur",)),
)


def test_words_of_who_and_how_make_no_pair():
    items = (*PAIRS, *OTHERS, *GENERIC, *TOPICAL)
    scale = Scale.of(items)
    assert align(GENERIC[:1], GENERIC[1:], scale=scale, threshold=0.0) == ()
    [pair] = align(TOPICAL[:1], TOPICAL[1:], scale=scale, threshold=0.1)
    assert "warmtenet" in pair.shared


def test_a_word_that_fills_a_document_tells_less():
    places = ("boot", "brug", "kade", "sluis") * 9
    many = [recommendation(FIRST, f"Versterk het cluster voor {word}.") for word in places]
    other = recommendation(SECOND, "Begin een cluster voor tulpen.")
    weights = term_weights([*many, other])
    assert weights["cluster"] < weights["tulp"] / 4


def test_nothing_is_left_out_of_a_comparison():
    result = compare([*PAIRS, *OTHERS], [FIRST, SECOND])
    paired = [side for pair in result.agreements for side in (pair.first, pair.second)]
    assert len(result.agreements) == 2
    assert result.tensions == ()
    assert texts(result.only[FIRST.document_id]) == [PAIRS[2].quote]
    assert texts(result.only[SECOND.document_id]) == [OTHERS[2].quote]
    assert len(paired) + sum(len(items) for items in result.only.values()) == len(PAIRS) + len(OTHERS)
    assert "suggestie" in result.remark


def test_a_comparison_can_be_held_to_a_theme():
    result = compare([*PAIRS, *OTHERS], [FIRST, SECOND], theme="mobiliteit")
    assert [pair.first.quote for pair in result.agreements] == [PAIRS[0].quote]
    assert all(items == () for items in result.only.values())


def test_a_comparison_can_be_held_to_a_question():
    encoder = HashEncoder()
    items = [*PAIRS, *OTHERS]
    vectors = encoder.encode_passages(texts(items))
    result = compare(items, [FIRST, SECOND], question="Wat te doen aan leegstand?", vectors=vectors, encoder=encoder)
    assert [pair.second.quote for pair in result.agreements] == [OTHERS[0].quote]
    assert set(about("treinverbindingen", items)) == {0, 4}


def test_vectors_and_words_both_count():
    encoder = HashEncoder()
    with_vectors = align(
        PAIRS, OTHERS, encoder.encode_passages(texts(PAIRS)), encoder.encode_passages(texts(OTHERS)), threshold=0.2
    )
    assert {pair.first.quote for pair in with_vectors} >= {PAIRS[1].quote}
    assert all(pair.meaning > 0 for pair in with_vectors)


def test_nothing_to_compare_is_no_error():
    assert align([], OTHERS) == ()
    assert compare([], [FIRST, SECOND]).agreements == ()
    assert matrix([], "theme").rows() == ()
    assert timeline([], []) == ()


def tension(one, other, **labels):
    first = recommendation(FIRST, one, addressees=labels.get("first", ()))
    second = recommendation(SECOND, other, addressees=labels.get("second", ()))
    found = tensions(first, second, (FIRST.year, SECOND.year))
    for item in found:
        if item.kind in ("richting", "getal", "termijn"):
            assert item.first_words in one
            assert item.second_words in other
    return [(item.kind, item.first_words, item.second_words) for item in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Verhoog de parkeertarieven in het centrum.",
            "Verlaag de parkeertarieven in het centrum.",
            ("richting", "Verhoog", "Verlaag"),
        ),
        (
            "Bied meer ruimte aan bedrijven op de kade.",
            "Bied minder ruimte aan bedrijven op de kade.",
            ("richting", "meer", "minder"),
        ),
        (
            "Bevorder wedijver tussen orkesten.",
            "Het is onwenselijk om wedijver tussen orkesten te bevorderen.",
            ("richting", "wedijver", "onwenselijk om wedijver tussen"),
        ),
        (
            "Reserveer 20 procent van de woningen voor starters.",
            "Reserveer 30 procent van de woningen voor starters.",
            ("getal", "20 procent", "30 procent"),
        ),
        (
            "Maak het wagenpark uiterlijk in 2030 schoon.",
            "Maak het wagenpark uiterlijk in 2035 schoon.",
            ("termijn", "uiterlijk in 2030", "uiterlijk in 2035"),
        ),
    ],
)
def test_tensions_are_seen_with_the_words_that_show_them(one, other, expected):
    assert expected in tension(one, other)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Richt een regionale winkel op.", "Een nieuwe regionale winkel raden wij af.", "raden wij af"),
        ("Bouw een tweede brug bij de sluis.", "Zie voorlopig af van een brug bij de sluis.", "Zie voorlopig af van"),
        (
            "Bouw 2.400 woningen op de kade.",
            "Doe op de kade geen nieuw onderzoek naar woningbouw.",
            "geen nieuw onderzoek naar woningbouw",
        ),
        ("Verlaag de huur van ateliers.", "De raad wijst een lagere huur van ateliers af.", "wijst"),
    ],
)
def test_advice_against_is_set_against_advice_for(one, other, words):
    assert ("richting", words) in [(kind, second) for kind, _first, second in tension(one, other)]
    assert ("richting", words) in [(kind, first) for kind, first, _second in tension(other, one)]
    assert tension(other, other) == []


def test_a_number_of_years_is_set_against_a_year_by_the_documents_dates():
    found = tension("Voer dit binnen vijf jaar in voor alle scholen.", "Voer dit in 2030 in voor alle scholen.")
    assert ("termijn", "binnen vijf jaar", "in 2030") in found
    assert tension("Voer dit binnen vijftien jaar in.", "Voer dit in 2030 in.") == []


def test_another_addressee_is_a_tension_only_where_both_are_named():
    one, other = "De gemeente moet scholing betalen.", "Werkgevers moeten scholing betalen."
    found = tension(one, other, first=("gemeente",), second=("bedrijfsleven",))
    assert found == [("geadresseerde", "gemeente", "bedrijfsleven")]
    assert tension(one, other, first=("gemeente",)) == []
    assert tension(one, other, first=("gemeente",), second=("gemeente", "rijk")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verhoog de parkeertarieven.", "Verlaag de drempel voor sportclubs."),
        ("Bouw 300 woningen aan de haven.", "Bouw 300 woningen aan de haven."),
        ("Leg 40 hectare vast voor werk.", "Leg 12 kilometer fietspad aan."),
    ],
)
def test_what_is_about_something_else_is_no_tension(one, other):
    assert tension(one, other) == []


def test_a_pair_with_a_tension_is_no_agreement():
    items = [
        recommendation(FIRST, "Verhoog de parkeertarieven in het centrum van de stad.", themes=("mobiliteit",)),
        recommendation(SECOND, "Verlaag de parkeertarieven in het centrum van de stad.", themes=("mobiliteit",)),
    ]
    result = compare(items, [FIRST, SECOND])
    assert result.agreements == ()
    assert [found[0].kind for _, found in result.tensions] == ["richting"]


def test_advice_that_returns_makes_a_chain_in_order_of_date():
    items = [
        recommendation(THIRD, "Bescherm bedrijventerreinen langs het water tegen woningbouw.", themes=("ruimte",)),
        recommendation(FIRST, "Bescherm de bedrijventerreinen aan het water tegen woningbouw.", themes=("ruimte",)),
        recommendation(SECOND, "Houd bedrijventerreinen aan het water vrij van woningbouw.", themes=("ruimte",)),
        recommendation(SECOND, "Verbeter de zorg voor mantelzorgers.", themes=("zorg",)),
    ]
    chains = timeline(items, [THIRD, FIRST, SECOND])
    assert [texts(chain.recommendations) for chain in chains] == [[items[1].quote, items[2].quote, items[0].quote]]
    assert len(chains[0].scores) == 2


def test_documents_without_a_date_have_no_place_in_time():
    undated = document("zonder", "")
    items = [recommendation(undated, PAIRS[0].quote), recommendation(SECOND, OTHERS[1].quote)]
    assert timeline(items, [undated, SECOND]) == ()


WORDS = ["woningen", "bouwen", "haven", "scholen", "trein", "energie", "leegstand", "winkels", "groen", "water"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=8),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=8),
)
def test_pairs_are_one_to_one_and_the_same_from_either_side(left, right):
    first = [recommendation(FIRST, f"{n} {' '.join(words)}") for n, words in enumerate(left)]
    second = [recommendation(SECOND, f"{n} {' '.join(words)}") for n, words in enumerate(right)]
    pairs = align(first, second)
    assert len({pair.first.recommendation_id for pair in pairs}) == len(pairs)
    assert len({pair.second.recommendation_id for pair in pairs}) == len(pairs)
    assert all(0 < pair.score <= 1.0001 for pair in pairs)
    assert np.all(np.isfinite([pair.score for pair in pairs]))


def test_pairs_of_the_sample_corpus_are_about_the_same_thing(sample_library):
    lines = (Path(__file__).parent / "data" / "sample-pairs.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    same = {frozenset((one["first"]["quote"], one["second"]["quote"])): one["same"] for one in read}
    names = [one.file_name for one in sample_library.documents()]
    found = sample_library.compare(names)
    pairs = [*found.agreements, *(pair for pair, _tensions in found.tensions)]
    known = [same[key] for pair in pairs if (key := frozenset((pair.first.quote, pair.second.quote))) in same]
    assert len(known) >= 20
    assert sum(known) / len(known) >= 0.9
    apart = [(pair, tensions) for pair, tensions in found.tensions if "raden wij af" in pair.first.quote]
    assert [(one.kind, one.first_words) for _pair, [one] in apart] == [("richting", "raden wij af")]
    assert "Richt" in apart[0][0].second.quote


def test_versions_of_one_document_are_one_voice():
    told = "Investeer in snelle treinverbindingen met Brussel en Parijs."
    items = [
        recommendation(FIRST, told),
        recommendation(FIRST, "Leid meer monteurs op voor de energietransitie."),
        recommendation(SECOND, told),
        recommendation(SECOND, "Pak de leegstand van winkels in winkelstraten aan."),
        recommendation(THIRD, "Zorg voor snelle treinverbindingen naar Brussel en Parijs."),
    ]
    families = [(SECOND.document_id, FIRST.document_id)]
    apart = compare(items, (FIRST, SECOND, THIRD))
    assert any({pair.first.document_id, pair.second.document_id} == {FIRST.document_id, SECOND.document_id}
               for pair in apart.agreements)  # fmt: skip
    one_voice = compare(items, (FIRST, SECOND, THIRD), families=families)
    assert [(pair.first.document_id, pair.second.document_id) for pair in one_voice.agreements] == [
        (SECOND.document_id, THIRD.document_id)
    ]
    assert one_voice.repeated == {FIRST.document_id: 1}
    assert texts(one_voice.only[FIRST.document_id]) == ["Leid meer monteurs op voor de energietransitie."]
    assert "versies van hetzelfde document" in one_voice.remark
    assert "versies" not in apart.remark
    assert timeline(items[:4], (FIRST, SECOND), families=families) == ()
    assert timeline(items[:4], (FIRST, SECOND)) != ()


@pytest.mark.parametrize("scheme", ["theme", "sector", "addressee"])
def test_counting_from_the_rows_gives_what_counting_the_recommendations_gives(sample_library, scheme):
    chosen = [one.document_id for one in sample_library.documents()][1:]
    items, _vectors = sample_library.advice_of(chosen)
    counted, expected = sample_library.matrix(scheme, documents=chosen), matrix(items, scheme, chosen)
    assert counted.rows() == expected.rows()
    assert counted.cells == expected.cells
