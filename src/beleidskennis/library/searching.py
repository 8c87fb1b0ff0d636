"""Searching passages, and what people said of the hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from beleidskennis import search
from beleidskennis.catalogue import journal, opinions
from beleidskennis.dutch.words import fold
from beleidskennis.errors import QueryError
from beleidskennis.library.taking_in import TakingIn
from beleidskennis.model import FacetValue, Filters, Hit, SearchResult
from beleidskennis.search import Mode

if TYPE_CHECKING:
    from beleidskennis.evaluation import Question
    from beleidskennis.library.base import Opened


class Searching(TakingIn):
    """The part of `Library` that searches."""

    def search(
        self, text: str, *, k: int = 10, filters: Filters | None = None, mode: Mode = Mode.HYBRID
    ) -> SearchResult:
        """The `k` best passages for a question or for words, with why, and counts for the filters.

        Raises:
            QueryError: the question is empty, or a filter names a theme or sector that there is not.
            EmptyIndexError: nothing has been taken in yet.
        """
        return self._search_in(self.opened(), text, k=k, filters=filters, mode=mode)

    def _search_in(
        self,
        opened: Opened,
        text: str,
        *,
        k: int = 10,
        filters: Filters | None = None,
        mode: Mode = Mode.HYBRID,
    ) -> SearchResult:
        """`search` in one generation, whatever is in force: a draft is checked against one and the same index."""
        reranker = self.reranker
        result = search.search(
            text,
            opened.snapshot,
            self.catalogue,
            opened.documents,
            self.encoder,
            k=max(k, reranker.top) if reranker else k,
            filters=self.known(filters),
            mode=mode,
            expand=self.concepts.weights,
            advisers=opened.advisers,
        )
        if reranker is None:
            return result
        from beleidskennis.reranking import reranked

        return replace(result, hits=reranked(result.reading, result.hits, reranker)[:k])

    def known(self, filters: Filters | None) -> Filters:
        """The filters, with concepts that are given by name as their ids; an empty one for None.

        Raises:
            QueryError: the taxonomy has no such concept; names those that it has.
        """
        if filters is None or not (filters.themes or filters.sectors or filters.addressees):
            return filters or Filters()
        from beleidskennis.taxonomy.choosing import chosen_concepts

        return chosen_concepts(filters, self.taxonomy)

    def existing(self, filters: Filters) -> Filters:
        """The filters as a person typed them, with documents, publishers and kinds as they are in the index.

        Case does not count, and the start of an id will do for a document.

        Raises:
            QueryError: the index has none of that name; a filter that nothing can pass would find nothing unsaid.
        """
        named = {one.file_name for one in self.documents()}
        return replace(
            filters,
            documents=tuple(one if one in named else self.document(one).document_id for one in filters.documents),
            publishers=self._among("uitgever", filters.publishers, {one.publisher for one in self.documents()}),
            kinds=self._among("soort", filters.kinds, {one.kind for one in self.documents()}),
        )

    @staticmethod
    def _among(name: str, values: Sequence[str], known: Set[str]) -> tuple[str, ...]:
        """`values` as they stand in `known`."""
        written = {fold(one): one for one in sorted(known) if one}
        for value in values:
            if fold(value) not in written:
                message = f"Geen document heeft '{value}' als {name}."
                raise QueryError(message, f"Kies uit: {', '.join(written.values()) or 'niets, er is er geen bekend'}.")
        return tuple(value if value in known else written[fold(value)] for value in values)

    def named(self, facets: Mapping[str, Sequence[FacetValue]]) -> dict[str, tuple[FacetValue, ...]]:
        """Counts for filters with the names of themes, sectors and addressees in place of their ids."""
        from beleidskennis.taxonomy.choosing import named_facets

        return named_facets(facets, self.taxonomy)

    def similar(self, passage_id: str, *, k: int = 10, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The passages most like a passage in meaning, itself left out.

        Raises:
            QueryError: there is no such passage.
        """
        passage = self.catalogue.passage(passage_id)
        if passage is None:
            message = f"Er is geen passage '{passage_id}' in de index."
            raise QueryError(message, "Bekijk de passages met: beleidskennis passages")
        opened = self.opened()
        hits = search.similar(
            passage, opened.snapshot, self.catalogue, opened.documents, self.encoder, k=k, filters=self.known(filters)
        )
        return tuple(hits)

    def mark(self, question: str, passage_id: str, *, useful: bool | None) -> None:
        """Keep whether a hit was of use for a question: together these become the user's own question set.

        None takes back what was said before.

        Raises:
            QueryError: there is no such passage.
        """
        passage = self.catalogue.passage(passage_id)
        if passage is None:
            message = f"Er is geen passage '{passage_id}' in de index."
            raise QueryError(message, "Zoek opnieuw; de index is intussen veranderd.")
        opinions.put_relevance(self.catalogue, question, passage_id, passage.document_id, useful=useful, who=self.who())
        journal.log(self.catalogue, self.who(), "treffer beoordeeld", passage_id)

    def marks(self, question: str) -> dict[str, bool]:
        """Whether the hits that people judged for a question were of use, by passage."""
        return opinions.relevance_of(self.catalogue, question)

    def own_questions(self) -> list[Question]:
        """The questions with a hit that was marked useful, each with the text of those hits as evidence."""
        from beleidskennis.evaluation import Evidence, Question

        evidence: dict[str, list[Evidence]] = {}
        for row in opinions.relevance(self.catalogue):
            passage = self.catalogue.passage(row["passage_id"])
            if row["useful"] and passage is not None:
                document = self.document(passage.document_id)
                found = Evidence(document.file_name, passage.text, (passage.page_number,))
                evidence.setdefault(row["question"], []).append(found)
        return [Question(str(number), text, "eigen", tuple(of)) for number, (text, of) in enumerate(evidence.items())]
