"""Two rankings made one, and one made of several that take turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from beleidskennis.index import KINDS, Snapshot

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

LEXICAL, SEMANTIC = "woorden", "betekenis"


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the legs are made one: a weighted sum of scores, each leg's brought to 0..1 (see docs/quality.md).

    Lexical scores are divided by the best one; semantic scores, which never come near 0, run from 0 for the last
    candidate to 1 for the best one. Measured against reciprocal rank fusion, which forgets by how much a hit leads.
    """

    lexical: float = 1.0
    semantic: float = 1.6
    candidates: int = 200
    """Rows taken of the lexical leg."""
    nearest: int = 100
    """Rows taken of the semantic leg, after their sentences were looked at."""
    looked_at: int = 200
    """Passages nearest in FAISS whose sentences are looked at, beside those of the lexical leg."""
    neighbour: float = 0.1
    """Share of its score that a passage lends to the ones before and after it: advice runs on over passages."""
    behind: float = 0.25
    """Factor on the score of what is not running text: contents pages, reference lists, colophons, notes."""


def fuse(legs: Mapping[str, tuple[Rows, Scores]], snapshot: Snapshot, fusion: Fusion) -> tuple[Rows, Scores]:
    """All candidates with their fused scores, best first."""
    candidates = np.unique(np.concatenate([rows for rows, _ in legs.values()]))
    scores = np.zeros(len(candidates), dtype=np.float32)
    for name, (rows, found) in legs.items():
        weight = fusion.lexical if name == LEXICAL else fusion.semantic
        scores[np.searchsorted(candidates, rows)] += weight * brought_to_one(found, floored=name == SEMANTIC)
    scores += fusion.neighbour * _lent(candidates, scores, snapshot.document_of_row)
    behind = np.array([not kind.is_running_text for kind in KINDS])
    scores[behind[snapshot.kind_of_row[candidates]]] *= fusion.behind
    order = np.lexsort((candidates, -scores))
    return candidates[order], scores[order]


def _lent(candidates: Rows, scores: Scores, document_of_row: NDArray[np.int32]) -> Scores:
    """What the candidates before and after each candidate (rows in order) score, where they are of its document."""
    lent = np.zeros_like(scores)
    documents = document_of_row[candidates]
    beside = (np.diff(candidates) == 1) & (np.diff(documents) == 0)
    lent[1:][beside] += scores[:-1][beside]
    lent[:-1][beside] += scores[1:][beside]
    return lent


def brought_to_one(scores: Scores, *, floored: bool) -> Scores:
    """Scores (best first) as shares of the best one; `floored` takes the last one as 0."""
    if not len(scores):
        return scores
    floor = scores[-1] if floored and scores[0] > scores[-1] else np.float32(0)
    return np.asarray((scores - floor) / max(scores[0] - floor, np.float32(1e-9)), dtype=np.float32)


def in_turn(rows: Rows, scores: Scores, each: Sequence[Rows]) -> tuple[Rows, Scores]:
    """`rows` and `scores` with those of `each` first: the first of each, the second of each, and so on.

    The scores stay with the ranks, so that they go on falling; what was not among `rows` ends up with the lowest.
    """
    turns = [int(row) for turn in zip_longest(*each) for row in turn if row is not None]
    ordered = np.array(list(dict.fromkeys([*turns, *rows.tolist()])), dtype=np.int64)
    padded = np.full(len(ordered), scores[-1] if len(scores) else 0.0, dtype=np.float32)
    padded[: len(scores)] = scores
    return ordered, padded
