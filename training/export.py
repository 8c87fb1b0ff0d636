"""Turns a trained model into the folder that ships: 8 bits, with its card.

    python training/export.py ENCODER TABLE OUT --name beleidskennis-nl --small beleidskennis-nl-klein --version 1 \
        --texts PROSE.txt [--query-prompt "query: " --passage-prompt "passage: "]

ENCODER holds the trained `model.pt`, TABLE the trained `table.npy`; both must have one vocabulary. The files of both
models go to OUT; the small one's card goes to a folder beside it and points there. PROSE.txt (or .txt.gz) holds Dutch
texts, one a line, that show which values the activations take: `TEXTS` lines of it, evenly spread, are looked at.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import bert
import numpy as np
import torch
from onnx_graph import by_row, onnx_graph

TEXTS = 100
"""More did not change the scales by which inputs are smoothed."""
MIN_CHARACTERS, MAX_CHARACTERS = 200, 900
"""Of the texts that are looked at: about a passage."""


@dataclass(frozen=True)
class Use:
    """How a model is to be used; see `Card` in `beleidskennis.embeddings.bundled`."""

    max_length: int = 192
    query_prompt: str = ""
    passage_prompt: str = ""


def sample_texts(path: Path) -> list[str]:
    """`TEXTS` lines of about a passage, evenly spread over the file."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = content.decode(encoding="utf-8").splitlines()
    long = [line.strip()[:MAX_CHARACTERS] for line in lines if len(line) > MIN_CHARACTERS]
    if not long:
        raise SystemExit(f"{path}: no line of more than {MIN_CHARACTERS} characters.")
    return long[:: max(1, len(long) // TEXTS)][:TEXTS]


def write_card(
    folder: Path, name: str, version: str, kind: str, dimension: int, use: Use, weights: Path, files: list[str]
) -> None:
    """`model.json` in `folder`, for a model whose `files` are in `weights`."""
    fields = {
        "format": 1,
        "name": name,
        "version": version,
        "kind": kind,
        "dimension": dimension,
        "max_length": use.max_length,
        "query_prompt": use.query_prompt,
        "passage_prompt": use.passage_prompt,
        "weights_in": "" if weights == folder else weights.name,
        "files": {file: hashlib.sha256((weights / file).read_bytes()).hexdigest() for file in sorted(files)},
    }
    (folder / "model.json").write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--small", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--max-length", type=int, default=Use.max_length)
    parser.add_argument("--query-prompt", default="")
    parser.add_argument("--passage-prompt", default="")
    return parser.parse_args()


def main() -> None:
    """Writes both folders."""
    import onnx

    options = read_options()
    out, small = options.out, options.out.parent / options.small
    vocabulary = (options.encoder / "tokenizer.json").read_bytes()
    if vocabulary != (options.table / "tokenizer.json").read_bytes():
        raise SystemExit("The encoder and the table have different vocabularies.")
    out.mkdir(parents=True, exist_ok=True)
    small.mkdir(exist_ok=True)
    (out / "tokenizer.json").write_bytes(vocabulary)
    torch.set_num_threads(1)  # texts go through one by one: more threads would wait for each other
    use = Use(options.max_length, options.query_prompt, options.passage_prompt)
    tokenizer = bert.load_tokenizer(options.encoder, use.max_length)
    texts = bert.tokenise(tokenizer, [use.passage_prompt + text for text in sample_texts(options.texts)])
    onnx.save(onnx_graph(bert.load_student(options.encoder), use.max_length, texts), out / "model.onnx")
    table, scale = by_row(np.load(options.table / "table.npy"))
    np.save(out / "table.npy", table)
    np.save(out / "scale.npy", scale)
    write_card(out, options.name, options.version, "onnx", bert.WIDTH, use, out, ["model.onnx", "tokenizer.json"])
    small_files = ["table.npy", "scale.npy", "tokenizer.json"]
    write_card(small, options.small, options.version, "static", table.shape[1], Use(use.max_length), out, small_files)


if __name__ == "__main__":
    main()
