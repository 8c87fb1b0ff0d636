"""What two sentences do not say alike: figures, years, negation, direction, quantity, actors, names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.citations.claims import is_claim
from beleidskennis.citations.facts import compare_facts, read_facts
from beleidskennis.citations.figures import compare_figures, read_figures
from beleidskennis.citations.report import Difference, Topic


@pytest.mark.parametrize(
    ("draft", "source", "context"),
    [
        ("Dat kost 15 miljoen euro.", "De kosten zijn € 15.000.000.", ""),
        ("Dat kost 15 mln euro.", "Het kost EUR 15 miljoen", ""),
        ("Het groeide 8,1%.", "een groei van 8,1 procent", ""),
        ("In vijftien jaar verschuift 15 procent.", "binnen 15 jaar minimaal 15%", ""),
        ("De helft doet mee.", "50 procent van de bedrijven doet mee", ""),
        ("Bijna een derde van de banen.", "30,5 procent van de banen", ""),
        ("Ruim 112.000 inwoners", "112.700 inwoners", ""),
        ("In 2018 is dat besloten.", "Op 14 juni 2018 is dat besloten.", ""),
        ("In 2018 is dat besloten.", "Dat is toen besloten.", "Hoofdstuk 2: het jaar 2018"),
    ],
)
def test_figures_that_say_the_same(draft, source, context):
    check = compare_figures(draft, source, context=context)
    assert not check.differing
    assert not check.missing
    assert check.agreed


@pytest.mark.parametrize(
    ("draft", "source", "expected"),
    [
        ("Het fonds is € 150 miljoen.", "Het fonds is € 15 miljoen.", (Topic.AMOUNT, "€ 150 miljoen", "€ 15 miljoen")),
        ("Het groeide met 63,8 procent.", "Het groeide met 36,8%.", (Topic.PERCENTAGE, "63,8 procent", "36,8%")),
        (
            "Het aantal banen is met een derde gegroeid.",
            "Het aantal banen is met 12 procent gegroeid.",
            (Topic.PERCENTAGE, "een derde", "12 procent"),
        ),
        ("Een derde van de banen is er.", "21,5 procent van de banen", (Topic.PERCENTAGE, "Een derde", "21,5 procent")),
        ("De tram rijdt in 2027.", "De tram kan rijden in 2033.", (Topic.YEAR, "2027", "2033")),
        ("De tram rijdt in 2034.", "De tram kan rijden in 2033.", (Topic.YEAR, "2034", "2033")),
        (
            "De zaal is klaar op 1 mei 2028.",
            "De zaal is klaar op 1 mei 2026.",
            (Topic.YEAR, "1 mei 2028", "1 mei 2026"),
        ),
        ("Er waren 88.250 mensen.", "Er waren 88.200 mensen.", (Topic.NUMBER, "88.250", "88.200")),
        ("Er zijn 600 plekken.", "Er zijn 400 plekken.", (Topic.NUMBER, "600", "400")),
        ("Dat duurt 15 jaar.", "Dat duurt 10 jaar en kost 15 procent.", (Topic.NUMBER, "15", "10")),
    ],
)
def test_figures_that_differ_are_named_with_what_the_source_says(draft, source, expected):
    (difference,) = compare_figures(draft, source).differing
    assert (difference.topic, difference.draft, difference.source) == expected
    assert expected[2] in difference.explanation


def test_the_rival_is_the_figure_in_the_same_place():
    source = "De techniek heeft 1.300 vacatures, de zorg heeft 860 vacatures."
    (difference,) = compare_figures("In de zorg zijn 900 vacatures.", source).differing
    assert difference.source == "860"


@pytest.mark.parametrize(
    ("draft", "source", "expected"),
    [
        ("In 2020 stonden er al 52 schepen.", "Er staan nu 52 schepen op de lijst; in 2020 waren dat er 31.", "31"),
        (
            "Het loon steeg in Tiendrecht met 9 procent.",
            "Het loon steeg overal met 9 procent, maar in Tiendrecht met 2 procent.",
            "2 procent",
        ),
        (
            "De provincie betaalt 20 miljoen euro.",
            "Het dok kost 20 miljoen euro, waarvan 5 miljoen euro van de provincie.",
            "5 miljoen euro",
        ),
        ("Er zijn 400 banen in de visserij.", "Er zijn 400 banen in de bouw en 90 banen in de visserij.", "90"),
        ("In Ravenhorst slaagt 66 procent.", "Hier slaagt 61 procent, tegen 66 procent in Ravenhorst.", None),
        ("In Lindewaard slaagt 66 procent.", "Hier slaagt 61 procent, tegen 66 procent in Ravenhorst.", "61 procent"),
    ],
)
def test_a_figure_that_the_source_gives_to_another_year_place_party_or_thing_differs(draft, source, expected):
    assert [one.source for one in compare_figures(draft, source).differing] == ([expected] if expected else [])
    assert not compare_figures(source, source).differing


def test_a_year_of_the_document_does_not_excuse_another_year_in_the_same_words():
    source = "In 2024 zijn in de havenstrategie tien technieken gekozen."
    (difference,) = compare_figures(
        source.replace("2024", "2025"), source, context="Advies 2025", years=(2025,)
    ).differing
    assert (difference.draft, difference.source) == ("2025", "2024")
    assert not compare_figures("De raad adviseerde in 2025 over technieken.", source, years=(2025,)).differing


def test_in_a_row_of_a_table_nearness_tells_nothing():
    row = "Kade vernieuwen Gemeente 2024 € 150.000 Dorperveld, eerste fase Gemeente 2025 € 4,2 miljoen"
    assert not compare_figures("Voor de eerste fase van Dorperveld is € 4,2 miljoen nodig.", row).differing


def test_a_figure_that_the_source_lacks_is_missing():
    check = compare_figures("Dat kost € 5 miljoen in 2030.", "Dat is duur.")
    assert [difference.draft for difference in check.missing] == ["€ 5 miljoen", "2030"]
    assert check.missing[0].explanation == "bedrag: ‘€ 5 miljoen’ staat niet in deze bron"
    assert not compare_figures("Dat is in 2024 gezegd.", "Dat is gezegd.", years=(2024,)).missing


@pytest.mark.parametrize(
    ("draft", "source", "topic"),
    [
        ("De raad wil de belasting verhogen.", "De raad wil de belasting niet verhogen.", Topic.NEGATION),
        ("Er komt geen tram naar de haven.", "Er komt een tram naar de haven.", Topic.NEGATION),
        ("Het aantal banen nam met 5 procent toe.", "Het aantal banen daalde met 5 procent.", Topic.DIRECTION),
        ("De regeling wordt afgeschaft.", "De regeling wordt voortgezet.", Topic.DIRECTION),
        ("De bus rijdt weer naar de haven.", "De bus rijdt niet meer naar de haven.", Topic.NEGATION),
        (
            "Reders durven ook zonder garantie in te stappen bij het fonds.",
            "Zonder zo'n garantie durft geen reder in te stappen bij het fonds.",
            Topic.NEGATION,
        ),
        ("Zulke ruimten ontstaan vanzelf.", "Zulke ruimten ontstaan niet vanzelf.", Topic.NEGATION),
        ("De kade is een onbelangrijk punt.", "De kade is een belangrijk punt.", Topic.DIRECTION),
        ("Het net is toereikend.", "Het net is ontoereikend.", Topic.DIRECTION),
        ("Nabijheid geeft bedrijven nadelen.", "Nabijheid geeft bedrijven voordelen.", Topic.DIRECTION),
        ("De raad pleit voor een tram.", "Een tram raden wij af.", Topic.DIRECTION),
        ("De groei ligt boven het landelijk gemiddelde.", "De groei blijft achter bij de rest.", Topic.DIRECTION),
        ("De haven kost ons tien banen: zij verdwijnen.", "De haven geeft een winst van tien banen.", Topic.DIRECTION),
        ("Alle acties zijn uitgevoerd.", "Een aantal acties is uitgevoerd.", Topic.QUANTIFIER),
        ("Alle zestig schepen keerden terug.", "Van de 60 schepen keerden er 45 terug.", Topic.QUANTIFIER),
        ("De provincie bouwt de school.", "De gemeente bouwt de school.", Topic.ADDRESSEE),
        ("Ravenhorst bouwt een school in Tiendrecht.", "Er wordt een school gebouwd.", Topic.NAME),
    ],
)
def test_statements_that_differ(draft, source, topic):
    assert topic in {difference.topic for difference in compare_facts(draft, source)}


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Het gaat niet alleen om wonen, ook om werk.", "Het gaat om wonen en om werk."),
        ("De raad wil geen tram.", "De raad wil de tram niet."),
        ("Het aantal banen groeide.", "Het aantal banen nam toe."),
        ("Alle scholen doen mee.", "Alle scholen en enkele bedrijven doen mee."),
        ("Het college bouwt de school.", "De gemeente bouwt de school."),
        ("De kosten stijgen niet.", "De kosten dalen."),
        ("De bus rijdt niet meer naar de haven.", "De bus rijdt niet langer naar de haven."),
        ("De cijfers waren niet op orde toen het begon.", "Geen stad had de cijfers op orde toen het begon."),
        ("Het net is niet toereikend.", "Het net is ontoereikend."),
        ("Er verdween een kade en er kwam geen kade bij.", "Een kade verdween. Nergens kwam er een kade bij."),
    ],
)
def test_statements_that_do_not_differ(draft, source):
    topics = {difference.topic for difference in compare_facts(draft, source)}
    assert not topics & {Topic.NEGATION, Topic.DIRECTION, Topic.QUANTIFIER, Topic.ADDRESSEE}


def test_names_may_stand_around_the_source():
    differences = compare_facts("De SEAV wil dat.", "De raad wil dat.", context="Sociale Adviesraad (SEAV)")
    assert Difference(Topic.NAME, "SEAV") not in differences
    assert compare_facts("Het station in Den Bommel is oud.", "Het station is oud. Men wil den trein.") == (
        Difference(Topic.NAME, "Den Bommel"),
    )
    assert not compare_facts("De stad wil een prijs in Europa.", "De stad wil een Europese prijs.")


def test_what_is_read_of_a_sentence():
    facts = read_facts("De gemeente neemt in alle wijken geen extra mensen aan.")
    assert facts.negation == "geen"
    assert facts.everything == "alle"
    assert ("gemeente", "gemeente") in facts.actors
    figures = read_figures("Op 14 juni 2018 kreeg driekwart ruim € 3 mln voor 12 hectare.")
    assert [(figure.value, figure.unit, figure.measure, figure.rough) for figure in figures] == [
        (20180614, "datum", "", False), (75, "procent", "", True), (3e6, "euro", "", True),
        (12, "aantal", "hectare", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De werkloosheid daalde tussen 2018 en 2023.", True),
        ("Er zijn 400 plekken nodig.", True),
        ("Wat vindt u daarvan?", False),
        ("Inleiding en leeswijzer", False),
        ("Wij danken u voor uw aandacht en tijd.", False),
        ("In dit hoofdstuk gaan wij in op de economie.", False),
        ("Hieronder volgt een overzicht van de maatregelen:", False),
        ("Hieronder worden de plannen nader beschreven.", False),
        ("Tabel 3 laat zien hoe lang de reis duurt.", False),
        ("Wij baseren ons op adviezen van de raad en het platform.", False),
        ("", False),
    ],
)
def test_only_claims_are_looked_up(text, expected):
    assert is_claim(text) is expected


@given(st.text(max_size=80), st.text(max_size=80))
def test_comparing_never_fails_and_a_text_agrees_with_itself(one, other):
    compare_facts(one, other)
    compare_figures(one, other)
    assert not compare_figures(one, one).differing
    assert not compare_figures(one, one).missing
    assert not {d.topic for d in compare_facts(one, one)} - {Topic.NAME}


@pytest.mark.parametrize(
    ("draft", "source", "topics"),
    [
        (
            "De raad wil de heffing voort te zetten.",
            "De eerder ingevoerde heffing wordt weer afgeschaft.",
            {"richting"},
        ),
        ("De leegstand ging van 9 naar 13 procent.", "De leegstand ging van 13 naar 9 procent.", {"richting"}),
        ("Het aantal banen nam af.", "Het aantal banen daalde, maar de productie steeg.", set()),
        ("De productie nam af.", "Het aantal banen daalde, maar de productie steeg.", {"richting"}),
        ("De makers vertrekken naar de haven.", "Zonder ruimte vertrekken de makers naar de haven.", set()),
        ("Kapitaal is gemakkelijk te vinden.", "Kapitaal vinden is de grootste hindernis.", {"richting"}),
    ],
)
def test_directions_are_held_against_the_clause_on_the_same_subject(draft, source, topics):
    assert {one.topic.value for one in compare_facts(draft, source)} == topics
