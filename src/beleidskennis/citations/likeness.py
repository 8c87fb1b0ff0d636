"""How alike in meaning a question is to sentences of found passages: from the index, or by encoding them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beleidskennis.embedding import make_vectors, sentence_places
from beleidskennis.index import Snapshot
from beleidskennis.model import Encoder, Passage
from beleidskennis.sentence_vectors import in_context, worth_embedding

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

Cosines = tuple[list[NDArray[np.float32]], NDArray[np.float32]]
"""For each passage the cosines of its sentences `(s,)`, each in the context of its passage; and `(n,)` of the passages
themselves."""
Likeness = Callable[["Vectors", Sequence[Passage]], Cosines]
"""From the vector of a question `(d,)` and passages to cosines."""


def stored_likeness(snapshot: Snapshot, passage_rows: Callable[[Sequence[str]], Mapping[str, int]]) -> Likeness:
    """Likeness from the vectors that the index holds: no text is encoded.

    Args:
        snapshot: the index.
        passage_rows: gives the rows of passages in the catalogue, by passage id.

    """

    def likeness(query: Vectors, passages: Sequence[Passage]) -> Cosines:
        stored = passage_rows([passage.passage_id for passage in passages])
        rows = snapshot.rows_of([stored[passage.passage_id] for passage in passages])
        found = [
            _aligned(passage, snapshot.sentences.of(int(row)) @ query)
            for passage, row in zip(passages, rows, strict=True)
        ]
        return found, snapshot.vectors.scores_of(query, rows)

    return likeness


def encoded_likeness(encoder: Encoder) -> Likeness:
    """The same by encoding the sentences: for passages that are in no index."""

    def likeness(query: Vectors, passages: Sequence[Passage]) -> Cosines:
        counts = [len(sentence_places(passage)) for passage in passages]
        whole, alone = make_vectors(passages, encoder)
        cosines = np.split(in_context(whole, alone, counts) @ query, np.cumsum(counts)[:-1])
        return [_aligned(*pair) for pair in zip(passages, cosines, strict=True)], np.asarray(whole @ query)

    return likeness


def _aligned(passage: Passage, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines for all sentences: one that is too short for a vector of its own gets the lowest of its passage."""
    long = [worth_embedding(passage.text[start:end]) for start, end in passage.sentences]
    aligned = np.full(len(long), cosines.min(), dtype=np.float32)
    if sum(long) == len(cosines):
        aligned[np.array(long, dtype=bool)] = cosines
    return aligned
