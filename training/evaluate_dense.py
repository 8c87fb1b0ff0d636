"""Measures the dense leg alone, without leaking: nothing here is ever trained on.

Three measures: nDCG@10 by slice on a question set (judged by running the given `score.py`), by passage vectors alone
and by the nearest sentence in its passage (as search does it); the share of FLORES-200 sentences whose translation is
the nearest of 1,012 (Dutch to English, as a question in Dutch would find English, and back); and Spearman's correlation
on the test split of the Dutch STS benchmark.

    python training/evaluate_dense.py --questions Q.jsonl --passages P.jsonl --score score.py --data DATA \\
        bundled=beleidskennis-nl start=work/start encoder=work/encoder lsa=lsa

A model is `name=what`: a folder with `model.pt` (in 32 bits), a bundled model or its folder, or `lsa` (SVD of TF-IDF
over the passages themselves, 256 dimensions; no other measure applies).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bert
import corpora
import numpy as np
from train_encoder import PASSAGE_PROMPT, QUERY_PROMPT

from beleidskennis.dutch.sentences import split
from beleidskennis.sentence_vectors import in_context, worth_embedding

Encode = Callable[[list[str]], np.ndarray]
SLICES = (
    "all",
    "paraphrase",
    "english",
    "factoid",
    "keyword",
    "typo",
    "list",
    "figure",
    "recommendation",
    "comparison",
)


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length 1; empty rows stay empty."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Model:
    """How a model makes vectors of questions and of passages."""

    queries: Encode
    passages: Encode


def model_of(what: str, passages: list[str]) -> Model:
    """The model that `what` names."""
    if what == "lsa":
        encode = _lsa(passages)
        return Model(encode, encode)
    path = Path(what)
    if (path / "model.pt").exists():
        encoder, pieces = bert.load_student(path).eval(), bert.load_tokenizer(path, 192)

        def with_prompt(prompt: str) -> Encode:
            return lambda texts: bert.embed(encoder, bert.tokenise(pieces, [prompt + text for text in texts]))

        return Model(with_prompt(QUERY_PROMPT), with_prompt(PASSAGE_PROMPT))
    from beleidskennis.embeddings import load_encoder

    bundled = load_encoder(what)
    return Model(bundled.encode_queries, bundled.encode_passages)


def _lsa(passages: list[str]) -> Encode:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(sublinear_tf=True, min_df=2)
    matrix = weights.fit_transform(passages)
    reducer = TruncatedSVD(256, random_state=0).fit(matrix)
    return lambda texts: unit(reducer.transform(weights.transform(texts)))


def question_scores(
    model: Model, questions: list[dict], passages: list[dict], options: argparse.Namespace
) -> list[dict]:
    """What `score.py search` makes of the ten nearest passages of every question: by passage, and by sentence."""
    rows = model.passages([" ".join([*p.get("headings", []), p.get("intro", ""), p["text"]]).strip() for p in passages])
    asked = model.queries([question["question"] for question in questions])
    sentences = [
        [text for start, end in split(p["text"]) if worth_embedding(text := p["text"][start:end])] or [p["text"]]
        for p in passages
    ]
    counts = [len(texts) for texts in sentences]
    near = asked @ in_context(rows, model.passages([text for texts in sentences for text in texts]), counts).T
    by_sentence = np.maximum.reduceat(near, np.cumsum([0, *counts[:-1]]), axis=1)
    return [judged(likeness, questions, passages, options) for likeness in (asked @ rows.T, by_sentence)]


def judged(likeness: np.ndarray, questions: list[dict], passages: list[dict], options: argparse.Namespace) -> dict:
    """The scores of a matrix of questions by passages."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as run:
        for question, scores in zip(questions, likeness, strict=True):
            best = np.argsort(-scores, kind="stable")[:10]
            hits = [{**passages[i], "score": float(scores[i])} for i in best]
            run.write(json.dumps({"id": question["id"], "hits": hits}) + "\n")
        run.flush()
        command = [sys.executable, str(options.score), "search", str(options.questions), run.name]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def flores(encode: Encode, data: Path) -> tuple[float, float]:
    """Share of FLORES-200 devtest sentences whose translation is the nearest: Dutch to English, English to Dutch."""
    pairs = [
        line.split("\t") for line in (data / "parallel/eval_flores200_devtest.tsv").read_text("utf-8").splitlines()
    ]
    likeness = encode([pair[1] for pair in pairs]) @ encode([pair[0] for pair in pairs]).T
    here = np.arange(len(pairs))
    return float((likeness.argmax(1) == here).mean()), float((likeness.argmax(0) == here).mean())


def sts(encode: Encode, data: Path) -> float:
    """Spearman's correlation of cosine and human score on the Dutch STS test split."""
    from scipy.stats import spearmanr

    rows = corpora.sts(data, "test")
    left, right = encode([row[0] for row in rows]), encode([row[1] for row in rows])
    return float(spearmanr((left * right).sum(1), [row[2] for row in rows]).statistic)


def main() -> None:
    """Prints one Markdown table row a model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="the question set alone")
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    questions = [json.loads(line) for line in options.questions.open(encoding="utf-8")]
    passages = [json.loads(line) for line in options.passages.open(encoding="utf-8")]
    print("| model | " + " | ".join(SLICES) + " | FLORES nl-en | en-nl | STSb-nl |")
    print("|---|" + "--:|" * (len(SLICES) + 3))
    for given in options.models:
        name, _, what = given.partition("=")
        model = model_of(what, [passage["text"] for passage in passages])
        others = ["", "", ""]
        if what != "lsa" and not options.quick:
            others = [f"{share:.3f}" for share in flores(model.passages, options.data)]
            others.append(f"{sts(model.passages, options.data):.3f}")
        ways = ("passages", "nearest sentence")
        for way, scores in zip(ways, question_scores(model, questions, passages, options), strict=True):
            cells = [f"{scores[part]['ndcg10']:.3f}" if part in scores else "" for part in SLICES]
            print(f"| {name}, {way} | " + " | ".join([*cells, *others]) + " |", flush=True)
            others = ["", "", ""]


if __name__ == "__main__":
    main()
