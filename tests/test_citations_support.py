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
