"""From rows of the index to hits: passages fetched, what the question excludes dropped, each with why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beleidskennis.catalogue import Catalogue
from beleidskennis.dutch.terms import WordsHolding
from beleidskennis.dutch.words import fold, tokens_where, words
from beleidskennis.index import Snapshot
from beleidskennis.model import Document, Hit, LegRank, Passage, VersionPlace
from beleidskennis.query import ParsedQuery

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


class Found:
    """Makes hits of rows: fetches the passages, drops what the question excludes, says why each is there."""

    def __init__(
        self,
        snapshot: Snapshot,
        catalogue: Catalogue,
        documents: Mapping[str, Document],
        query: ParsedQuery,
        legs: Mapping[str, tuple[Rows, Scores]],
        found_as: Mapping[int, int],
    ) -> None:
        self.snapshot, self.catalogue, self.documents, self.query = snapshot, catalogue, documents, query
        self.found_as = found_as
        self.rows: dict[str, int] = {}
        self.ranks = {
            name: {int(row): (rank, float(score)) for rank, (row, score) in enumerate(zip(*leg, strict=True), start=1)}
            for name, leg in legs.items()
        }
        self.holding = WordsHolding(query.weights)
        self.phrases = [_plain(phrase) for phrase in query.phrases]
        self.excluded = [_plain(phrase) for phrase in query.excluded]

    def hits(self, rows: Rows, scores: Scores, k: int) -> list[Hit]:
        """The first `k` rows that hold every phrase and nothing excluded."""
        found: list[Hit] = []
        step = k if not (self.phrases or self.excluded) else max(4 * k, 100)
        for start in range(0, len(rows), step):
            part = rows[start : start + step].tolist()
            passages = self._passages([*part, *(self.found_as[row] for row in part if row in self.found_as)])
            for row, score in zip(part, scores[start : start + step], strict=True):
                # A phrase may stand in the version that was found and not in the newest.
                fitting = (one for one in (row, self.found_as.get(row, row)) if self._fits(passages.get(one)))
                shown = next(fitting, None)
                if shown is not None:
                    found.append(self._hit(shown, float(score), passages[shown], len(found) + 1))
                if len(found) == k:
                    return self._with_versions(found)
        return self._with_versions(found)

    def _passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """The passages of rows; one that is gone from the catalogue is left out."""
        row_ids = {row: int(self.snapshot.row_ids[row]) for row in rows}
        stored = self.catalogue.passages_by_row(list(row_ids.values()))
        return {row: stored[row_id] for row, row_id in row_ids.items() if row_id in stored}

    def _fits(self, passage: Passage | None) -> bool:
        if passage is None:
            return False
        if not (self.phrases or self.excluded):
            return True
        text = _plain(passage.embed_text)
        return all(phrase in text for phrase in self.phrases) and not any(one in text for one in self.excluded)

    def _hit(self, row: int, score: float, passage: Passage, rank: int) -> Hit:
        ranked = self.found_as.get(row, row)
        legs = [LegRank(name, *ranks[ranked]) for name, ranks in self.ranks.items() if ranked in ranks]
        tokens = tokens_where(passage.text, self.holding)
        matched = tuple((token.start, token.end) for token in tokens)
        self.rows[passage.passage_id] = row
        return Hit(passage, self.documents[passage.document_id], score, rank, tuple(legs), matched)

    def _with_versions(self, hits: list[Hit]) -> list[Hit]:
        """The hits with the other versions that hold their text, and the newest version of their document."""
        versions = self.snapshot.versions
        if not versions.families:
            return hits
        others = {hit.rank: versions.elsewhere(self.rows[hit.passage.passage_id]) for hit in hits}
        stored = self._passages([row for of_hit in others.values() for row in of_hit])
        age = {document_id: place for family in versions.families for place, document_id in enumerate(family)}
        made = []
        for hit in hits:
            passages = [stored[row] for row in others[hit.rank] if row in stored]
            passages = [one for one in passages if one.document_id != hit.passage.document_id]
            first = {one.document_id: one for one in reversed(passages)}
            places = [
                VersionPlace(self.documents[one.document_id], one.passage_id, one.page_number, one.page_label)
                for one in sorted(first.values(), key=lambda one: age[one.document_id])
                if one.document_id in self.documents
            ]
            newest = self.documents.get(versions.newest.get(hit.passage.document_id, ""))
            made.append(replace(hit, also_in=tuple(places), newest=newest))
        return made


def _plain(text: str) -> str:
    """Folded words with one space between and around them, so that a phrase is found on whole words."""
    return " " + " ".join(fold(word) for word in words(text)) + " "
