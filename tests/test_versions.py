"""Versions: documents that share their text are linked, never dropped; a search shows each text once, the newest."""

import random
import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import HashEncoder, make_document, put

from beleidskennis.catalogue import Catalogue, kin
from beleidskennis.citations.elsewhere import Elsewhere
from beleidskennis.citations.quote_index import QuoteIndex
from beleidskennis.citations.quotes import check_quote
from beleidskennis.deriving import derive
from beleidskennis.folding import VersionRows, fold
from beleidskennis.index import open_snapshot
from beleidskennis.model import Citation, Document, DocumentId, Filters, Kinship, PassageId
from beleidskennis.search import Mode, search, similar
from beleidskennis.versions import hit_lines, link_versions, pair_line, related, settle_families
from beleidskennis.versions.families import calls_itself_draft, families, kinship, newest_first
from beleidskennis.versions.passages import places_in
from beleidskennis.versions.shingles import SKETCH_SIZE, estimated_share, held_share, shared, shingles, sketch_of

ENCODER = HashEncoder()
WORDS = [f"{stem}{ending}" for stem in ("haven", "woning", "spoor", "school", "zorg", "water", "budget", "natuur")
         for ending in ("plan", "beleid", "fonds", "gebied", "raad", "kaart", "norm", "pact")]  # fmt: skip


def text_of(seed, length=60):
    """A page of made-up words, always the same for a seed."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."


FINAL = [text_of(number) for number in range(8)]
DRAFT = [*FINAL[:4], text_of(90), *FINAL[5:7]]
"""The fifth page was rewritten since, and the last one was added."""


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def versions(catalogue, tmp_path):
    """A draft, its final version, the final version typed out again, and another document; taken in and searchable."""
    for name, pages, described in (
        ("concept", DRAFT, {"date": "2024-03", "title": "Advies"}),
        ("definitief", FINAL, {"date": "2024-09", "title": "Advies"}),
        ("ander", [text_of(number) for number in range(100, 106)], {"date": "2025"}),
    ):
        put(catalogue, ENCODER, make_document(name, pages, **described))
    link_versions(catalogue)
    derive(catalogue, tmp_path, ENCODER.name)
    return catalogue, tmp_path


def found(versions, question, **options):
    catalogue, folder = versions
    documents = {document.document_id: document for document in catalogue.documents()}
    return search(question, open_snapshot(folder, ENCODER.name), catalogue, documents, ENCODER, **options)


def files(result):
    return [hit.document.file_name for hit in result.hits]


# How much two texts share


def test_shingles_are_the_same_for_the_same_words_whatever_their_spelling():
    assert np.array_equal(shingles(["De coördinatie van het beleid."]), shingles(["de COORDINATIE van het beleid"]))
    assert len(shingles(["", "  "])) == 0
    assert len(shingles(["Eén woord."])) == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.lists(st.sampled_from(WORDS), max_size=60))
def test_shares_are_shares_and_do_not_depend_on_the_order(one, other):
    first, second = shingles([" ".join(one)]), shingles([" ".join(other)])
    assert 0 <= shared(first, second) == shared(second, first) <= 1
    assert shared(first, first) == held_share(first, first) == 1
    assert estimated_share(sketch_of(first), sketch_of(second)) == shared(first, second), "small texts are kept whole"


@pytest.mark.parametrize("length", [0.3, 1.0])
@pytest.mark.parametrize("same", [0.0, 0.3, 0.6, 1.0])
def test_a_sketch_tells_the_share_within_a_tenth(same, length):
    pages = [text_of(number) for number in range(100)]
    count = int(100 * length)
    other = [*pages[: int(same * count)], *(text_of(1000 + number) for number in range(count - int(same * count)))]
    one, two = shingles(pages), shingles(other)
    assert len(one) > 10 * SKETCH_SIZE
    assert abs(estimated_share(sketch_of(one), sketch_of(two)) - shared(one, two)) < 0.1


def test_kinship_tells_versions_from_parts_and_from_others():
    whole = shingles(FINAL)
    assert kinship(whole, shingles([text_of(number) for number in range(50, 58)])) is None
    share, kind = kinship(whole, shingles(DRAFT))
    assert kind is Kinship.VERSION
    assert 0.8 < share < 0.9
    assert kinship(whole, shingles(FINAL)) == (1.0, Kinship.SAME)
    assert kinship(shingles(FINAL[:2]), whole) == (1.0, Kinship.PART)


# Which is the newest


def named(file_name, date="", title="Advies"):
    return Document(DocumentId(file_name), file_name, file_name, title, date=date)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (named("b.pdf", "2025-02"), named("a.pdf", "2024-11-30")),
        (named("advies.pdf", "2025"), named("advies-concept.pdf", "2025-11")),
        (named("advies_definitief.pdf", "2025"), named("advies.pdf", "2025-11")),
        (named("advies-v2.10.pdf", "2025"), named("advies-v2.9.pdf", "2025")),
        (named("a.pdf", "2025-11"), named("b.pdf", "2025-10-31")),
        (named("a.pdf", "1999"), named("b.pdf")),
        (named("concept.pdf", "2025"), named("definitief.pdf", "2023")),
        (named("a.pdf", "2025"), named("b.pdf", "2025", title="Ontwerp voor een advies")),
    ],
)
def test_the_newest_comes_first(newer, older):
    assert newest_first([older, newer]) == newest_first([newer, older]) == [newer, older]


def test_a_stamp_on_the_first_page_makes_a_draft():
    assert calls_itself_draft("Adviesraad\nCONCEPT, 12 mei 2024\nTekst")
    assert not calls_itself_draft("Dit concept is in de praktijk getoetst met zes gemeenten.\nTekst")
    older, newer = named("b.pdf", "2025"), named("a.pdf", "2025")
    assert newest_first([older, newer], {older.document_id}) == [newer, older]


def test_families_join_what_is_linked_by_way_of_others():
    assert sorted(families([("a", "b"), ("c", "d"), ("b", "e"), ("f", "d")])) == [["a", "b", "e"], ["c", "d", "f"]]


def test_a_passage_is_found_in_the_newer_version_also_when_that_is_cut_otherwise():
    first, second, third = text_of(1), text_of(2), text_of(3)
    halves = [f"{first} {second[: len(second) // 2]}", f"{second[len(second) // 2 :]} {third}"]
    links = places_in([first, second, third, text_of(9)], halves)
    assert links[0] == 0
    assert links[1] in (0, 1)
    assert links[2] == 1
    assert 3 not in links


# In the catalogue and in search


def test_a_draft_and_its_final_version_are_linked_and_both_stay(versions):
    catalogue, _folder = versions
    [pair] = related(catalogue, kin.likenesses(catalogue))
    assert (pair.one.file_name, pair.other.file_name, pair.kinship) == (
        "definitief.pdf",
        "concept.pdf",
        Kinship.VERSION,
    )
    assert "concept.pdf is een andere versie van definitief.pdf" in pair_line(pair)
    assert catalogue.counts()["documents"] == 3
    assert link_versions(catalogue) == [], "compared once"


def test_places_in_a_version_that_was_read_again_are_looked_up_anew(versions):
    catalogue, folder = versions
    # As after an update of the program: the same file, cut into other passages.
    [before] = [one for one in catalogue.documents() if one.file_name == "concept.pdf"]
    again = make_document(
        "concept", [text_of(200), *DRAFT], same_file_as=before.document_id, date="2024-03", title="Advies"
    )
    put(catalogue, ENCODER, again)
    link_versions(catalogue)
    derive(catalogue, folder, ENCODER.name)
    hit = found(versions, FINAL[2], k=20).hits[0]
    assert (hit.document.file_name, hit.passage.text) == ("definitief.pdf", FINAL[2])
    assert [(place.document.file_name, place.page_number) for place in hit.also_in] == [("concept.pdf", 4)]


def test_a_text_in_both_versions_is_shown_once_from_the_newest(versions):
    result = found(versions, FINAL[2], k=20)
    assert files(result).count("concept.pdf") == 1, "only the page that was rewritten since"
    hit = result.hits[0]
    assert (hit.document.file_name, hit.passage.text) == ("definitief.pdf", FINAL[2])
    assert [place.document.file_name for place in hit.also_in] == ["concept.pdf"]
    assert hit.newest is None
    assert hit.legs
    assert hit_lines(hit) == ["Staat ook in een andere versie: concept.pdf (2024-03), p. 5."]
    assert len({hit.passage.text for hit in result.hits}) == len(result.hits) == len({*FINAL, *DRAFT}) + 6


def test_a_citation_says_where_other_versions_hold_its_own_words(versions):
    catalogue, folder = versions
    snapshot = open_snapshot(folder, ENCODER.name)
    documents = {document.document_id: document for document in catalogue.documents()}
    elsewhere = Elsewhere(
        snapshot, documents, catalogue.passage_rows, catalogue.passages_by_row, lambda _document, page: f"[{page}]"
    )
    hit, own = found(versions, FINAL[2]).hits[0], found(versions, DRAFT[4]).hits[0]
    cited = [
        Citation(one.document, one.passage.page_number, "", one.passage.text, one.passage.spans, 1.0, passage_id)
        for one, passage_id in ((hit, hit.passage.passage_id), (own, own.passage.passage_id), (hit, PassageId("")))
    ]
    changed = replace(cited[0], quote=f"{FINAL[2][:30]} Anders.")
    first, alone, unknown, other = elsewhere.added([*cited, changed])
    [place] = first.also_in
    assert (place.document.file_name, place.page_number, place.page_label) == ("concept.pdf", 3, "[3]")
    assert hit_lines(first) == ["Staat ook in een andere versie: concept.pdf (2024-03), p. [3]."]
    assert "nieuwere versie" in hit_lines(alone)[0]
    assert alone.also_in == unknown.also_in == other.also_in == ()


def test_a_quote_is_given_once_from_the_newest_version_and_says_where_else_it_stands(versions):
    catalogue, folder = versions
    families = open_snapshot(folder, ENCODER.name).versions.families
    index = QuoteIndex([(one, catalogue.pages(one.document_id)) for one in catalogue.documents()], families)
    quote = " ".join(FINAL[2].split()[:12])
    [citation] = check_quote(quote, index).citations
    assert citation.document.file_name == "definitief.pdf"
    assert [(place.document.file_name, place.page_number) for place in citation.also_in] == [("concept.pdf", 3)]
    draft = next(one for one in catalogue.documents() if one.file_name == "concept.pdf")
    [named] = check_quote(quote, index, named=[draft]).citations
    assert named.document == draft
    assert [place.document.file_name for place in named.also_in] == ["definitief.pdf"]
    [only] = check_quote(" ".join(DRAFT[4].split()[:12]), index).citations
    assert (only.document, only.also_in) == (draft, ())
    assert only.newest is not None
    assert only.newest.file_name == "definitief.pdf"


def test_a_text_that_only_the_draft_has_says_that_there_is_a_newer_version(versions):
    hit = found(versions, DRAFT[4]).hits[0]
    assert (hit.document.file_name, hit.also_in) == ("concept.pdf", ())
    assert hit.newest.file_name == "definitief.pdf"
    [line] = hit_lines(hit)
    assert "nieuwere versie" in line
    assert "niet" in line


@pytest.mark.parametrize("mode", list(Mode))
def test_who_asks_for_the_draft_gets_the_draft(versions, mode):
    result = found(versions, FINAL[2], filters=Filters(documents=("concept.pdf",)), mode=mode)
    assert set(files(result)) == {"concept.pdf"}
    assert result.hits[0].passage.text == FINAL[2]
    assert "nieuwste versie: definitief.pdf" in hit_lines(result.hits[0])[0]


def test_a_phrase_that_only_the_older_version_has_is_found_there(catalogue, tmp_path):
    pages = [text_of(number, 80) for number in range(4)]
    changed = [pages[0].replace(pages[0].split()[40], "leerwerkplekken", 1), *pages[1:]]
    put(catalogue, ENCODER, make_document("oud", changed, date="2020"))
    put(catalogue, ENCODER, make_document("nieuw", pages, date="2021"))
    link_versions(catalogue)
    derive(catalogue, tmp_path, ENCODER.name)
    around = changed[0].split()
    place = around.index("leerwerkplekken")
    phrase = " ".join(around[place - 1 : place + 2])
    assert files(found((catalogue, tmp_path), f'"{phrase}"')) == ["oud.pdf"]


def test_similar_passages_are_not_the_same_passage_of_another_version(versions):
    catalogue, folder = versions
    documents = {document.document_id: document for document in catalogue.documents()}
    snapshot = open_snapshot(folder, ENCODER.name)
    hit = found(versions, FINAL[2]).hits[0]
    hits = similar(hit.passage, snapshot, catalogue, documents, ENCODER, k=20)
    assert FINAL[2] not in [one.passage.text for one in hits]
    assert len({one.passage.text for one in hits}) == len(hits) > 5


def test_a_removed_version_no_longer_counts(versions):
    catalogue, folder = versions
    newest = next(one for one in catalogue.documents() if one.file_name == "definitief.pdf")
    catalogue.retire(newest.document_id)
    settle_families(catalogue)
    derive(catalogue, folder, ENCODER.name)
    assert kin.families(catalogue) == []
    hit = found(versions, FINAL[2]).hits[0]
    assert (hit.document.file_name, hit.also_in, hit.newest) == ("concept.pdf", (), None)


def test_a_corrected_date_makes_another_version_the_newest(versions):
    catalogue, folder = versions
    draft = next(one for one in catalogue.documents() if one.file_name == "concept.pdf")
    catalogue.correct(draft.document_id, "date", "2026", "mk")
    settle_families(catalogue)
    assert derive(catalogue, folder, ENCODER.name)
    hit = found(versions, FINAL[2]).hits[0]
    assert hit.document.file_name == "concept.pdf"
    assert [place.document.file_name for place in hit.also_in] == ["definitief.pdf"]


def test_three_versions_form_one_family_and_a_part_none(catalogue, tmp_path):
    for year, pages in ((2020, FINAL), (2021, [*FINAL, text_of(70)]), (2022, [*FINAL[1:], text_of(71)])):
        put(catalogue, ENCODER, make_document(f"v{year}", pages, date=str(year)))
    put(catalogue, ENCODER, make_document("samenvatting", FINAL[1:3], date="2023"))
    pairs = link_versions(catalogue)
    assert sorted(pair.kinship for pair in pairs) == [Kinship.VERSION] * 3 + [Kinship.PART] * 3
    [family] = kin.families(catalogue)
    assert len(family.members) == 3
    derive(catalogue, tmp_path, ENCODER.name)
    first, *_rest = found((catalogue, tmp_path), FINAL[0]).hits
    assert first.document.file_name == "v2021.pdf", "the newest that still holds it"
    assert first.newest.file_name == "v2022.pdf"
    assert [place.document.file_name for place in first.also_in] == ["v2020.pdf"]


def test_a_catalogue_of_before_versions_were_kept_is_opened_and_linked_without_reading(tmp_path):
    place = tmp_path / "catalogue.sqlite"
    with_versions = Catalogue.open(place)
    for name, pages in (("concept", DRAFT), ("definitief", FINAL)):
        put(with_versions, ENCODER, make_document(name, pages, date="2024"))
    with_versions.publish()
    with_versions.close()
    connection = sqlite3.connect(place)
    for table in ("sketches", "likenesses", "families", "copies"):
        connection.execute(f"DROP TABLE {table}")
    connection.commit()
    connection.close()
    opened = Catalogue.open(place)
    assert opened.counts()["documents"] == 2
    assert len(link_versions(opened)) == 1
    opened.close()


# Folding rows


def test_folding_keeps_the_order_and_never_loses_a_text():
    versions = VersionRows({5: 2, 2: 0, 7: 1}, {0: [5]}, [["n", "m", "o"]])
    rows, scores = np.array([9, 5, 2, 0, 7, 1, 4]), np.array([8, 7, 6.9, 6.8, 5, 4.9, 1], dtype=np.float32)
    shown, kept, found_as = fold(rows, scores, versions, None)
    assert shown.tolist() == [9, 0, 1, 4]
    assert kept.tolist() == [8, 7, 5, 1]
    assert found_as == {0: 5, 1: 7}
    assert versions.elsewhere(0) == [5, 2]
    assert versions.elsewhere(2) == [0, 5]
    assert versions.elsewhere(9) == []
    allowed = np.ones(10, bool)
    allowed[0] = False
    rows, scores = np.delete(rows, 3), np.delete(scores, 3)
    assert fold(rows, scores, versions, allowed)[0].tolist() == [9, 2, 1, 4]


def test_a_newer_version_that_lacks_what_was_asked_for_stands_in_for_nothing():
    versions = VersionRows({5: 0, 7: 1}, {0: [5], 1: [7]}, [["n", "o"]])
    rows, scores = np.array([5, 7, 1, 0]), np.array([3, 2, 1.9, 1.5], dtype=np.float32)
    shown, kept, found_as = fold(rows, scores, versions, None)
    assert shown.tolist() == [5, 1, 0]
    assert kept.tolist() == [3, 2, 1.5]
    assert found_as == {1: 7}


def test_without_versions_nothing_is_touched():
    rows, scores = np.array([3, 1]), np.array([1.0, 0.5], dtype=np.float32)
    assert fold(rows, scores, VersionRows(), None) == (rows, scores, {})


def test_hit_lines_of_a_document_without_versions_are_empty(versions):
    hit = found(versions, text_of(101)).hits[0]
    assert hit.document.file_name == "ander.pdf"
    assert hit_lines(replace(hit, also_in=())) == []
