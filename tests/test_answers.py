"""Answers: the form that fits the question, verbatim quotes on their own page, and silence where nothing is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from citation_makers import lindewaard, make_world

from beleidskennis.answers import Corpus, Form, Turn, answer, gather
from beleidskennis.answers.compose import MOST_WORDS
from beleidskennis.answers.conversation import read_follow_up
from beleidskennis.answers.forms import counted, read_question
from beleidskennis.answers.repeating import alike, repeats
from beleidskennis.citations.weights import fitted
from beleidskennis.dutch.words import words
from beleidskennis.model import Filters

WORLD = lindewaard()
DATA = Path(__file__).parent / "data"


def check_quotes(made, world=WORLD):
    """Every citation is the slice of its page, and every sentence cites."""
    assert made.citations
    for citation in made.citations:
        assert citation.quote == world.text_of(citation)
        assert citation.page_number == citation.spans[0].page_number
    for sentence in made.sentences:
        assert sentence.citations
        assert all(0 <= index < len(made.citations) for index in sentence.citations)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Hoeveel inwoners telt de stad?", Form.NUMBER),
        ("Wat kost de school?", Form.AMOUNT),
        ("Welk percentage van de banen zit in de zorg?", Form.PERCENTAGE),
        ("In welk jaar gaat de school open?", Form.DATE),
        ("Wanneer opent de school?", Form.DATE),
        ("Wie leidt het havenbedrijf?", Form.WHO),
        ("Noem de maatregelen voor het centrum.", Form.LIST),
        ("Welke drie actielijnen zijn er?", Form.LIST),
        ("Welke nieuwe mkb-regelingen komen er?", Form.LIST),
        ("Welke twaalf thema's kent de agenda?", Form.LIST),
        ("Welke plek hebben jonge bedrijven in de aanpak?", Form.TEXT),
        ("Welke haven wordt uitgebreid en wanneer kan dat doorgaan?", Form.DATE),
        ("Welke haven breiden zij uit?", Form.TEXT),
        ("Which sector has too few people?", Form.TEXT),
        ("Moet de toeristenbelasting omhoog?", Form.YES_NO),
        ("Waarom kiest de raad voor een busbaan?", Form.REASON),
        ("hoe houden we vakmensen vast", Form.TEXT),
        ("How many people live there?", Form.NUMBER),
        ("Why is the tram rejected?", Form.REASON),
    ],
)
def test_forms_of_questions(question, form):
    assert read_question(question).form is form


def test_questions_that_name_two_documents_compare_them():
    assert read_question("Wat zeggen A en B over de tram?", documents=2).form is Form.COMPARISON
    assert read_question("Welke vier sectoren noemt het rapport?").items == 4


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Hoeveel inwoners telde Lindewaard op 1 januari 2024?", "88.200"),
        ("Wat kost de tweede praktijkschool?", "€ 12 miljoen"),
        ("Hoeveel vacatures staan er open in de techniek?", "740"),
        ("In welk jaar moet de praktijkschool opengaan?", "2028"),
    ],
)
def test_a_figure_stands_up_front(question, lead):
    made = answer(question, WORLD.corpus)
    assert not made.abstained
    assert made.form == "getal"
    assert made.sentences[0].text == lead
    assert lead in made.sentences[1].text
    check_quotes(made)


def test_yes_or_no_is_said_where_the_sentence_is_clear():
    made = answer("Moet de toeristenbelasting volgens de Economische Raad omhoog?", WORLD.corpus)
    assert made.form == "ja-nee"
    assert made.sentences[0].text in ("Nee.", "Ja.") or "toeristenbelasting" in made.sentences[0].text
    assert "De toeristenbelasting moet niet omhoog." in made.text
    check_quotes(made)


def test_who_is_answered_with_the_name():
    made = answer("Wie leidt het havenbedrijf?", WORLD.corpus)
    assert "Wilma Terhorst" in made.sentences[0].text
    check_quotes(made)


def test_a_list_is_given_as_a_list():
    made = answer("Welke drie lijnen gaan over vakmensen, ruimte maken in de haven en winkels?", WORLD.corpus)
    texts = [sentence.text for sentence in made.sentences]
    assert any("Ruimte maken in de haven" in text for text in texts)
    check_quotes(made)


def test_a_comparison_has_a_line_for_each_document():
    made = answer("Wat zeggen de Economische Raad en Platform Haven over een tram naar de haven?", WORLD.corpus)
    assert made.form == "vergelijking"
    assert {citation.document.publisher for citation in made.citations} == {
        "Economische Raad Lindewaard",
        "Platform Haven",
    }
    assert any(sentence.text.startswith("Economische Raad Lindewaard (2024): ") for sentence in made.sentences)
    check_quotes(made)


def test_a_question_to_one_document_stays_in_it():
    made = answer("Wat adviseert Platform Haven over de tram naar de haven?", WORLD.corpus)
    assert {citation.document.publisher for citation in made.citations} == {"Platform Haven"}
    only = Filters(documents=(WORLD.documents[0].document_id,))
    made = answer("Wat gebeurt er met de tram naar de haven?", WORLD.corpus, filters=only)
    assert {citation.document.document_id for citation in made.citations} == {WORLD.documents[0].document_id}


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel leraren Frans heeft het gymnasium in Ravenhorst?",
        "Wat kost een vliegticket naar Singapore?",
        "Welke trainer ontsloeg de voetbalclub?",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(question):
    made = answer(question, WORLD.corpus)
    assert made.abstained
    assert not made.sentences
    assert not made.citations
    assert made.remark.startswith("Niet gevonden in de documenten.")
    assert made.confidence < fitted().answerable.threshold


def test_the_nearest_passages_and_what_was_searched_are_shown():
    made = answer("Hoeveel bomen staan er langs de haven van Lindewaard?", WORLD.corpus)
    assert made.nearest
    if made.abstained:
        assert "Gezocht op:" in made.remark


def test_an_answer_is_short_and_repeats_nothing():
    made = answer("Wat wil men met de haven en de tram?", WORLD.corpus)
    texts = [sentence.text for sentence in made.sentences]
    assert sum(len(words(text)) for text in texts) <= MOST_WORDS + 20
    assert not any(alike(one, other) for i, one in enumerate(texts) for other in texts[:i])


def test_nothing_to_search_for_in_an_empty_corpus():
    empty = Corpus(
        lambda text, *, k, filters=None: WORLD.corpus.search("xyzzy", k=k), WORLD.corpus.encoder, lambda _: 0, 0
    )
    assert answer("Waar ligt xyzzy?", empty).abstained


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("Wat betaalt de gemeente aan de kade?", "en de provincie?", "Wat betaalt de provincie aan de kade?"),
        ("Hoeveel banen waren er in 2018?", "En in 2020?", "Hoeveel banen waren er in 2020?"),
        (
            "Wat zegt de Economische Raad Lindewaard over de tram?",
            "en Platform Haven?",
            "Wat zegt Platform Haven over de tram?",
        ),
        ("Wat wil de raad met de oude haven?", "en met de markt?", "Wat wil de raad met de markt?"),
        ("Wat kost het in de haven voor de reders?", "en voor bewoners?", "Wat kost het in de haven voor bewoners?"),
        ("Hoeveel winkels heeft Lindewaard?", "en Nieuw Ravenhorst?", "Hoeveel winkels heeft Nieuw Ravenhorst?"),
    ],
)
def test_a_follow_up_keeps_its_subject(before, text, expected):
    follow = read_follow_up(text, [Turn(before)], WORLD.documents)
    assert follow.is_follow_up
    assert follow.text == expected


def test_a_question_that_points_back_gets_the_subject_but_keeps_its_form():
    follow = read_follow_up("Waarom is dat?", [Turn("Wat kiest de raad: een tram of een busbaan?")])
    assert follow.is_follow_up
    assert "busbaan" in follow.text
    assert follow.asks == "Waarom is dat?"
    alone = read_follow_up("Hoeveel inwoners telt Lindewaard?", [Turn("Wat kost de tram?")])
    assert not alone.is_follow_up
    assert read_follow_up("en nu?", []).text == "en nu?"


def test_a_conversation_finds_what_the_follow_up_means():
    made = answer("en de provincie?", WORLD.corpus, history=[Turn("Wat betaalt de gemeente aan de nieuwe kade?")])
    assert "De provincie betaalt de helft van de nieuwe kade." in made.text
    assert made.remark.startswith("Gelezen als: Wat betaalt de provincie")
    assert made.question == "en de provincie?"


def test_a_third_question_still_has_the_subject_of_the_first():
    first = answer("Wat betaalt de gemeente in 2027 aan de nieuwe kade?", WORLD.corpus)
    assert first.understood == first.question
    second = answer("en de provincie?", WORLD.corpus, history=[Turn(first.understood)])
    assert second.understood == "Wat betaalt de provincie in 2027 aan de nieuwe kade?"
    third = answer("en in 2030?", WORLD.corpus, history=[Turn(first.understood), Turn(second.understood)])
    assert third.understood == "Wat betaalt de provincie in 2030 aan de nieuwe kade?"


def test_features_are_the_same_on_every_run():
    first, second = (gather("Wat kost de tram naar de haven?", WORLD.corpus) for _ in range(2))
    assert first.confidence == second.confidence
    assert [one.key for one in first.ranked] == [one.key for one in second.ranked]


def questions(path):
    return [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]


def check_set(library, asked):
    """Each quote of each answer is verbatim on the page it names."""
    pages = {
        (document.document_id, page.page_number): page.text
        for document in library.documents()
        for page in library.pages(document.document_id)
    }
    count = 0
    for question in asked:
        made = library.ask(question)
        assert made.abstained != bool(made.sentences)
        for citation in made.citations:
            parts = [pages[span.document_id, span.page_number][span.start : span.end] for span in citation.spans]
            assert " ".join(parts) == citation.quote, question
            assert citation.spans[0].page_number == citation.page_number
            count += 1
        assert all(sentence.citations for sentence in made.sentences)
    assert count > len(asked) / 2


def test_all_quotes_of_the_sample_questions_are_verbatim(sample_library):
    asked = questions(DATA / "sample-questions.jsonl") + questions(DATA / "answerability.jsonl")
    check_set(sample_library, asked)


@pytest.mark.real
def test_all_quotes_of_the_real_questions_are_verbatim(real_library, real_eval):
    check_set(real_library, questions(real_eval / "dev" / "questions.jsonl"))


def test_a_sentence_of_another_place_says_neither_yes_nor_no():
    made = answer("Telde Ravenhorst op 1 januari 2024 dan 88.200 inwoners?", WORLD.corpus)
    assert not made.sentences or made.sentences[0].text not in ("Ja.", "Nee.")


def test_a_subject_of_one_word_that_no_document_holds_is_not_found():
    made = answer("Wat zeggen de documenten over kernfusie?", WORLD.corpus)
    assert made.abstained
    found = answer("Wat zeggen de documenten over de praktijkschool?", WORLD.corpus)
    assert "praktijkschool" in found.text
    check_quotes(found)


def test_what_was_said_is_not_said_again_unless_a_figure_or_a_denial_differs():
    said = "De gemeente sluit uiterlijk in 2028 6.000 woningen in de wijken aan op een warmtenet."
    assert repeats("Sluit 6.000 woningen aan op een warmtenet.", said)
    assert not repeats("Sluit 3.000 woningen aan op een warmtenet.", said)
    assert not repeats("Sluit geen woningen aan op een warmtenet.", said)
    assert not repeats(said, "Sluit 6.000 woningen aan op een warmtenet.")


def test_a_sentence_that_turns_what_was_said_stands_with_it():
    texts = {
        ("Advies", "Raad Ander", "2020"): [
            "Er zijn veel havens. Het is toe te juichen dat op veel plaatsen campussen ontstaan. Tegelijkertijd is het "
            "zaak om versnippering te voorkomen. De markt is op zaterdag open."
        ]
    }
    made = answer("Wat is er van campussen op veel plaatsen te zeggen?", make_world(texts).corpus)
    shown = [sentence.text for sentence in made.sentences]
    at = shown.index("Het is toe te juichen dat op veel plaatsen campussen ontstaan.")
    assert shown[at + 1].startswith("Tegelijkertijd")


def test_a_count_is_no_percentage_where_a_count_is_asked_for():
    asked = read_question("Hoeveel banen telt de bouw?")
    text = "De bouw groeide met 21 procent en telt nu 20.178 banen."
    assert [figure.text for figure in counted(asked, text)] == ["20.178"]
    assert counted(asked, "De bouw groeide met 21 procent.") == ()
    assert len(counted(read_question("Hoe hoog is de groei van de bouw?"), text)) == 2
