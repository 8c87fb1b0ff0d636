"""Measuring: the measures of ir-measures over evidence, intervals and comparisons that are right."""

import json
import math

import pytest

from beleidskennis.errors import QueryError
from beleidskennis.evaluation import (
    ALL,
    Evidence,
    Found,
    Question,
    bootstrap,
    evaluate,
    holds,
    load_values,
    read_questions,
    save_values,
    significance,
)

QUOTE = "De gemeente moet vóór 2030 minstens tweehonderd woningen bouwen."
OTHER = "Het fonds krijgt vijftien miljoen euro per jaar van de provincie."


def hit(text, document="a.pdf", page=3):
    return Found(document, page, text)


def question(one="q1", kind="figure", *, evidence=None, wants_all=False):
    return Question(one, f"vraag {one}", kind, evidence or (Evidence("a.pdf", QUOTE, (3,)),), wants_all)


def test_a_text_holds_a_quote_from_half_of_its_trigrams_on():
    assert holds(f"Inleiding. {QUOTE} Slot.", QUOTE)
    assert holds("minstens tweehonderd woningen bouwen. De gemeente moet vóór 2030", QUOTE)
    assert not holds("De gemeente moet woningen bouwen.", QUOTE)
    assert holds("de gemeente MOET voor 2030 minstens tweehonderd wo-ningen bouwen", QUOTE)


@pytest.mark.parametrize(("rank", "expected"), [(1, 1.0), (2, 1 / math.log2(3)), (10, 1 / math.log2(11)), (11, 0.0)])
def test_ndcg_is_that_of_the_first_hit_that_holds_the_evidence(rank, expected):
    hits = [hit("iets anders", page=number) for number in range(1, 12)]
    hits[rank - 1] = hit(QUOTE)
    result = evaluate([question()], lambda _text: hits)
    assert result.values["nDCG@10"]["q1"] == pytest.approx(expected)
    assert result.values["RR@10"]["q1"] == pytest.approx(1 / rank if rank <= 10 else 0)


def test_the_same_text_in_another_document_does_not_count():
    result = evaluate([question()], lambda _text: [hit(QUOTE, document="b.pdf")])
    assert result.values["nDCG@10"]["q1"] == 0


def test_more_places_of_one_answer_count_once():
    evidence = (Evidence("a.pdf", QUOTE, (3,)), Evidence("b.pdf", OTHER, (1,)))
    hits = [hit("niets"), hit(OTHER, "b.pdf", 1), hit(QUOTE)]
    any_of = evaluate([question(evidence=evidence)], lambda _text: hits)
    assert any_of.values["nDCG@10"]["q1"] == pytest.approx(1 / math.log2(3))
    all_of = evaluate([question(evidence=evidence, wants_all=True)], lambda _text: hits)
    ideal = 1 + 1 / math.log2(3)
    assert all_of.values["nDCG@10"]["q1"] == pytest.approx((1 / math.log2(3) + 0.5) / ideal)
    assert all_of.values["R@10"]["q1"] == 1.0


def test_the_page_is_right_only_if_the_first_hit_names_it():
    assert evaluate([question()], lambda _text: [hit(QUOTE, page=3)]).page_right == {"q1": True}
    assert evaluate([question()], lambda _text: [hit(QUOTE, page=4)]).page_right == {"q1": False}
    assert evaluate([question()], lambda _text: [hit("niets")]).page_right == {}


def test_slices_are_by_kind():
    asked = [question("q1", "figure"), question("q2", "list")]
    result = evaluate(asked, lambda text: [hit(QUOTE)] if text == "vraag q1" else [])
    assert result.slices() == [ALL, "figure", "list"]
    assert result.figure("nDCG@10").mean == 0.5
    assert result.figure("nDCG@10", "figure").mean == 1.0
    assert result.figure("nDCG@10", "list").n == 1


def test_bootstrap_intervals_hold_the_mean_and_shrink_with_n():
    few, many = bootstrap([0.0, 1.0] * 5), bootstrap([0.0, 1.0] * 500)
    assert few.low < few.mean == many.mean == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert bootstrap([0.25] * 8).low == 0.25
    assert bootstrap([]).n == 0


def test_significance_tells_a_real_difference_from_none():
    base = {f"q{number}": 0.2 for number in range(40)}
    better = dict.fromkeys(base, 0.6)
    assert significance(base, better)[0] == pytest.approx(0.4)
    assert significance(base, better)[1] < 0.001
    mixed = {one: 0.2 + (0.3 if number % 2 else -0.3) for number, one in enumerate(base)}
    assert significance(base, mixed)[1] > 0.5
    assert significance(base, {"andere": 1.0}) == (0.0, 1.0)


def test_values_are_kept_for_a_later_comparison(tmp_path):
    result = evaluate([question()], lambda _text: [hit(QUOTE)])
    save_values(result, tmp_path / "meting.json")
    assert load_values(tmp_path / "meting.json").values == result.values
    (tmp_path / "meting.json").write_text("[]", encoding="utf-8")
    with pytest.raises(QueryError, match="--save"):
        load_values(tmp_path / "meting.json")


def test_questions_without_evidence_are_left_out_and_bad_lines_named(tmp_path):
    path = tmp_path / "vragen.jsonl"
    good = {"id": "1", "question": "Hoeveel?", "kind": "figure", "evidence": [{"document": "a.pdf", "quote": QUOTE}]}
    path.write_text(json.dumps(good) + "\n\n" + json.dumps(good | {"evidence": []}) + "\n", encoding="utf-8")
    assert [one.question_id for one in read_questions(path)] == ["1"]
    path.write_text(json.dumps(good) + "\n{}\n", encoding="utf-8")
    with pytest.raises(QueryError, match="Regel 2"):
        read_questions(path)
