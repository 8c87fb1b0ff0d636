"""The lexical leg alone on a question set: what each ingredient brings, and a grid over its parameters.

    python benchmarks/lexical_grid.py --passages passages.jsonl --questions questions.jsonl [--grid] > table.md

`passages.jsonl` is what `beleidskennis passages --jsonl` writes; a question is `{"id", "question", "kind",
"evidence": [{"document", "quote"}], "evidence_mode"}`. nDCG@10 by kind; a passage holds a quote when it has half of
the quote's word trigrams. "half 1" and "half 2" are the scores on the even and the odd questions of each kind:
settings whose gain shows in one half only are noise.
"""

import argparse
import collections
import dataclasses
import itertools
import json
import math
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np

from beleidskennis.dutch import acronyms as acronym_finder
from beleidskennis.dutch.terms import TermWeights, text_terms
from beleidskennis.dutch.words import normalise, words
from beleidskennis.lexical import Bm25, LexicalIndex, PassageTerms, best, context_text
from beleidskennis.query import QueryWeights, read_query
from beleidskennis.taxonomy.concepts import load_concepts


def read_lines(path):
    with Path(path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def trigrams(text):
    text = unicodedata.normalize("NFKC", text).lower()
    found = re.findall(r"\w+", re.sub(r"(?<=\w)[-\u00ad\u2010\u2011]\s*(?=\w)", "", text))
    return {tuple(found[i : i + 3]) for i in range(max(1, len(found) - 2))}


class Gold:
    """Which passages hold which evidence, worked out once."""

    def __init__(self, questions, passages):
        grams = [trigrams(passage["text"]) for passage in passages]
        self.questions = [question for question in questions if question["evidence"]]
        self.holders = []
        for question in self.questions:
            rows = []
            for evidence in question["evidence"]:
                wanted = trigrams(evidence["quote"])
                rows.append(
                    {
                        row
                        for row, passage in enumerate(passages)
                        if passage["document"] == evidence["document"] and len(wanted & grams[row]) >= len(wanted) / 2
                    }
                )
            self.holders.append(rows)

    def ndcg(self, number, ranked):
        """nDCG@10 of one question, for rows best first."""
        places = [
            next((rank for rank, row in enumerate(ranked[:10]) if row in rows), None) for rows in self.holders[number]
        ]
        found = sorted(place for place in places if place is not None)
        if self.questions[number].get("evidence_mode") != "all":
            return 1 / math.log2(found[0] + 2) if found else 0.0
        ideal = sum(1 / math.log2(i + 2) for i in range(len(places)))
        return min(1.0, sum(1 / math.log2(max(place, i) + 2) for i, place in enumerate(found)) / ideal)


@dataclasses.dataclass(frozen=True)
class Setup:
    bm25: Bm25 = dataclasses.field(default_factory=Bm25)
    terms: TermWeights = dataclasses.field(default_factory=TermWeights)
    query: QueryWeights = dataclasses.field(default_factory=QueryWeights)
    spelling: bool = True
    acronyms: bool = True
    concepts: bool = True


class Bed:
    def __init__(self, passages, questions):
        self.passages = passages
        self.gold = Gold(questions, passages)
        self.acronyms = {}
        for document in dict.fromkeys(passage["document"] for passage in passages):
            text = " ".join(passage["text"] for passage in passages if passage["document"] == document)
            self.acronyms |= acronym_finder.find(text)
        self.concepts = load_concepts()
        self._terms = {}
        self._queries = {}
        behind = {"note", "contents", "references", "colophon"}
        self.factors = np.array(
            [0.5 if passage.get("kind") in behind else 1.0 for passage in passages], dtype=np.float32
        )

    def terms(self, weights):
        if weights not in self._terms:
            self._terms[weights] = [self._passage(passage, weights) for passage in self.passages]
        return self._terms[weights]

    def _passage(self, passage, weights):
        found = text_terms(passage["text"], weights)
        around = "\n".join([*passage["headings"], passage.get("intro", "")])
        for text, weight in ((around, weights.heading), (self.context(passage), weights.document)):
            for term, frequency in text_terms(text, weights).items():
                found[term] = found.get(term, 0.0) + weight * frequency
        written = {normalise(word) for word in words(passage["text"])}
        return PassageTerms({term: frequency for term, frequency in found.items() if frequency}, tuple(written))

    def context(self, passage):
        return context_text(passage.get("title", ""), passage.get("publisher", ""), self.acronyms)

    def run(self, setup):
        """nDCG@10 of every question."""
        index = LexicalIndex.build(self.terms(setup.terms), setup.bm25)
        queries = self.queries(dataclasses.replace(setup, bm25=Bm25(), terms=TermWeights()), index)
        ranked = (best(index.scores(query.weights) * self.factors, 10)[0].tolist() for query in queries)
        return [self.gold.ndcg(number, rows) for number, rows in enumerate(ranked)]

    def queries(self, setup, index):
        """The questions as they are read; once for all settings that differ in the index alone."""
        if setup not in self._queries:
            arguments = {
                "spelling": index.spelling if setup.spelling else None,
                "acronyms": self.acronyms if setup.acronyms else None,
                "expand": self.concepts.weights if setup.concepts else None,
                "weights": setup.query,
            }
            self._queries[setup] = [read_query(one["question"], **arguments) for one in self.gold.questions]
        return self._queries[setup]

    def summary(self, scores):
        by = collections.defaultdict(list)
        seen = collections.Counter()
        for question, score in zip(self.gold.questions, scores, strict=True):
            kind = question["kind"]
            by["all"].append(score)
            by[kind].append(score)
            by[f"half {1 + seen[kind] % 2}"].append(score)
            seen[kind] += 1
        return {name: sum(values) / len(values) for name, values in by.items()}


COLUMNS = (
    "all",
    "paraphrase",
    "english",
    "typo",
    "keyword",
    "factoid",
    "figure",
    "recommendation",
    "list",
    "comparison",
)
COLUMNS = (*COLUMNS, "half 1", "half 2")


def row(name, summary):
    return f"| {name} | " + " | ".join(f"{summary.get(column, float('nan')):.3f}" for column in COLUMNS) + " |"


def head(first):
    return f"| {first} | " + " | ".join(COLUMNS) + " |\n|---|" + "--:|" * len(COLUMNS)


def change(setup, **parts):
    """`setup` with other weights: `terms={"part": 0.0}` and the like."""
    new = {name: dataclasses.replace(getattr(setup, name), **values) for name, values in parts.items()}
    return dataclasses.replace(setup, **new)


def ablations():
    base = Setup()
    yield "default", base
    yield "no compound parts in passages", change(base, terms={"part": 0.0})
    yield "no compound parts in questions", change(base, query={"part": 0.0})
    yield "no word families", change(base, terms={"root": 0.0}, query={"root": 0.0})
    yield "no headings", change(base, terms={"heading": 0.0})
    yield "no names of documents", change(base, terms={"document": 0.0})
    yield "no quantities", change(base, terms={"quantity": 0.0})
    yield "no spelling correction", dataclasses.replace(base, spelling=False)
    yield "no acronyms", dataclasses.replace(base, acronyms=False)
    yield "no concepts", dataclasses.replace(base, concepts=False)
    yield "no cognates", change(base, query={"cognate": 0.0})
    yield "question words at full weight", change(base, query={"question_word": 1.0})


def one_at_a_time():
    base = Setup()
    values = {
        ("terms", "part"): (0.25, 0.75),
        ("terms", "root"): (0.15, 0.5),
        ("terms", "heading"): (0.25, 1.0),
        ("terms", "document"): (0.1, 0.6),
        ("query", "part"): (0.4, 0.7, 0.85),
        ("query", "root"): (0.3, 0.8),
        ("query", "expansion"): (0.3, 0.45, 0.75),
        ("query", "acronym"): (0.4, 1.0),
        ("query", "cognate"): (0.25, 0.75),
    }
    for (group, name), tried in values.items():
        for value in tried:
            yield f"{group}.{name} {value}", change(base, **{group: {name: value}})


def variants():
    base = Setup()
    for variant, k1, b in itertools.product(("okapi", "plus", "l"), (0.6, 0.9, 1.2, 1.6), (0.3, 0.4, 0.5, 0.75)):
        yield f"{variant}, k1 {k1}, b {b}", change(base, bm25={"variant": variant, "k1": k1, "b": b})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", required=True)
    parser.add_argument("--questions", required=True)
    parser.add_argument("--grid", action="store_true")
    options = parser.parse_args()
    bed = Bed(read_lines(options.passages), read_lines(options.questions))
    tables = [("without one ingredient", ablations)]
    if options.grid:
        tables += [("one weight changed", one_at_a_time), ("variant and parameters of BM25", variants)]
    for title, setups in tables:
        print(head(title))
        for name, setup in setups():
            print(row(name, bed.summary(bed.run(setup))), flush=True)
        print()


if __name__ == "__main__":
    sys.exit(main())
