"""Lists inside passages: their items, what introduces them, and where they end."""

from __future__ import annotations

import pytest
from citation_makers import make_document

from beleidskennis.answers.listing import items_at, listing_of, opens_list
from beleidskennis.citations.evidence import Sentence
from beleidskennis.dutch import sentences
from beleidskennis.model import Hit, Passage, PassageId, PassageKind, Span

DOCUMENT = make_document(1, "Havenvisie", "Platform Haven", "2024")


def passage(text, cuts=None, kind=PassageKind.BODY, position=0, intro=""):
    span = Span(DOCUMENT.document_id, 3, 0, len(text))
    found = tuple(cuts or sentences.split(text))
    identifier = PassageId(f"p{position}")
    return Passage(
        identifier, DOCUMENT.document_id, position, text, (span,), 3, "3", intro=intro, kind=kind, sentences=found
    )


def cut(text):
    """Offsets of the lines, without their bullets and numbers."""
    found, start = [], 0
    for line in text.split("\n"):
        bare = line.lstrip("•■- 0123456789.")
        found.append((start + len(line) - len(bare), start + len(line)))
        start += len(line) + 1
    return found


def sentence(of, index):
    hit = Hit(of, DOCUMENT, 1.0, 1)
    return Sentence(hit, index, of.text[slice(*of.sentences[index])], of.sentence_spans(index), {}, 1.0)


BULLETS = passage(
    text := "De haven groeit.\nDe raad vraagt drie dingen:\n• een kade;\n• een kraan;\n• een bus\nDaarna komt de tram.",
    cut(text),
)
NUMBERED = passage(text := "De pijlers zijn:\n1. Werk\n2. Wonen\n3. Water\nMeer over later:\nNiets.", cut(text))
LINES = passage(text := "Resultaten:\nNieuwe kade\nHerstelde brug\nMeer over de aanpak:\nDe gemeente wacht.", cut(text))
PLAIN = passage("De haven groeit. De raad wacht af: er is geen geld. Daarna komt de tram.")


@pytest.mark.parametrize(
    ("of", "index", "items", "intro"),
    [
        (BULLETS, 1, [2, 3, 4], 1),
        (BULLETS, 3, [2, 3, 4], 1),
        (NUMBERED, 0, [1, 2, 3], 0),
        (NUMBERED, 2, [1, 2, 3], 0),
        (LINES, 0, [1, 2], 0),
    ],
)
def test_an_item_and_its_introduction_give_the_whole_list(of, index, items, intro):
    found = listing_of(sentence(of, index), [])
    assert [i for _hit, i in found.items] == items
    assert found.intro == intro
    assert items_at(of, index) == len(items)


@pytest.mark.parametrize(("of", "index"), [(BULLETS, 0), (BULLETS, 5), (NUMBERED, 4), (PLAIN, 0), (PLAIN, 1)])
def test_what_is_no_item_is_no_list(of, index):
    assert listing_of(sentence(of, index), []) is None


def test_a_list_over_two_passages_is_one():
    first, second = (
        passage(text, cut(text), PassageKind.LIST, position)
        for position, text in enumerate(["• een kade;\n• een kraan;", "• een bus"])
    )
    hits = [Hit(second, DOCUMENT, 1.0, 1), Hit(first, DOCUMENT, 0.9, 2)]
    found = listing_of(sentence(first, 0), hits)
    assert [(hit.passage.position, i) for hit, i in found.items] == [(0, 0), (0, 1), (1, 0)]


def test_a_colon_at_the_end_opens_a_list():
    assert opens_list("De pijlers zijn: ")
    assert not opens_list("Let op: het is laat.")


def test_items_of_more_sentences_count_once_and_go_on_after_their_first():
    text = "Er zijn twee clusters:\n1. Security. Dit is sterk. Het groeit.\n2. Recht. Dit is jong.\nMeer over later."
    starts = [0, 26, 36, 51, 65, 72, 85]
    ends = [22, 35, 50, 60, 71, 84, 101]
    of = passage(text, tuple(zip(starts, ends, strict=True)))
    found = listing_of(sentence(of, 2), [])
    assert [of.text[slice(*of.sentences[i])] for _, i in found.items] == ["Security.", "Recht."]
    assert [i for _, i in found.sentences] == [1, 2, 3, 4, 5]
    assert found.intro == 0


def test_a_list_ends_where_the_next_one_opens():
    text = "Inzet:\n• een kade\n• een kraan\n• Resultaten:\n• een haven"
    of = passage(text, cut(text), kind=PassageKind.LIST)
    found = listing_of(sentence(of, 1), [Hit(of, DOCUMENT, 1.0, 1)])
    assert [of.text[slice(*of.sentences[i])] for _, i in found.items] == ["een kade", "een kraan"]
