"""Measures the dense leg alone, without leaking: nothing here is ever trained on.

Three measures: nDCG@10 by slice on a question set (judged by running the given `score.py`), the share of FLORES-200
sentences whose translation is the nearest of 1,012 (Dutch to English, as a question in Dutch would find English, and
back), and Spearman's correlation on the test split of the Dutch STS benchmark.

    python training/evaluate_dense.py --questions Q.jsonl --passages P.jsonl --score score.py --data DATA \\
        bundled=src/beleidskennis/models/beleidskennis-nl student=FOLDER teacher=teacher lsa=lsa

A model is `name=what`: a folder with `model.pt` (a student), with `table.npy` (a static one in training), or a bundled
model; `teacher`; or `lsa` (SVD of TF-IDF over the passages themselves, 256 dimensions, no other measure applies).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import bert
import corpora
import numpy as np

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


def encoder(what: str, passages: list[str]) -> Encode:
    """The text-to-vectors function that `what` names."""
    if what == "lsa":
        return _lsa(passages)
    if what == "teacher":
        folder = bert.teacher_folder()
        teacher, words = bert.load_teacher(folder).eval(), bert.load_tokenizer(folder, 256)
        return lambda texts: bert.embed(teacher, bert.tokenise(words, texts), bf16=False)
    path = Path(what)
    if (path / "model.pt").exists():
        student, pieces = bert.load_student(path).eval(), bert.load_tokenizer(path, 192)
        return lambda texts: bert.embed(student, bert.tokenise(pieces, texts))
    if (path / "table.npy").exists():
        return _static(path)
    from beleidskennis.embeddings import load_encoder

    bundled = load_encoder(what)
    return lambda texts: bundled.encode_passages(texts)


def _static(path: Path) -> Encode:
    table, pieces = np.load(path / "table.npy"), bert.load_tokenizer(path, 512)

    def encode(texts: list[str]) -> np.ndarray:
        rows = [row[1:-1] for row in bert.tokenise(pieces, texts)]
        return unit(np.stack([table[row].sum(0) if row else np.zeros(table.shape[1]) for row in rows]))

    return encode


def _lsa(passages: list[str]) -> Encode:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(sublinear_tf=True, min_df=2)
    matrix = weights.fit_transform(passages)
    reducer = TruncatedSVD(256, random_state=0).fit(matrix)
    return lambda texts: unit(reducer.transform(weights.transform(texts)))


def question_score(encode: Encode, questions: list[dict], passages: list[dict], options: argparse.Namespace) -> dict:
    """What `score.py search` makes of the ten nearest passages of every question."""
    rows = encode([" ".join([*p.get("headings", [])[-2:], p["text"]]) for p in passages])
    likeness = encode([question["question"] for question in questions]) @ rows.T
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
    for model in options.models:
        name, _, what = model.partition("=")
        encode = encoder(what, [passage["text"] for passage in passages])
        scores = question_score(encode, questions, passages, options)
        cells = [f"{scores[part]['ndcg10']:.3f}" if part in scores else "" for part in SLICES]
        if what == "lsa" or options.quick:
            cells += ["", "", ""]
        else:
            cells += [f"{share:.3f}" for share in flores(encode, options.data)] + [f"{sts(encode, options.data):.3f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
