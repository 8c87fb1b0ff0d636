"""What a recommendation says exactly: its verb, term, figures and summary; and the grammar under it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.recommendations.context import Setting, heading_setting, intro_setting
from beleidskennis.recommendations.details import action, deadline, figures
from beleidskennis.recommendations.explicit import EXPLICIT, must, thing_is_needed
from beleidskennis.recommendations.grammar import imperative, read_sentence
from beleidskennis.recommendations.summary import LONGEST, summarise


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Presenteer het museum als podium voor jong talent.", "presenteren"),
        ("Sluit aan bij de wensen van ouders.", "sluiten"),
        ("Werk als korpsen nauw samen.", "werken"),
        ("Onderzoek of gezamenlijke inkoop voordeel oplevert.", "onderzoeken"),
        ("Kies voor een beperkt aantal prioriteiten en houd daaraan vast.", "kiezen"),
        ("Laat bewoners meebeslissen over hun wijk.", "laten"),
        ("Open een tweede vestiging in de wijk.", "openen"),
        ("Bewaak en verbeter de kwaliteit van het water.", "bewaken"),
        ("De nood is hoog; open daarom een noodopvang.", "openen"),
    ],
)
def test_imperatives_are_seen(text, verb):
    assert imperative(read_sentence(text)) == verb


@pytest.mark.parametrize(
    "text",
    [
        "Zorg voor ouderen is duur.",
        "Onderzoek naar de effecten laat zien dat het werkt.",
        "Groei van de stad vraagt ruimte.",
        "Bouw en techniek kampen met tekorten.",
        "Acht steden namen deel.",
        "Naast de huidige indeling bestaan er andere.",
        "Raad voor het Openbaar Bestuur.",
        "Zorg 12, 13, 14",
        "Zie bijlage 3 voor een overzicht.",
    ],
)
def test_nouns_and_references_are_no_imperatives(text):
    assert imperative(read_sentence(text)) == ""


def test_must_counts_in_a_main_clause_only():
    assert must(read_sentence("Om dat te bereiken, moeten keuzes worden gemaakt."))
    assert must(read_sentence("Wie wil bouwen moet ruimte krijgen."))
    assert must(read_sentence("Als basis moet gelden dat iedereen meedoet."))
    assert not must(read_sentence("De wethouder zegt dat het college moet kiezen."))
    assert not must(read_sentence("Er is een fonds dat starters moet helpen."))
    assert not must(read_sentence("Dat moet wel haast kloppen."))


def test_needed_counts_of_a_thing_not_in_a_clause():
    assert thing_is_needed(read_sentence("Daarvoor is extra toezicht nodig."))
    assert not thing_is_needed(read_sentence("Er is een gebied dat nodig is voor wonen."))


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Stel een regisseur aan die partijen bij elkaar brengt.", "aanstellen"),
        ("Leg afspraken vast in een convenant.", "vastleggen"),
        ("De regels moeten worden vereenvoudigd.", "vereenvoudigen"),
        ("Wij adviseren om belemmeringen weg te nemen.", "wegnemen"),
        ("Het archief bij de tijd brengen", "brengen"),
        ("De gemeente moet de leegstand aanpakken.", "aanpakken"),
    ],
)
def test_the_verb_of_the_act(text, verb):
    assert action(read_sentence(text)) == verb


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Halveer binnen acht jaar het gebruik van zout.", "binnen acht jaar"),
        ("Uiterlijk in 2030 is het wagenpark schoon.", "Uiterlijk in 2030"),
        ("Doe dit vóór 1 januari 2027.", "vóór 1 januari 2027"),
        ("Pak dit de komende collegeperiode op.", "de komende collegeperiode"),
        ("Rapporteer jaarlijks aan de raad.", "jaarlijks"),
        ("Bouw voort op het advies uit 2011.", ""),
    ],
)
def test_terms_are_taken_as_they_stand(text, term):
    assert deadline(text) == term
    assert deadline(text) in text


def test_figures_are_taken_with_what_bounds_them():
    assert figures("Reserveer € 15 miljoen en minimaal 15% voor 2.400 woningen.") == (
        "€ 15 miljoen",
        "minimaal 15%",
        "2.400 woningen",
    )
    assert figures("In hoofdstuk 3 staan twee varianten uit 2019.") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("De raad adviseert het kabinet om de regeling te verlengen tot 2028.", "De regeling verlengen tot 2028"),
        ("Daarom moet de nachtzorg worden versterkt.", "De nachtzorg versterken"),
        ("Het is noodzakelijk om belemmeringen weg te nemen.", "Belemmeringen wegnemen"),
        ("Tot slot bevelen wij aan om de cijfers openbaar te maken.", "De cijfers openbaar maken"),
        ("Bij nieuwbouw moet standaard ruimte worden gereserveerd.", "Bij nieuwbouw standaard ruimte reserveren"),
        ("• Sluit aan bij de wensen van ouders;", "Sluit aan bij de wensen van ouders"),
    ],
)
def test_a_summary_is_the_advice_alone(text, line):
    assert summarise(text) == line


def test_a_short_item_is_summed_up_with_its_introduction():
    assert summarise("Minder regels;", "Wij adviseren:") == "Wij adviseren: Minder regels"


@given(st.text(max_size=400))
def test_a_summary_is_one_short_line_of_the_quotes_own_letters(text):
    line = summarise(text)
    assert "\n" not in line
    assert len(line) <= LONGEST + 1
    if not re.search(r"\b(?:te|worden)\b", text.lower()):
        plain = re.sub(r"[\W_]+", "", text.casefold())
        assert all(part in plain for part in re.findall(r"[^\W_]+", line.casefold()))


@given(st.text(max_size=300))
def test_rules_take_any_text(text):
    sentence = read_sentence(text)
    assert all(isinstance(rule(sentence), str) for rule in EXPLICIT)
    assert isinstance(action(sentence), str)


def test_what_introductions_and_headings_announce():
    assert intro_setting("Ons advies aan het college is:") is Setting.ADVICE
    assert intro_setting("Hiervoor moet worden gezorgd:") is Setting.ADVICE
    assert intro_setting("Denk aan:") is Setting.OPTIONS
    assert intro_setting("Inzet dit jaar:") is Setting.ACTIONS
    assert intro_setting("Partners:") is Setting.NONE
    assert intro_setting("De regio onderscheidt zich door:") is Setting.OTHER
    assert heading_setting(("Achtergrond", "2 Wonen")) is Setting.OTHER
    assert heading_setting(("2 Wonen", "Aanbevelingen")) is Setting.ADVICE
    assert heading_setting(("Aanbevelingen", "2.1 Wonen")) is Setting.ADVICE
