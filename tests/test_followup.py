"""What people keep of recommendations, and that it survives reading anew."""

import dataclasses

import pytest
from advice_makers import document, recommendation

from beleidskennis.errors import QueryError
from beleidskennis.followup import (
    FollowUp,
    Judgement,
    Status,
    Verdict,
    apply_judgements,
    follow_up_of,
    judgement_of,
    key_for,
    key_of,
    to_row,
)
from beleidskennis.model import LabelSource

SOURCE = document("advies")
ITEM = recommendation(SOURCE, "De gemeente moet groen aanleggen.", themes=("wonen", "water"), addressees=("onbekend",))


def judged(scheme, concept, verdict, at="2026-01-01T10:00:00"):
    return Judgement(key_of(ITEM), scheme, concept, verdict, "An", at)


def test_the_key_survives_another_reading_of_the_same_words():
    moved = dataclasses.replace(ITEM, spans=(), passage_id="q" * 16, page_number=9, labels=(), summary="")
    assert key_of(moved) == key_of(ITEM)
    assert key_for(SOURCE.document_id, "De  gemeente moet\ngroen aanleggen") == key_of(ITEM)
    assert key_for(SOURCE.document_id, "De gemeente moet grijs aanleggen.") != key_of(ITEM)
    assert key_for(document("ander").document_id, ITEM.quote) != key_of(ITEM)


def test_rejected_labels_go_and_added_ones_come_for_sure():
    result = apply_judgements(
        ITEM,
        [
            judged("theme", "water", Verdict.REJECTED),
            judged("theme", "duurzaamheid", Verdict.ADDED),
            judged("addressee", "gemeente", Verdict.ADDED),
        ],
    )
    assert result.concepts("theme") == ("duurzaamheid", "wonen")
    assert result.concepts("addressee") == ("gemeente",)
    added = result.labels[0]
    assert (added.source, added.confidence) == (LabelSource.PERSON, 1.0)


def test_a_confirmed_label_keeps_the_words_that_earned_it():
    result = apply_judgements(ITEM, [judged("theme", "wonen", Verdict.CONFIRMED)])
    label = next(label for label in result.labels if label.concept_id == "wonen")
    assert (label.source, label.evidence) == (LabelSource.PERSON, ("wonen",))


def test_of_two_judgements_the_later_counts_and_others_are_passed_over():
    later = judged("theme", "water", Verdict.CONFIRMED, "2026-02-01T10:00:00")
    result = apply_judgements(ITEM, [later, judged("theme", "water", Verdict.REJECTED)])
    assert "water" in result.concepts("theme")
    other = dataclasses.replace(judged("theme", "wonen", Verdict.REJECTED), key="x" * 32)
    assert apply_judgements(ITEM, [other]) is ITEM


def test_rows_go_there_and_back():
    follow_up = FollowUp(
        key_of(ITEM), Status.PARTLY, reaction="Wij onderzoeken dit.", who="An", at="2026-01-01T10:00:00"
    )
    row = to_row(follow_up)
    assert row["status"] == "deels overgenomen"
    assert all(isinstance(value, str) for value in row.values())
    assert follow_up_of({**row, "iets": 1}) == follow_up
    judgement = judged("theme", "water", Verdict.REJECTED)
    assert judgement_of(to_row(judgement)) == judgement
    assert follow_up_of({"key": "k"}) == FollowUp("k")


def test_an_unknown_status_or_verdict_is_told_in_dutch():
    with pytest.raises(QueryError, match=r"bestaat niet.*Kies uit: open"):
        follow_up_of({"key": "k", "status": "weg"})
    with pytest.raises(QueryError, match="Kies uit: bevestigd"):
        judgement_of({**to_row(judged("theme", "water", Verdict.ADDED)), "verdict": "misschien"})
