"""Recommendations: searched, counted, compared, followed in time; and the taxonomy that links them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from beleidskennis.catalogue import journal, now, opinions
from beleidskennis.errors import QueryError
from beleidskennis.library.base import Base
from beleidskennis.model import Filters

if TYPE_CHECKING:
    from beleidskennis.advice import AdviceIndex, AdviceResult
    from beleidskennis.comparison import Chain, Comparison, Matrix
    from beleidskennis.followup import FollowUp, Judgement, Verdict
    from beleidskennis.model import Recommendation
    from beleidskennis.taxonomy import Problem

SCHEMES = ("theme", "sector", "addressee")


class Advising(Base):
    """The part of `Library` about advice."""

    def recommendations(self, text: str = "", *, filters: Filters | None = None, k: int | None = None) -> AdviceResult:
        """Recommendations that fit the filters: the best first for a question or words, else in reading order."""
        from beleidskennis import advice

        opened = self.opened()
        return advice.find(
            text,
            self.advice_index(),
            opened.snapshot,
            opened.documents,
            self.encoder,
            filters=self.known(filters),
            k=k,
            expand=self.concepts.weights,
        )

    def advice_file(
        self,
        items: Sequence[Recommendation],
        ending: str,
        *,
        text: str = "",
        filters: Filters | None = None,
        title: str = "Aanbevelingen",
    ) -> bytes:
        """Recommendations as a file, with how they were taken up: "xlsx", "csv", "jsonld" or "docx".

        `text` and `filters` are what they were found with; the file says so.

        Raises:
            QueryError: there is no such form of file.
            MissingExtraError: what writes it is not installed.
        """
        from beleidskennis.exports.advice import advice_file, selection
        from beleidskennis.exports.advice_rows import AdviceExport

        documents = {document.document_id: document for document in self.documents()}
        names = {document.file_name: document for document in documents.values()}
        chosen = selection(text, self.known(filters), self.taxonomy, names)
        export = AdviceExport(items, documents, self.taxonomy.name, self.follow_ups(), title, chosen)
        return advice_file(export, ending, self.taxonomy)

    def advice_index(self) -> AdviceIndex:
        """The recommendations of the index in force, ready to be searched and compared."""
        from beleidskennis.advice import AdviceIndex

        def make() -> AdviceIndex:
            return AdviceIndex.load(self.catalogue, self.encoder.name, judgements=self.judgements())

        return self._per_generation("advice", make)

    def recommendation(self, recommendation_id: str) -> Recommendation:
        """One recommendation, its labels as people judged them.

        Raises:
            QueryError: there is none with this id.
        """
        for item in self.advice_index().items:
            if item.recommendation_id == recommendation_id:
                return item
        message = f"Er is geen aanbeveling '{recommendation_id}' in de index."
        raise QueryError(message, "Bekijk de aanbevelingen met: beleidskennis recommendations --jsonl")

    def judgements(self) -> tuple[Judgement, ...]:
        """What people said of labels, all of it."""
        from beleidskennis.followup import judgement_of

        return tuple(judgement_of(row) for row in opinions.judgements(self.catalogue))

    def judge(self, recommendation_id: str, scheme: str, concept_id: str, verdict: Verdict) -> None:
        """Keep a person's word on a label: confirmed, rejected or added. It survives a re-ingest and a new linking.

        Raises:
            QueryError: the recommendation, the scheme or the concept is not there.
        """
        from beleidskennis.followup import Judgement, key_of, to_row

        if scheme not in SCHEMES or concept_id not in self.taxonomy.ids(scheme):
            message = f"'{concept_id}' staat niet in de indeling '{scheme}'."
            raise QueryError(message, "Kies een waarde uit de lijst.")
        item = self.recommendation(recommendation_id)
        judgement = Judgement(key_of(item), scheme, concept_id, verdict, self.who(), now())
        opinions.put_judgement(self.catalogue, to_row(judgement))
        journal.log(self.catalogue, self.who(), f"label {verdict.value}", f"{recommendation_id} {concept_id}")
        self.forget_made()

    def follow_up(self, recommendation_id: str) -> FollowUp:
        """What people keep of how a recommendation was taken up; an empty record if nothing is kept yet."""
        from beleidskennis.followup import FollowUp, follow_up_of, key_of

        key = key_of(self.recommendation(recommendation_id))
        row = opinions.follow_ups(self.catalogue).get(key)
        return follow_up_of(row) if row else FollowUp(key)

    def keep_follow_up(self, recommendation_id: str, follow_up: FollowUp) -> None:
        """Keep the state, reaction, commitment and note of a recommendation, with who and when."""
        from beleidskennis.followup import key_of, to_row

        key = key_of(self.recommendation(recommendation_id))
        kept = replace(follow_up, key=key, who=self.who(), at=now())
        opinions.put_follow_up(self.catalogue, to_row(kept))
        journal.log(self.catalogue, self.who(), f"opvolging: {kept.status.value}", recommendation_id)

    def follow_ups(self) -> dict[str, FollowUp]:
        """All follow-ups, by the key of their recommendation (`followup.key_of`)."""
        from beleidskennis.followup import follow_up_of

        return {key: follow_up_of(row) for key, row in opinions.follow_ups(self.catalogue).items()}

    def matrix(self, scheme: str = "theme", *, documents: Sequence[str] = ()) -> Matrix:
        """Recommendations counted by concept of a scheme ("theme", "sector", "addressee") and document.

        Raises:
            QueryError: there is no such scheme or document.
        """
        from beleidskennis.comparison import matrix

        if scheme not in SCHEMES:
            message = f"Er is geen indeling '{scheme}'."
            raise QueryError(message, "Kies uit: " + ", ".join(SCHEMES) + ".")
        chosen = [self.document(name).document_id for name in documents]
        columns = chosen or [document.document_id for document in self.documents()]
        items = [item for item in self.advice_index().items if item.document_id in columns]
        return matrix(items, scheme, columns)

    def compare(self, documents: Sequence[str], *, theme: str = "", question: str = "") -> Comparison:
        """What two or more documents agree on, where they pull apart, and what only one says.

        On a theme (its id), on a free question, or on everything.

        Raises:
            QueryError: fewer than two documents, or one that is not there.
        """
        from beleidskennis.comparison import compare

        chosen = [self.document(name) for name in documents]
        if len({document.document_id for document in chosen}) < 2:
            message = "Voor een vergelijking zijn twee of meer documenten nodig."
            raise QueryError(message, "Noem er nog een.")
        index = self.advice_index()
        return compare(
            index.items, chosen, theme=theme, question=question, vectors=index.embedded, encoder=self.encoder
        )

    def timeline(self) -> tuple[Chain, ...]:
        """Advice that returns in later documents, longest chains first."""
        from beleidskennis.comparison import timeline

        index = self.advice_index()
        return timeline(index.items, self.documents(), vectors=index.embedded)

    def check_taxonomy(self, path: Path) -> list[Problem]:
        """What is wrong with a taxonomy file, in Dutch, with line numbers; empty if nothing is."""
        from beleidskennis.taxonomy import check

        return list(check(path))

    def apply_taxonomy(self, path: Path | None = None) -> int:
        """Link everything anew with the taxonomy in a file (or the one in force), without reading a PDF again.

        People's judgements stay. The number of documents that were linked is returned.

        Raises:
            TaxonomyError: the file does not hold together.
        """
        from beleidskennis import deriving, index
        from beleidskennis.linking import relink
        from beleidskennis.taxonomy import load_taxonomy

        taxonomy = load_taxonomy(path) if path else self.taxonomy
        with index.writing(self.settings.index):
            done = relink(self.catalogue, taxonomy, self.encoder)
            deriving.derive(self.catalogue, self.settings.index, self.encoder.name)
        journal.log(self.catalogue, self.who(), "indeling toegepast", path.name if path else "")
        self.forget_made()
        return done
