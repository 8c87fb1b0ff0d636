"""Trains the static model: one vector a word piece, whose mean over a text should point where the teacher points.

Each piece starts from what the encoder in `--start` makes of it alone (as in Model2Vec), weighted down by how common
it is (smooth inverse frequency, Arora et al. 2017), reduced to `--width` by the main directions of the targets. Then
the table is trained on the targets: cosine distance and in-batch contrast. With `--pairs`, every step also holds a
batch of (query, passage) pairs, and contrasts the query's own passage with the others.

    python training/train_static.py --start FOLDER --targets FOLDER... --pairs FILE.jsonl --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import bert
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

SEED = 20261122
TEMPERATURE = 0.05
CONTRAST = 0.05
SIF = 1e-3


def read_targets(folders: list[Path]) -> tuple[list[str], list[str], np.ndarray]:
    """Dutch texts, English texts and targets of all folders, in order; an English text may be empty."""
    dutch, english, vectors = [], [], []
    for folder in folders:
        with (folder / "pairs.jsonl").open(encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        english += [row[0] for row in rows]
        dutch += [row[1] for row in rows]
        vectors.append(np.load(folder / "targets.npy").astype(np.float32))
    return dutch, english, np.concatenate(vectors)


def main_directions(targets: np.ndarray, width: int) -> np.ndarray:
    """The first `width` principal directions (not centred) of the targets, `(384, width)`."""
    _, vectors = np.linalg.eigh(targets.T @ targets)
    return np.ascontiguousarray(vectors[:, ::-1][:, :width])


def first_table(start: Path, size: int, counts: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """The table before training: the encoder's view of each piece, times its SIF weight."""
    model = bert.load_student(start).eval()
    tokenizer = bert.load_tokenizer(start, 8)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    alone = bert.embed(model, [[cls, piece, sep] for piece in range(size)])
    share = counts / counts.sum()
    return alone @ directions * (SIF / (SIF + share))[:, None].astype(np.float32)


def bags(rows: list[list[int]], part: np.ndarray) -> tuple[Tensor, Tensor]:
    """Flat piece numbers and offsets of the chosen rows."""
    chosen = [rows[i] for i in part]
    offsets = np.cumsum([0] + [len(row) for row in chosen[:-1]])
    return torch.tensor([piece for row in chosen for piece in row]), torch.tensor(offsets)


def embed(table: Tensor, rows: list[list[int]], part: np.ndarray) -> Tensor:
    """Unit vectors of the chosen rows."""
    pieces, offsets = bags(rows, part)
    return functional.normalize(functional.embedding_bag(pieces, table, offsets, mode="sum"), dim=-1)


def contrast(likeness: Tensor) -> Tensor:
    """Each row should be most like its own column, and the other way round."""
    logits, goal = likeness / TEMPERATURE, torch.arange(len(likeness))
    return (functional.cross_entropy(logits, goal) + functional.cross_entropy(logits.T, goal)) / 2


def read_pairs(path: Path, tokenizer) -> tuple[list[list[int]], list[list[int]]]:
    """Tokenised queries and passages, without pairs of which a side is empty."""
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    queries = [row[1:-1] for row in bert.tokenise(tokenizer, [record["query"] for record in records])]
    passages = [row[1:-1] for row in bert.tokenise(tokenizer, [record["passage"] for record in records])]
    good = [i for i in range(len(records)) if queries[i] and passages[i]]
    return [queries[i] for i in good], [passages[i] for i in good]


def main() -> None:
    """Writes `table.npy` `(pieces, width)` float32 and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--targets", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--table", type=Path, help="folder with a table.npy to go on from")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--pair-batch", type=int, default=512)
    parser.add_argument("--pair-weight", type=float, default=0.1)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--lr", type=float, default=3e-3)
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    began = time.time()
    dutch, english, targets = read_targets(options.targets)
    tokenizer = bert.load_tokenizer(options.start, 256)
    rows = [row[1:-1] for row in bert.tokenise(tokenizer, dutch)]
    # The English side too, a quarter of it: an English question should find Dutch text.
    also = rng.permutation([i for i, text in enumerate(english) if text])[: len(rows) // 4]
    rows += [row[1:-1] for row in bert.tokenise(tokenizer, [english[i] for i in also])]
    targets = np.concatenate([targets, targets[also]])
    directions = main_directions(targets[:100000], options.width)
    goals = targets @ directions
    goals = torch.from_numpy(goals / np.linalg.norm(goals, axis=1, keepdims=True))
    counts = np.bincount(
        np.concatenate([np.array(row, dtype=np.int64) for row in rows]), minlength=tokenizer.get_vocab_size()
    )
    if options.table:
        first = np.load(options.table / "table.npy")
    else:
        first = first_table(options.start, len(counts), counts + 1.0, directions)
    table = torch.from_numpy(first).requires_grad_()
    print(f"{time.time() - began:.0f} s: {len(rows)} texts, start ready", flush=True)
    pairs = read_pairs(options.pairs, tokenizer) if options.pairs else ([], [])
    pair_order = np.zeros(0, dtype=np.int64)
    usable = np.array([i for i, row in enumerate(rows) if row])
    steps = options.epochs * (len(usable) // options.batch)
    optimizer = torch.optim.Adam([table], lr=options.lr)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for epoch in range(options.epochs):
        order = rng.permutation(usable)
        losses = []
        for start in range(0, len(order) - options.batch + 1, options.batch):
            part = order[start : start + options.batch]
            likeness = embed(table, rows, part) @ goals[part].T
            apart = functional.cross_entropy(likeness / TEMPERATURE, torch.arange(len(part)))
            loss = (1 - likeness.diagonal()).mean() + CONTRAST * apart
            if pairs[0]:
                if len(pair_order) < options.pair_batch:
                    pair_order = rng.permutation(len(pairs[0]))
                chosen, pair_order = pair_order[: options.pair_batch], pair_order[options.pair_batch :]
                query, passage = (embed(table, side, chosen) for side in pairs)
                loss = loss + options.pair_weight * contrast(query @ passage.T)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print(f"{time.time() - began:.0f} s: epoch {epoch + 1}, loss {np.mean(losses):.4f}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "table.npy", table.detach().numpy())
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
