"""Relevance: what a searcher may count on, as cases in `data/intentions.jsonl`, over the sample corpus.

A case has a query and what must hold of its hits:

    first             the first hit has this text            first_kind_not    its kind is none of these
    first_has/_lacks  it has all / none of these             first_document    it is of this file
    first_any         it has one of these                    same_first_as     another query has the same first hit
    within            one of the first k has this text       all_have/_lack    every hit has / no hit has this text
    corrected         [typed, searched] is told              not_corrected     nothing was put right
    expanded          this is told as searched for too       documents         hits are of these files only, and there
    empty             nothing is found                                         are some
    documents_within  these files are among the first k      in_turn           these publishers take turns
                                                             not_in_turn       none do
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from beleidskennis.search import Mode

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/intentions.jsonl").read_text(encoding="utf-8").splitlines()
]
FIRST = 10


def text_of(hit):
    """All that is searched of a hit, without capitals and line ends."""
    return plain(f"{hit.passage.embed_text} {hit.document.title} {hit.document.publisher}")


def plain(text):
    return " ".join(text.lower().split())


def has(hit, text):
    return plain(text) in text_of(hit)


CHECKS = {
    "first": lambda hits, text: has(hits[0], text),
    "first_has": lambda hits, texts: all(has(hits[0], text) for text in texts),
    "first_lacks": lambda hits, texts: not any(has(hits[0], text) for text in texts),
    "first_any": lambda hits, texts: any(has(hits[0], text) for text in texts),
    "first_kind_not": lambda hits, kinds: hits[0].passage.kind.value not in kinds,
    "first_document": lambda hits, name: hits[0].document.file_name == name,
    "within": lambda hits, wanted: any(has(hit, wanted["text"]) for hit in hits[: wanted["k"]]),
    "all_have": lambda hits, text: bool(hits) and all(has(hit, text) for hit in hits),
    "all_lack": lambda hits, text: bool(hits) and not any(has(hit, text) for hit in hits),
    "documents": lambda hits, names: bool(hits) and {hit.document.file_name for hit in hits} <= set(names),
    "documents_within": lambda hits, wanted: (
        set(wanted["files"]) <= {h.document.file_name for h in hits[: wanted["k"]]}
    ),
    "empty": lambda hits, _yes: not hits,
}
TOLD = {
    "corrected": lambda reading, pair: tuple(pair) in reading.corrections,
    "not_corrected": lambda reading, _yes: not reading.corrections,
    "in_turn": lambda reading, publishers: list(reading.in_turn) == publishers,
    "not_in_turn": lambda reading, _yes: not reading.in_turn,
    "expanded": lambda reading, text: plain(text) in {plain(one) for one in reading.expansions},
}
DESCRIBED = {"id", "category", "description", "query", "mode"}


def search(library, query, mode=Mode.HYBRID):
    return library.search(query, k=FIRST, mode=Mode(mode))


def test_there_are_cases_of_many_kinds_each_described_and_each_demanding_something():
    assert len(CASES) >= 40
    assert len(Counter(case["category"] for case in CASES)) >= 15
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case["description"].endswith("."), case["id"]
        demands = set(case) - DESCRIBED
        assert demands, case["id"]
        assert demands <= {*CHECKS, *TOLD, "same_first_as"}, case["id"]


@pytest.mark.relevance
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_intention(case, sample_library):
    result = search(sample_library, case["query"], case.get("mode", Mode.HYBRID))
    shown = [(hit.document.file_name, hit.passage.page_number, hit.passage.text[:90]) for hit in result.hits[:5]]
    for name in set(case) & set(CHECKS):
        assert CHECKS[name](result.hits, case[name]), (case["description"], name, case[name], shown)
    for name in set(case) & set(TOLD):
        assert TOLD[name](result.reading, case[name]), (case["description"], result.reading)
    if "same_first_as" in case:
        other = search(sample_library, case["same_first_as"], case.get("mode", Mode.HYBRID)).hits
        assert result.hits[0].passage.passage_id == other[0].passage.passage_id, (case["description"], shown)


@pytest.mark.relevance
def test_every_case_gives_the_same_hits_again(sample_library):
    for case in CASES[::7]:
        first, second = (
            [(hit.passage.passage_id, hit.score) for hit in search(sample_library, case["query"]).hits]
            for _ in range(2)
        )
        assert first == second, case["id"]


@pytest.mark.relevance
def test_every_hit_says_why_it_is_there(sample_library):
    for case in CASES:
        for hit in search(sample_library, case["query"]).hits:
            assert hit.legs, (case["id"], hit.passage.text[:60])
            assert all(leg.rank >= 1 for leg in hit.legs)
