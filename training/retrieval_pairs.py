"""Makes `(query, passage)` pairs for the retrieval part of the training, hand-written questions included.

    python training/retrieval_pairs.py --data DATA --out pairs.jsonl [--times 6]

`--times` takes that many times as much of every source: the static model has time for more than the encoder.

`training/data/questions_nl.jsonl` holds questions written for this project, as civil servants type them: `question`,
and `source` (a prose file) with `sha1` (the first 12 hexadecimal digits of the SHA-1 of the paragraph that answers
it), so that no text of others is kept here.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import random
import re
from pathlib import Path

import corpora

SEED = 20261122
QUESTIONS = Path(__file__).parent / "data" / "questions_nl.jsonl"
# Per source: how many pairs at most. Most weight to what is nearest to policy advice.
CAPS = {
    "gov_docs_heading_section": 1800,
    "laws_heading_article": 1800,
    "laws_title_opening": 300,
    "msdocs_finance_heading_section_nl": 800,
    "msdocs_title_intro_nl": 300,
    "esco_occupation_descriptions": 900,
    "ggm_gemeente_definities": 600,
    "bzk_dpia_begrippen": 200,
}
PROGRAMME_PAIRS = 7000
QUESTION_REPEATS = 3


def sha1(text: str) -> str:
    """The name of a paragraph."""
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]


def given_pairs(data: Path, rng: random.Random, times: int) -> list[dict[str, str]]:
    """Headings, titles and terms with their text; a heading that is used more than twice says too little."""
    result = []
    for source, rows in corpora.pairs(data).items():
        uses = collections.Counter(query.lower() for query, _ in rows)
        good = [(q, p) for q, p in rows if uses[q.lower()] <= 2 and len(q) > 5 and len(p) > 60 and q[:40] != p[:40]]
        rng.shuffle(good)
        result += [{"query": q[:250], "passage": p} for q, p in good[: times * CAPS.get(source, 500)]]
    return result


def programme_pairs(paragraphs: list[str], rng: random.Random, count: int) -> list[dict[str, str]]:
    """One sentence of a paragraph against the rest of it (the inverse cloze task, Lee et al. 2019)."""
    result: list[dict[str, str]] = []
    for paragraph in rng.sample(paragraphs, len(paragraphs)):
        sentences = [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph) if len(s) > 30]
        letters = sum(c.isalpha() or c.isspace() for c in paragraph) / len(paragraph)
        if len(sentences) < 3 or letters < 0.93 or not 250 < len(paragraph) < 1300:
            continue
        chosen = rng.randrange(len(sentences))
        rest = " ".join(s for i, s in enumerate(sentences) if i != chosen)
        result.append({"query": sentences[chosen][:300], "passage": rest})
        if len(result) == count:
            break
    return result


def written_pairs(prose: dict[str, list[str]]) -> list[dict[str, str]]:
    """The hand-written questions with their paragraphs."""
    if not QUESTIONS.exists():
        return []
    questions = [json.loads(line) for line in QUESTIONS.open(encoding="utf-8")]
    by_name = {sha1(text): text for rows in prose.values() for text in rows}
    return [{"query": q["question"], "passage": by_name[q["sha1"]]} for q in questions if q["sha1"] in by_name]


def main() -> None:
    """Writes the pairs, shuffled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(SEED)
    rows = given_pairs(options.data, rng, options.times)
    paragraphs = corpora.prose(options.data)
    programmes = paragraphs["verkiezingsprogrammas_1994_2023"]
    rows += programme_pairs(programmes, rng, options.times * PROGRAMME_PAIRS)
    rows += written_pairs(paragraphs) * QUESTION_REPEATS
    rng.shuffle(rows)
    with options.out.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
