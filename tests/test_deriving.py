"""Deriving an index: adding, replacing and removing give what building anew gives; a swap is all or nothing."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import HashEncoder, make_document, put

from beleidskennis import deriving, index
from beleidskennis.catalogue import Catalogue, links
from beleidskennis.deriving import derive
from beleidskennis.embedding import SENTENCES, embed_missing
from beleidskennis.errors import EmptyIndexError, IndexModelError, IndexUnusableError
from beleidskennis.index import current_generation, open_snapshot
from beleidskennis.model import Label

ENCODER = HashEncoder()
WORDS = ["wonen", "werk", "energie", "haven", "onderwijs", "zorg", "spoor", "water", "natuur", "budget", "raad", "plan"]


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def ranking(snapshot, catalogue, word):
    """`(passage text, score)` of the lexical leg, and the texts that the semantic leg finds, best first."""
    rows, scores = snapshot.lexical.top({word: 1.0}, 50)
    texts = catalogue.passages_by_row([int(snapshot.row_ids[row]) for row in rows])
    lexical = sorted(
        (texts[int(snapshot.row_ids[row])].text, round(float(s), 4)) for row, s in zip(rows, scores, strict=True)
    )
    near, _ = snapshot.vectors.top(ENCODER.encode_queries([word])[0], 50, snapshot.alive)
    return lexical, sorted(int(snapshot.row_ids[row]) for row in near)


def test_an_empty_index_says_what_to_do(tmp_path, catalogue):
    with pytest.raises(EmptyIndexError, match="beleidskennis ingest"):
        open_snapshot(tmp_path, ENCODER.name)
    derive(catalogue, tmp_path, ENCODER.name)
    with pytest.raises(EmptyIndexError):
        open_snapshot(tmp_path, ENCODER.name)


def test_nothing_to_do_makes_no_new_generation(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    assert derive(catalogue, tmp_path, ENCODER.name)
    first = current_generation(tmp_path)
    assert not derive(catalogue, tmp_path, ENCODER.name)
    assert current_generation(tmp_path) == first


def test_another_model_is_refused_and_derived_anew(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    derive(catalogue, tmp_path, ENCODER.name)
    with pytest.raises(IndexModelError, match="hash-2"):
        open_snapshot(tmp_path, "hash-2")
    other = HashEncoder("hash-2", 16)
    embed_missing(catalogue, other)
    assert derive(catalogue, tmp_path, other.name)
    assert len(open_snapshot(tmp_path, other.name)) == 1


def test_vectors_that_are_there_in_part_are_made_anew(tmp_path, catalogue):
    document_id = put(catalogue, ENCODER, make_document("a", ["Over wonen in de stad."]))
    catalogue.forget_vectors(document_id, ENCODER.name + SENTENCES)
    with pytest.raises(IndexUnusableError, match="vectoren"):
        derive(catalogue, tmp_path, ENCODER.name)
    assert embed_missing(catalogue, ENCODER) == [document_id]
    assert derive(catalogue, tmp_path, ENCODER.name)


def test_a_damaged_generation_is_reported_and_derived_anew(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    derive(catalogue, tmp_path, ENCODER.name)
    (tmp_path / current_generation(tmp_path) / index.META_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="beleidskennis ingest"):
        open_snapshot(tmp_path, ENCODER.name)
    assert derive(catalogue, tmp_path, ENCODER.name)
    assert len(open_snapshot(tmp_path, ENCODER.name)) == 1


def test_damaged_vectors_are_reported_and_derived_anew(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    derive(catalogue, tmp_path, ENCODER.name)
    (part,) = (tmp_path / current_generation(tmp_path) / index.VECTORS_FOLDER).glob("*.faiss")
    part.write_bytes(part.read_bytes()[:20])
    with pytest.raises(IndexUnusableError, match="beschadigd"):
        open_snapshot(tmp_path, ENCODER.name).vectors.top(ENCODER.encode_queries(["wonen"])[0], 1)
    assert derive(catalogue, tmp_path, ENCODER.name)
    rows, _scores = open_snapshot(tmp_path, ENCODER.name).vectors.top(ENCODER.encode_queries(["wonen"])[0], 1)
    assert rows.tolist() == [0]


def test_an_open_reader_keeps_the_old_index_while_the_next_is_made(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen in de stad."]))
    derive(catalogue, tmp_path, ENCODER.name)
    reader = open_snapshot(tmp_path, ENCODER.name)
    before = ranking(reader, catalogue, "wonen")
    put(catalogue, ENCODER, make_document("b", ["Ook over wonen."]))
    derive(catalogue, tmp_path, ENCODER.name)
    assert ranking(reader, catalogue, "wonen") == before
    assert len(open_snapshot(tmp_path, ENCODER.name)) == 2


def test_killed_between_swap_and_publish_the_next_run_finishes(tmp_path, catalogue, monkeypatch):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "publish", lambda _self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            derive(catalogue, tmp_path, ENCODER.name)
    assert catalogue.has_changes()
    assert derive(catalogue, tmp_path, ENCODER.name)
    snapshot = open_snapshot(tmp_path, ENCODER.name)
    assert int(snapshot.alive.sum()) == 1
    assert not catalogue.has_changes()


def test_a_changed_title_reaches_the_lexical_index_without_reading_again(tmp_path, catalogue):
    document_id = put(catalogue, ENCODER, make_document("a", ["Over wonen in de stad."], title="Oude naam"))
    put(catalogue, ENCODER, make_document("b", ["Over werk.", "Over zorg.", "Over spoor.", "Over water."]))
    derive(catalogue, tmp_path, ENCODER.name)
    rows = catalogue.passage_rows([passage.passage_id for passage in catalogue.passages(document_id)])
    catalogue.correct(document_id, "title", "Leerwerkplekken in de zorg", "mk")
    assert derive(catalogue, tmp_path, ENCODER.name)
    snapshot = open_snapshot(tmp_path, ENCODER.name)
    found, _scores = snapshot.lexical.top({"leerwerkplek": 1.0}, 5)
    assert [int(snapshot.row_ids[row]) for row in found] == list(rows.values())
    assert int(snapshot.alive.sum()) == 5
    assert not derive(catalogue, tmp_path, ENCODER.name)


def test_a_document_without_text_does_not_make_a_new_generation_each_time(tmp_path, catalogue):
    put(catalogue, ENCODER, make_document("a", ["Over wonen."]))
    put(catalogue, ENCODER, make_document("scan", [""]))
    assert derive(catalogue, tmp_path, ENCODER.name)
    assert not derive(catalogue, tmp_path, ENCODER.name)


def test_old_generations_go_and_their_unchanged_files_are_linked(tmp_path, catalogue):
    texts = [f"Bladzijde {number} over {WORDS[number % 12]} en {WORDS[number % 7]}." for number in range(60)]
    put(catalogue, ENCODER, make_document("groot", texts))
    derive(catalogue, tmp_path, ENCODER.name)
    first = {path.name: path.stat().st_ino for path in (tmp_path / current_generation(tmp_path)).rglob("*.faiss")}
    for name in "bcd":
        put(catalogue, ENCODER, make_document(name, ["Een kort stuk over water."]))
        derive(catalogue, tmp_path, ENCODER.name)
    last = {path.name: path.stat().st_ino for path in (tmp_path / current_generation(tmp_path)).rglob("*.faiss")}
    assert first.items() <= last.items(), "the large part is the same file"
    assert len(list(tmp_path.glob("g-*"))) == deriving.KEPT_GENERATIONS


def link(catalogue, made, scheme="theme"):
    """Label each passage with the word that it is about."""
    document, _pages, passages = made
    labels = [[Label(scheme, passage.text.split()[4], 1.0)] for passage in passages]
    links.put_links(catalogue, document.document_id, [], labels)


def about(snapshot, word, scheme="theme"):
    """The catalogue rows in force whose passage has this label."""
    return sorted(snapshot.row_ids[snapshot.topics.about(scheme, [word]) & snapshot.alive].tolist())


def test_linking_anew_is_seen_by_the_next_derive_alone(tmp_path, catalogue):
    made = [make_document(name, [f"Dit stuk gaat over {name} zelf."]) for name in ("wonen", "werk")]
    for one in made:
        put(catalogue, ENCODER, one)
        link(catalogue, one)
    derive(catalogue, tmp_path, ENCODER.name)
    reader = open_snapshot(tmp_path, ENCODER.name)
    assert len(about(reader, "wonen")) == 1
    links.forget_links(catalogue)
    for one in made:
        link(catalogue, one, "sector")
    assert derive(catalogue, tmp_path, ENCODER.name)
    assert not derive(catalogue, tmp_path, ENCODER.name)
    after = open_snapshot(tmp_path, ENCODER.name)
    assert (about(after, "wonen"), len(about(after, "wonen", "sector"))) == ([], 1)
    assert len(about(reader, "wonen")) == 1, "who had it open keeps what was"


steps = st.lists(
    st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(WORDS), min_size=0, max_size=4)), min_size=1, max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_step_by_step_gives_what_building_anew_gives(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("stepwise")
    catalogue = Catalogue.open(folder / "catalogue.sqlite")
    for name, words in steps:
        if words:
            pages = [f"Dit stuk gaat over {word} en over {words[0]}." for word in words]
            made = make_document(name, pages)
            put(catalogue, ENCODER, made)
            link(catalogue, made)
        else:
            for document in catalogue.documents():
                if document.file_name == f"{name}.pdf":
                    catalogue.retire(document.document_id)
        derive(catalogue, folder, ENCODER.name)
    anew = folder / "anew"
    anew.mkdir()
    derive(catalogue, anew, ENCODER.name)
    if not catalogue.documents():
        return
    stepwise, fresh = open_snapshot(folder, ENCODER.name), open_snapshot(anew, ENCODER.name)
    assert int(stepwise.alive.sum()) == len(fresh) == catalogue.counts()["passages"]
    for word in WORDS[:6]:
        lexical_a, semantic_a = ranking(stepwise, catalogue, word)
        lexical_b, semantic_b = ranking(fresh, catalogue, word)
        assert [text for text, _ in lexical_a] == [text for text, _ in lexical_b]
        assert semantic_a == semantic_b
    assert np.array_equal(np.sort(stepwise.row_ids[stepwise.alive]), np.sort(fresh.row_ids))
    for word in WORDS:
        assert about(stepwise, word) == about(fresh, word)
    catalogue.close()
