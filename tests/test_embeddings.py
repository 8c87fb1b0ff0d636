"""The embedding layer: the bundled models and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import types
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.embeddings import MODELS_FOLDER, available_models, load_encoder
from beleidskennis.embeddings.bundled import read_card, weights_folder
from beleidskennis.embeddings.hub import SentenceTransformerEncoder, known_prompts
from beleidskennis.errors import ModelError

TEXTS = (
    "De gemeente wil dat er sneller huizen worden gebouwd voor starters.",
    "Het openbaar vervoer in de regio moet vaker rijden, ook in de avond.",
    "Ondernemers in de binnenstad krijgen hulp bij het verduurzamen van hun pand.",
    "x",
    "Leerlingen van het vmbo lopen vaker stage bij technische bedrijven. " * 30,
)


@pytest.fixture(scope="module", params=available_models())
def encoder(request):
    return load_encoder(request.param)


def test_the_default_model_comes_with_the_package():
    assert "beleidskennis-nl" in available_models()


@pytest.mark.parametrize("name", available_models())
def test_files_are_the_ones_that_the_card_names(name):
    card = read_card(MODELS_FOLDER / name)
    folder = weights_folder(MODELS_FOLDER / name, card)
    assert card.name == name
    assert card.files
    for file, digest in card.files.items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


def test_models_stay_small_enough_for_the_repository():
    assert sum(path.stat().st_size for path in MODELS_FOLDER.rglob("*") if path.is_file()) <= 45 * 1024 * 1024


def test_vectors_are_unit_rows_of_the_stated_dimension(encoder):
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)


def test_an_empty_text_gives_a_row_of_zeros(encoder):
    assert not encoder.encode_queries([""]).any()
    assert not encoder.encode_passages(["", "   ", *TEXTS])[:2].any()


def test_a_text_does_not_depend_on_its_neighbours(encoder):
    together = encoder.encode_passages(TEXTS)
    alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-3)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS[::-1])[::-1], alone, atol=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=8))
def test_any_text_gives_finite_numbers_and_the_same_again(texts):
    encoder = load_encoder()
    first = encoder.encode_passages(texts)
    assert np.isfinite(first).all()
    assert (np.linalg.norm(first, axis=1) < 1 + 1e-4).all()
    np.testing.assert_array_equal(first, encoder.encode_passages(texts))


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("hoe krijgen jonge mensen eerder een eigen plek om te wonen", 0),
        ("How can we get more buses and trams?", 1),
        ("steun voor winkeliers om hun gebouw te isoleren", 2),
    ],
)
def test_a_question_finds_what_means_the_same(question, right):
    encoder = load_encoder()
    likeness = encoder.encode_queries([question]) @ encoder.encode_passages(TEXTS[:3]).T
    assert likeness.argmax() == right


def test_dutch_and_english_of_one_sentence_are_near(encoder):
    dutch = encoder.encode_queries(["De provincie investeert in schone energie.", "De school is vandaag gesloten."])
    english = encoder.encode_queries(["The province invests in clean energy.", "The school is closed today."])
    likeness = dutch @ english.T
    assert likeness.diagonal().min() > likeness[~np.eye(2, dtype=bool)].max() + 0.3


def test_the_name_tells_model_version_and_prompts():
    plain, prompted = load_encoder(), load_encoder(query_prompt="vraag: ")
    card = read_card(MODELS_FOLDER / "beleidskennis-nl")
    assert plain.name == f"beleidskennis-nl@{card.version}+{card.fingerprint}"
    assert prompted.name != plain.name
    assert not np.allclose(prompted.encode_queries(["huis"]), plain.encode_queries(["huis"]))
    np.testing.assert_array_equal(prompted.encode_passages(["huis"]), plain.encode_passages(["huis"]))


def test_threads_do_not_change_the_vectors():
    np.testing.assert_array_equal(
        load_encoder(threads=1).encode_passages(TEXTS), load_encoder(threads=3).encode_passages(TEXTS)
    )


def test_the_bundled_model_never_imports_torch():
    code = (
        "import sys; from beleidskennis.embeddings import load_encoder; load_encoder().encode_queries(['woningbouw']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


@pytest.fixture
def copied(tmp_path):
    card = read_card(MODELS_FOLDER / "beleidskennis-nl")
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.json").write_bytes((MODELS_FOLDER / "beleidskennis-nl" / "model.json").read_bytes())
    for file in card.files:
        (folder / file).symlink_to(MODELS_FOLDER / "beleidskennis-nl" / file)
    return folder


def test_a_folder_in_the_same_format_can_be_named(copied):
    np.testing.assert_array_equal(load_encoder(str(copied)).encode_queries(TEXTS), load_encoder().encode_queries(TEXTS))


def test_a_missing_file_is_named(copied):
    (copied / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json ontbreekt"):
        load_encoder(str(copied))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 1}', '{"format": 1, "name": "x"}'])
def test_a_damaged_card_is_a_clear_error(copied, content):
    (copied / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="beschadigd"):
        load_encoder(str(copied))


def test_a_card_of_another_format_or_kind_is_a_clear_error(copied):
    fields = json.loads((copied / "model.json").read_text(encoding="utf-8"))
    (copied / "model.json").write_text(json.dumps(fields | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="andere versie"):
        load_encoder(str(copied))
    (copied / "model.json").write_text(json.dumps(fields | {"kind": "orakel"}), encoding="utf-8")
    with pytest.raises(ModelError, match="orakel"):
        load_encoder(str(copied))


def test_weights_that_do_not_fit_are_a_clear_error(tmp_path):
    shutil.copytree(MODELS_FOLDER, tmp_path / "models")
    np.save(tmp_path / "models" / "beleidskennis-nl" / "scale.npy", np.ones(3, dtype=np.float32))
    with pytest.raises(ModelError, match="passen niet bij elkaar"):
        load_encoder(str(tmp_path / "models" / "beleidskennis-nl-klein")).encode_queries(["huis"])


def test_a_missing_default_model_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr("beleidskennis.embeddings.MODELS_FOLDER", tmp_path)
    with pytest.raises(ModelError, match="Installeer beleidskennis opnieuw"):
        load_encoder()


def test_a_missing_folder_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="bestaat niet"):
        load_encoder(str(tmp_path / "nergens"))


class FakeModel:
    """Stands in for SentenceTransformer: the vector of a text is its length and its first letter."""

    prompts: ClassVar[dict[str, str]] = {}

    def __init__(self, target: str, device: str) -> None:
        if "ontbreekt" in target:
            raise OSError("no such repository, or no network")
        self.target = target

    def get_embedding_dimension(self) -> int:
        return 2

    def encode(self, texts, **_options):
        self.seen = list(texts)
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float64)


@pytest.fixture
def fake_hub(monkeypatch):
    module = types.SimpleNamespace(SentenceTransformer=FakeModel)
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return FakeModel


def test_prompts_of_known_families_are_used(fake_hub):
    encoder = load_encoder("intfloat/multilingual-e5-small")
    vectors = encoder.encode_queries(["huis"])
    assert encoder.model.seen == ["query: huis"]
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors) == pytest.approx(1)
    encoder.encode_passages(["huis"])
    assert encoder.model.seen == ["passage: huis"]
    assert "query: " in encoder.name
    assert "multilingual-e5-small" in encoder.name


def test_a_given_prompt_wins_and_changes_the_name(fake_hub):
    plain = load_encoder("intfloat/multilingual-e5-small")
    own = load_encoder("intfloat/multilingual-e5-small", query_prompt="", passage_prompt="p: ")
    own.encode_queries(["huis"])
    assert own.model.seen == ["huis"]
    assert own.name != plain.name


def test_prompts_in_the_models_own_configuration_win_over_the_known_ones(fake_hub, monkeypatch):
    monkeypatch.setattr(fake_hub, "prompts", {"query": "vraag: ", "document": "stuk: "})
    encoder = load_encoder("intfloat/multilingual-e5-small")
    assert (encoder.query_prompt, encoder.passage_prompt) == ("vraag: ", "stuk: ")


def test_known_prompts():
    assert known_prompts("BAAI/bge-m3") == ("", "")
    assert known_prompts("intfloat/multilingual-e5-large-instruct")[0].startswith("Instruct: ")
    assert known_prompts("intfloat/multilingual-e5-large") == ("query: ", "passage: ")
    assert known_prompts("iets/anders") == ("", "")


def test_a_model_that_cannot_be_fetched_is_a_clear_error(fake_hub):
    with pytest.raises(ModelError, match="kon niet worden opgehaald"):
        load_encoder("iemand/ontbreekt")


def test_a_folder_without_a_model_is_a_clear_error(fake_hub, tmp_path):
    folder = tmp_path / "ontbreekt"
    folder.mkdir()
    with pytest.raises(ModelError, match="geen sentence-transformers-model"):
        load_encoder(str(folder))


def test_a_sentence_transformers_encoder_of_nothing(fake_hub):
    encoder = SentenceTransformerEncoder(FakeModel("x", "cpu"), "x", "", "")
    assert encoder.encode_passages([]).shape == (0, 2)


def test_two_models_can_share_their_files(tmp_path):
    shutil.copytree(MODELS_FOLDER, tmp_path / "models")
    source = tmp_path / "models" / "beleidskennis-nl"
    fields = json.loads((source / "model.json").read_text(encoding="utf-8"))
    sibling = tmp_path / "models" / "zuster"
    sibling.mkdir()
    shared = json.dumps(fields | {"weights_in": "beleidskennis-nl"})
    Path(sibling / "model.json").write_text(shared, encoding="utf-8")
    np.testing.assert_array_equal(
        load_encoder(str(sibling)).encode_queries(TEXTS), load_encoder().encode_queries(TEXTS)
    )
