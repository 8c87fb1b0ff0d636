"""Fits the numbers of answers and citations (`src/beleidskennis/data/answers.json`) on the sample corpus.

    python scripts/fit_answers.py [--out FILE] [--index DIR] [--only questions|drafts]

Takes `corpus/` into an index (a temporary one, or DIR, which is used as it is if it holds that corpus already) and
learns from the labels in `tests/data`. To be run after every change of the embedding model, of the reader or of the
search: a few minutes on a quiet machine. The parts, in this order, since each needs the one before:

1. `sentence`: which sentence answers a question. Logistic regression on pairs of sentences of one question: the one
   that holds the gold quote against each that does not.
2. `reread`: the same among the sentences that the reader has read, with what it says of them. (Which those are depends
   on the weights of `sentence` in the package: where these change much, run twice.)
3. `answerable`, `answerable_read`: whether the documents answer it at all, without and with the reader. Logistic
   regression on the features of `answers.abstain`.
4. `draft`: as 1, for the sources of draft sentences.
5. `supported`: whether a source speaks of what a draft sentence says. Logistic regression on those that no difference
   in a figure, a negation, a direction or a quantity has decided.

Without --out the numbers are printed. What was measured, by cross-validation in five parts, goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from fit_answers_labels import ROOT, Asked, Drafted, ask_all, check_all, is_evidence, says
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from beleidskennis.answers.abstain import features_of
from beleidskennis.citations import support
from beleidskennis.citations.evidence import Corpus, Sentence
from beleidskennis.library import Library
from beleidskennis.settings import Settings

Weights = dict[str, float]
Matrix = NDArray[np.float64]

PACKAGED = ROOT / "src" / "beleidskennis" / "data" / "answers.json"
SENTENCE = (
    *("cover", "near", "context", "likeness", "passage_likeness", "search", "rank", "short", "asks"),
    *("type_figure", "type_who", "type_list", "type_reason", "advice", "table"),
)
"""Features of a sentence as an answer. Its headings and its length were left out: they ranked better on the sample
corpus, whose sentences are short, and worse on real documents."""
REREAD = (*(name for name in SENTENCE if name != "asks"), "reading")
"""The reader itself knows a question from an answer; of the few questions among the best sentences, the fit learned the
chance that they were part of a list."""
DRAFT = ("cover", "near", "context", "likeness", "passage_likeness", "search", "rank", "short", "asks")
SUPPORTED = (
    *("cover", "context", "likeness", "passage_likeness", "missing", "length", "names_missing", "figures_missing"),
)
SUPPORTED_READ = (*SUPPORTED, "reading")
PAIRS_STRENGTH, ANSWERABLE_STRENGTH, SUPPORTED_STRENGTH = 1.0, 0.3, 0.3
"""Inverse of the penalty on standardised weights (`C`). From 0.1 to 3 the outcome is the same within its noise."""
LEFT_OUT_WEIGHT = 0.4
"""Weight of a question asked again without the documents that answer it: it stays close to what is still there."""
UNANSWERED = 0.21
"""Share of the answerable questions that the threshold may leave unanswered: those of the sample corpus are harder to
answer than those people ask of real documents, where it leaves a third of that (docs/quality.md)."""
UNSUPPORTED = 0.08
"""Share of the supported drafts that the threshold may call not found."""
FOLDS = 5
SEED = 20260101


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="write the numbers to this file instead of printing them")
    parser.add_argument("--index", type=Path, help="an index folder to keep, instead of a temporary one")
    parser.add_argument("--only", choices=("questions", "drafts"), help="keep the other numbers of the package")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=ROOT / "corpus", index=options.index or Path(folder), workers=1)
        with Library.open(settings) as library:
            library.ingest([ROOT / "corpus"])
            numbers = packaged()
            if options.only != "drafts":
                numbers |= fit_questions(library.corpus())
            if options.only != "questions":
                numbers |= fit_drafts(library.corpus())
    text = json.dumps(numbers, indent=1, ensure_ascii=False)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


def packaged() -> dict[str, object]:
    """The numbers of the package."""
    numbers: dict[str, object] = json.loads(PACKAGED.read_text(encoding="utf-8"))
    return numbers


ORIGIN = "logistic regression on the pairs of {} over the sample corpus (scripts/fit_answers.py)"


def fit_questions(corpus: Corpus) -> dict[str, object]:
    """`sentence` and `answerable`, in the form of the file."""
    asked = ask_all(corpus)
    sample = [one for one in asked if one.answerable]
    sentence, pairs = fit_pairs([pair for one in sample if (pair := answer_pair(one))], SENTENCE)
    report("sentence", [evidence_ranks(one.found.ranked, one.evidence, sentence) for one in sample])
    reread, read_pairs = fit_pairs([pair for one in sample if (pair := answer_pair(one, only_read=True))], REREAD)
    report("reread", [evidence_ranks(one.found.ranked, one.evidence, reread) for one in sample])
    return {
        "sentence": {"weights": sentence, "origin": ORIGIN.format(f"{pairs} questions")},
        "reread": {"weights": reread, "origin": ORIGIN.format(f"{read_pairs} questions")},
        "answerable": fit_answerable([with_ranked(one, rescored(unread(one.found.ranked), sentence)) for one in asked]),
        "answerable_read": fit_answerable([with_ranked(one, rescored(one.found.ranked, reread)) for one in asked]),
    }


def with_ranked(asked: Asked, ranked: Sequence[Sentence]) -> Asked:
    """The question with another order of its sentences."""
    return replace(asked, found=replace(asked.found, ranked=ranked))


def unread(ranked: Sequence[Sentence]) -> list[Sentence]:
    """The sentences as if the reader had not read them."""
    read = ("read", "reading")
    return [
        replace(one, features={name: value for name, value in one.features.items() if name not in read})
        for one in ranked
    ]


def fit_drafts(corpus: Corpus) -> dict[str, object]:
    """`draft` and `supported`, in the form of the file."""
    drafted = check_all(corpus)
    sourced = [one for one in drafted if one.supported and one.evidence]
    draft, draft_pairs = fit_pairs([pair for one in sourced if (pair := draft_pair(one))], DRAFT)
    report("draft", [evidence_ranks(one.ranked, one.evidence, draft) for one in sourced])
    rescored_drafts = [replace(one, ranked=rescored(one.ranked, draft)) for one in drafted]
    return {
        "draft": {"weights": draft, "origin": ORIGIN.format(f"{draft_pairs} drafts")},
        "supported": fit_supported(rescored_drafts, SUPPORTED),
        "supported_read": fit_supported(rescored_drafts, SUPPORTED_READ),
    }


def rescored(ranked: Sequence[Sentence], weights: Weights) -> list[Sentence]:
    """The sentences with other weights, best first, as `rank_sentences` orders them."""
    scored = [
        replace(one, score=sum(weights.get(name, 0.0) * value for name, value in one.features.items()))
        for one in ranked
    ]
    return sorted(scored, key=lambda one: (-one.score, one.hit.rank, one.index))


Pair = tuple[Sequence[Sentence], Sequence[Sentence]]
"""The sentences that hold a gold quote, and those that do not."""


def answer_pair(asked: Asked, *, only_read: bool = False) -> Pair | None:
    """What answers a question and what does not; a sentence with the words of the answer elsewhere is neither.

    With `only_read`, of the sentences that the reader has read.
    """
    ranked = [one for one in asked.found.ranked if one.features.get("read") or not only_read]
    right = [one for one in ranked if is_evidence(one, asked.evidence)]
    wrong = [one for one in ranked if one not in right and not says(one.text, asked.gold)]
    return (right, wrong) if right and wrong else None


def draft_pair(drafted: Drafted) -> Pair | None:
    right = [one for one in drafted.ranked if is_evidence(one, drafted.evidence)]
    wrong = [one for one in drafted.ranked if one not in right]
    return (right, wrong) if right and wrong else None


def fit_pairs(pairs: Sequence[Pair], names: Sequence[str]) -> tuple[Weights, int]:
    """Weights by which right sentences score above wrong ones of the same question; every question counts the same."""
    differences, weights = [], []
    for right, wrong in pairs:
        low = table([one.features for one in wrong], names)
        for one in table([one.features for one in right], names):
            differences.append(one - low)
            weights.append(np.full(len(low), 1 / len(low) / len(right)))
    x, weight = np.vstack(differences), np.concatenate(weights)
    spread = x.std(axis=0) + 1e-9
    model = LogisticRegression(C=PAIRS_STRENGTH, fit_intercept=False, max_iter=5000)
    model.fit(
        np.vstack([x, -x]) / spread, np.r_[np.ones(len(x)), np.zeros(len(x))], sample_weight=np.r_[weight, weight]
    )
    found = model.coef_[0] / spread
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}, len(pairs)


def table(features: Sequence[Mapping[str, float]], names: Sequence[str]) -> Matrix:
    return np.array([[one.get(name, 0.0) for name in names] for one in features], dtype=np.float64)


def evidence_ranks(ranked: Sequence[Sentence], evidence: Sequence[Mapping], weights: Weights) -> int:
    """Rank from 1 of the first sentence that holds a gold quote; 0 if there is none."""
    places = [i for i, one in enumerate(rescored(ranked, weights), start=1) if is_evidence(one, evidence)]
    return places[0] if places else 0


def report(name: str, ranks: Sequence[int]) -> None:
    """What part has its evidence at rank 1, among the first 3 and 5, and at all."""
    shares = [np.mean([0 < rank <= most for rank in ranks]) for most in (1, 3, 5, 10_000)]
    print(name, len(ranks), *(f"{share:.3f}" for share in shares), file=sys.stderr)


def fit_answerable(asked: Sequence[Asked]) -> dict[str, object]:
    """The model of `answers.abstain`, with its bias and threshold.

    An answerable question whose evidence is not found teaches nothing of what evidence looks like: such a question is
    left out of the regression, but counts for the threshold.
    """
    rows = [features_of(one.found.question, one.found.wanted, one.found.result.hits, one.found.ranked) for one in asked]
    names = list(rows[0])
    y = np.array([one.answerable for one in asked])
    weight = np.array([LEFT_OUT_WEIGHT if one.left_out else 1.0 for one in asked])
    found = np.array([any(is_evidence(one, a.evidence) for one in a.found.ranked[:5]) for a in asked])
    first = np.array([not one.left_out for one in asked])
    numbers, held_out = fit_logistic(table(rows, names), y, weight, ~y | found, names, ANSWERABLE_STRENGTH)
    threshold = float(np.quantile(held_out[y & first], UNANSWERED))
    rejected = float(np.mean(held_out[~y & first] < threshold))
    area = roc_auc_score(y[first], held_out[first])
    print(f"answerable {first.sum()} area {area:.3f} unanswerable rejected {rejected:.3f}", file=sys.stderr)
    return {
        "origin": f"logistic regression on {first.sum()} questions over the sample corpus, {y.sum()} of them "
        f"answerable ({(y & found).sum()} with the evidence among the five best sentences), and on {(~first).sum()} of "
        f"these again without the documents that answer them; the threshold leaves {UNANSWERED:.0%} of the answerable "
        f"ones unanswered (held-out area under the curve {area:.2f})",
        **numbers,
        "threshold": round(threshold, 3),
    }


def fit_supported(drafted: Sequence[Drafted], names: Sequence[str]) -> dict[str, object]:
    """Whether a source speaks of what a draft says: on the drafts that no clear difference decided."""
    rows, y = [], []
    for one in drafted:
        judged = support.judge_all(one.wanted, one.ranked)
        decided = any(support.conflicts(place, judged[0]) for place in judged[:2]) or support.unheld(judged)
        if not judged or (decided and not (one.supported and support.holding(judged))):
            continue
        rows.append(judged[0].features)
        y.append(one.supported)
    truth, weight = np.array(y), np.ones(len(y))
    numbers, held_out = fit_logistic(
        table(rows, names), truth, weight, np.ones(len(y), bool), names, SUPPORTED_STRENGTH
    )
    threshold = float(np.quantile(held_out[truth], UNSUPPORTED))
    rejected = float(np.mean(held_out[~truth] < threshold))
    area = roc_auc_score(truth, held_out)
    print(f"supported {len(y)} of {len(drafted)}, area {area:.3f}, rejected {rejected:.3f}", file=sys.stderr)
    return {
        "origin": f"logistic regression on the {len(y)} of {len(drafted)} drafts over the sample corpus that no "
        f"figure, negation, direction or quantity decided; the threshold leaves {UNSUPPORTED:.0%} of the supported "
        f"ones not found (held-out area under the curve {area:.2f})",
        **numbers,
        "threshold": round(threshold, 3),
    }


def fit_logistic(
    x: Matrix, y: NDArray[np.bool_], weight: Matrix, kept: NDArray[np.bool_], names: Sequence[str], strength: float
) -> tuple[dict[str, object], Matrix]:
    """Weights and bias for features as they are, and for every row the probability by a model that did not see it."""
    held_out = np.zeros(len(y))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(x, y):
        rows = train[kept[train]]
        weights, bias = _logistic(x[rows], y[rows], weight[rows], strength)
        held_out[test] = 1 / (1 + np.exp(-(x[test] @ weights + bias)))
    weights, bias = _logistic(x[kept], y[kept], weight[kept], strength)
    rounded = {name: round(float(value), 3) for name, value in zip(names, weights, strict=True)}
    return {"weights": rounded, "bias": round(bias, 3)}, held_out


def _logistic(x: Matrix, y: NDArray[np.bool_], weight: Matrix, strength: float) -> tuple[Matrix, float]:
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=5000, class_weight="balanced")
    model.fit((x - middle) / spread, y, sample_weight=weight)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - (weights * middle).sum())


if __name__ == "__main__":
    main()
