"""The catalogue: what goes in comes out, one transaction a document, changes seen only when published."""

import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from makers import HashEncoder, make_document, put
from sqlalchemy import text

from beleidskennis.catalogue import Catalogue, State, journal, links
from beleidskennis.errors import DiskFullError, IndexUnusableError, IndexVersionError
from beleidskennis.model import Label, LabelSource, Recommendation, Span, Strength, slice_spans

ENCODER = HashEncoder()


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def test_a_document_comes_back_as_it_went_in(catalogue):
    document, pages, passages = make_document("a", ["Eén zin over wonen. Nog een.", "", "Derde bladzijde."])
    document = replace(document, guessed=frozenset({"title"}), identifiers=("RIS300623",), authors=("A. B.",))
    places = ((), (Span(document.document_id, 1, 0, 8),))
    passages[0] = replace(passages[0], headings=("1 Wonen", "1.1 Eén zin"), heading_spans=places)
    catalogue.add_document(document, pages, passages, reader_version=3)
    [stored] = catalogue.stored()
    assert (stored.document, stored.state, stored.reader_version) == (document, State.PENDING, 3)
    assert catalogue.pages(document.document_id) == pages
    assert catalogue.passages(document.document_id) == passages
    texts = {page.page_number: page.text for page in catalogue.pages(document.document_id)}
    for passage in catalogue.passages(document.document_id):
        assert slice_spans(passage.spans, texts) == passage.text


def test_vectors_keep_their_direction_and_become_unit_rows_again(catalogue):
    made = make_document("a", ["Een zin over wonen.", "Een andere over werk."])
    document_id = put(catalogue, ENCODER, made)
    given = ENCODER.encode_passages([passage.embed_text for passage in made[2]])
    kept = catalogue.vectors(document_id, ENCODER.name)
    assert kept.dtype == np.float32
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-6)
    assert np.all((kept * given).sum(axis=1) > 0.9999)
    assert catalogue.vectors(document_id, "ander model") is None
    assert catalogue.without_vectors("ander model") == [document_id]


def test_a_newer_file_of_the_same_path_retires_the_older_one_until_published(catalogue):
    older = put(catalogue, ENCODER, make_document("a", ["Oude tekst."]))
    catalogue.publish()
    newer = put(catalogue, ENCODER, make_document("a", ["Nieuwe tekst."]))
    assert [document.document_id for document in catalogue.documents()] == [newer]
    assert catalogue.passages(older), "readers of the old index still find its text"
    assert catalogue.has_changes()
    catalogue.publish()
    assert not catalogue.has_changes()
    assert not catalogue.passages(older)
    assert catalogue.pages(older) == []


def test_a_failing_document_leaves_nothing_behind(catalogue):
    document, pages, passages = make_document("a", ["Tekst een.", "Tekst twee."])
    broken = [*passages[:1], replace(passages[1], position=None)]
    with pytest.raises(Exception, match="NOT NULL"):
        catalogue.add_document(document, pages, broken, reader_version=1)
    assert catalogue.documents() == []
    assert catalogue.counts() == {"documents": 0, "pages": 0, "passages": 0, "pages_without_text": 0}


def test_counts_tell_pages_without_text(catalogue):
    put(catalogue, ENCODER, make_document("a", ["Tekst.", "", ""]))
    assert catalogue.counts() == {"documents": 1, "pages": 3, "passages": 1, "pages_without_text": 2}


def test_corrections_of_people_win_and_survive_a_new_reading(catalogue):
    made = make_document("a", ["Tekst."])
    made = (replace(made[0], guessed=frozenset({"title", "date"})), *made[1:])
    document_id = put(catalogue, ENCODER, made)
    catalogue.correct(document_id, "title", "De echte titel", "mk")
    put(catalogue, ENCODER, made)
    [document] = catalogue.documents()
    assert document.title == "De echte titel"
    assert document.guessed == {"date"}


def test_recommendations_and_labels_come_back(catalogue):
    document, pages, passages = make_document("a", ["De gemeente moet meer bouwen."])
    catalogue.add_document(document, pages, passages, reader_version=1)
    label = Label("theme", "wonen-en-leefklimaat", 0.8, LabelSource.WORDS, ("bouwen",))
    span = Span(document.document_id, 1, 0, 29)
    advice = Recommendation(
        "r1", document.document_id, passages[0].passage_id, passages[0].text, (span,), 1, "3",
        Strength.EXPLICIT, "aanbeveling", labels=(label,), figures=("29",), also_at=((span,),), headings=("1 X",),
    )  # fmt: skip
    assert links.without_links(catalogue) == [document.document_id]
    links.put_links(catalogue, document.document_id, [advice], [[label]])
    assert links.recommendations(catalogue) == [advice]
    assert links.passage_labels(catalogue, document.document_id) == [(label,)]
    assert links.without_links(catalogue) == []
    links.forget_links(catalogue)
    assert links.recommendations(catalogue) == []


def test_problems_are_kept_until_the_file_is_read(catalogue):
    journal.put_problem(catalogue, "/bron/a.pdf", "'a.pdf' is leeg.", "UnreadableFileError")
    journal.put_problem(catalogue, "/bron/a.pdf", "'a.pdf' is nog leeg.", "UnreadableFileError")
    assert journal.problems(catalogue) == [("/bron/a.pdf", "'a.pdf' is nog leeg.", "UnreadableFileError")]
    put(catalogue, ENCODER, make_document("a", ["Nu wel tekst."]))
    assert journal.problems(catalogue) == []


def test_the_audit_trail_is_newest_first(catalogue):
    journal.log(catalogue, "mk", "verwijderd", "a.pdf")
    journal.log(catalogue, "jd", "toegevoegd", "b.pdf")
    assert [line[1:] for line in journal.audit(catalogue)] == [
        ("jd", "toegevoegd", "b.pdf"),
        ("mk", "verwijderd", "a.pdf"),
    ]


def test_another_version_is_refused_with_the_way_out(tmp_path):
    place = tmp_path / "catalogue.sqlite"
    Catalogue.open(place).close()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(IndexVersionError, match="ingest"):
        Catalogue.open(place)


def test_a_file_that_is_no_catalogue_is_refused(tmp_path):
    place = tmp_path / "catalogue.sqlite"
    place.write_bytes(b"geen database, maar wel lang genoeg om er een te lijken" * 50)
    with pytest.raises(IndexUnusableError, match="catalogus"):
        Catalogue.open(place)


def test_readers_do_not_wait_for_a_writer(catalogue):
    put(catalogue, ENCODER, make_document("a", ["Tekst."]))
    with catalogue.writing() as connection:
        connection.execute(text("UPDATE documents SET title = 'halverwege'"))
        assert catalogue.documents()[0].title == "A"


def test_a_full_disk_is_told_as_such_and_nothing_is_kept_of_the_transaction(tmp_path):
    catalogue = Catalogue.open(tmp_path / "vol.sqlite")
    with catalogue.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFullError, match="schijf is vol"):
        catalogue.set_meta("groot", "x" * 1_000_000)
    assert catalogue.get_meta("groot") is None
    catalogue.close()
