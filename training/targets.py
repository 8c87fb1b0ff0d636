"""Chooses the sentence pairs for distillation and computes what the teacher makes of their English sides, once.

Writes to `--out`: `pairs.jsonl` (`[english, dutch, group]`), `targets.npy` `(n, 384)` float16 unit rows.

    python training/targets.py --data DATA --out FOLDER [--teacher FOLDER]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from pathlib import Path

import bert
import corpora
import numpy as np
import torch

SEED = 20261122
# Treaties of before the spelling reform of 1947 ("den oorlog", "zoodanig", "Nederlandsche") teach the wrong Dutch.
OLD_SPELLING = re.compile(r"\b(\w+sche[nr]?|zoo\w*|tusschen|dezelve\w*|den|welken|eenen|Hooge|zullende|ten einde)\b")
# How many pairs of a source are used: all but the treaties and the software manuals, which would drown the rest.
CAPS = {"treaties_en_nl": 30000, "msdocs_business_central": 14000, "msdocs_nav": 5000}
DICTIONARY_CAP = 60000
LONG_CAPS = {
    "treaties_en_nl": 3500,
    "msdocs_business_central": 800,
    "guides_legal_opendata": 400,
    "gov_internetnl": 400,
}


def choose(data: Path) -> list[tuple[str, str, str]]:
    """`(english, dutch, group)`; group is short, term or long."""
    rng = random.Random(SEED)
    result: list[tuple[str, str, str]] = []
    for source, rows in corpora.parallel(data).items():
        if source == "treaties_en_nl":
            rows = [pair for pair in rows if len(OLD_SPELLING.findall(pair[1])) == 0]
        if source in LONG_CAPS:
            joined = corpora.long_pairs(rows, rng)
            rng.shuffle(joined)
            result += [(en, nl, "long") for en, nl in joined[: LONG_CAPS[source]]]
        short = [pair for pair in rows if len(pair[1]) < 420]
        rng.shuffle(short)
        result += [(en, nl, "short") for en, nl in short[: CAPS.get(source, len(short))]]
    terms = corpora.dictionary(data)
    rng.shuffle(terms)
    result += [(en, nl, "term") for en, nl in terms[:DICTIONARY_CAP]]
    return result


def main() -> None:
    """Chooses, embeds, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher")
    options = parser.parse_args()
    torch.set_num_threads(2)
    began = time.time()
    folder = bert.teacher_folder(options.teacher)
    teacher = bert.load_teacher(folder).eval()
    rows = choose(options.data)
    ids = bert.tokenise(bert.load_tokenizer(folder, 256), [en for en, _, _ in rows])
    print(f"{time.time() - began:.0f} s: {len(rows)} pairs, {sum(map(len, ids))} pieces", flush=True)
    targets = np.zeros((len(rows), bert.WIDTH), dtype=np.float16)
    order = sorted(range(len(rows)), key=lambda i: len(ids[i]))
    for start in range(0, len(order), 20000):
        part = order[start : start + 20000]
        targets[part] = bert.embed(teacher, [ids[i] for i in part])
        print(f"{time.time() - began:.0f} s: {start + len(part)} embedded", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "targets.npy", targets)
    with (options.out / "pairs.jsonl").open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
