"""Measuring search on a question set: by kind of question, with confidence intervals, and one run against another.

A question names its evidence as verbatim quotes with their document; a hit holds a piece of evidence when it has at
least half of the quote's word trigrams, so how passages are cut does not matter. Measures are those of `ir-measures`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from beleidskennis.dutch.words import fold, words
from beleidskennis.errors import MissingExtraError, QueryError, reason

HELD_SHARE = 0.5
"""Share of a quote's word trigrams that a text must have to hold it."""
CUTOFF = 10
RESAMPLES = 2000
SEED = 20260101
MEASURES = ("nDCG@10", "RR@10", "Success@1", "Success@5", "R@10")
ALL = "alle vragen"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote that answers a question, and where it stands; `pages` are physical, from 1."""

    document: str
    quote: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its evidence; `wants_all` if each piece of evidence must be found, not just one."""

    question_id: str
    text: str
    kind: str
    evidence: tuple[Evidence, ...]
    wants_all: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as the measures see it."""

    document: str
    page_number: int
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its 95% bootstrap interval over `n` questions."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Evaluation:
    """Values per question: measure -> question id -> value (0 to 1), and the kind of each question."""

    values: Mapping[str, Mapping[str, float]]
    kinds: Mapping[str, str]
    page_right: Mapping[str, bool] = field(default_factory=dict)
    """For questions with a hit: whether the first hit that holds evidence names a page of it."""

    def slices(self) -> list[str]:
        """All questions together, then each kind."""
        return [ALL, *sorted(set(self.kinds.values()))]

    def of_slice(self, measure: str, kind: str) -> dict[str, float]:
        """Values of the questions of one kind, or of all."""
        values = self.values[measure]
        return {one: value for one, value in values.items() if kind in (ALL, self.kinds[one])}

    def figure(self, measure: str, kind: str = ALL) -> Figure:
        """The mean over a slice, with its interval."""
        return bootstrap(list(self.of_slice(measure, kind).values()))


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSONL file that have evidence.

    Raises:
        QueryError: the file cannot be read, or a line is not a question; names the line.
    """
    questions: list[Question] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"De vragenlijst '{path}' kan niet worden gelezen: {reason(error)}."
        raise QueryError(message, "Geef een bestand met een JSON-object per regel (UTF-8).") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            evidence = tuple(
                Evidence(one["document"], one["quote"], tuple(one.get("pages", ()))) for one in item["evidence"]
            )
            question = Question(
                str(item["id"]), item["question"], item.get("kind", ""), evidence, item.get("evidence_mode") == "all"
            )
        except (ValueError, TypeError, KeyError) as error:
            message = f"Regel {number} van '{path}' is geen vraag met 'id', 'question' en 'evidence'."
            raise QueryError(message, "Zie docs/quality.md voor een voorbeeld.") from error
        if question.evidence:
            questions.append(question)
    return questions


def evaluate(questions: Sequence[Question], search: Callable[[str], Iterable[Found]]) -> Evaluation:
    """Run every question through `search` (hits best first) and measure.

    Raises:
        MissingExtraError: ir-measures is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        message = "Om te meten is het onderdeel 'evaluate' nodig."
        raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[evaluate]'") from error
    wanted: dict[str, dict[str, int]] = {}
    ranked: dict[str, dict[str, float]] = {}
    page_right: dict[str, bool] = {}
    for question in questions:
        hits = list(search(question.text))[:CUTOFF]
        one = question.question_id
        wanted[one] = dict.fromkeys(_targets(question), 1)
        ranked[one] = {}
        for rank, hit in enumerate(hits):
            new = [name for name in _held(question, hit) if name not in ranked[one]]
            if new:
                page_right.setdefault(one, _right_page(question, hit))
            # A hit that holds nothing new takes its rank all the same.
            ranked[one] |= dict.fromkeys(new or [f"#{rank}"], float(CUTOFF - rank))
    measures = {name: ir_measures.parse_measure(name) for name in MEASURES}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(wanted, 0.0) for name in MEASURES}
    for metric in ir_measures.iter_calc(list(measures.values()), wanted, ranked):
        values[str(metric.measure)][metric.query_id] = float(metric.value)
    kinds = {question.question_id: question.kind for question in questions}
    return Evaluation(values, kinds, page_right)


def _targets(question: Question) -> list[str]:
    return [f"e{number}" for number in range(len(question.evidence))] if question.wants_all else ["e"]


def _held(question: Question, hit: Found) -> list[str]:
    numbers = [
        number
        for number, evidence in enumerate(question.evidence)
        if evidence.document == hit.document and holds(hit.text, evidence.quote)
    ]
    return [f"e{number}" for number in numbers] if question.wants_all else ["e"][: len(numbers)]


def _right_page(question: Question, hit: Found) -> bool:
    return any(hit.page_number in evidence.pages for evidence in question.evidence if evidence.document == hit.document)


def holds(text: str, quote: str, share: float = HELD_SHARE) -> bool:
    """Whether `text` has at least `share` of the word trigrams of `quote`."""
    wanted = _trigrams(quote)
    return len(wanted & _trigrams(text)) >= share * len(wanted)


def _trigrams(text: str) -> set[tuple[str, ...]]:
    plain = [fold(word).replace("-", "") for word in words(text)]
    return {tuple(plain[start : start + 3]) for start in range(max(1, len(plain) - 2))}


def bootstrap(values: Sequence[float]) -> Figure:
    """Mean and 95% percentile bootstrap interval (2,000 resamples, fixed seed)."""
    if not values:
        return Figure(0.0, 0.0, 0.0, 0)
    array = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(array), size=(RESAMPLES, len(array)))
    low, high = np.percentile(array[drawn].mean(axis=1), [2.5, 97.5])
    return Figure(float(array.mean()), float(low), float(high), len(array))


def significance(first: Mapping[str, float], second: Mapping[str, float]) -> tuple[float, float]:
    """`(mean difference second - first, p)` over the questions that both have: paired two-sided randomisation test."""
    shared = sorted(set(first) & set(second))
    if not shared:
        return 0.0, 1.0
    differences = np.array([second[one] - first[one] for one in shared])
    observed = abs(differences.mean())
    signs = np.random.default_rng(SEED).choice([-1.0, 1.0], size=(10_000, len(shared)))
    extreme = int((np.abs((signs * differences).mean(axis=1)) >= observed - 1e-12).sum())
    return float(differences.mean()), (extreme + 1) / (len(signs) + 1)


def save_values(evaluation: Evaluation, path: Path) -> None:
    """Keep the values per question, to compare a later run with."""
    data = {"values": evaluation.values, "kinds": evaluation.kinds}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def load_values(path: Path) -> Evaluation:
    """What `save_values` kept.

    Raises:
        QueryError: the file is not such a record.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Evaluation(data["values"], data["kinds"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"'{path}' is geen bewaarde meting: {reason(error)}."
        raise QueryError(message, "Maak er een met: beleidskennis evaluate VRAGEN --save BESTAND") from error
