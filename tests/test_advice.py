"""The rows of recommendations beside the index: kept, added to and taken from, they say what building anew says."""

from dataclasses import replace

import numpy as np
import pytest
from advice_makers import document, recommendation
from makers import HashEncoder, make_document, put

from beleidskennis.advice import AdviceIndex, find, rows, store
from beleidskennis.advice.folded import Twins
from beleidskennis.advice.items import by_key
from beleidskennis.advice.rows import AdviceRows, bring_up_to_date
from beleidskennis.catalogue import Catalogue, kin, links
from beleidskennis.comparison import Scale
from beleidskennis.deriving import derive
from beleidskennis.followup import Judgement, Verdict, key_of
from beleidskennis.index import open_snapshot
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Filters, Strength
from beleidskennis.versions.wording import advice_line

ENCODER = HashEncoder()
THEMES = ("wonen", "werk", "energie")


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def advise(catalogue, name, *quotes, date="2024", vague=()):
    """A document in the catalogue with recommendations, each about one theme in turn; those in `vague` are implicit."""
    made = make_document(name, list(quotes) or ["Niets om te adviseren."], date=date)
    put(catalogue, ENCODER, made)
    document = made[0]
    items = [
        replace(
            recommendation(document, quote, themes=(THEMES[place % len(THEMES)],), page=1),
            recommendation_id=f"{document.document_id[:20]}-{place}",
            strength=Strength.IMPLICIT if quote in vague else Strength.EXPLICIT,
        )
        for place, quote in enumerate(quotes)
    ]
    links.put_links(catalogue, document.document_id, items, [() for _ in catalogue.passages(document.document_id)])
    vectors = ENCODER.encode_passages([item.quote for item in items])
    catalogue.put_vectors(document.document_id, ENCODER.name + ADVICE_VECTORS, vectors)
    return document, items


def opened(catalogue, kept, judgements=()):
    return AdviceIndex.of(kept, catalogue, ENCODER.name, by_key(judgements))


def found(tmp_path, catalogue, index, text="", **filters):
    """The quotes found, and the counts."""
    derive(catalogue, tmp_path, ENCODER.name)
    snapshot = open_snapshot(tmp_path, ENCODER.name)
    documents = {one.document_id: one for one in catalogue.documents()}
    result = find(text, index, snapshot, documents, ENCODER, filters=Filters(**filters))
    return [item.quote for item in result.items], result.facets, result.total


def test_a_list_without_a_question_begins_with_plain_advice_of_the_newest_document(tmp_path, catalogue):
    advise(
        catalogue,
        "a",
        "Bouw woningen bij het spoor.",
        "Werk is van belang.",
        date="2019",
        vague=["Werk is van belang."],
    )
    advise(catalogue, "b", "Een stad leeft.", "Schep banen in de zorg.", date="2024-05", vague=["Een stad leeft."])
    advise(catalogue, "c", "Leid meer technici op.", date="")
    kept, _changed = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    quotes, _counts, total = found(tmp_path, catalogue, opened(catalogue, kept))
    assert quotes == [
        "Schep banen in de zorg.",
        "Bouw woningen bij het spoor.",
        "Leid meer technici op.",
        "Een stad leeft.",
        "Werk is van belang.",
    ]
    assert total == len(quotes)


def test_rows_added_to_and_taken_from_say_what_rows_made_anew_say(tmp_path, catalogue):
    advise(catalogue, "b", "Bouw meer woningen.", "Leid meer technici op.", "Leg zonnepanelen aan.")
    kept, changed = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    assert changed
    store.save(kept, tmp_path, "eerste")
    gone, _ = advise(catalogue, "c", "Sluit de haven.")
    advise(catalogue, "a", "Bouw woningen bij het spoor.", "Schep banen in de zorg.")
    advise(catalogue, "d")
    kept, _ = bring_up_to_date(store.load(tmp_path, "eerste"), catalogue, ENCODER.name, catalogue.stamps())
    store.save(kept, tmp_path, "eerste")
    catalogue.retire(gone.document_id)
    kept, changed = bring_up_to_date(store.load(tmp_path, "eerste"), catalogue, ENCODER.name, catalogue.stamps())
    assert changed
    store.save(kept, tmp_path, "eerste")
    stepwise = store.load(tmp_path, "eerste")
    anew, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    assert len(stepwise) == 6
    assert len(anew) == 5
    one, other = opened(catalogue, stepwise), opened(catalogue, anew)
    assert [item.quote for item in one.items] == [item.quote for item in other.items]
    assert next(item.quote for item in one.items) == "Bouw woningen bij het spoor."
    for text, filters in (("", {}), ("", {"themes": ("wonen",)}), ("woningen", {}), ("zorg", {"themes": ("werk",)})):
        assert found(tmp_path, catalogue, one, text, **filters) == found(tmp_path, catalogue, other, text, **filters)
    assert one.scale == other.scale
    again, changed = bring_up_to_date(store.load(tmp_path, "eerste"), catalogue, ENCODER.name, catalogue.stamps())
    assert not changed
    assert len(again) == 6


def test_the_scale_of_the_rows_is_that_of_the_recommendations(catalogue):
    advise(catalogue, "a", "Bouw meer woningen.", "Leid meer technici op.", "Leg zonnepanelen aan.")
    advise(catalogue, "b", "Bouw woningen bij het spoor.", "Schep banen in de zorg.")
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    index = opened(catalogue, kept)
    items, vectors = index.of_documents(catalogue.document_ids())
    scale = Scale.of(items, vectors)
    assert index.scale.terms == pytest.approx(scale.terms)
    assert index.scale.topics == pytest.approx(scale.topics)
    assert index.scale.usual == pytest.approx(scale.usual, abs=1e-3)  # vectors are kept in half precision


def test_what_people_said_counts_in_filters_and_counts(tmp_path, catalogue):
    _, items = advise(catalogue, "a", "Bouw meer woningen.", "Leid meer technici op.")
    said = [
        Judgement(key_of(items[0]), "theme", "wonen", Verdict.REJECTED, "ik", "2026-01-01"),
        Judgement(key_of(items[0]), "theme", "energie", Verdict.ADDED, "ik", "2026-01-01"),
        Judgement("0" * 32, "theme", "energie", Verdict.ADDED, "ik", "2026-01-01"),
    ]
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    index = opened(catalogue, kept, said)
    quotes, facets, total = found(tmp_path, catalogue, index, themes=("energie",))
    assert (quotes, total) == (["Bouw meer woningen."], 1)
    assert [value.value for value in facets["thema"]] == ["energie"]
    assert found(tmp_path, catalogue, index, themes=("wonen",))[2] == 0
    assert index.items[0].concepts("theme") == ("energie",)


def test_a_document_read_again_is_taken_anew_and_what_went_is_passed_over(catalogue):
    document, _ = advise(catalogue, "a", "Bouw meer woningen.", "Leid meer technici op.")
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    before = opened(catalogue, kept).items
    links.put_links(catalogue, document.document_id, [], [])
    catalogue.put_vectors(document.document_id, ENCODER.name + ADVICE_VECTORS, np.empty((0, 8), np.float32))
    assert list(before) == []
    kept, changed = bring_up_to_date(kept, catalogue, ENCODER.name, {document.document_id: "later"})
    assert changed
    assert list(opened(catalogue, kept).items) == []


def test_what_is_damaged_or_of_another_linking_is_made_anew(tmp_path, catalogue):
    advise(catalogue, "a", "Bouw meer woningen.")
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    store.save(kept, tmp_path, "eerste")
    assert len(store.load(tmp_path, "eerste")) == 1
    assert len(store.load(tmp_path, "tweede")) == 0
    next((tmp_path / store.FOLDER).glob("a-*/rows.npz")).write_bytes(b"geen getallen")
    assert len(store.load(tmp_path, "eerste")) == 0


def test_many_at_once_come_in_blocks(tmp_path, catalogue, monkeypatch):
    monkeypatch.setattr(rows, "BLOCK", 2)
    for name in "abc":
        advise(catalogue, name, f"Bouw {name}.", f"Sluit {name}.")
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    assert len(opened(catalogue, kept).items) == 6
    assert found(tmp_path, catalogue, opened(catalogue, kept), "sluit")[2] >= 3


def test_a_search_reads_only_what_it_shows(sample_library, monkeypatch):
    sample_library.ingest([sample_library.settings.corpus])
    sample_library.forget_made()

    def refuse(*_given):
        pytest.fail("all recommendations were read")

    monkeypatch.setattr(links, "recommendations", refuse)
    result = sample_library.recommendations("onderwijs")
    assert len(result.items) == result.total > 3
    assert [item.quote for item in result.items[:2]] == [item.quote for item in result.items][:2]


SHARED = ("Bouw 500 woningen rond het station.", "Leid meer monteurs op voor de energietransitie.")


def family(catalogue, *documents):
    """Make the documents versions of each other, the newest first."""
    kin.change_families(catalogue, [], [kin.Family(tuple(one.document_id for one in documents), ())])


def test_what_two_versions_advise_is_found_once_from_the_newest_and_says_where_else_it_stands(tmp_path, catalogue):
    draft, _ = advise(catalogue, "concept", *SHARED, "Stel een wethouder voor energie aan.")
    final, _ = advise(catalogue, "definitief", *SHARED, "Vraag het Rijk om een bijdrage aan de kade.")
    family(catalogue, final, draft)
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    index = opened(catalogue, kept)
    derive(catalogue, tmp_path, ENCODER.name)
    snapshot = open_snapshot(tmp_path, ENCODER.name)
    documents = {one.document_id: one for one in catalogue.documents()}

    def items(text="", **filters):
        return find(text, index, snapshot, documents, ENCODER, filters=Filters(**filters))

    everything = items()
    assert sorted(item.quote for item in everything.items) == sorted(
        [*SHARED, "Stel een wethouder voor energie aan.", "Vraag het Rijk om een bijdrage aan de kade."]
    )
    assert everything.total == 4
    shared = [item for item in everything.items if item.quote in SHARED]
    assert {documents[item.document_id].file_name for item in shared} == {"definitief.pdf"}
    assert all("Staat ook in een andere versie: concept.pdf (2024), p." in advice_line(item) for item in shared)
    [first, *_] = items("woningen station").items
    assert (first.quote, documents[first.document_id].file_name) == (SHARED[0], "definitief.pdf")
    of_draft = items(documents=("concept.pdf",)).items
    assert len(of_draft) == 3, "who asks for the draft gets the draft"
    assert "definitief.pdf" in advice_line(of_draft[0])
    assert advice_line(of_draft[2]) == ""


def test_advice_of_which_a_figure_changed_stays_apart_in_both_versions(tmp_path, catalogue):
    draft, _ = advise(catalogue, "concept", "Bouw 400 woningen rond het station.")
    final, _ = advise(catalogue, "definitief", "Bouw 500 woningen rond het station.")
    family(catalogue, final, draft)
    kept, _ = bring_up_to_date(AdviceRows(), catalogue, ENCODER.name, catalogue.stamps())
    assert len(found(tmp_path, catalogue, opened(catalogue, kept))[0]) == 2


def test_of_three_versions_the_newest_stands_in_for_both_others():
    documents = [document(name) for name in ("derde", "tweede", "eerste")]
    items = [
        recommendation(documents[2], "Bouw veel meer betaalbare woningen en scholen."),
        recommendation(documents[1], "Bouw veel meer betaalbare woningen en scholen."),
        recommendation(documents[0], "Bouw veel meer betaalbare woningen en scholen!"),
    ]
    rows_of = {item.recommendation_id: row for row, item in enumerate(items)}
    ids = [[one.document_id for one in documents]]
    twins = Twins.of(items, rows_of, ids, {one.document_id: one for one in documents})
    assert twins.fold(np.array([0, 1, 2]), np.ones(3, dtype=bool)).tolist() == [2]
    assert twins.fold(np.array([0, 1]), np.array([True, True, False])).tolist() == [1]
    assert [place.document for place in twins.places[items[0].recommendation_id]] == documents[:2]
