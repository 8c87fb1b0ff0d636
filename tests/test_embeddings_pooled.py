"""Vectors of sentences from one pass over their passage."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.embedding import make_vectors, sentence_places
from beleidskennis.embeddings import MODELS_FOLDER, load_encoder
from beleidskennis.embeddings.bundled import PoolingEncoder, pieces_of, read_card
from beleidskennis.errors import ModelError
from beleidskennis.model import DocumentId, Passage, PassageId, SentenceEncoder

SENTENCES = (
    "De gemeente bouwt meer woningen voor starters.",
    "Ondernemers krijgen hulp bij het verduurzamen van hun pand.",
    "De tram rijdt vaker, ook in de avond.",
)


class PieceCounter(PoolingEncoder):
    """The state of a piece is one-hot by its number, so that a mean tells which pieces went into it."""

    def _states(self, ids):
        return np.eye(self.dimension, dtype=np.float32)[np.array(ids) % self.dimension]

    @property
    def _session(self):
        return None


@pytest.fixture(scope="module")
def encoder():
    folder = MODELS_FOLDER / "beleidskennis-nl"
    return PieceCounter(folder, read_card(folder), "vraag: ", "stuk: ", threads=2)


def mean_of(encoder, texts):
    """The mean of the states of the pieces in `texts`, without prompt and marks, as a unit vector."""
    ids = [piece for text in texts for piece in encoder._tokenizer.encode(text).ids[1:-1]]
    mean = encoder._states(ids).mean(axis=0)
    return mean / np.linalg.norm(mean)


def passage(text, headings=()):
    inside = [(text.index(sentence), len(sentence)) for sentence in SENTENCES if sentence in text]
    places = tuple((start, start + length) for start, length in inside)
    return Passage(PassageId("p"), DocumentId("d"), 0, text, (), 1, "1", headings=headings, sentences=places)


def test_a_sentence_is_the_mean_of_its_own_pieces(encoder):
    passages = [passage(" ".join(SENTENCES), ("2 Wonen", "2.1 Bouwen")), passage(SENTENCES[2]), passage("Zie ook:")]
    whole, parts = make_vectors(passages, encoder)
    np.testing.assert_allclose(whole, encoder.encode_passages([one.embed_text for one in passages]), atol=1e-6)
    wanted = [mean_of(encoder, [text]) for text in (*SENTENCES, SENTENCES[2], "Zie ook:")]
    np.testing.assert_allclose(parts, wanted, atol=1e-6)


def test_a_sentence_beyond_the_cut_is_embedded_alone(encoder):
    text = " ".join([*["Dit stuk gaat over van alles en nog wat in de stad."] * 30, SENTENCES[0]])
    place = (len(text) - len(SENTENCES[0]), len(text))
    _, parts = encoder.encode_with_sentences([text], [[(0, 51), place]])
    np.testing.assert_allclose(parts[0], mean_of(encoder, [text[:51]]), atol=1e-6)
    np.testing.assert_allclose(parts[1:], encoder.encode_passages([SENTENCES[0]]), atol=1e-6)


def test_nothing_gives_no_rows(encoder):
    whole, parts = encoder.encode_with_sentences([], [])
    assert whole.shape == parts.shape == (0, encoder.dimension)
    whole, parts = make_vectors([], encoder)
    assert whole.shape == parts.shape == (0, encoder.dimension)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_any_text_gives_finite_unit_rows_or_zeros(encoder, texts):
    joined = " ".join(texts)
    places, at = [], 0
    for text in texts:
        places.append((at, at + len(text)))
        at += len(text) + 1
    whole, parts = encoder.encode_with_sentences([joined], [places])
    for rows in (whole, parts):
        lengths = np.linalg.norm(rows, axis=1)
        assert ((np.abs(lengths - 1) < 1e-4) | (lengths == 0)).all()
    encoding = encoder._tokenizer.encode(joined)
    taken = [pieces_of(encoding, *place, cut=False) for place in places]
    numbers = [number for one in taken if one for number in range(one.start, one.stop)]
    assert numbers == sorted(set(numbers)), "no piece belongs to two sentences"


def test_the_card_says_how_sentences_are_made(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    source = MODELS_FOLDER / "beleidskennis-nl"
    fields = json.loads((source / "model.json").read_text(encoding="utf-8"))
    for file in fields["files"]:
        (folder / file).symlink_to(source / file)
    names = set()
    for sentences, pools in (("alone", False), ("pooled", True)):
        (folder / "model.json").write_text(json.dumps(fields | {"sentences": sentences}), encoding="utf-8")
        made = load_encoder(str(folder))
        assert isinstance(made, SentenceEncoder) == pools
        names.add(made.name)
    assert len(names) == 2, "vectors made the one way must not pass for vectors made the other way"
    (folder / "model.json").write_text(json.dumps(fields | {"sentences": "half"}), encoding="utf-8")
    with pytest.raises(ModelError, match="half"):
        load_encoder(str(folder))


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
