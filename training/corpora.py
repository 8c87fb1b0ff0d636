"""Reads the training data: `--data` names a folder with `parallel/`, `prose/`, `sts/` and `lexicon/`.

Every reader gives plain Python values, cleaned in the same way, in a fixed order, without duplicates. Files named
`eval_*` and the STS test split are never read here: they are for measuring alone (see `evaluate_dense.py`).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

# Longer sides are cut by the tokenizer anyway (192 pieces); a pair whose lengths differ more than this is misaligned.
MAX_CHARACTERS = 1200
MAX_LENGTH_RATIO = 2.2
# Terms of software manuals teach little of policy Dutch: at most this many pairs of each such file are used.
PARALLEL_CAPS = {"tldr_pages": 2500, "msdocs_nav": 9000, "mozilla_www": 2500, "msdocs_d365ops_headings": 6000}

_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"[*_`#|]+|\\[<>]|\[\d+\]")


def clean(text: str) -> str:
    """`text` without Markdown marks and runs of spaces."""
    return _SPACES.sub(" ", _MARKUP.sub(" ", text)).strip()


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def parallel(data: Path) -> dict[str, list[tuple[str, str]]]:
    """`(english, dutch)` pairs by source, in file order; capped sources are thinned evenly."""
    result: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((data / "parallel").iterdir()):
        if path.name.startswith("eval_"):
            continue
        seen: set[tuple[str, str]] = set()
        rows: list[tuple[str, str]] = []
        for line in _lines(path):
            english, _, dutch = line.partition("\t")
            pair = clean(english)[:MAX_CHARACTERS], clean(dutch)[:MAX_CHARACTERS]
            if not pair[0] or not pair[1] or pair in seen:
                continue
            ratio = (len(pair[0]) + 15) / (len(pair[1]) + 15)
            if not 1 / MAX_LENGTH_RATIO < ratio < MAX_LENGTH_RATIO:
                continue
            seen.add(pair)
            rows.append(pair)
        cap = PARALLEL_CAPS.get(_stem(path), len(rows))
        result[_stem(path)] = rows[:: max(1, len(rows) // cap)][:cap] if len(rows) > cap else rows
    return result


def dictionary(data: Path) -> list[tuple[str, str]]:
    """`(english, dutch)` terms of Wiktionary and the Open Multilingual Wordnet, without duplicates."""
    seen: dict[tuple[str, str], None] = {}
    for name in ("wiktionary_en_nl.tsv", "omw_en_nl.tsv"):
        for line in _lines(data / "lexicon" / name):
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 2:
                continue
            english, dutch = clean(cells[0].replace("_", " ")), clean(cells[1].replace("_", " "))
            if english and dutch and len(english) < 60 and len(dutch) < 60:
                seen[english, dutch] = None
    return list(seen)


def glosses(data: Path) -> list[str]:
    """English definitions of Wiktionary: text for choosing which English word pieces to keep."""
    return [
        cells[2] for line in _lines(data / "lexicon" / "wiktionary_en_nl.tsv") if len(cells := line.split("\t")) > 2
    ]


def prose(data: Path) -> dict[str, list[str]]:
    """Dutch paragraphs by source, in file order."""
    return {
        _stem(path): [text for line in _lines(path) if (text := clean(line))]
        for path in sorted((data / "prose").iterdir())
    }


def sts(data: Path, split: str) -> list[tuple[str, str, float]]:
    """`(sentence, sentence, score 0 to 5)` of the Dutch STS benchmark; `split` is train, dev or test."""
    rows = [line.split("\t") for line in _lines(data / "sts" / f"stsb_nl_{split}.tsv")]
    return [(row[0], row[1], float(row[2])) for row in rows]
