"""Questions for advice are answered with the recommendations themselves."""

import json

import pytest
from places import ROOT

from beleidskennis.answers.advising import NO_ADVICE, asks_advice

QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "sample-advice-questions.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one["question"])
def test_the_question_is_seen_to_ask_for_advice(question):
    assert asks_advice(question["question"])


@pytest.mark.parametrize(
    "text",
    [
        "Hoeveel leerwerkplekken zijn er?",
        "De board adviseert om te bouwen.",
        "Wat kost een energiehub?",
        "Wie adviseert de gemeente?",
    ],
)
def test_other_texts_do_not(text):
    assert not asks_advice(text)


def test_advice_is_quoted_from_its_page_and_never_made_up(sample_library):
    right, wrong = 0, []
    for one in QUESTIONS:
        made = sample_library.ask(one["question"])
        advised = not made.abstained and NO_ADVICE not in made.remark
        found = {(cited.document.file_name, cited.page_number) for cited in made.citations}
        if one["pages"]:
            right += advised and any((one["document"], page) in found for page in one["pages"])
        elif advised:
            wrong.append(one["question"])
    assert right >= 14
    assert not wrong


def test_every_sentence_stands_on_the_page_that_it_names(sample_library):
    made = sample_library.ask("Wat adviseert de Economic Board over leerwerkplekken?")
    assert made.form == "lijst"
    assert len(made.citations) == len(made.sentences) > 1
    for sentence, citation in zip(made.sentences, made.citations, strict=True):
        assert sentence.text == citation.quote
        page = next(
            one
            for one in sample_library.pages(citation.document.document_id)
            if one.page_number == citation.page_number
        )
        first = citation.spans[0]
        assert citation.quote.startswith(page.text[first.start : first.end])


def test_advice_on_something_else_is_not_passed_off_as_an_answer(sample_library):
    made = sample_library.ask("Wat adviseert de board over jeugdzorg?")
    assert made.abstained or NO_ADVICE in made.remark


def test_advice_is_given_once_and_introduced_only_where_that_says_something(sample_library):
    made = sample_library.ask("Wat raadt de adviesraad aan over railvervoer?")
    texts = [sentence.text for sentence in made.sentences]
    assert "zie voorlopig af van railvervoer" in texts[0]
    assert not any(text.endswith(":") for text in texts)
    assert len(texts) == 1
    verdubbeld = sample_library.ask("Wat adviseert de EBV over het aantal leerwerkplekken?")
    assert not any(sentence.text.startswith("Vakmensen: verdubbel") for sentence in verdubbeld.sentences)
