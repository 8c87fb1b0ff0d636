"""Where other versions of a document hold the words of a citation: the sentence itself, not only its passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from beleidskennis.dutch.words import fold, tokens
from beleidskennis.model import Citation, Document, Passage, VersionPlace, cut_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from beleidskennis.index import Snapshot


class Elsewhere:
    """The versions of the documents of an index; looks nothing up where there are none."""

    def __init__(
        self,
        snapshot: Snapshot,
        documents: Mapping[str, Document],
        passage_rows: Callable[[Sequence[str]], Mapping[str, int]],
        passages_by_row: Callable[[Sequence[int]], Mapping[int, Passage]],
        page_label: Callable[[str, int], str],
    ) -> None:
        self._snapshot = snapshot
        self._documents = documents
        self._rows = passage_rows
        self._passages = passages_by_row
        self._label = page_label

    def added(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations, each with the places in other versions of its document, the newest first."""
        families = self._snapshot.versions.families
        age = {document_id: place for family in families for place, document_id in enumerate(family)}
        concerned = [one.passage_id for one in citations if one.passage_id and one.document.document_id in age]
        if not concerned:
            return tuple(citations)
        rows = self._rows(concerned)
        newest = self._snapshot.versions.newest
        return tuple(
            replace(
                one,
                also_in=self._places(one, rows[one.passage_id], age),
                newest=self._documents.get(newest.get(one.document.document_id, "")),
            )
            if one.passage_id in rows
            else one
            for one in citations
        )

    def _places(self, citation: Citation, row_id: int, age: Mapping[str, int]) -> tuple[VersionPlace, ...]:
        try:
            row = int(self._snapshot.rows_of([row_id])[0])
        except KeyError:  # taken in or removed since this generation was made
            return ()
        others = self._snapshot.versions.elsewhere(row)
        found: dict[str, VersionPlace] = {}
        for passage in self._passages([int(self._snapshot.row_ids[other]) for other in others]).values():
            page = page_of(citation.quote, passage)
            document = self._documents.get(passage.document_id)
            if page and document and document != citation.document:
                label = self._label(passage.document_id, page)
                found.setdefault(document.document_id, VersionPlace(document, passage.passage_id, page, label))
        return tuple(sorted(found.values(), key=lambda place: age.get(place.document.document_id, len(age))))


def page_of(quote: str, passage: Passage) -> int:
    """The page on which a passage holds the words of a quote, whatever their case and marks; 0 if it does not."""
    wanted = [fold(token.text) for token in tokens(quote)]
    there = list(tokens(passage.text))
    said = [fold(token.text) for token in there]
    for first in range(len(said) - len(wanted) + 1):
        if wanted and said[first : first + len(wanted)] == wanted:
            return cut_spans(passage.spans, there[first].start, there[first + len(wanted) - 1].end)[0].page_number
    return 0
