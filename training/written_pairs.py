"""Makes the training pairs of the questions written for this project: `{"query", "passage"}` a line.

    python training/written_pairs.py --data DATA --out pairs.jsonl

`training/data/questions_nl.jsonl` holds questions, search phrases and claims as civil servants type them, a quarter of
the second ones in English, phrased far from the paragraph that answers them: `question`, and `source` (a prose file)
with `sha1` (the first 12 hexadecimal digits of the SHA-1 of that paragraph), so that no text of others is kept here.
`figure_questions_nl.jsonl` holds questions for a detail, and `claims_nl.jsonl` claims, of which those are taken that
their paragraph supports.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import corpora

DATA = Path(__file__).parent / "data"
QUESTIONS = DATA / "questions_nl.jsonl"
FIGURE_QUESTIONS = DATA / "figure_questions_nl.jsonl"
CLAIMS = DATA / "claims_nl.jsonl"


def sha1(text: str) -> str:
    """The name of a paragraph."""
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]


def read(path: Path) -> list[dict]:
    """The lines of a file of JSON objects."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Writes the pairs, in the order of the questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    by_name = {sha1(text): text for rows in corpora.prose(options.data).values() for text in rows}
    written = [*read(QUESTIONS), *read(FIGURE_QUESTIONS), *(one for one in read(CLAIMS) if one["answers"])]
    with options.out.open("w", encoding="utf-8") as pairs:
        for one in written:
            passage = by_name.get(one["sha1"])
            if passage:
                query = one["question"] if "question" in one else one["claim"]
                pairs.write(json.dumps({"query": query, "passage": passage}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
