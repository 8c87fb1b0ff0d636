"""Fine-tunes the encoder so that a question lies near the sentence, in its passage, that answers it.

The score that is trained is the score that search uses: a passage is as near to a question as the nearest of its
sentences, each the mean of its word pieces added to the mean of the passage's (both of length 1). One pass through the
layers gives them all. Contrast is within the batch: random batches, and batches of passages about the same thing
(`--hard`), where passages that say nearly the same are no negatives of each other.

    python training/train_encoder.py --start FOLDER --pairs written.jsonl:3 mined.jsonl:1 --out FOLDER --epochs 3
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bert
import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor
from torch.nn import functional

from beleidskennis.dutch.sentences import split

SEED = 20261125
QUERY_PIECES, PASSAGE_PIECES = 48, 144
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
MIN_WORDS = 4  # as in beleidskennis.sentence_vectors: shorter sentences have no vector
TEMPERATURE = 0.02
WHOLE_SHARE = 0.3  # weight of the passage vector's own loss beside that of its nearest sentence
TOO_ALIKE = 0.5  # passages that share more of their words than this (TF-IDF cosine) are no negatives of each other
POOL = 4000  # a hard batch is drawn from so many passages: of all, it would be of near-duplicates
STEP = 16  # lengths are rounded up to a multiple: every new shape costs oneDNN a compilation
GROUP = 16  # rows that run together


@dataclass(frozen=True, slots=True)
class Pair:
    """A tokenised question and passage; `parts` are the `(first, end)` pieces of the passage's sentences."""

    query: list[int]
    passage: list[int]
    parts: list[tuple[int, int]]


def parts_of(text: str, offsets: list[tuple[int, int]], shift: int) -> list[tuple[int, int]]:
    """Pieces of each sentence of `text`, which begins at character `shift` of what was tokenised."""
    parts = []
    for start, end in split(text):
        if text.count(" ", start, end) + 1 < MIN_WORDS:
            continue
        inside = [i for i, (a, b) in enumerate(offsets) if b > a and a >= shift + start and b <= shift + end]
        if len(inside) > 2:
            parts.append((inside[0], inside[-1] + 1))
    return parts


def tokenise(tokenizer, records: list[dict[str, str]]) -> list[Pair]:
    """The pairs, cut to the lengths above."""
    tokenizer.enable_truncation(QUERY_PIECES)
    queries = tokenizer.encode_batch([QUERY_PROMPT + record["query"] for record in records])
    tokenizer.enable_truncation(PASSAGE_PIECES)
    passages = tokenizer.encode_batch([PASSAGE_PROMPT + record["passage"] for record in records])
    return [
        Pair(query.ids, passage.ids, parts_of(record["passage"], passage.offsets, len(PASSAGE_PROMPT)))
        for record, query, passage in zip(records, queries, passages, strict=True)
    ]


def states(model: bert.Bert, rows: list[list[int]]) -> list[Tensor]:
    """Sums of the last layer's states up to each piece, `(pieces + 1, 384)` a row; rows of like length run together."""
    sums: list[Tensor | None] = [None] * len(rows)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    for start in range(0, len(order), GROUP):
        part = order[start : start + GROUP]
        ids, mask = bert.pad([rows[i] for i in part], STEP)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model.states(ids, mask)
        for i, row in zip(part, hidden.float(), strict=True):
            sums[i] = functional.pad(row[: len(rows[i])].cumsum(0), (0, 0, 1, 0))
    return sums


def unit(x: Tensor) -> Tensor:
    """Rows of length 1."""
    return functional.normalize(x, dim=-1)


def vectors(model: bert.Bert, pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Queries `(n, d)`, passages `(n, d)`, sentences in context `(s, d)` and the passage of each sentence `(s,)`."""
    queries = unit(torch.stack([sums[-1] for sums in states(model, [pair.query for pair in pairs])]))
    rows = states(model, [pair.passage for pair in pairs])
    whole = unit(torch.stack([sums[-1] for sums in rows]))
    parts = [pair.parts or [(0, len(pair.passage))] for pair in pairs]
    means = [sums[end] - sums[first] for sums, places in zip(rows, parts, strict=True) for first, end in places]
    owner = torch.tensor([row for row, places in enumerate(parts) for _ in places])
    sentences = unit(unit(torch.stack(means)) + whole[owner])
    return queries, whole, sentences, owner


def loss_of(model: bert.Bert, pairs: list[Pair], alike: Tensor) -> tuple[Tensor, float]:
    """The loss, and the share of questions whose own passage is nearest. `alike` `(n, n)`: no negatives."""
    queries, whole, sentences, owner = vectors(model, pairs)
    count = len(pairs)
    nearest = torch.full((count, count), -2.0).scatter_reduce(
        1, owner.expand(count, -1), queries @ sentences.T, "amax", include_self=False
    )
    goal = torch.arange(count)
    total = torch.zeros(())
    for scores, share in ((nearest, 1.0), (queries @ whole.T, WHOLE_SHARE)):
        logits = (scores / TEMPERATURE).masked_fill(alike, -1e4)
        total = total + share * (functional.cross_entropy(logits, goal) + functional.cross_entropy(logits.T, goal)) / 2
    right = nearest.masked_fill(alike, -2).argmax(1) == goal
    return total, float(right.float().mean())


def word_vectors(passages: list[str]) -> csr_matrix:
    """TF-IDF of the passages, `(n, words)`, unit rows: what they are about, at no cost."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, min_df=2, max_df=0.1).fit_transform(passages).astype(np.float32)


def batches(
    source: np.ndarray, about: csr_matrix, names: np.ndarray, rng: np.random.Generator, size: int, hard: float
) -> Iterator[np.ndarray]:
    """One epoch: batches of row numbers, a share `hard` of them about the same thing; a passage once a batch.

    `about` is what `word_vectors` gives, `names` `(n,)` tells passages apart (a passage may have several questions).
    """
    order = rng.permutation(source)
    for start in range(0, len(order) - size + 1, size):
        part = order[start : start + size]
        if rng.random() < hard:
            pool = rng.choice(source, min(len(source), POOL), replace=False)
            near = np.asarray((about[pool] @ about[part[0]].T).todense()).ravel()
            part = pool[np.argsort(-near, kind="stable")[: 3 * size]]
        _, once = np.unique(names[part], return_index=True)
        yield part[np.sort(once)[:size]]


def main() -> None:
    """Writes `model.pt` and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--pairs", nargs="+", required=True, help="FILE.jsonl:TIMES, times an epoch (may be below 1)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--hard", type=float, default=0.5)
    parser.add_argument("--lr", type=float, default=4e-5)
    parser.add_argument("--frozen", type=int, default=6, help="so many lowest layers, and the pieces, stay as they are")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    tokenizer = bert.load_tokenizer(options.start, PASSAGE_PIECES)
    model = bert.load_student(options.start)
    pairs: list[Pair] = []
    passages: list[str] = []
    shares: list[tuple[np.ndarray, float]] = []
    for given in options.pairs:
        file, _, times = given.rpartition(":")
        records = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        made = tokenise(tokenizer, records)
        passages += [record["passage"] for record in records]
        shares.append((np.arange(len(pairs), len(pairs) + len(made)), float(times)))
        pairs += made
    about = word_vectors(passages)
    _, names = np.unique(passages, return_inverse=True)
    for part in (model.words, model.norm, *model.layers[: options.frozen]):
        part.requires_grad_(False)
    model.places.requires_grad_(False)
    trained = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.lr, weight_decay=0.01)
    epoch = int(sum(len(rows) * times for rows, times in shares))
    total = int(options.epochs * epoch / options.batch)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())
    print(f"{len(pairs)} pairs, {total} steps", flush=True)
    step, began, losses, rights = 0, time.time(), [], []
    while step < total:
        source = np.concatenate(
            [np.tile(rows, int(times)) for rows, times in shares]
            + [rng.permutation(rows)[: int(len(rows) * (times % 1))] for rows, times in shares]
        )
        for part in batches(source, about, names, rng, options.batch, options.hard):
            rate = min(1.0, (step + 1) / (0.1 * total)) * max(0.02, 1 - step / total)
            optimizer.param_groups[0]["lr"] = options.lr * rate
            optimizer.zero_grad()
            chosen = [pairs[i] for i in part]
            alike = torch.from_numpy(np.asarray((about[part] @ about[part].T).todense()) > TOO_ALIKE)
            alike.fill_diagonal_(False)
            loss, right = loss_of(model, chosen, alike)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            step += 1
            losses.append(float(loss.detach()))
            rights.append(right)
            if step % 25 == 0 or step == total:
                told = f"loss {np.mean(losses):.3f}, right {np.mean(rights):.3f}"
                print(f"{time.time() - began:.0f} s: step {step}/{total}, {told}", flush=True)
                losses, rights = [], []
            if step % 100 == 0:
                torch.save(model.state_dict(), options.out / "model.pt")
            if step == total:
                break
    torch.save(model.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    main()
