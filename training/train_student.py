"""Trains the six-layer student on the teacher's vectors of English sides, and on Dutch retrieval pairs.

Distillation: a Dutch text, and now and then its English side, should land on the teacher's vector of the English
(cosine distance, plus contrast against the other targets of the batch and a bank of random ones). Retrieval: a query
should be nearer to its own passage than to the other passages of the batch. `--minutes` ends the run; the learning
rate falls to nothing by then. A checkpoint is written every eight minutes.

    python training/train_student.py --start FOLDER --targets FOLDER... --out FOLDER --minutes 40
    python training/train_student.py --start FOLDER --targets FOLDER... --pairs FILE.jsonl --retrieval 0.4 ...
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import bert
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from train_static import read_targets

SEED = 20261122
LENGTH = 192
# Of a passage in a retrieval step only this much is read: more pairs in the same time.
PASSAGE_LENGTH = 112
BATCH_PIECES = 6144
# Lengths are rounded up to a multiple of this.
STEP = 8
TEMPERATURE = 0.05
CONTRAST = 0.05
BANK = 2048
ENGLISH_SHARE = 0.12
CHECKPOINT_SECONDS = 480


def batches(lengths: np.ndarray, rng: np.random.Generator, pieces: int, most: int) -> Iterator[np.ndarray]:
    """Endless batches of row numbers: rows of like length, about `pieces` word pieces, at most `most` rows.

    All batches of one bucket have one shape: every new shape costs oneDNN a compilation and memory.
    """
    buckets = -(-lengths // STEP) * STEP
    sizes = {int(width): int(min(most, max(16, pieces // width // 8 * 8))) for width in np.unique(buckets)}
    while True:
        cuts = []
        for width, size in sizes.items():
            rows = rng.permutation(np.flatnonzero(buckets == width))
            cuts += [rows[start : start + size] for start in range(0, len(rows) - size + 1, size)]
        for number in rng.permutation(len(cuts)):
            yield cuts[number]


def distillation_loss(made: Tensor, goals: Tensor, bank: Tensor) -> tuple[Tensor, float]:
    """Cosine distance plus contrast; also gives the mean cosine, for the log."""
    likeness = made @ goals.T
    logits = torch.cat([likeness, made @ bank.T], 1) / TEMPERATURE
    # A random target that is nearly the goal itself (the same term, a near-duplicate) is no negative.
    logits[:, len(goals) :].masked_fill_(goals @ bank.T > 0.9, -1e4)
    twins = (goals @ goals.T > 0.9) & ~torch.eye(len(goals), dtype=torch.bool)
    logits[:, : len(goals)].masked_fill_(twins, -1e4)
    right = likeness.diagonal()
    return (1 - right).mean() + CONTRAST * functional.cross_entropy(logits, torch.arange(len(goals))), float(
        right.mean()
    )


def retrieval_loss(queries: Tensor, passages: Tensor) -> Tensor:
    """In-batch contrast, both ways."""
    logits = queries @ passages.T / TEMPERATURE
    goal = torch.arange(len(queries))
    return (functional.cross_entropy(logits, goal) + functional.cross_entropy(logits.T, goal)) / 2


class Distillation:
    """Serves distillation batches: tokenised Dutch and English sides with their targets."""

    def __init__(self, folders: list[Path], tokenizer, rng: np.random.Generator) -> None:
        dutch, english, targets = read_targets(folders)
        self.rows = bert.tokenise(tokenizer, dutch)
        self.english = bert.tokenise(tokenizer, english)
        self.targets = torch.from_numpy(targets)
        self.rng = rng
        self.has_english = np.array([bool(text) for text in english])
        self.order = batches(np.array([len(row) for row in self.rows]), rng, BATCH_PIECES, 512)

    def loss(self, model: bert.Bert) -> tuple[Tensor, float]:
        """The loss of the next batch, and its mean cosine."""
        part = next(self.order)
        rows = self.rows
        if self.rng.random() < ENGLISH_SHARE:
            with_english = part[self.has_english[part]]
            if len(with_english) == len(part):
                part, rows = with_english, self.english
        bank = self.targets[self.rng.integers(0, len(self.targets), BANK)]
        return distillation_loss(model(*bert.pad([rows[i] for i in part], STEP)).float(), self.targets[part], bank)


class Retrieval:
    """Serves (query, passage) batches."""

    def __init__(self, files: list[Path], tokenizer, rng: np.random.Generator, pieces: int) -> None:
        records = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
        tokenizer.enable_truncation(PASSAGE_LENGTH)
        self.queries = bert.tokenise(tokenizer, [record["query"] for record in records])
        self.passages = bert.tokenise(tokenizer, [record["passage"] for record in records])
        self.order = batches(np.array([len(row) for row in self.passages]), rng, pieces, 128)

    def loss(self, model: bert.Bert) -> Tensor:
        """The loss of the next batch."""
        part = next(self.order)
        queries = model(*bert.pad([self.queries[i] for i in part], 16)).float()
        passages = model(*bert.pad([self.passages[i] for i in part], STEP)).float()
        return retrieval_loss(queries, passages)


def main() -> None:
    """Writes `model.pt` and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--targets", type=Path, nargs="+", required=True)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--retrieval", type=float, default=0.0, help="share of the steps that are retrieval steps")
    parser.add_argument(
        "--retrieval-from", type=float, default=0.6, help="share of the time that is distillation alone"
    )
    parser.add_argument("--retrieval-pieces", type=int, default=8192)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--lr", type=float, default=2e-4)
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    tokenizer = bert.load_tokenizer(options.start, LENGTH)
    distillation = Distillation(options.targets, tokenizer, rng)
    retrieval: Retrieval | None = None
    model = bert.load_student(options.start)
    rest = [value for name, value in model.named_parameters() if name != "words.weight"]
    optimizers = [
        torch.optim.AdamW(rest, lr=options.lr, weight_decay=0.01, betas=(0.9, 0.98)),
        torch.optim.SparseAdam([model.words.weight], lr=options.lr * 3, betas=(0.9, 0.98)),
    ]
    rates = [options.lr, options.lr * 3]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())
    began = saved = told = time.time()
    total, step, cosines, contrasts = options.minutes * 60, 0, [], []
    while (gone := time.time() - began) < total:
        rate = min(1.0, (step + 1) / 100) * max(0.01, 1 - gone / total)
        for optimizer, base in zip(optimizers, rates, strict=True):
            optimizer.param_groups[0]["lr"] = base * rate
            optimizer.zero_grad()
        if retrieval is None and options.pairs and gone / total >= options.retrieval_from:
            retrieval = Retrieval(options.pairs, tokenizer, rng, options.retrieval_pieces)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            if retrieval is not None and rng.random() < options.retrieval:
                loss = retrieval.loss(model)
                contrasts.append(float(loss.detach()))
            else:
                loss, cosine = distillation.loss(model)
                cosines.append(cosine)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        if time.time() - told > 60:
            told = time.time()
            contrast = f", retrieval loss {np.mean(contrasts):.3f}" if contrasts else ""
            print(f"{gone:.0f} s: step {step}, cosine {np.mean(cosines or [0]):.4f}{contrast}", flush=True)
            cosines, contrasts = [], []
        if time.time() - saved > CHECKPOINT_SECONDS:
            saved = time.time()
            torch.save(model.state_dict(), options.out / "model.pt")
    torch.save(model.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    main()
