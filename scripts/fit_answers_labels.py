"""The labelled questions and drafts over the sample corpus, for `fit_answers.py`: read, asked, compared with gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.answers import Evidence, gather
from beleidskennis.citations import support
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, rank_sentences
from beleidskennis.citations.weights import fitted
from beleidskennis.dutch.words import fold, words
from beleidskennis.errors import QueryError
from beleidskennis.evaluation import holds
from beleidskennis.model import Filters

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests" / "data"
QUESTIONS = ("sample-questions.jsonl", "sample-answer-questions.jsonl")
DRAFTS = ("sample-drafts.jsonl", "supportability.jsonl", "sample-answer-drafts.jsonl")
AGAIN = 3
"""Of every so many answerable questions one is asked again without its documents."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its labels and what was found for it; `left_out` if asked without the documents that answer."""

    gold: Mapping
    evidence: Sequence[Mapping]
    answerable: bool
    left_out: bool
    found: Evidence


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft sentence with its labels and the sentences found for it."""

    gold: Mapping
    evidence: Sequence[Mapping]
    supported: bool
    wanted: Wanted
    ranked: Sequence[Sentence]


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def ask_all(corpus: Corpus) -> list[Asked]:
    """Every labelled question; then a part of the answerable ones again without the documents that answer them.

    Comparisons are not asked again: they name documents that are then not there. Nor is a question without words.
    """
    labelled = [(one, one["evidence"]) for name in QUESTIONS for one in read(name)]
    for one in read("answerability.jsonl"):
        labelled.append((one, [{"document": one["document"], "quote": one["quote"]}] if one["answerable"] else []))
    asked = [(one, evidence, bool(evidence), False, None) for one, evidence in labelled]
    again = [(one, evidence) for one, evidence in labelled if evidence and one.get("kind") != "comparison"]
    for one, evidence in again[::AGAIN]:
        answering = {piece["document"] for piece in evidence}
        rest = tuple(document.document_id for document in corpus.documents if document.file_name not in answering)
        if rest:
            asked.append((one, [], False, True, Filters(documents=rest)))
    found = []
    for one, evidence, answerable, left_out, filters in asked:
        try:
            gathered = gather(one["question"], corpus, filters=filters)
        except QueryError:
            continue
        if gathered.ranked:
            found.append(Asked(one, evidence, answerable, left_out, gathered))
    return found


def check_all(corpus: Corpus) -> list[Drafted]:
    """Every labelled draft sentence with the sentences found for it."""
    drafted = []
    for name in DRAFTS:
        for one in read(name):
            result = corpus.search(one["draft"], k=support.CANDIDATES)
            wanted = Wanted(one["draft"], corpus, result.reading)
            ranked = rank_sentences(wanted, result.hits, fitted().draft)
            drafted.append(Drafted(one, one.get("evidence", []), one["supported"], wanted, ranked))
    return drafted


def is_evidence(sentence: Sentence, evidence: Sequence[Mapping]) -> bool:
    """Whether a sentence holds half of a gold quote, or is for the most part in it."""
    return any(
        sentence.hit.document.file_name == piece["document"]
        and (
            holds(sentence.text, piece["quote"])
            or (len(words(sentence.text)) > 5 and holds(piece["quote"], sentence.text, 0.6))
        )
        for piece in evidence
    )


def says(text: str, gold: Mapping) -> bool:
    """Whether a text holds the words of the gold answer; False where none are given."""
    wanted = gold.get("must_include")
    return bool(wanted) and all(any(plain(way) in plain(text) for way in ways) for ways in wanted)


def plain(text: str) -> str:
    return " ".join(fold(word).replace("-", "") for word in words(text))
