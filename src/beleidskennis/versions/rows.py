"""From versions in the catalogue to rows of an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beleidskennis.catalogue.kin import Family
from beleidskennis.folding import VersionRows


def version_rows(
    families: Sequence[Family],
    document_ids: Sequence[str],
    document_of_row: NDArray[np.int32],
    alive: NDArray[np.bool_],
) -> VersionRows:
    """Where the text of rows stands in other versions.

    `document_of_row` `(n,)` holds ascending positions in `document_ids`; the rows of a document are its passages in
    reading order.
    """
    first: dict[str, int] = {}
    wanted = {document_id for family in families for document_id in family.members}
    for ordinal, document_id in enumerate(document_ids):
        if document_id in wanted:
            row = int(np.searchsorted(document_of_row, ordinal))
            if row < len(alive) and document_of_row[row] == ordinal and alive[row]:
                first[document_id] = row
    newer: dict[int, int] = {}
    older: dict[int, list[int]] = {}
    for family in families:
        start = [first.get(document_id, -1) for document_id in family.members]
        for member, position, other, place in family.passages:
            if start[member] < 0 or start[other] < 0:
                continue
            row, held_at = start[member] + position, start[other] + place
            if other < member:
                newer[row] = held_at
            else:
                older.setdefault(row, []).append(held_at)
    return VersionRows(newer, older, [list(family.members) for family in families])
