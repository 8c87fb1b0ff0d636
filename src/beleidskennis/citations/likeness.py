"""How alike in meaning a question is to sentences of found passages: from the index, or by encoding them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.embedding import make_vectors, sentence_places
from beleidskennis.index import Snapshot
from beleidskennis.model import Encoder, Passage
from beleidskennis.sentence_vectors import in_context, worth_embedding

if TYPE_CHECKING:
    from beleidskennis.model import Vectors


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike a question is to found passages, in standard deviations above passages taken anywhere.

    Encoders differ in what a cosine of 0.6 means, and so do questions; how far it stands out does not.
    """

    sentences: list[NDArray[np.float32]]
    """For each passage `(s,)`: its sentences, each in the context of its passage."""
    passages: NDArray[np.float32]
    """`(n,)`: the passages themselves."""


Likeness = Callable[["Vectors", Sequence[Passage]], Alike]
"""From the vector of a question `(d,)` and passages to how alike they are."""

BACKGROUND = 400
"""Passages, evenly spread over the index, that tell what is ordinary: their mean is known within 0.05 deviation."""
_LEAST_SPREAD = 0.02
"""A deviation smaller than this comes of a handful of passages, and would make everything stand out."""


def stored_likeness(snapshot: Snapshot, passage_rows: Callable[[Sequence[str]], Mapping[str, int]]) -> Likeness:
    """Likeness from the vectors that the index holds: no text is encoded.

    Args:
        snapshot: the index.
        passage_rows: gives the rows of passages in the catalogue, by passage id.

    """
    count = len(snapshot)
    ordinary = np.unique(np.linspace(0, max(0, count - 1), min(count, BACKGROUND)).astype(np.int64))

    def likeness(query: Vectors, passages: Sequence[Passage]) -> Alike:
        stored = passage_rows([passage.passage_id for passage in passages])
        rows = snapshot.rows_of([stored[passage.passage_id] for passage in passages])
        found = [
            _aligned(passage, snapshot.sentences.of(int(row)) @ query)
            for passage, row in zip(passages, rows, strict=True)
        ]
        whole = snapshot.vectors.scores_of(query, rows)
        return _standing_out(found, whole, snapshot.vectors.scores_of(query, ordinary))

    return likeness


def encoded_likeness(encoder: Encoder) -> Likeness:
    """The same by encoding the sentences: for passages in no index, of which the less alike half is the background."""

    def likeness(query: Vectors, passages: Sequence[Passage]) -> Alike:
        counts = [len(sentence_places(passage)) for passage in passages]
        whole, alone = make_vectors(passages, encoder)
        cosines = np.split(in_context(whole, alone, counts) @ query, np.cumsum(counts)[:-1])
        found = [_aligned(*pair) for pair in zip(passages, cosines, strict=True)]
        scores = np.asarray(whole @ query)
        return _standing_out(found, scores, np.sort(scores)[: max(1, len(scores) // 2)])

    return likeness


def _standing_out(found: list[NDArray[np.float32]], whole: NDArray[np.float32], ordinary: NDArray[np.float32]) -> Alike:
    mean, spread = ordinary.mean(), max(ordinary.std(), np.float32(_LEAST_SPREAD))
    return Alike([(one - mean) / spread for one in found], (whole - mean) / spread)


def _aligned(passage: Passage, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines for all sentences: one that is too short for a vector of its own gets the lowest of its passage."""
    long = [worth_embedding(passage.text[start:end]) for start, end in passage.sentences]
    aligned = np.full(len(long), cosines.min(), dtype=np.float32)
    if sum(long) == len(cosines):
        aligned[np.array(long, dtype=bool)] = cosines
    return aligned
