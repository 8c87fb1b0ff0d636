"""What is embedded of a document."""

import numpy as np

from beleidskennis.embedding import make_vectors, sentence_places
from beleidskennis.model import DocumentId, Passage, PassageId

SENTENCES = (
    "De gemeente bouwt meer woningen voor starters.",
    "Ondernemers krijgen hulp bij het verduurzamen van hun pand.",
    "De tram rijdt vaker, ook in de avond.",
)


def passage(text, headings=()):
    inside = [(text.index(sentence), len(sentence)) for sentence in SENTENCES if sentence in text]
    places = tuple((start, start + length) for start, length in inside)
    return Passage(PassageId("p"), DocumentId("d"), 0, text, (), 1, "1", headings=headings, sentences=places)


def test_no_text_goes_through_the_model_twice():
    class Listening:
        name, dimension = "luisteraar", 2

        def __init__(self):
            self.seen = []

        def encode_passages(self, texts):
            self.seen += texts
            return np.array([[len(text), 1] for text in texts], dtype=np.float32)

        encode_queries = encode_passages

    listening = Listening()
    passages = [passage(SENTENCES[0]), passage(SENTENCES[0], ("Wonen",)), passage(" ".join(SENTENCES))]
    whole, parts = make_vectors(passages, listening)
    assert len(listening.seen) == len(set(listening.seen)) == 5
    assert whole[:, 0].tolist() == [len(one.embed_text) for one in passages]
    lengths = [b - a for one in passages for a, b in sentence_places(one)]
    assert parts[:, 0].tolist() == lengths
