"""The labelled questions and drafts over the sample corpus, for `fit_answers.py`: read, asked, compared with gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.answers import Evidence, gather
from beleidskennis.citations.evidence import Corpus, Sentence
from beleidskennis.dutch.words import fold, words
from beleidskennis.errors import QueryError
from beleidskennis.evaluation import holds
from beleidskennis.model import Filters

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests" / "data"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its labels and what was found for it; `left_out` if asked without the documents that answer."""

    gold: Mapping
    evidence: Sequence[Mapping]
    answerable: bool
    left_out: bool
    found: Evidence


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def ask_all(corpus: Corpus) -> list[Asked]:
    """Every labelled question; then the answerable ones again without the documents that answer them.

    Comparisons are not asked again: they name documents that are then not there. Nor is a question without words.
    """
    labelled = [(one, one["evidence"]) for one in read("sample-questions.jsonl")]
    for one in read("answerability.jsonl"):
        labelled.append((one, [{"document": one["document"], "quote": one["quote"]}] if one["answerable"] else []))
    asked = [(one, evidence, bool(evidence), False, None) for one, evidence in labelled]
    for one, evidence in labelled:
        answering = {piece["document"] for piece in evidence}
        rest = tuple(document.document_id for document in corpus.documents if document.file_name not in answering)
        if evidence and rest and one.get("kind") != "comparison":
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


def plain(text: str) -> str:
    return " ".join(fold(word).replace("-", "") for word in words(text))
