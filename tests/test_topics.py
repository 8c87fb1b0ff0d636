"""Themes and sectors of passages as bits: what was put in comes out, in filters and in counts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beleidskennis.topics import Topics

CONCEPTS = st.lists(st.tuples(st.sampled_from(["theme", "sector"]), st.sampled_from("abcdefghijk")), max_size=4)
ROWS = st.lists(CONCEPTS, max_size=12)


@given(st.lists(ROWS, max_size=4), st.sets(st.sampled_from("abcdefghijk"), max_size=3))
def test_filters_and_counts_are_those_of_the_rows(blocks, wanted):
    topics = Topics()
    for block in blocks:
        topics.add(block)
    rows = [row for block in blocks for row in block]
    assert len(topics) == len(rows)
    about = topics.about("theme", wanted)
    assert about.tolist() == [any(("theme", one) in row for one in wanted) for row in rows]
    chosen = np.arange(0, len(rows), 2)
    found = [concept for row in rows[::2] for concept in set(row)]
    assert topics.counts(chosen) == {concept: found.count(concept) for concept in set(found)}


def test_a_concept_that_no_row_has_lets_nothing_through():
    topics = Topics()
    topics.add([[("theme", "wonen")], []])
    assert not topics.about("theme", ["zorg"]).any()
    assert topics.about("theme", ["zorg", "wonen"]).tolist() == [True, False]
    assert not topics.about("sector", ["wonen"]).any()
