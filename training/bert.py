"""A small BERT encoder in PyTorch: the teacher multilingual-e5-small, and what is made of it.

Written out rather than taken from `transformers` because it is trained on two CPU cores: attention as plain matrix
products is twice as fast there, forward and back, as the fused kernel (measured: 2,700 against 1,300 tokens a second).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 512


class Layer(nn.Module):
    """One transformer layer, normalised after each block as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """`x` is `(batch, time, 384)`; `bias` is added to the attention logits, `(batch, 1, 1, time)`."""
        batch, time, _ = x.shape
        head = WIDTH // HEADS
        query, key, value = self.qkv(x).view(batch, time, 3, HEADS, head).permute(2, 0, 3, 1, 4)
        logits = query @ key.transpose(-1, -2) * head**-0.5
        if bias is not None:
            logits = logits + bias
        mixed = torch.softmax(logits, -1).to(value.dtype) @ value
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, time, WIDTH)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Bert(nn.Module):
    """Word pieces to a unit vector: embeddings, layers, mean over the pieces, normalised."""

    def __init__(self, pieces: int, layers: int = 6) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH, sparse=True)
        self.places = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])

    def states(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the last layer makes of each piece, `(batch, time, 384)`.

        `ids` `(batch, time)` int64; `mask` bool, True for real pieces (None: all are).
        """
        x = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        bias = None if mask is None else (~mask).to(torch.bfloat16)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The mean of the states as a unit vector, `(batch, 384)`; arguments as those of `states`."""
        x = self.states(ids, mask).float()
        if mask is None:
            return functional.normalize(x.mean(1), dim=-1)
        weight = mask.to(x.dtype)[:, :, None]
        return functional.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)


def load_student(folder: Path) -> Bert:
    """A student from `model.pt` in `folder` (a state dictionary)."""
    state = torch.load(folder / "model.pt", map_location="cpu", weights_only=True)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    model = Bert(state["words.weight"].shape[0], layers)
    model.load_state_dict(state)
    return model


def pad(rows: list[list[int]], step: int = 1) -> tuple[Tensor, Tensor | None]:
    """Rows of piece numbers as a padded matrix, its width a multiple of `step`, with its mask.

    There is no mask where all rows are of one length.
    """
    longest = -(-max(map(len, rows)) // step) * step
    ids = torch.zeros(len(rows), longest, dtype=torch.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row, dtype=torch.int64)
    if min(map(len, rows)) == longest:
        return ids, None
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(longest)[None, :] < lengths[:, None]


@torch.no_grad()
def embed(model: Bert, rows: list[list[int]], *, tokens: int = 8192, bf16: bool = True) -> np.ndarray:
    """Unit vectors of tokenised texts, `(n, 384)` float32; batches of about `tokens` pieces of like length."""
    result = np.zeros((len(rows), WIDTH), dtype=np.float32)
    buckets: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        buckets.setdefault(-(-len(row) // 8) * 8, []).append(number)
    for width, numbers in sorted(buckets.items()):
        size = max(1, tokens // width)  # few shapes: each new one costs oneDNN a compilation
        for start in range(0, len(numbers), size):
            part = numbers[start : start + size]
            ids, mask = pad([rows[i] for i in part], 8)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
                result[part] = model(ids, mask).float().numpy()
    return result


def load_tokenizer(folder: Path, length: int):
    """The `tokenizers` tokenizer of `tokenizer.json` in `folder`, cutting at `length` pieces, without padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(json.dumps(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))))
    tokenizer.no_padding()
    tokenizer.enable_truncation(length)
    return tokenizer


def tokenise(tokenizer, texts: list[str]) -> list[list[int]]:
    """Piece numbers of each text."""
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]
