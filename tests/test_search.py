"""Search: both legs fused, filtered, explained, and in the same order on every run."""

import numpy as np
import pytest
from makers import HashEncoder, make_document, put

from beleidskennis.advisers import Advisers
from beleidskennis.catalogue import Catalogue, links
from beleidskennis.deriving import derive
from beleidskennis.errors import QueryError
from beleidskennis.fusing import Fusion, brought_to_one, fuse, in_turn
from beleidskennis.index import open_snapshot
from beleidskennis.model import Document, DocumentId, Filters, Label, PassageKind
from beleidskennis.search import Mode, search

ENCODER = HashEncoder()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    catalogue = Catalogue.open(folder / "catalogue.sqlite")
    made = [
        make_document(
            "spoor",
            [
                "De provincie investeert in het spoor en in de treinverbinding met Duitsland.",
                "De arbeidsmarkt is krap. Bedrijven zoeken technisch personeel.",
                "Spoor ........ 3 Treinen ........ 4 Personeel ........ 5",
            ],
            kinds=[PassageKind.BODY, PassageKind.BODY, PassageKind.CONTENTS],
            publisher="Provincie Vlietland",
            date="2019-05-01",
        ),
        make_document(
            "werk",
            [
                "Het arbeidsmarktbeleid van de gemeente richt zich op scholing van personeel.",
                "Het fonds krijgt € 15 miljoen. De stad krijgt een haven.",
                "Het fonds krijgt € 150 miljoen. De stad krijgt een haven.",
            ],
            publisher="Economische Raad Vlietmonde (ERV)",
            kind="rapport",
            date="2024",
        ),
    ]
    for one in made:
        put(catalogue, ENCODER, one)
        links.put_links(catalogue, one[0].document_id, [], [topics_of(passage.text) for passage in one[2]])
    derive(catalogue, folder, ENCODER.name)
    documents = {document.document_id: document for document in catalogue.documents()}
    yield open_snapshot(folder, ENCODER.name), catalogue, documents
    catalogue.close()


def topics_of(text):
    """Labels by a word."""
    signs = {"spoor": ("theme", "bereikbaarheid"), "arbeidsmarkt": ("theme", "arbeidsmarkt"),
             "scholing": ("sector", "onderwijs")}  # fmt: skip
    return [Label(*label, 1.0) for word, label in signs.items() if word in text]


def run(corpus, text, **options):
    snapshot, catalogue, documents = corpus
    return search(text, snapshot, catalogue, documents, ENCODER, **options)


def texts(result):
    return [hit.passage.text for hit in result.hits]


@pytest.mark.parametrize("mode", list(Mode))
def test_an_exact_sentence_is_the_first_hit(corpus, mode):
    sentence = "De arbeidsmarkt is krap. Bedrijven zoeken technisch personeel."
    assert texts(run(corpus, sentence, mode=mode))[0] == sentence


def test_a_part_of_a_compound_finds_it_and_the_other_way_round(corpus):
    assert "treinverbinding" in texts(run(corpus, "trein", mode=Mode.LEXICAL))[0]
    assert "arbeidsmarktbeleid" in " ".join(texts(run(corpus, "beleid arbeidsmarkt", mode=Mode.LEXICAL))[:2])


def test_an_amount_is_not_ten_times_as_much(corpus):
    assert "€ 150 miljoen" in texts(run(corpus, "fonds € 150 miljoen", mode=Mode.LEXICAL))[0]
    assert "€ 15 miljoen" in texts(run(corpus, "fonds 15 mln euro", mode=Mode.LEXICAL))[0]


def test_a_contents_page_is_never_first(corpus):
    hits = run(corpus, "spoor treinen personeel").hits
    assert hits[0].passage.kind is PassageKind.BODY
    assert any(hit.passage.kind is PassageKind.CONTENTS for hit in hits[1:])


def test_a_hit_says_which_leg_found_it_at_which_rank_and_which_words_matched(corpus):
    [hit] = run(corpus, "technisch personeel", k=1).hits
    legs = {leg.leg: leg.rank for leg in hit.legs}
    assert legs == {"woorden": 1, "betekenis": 1}
    assert {hit.passage.text[start:end] for start, end in hit.matched} == {"technisch", "personeel"}
    assert hit.rank == 1
    assert (hit.passage.page_number, hit.passage.page_label) == (2, "4")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(documents=("spoor.pdf",)), {"spoor.pdf"}),
        (Filters(publishers=("Provincie Vlietland",)), {"spoor.pdf"}),
        (Filters(kinds=("rapport",)), {"werk.pdf"}),
        (Filters(years=(2020, 2025)), {"werk.pdf"}),
        (Filters(years=(2019, 2024)), {"spoor.pdf", "werk.pdf"}),
        (Filters(kinds=("advies",), years=(2024, 2024)), set()),
    ],
)
@pytest.mark.parametrize("mode", list(Mode))
def test_filters_hold_in_every_leg(corpus, filters, names, mode):
    result = run(corpus, "personeel in de stad en het spoor", filters=filters, mode=mode)
    assert {hit.document.file_name for hit in result.hits} == names
    assert {facet.value for facet in result.facets["document"]} == names


def test_themes_and_sectors_restrict_and_are_counted(corpus):
    result = run(corpus, "personeel", filters=Filters(themes=("arbeidsmarkt",)))
    assert set(texts(result)) == {
        "De arbeidsmarkt is krap. Bedrijven zoeken technisch personeel.",
        "Het arbeidsmarktbeleid van de gemeente richt zich op scholing van personeel.",
    }
    both = run(corpus, "personeel", filters=Filters(themes=("arbeidsmarkt", "bereikbaarheid"), sectors=("onderwijs",)))
    assert texts(both) == ["Het arbeidsmarktbeleid van de gemeente richt zich op scholing van personeel."]
    assert [(one.value, one.count) for one in result.facets["thema"]] == [("arbeidsmarkt", 2)]
    assert [(one.value, one.count) for one in result.facets["sector"]] == [("onderwijs", 1)]
    assert not run(corpus, "personeel", filters=Filters(themes=("bestaat-niet",))).hits


@pytest.mark.parametrize("filters", [Filters(addressees=("gemeente",)), Filters(strengths=("expliciet",))])
def test_a_filter_of_recommendations_is_refused_not_passed_over(corpus, filters):
    with pytest.raises(QueryError, match="aanbevelingen"):
        run(corpus, "personeel", filters=filters)


def test_field_prefixes_restrict_too(corpus):
    assert {hit.document.file_name for hit in run(corpus, "personeel titel:spoor").hits} == {"spoor.pdf"}
    assert {hit.document.file_name for hit in run(corpus, "personeel jaar:2024").hits} == {"werk.pdf"}
    assert not run(corpus, "personeel jaar:ooit").hits
    assert not run(corpus, "personeel jaar:²").hits


def test_phrases_must_be_there_and_excluded_words_must_not(corpus):
    assert texts(run(corpus, '"technisch personeel"')) == [
        "De arbeidsmarkt is krap. Bedrijven zoeken technisch personeel."
    ]
    assert all("spoor" not in text.lower() for text in texts(run(corpus, "personeel -spoor")))


def test_facets_count_the_candidates(corpus):
    result = run(corpus, "personeel", mode=Mode.LEXICAL)
    counts = {facet.value: facet.count for facet in result.facets["uitgever"]}
    assert counts == {"Provincie Vlietland": 2, "Economische Raad Vlietmonde (ERV)": 1}
    assert result.total == 3


def test_an_empty_question_is_refused_with_the_way_out(corpus):
    with pytest.raises(QueryError) as raised:
        run(corpus, "   ")
    assert raised.value.hint


def test_the_order_is_the_same_on_every_run(corpus):
    first = [(hit.passage.passage_id, hit.score) for hit in run(corpus, "personeel stad haven").hits]
    for _ in range(3):
        assert [(hit.passage.passage_id, hit.score) for hit in run(corpus, "personeel stad haven").hits] == first


def test_fusion_adds_the_legs_brought_to_one(corpus):
    snapshot, *_ = corpus
    legs = {
        "woorden": (np.array([0, 1]), np.array([4.0, 1.0], dtype=np.float32)),
        "betekenis": (np.array([1, 3, 4]), np.array([0.9, 0.7, 0.5], dtype=np.float32)),
    }
    rows, scores = fuse(legs, snapshot, Fusion(lexical=1, semantic=2, neighbour=0))
    assert rows.tolist() == [1, 0, 3, 4]
    assert scores.tolist() == pytest.approx([0.25 + 2, 1, 1, 0])


def test_neighbours_in_a_document_lend_part_of_their_score(corpus):
    snapshot, *_ = corpus
    legs = {"woorden": (np.array([1, 0, 3]), np.array([4.0, 2.0, 1.0], dtype=np.float32))}
    rows, scores = fuse(legs, snapshot, Fusion(lexical=1, neighbour=0.1))
    assert dict(zip(rows.tolist(), scores.tolist(), strict=True)) == pytest.approx({1: 1.05, 0: 0.6, 3: 0.25})


@pytest.mark.parametrize(("scores", "expected"), [([], []), ([0.4], [1.0]), ([0.4, 0.4], [1.0, 1.0])])
def test_scores_without_a_spread_are_all_best(scores, expected):
    found = np.array(scores, dtype=np.float32)
    assert brought_to_one(found, floored=True).tolist() == pytest.approx(expected)


def test_two_advisers_in_a_question_take_turns_and_it_is_told(corpus):
    _snapshot, _catalogue, documents = corpus
    advisers = Advisers(documents.values(), {})
    result = run(corpus, "personeel volgens de ERV en de provincie Vlietland", advisers=advisers)
    first, second = (hit.document.publisher for hit in result.hits[:2])
    assert (first, second) == ("Economische Raad Vlietmonde (ERV)", "Provincie Vlietland")
    assert result.reading.in_turn == (first, second)
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert not run(corpus, "personeel volgens de ERV", advisers=advisers).reading.in_turn


def test_advisers_in_turn_stay_within_the_filters(corpus):
    _snapshot, _catalogue, documents = corpus
    only = Filters(documents=("werk.pdf",))
    asked = "personeel volgens de ERV en de provincie Vlietland"
    result = run(corpus, asked, advisers=Advisers(documents.values(), {}), filters=only)
    assert {hit.document.file_name for hit in result.hits} == {"werk.pdf"}
    assert not result.reading.in_turn


@pytest.mark.parametrize(
    ("question", "publishers"),
    [
        ("Wat zegt de ERV?", ["Economische Raad Vlietmonde (ERV)"]),
        ("het ERV-advies en dat van de Economische Raad Vlietmonde", ["Economische Raad Vlietmonde (ERV)"]),
        ("Peilschaal en Vlietland", ["Bureau Peilschaal", "Provincie Vlietland"]),
        ("wat kost het de provincie", []),
        ("een bureau en een raad in Vlietmonde", ["Gemeente Vlietmonde"]),
        ("de economische raad en de provincie Vlietland", ["Economische Raad Vlietmonde (ERV)", "Provincie Vlietland"]),
        ("rekenkamer KRV", ["Kring van Rekenkamers"]),
        ("", []),
    ],
)
def test_advisers_are_named_in_full_by_acronym_or_by_one_word(question, publishers):
    names = [
        "Economische Raad Vlietmonde (ERV)", "Gemeente Vlietmonde", "Provincie Vlietland", "Bureau Peilschaal",
        "Kring van Rekenkamers", "",
    ]  # fmt: skip
    documents = [Document(DocumentId(str(n)), f"{n}.pdf", "", "", publisher=name) for n, name in enumerate(names)]
    advisers = Advisers(documents, {"KRV": "Kring van Rekenkamers"})
    assert advisers.named(question) == tuple(publishers)


def test_rows_in_turn_hold_every_row_once_and_scores_that_fall():
    rows, scores = np.array([5, 1, 7, 2]), np.array([4.0, 3.0, 2.0, 1.0], dtype=np.float32)
    ordered, falling = in_turn(rows, scores, [np.array([1, 2]), np.array([9, 5, 8])])
    assert ordered.tolist() == [1, 9, 2, 5, 8, 7]
    assert falling.tolist() == [4.0, 3.0, 2.0, 1.0, 1.0, 1.0]
