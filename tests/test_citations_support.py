"""Draft sentences: a verdict for each that claims something, with verbatim places and every difference by name."""

from __future__ import annotations

import pytest
from citation_makers import lindewaard

from beleidskennis.citations import (
    DraftParagraph,
    QuoteIndex,
    QuoteVerdict,
    Topic,
    Verdict,
    check_draft,
    check_sentence,
)
from beleidskennis.citations.attribution import speaker_of

WORLD = lindewaard()
QUOTES = QuoteIndex([(document, WORLD.pages[document.document_id]) for document in WORLD.documents])


def checked(text):
    sentence = check_sentence(text, WORLD.corpus)
    for match in sentence.matches:
        assert match.citation.quote == WORLD.text_of(match.citation)
        assert match.citation.page_number == match.citation.spans[0].page_number
        assert all(0 <= start < end <= len(match.citation.quote) for start, end in match.words)
    return sentence


@pytest.mark.parametrize(
    "text",
    [
        "Op 1 januari 2024 had Lindewaard 88.200 inwoners.",
        "In de techniek staan 740 vacatures open.",
        "De raad adviseert de gemeente om een tweede praktijkschool te bouwen.",
        "De tweede praktijkschool kost 12 miljoen euro en moet in 2028 opengaan.",
    ],
)
def test_what_a_source_says_is_supported(text):
    sentence = checked(text)
    assert sentence.verdict in (Verdict.SUPPORTED, Verdict.PARTLY)
    assert sentence.matches
    assert sentence.confidence > 0


@pytest.mark.parametrize(
    ("text", "verdict", "topic", "source"),
    [
        ("Op 1 januari 2024 telde Lindewaard 82.800 inwoners.", Verdict.DIFFERS, Topic.NUMBER, "88.200"),
        ("De praktijkschool kost € 21 miljoen.", Verdict.DIFFERS, Topic.AMOUNT, "€ 12 miljoen"),
        ("De school moet in 2038 opengaan.", Verdict.DIFFERS, Topic.YEAR, "2028"),
        ("De toeristenbelasting moet omhoog volgens de raad.", Verdict.CONTRADICTED, Topic.NEGATION, "niet"),
        ("De werkloosheid steeg tussen 2018 en 2023.", Verdict.CONTRADICTED, Topic.DIRECTION, "daalde"),
    ],
)
def test_what_a_source_says_otherwise_is_named(text, verdict, topic, source):
    sentence = checked(text)
    assert sentence.verdict is verdict
    assert any(difference.topic is topic and source in difference.source for difference in sentence.differences)
    assert source in sentence.explanation


def test_what_no_source_speaks_of_is_not_found():
    sentence = checked("Astronauten kweken tomaten op een verre planeet zonder zonlicht.")
    assert sentence.verdict is Verdict.NOT_FOUND
    assert sentence.confidence == 0.0
    assert checked("Wij danken u voor uw aandacht en tijd.").verdict is None


def test_a_draft_is_checked_paragraph_by_paragraph():
    paragraphs = [
        DraftParagraph("Voorstel over de haven", "kop", 1),
        DraftParagraph("In de techniek staan 740 vacatures open. Wat vindt u daarvan? De school kost € 21 miljoen."),
        DraftParagraph(""),
        DraftParagraph(
            "De raad schrijft: “De toeristenbelasting moet niet hoger.” En: ‘iets wat hij nooit heeft gezegd’."
        ),
    ]
    steps = []
    draft = check_draft(
        paragraphs, WORLD.corpus, quotes=QUOTES, progress=lambda done, total: steps.append((done, total))
    )
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [item.paragraph for item in draft.paragraphs] == paragraphs
    assert draft.paragraphs[0].sentences == ()
    first = draft.paragraphs[1]
    assert [sentence.verdict for sentence in first.sentences][1:] == [None, Verdict.DIFFERS]
    for sentence in first.sentences:
        assert paragraphs[1].text[sentence.start : sentence.end] == sentence.text
    verdicts = [quote.verdict for quote in draft.quotes]
    assert verdicts == [QuoteVerdict.SMALL_DIFFERENCES, QuoteVerdict.NOT_FOUND]
    assert [(change.quoted, change.printed) for change in draft.quotes[0].changes] == [("hoger", "omhoog")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Volgens de Economische Raad Lindewaard is een tram niet nodig.", "Economische Raad Lindewaard"),
        ("Platform Haven vindt dat de tram voorrang verdient.", "Platform Haven"),
        ("In 2024 vroeg de Economische Raad om een school.", "Economische Raad"),
        ("De tram verdient voorrang, zoals Platform Haven bepleit.", "Platform Haven"),
        ("Naast Platform Haven ligt een kade.", None),
        ("De gemeente vindt dat de haven moet groeien.", None),
        ("Volgens Platform Haven en volgens de Economische Raad is dat nodig.", None),
    ],
)
def test_who_is_said_to_say_so(text, name):
    speaker = speaker_of(text, WORLD.documents)
    assert (speaker and speaker.name) == name


def test_what_another_body_says_is_not_what_the_named_body_says():
    own = checked("Volgens Platform Haven levert de haven 5.300 banen op.")
    assert own.verdict is Verdict.SUPPORTED
    wrong = checked("Volgens de Economische Raad levert de haven 5.300 banen op.")
    assert wrong.verdict is Verdict.CONTRADICTED
    assert [(one.topic, one.source) for one in wrong.differences] == [(Topic.SPEAKER, "Platform Haven")]
    assert "afzender" in wrong.explanation


def test_what_the_named_body_says_goes_before_what_others_say():
    sentence = checked("Volgens de Economische Raad is een tram naar de haven nodig.")
    assert sentence.matches[0].hit.document.publisher == "Economische Raad Lindewaard"
    assert sentence.verdict is Verdict.CONTRADICTED


def test_a_quote_in_a_sentence_is_not_searched_for_as_a_phrase():
    sentence = checked("Het platform schrijft: “De haven levert 5.300 arbeidsplaatsen en banen op”.")
    assert sentence.matches
    assert sentence.matches[0].citation.quote == "De haven levert 5.300 banen op."
