"""Fits the numbers of answers and citations (`src/beleidskennis/data/answers.json`) on the sample corpus.

    python scripts/fit_answers.py [--out FILE] [--keep-ranking]

Takes `corpus/` into a temporary index and learns from the labels in `tests/data`. Four parts, in this order, since each
needs the one before:

1. `sentence`: one of ten settings, by the share of answers that have the page, and the words, of the gold answer.
2. `answerable`: a logistic regression on the features of `answers.abstain`, Platt-scaled.
3. `draft`: one of seven settings, by the share of supported drafts whose evidence is among the five best sentences.
4. `supported`: from which likeness on a sentence speaks of what a draft says.

--keep-ranking leaves 1 and 3 as the package has them. Without --out the numbers are printed; what was measured goes to
standard error. How far the outcome is from the numbers in the package is in docs/answers.md.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from fit_answers_labels import ROOT, Asked, ask_all, is_evidence, plain, read
from sklearn.linear_model import LogisticRegression

from beleidskennis.answers import Evidence
from beleidskennis.answers.abstain import features_of
from beleidskennis.answers.compose import compose
from beleidskennis.citations import support
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, rank_sentences
from beleidskennis.evaluation import holds
from beleidskennis.library import Library
from beleidskennis.settings import Settings

PACKAGED = ROOT / "src" / "beleidskennis" / "data" / "answers.json"
SEED = 20260101

Weights = Mapping[str, float]
_SENTENCE: Weights = {
    **{"cover": 5, "context": 4, "heading": 1, "cosine": 3, "search": 1},
    **{"rank": 2.5, "short": -1.7, "first": 0.4, "type": 1.5},
}
SENTENCE_SETTINGS: tuple[Weights, ...] = tuple(
    {**_SENTENCE, **change}
    for change in (
        {},
        {"cosine": 6},
        {"cosine": 10},
        {"cosine": 6, "context": 2, "cover": 4},
        {"cosine": 10, "context": 2, "cover": 3},
        {"cosine": 15, "context": 2, "cover": 3},
        {"search": 5},
        {"cosine": 10, "search": 5, "rank": 1},
        {"cosine": 8, "passage_cosine": 4, "cover": 3, "context": 2},
        {"cosine": 8, "cover": 3, "context": 3, "search": 4, "rank": 1},
    )
)
_DRAFT: Weights = {"cover": 5, "context": 3, "heading": 0.5, "cosine": 5, "search": 1, "rank": 2.5, "short": -1.7}
DRAFT_SETTINGS: tuple[Weights, ...] = tuple(
    {**_DRAFT, **change}
    for change in (
        {},
        {"cosine": 10},
        {"cosine": 10, "cover": 3, "context": 2},
        {"cosine": 15, "cover": 3, "context": 2},
        {"cosine": 8, "search": 4},
        {"cosine": 10, "cover": 3, "context": 2, "passage_cosine": 4},
        {"cosine": 20, "cover": 2, "context": 1},
    )
)
ANSWERABLE = (
    *("score", "cosine", "passage_cosine", "specific", "specific_cover", "open_cover"),
    *("names_elsewhere", "names_unknown"),
)
"""The features of `answers.abstain.features_of`, in the order of the file."""
LEFT_OUT_WEIGHT = 0.4
"""Weight of a question asked again without the documents that answer it: it stays close to what is still there."""
UNANSWERED = 0.04
"""Share of the answerable questions that the threshold may leave unanswered (docs/answers.md)."""
SUPPORTED: Weights = {"cover": 3, "context": 3, "cosine": 6}
"""Likeness of a draft sentence and a place, times twelve. Twelve was set by hand: it says how fast the confidence rises
with likeness, and only where that is 0.5 decides a verdict."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="write the numbers to this file instead of printing them")
    parser.add_argument("--keep-ranking", action="store_true", help="keep the package's weights for ranking sentences")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=ROOT / "corpus", index=Path(folder), workers=1)
        with Library.open(settings) as library:
            library.ingest([ROOT / "corpus"])
            numbers = fit(library.corpus(), keep_ranking=options.keep_ranking)
    text = json.dumps(numbers, indent=1, ensure_ascii=False)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def fit(corpus: Corpus, *, keep_ranking: bool = False) -> dict[str, object]:
    """All numbers, in the form of the file."""
    packaged = json.loads(PACKAGED.read_text(encoding="utf-8")) if keep_ranking else {}
    asked = ask_all(corpus)
    sample = [one for one in asked if one.answerable and "must_include" in one.gold]
    sentence = packaged.get("sentence") or {
        "weights": best_of("sentence", SENTENCE_SETTINGS, lambda weights: answers_right(sample, weights)),
        "origin": f"chosen among {len(SENTENCE_SETTINGS)} settings by the share of answers to the sample questions "
        "that have the page, and the words, of the gold answer",
    }
    answerable = fit_answerable([replace(one, found=reranked(one.found, sentence["weights"])) for one in asked])

    drafts = [*read("sample-drafts.jsonl"), *read("supportability.jsonl")]
    sought = [(one, corpus.search(one["draft"], k=support.CANDIDATES)) for one in drafts if one["supported"]]
    ranked = []
    for one, result in sought:
        wanted = Wanted(one["draft"], corpus, result.reading)
        ranked.append((one, wanted, rank_sentences(wanted, result.hits, _DRAFT)))
    sourced = [(one["evidence"], found) for one, _, found in ranked if one.get("evidence")]
    draft = packaged.get("draft") or {
        "weights": best_of("draft", DRAFT_SETTINGS, lambda weights: evidence_near(sourced, weights)),
        "origin": f"chosen among {len(DRAFT_SETTINGS)} settings by the share of supported drafts over the sample "
        "corpus whose evidence is among the five best sentences",
    }
    lowest = min(likeness(wanted, rescored(found, draft["weights"])) for _, wanted, found in ranked)
    return {"sentence": sentence, "draft": draft, "answerable": answerable, "supported": supported(lowest)}


def rescored(ranked: Sequence[Sentence], weights: Weights) -> list[Sentence]:
    """The sentences with other weights, best first, as `rank_sentences` orders them."""
    scored = [
        replace(one, score=sum(weights.get(name, 0.0) * value for name, value in one.features.items()))
        for one in ranked
    ]
    return sorted(scored, key=lambda one: (-one.score, one.hit.rank, one.index))


def reranked(found: Evidence, weights: Weights) -> Evidence:
    return replace(found, ranked=rescored(found.ranked, weights))


def best_of(name: str, settings: Sequence[Weights], measure: Callable[[Weights], tuple[float, ...]]) -> Weights:
    """The setting that measures best; of equals the first."""
    measured = [measure(weights) for weights in settings]
    for weights, values in zip(settings, measured, strict=True):
        print(name, dict(weights), *(f"{value:.3f}" for value in values), file=sys.stderr)
    return settings[measured.index(max(measured))]


def answers_right(asked: Sequence[Asked], weights: Weights) -> tuple[float, float]:
    """Shares of the composed answers with page and words of the gold answer, and with its page alone."""
    right, on_page = [], []
    for one in asked:
        made = compose(one.found.question, one.found.wanted, reranked(one.found, weights).ranked)
        cited = {(citation.document.file_name, citation.page_number) for citation in made.citations}
        page = any((piece["document"], number) in cited for piece in one.evidence for number in piece["pages"])
        quoted = any(
            citation.document.file_name == piece["document"] and holds(citation.quote, piece["quote"], 0.4)
            for citation in made.citations
            for piece in one.evidence
        )
        said = plain(" ".join(sentence.text for sentence in made.sentences))
        words_there = all(any(plain(way) in said for way in ways) for ways in one.gold["must_include"])
        right.append(words_there and (page or quoted))
        on_page.append(page)
    return float(np.mean(right)), float(np.mean(on_page))


def evidence_near(
    sourced: Sequence[tuple[Sequence[Mapping], Sequence[Sentence]]], weights: Weights
) -> tuple[float, float]:
    """Shares of the drafts whose evidence is among the five best sentences, and is the best one."""
    places = []
    for evidence, ranked in sourced:
        top = rescored(ranked, weights)[:5]
        places.append([any(_same(one, piece) for piece in evidence) for one in top])
    return float(np.mean([any(place) for place in places])), float(np.mean([place[0] for place in places]))


def _same(sentence: Sentence, piece: Mapping) -> bool:
    return sentence.hit.document.file_name == piece["document"] and holds(sentence.text, piece["quote"])


def fit_answerable(asked: Sequence[Asked]) -> dict[str, object]:
    """The model of `answers.abstain`, with its bias and threshold.

    An answerable question whose evidence is not found teaches nothing of what evidence looks like: such a question is
    left out of the regression, but counts for the Platt scaling and the threshold.
    """
    rows = [features_of(one.found.question, one.found.wanted, one.found.result.hits, one.found.ranked) for one in asked]
    x = np.array([[row[name] for name in ANSWERABLE] for row in rows])
    y = np.array([one.answerable for one in asked])
    weight = np.array([LEFT_OUT_WEIGHT if one.left_out else 1.0 for one in asked])
    found = [any(is_evidence(sentence, one.evidence) for sentence in one.found.ranked[:5]) for one in asked]
    kept = ~y | np.array(found)
    model = LogisticRegression(C=1, max_iter=5000, class_weight="balanced", random_state=SEED)
    model.fit(x[kept], y[kept], sample_weight=weight[kept])
    logit = model.decision_function(x)
    platt = LogisticRegression(C=1e3, random_state=SEED).fit(logit[:, None], y, sample_weight=weight)
    threshold = np.quantile(platt.predict_proba(logit[:, None])[y, 1], UNANSWERED)
    slope, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])
    again = sum(one.left_out for one in asked)
    print(f"answerable: {len(asked)} rows, {y.sum()} answerable, {(y & kept).sum()} with evidence", file=sys.stderr)
    return {
        "origin": f"logistic regression (C=1, Platt-scaled) on {len(asked) - again} questions over the sample corpus, "
        f"{y.sum()} of them answerable (those whose evidence is among the five best sentences), and on {again} of "
        f"these again without the documents that answer them (weight {LEFT_OUT_WEIGHT}); the threshold leaves "
        f"{UNANSWERED:.0%} of the answerable ones unanswered",
        "weights": {
            name: round(slope * float(value), 4) for name, value in zip(ANSWERABLE, model.coef_[0], strict=True)
        },
        "bias": round(slope * float(model.intercept_[0]) + shift, 4),
        "threshold": round(float(threshold), 3),
    }


def likeness(wanted: Wanted, ranked: Sequence[Sentence]) -> float:
    """The highest likeness of one of the three best places, as `citations.support` judges them."""
    judged = [support._judge(wanted, sentence, ranked) for sentence in support._spread(ranked)][:3]
    total = sum(SUPPORTED.values())
    return max(sum(weight * one.features[name] for name, weight in SUPPORTED.items()) / total for one in judged)


def supported(lowest: float) -> dict[str, object]:
    """The logistic model that says yes from the likeness of the lowest supported draft on, rounded down."""
    point = math.floor(lowest * 100) / 100
    return {
        "origin": "likeness = (cover + context + 2 x cosine) / 4; the lowest supported draft over the sample corpus "
        f"has {lowest:.3f}, rounded down to {point}",
        "weights": SUPPORTED,
        "bias": round(-sum(SUPPORTED.values()) * point, 4),
        "threshold": 0.5,
    }


if __name__ == "__main__":
    main()
