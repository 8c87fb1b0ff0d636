"""The second look at the best sentences: what is read, in which runs, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from citation_makers import make_world

from beleidskennis.citations.evidence import Wanted, rank_sentences
from beleidskennis.citations.rereading import MOST_ODDS, reread
from beleidskennis.citations.weights import fitted

TEXT = (
    "De haven groeit. Het college wil meer laadpalen. In 2030 staan er vierhonderd laadpalen in de haven. "
    "De kosten zijn niet bekend. De raad besluit in het najaar. Wethouder Smit opent de haven."
)


class Recorder:
    """A reader that likes sentences with a given word, and keeps what it was given."""

    def __init__(self, word="", unread=()):
        self.word, self.unread, self.texts = word, unread, []

    def read(self, question, texts, /):
        self.texts += [list(text) for text in texts]
        return [
            np.array([-np.inf if one in self.unread else 3.0 if self.word in one else -3.0 for one in text], np.float32)
            for text in texts
        ]


def ranked_with(reader, question="Hoeveel laadpalen komen er in de haven?", most=2):
    corpus = replace(make_world({("Haven", "Gemeente Fransum", "2024-01-01"): [TEXT]}).corpus, reader=reader)
    result = corpus.search(question, k=5)
    wanted = Wanted(question, corpus, result.reading)
    ranked = rank_sentences(wanted, result.hits, fitted().sentence)
    return ranked, reread(wanted, ranked, {"reading": 1.0}, most=most)


def test_without_a_reader_the_order_stays():
    ranked, again = ranked_with(None)
    assert again == ranked


def test_what_the_reader_prefers_comes_first():
    _, again = ranked_with(Recorder("kosten"), most=10)
    assert again[0].text == "De kosten zijn niet bekend."
    assert again[0].features["reading"] == 3.0 / MOST_ODDS


def test_sentences_are_read_with_those_beside_them_and_what_touches_is_one_run():
    reader = Recorder()
    ranked, _ = ranked_with(reader, most=1)
    sentences = [one.text for one in sorted(ranked, key=lambda one: one.index)]
    at = ranked[0].index
    assert reader.texts == [sentences[max(0, at - 1) : at + 2]]
    everything = Recorder()
    ranked_with(everything, most=10)
    assert everything.texts == [sentences]


def test_what_is_not_read_counts_as_the_worst_that_was():
    _, again = ranked_with(Recorder("laadpalen", unread=("De raad besluit in het najaar.",)), most=10)
    by_text = {one.text: one.features for one in again}
    assert by_text["De raad besluit in het najaar."]["read"] == 0.0
    assert by_text["De raad besluit in het najaar."]["reading"] == -3.0 / MOST_ODDS
    assert by_text["De kosten zijn niet bekend."]["read"] == 1.0


def test_the_sentence_that_introduces_a_list_is_read_before_its_items_but_has_no_score():
    reader = Recorder("haven")
    corpus = replace(make_world({("Haven", "Gemeente Fransum", "2024-01-01"): [TEXT]}).corpus, reader=reader)
    result = corpus.search("laadpalen", k=1)
    passage = replace(result.hits[0].passage, intro="Dit kan door:")
    wanted = Wanted("laadpalen", corpus, result.reading)
    ranked = rank_sentences(wanted, [replace(result.hits[0], passage=passage)], fitted().sentence)
    again = reread(wanted, ranked, {"reading": 1.0}, most=10)
    assert reader.texts[0][0] == "Dit kan door:"
    assert {one.text for one in again if one.features["reading"] > 0} == {
        one.text for one in ranked if "haven" in one.text
    }
