"""Trains the static model: one vector a word piece, whose sum over a text points where the encoder points.

Each piece starts from what the encoder makes of it alone (as in Model2Vec), weighted down by how common it is (smooth
inverse frequency, Arora et al. 2017), reduced to `--width` by the main directions of the targets. Then the table is
trained on what the encoder makes of Dutch and English texts, and on (question, passage) pairs with in-batch contrast.
The mean of the encoder's vectors is taken off first: all of them lie in one narrow cone, which a sum cannot learn.

    python training/train_static.py --data DATA --encoder FOLDER --pairs FILE.jsonl --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import bert
import corpora
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from train_encoder import PASSAGE_PROMPT

SEED = 20261125
TEMPERATURE = 0.05
CONTRAST = 0.05
SIF = 1e-3
TEXT_PIECES = 96
# How many texts of a kind are embedded by the encoder. Most time goes there.
SENTENCES, PARAGRAPHS, TERMS = 1500, 1000, 20000


def choose(data: Path) -> list[str]:
    """Dutch and English texts, short and long, without duplicates."""
    rng = random.Random(SEED)
    texts: list[str] = []
    for rows in corpora.parallel(data).values():
        for english, dutch in rng.sample(rows, min(len(rows), SENTENCES)):
            texts += [english, dutch] if rng.random() < 0.3 else [dutch]
    for rows in corpora.prose(data).values():
        texts += rng.sample(rows, min(len(rows), PARAGRAPHS))
    terms = corpora.dictionary(data)
    texts += [term for pair in rng.sample(terms, min(len(terms), TERMS // 2)) for term in pair]
    return list(dict.fromkeys(texts))


def targets_of(model: bert.Bert, tokenizer, texts: list[str]) -> np.ndarray:
    """What the encoder makes of the texts, `(n, 384)`, their mean taken off, unit rows."""
    made = bert.embed(model, bert.tokenise(tokenizer, [PASSAGE_PROMPT + text for text in texts]))
    made -= made.mean(0)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def main_directions(targets: np.ndarray, width: int) -> np.ndarray:
    """The first `width` principal directions of the targets, `(384, width)`."""
    _, vectors = np.linalg.eigh(targets.T @ targets)
    return np.ascontiguousarray(vectors[:, ::-1][:, :width])


def first_table(model: bert.Bert, counts: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """The table before training: the encoder's view of each piece (between <s> and </s>), times its SIF weight."""
    alone = bert.embed(model, [[0, piece, 2] for piece in range(len(counts))])
    share = counts / counts.sum()
    return (alone - alone.mean(0)) @ directions * (SIF / (SIF + share))[:, None].astype(np.float32)


def embed(table: Tensor, rows: list[list[int]], part: np.ndarray) -> Tensor:
    """Unit vectors of the chosen rows."""
    chosen = [rows[i] for i in part]
    offsets = torch.tensor(np.cumsum([0] + [len(row) for row in chosen[:-1]]))
    pieces = torch.tensor([piece for row in chosen for piece in row])
    return functional.normalize(functional.embedding_bag(pieces, table, offsets, mode="sum"), dim=-1)


def contrast(likeness: Tensor) -> Tensor:
    """Each row should be most like its own column, and the other way round."""
    logits, goal = likeness / TEMPERATURE, torch.arange(len(likeness))
    return (functional.cross_entropy(logits, goal) + functional.cross_entropy(logits.T, goal)) / 2


def bare(tokenizer, texts: list[str]) -> list[list[int]]:
    """Piece numbers without the marks at both ends."""
    return [row[1:-1] for row in bert.tokenise(tokenizer, texts)]


def main() -> None:
    """Writes `table.npy` `(pieces, width)` float32 and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.pt")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--pair-batch", type=int, default=512)
    parser.add_argument("--pair-weight", type=float, default=0.2)
    parser.add_argument("--lr", type=float, default=3e-3)
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    began = time.time()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = bert.load_tokenizer(options.encoder, TEXT_PIECES)
    model = bert.load_student(options.encoder).eval()
    texts = choose(options.data)
    kept = options.out / "targets.npy"
    if not kept.exists():
        np.save(kept, targets_of(model, tokenizer, texts).astype(np.float16))
    targets = np.load(kept).astype(np.float32)
    print(f"{time.time() - began:.0f} s: {len(texts)} texts", flush=True)
    directions = main_directions(targets, options.width)
    goals = torch.from_numpy(targets @ directions)
    goals = functional.normalize(goals, dim=-1)
    rows = bare(tokenizer, texts)
    with options.pairs.open(encoding="utf-8") as stream:
        pairs = [json.loads(line) for line in stream]
    queries = bare(tokenizer, [pair["query"] for pair in pairs])
    passages = bare(tokenizer, [pair["passage"] for pair in pairs])
    counts = np.bincount(np.concatenate([*map(np.array, rows)]), minlength=tokenizer.get_vocab_size())
    table = torch.from_numpy(first_table(model, counts + 1.0, directions)).requires_grad_()
    usable = np.array([i for i, row in enumerate(rows) if row])
    steps = options.epochs * (len(usable) // options.batch)
    optimizer = torch.optim.Adam([table], lr=options.lr)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for epoch in range(options.epochs):
        order, losses = rng.permutation(usable), []
        for start in range(0, len(order) - options.batch + 1, options.batch):
            part = order[start : start + options.batch]
            likeness = embed(table, rows, part) @ goals[part].T
            chosen = rng.choice(len(pairs), options.pair_batch, replace=False)
            asked = contrast(embed(table, queries, chosen) @ embed(table, passages, chosen).T)
            loss = (1 - likeness.diagonal()).mean() + CONTRAST * contrast(likeness) + options.pair_weight * asked
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print(f"{time.time() - began:.0f} s: epoch {epoch + 1}, loss {np.mean(losses):.4f}", flush=True)
    np.save(options.out / "table.npy", table.detach().numpy())
    (options.out / "tokenizer.json").write_bytes((options.encoder / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
