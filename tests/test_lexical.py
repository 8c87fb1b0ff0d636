"""The lexical leg gives the scores of rank-bm25, whatever the corpus, however it came about."""

from pathlib import Path

import numpy as np
import pytest
import rank_bm25
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.lexical import Bm25, LexicalIndex, PassageTerms, best, passage_terms
from beleidskennis.lexical.segments import make_segment
from beleidskennis.model import DocumentId, Passage, PassageId, Span

TERMS = st.sampled_from(["beleid", "markt", "arbeid", "trein", "stad", "wonen", "groei", "zorg"])
CORPORA = st.lists(st.lists(TERMS, min_size=1, max_size=12), min_size=1, max_size=12)
UPSTREAM = {"okapi": rank_bm25.BM25Okapi, "plus": rank_bm25.BM25Plus, "l": rank_bm25.BM25L}


def upstream_scores(parameters: Bm25, corpus, query):
    """Scores of rank-bm25; of BM25Plus without the constant delta x idf that it gives every passage for every term."""
    arguments = {"epsilon": parameters.epsilon} if parameters.variant == "okapi" else {"delta": parameters.delta}
    model = UPSTREAM[parameters.variant](corpus, k1=parameters.k1, b=parameters.b, **arguments)
    scores = model.get_scores(query)
    if parameters.variant == "plus":
        scores = scores - sum(model.idf.get(term, 0) * parameters.delta for term in query)
    return scores


@pytest.mark.parametrize("variant", ["okapi", "plus", "l"])
@settings(max_examples=60, deadline=None)
@given(
    corpus=CORPORA,
    query=st.lists(TERMS, min_size=1, max_size=5, unique=True),
    k1=st.floats(0.3, 3.0),
    b=st.floats(0.0, 1.0),
    cut=st.integers(0, 12),
)
def test_scores_equal_those_of_rank_bm25(variant, corpus, query, k1, b, cut):
    parameters = Bm25(variant, k1=k1, b=b)
    index = LexicalIndex.build(corpus[:cut], parameters)
    index.add(corpus[cut:])
    scores = index.scores(dict.fromkeys(query, 1.0))
    np.testing.assert_allclose(scores, upstream_scores(parameters, corpus, query), rtol=2e-5, atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(corpus=CORPORA, removed=st.sets(st.integers(0, 11)), query=st.lists(TERMS, min_size=1, max_size=4, unique=True))
def test_compacting_equals_building_from_what_is_left(corpus, removed, query):
    gone = sorted(row for row in removed if row < len(corpus))
    index = LexicalIndex.build(corpus)
    index.remove(gone)
    moved = index.compact()
    left = [passage for row, passage in enumerate(corpus) if row not in gone]
    assert [int(row) for row in moved if row >= 0] == list(range(len(left)))
    assert all(moved[row] == -1 for row in gone)
    weights = dict.fromkeys(query, 1.0)
    np.testing.assert_allclose(index.scores(weights), LexicalIndex.build(left).scores(weights), rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(scores=st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30), k=st.integers(0, 10))
def test_the_best_rows_are_sorted_by_score_and_then_by_row(scores, k):
    rows, found = best(np.array(scores, dtype=np.float32), k)
    expected = sorted((-score, row) for row, score in enumerate(scores) if score)[:k]
    assert [(-float(score), int(row)) for row, score in zip(rows, found, strict=True)] == expected


def test_removed_and_forbidden_rows_are_not_found():
    index = LexicalIndex.build([["stad"], ["stad", "trein"], ["stad"], ["trein"]])
    index.remove([0])
    allowed = np.array([True, True, False, True])
    rows, _ = index.top({"stad": 1.0}, 10, allowed=allowed)
    assert rows.tolist() == [1]


def test_a_word_in_every_passage_still_finds_them():
    index = LexicalIndex.build([["stad"]])
    rows, scores = index.top({"stad": 1.0}, 5)
    assert rows.tolist() == [0]
    assert scores[0] > 0


def test_weights_of_passages_and_questions_count():
    index = LexicalIndex.build([{"beleid": 0.5, "markt": 1.0}, {"beleid": 1.0, "markt": 0.5}])
    rows, _ = index.top({"beleid": 1.0}, 2)
    assert rows.tolist() == [1, 0]
    rows, _ = index.top({"beleid": 0.1, "markt": 1.0}, 2)
    assert rows.tolist() == [0, 1]


def test_a_saved_index_answers_alike_and_grows_in_place(tmp_path: Path):
    corpus = [PassageTerms({"stad": 1.0, "trein": 2.0}, ("stad", "treinen")), PassageTerms({"zorg": 1.0}, ("zorg",))]
    index = LexicalIndex.build(corpus, Bm25("l", k1=0.9))
    index.remove([1])
    index.save(tmp_path)
    opened = LexicalIndex.load(tmp_path)
    assert opened.parameters == Bm25("l", k1=0.9)
    assert opened.alive.tolist() == [True, False]
    assert opened.words() == {"stad": 1, "treinen": 1, "zorg": 1}
    np.testing.assert_array_equal(opened.scores({"trein": 1.0}), index.scores({"trein": 1.0}))
    assert list(opened.add([["trein"]])) == [2]
    opened.save(tmp_path)
    again = LexicalIndex.load(tmp_path)
    np.testing.assert_array_equal(again.scores({"trein": 1.0}), opened.scores({"trein": 1.0}))
    assert not any(tmp_path.rglob("*.pkl"))


def test_a_second_folder_shares_the_files_of_the_first(tmp_path: Path):
    LexicalIndex.build([["stad", "trein"]]).save(tmp_path / "a")
    LexicalIndex.load(tmp_path / "a").save(tmp_path / "b")
    assert LexicalIndex.load(tmp_path / "b").terms() == {"stad": 1, "trein": 1}


def test_an_index_of_another_format_is_refused(tmp_path: Path):
    (tmp_path / "lexical.json").write_text('{"format": 0}')
    with pytest.raises(ValueError, match="format 0"):
        LexicalIndex.load(tmp_path)


def test_an_empty_index_finds_nothing(tmp_path: Path):
    index = LexicalIndex()
    assert index.top({"stad": 1.0}, 5)[0].tolist() == []
    index.save(tmp_path)
    assert len(LexicalIndex.load(tmp_path)) == 0


def test_headings_count_for_less_than_text():
    def passage(text, headings):
        spans = (Span(DocumentId("d"), 1, 0, len(text)),)
        return Passage(PassageId("p"), DocumentId("d"), 0, text, spans, 1, "1", headings)

    in_text = passage_terms(passage("Treinen rijden vaker.", ("Wonen",)))
    in_heading = passage_terms(passage("Woningen komen erbij.", ("Trein",)))
    assert in_text.terms["trein"] > in_heading.terms["trein"] > 0
    assert "treinen" in in_text.words


WEIGHTED = st.dictionaries(TERMS, st.floats(0.05, 3.0), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 9_999),
    weights=WEIGHTED,
    k=st.integers(1, 12),
    segments=st.integers(1, 3),
    forbidden=st.integers(0, 40),
)
def test_passing_over_what_cannot_come_in_changes_nothing(seed, weights, k, segments, forbidden):
    rng = np.random.default_rng(seed)
    names = np.array(TERMS.elements)
    shares = rng.random(len(names)) ** 3  # some terms in nearly all passages, some in hardly any
    corpus = [names[rng.random(len(names)) < shares].tolist() * int(rng.integers(1, 3)) for _ in range(120)]
    index = LexicalIndex.build(corpus[: 120 // segments])
    for part in range(1, segments):
        index._segments.append(make_segment(corpus[part * (120 // segments) : (part + 1) * (120 // segments)]))
    index = LexicalIndex(segments=index._segments)
    allowed = np.ones(len(index), dtype=bool)
    allowed[rng.permutation(len(index))[:forbidden]] = False
    rows, scores = index.top(weights, k, allowed=allowed)
    expected_rows, expected_scores = best(index.scores(weights), k, allowed=allowed)
    assert rows.tolist() == expected_rows.tolist()
    assert scores.tolist() == expected_scores.tolist(), "to the last bit"


def test_a_segment_that_is_open_is_shared_with_the_next_index(tmp_path: Path):
    index = LexicalIndex.build([["stad"]] * 50)
    index.save(tmp_path)
    opened = LexicalIndex.load(tmp_path)
    index.add([["trein"]])
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path, before=opened)
    assert again._segments[0] is opened._segments[0]
    assert again.top({"trein": 1.0}, 5)[0].tolist() == [50]
