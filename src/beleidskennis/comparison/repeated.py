"""Advice that stands in several versions of one document: a draft and its final version are one voice, not two."""

from __future__ import annotations

from collections.abc import Sequence

from beleidskennis.model import Recommendation
from beleidskennis.recommendations.merge import key, same

Families = Sequence[Sequence[str]]
"""Ids of documents that are versions of each other, the newest first."""


def repeated(recommendations: Sequence[Recommendation], families: Families) -> dict[int, tuple[int, ...]]:
    """Of each recommendation that a newer version has too: the indices (from 0) of those, the newest first.

    The same is what `recommendations.merge` takes for the same inside one document: nearly the same words, and the same
    numbers. Advice of which a figure or a year was changed stays a recommendation of its own in both.
    """
    found: dict[int, tuple[int, ...]] = {}
    keys = {}
    members = {document_id for family in families for document_id in family}
    rows: dict[str, list[int]] = {document_id: [] for document_id in members}
    for index, item in enumerate(recommendations):
        if item.document_id in rows:
            rows[item.document_id].append(index)
            keys[index] = key(item.quote)
    for family in families:
        for place, older in enumerate(family):
            for index in rows[older]:
                newer = tuple(
                    twin
                    for other in family[:place]
                    if (twin := next((one for one in rows[other] if same(keys[one], keys[index])), None)) is not None
                )
                if newer:
                    found[index] = newer
    return found


def are_versions(one: str, other: str, families: Families) -> bool:
    """Whether two documents are versions of each other."""
    return any(one in family and other in family for family in families)
