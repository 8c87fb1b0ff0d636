"""Vectors of questions are remembered, and stay those of their own question."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.embeddings.memory import QueryMemory


class Encode:
    """A text's vector is its length and its first character; notes what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked += texts
        return np.array([[len(text), ord(text[:1] or " ")] for text in texts], dtype=np.float32).reshape(-1, 2)


@given(st.lists(st.lists(st.sampled_from(["a", "bb", "ccc", "dddd", ""]), max_size=6), max_size=8), st.integers(1, 4))
def test_remembered_vectors_are_those_of_their_text(asked, size):
    encode = Encode()
    memory = QueryMemory(encode, size)
    for texts in asked:
        made = memory(texts)
        np.testing.assert_array_equal(made, Encode()(texts))
        made[:] = -1  # what is done with an answer does not touch what is remembered
        assert len(memory._known) <= size


def test_a_question_is_encoded_once_and_the_oldest_is_forgotten_first():
    encode = Encode()
    memory = QueryMemory(encode, 2)
    for text in ("a", "bb", "a", "ccc", "a", "bb"):
        memory([text])
    assert encode.asked == ["a", "bb", "ccc", "bb"]
