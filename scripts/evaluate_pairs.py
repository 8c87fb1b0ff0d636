"""Are the pairs of a comparison about the same thing? Measured on pairs that were read, for several thresholds.

    python scripts/evaluate_pairs.py --index INDEX --pairs tests/data/sample-pairs.jsonl [--show]

A line of the file has `first` and `second` (each with `document` and `quote`) and `same`: whether both are about the
same thing, so that it makes sense to read them side by side. All documents of the index are compared by twos. To be run
again when the embedding model changes: `comparison.aligning.THRESHOLD` leans on its vectors.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path

from beleidskennis.comparison import Pair, Scale, align
from beleidskennis.library import Library
from beleidskennis.settings import load_settings

GRID = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def all_pairs(library: Library) -> list[Pair]:
    """Every pair of recommendations of two documents, from the lowest threshold of the grid."""
    items, vectors = library.advice_of([one.document_id for one in library.documents()])
    rows = {one.document_id: [] for one in library.documents()}
    for row, item in enumerate(items):
        rows[item.document_id].append(row)
    scale = Scale.of(items, vectors)
    found = []
    for left, right in combinations(rows.values(), 2):
        found += align(
            [items[row] for row in left],
            [items[row] for row in right],
            vectors[left],
            vectors[right],
            threshold=GRID[0],
            scale=scale,
        )
    return sorted(found, key=lambda pair: -pair.score)


def main() -> None:
    """Print, for each threshold: pairs found, how many were read, how many of those are right, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print the pairs that nobody read yet")
    options = parser.parse_args()
    lines = options.pairs.read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    same = {frozenset((one["first"]["quote"], one["second"]["quote"])): one["same"] for one in read}
    with Library.open(load_settings(index=options.index)) as library:
        pairs = all_pairs(library)
    print("threshold  pairs  read  right  precision  recall of what was read")
    for threshold in GRID:
        found = [frozenset((pair.first.quote, pair.second.quote)) for pair in pairs if pair.score >= threshold]
        known = [same[key] for key in found if key in same]
        precision = sum(known) / len(known) if known else 0.0
        recall = sum(known) / max(1, sum(same.values()))
        print(f"{threshold:9} {len(found):6} {len(known):5} {sum(known):6} {precision:10.2f} {recall:7.2f}")
    for pair in pairs if options.show else ():
        if frozenset((pair.first.quote, pair.second.quote)) not in same:
            print(f"\n{pair.score} {', '.join(pair.shared)}\n  {pair.first.quote}\n  {pair.second.quote}")


if __name__ == "__main__":
    main()
