"""Vectors: exact while small, near enough when large, and the same however they were added."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.vectors import VectorIndex

DIMENSION = 32


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def like_texts(count, seed=3):
    """Vectors in heaps, as those of texts are: each near one of 200 subjects."""
    subjects = np.random.default_rng(0).standard_normal((200, DIMENSION))
    rng = np.random.default_rng(seed)
    return unit(subjects[rng.integers(200, size=count)] + 0.7 * rng.standard_normal((count, DIMENSION)))


@pytest.fixture(scope="module")
def large():
    vectors = like_texts(20_000)
    return vectors, VectorIndex.build(vectors, exact_up_to=1_000)


def test_an_inverted_file_finds_nearly_all_of_the_fifty_nearest(large):
    vectors, index = large
    queries = like_texts(60, seed=9)
    shares = []
    for query in queries:
        exact = np.argsort(-(vectors @ query), kind="stable")[:50]
        shares.append(len(np.intersect1d(exact, index.top(query, 50)[0])) / 50)
    assert np.mean(shares) > 0.95


def test_a_filter_in_an_inverted_file_finds_only_what_it_lets_through_and_still_the_nearest(large):
    vectors, index = large
    allowed = np.zeros(len(vectors), dtype=bool)
    allowed[::50] = True
    query = like_texts(1, seed=9)[0]
    rows, scores = index.top(query, 20, allowed)
    inside = np.flatnonzero(allowed)
    exact = inside[np.argsort(-(vectors[inside] @ query), kind="stable")[:20]]
    assert allowed[rows].all()
    assert len(np.intersect1d(rows, exact)) >= 18
    assert (np.diff(scores) <= 0).all()


def test_codes_of_eight_bits_give_nearly_the_same_scores(large):
    vectors, index = large
    query = like_texts(1, seed=9)[0]
    rows = np.array([7, 19_999, 0, 500])
    assert index.scores_of(query, rows) == pytest.approx(vectors[rows] @ query, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(1, 60), min_size=1, max_size=8), seed=st.integers(0, 99))
def test_however_vectors_are_added_the_nearest_are_the_same(sizes, seed):
    vectors = like_texts(sum(sizes), seed)
    index = VectorIndex()
    start = 0
    for size in sizes:
        index.add(vectors[start : start + size])
        start += size
    query = like_texts(1, seed + 1000)[0]
    rows, scores = index.top(query, 10)
    expected = np.argsort(-(vectors @ query), kind="stable")[:10]
    assert len(index) == len(vectors)
    assert scores == pytest.approx((vectors @ query)[expected], abs=1e-5)
    assert rows.tolist() == expected.tolist()


def test_adding_to_a_large_index_writes_a_small_file_and_keeps_the_large_one(tmp_path, large):
    vectors, index = large
    index.save(tmp_path)
    opened = VectorIndex.load(tmp_path)
    [first] = tmp_path.glob("*.faiss")
    stamp = first.stat().st_mtime_ns
    new = like_texts(30, seed=5)
    opened.add(new, exact_up_to=1_000)
    opened.save(tmp_path)
    assert first.stat().st_mtime_ns == stamp
    [second] = set(tmp_path.glob("*.faiss")) - {first}
    assert second.stat().st_size < 0.05 * first.stat().st_size
    again = VectorIndex.load(tmp_path, opened)
    assert again.top(new[4], 1)[0].tolist() == [len(vectors) + 4]
    assert not again.wants_rebuild


def test_many_additions_to_an_inverted_file_ask_for_building_anew(large):
    vectors, _ = large
    index = VectorIndex.build(vectors[:2_000], exact_up_to=1_000)
    index.add(vectors[2_000:5_000], exact_up_to=1_000)
    assert index.wants_rebuild


def test_a_part_that_is_gone_is_reported_when_the_index_is_opened(tmp_path):
    VectorIndex.build(like_texts(5)).save(tmp_path)
    for part in tmp_path.glob("*.faiss"):
        part.unlink()
    with pytest.raises(FileNotFoundError):
        VectorIndex.load(tmp_path)
