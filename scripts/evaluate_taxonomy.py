"""Measures the links from recommendations to themes, sectors and addressees on a gold set.

    python scripts/evaluate_taxonomy.py --gold recommendations.jsonl [--default DOCUMENT=rijk,gemeente ...] [--markdown]

A line of the gold set holds `document`, `quote`, `themes`, `sectors`, `addressees`; quotes are judged by themselves,
without their headings. Recommendations whose addressees are only ["onbekend"] do not count for addressees. --default
says to whom a document is addressed (what `default_addressees` finds from the document itself in real use). The
two-fold check chooses the threshold of each scheme on the other documents and measures on the one left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.model import Label
from beleidskennis.taxonomy import Taxonomy, link_addressees, load_taxonomy
from beleidskennis.taxonomy.linking import THRESHOLDS, link_topics

SCHEMES = {"theme": "themes", "sector": "sectors", "addressee": "addressees"}
GRID = tuple(round(0.3 + 0.05 * step, 2) for step in range(10))


@dataclass(frozen=True, slots=True)
class Score:
    """Micro-averaged precision, recall and F1, with the counts that they come from."""

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


def score(gold: Sequence[set[str]], found: Sequence[set[str]]) -> Score:
    right = sum(len(a & b) for a, b in zip(gold, found, strict=True))
    return Score(sum(map(len, gold)), sum(map(len, found)), right)


def links(rows: list[dict], scheme: str, taxonomy: Taxonomy, defaults: dict[str, list[str]]) -> list[tuple[Label, ...]]:
    """All links of each row, those under the threshold too (but for addressees, which have levels and no grid)."""
    if scheme == "addressee":
        return [
            link_addressees(row["quote"], taxonomy, default_addressees=defaults.get(row["document"], ()))
            for row in rows
        ]
    return [link_topics(row["quote"], taxonomy, scheme, threshold=min(GRID)) for row in rows]


def above(labels: Sequence[tuple[Label, ...]], threshold: float) -> list[set[str]]:
    return [{label.concept_id for label in row if label.confidence >= threshold} for row in labels]


def two_fold(rows: list[dict], gold: list[set[str]], labels: list[tuple[Label, ...]]) -> list[tuple[str, float, Score]]:
    """For each document: the threshold that is best on the others, and the score that it gives here."""
    documents = list(dict.fromkeys(row["document"] for row in rows))
    result = []
    for document in documents if len(documents) > 1 else ():
        here = [position for position, row in enumerate(rows) if row["document"] == document]
        there = [position for position in range(len(rows)) if position not in set(here)]

        def at(positions: list[int], threshold: float) -> Score:
            found = above(labels, threshold)
            return score([gold[p] for p in positions], [found[p] for p in positions])

        best = max(GRID, key=lambda threshold: at(there, threshold).f1)
        result.append((document, best, at(here, best)))
    return result


def report(rows: list[dict], scheme: str, taxonomy: Taxonomy, defaults: dict[str, list[str]], line: Callable) -> None:
    key = SCHEMES[scheme]
    if scheme == "addressee":
        rows = [row for row in rows if row[key] != ["onbekend"]]
    gold = [set(row[key]) for row in rows]
    labels = links(rows, scheme, taxonomy, defaults)
    found = above(labels, THRESHOLDS.get(scheme, 0.0))
    line(f"{key} (micro)", score(gold, found))
    for document in dict.fromkeys(row["document"] for row in rows):
        positions = [position for position, row in enumerate(rows) if row["document"] == document]
        line(f"{key}, {document}", score([gold[p] for p in positions], [found[p] for p in positions]))
    if scheme != "addressee":
        for document, threshold, result in two_fold(rows, gold, labels):
            line(f"{key}, {document}, threshold {threshold} chosen on the rest", result)
    for concept_id in taxonomy.ids(scheme):
        line(concept_id, score([g & {concept_id} for g in gold], [f & {concept_id} for f in found]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--taxonomy", type=Path)
    parser.add_argument("--default", action="append", default=[], metavar="DOCUMENT=ADDRESSEES")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(text) for text in options.gold.read_text(encoding="utf-8").splitlines() if text.strip()]
    defaults = {name: names.split(",") for name, _, names in (item.partition("=") for item in options.default)}
    taxonomy = load_taxonomy(options.taxonomy)

    def line(name: str, s: Score) -> None:
        values = (f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.gold), str(s.found))
        print("| " + " | ".join((name, *values)) + " |" if options.markdown else f"{name:60}" + "  ".join(values))

    for scheme in SCHEMES:
        if options.markdown:
            print(f"\n| {scheme} | precision | recall | F1 | gold | found |\n|---|--:|--:|--:|--:|--:|")
        report(rows, scheme, taxonomy, defaults, line)


if __name__ == "__main__":
    main()
