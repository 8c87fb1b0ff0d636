"""The bundled reader: question and sentences together."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from beleidskennis.embeddings import DEFAULT_MODEL, MODELS_FOLDER, READER, SMALL_MODEL, available_models, load_reader
from beleidskennis.errors import ModelError
from beleidskennis.library import Library
from beleidskennis.settings import Settings

QUESTION = "Hoeveel laadpunten komen er in de haven?"
SENTENCES = [
    "De haven is de grootste werkgever van de stad.",
    "In de haven worden vierhonderd laadpunten geplaatst.",
    "Het college spreekt hierover met de netbeheerder.",
]


@pytest.fixture(scope="module")
def reader():
    return load_reader(MODELS_FOLDER / READER)


def test_the_sentence_that_answers_stands_out(reader):
    (scores,) = reader.read(QUESTION, [SENTENCES])
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert int(scores.argmax()) == 1


def test_a_question_on_the_same_subject_that_is_not_answered_scores_lower(reader):
    (answered,) = reader.read(QUESTION, [SENTENCES])
    (missed,) = reader.read("Wie betaalt de laadpunten in de haven?", [SENTENCES])
    assert missed.max() < answered.max()


def test_a_text_does_not_depend_on_its_neighbours(reader):
    together = reader.read(QUESTION, [SENTENCES, SENTENCES[::-1], SENTENCES[:1]])
    for text, found in zip((SENTENCES, SENTENCES[::-1], SENTENCES[:1]), together, strict=True):
        np.testing.assert_allclose(found, reader.read(QUESTION, [text])[0], atol=1e-5)


def test_what_does_not_fit_is_left_unread(reader):
    long = "De gemeente en de provincie onderzoeken samen de groei van de haven. " * 30
    first, second, third = reader.read(QUESTION, [[SENTENCES[1], long, SENTENCES[0]]])[0]
    assert np.isfinite(first)
    assert second == third == -np.inf


def test_no_texts_and_empty_sentences_are_no_trouble(reader):
    assert reader.read(QUESTION, []) == []
    assert reader.read(QUESTION, [[]])[0].shape == (0,)
    assert reader.read(QUESTION, [["", SENTENCES[1]]])[0][0] == -np.inf


def test_the_reader_is_no_choice_of_search_model():
    assert READER not in available_models()
    with pytest.raises(ModelError, match="kan geen vragen lezen"):
        load_reader(MODELS_FOLDER / DEFAULT_MODEL)


def test_encoder_and_reader_share_their_lowest_layers():
    cards = [json.loads((MODELS_FOLDER / name / "model.json").read_text()) for name in (DEFAULT_MODEL, READER)]
    assert cards[0]["files"]["lower.onnx"] == cards[1]["files"]["lower.onnx"]


def test_a_damaged_reader_is_told(tmp_path):
    shutil.copytree(MODELS_FOLDER, tmp_path / "models")
    (tmp_path / "models" / DEFAULT_MODEL / "reader.onnx").write_bytes(b"niets")
    with pytest.raises(ModelError, match=r"reader\.onnx is beschadigd"):
        load_reader(tmp_path / "models" / READER).read(QUESTION, [SENTENCES])
    (tmp_path / "models" / DEFAULT_MODEL / "reader.onnx").unlink()
    with pytest.raises(ModelError, match=r"reader\.onnx ontbreekt"):
        load_reader(tmp_path / "models" / READER)


def test_questions_are_read_but_not_beside_the_small_model(tmp_path):
    with Library.open(Settings(index=tmp_path)) as library:
        assert library.reader is not None
    with Library.open(Settings(index=tmp_path, model=SMALL_MODEL)) as library:
        assert library.reader is None
