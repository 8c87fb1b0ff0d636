"""What people say stays: judgements, follow-ups, marked hits and corrections survive a new reading and linking."""

import shutil
import sqlite3

import pytest
from makers import HashEncoder
from places import SAMPLE
from sqlalchemy.exc import OperationalError

from beleidskennis.catalogue import tables
from beleidskennis.errors import CatalogueError, QueryError, SettingsError, TaxonomyError, UnreadableFileError
from beleidskennis.followup import FollowUp, Status, Verdict
from beleidskennis.library import Library
from beleidskennis.model import Filters
from beleidskennis.settings import Settings
from beleidskennis.taxonomy import concepts_to_csv
from beleidskennis.taxonomy.skos import read_skos

NAME = "kms-middelgrote-steden-2025.pdf"


@pytest.fixture
def library(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(SAMPLE / NAME, corpus / NAME)
    settings = Settings(corpus=corpus, index=tmp_path / "index", workers=1, user="m.kramer")
    with Library.open(settings, encoder=HashEncoder()) as opened:
        opened.ingest([corpus])
        yield opened


def themes(library, recommendation_id):
    return library.recommendation(recommendation_id).concepts("theme")


def read_again(library):
    """As after an update of the program: every document is read, cut and linked anew."""
    for document in library.documents():
        library.remove(document.document_id)
    library.ingest([library.settings.corpus])


def test_judgements_survive_reading_and_linking_anew(library):
    item = next(one for one in library.recommendations().items if one.concepts("theme"))
    rejected = item.concepts("theme")[0]
    added = next(one for one in library.taxonomy.ids("theme") if one not in item.concepts("theme"))
    library.judge(item.recommendation_id, "theme", rejected, Verdict.REJECTED)
    library.judge(item.recommendation_id, "theme", added, Verdict.ADDED)
    for again in (lambda: None, lambda: library.apply_taxonomy(), lambda: read_again(library)):
        again()
        assert rejected not in themes(library, item.recommendation_id)
        assert added in themes(library, item.recommendation_id)
    assert {judgement.who for judgement in library.judgements()} == {"m.kramer"}
    assert {"label toegevoegd", "label afgewezen"} <= {what for _at, _who, what, _subject in library.changes()}


OWN_THEME = """
thema:kades a skos:Concept ;
    skos:prefLabel "kades en bruggen"@nl, "quays and bridges"@en ;
    skos:altLabel "kade"@nl, "watergebonden"@nl ;
    skos:inScheme bk:themas .
"""


def test_an_applied_taxonomy_holds_for_passages_and_advice_and_for_who_opens_it_later(library, tmp_path):
    own = tmp_path / "eigen.ttl"
    own.write_text(library.taxonomy_source() + OWN_THEME, encoding="utf-8")
    assert not [problem for problem in library.check_taxonomy(own) if problem.is_error]
    item = next(one for one in library.recommendations().items if one.concepts("theme"))
    library.judge(item.recommendation_id, "theme", item.concepts("theme")[0], Verdict.REJECTED)
    assert library.apply_taxonomy(own) == 1
    wanted = Filters(themes=("kades en bruggen",))
    with Library.open(library.settings, encoder=HashEncoder()) as later:
        for opened in (library, later):
            assert opened.taxonomy.name("theme", "kades") == "kades en bruggen"
            found = opened.search("behoud van de kade", filters=wanted).hits
            assert found
            assert all("kade" in hit.passage.embed_text.lower() or "watergebonden" in hit.passage.text for hit in found)
            advice = opened.recommendations(filters=wanted).items
            assert advice
            assert all("kades" in one.concepts("theme") for one in advice)
            assert item.concepts("theme")[0] not in themes(opened, item.recommendation_id)
    library.reset_taxonomy()
    with pytest.raises(QueryError, match="geen thema"):
        library.search("behoud van de kade", filters=wanted)


def test_a_taxonomy_as_a_table_is_applied_too_and_a_wrong_one_changes_nothing(library, tmp_path):
    table = tmp_path / "eigen.csv"
    table.write_text(concepts_to_csv(read_skos(library.taxonomy_source() + OWN_THEME)), encoding="utf-8-sig")
    assert library.apply_taxonomy(table) == 1
    assert library.recommendations(filters=Filters(themes=("kades",))).items
    table.write_text("schema;id;naam\nthemas;;zonder id\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match="Rij 2"):
        library.apply_taxonomy(table)
    assert "kades" in library.taxonomy.ids("theme")


def test_recommendations_are_filtered_and_counted_by_how_far_their_follow_up_is(library):
    first, second = library.recommendations().items[:2]
    total = library.recommendations().total
    library.keep_follow_up(first.recommendation_id, FollowUp("", Status.ADOPTED))
    library.keep_follow_up(second.recommendation_id, FollowUp("", Status.DONE))
    adopted = library.recommendations(filters=Filters(statuses=("overgenomen",)))
    assert [item.recommendation_id for item in adopted.items] == [first.recommendation_id]
    counts = {value.value: value.count for value in library.recommendations().facets["stand"]}
    assert counts == {"open": total - 2, "overgenomen": 1, "afgerond": 1}
    assert library.recommendations(filters=Filters(statuses=("open", "afgerond"))).total == total - 1
    with pytest.raises(QueryError, match="in beraad"):
        library.recommendations(filters=Filters(statuses=("zoek",)))
    with pytest.raises(QueryError, match="alleen bij aanbevelingen"):
        library.search("wonen", filters=Filters(statuses=("open",)))


def test_a_judgement_names_a_label_that_exists(library):
    item = library.recommendations().items[0]
    with pytest.raises(QueryError):
        library.judge(item.recommendation_id, "theme", "bestaat-niet", Verdict.ADDED)
    with pytest.raises(QueryError):
        library.judge("bestaat-niet", "theme", "wonen-en-leefklimaat", Verdict.ADDED)


def test_follow_ups_are_kept_with_who_and_when(library):
    item = library.recommendations().items[0]
    assert library.follow_up(item.recommendation_id).status is Status.OPEN
    library.keep_follow_up(item.recommendation_id, FollowUp("", Status.ADOPTED, reaction="Het college neemt dit over."))
    read_again(library)
    kept = library.follow_up(item.recommendation_id)
    assert (kept.status, kept.reaction, kept.who) == (Status.ADOPTED, "Het college neemt dit over.", "m.kramer")
    assert kept.at.endswith("+00:00")
    assert list(library.follow_ups()) == [kept.key]


def test_marked_hits_become_a_question_set(library):
    hits = library.search("energiehub bedrijven", k=2).hits
    library.mark("energiehub bedrijven", hits[0].passage.passage_id, useful=True)
    library.mark("energiehub bedrijven", hits[1].passage.passage_id, useful=False)
    [question] = library.own_questions()
    assert question.text == "energiehub bedrijven"
    assert [evidence.quote for evidence in question.evidence] == [hits[0].passage.text]
    library.mark("energiehub bedrijven", hits[0].passage.passage_id, useful=False)
    assert library.own_questions() == []
    library.mark("energiehub bedrijven", hits[0].passage.passage_id, useful=None)
    assert library.marks("energiehub bedrijven") == {hits[1].passage.passage_id: False}


def test_taking_in_and_removing_leave_a_line_each(library):
    assert {(who, what) for _at, who, what, _ in library.changes()} == {("m.kramer", "document toegevoegd")}
    document = library.document(NAME)
    library.remove(document.document_id)
    assert library.changes(1)[0][1:] == ("m.kramer", "document verwijderd", document.document_id)


def test_similar_passages_leave_the_passage_itself_out(library):
    passage = library.passages()[3]
    found = library.similar(passage.passage_id, k=5)
    assert len(found) == 5
    assert passage.passage_id not in {hit.passage.passage_id for hit in found}


def test_of_two_documents_with_one_name_none_is_taken_out_unasked(library):
    elsewhere = library.settings.corpus / "2018"
    elsewhere.mkdir()
    shutil.copy(SAMPLE / "seav-ruimte-voor-werk-2018.pdf", elsewhere / NAME)
    library.ingest([library.settings.corpus])
    both = library.documents()
    assert [one.file_name for one in both] == [NAME, NAME]
    with pytest.raises(QueryError, match="2 documenten") as refused:
        library.document(NAME)
    assert all(one.document_id[:12] in refused.value.hint and one.title in refused.value.hint for one in both)
    assert library.document(both[1].document_id) == both[1]


def test_a_correction_says_what_is_wrong_with_it(library):
    document_id = library.document(NAME).document_id
    with pytest.raises(QueryError, match="'kleur' is geen gegeven"):
        library.correct(document_id, {"kleur": "rood"})
    with pytest.raises(QueryError, match="titel is leeg"):
        library.correct(document_id, {"title": " "})


def test_a_document_is_found_by_name_or_id_and_a_lost_file_is_said(library):
    document = library.document(NAME)
    assert library.document(document.document_id[:8]) == document
    with pytest.raises(QueryError, match=r"bestaat-niet\.pdf"):
        library.document("bestaat-niet.pdf")
    path = library.settings.corpus / NAME
    assert library.page_image(document.document_id, 1).png
    shutil.copy(SAMPLE / "seav-ruimte-voor-werk-2018.pdf", path)
    with pytest.raises(UnreadableFileError, match="veranderd sinds") as changed:
        library.page_image(document.document_id, 1)
    assert "opnieuw in" in changed.value.hint
    shutil.copy(SAMPLE / NAME, path)
    assert library.source_path(document.document_id) == path.resolve()
    path.unlink()
    with pytest.raises(UnreadableFileError, match="is er niet meer"):
        library.page_image(document.document_id, 1)


def test_no_language_model_is_used_unless_one_is_set(library):
    with pytest.raises(SettingsError, match="BELEIDSKENNIS_LLM_URL"):
        library.ask("Wat kost de energiehub?", generate=True)


def test_comparing_needs_two_documents(library):
    with pytest.raises(QueryError, match="twee of meer"):
        library.compare([NAME])
    with pytest.raises(QueryError, match="indeling"):
        library.matrix("kleur")


def test_a_corrected_date_is_filtered_on_at_once_also_by_another_program(library):
    [document] = library.documents()
    with Library.open(library.settings, encoder=library.encoder) as other:
        assert other.search("regio", filters=Filters(years=(2025, 2025))).hits
        library.correct(document.document_id, {"date": "2019"})
        for one in (library, other):
            assert one.search("regio", filters=Filters(years=(2019, 2019))).hits
            assert not one.search("regio", filters=Filters(years=(2025, 2025))).hits


def test_a_removed_row_gives_its_number_to_no_other(library, tmp_path):
    [document] = library.documents()
    before = set(library.opened().snapshot.row_ids.tolist())
    library.remove(document.document_id)
    (tmp_path / "corpus" / NAME).unlink()
    (tmp_path / "corpus" / "nota.txt").write_text("De gemeente legt dertig bomen aan op het plein.\n" * 3)
    library.ingest([tmp_path / "corpus"])
    snapshot = library.opened().snapshot
    now = set(snapshot.row_ids[snapshot.alive].tolist())
    assert now
    assert before.isdisjoint(now)
    assert snapshot.rows_of(sorted(now)).tolist() == [row for row in range(len(snapshot)) if snapshot.alive[row]]
    with pytest.raises(KeyError):
        snapshot.rows_of([max(now) + 1])
    with pytest.raises(KeyError):
        snapshot.rows_of([min(before)])


def test_what_another_program_says_of_a_label_is_seen(library):
    item = next(one for one in library.recommendations().items if one.concepts("theme"))
    rejected = item.concepts("theme")[0]
    with Library.open(library.settings, encoder=library.encoder) as other:
        other.judge(item.recommendation_id, "theme", rejected, Verdict.REJECTED)
    [again] = [one for one in library.recommendations().items if one.recommendation_id == item.recommendation_id]
    assert rejected not in again.concepts("theme")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("database is locked", "Wacht"),
        ("attempt to write a readonly database", "schrijfrechten"),
        ("database or disk is full", "ruimte"),
        ("file is not a database", "Gooi de oude map niet weg"),
    ],
)
def test_a_catalogue_that_does_not_open_says_why_and_nobody_is_told_to_throw_work_away(
    library, monkeypatch, reason, said
):
    def refuse(*_arguments, **_options):
        raise OperationalError("CREATE TABLE", {}, sqlite3.OperationalError(reason))

    monkeypatch.setattr(tables.metadata, "create_all", refuse)
    with pytest.raises(CatalogueError) as caught:
        Library.open(library.settings, encoder=library.encoder)
    assert said in caught.value.hint
