"""Makes the training pairs of the questions written for this project: `{"query", "passage"}` a line.

    python training/written_pairs.py --data DATA --out pairs.jsonl

`training/data/questions_nl.jsonl` holds questions, search phrases and claims as civil servants type them, a quarter of
the second ones in English, phrased far from the paragraph that answers them: `question`, and `source` (a prose file)
with `sha1` (the first 12 hexadecimal digits of the SHA-1 of that paragraph), so that no text of others is kept here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import corpora

QUESTIONS = Path(__file__).parent / "data" / "questions_nl.jsonl"


def sha1(text: str) -> str:
    """The name of a paragraph."""
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]


def main() -> None:
    """Writes the pairs, in the order of the questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    by_name = {sha1(text): text for rows in corpora.prose(options.data).values() for text in rows}
    with QUESTIONS.open(encoding="utf-8") as questions, options.out.open("w", encoding="utf-8") as pairs:
        for question in map(json.loads, questions):
            passage = by_name.get(question["sha1"])
            if passage:
                pairs.write(json.dumps({"query": question["question"], "passage": passage}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
