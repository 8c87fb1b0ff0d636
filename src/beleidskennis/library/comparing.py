"""Recommendations of several documents: counted, compared, followed in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from beleidskennis.errors import QueryError
from beleidskennis.library.advising import SCHEMES, Advising
from beleidskennis.model import Filters, Hit

if TYPE_CHECKING:
    from beleidskennis.comparison import Chain, Comparison, Matrix, Pair, Tension
    from beleidskennis.model import Recommendation, Vectors
    from beleidskennis.wording import Wording


class Comparing(Advising):
    """The part of `Library` that holds the advice of documents side by side."""

    def matrix(self, scheme: str = "theme", *, documents: Sequence[str] = ()) -> Matrix:
        """Recommendations counted by concept of a scheme ("theme", "sector", "addressee") and document.

        Raises:
            QueryError: there is no such scheme or document.
        """
        from beleidskennis.comparison import matrix_of

        if scheme not in SCHEMES:
            message = f"Er is geen indeling '{scheme}'."
            raise QueryError(message, "Kies uit: " + ", ".join(SCHEMES) + ".")
        chosen = [self.document(name).document_id for name in documents]
        columns = chosen or [document.document_id for document in self.documents()]
        return matrix_of(self.advice_index().linked(scheme, columns), scheme, columns)

    def advice_of(self, document_ids: Sequence[str]) -> tuple[list[Recommendation], Vectors]:
        """The recommendations of some documents, in reading order, and their vectors `(n, d)`, unit rows."""
        return self.advice_index().of_documents(document_ids)

    def compare(self, documents: Sequence[str], *, theme: str = "", question: str = "") -> Comparison:
        """What two or more documents agree on, where they pull apart, and what only one says.

        On a theme (its id or name), on a free question, or on everything.

        Raises:
            QueryError: fewer than two documents, or one that is not there; a theme that there is not.
        """
        from beleidskennis.comparison import compare

        chosen = [self.document(name) for name in documents]
        if len({document.document_id for document in chosen}) < 2:
            message = "Voor een vergelijking zijn twee of meer documenten nodig."
            raise QueryError(message, "Noem er nog een.")
        theme = self.known(Filters(themes=(theme,))).themes[0] if theme else ""

        def held_together() -> Comparison:
            items, vectors = self.advice_of([document.document_id for document in chosen])
            return compare(
                items,
                chosen,
                theme=theme,
                question=question,
                vectors=vectors,
                encoder=self.encoder,
                scale=self.advice_index().scale,
                families=self._families(),
            )

        ids = " ".join(document.document_id for document in chosen)
        return self._per_version(f"compare {ids} {theme} {question}", held_together)

    def _families(self) -> list[tuple[str, ...]]:
        """Versions of one document, the newest first."""
        from beleidskennis.catalogue import kin

        return [family.members for family in kin.families(self.catalogue)]

    def comparison_file(self, comparison: Comparison, ending: str) -> bytes:
        """A comparison as a file: "xlsx" or "docx".

        Raises:
            QueryError: there is no such form of file.
            MissingExtraError: what writes it is not installed.
        """
        from beleidskennis.exports.comparing import ComparisonExport, comparison_file

        documents = {document.document_id: document for document in self.documents()}
        topic = self.taxonomy.name("theme", comparison.topic) if comparison.topic else "alle onderwerpen"
        export = ComparisonExport(comparison, documents, f"Adviezen vergeleken: {topic}")
        return comparison_file(export, ending)

    def word_difference(
        self, pair: Pair, tensions: Sequence[Tension] = (), *, on_text: Callable[[str], None] | None = None
    ) -> Wording:
        """The difference between the two of a pair in the words of the language model, each sentence checked.

        Raises:
            SettingsError: no language model in the settings.
        """
        from beleidskennis.wording import worded_difference

        generator = self.generator()
        hits = (self._stands_in(pair.first), self._stands_in(pair.second))
        seconds = self.settings.llm_seconds
        return worded_difference(pair, tensions, hits, self.corpus(), generator, on_text=on_text, seconds=seconds)

    def _stands_in(self, item: Recommendation) -> Hit:
        """The passage in which a recommendation stands, cut down to it: what stands beside it is not what it says."""
        passage = self.catalogue.passage(item.passage_id)
        if passage is None:
            message = "De aanbeveling staat niet meer in de index."
            raise QueryError(message, "Vergelijk opnieuw; de index is intussen veranderd.")
        whole = ((0, len(item.quote)),)
        cut = replace(passage, text=item.quote, spans=item.spans, intro=item.intro, sentences=whole)
        return Hit(cut, self.document(item.document_id), 1.0, 1)

    def timeline(self, documents: Sequence[str] = ()) -> tuple[Chain, ...]:
        """Advice that returns in later documents (among these, or among all), longest chains first.

        Every two documents are held side by side, so the time grows with the square of their number.

        Raises:
            QueryError: there is no such document.
        """
        from beleidskennis.comparison import timeline

        chosen = [self.document(name) for name in documents] or self.documents()

        def followed() -> tuple[Chain, ...]:
            items, vectors = self.advice_of([document.document_id for document in chosen])
            scale = self.advice_index().scale
            return timeline(items, chosen, vectors=vectors, scale=scale, families=self._families())

        return self._per_version("timeline " + " ".join(document.document_id for document in chosen), followed)
