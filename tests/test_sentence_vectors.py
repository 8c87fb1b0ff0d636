"""A passage scores as its nearest sentence, however the passages were added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.sentence_vectors import SentenceVectors, in_context, worth_embedding


def unit(rng, count, dimension=16):
    rows = rng.normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(
    parts=st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=1, max_size=4), seed=st.integers(0, 99)
)
def test_the_best_sentence_counts_in_any_part(parts, seed):
    rng = np.random.default_rng(seed)
    index, expected = SentenceVectors(), []
    query = unit(rng, 1)[0]
    for counts in parts:
        vectors = unit(rng, sum(counts))
        index.add(vectors, counts)
        for chunk in np.split(vectors, np.cumsum(counts)[:-1]):
            expected.append(float((chunk @ query).max()))
    rows = rng.permutation(len(expected))
    assert len(index) == len(expected)
    assert index.best(query, rows) == pytest.approx(np.array(expected)[rows], abs=2e-3)


def test_saved_parts_come_back_and_are_not_written_again(tmp_path):
    rng = np.random.default_rng(1)
    index = SentenceVectors()
    index.add(unit(rng, 3), [1, 2])
    index.save(tmp_path)
    [written] = tmp_path.glob("*.vectors.npy")
    stamp = written.stat().st_mtime_ns
    index.add(unit(rng, 2), [2])
    index.save(tmp_path)
    assert written.stat().st_mtime_ns == stamp
    query = unit(rng, 1)[0]
    loaded = SentenceVectors.load(tmp_path)
    rows = np.arange(3)
    assert loaded.best(query, rows) == pytest.approx(index.best(query, rows), abs=1e-6)


def test_every_passage_has_a_vector():
    with pytest.raises(ValueError, match="at least one"):
        SentenceVectors().add(np.ones((1, 4), np.float32), [1, 0])
    with pytest.raises(ValueError, match="3 sentence vectors"):
        SentenceVectors().add(np.ones((3, 4), np.float32), [1, 1])


def test_context_is_the_passage_in_equal_part():
    passages = np.eye(4, dtype=np.float32)[:2]
    sentences = np.eye(4, dtype=np.float32)[[2, 3, 3]]
    mixed = in_context(passages, sentences, [1, 2])
    assert mixed[0] == pytest.approx(np.array([1, 0, 1, 0]) / np.sqrt(2))
    assert mixed[2] == pytest.approx(np.array([0, 1, 0, 1]) / np.sqrt(2))


def test_short_sentences_are_not_embedded():
    assert not worth_embedding("Zie ook bijlage")
    assert worth_embedding("Zie ook bijlage 3")
