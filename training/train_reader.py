"""Trains the reader: it reads a question and a passage together and says of each sentence whether it answers.

Its lower layers are those of the encoder and stay as they are, so that the two share them in the package; the upper
ones start as the encoder's and learn from questions with the sentences that answer them (`read_pairs.py`). A pair is
`<s> question </s> sentence </s> sentence </s> ...`; the score of a sentence is one linear sum over the mean of its
pieces' last states. Pairs whose passage does not answer have no answering sentence: passages near to the question that
are another's, and questions written to look as if their passage answered them.

    python training/train_reader.py --start ENCODER --pairs read.jsonl --out FOLDER
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
from torch import Tensor, nn
from torch.nn import functional

SEED = 20261125
QUERY_PIECES, PIECES = 40, 224
MARK = 2
"""`</s>`, which ends the question and each sentence."""
STEP = 16  # lengths are rounded up to a multiple: every new shape costs oneDNN a compilation
GROUP = 16  # rows that run together
CHOICE = 0.5
"""Weight of choosing among a passage's own sentences beside that of judging each one."""


@dataclass(frozen=True, slots=True)
class Example:
    """A tokenised question and passage; `parts` are the `(first, end)` pieces of its sentences, `right` who answers."""

    ids: list[int]
    parts: list[tuple[int, int]]
    right: list[bool]


class Reader(nn.Module):
    """The encoder's layers with a score for each piece."""

    def __init__(self, encoder: bert.Bert) -> None:
        super().__init__()
        self.encoder = encoder
        self.score = nn.Linear(bert.WIDTH, 1)

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """A score for each piece, `(batch, time)`, of `ids` `(batch, time)`."""
        return self.score(self.encoder.states(ids, mask).float())[..., 0]


def joined(question: list[int], sentences: list[list[int]]) -> tuple[list[int], list[tuple[int, int]]]:
    """The pieces of a question and sentences (each without marks) as the reader wants them, and each one's place.

    Sentences that do not fit whole are left out.
    """
    ids, parts = [0, *question[:QUERY_PIECES], MARK], []
    for sentence in sentences:
        if len(ids) + len(sentence) + 1 > PIECES:
            break
        parts.append((len(ids), len(ids) + len(sentence)))
        ids += [*sentence, MARK]
    return ids, parts


def examples(tokenizer, records: list[dict]) -> list[Example]:
    """The pairs as the reader reads them; those of which no sentence fits are left out."""
    flat = [record["question"] for record in records] + [text for record in records for text in record["sentences"]]
    unique = list(dict.fromkeys(flat))
    cut = tokenizer.encode_batch(unique, add_special_tokens=False)
    pieces = {text: one.ids for text, one in zip(unique, cut, strict=True)}
    found = []
    for record in records:
        ids, parts = joined(pieces[record["question"]], [pieces[text] for text in record["sentences"]])
        if parts:
            found.append(Example(ids, parts, [i in record["right"] for i in range(len(parts))]))
    return found


def sentence_scores(scores: Tensor, parts: list[tuple[int, int]]) -> Tensor:
    """The mean score of each sentence's pieces; `scores` is `(time,)`."""
    return torch.stack([scores[first:end].mean() for first, end in parts])


def loss_of(model: Reader, group: list[Example]) -> tuple[Tensor, list[tuple[float, bool]]]:
    """The summed loss of a group, and of each sentence its score and whether it answers."""
    ids, mask = bert.pad([one.ids for one in group], STEP)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rows = model(ids, mask)
    total, told = torch.zeros(()), []
    for row, one in zip(rows.float(), group, strict=True):
        scores, goal = sentence_scores(row, one.parts), torch.tensor(one.right, dtype=torch.float32)
        total = total + functional.binary_cross_entropy_with_logits(scores, goal)
        if goal.any() and len(scores) > 1:
            total = total + CHOICE * functional.cross_entropy(scores[None], goal[None] / goal.sum())
        told += list(zip(scores.tolist(), one.right, strict=True))
    return total, told


def groups(rows: list[Example], rng: np.random.Generator, size: int) -> Iterator[list[list[Example]]]:
    """Batches of `size`, each in groups of like length that run together."""
    order = rng.permutation(len(rows))
    for start in range(0, len(order) - size + 1, size):
        part = sorted((rows[i] for i in order[start : start + size]), key=lambda one: len(one.ids))
        yield [part[i : i + GROUP] for i in range(0, len(part), GROUP)]


@torch.no_grad()
def measure(model: Reader, rows: list[Example]) -> str:
    """Areas under the curve over sentences and over passages, and how often the best sentence of a passage answers."""
    from sklearn.metrics import roc_auc_score

    ordered = sorted(rows, key=lambda one: len(one.ids))
    told: list[tuple[float, bool]] = []
    for start in range(0, len(ordered), GROUP):
        told += loss_of(model, ordered[start : start + GROUP])[1]
    place, best, chosen = 0, [], []
    for one in ordered:
        scores, right = zip(*told[place : place + len(one.parts)], strict=True)
        place += len(one.parts)
        best.append((max(scores), any(right)))
        if any(right) and len(scores) > 1:
            chosen.append(right[int(np.argmax(scores))])
    sentences = roc_auc_score([one[1] for one in told], [one[0] for one in told])
    passages = roc_auc_score([one[1] for one in best], [one[0] for one in best])
    return f"sentences {sentences:.3f}, passages {passages:.3f}, best sentence right {np.mean(chosen):.3f}"


def main() -> None:
    """Writes `reader.pt` and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--go-on", type=Path, help="folder with a reader.pt to go on from")
    parser.add_argument("--mean", action="store_true", help="the mean of the weights gone on from and those trained")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--frozen", type=int, default=6, help="so many lowest layers, and the pieces, stay as they are")
    parser.add_argument("--held-out", type=float, default=0.03, help="share of the paragraphs to measure on")
    parser.add_argument("--steps", type=int, help="stop after so many, for a trial")
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    tokenizer = bert.load_tokenizer(options.start, 512)
    model = Reader(bert.load_student(options.start))
    if options.go_on:
        model.load_state_dict(torch.load(options.go_on / "reader.pt", weights_only=True))
    records = [json.loads(line) for line in options.pairs.read_text(encoding="utf-8").splitlines()]
    names = sorted({record["about"] for record in records})
    apart = set(rng.choice(names, int(len(names) * options.held_out), replace=False).tolist())
    rows = examples(tokenizer, [record for record in records if record["about"] not in apart])
    held_out = examples(tokenizer, [record for record in records if record["about"] in apart])
    encoder = model.encoder
    for part in (encoder.words, encoder.norm, *encoder.layers[: options.frozen]):
        part.requires_grad_(False)
    encoder.places.requires_grad_(False)
    trained = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.lr, weight_decay=0.01)
    total = int(options.epochs * len(rows) / options.batch)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())
    pieces = sum(len(one.ids) for one in rows)
    print(f"{len(rows)} pairs, {pieces} pieces, {len(held_out)} held out, {total} steps", flush=True)
    step, began, losses = 0, time.time(), []
    while step < total and step != options.steps:
        for batch in groups(rows, rng, options.batch):
            rate = min(1.0, (step + 1) / (0.1 * total)) * max(0.02, 1 - step / total)
            optimizer.param_groups[0]["lr"] = options.lr * rate
            optimizer.zero_grad()
            for group in batch:
                loss, _ = loss_of(model, group)
                (loss / options.batch).backward()
                losses.append(float(loss.detach()) / len(group))
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            step += 1
            if step % 25 == 0 or step == total:
                print(f"{time.time() - began:.0f} s: step {step}/{total}, loss {np.mean(losses):.3f}", flush=True)
                losses = []
            if step % 200 == 0:
                print(measure(model, held_out), flush=True)
                torch.save(model.state_dict(), options.out / "reader.pt")
            if step in (total, options.steps):
                break
    if options.go_on and options.mean:
        before = torch.load(options.go_on / "reader.pt", weights_only=True)
        model.load_state_dict({name: (value + before[name]) / 2 for name, value in model.state_dict().items()})
    print(measure(model, held_out), flush=True)
    torch.save(model.state_dict(), options.out / "reader.pt")


if __name__ == "__main__":
    main()
