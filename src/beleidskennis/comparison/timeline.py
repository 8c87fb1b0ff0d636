"""Which advice returns in later documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beleidskennis.comparison.aligning import THRESHOLD, Scale, align
from beleidskennis.comparison.repeated import Families, are_versions, repeated
from beleidskennis.model import Document, Recommendation

if TYPE_CHECKING:
    from beleidskennis.model import Vectors


@dataclass(frozen=True, slots=True)
class Chain:
    """The same advice in documents of different dates, oldest first; `scores` are the likenesses of neighbours."""

    recommendations: tuple[Recommendation, ...]
    scores: tuple[float, ...]


def timeline(
    recommendations: Sequence[Recommendation],
    documents: Sequence[Document],
    *,
    vectors: Vectors | None = None,
    threshold: float = THRESHOLD,
    scale: Scale | None = None,
    families: Families = (),
) -> tuple[Chain, ...]:
    """The chains of advice that returns, longest first, then the most alike.

    Each link joins a recommendation to its mutual best in a later document, the nearest in time that has one.
    Documents without a date are left out: there is no telling what is later; so is what a newer version (`families`) of
    the same document repeats. `vectors` are unit rows for
    `recommendations`, in order; `scale` by default that of `recommendations`.
    """
    dated = sorted((document for document in documents if document.date), key=lambda document: document.date)
    rows: dict[str, list[int]] = {document.document_id: [] for document in dated}
    again = repeated(recommendations, families)
    for row, item in enumerate(recommendations):
        if item.document_id in rows and row not in again:
            rows[item.document_id].append(row)
    scale = scale or Scale.of(recommendations, vectors)
    follows: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    places = {id(item): i for i, item in enumerate(recommendations)}
    for position, earlier in enumerate(dated):
        for later in dated[position + 1 :]:
            if are_versions(earlier.document_id, later.document_id, families):
                continue
            left = [i for i in rows[earlier.document_id] if i not in follows]
            right = [i for i in rows[later.document_id] if i not in taken]
            for pair in align(
                [recommendations[i] for i in left],
                [recommendations[i] for i in right],
                vectors[left] if vectors is not None else None,
                vectors[right] if vectors is not None else None,
                threshold=threshold,
                scale=scale,
            ):
                first, second = places[id(pair.first)], places[id(pair.second)]
                follows[first] = (second, pair.score)
                taken.add(second)
    chains = [_chain(recommendations, follows, start) for start in sorted(follows) if start not in taken]
    return tuple(
        sorted(chains, key=lambda chain: (-len(chain.recommendations), -sum(chain.scores) / len(chain.scores)))
    )


def _chain(recommendations: Sequence[Recommendation], follows: dict[int, tuple[int, float]], start: int) -> Chain:
    items, scores = [recommendations[start]], []
    while start in follows:
        start, score = follows[start]
        items.append(recommendations[start])
        scores.append(score)
    return Chain(tuple(items), tuple(scores))
