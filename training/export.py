"""Turns a trained model into the folder that ships: 8 bits, with its card.

    python training/export.py ENCODER TABLE READER OUT --name beleidskennis-nl --small beleidskennis-nl-klein \
        --reader beleidskennis-lezer --version 1 --texts PROSE.txt --pairs read.jsonl \
        [--query-prompt "query: " --passage-prompt "passage: "]

ENCODER holds the trained `model.pt`, TABLE the trained `table.npy`, READER the trained `reader.pt`; all must have one
vocabulary, and encoder and reader the same `SHARED` lowest layers. The files of all models go to OUT; the cards of the
small one and of the reader go to folders beside it and point there. PROSE.txt (or .txt.gz) holds Dutch texts, one a
line, that show which values the activations take: `TEXTS` lines of it, evenly spread, are looked at; read.jsonl (of
`read_pairs.py`) shows the same for the reader.
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
from onnx_graph import by_block, largest_inputs, onnx_layers, packed
from train_reader import PIECES, Reader, examples

TEXTS = 100
"""More did not change the scales by which inputs are smoothed."""
SHARED = 6
"""Lowest layers that encoder and reader have in common."""
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
    parser.add_argument("read", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--small", required=True)
    parser.add_argument("--reader", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--max-length", type=int, default=Use.max_length)
    parser.add_argument("--query-prompt", default="")
    parser.add_argument("--passage-prompt", default="")
    return parser.parse_args()


def load_trained_reader(folder: Path, encoder: bert.Bert) -> Reader:
    """The reader of `reader.pt` in `folder`.

    Raises:
        SystemExit: its lowest layers are not those of the encoder.
    """
    reader = Reader(bert.Bert(encoder.words.num_embeddings, len(encoder.layers)))
    reader.load_state_dict(torch.load(folder / "reader.pt", map_location="cpu", weights_only=True))
    own, shared = reader.encoder.state_dict(), encoder.state_dict()
    upper = tuple(f"layers.{number}." for number in range(SHARED, len(encoder.layers)))
    if any(not torch.equal(own[name], shared[name]) for name in shared if not name.startswith(upper)):
        raise SystemExit("The lowest layers of the reader are not those of the encoder.")
    return reader


def pairs_sample(path: Path, tokenizer) -> list[list[int]]:
    """`TEXTS` pairs, evenly spread over the file, as the reader reads them."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [one.ids for one in examples(tokenizer, records[:: max(1, len(records) // TEXTS)][:TEXTS])]


def main() -> None:
    """Writes the three folders."""
    import onnx

    options = read_options()
    out, small, lezer = (options.out.parent / name for name in (options.out.name, options.small, options.reader))
    vocabulary = (options.encoder / "tokenizer.json").read_bytes()
    if any(vocabulary != (folder / "tokenizer.json").read_bytes() for folder in (options.table, options.read)):
        raise SystemExit("The encoder, the table and the reader have different vocabularies.")
    for folder in (out, small, lezer):
        folder.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_bytes(vocabulary)
    torch.set_num_threads(1)  # texts go through one by one: more threads would wait for each other
    use = Use(options.max_length, options.query_prompt, options.passage_prompt)
    tokenizer = bert.load_tokenizer(options.encoder, use.max_length)
    texts = bert.tokenise(tokenizer, [use.passage_prompt + text for text in sample_texts(options.texts)])
    encoder = bert.load_student(options.encoder)
    reader = load_trained_reader(options.read, encoder)
    pairs = pairs_sample(options.pairs, bert.load_tokenizer(options.encoder, 512))
    inputs, last = largest_inputs(encoder, texts + pairs), len(encoder.layers)
    parts = {
        "lower.onnx": onnx_layers(encoder, 0, SHARED, inputs, max_length=max(use.max_length, PIECES)),
        "upper.onnx": onnx_layers(encoder, SHARED, last, largest_inputs(encoder, texts), max_length=use.max_length),
        "reader.onnx": onnx_layers(
            reader.encoder, SHARED, last, largest_inputs(reader.encoder, pairs), max_length=PIECES, score=reader.score
        ),
    }
    for name, part in parts.items():
        onnx.save(part, out / name)
    table, scale = by_block(np.load(options.table / "table.npy").astype(np.float32))
    np.save(out / "table.npy", packed(table))
    np.save(out / "scale.npy", scale)
    version, shared = options.version, ["lower.onnx", "tokenizer.json"]
    write_card(out, options.name, version, "onnx", bert.WIDTH, use, out, ["upper.onnx", *shared])
    small_files = ["table.npy", "scale.npy", "tokenizer.json"]
    write_card(small, options.small, version, "static", table.shape[1], Use(use.max_length), out, small_files)
    write_card(lezer, options.reader, version, "reader", 1, Use(PIECES), out, ["reader.onnx", *shared])


if __name__ == "__main__":
    main()
