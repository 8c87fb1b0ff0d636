"""The rows of recommendations beside the index: kept, added to and taken from, they say what building anew says."""

from dataclasses import replace

import numpy as np
import pytest
from advice_makers import recommendation
from makers import HashEncoder, make_document, put

from beleidskennis.advice import AdviceIndex, find, rows, store
from beleidskennis.advice.items import by_key
from beleidskennis.advice.rows import AdviceRows, bring_up_to_date
from beleidskennis.catalogue import Catalogue, links
from beleidskennis.comparison import Scale
from beleidskennis.deriving import derive
from beleidskennis.followup import Judgement, Verdict, key_of
from beleidskennis.index import open_snapshot
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Filters

ENCODER = HashEncoder()
THEMES = ("wonen", "werk", "energie")


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def advise(catalogue, name, *quotes):
    """A document in the catalogue with recommendations, each about one theme in turn."""
    made = make_document(name, list(quotes) or ["Niets om te adviseren."])
    put(catalogue, ENCODER, made)
    document = made[0]
    items = [
        replace(
            recommendation(document, quote, themes=(THEMES[place % len(THEMES)],), page=1),
            recommendation_id=f"{document.document_id[:20]}-{place}",
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
