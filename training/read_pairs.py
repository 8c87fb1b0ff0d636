"""Makes what the reader learns from: a question, a paragraph's sentences, and which of them answer it, a line each.

    python training/read_pairs.py --data DATA --encoder src/beleidskennis/models/beleidskennis-nl --out read.jsonl

Four kinds of pairs: the questions of `data/questions_nl.jsonl` and `data/figure_questions_nl.jsonl` with their own
paragraph (`answers` there: numbers of the sentences that answer, from 1, as `beleidskennis.dutch.sentences` cuts them);
the same questions with the paragraph of another that lies near to them; the questions of `data/near_misses_nl.jsonl`
with the paragraph that seems to answer them and does not; and the claims of `data/claims_nl.jsonl`, which their
paragraph supports, invents (`answers` is empty) or twists (the same).

Half of the near misses ask for a figure or a date, which is what a text most often lacks. Of these so many are kept as
there are questions for one that are answered: else the reader would learn that such a question has no answer.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import corpora
import numpy as np
from train_encoder import TOO_ALIKE, word_vectors
from written_pairs import CLAIMS, DATA, FIGURE_QUESTIONS, QUESTIONS, read, sha1

from beleidskennis.dutch.sentences import split
from beleidskennis.embeddings.bundled import load_bundled

SEED = 20261125
ANSWERED = (QUESTIONS, FIGURE_QUESTIONS)
NEAR_MISSES = DATA / "near_misses_nl.jsonl"
FIGURE = re.compile(
    r"\b(?:hoeveel|hoe (?:hoog|groot|lang|veel)|how (?:many|much|high|long|large)|welk (?:bedrag|percentage|aandeel)"
    r"|aantal|number|procent|wanneer|when|welk jaar|which year|datum|kosten|costs?)\b",
    re.IGNORECASE,
)
"""A question for a figure or a date."""
OTHERS = 0.6
"""Share of the questions that are also put to another's paragraph."""
NEAREST = slice(2, 40)
"""Ranks among which another's paragraph is drawn: the very nearest often answers too."""


def others(questions: list[str], own: list[str], paragraphs: dict[str, str], encoder: Path) -> list[str]:
    """For each question the name of a paragraph that lies near to it and is not about what its own one says."""
    model, rng = load_bundled(encoder), np.random.default_rng(SEED)
    names = list(paragraphs)
    row = {name: number for number, name in enumerate(names)}
    about = word_vectors(list(paragraphs.values()))
    vectors = model.encode_passages(list(paragraphs.values()))
    chosen = []
    for vector, name in zip(model.encode_queries(questions), own, strict=True):
        nearest = np.argsort(-(vectors @ vector), kind="stable")[NEAREST]
        alike = np.asarray((about[nearest] @ about[row[name]].T).todense()).ravel() > TOO_ALIKE
        fit = [int(one) for one in nearest[~alike] if one != row[name]]
        chosen.append(names[fit[int(rng.integers(len(fit)))]])
    return chosen


def balanced(questions: list[dict], misses: list[dict], rng: np.random.Generator) -> list[dict]:
    """The near misses, with as many that ask for a figure as there are answered questions that do."""
    answered = sum(bool(FIGURE.search(one["question"])) for one in questions)
    asking = [one for one in misses if FIGURE.search(one["question"])]
    kept = {id(asking[int(i)]) for i in rng.permutation(len(asking))[:answered]}
    return [one for one in misses if id(one) in kept or not FIGURE.search(one["question"])]


def main() -> None:
    """Writes the pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--without", type=Path, help="leave out what is about the paragraphs of this earlier file")
    parser.add_argument("--questions", type=float, default=1.0, help="share of the paragraphs asked about; claims: all")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    questions, misses = [one for path in ANSWERED for one in read(path)], read(NEAR_MISSES)
    if options.without:
        had = {one["about"] for one in read(options.without)}
        questions = [one for one in questions if one["sha1"] not in had or FIGURE.search(one["question"])]
        misses = [one for one in misses if one["sha1"] not in had or not FIGURE.search(one["question"])]
    rng = np.random.default_rng(SEED)
    names = sorted({one["sha1"] for one in questions})
    asked_about = set(rng.permutation(names)[: round(options.questions * len(names))].tolist())
    questions = [one for one in questions if one["sha1"] in asked_about]
    misses = balanced(questions, [one for one in misses if one["sha1"] in asked_about], rng)
    claims = [{**one, "question": one["claim"]} for one in read(CLAIMS)] if not options.without else []
    questions += [one for one in claims if one["answers"]]
    misses += [one for one in claims if not one["answers"]]
    wanted = {one["sha1"] for one in questions + misses}
    prose = {sha1(text): text for rows in corpora.prose(options.data).values() for text in rows}
    paragraphs = {name: prose[name] for name in sorted(wanted & prose.keys())}
    sentences = {name: [text[start:end] for start, end in split(text)] for name, text in paragraphs.items()}
    questions = [one for one in questions if one["sha1"] in paragraphs]
    pairs = [(one["question"], one["sha1"], one["sha1"], [i - 1 for i in one["answers"]]) for one in questions]
    asked, own = [one["question"] for one in questions], [one["sha1"] for one in questions]
    chosen = rng.random(len(asked)) < OTHERS
    near = others(asked, own, paragraphs, options.encoder)
    put = zip(asked, own, near, chosen, strict=True)
    pairs += [(question, name, other, []) for question, name, other, kept in put if kept]
    pairs += [(one["question"], one["sha1"], one["sha1"], []) for one in misses if one["sha1"] in paragraphs]
    with options.out.open("w", encoding="utf-8") as file:
        for question, about, name, right in pairs:
            line = {"about": about, "question": question, "sentences": sentences[name], "right": right}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{len(pairs)} pairs, {sum(bool(pair[3]) for pair in pairs)} of them answered")


if __name__ == "__main__":
    main()
