"""Hits in the order of a cross-encoder, where the user named one. What search found stays; only the order changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleidskennis.model import Hit, LegRank, QueryReading, Reranker

LEG = "herordening"


def reranked(reading: QueryReading, hits: Sequence[Hit], reranker: Reranker) -> tuple[Hit, ...]:
    """`hits` with the first `reranker.top` of them in its order; equal ones stay in theirs.

    The scores stay with the ranks, not with the passages, so that they go on falling; what the model said is told as a
    leg of its own.
    """
    looked_at, rest = hits[: reranker.top], hits[reranker.top :]
    if not looked_at:
        return tuple(hits)
    question = reading.text
    for typed, searched in reading.corrections:
        question = question.replace(typed, searched)
    said = reranker.scores(question, [hit.passage.embed_text for hit in looked_at])
    order = sorted(range(len(looked_at)), key=lambda place: (-float(said[place]), place))
    first = [
        replace(
            looked_at[place],
            score=hits[rank - 1].score,
            rank=rank,
            legs=(*looked_at[place].legs, LegRank(LEG, rank, float(said[place]))),
        )
        for rank, place in enumerate(order, start=1)
    ]
    return (*first, *rest)
