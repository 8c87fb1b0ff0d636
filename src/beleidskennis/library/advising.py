"""Recommendations: searched, counted, compared, followed in time; and the taxonomy that links them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis import index
from beleidskennis.catalogue import State, journal, links, now, opinions
from beleidskennis.errors import IndexLockedError, IndexUnusableError, QueryError, TaxonomyError
from beleidskennis.library.answering import Answering
from beleidskennis.library.base import TAXONOMY
from beleidskennis.model import Filters, Hit

if TYPE_CHECKING:
    from beleidskennis.advice import AdviceIndex, AdviceResult
    from beleidskennis.citations import Corpus
    from beleidskennis.comparison import Chain, Comparison, Matrix, Pair, Tension
    from beleidskennis.followup import FollowUp, Judgement, Verdict
    from beleidskennis.ingest import IngestReport
    from beleidskennis.model import Recommendation, Vectors
    from beleidskennis.taxonomy import Problem
    from beleidskennis.wording import Wording

log = logging.getLogger(__name__)
SCHEMES = ("theme", "sector", "addressee")
MOST_TOPICS, LEAST_SHARE = 5, 0.125
"""Of what a document is said to be about: a reader takes in five, and one passage in eight is more than in passing."""


class Advising(Answering):
    """The part of `Library` about advice."""

    def recommendations(self, text: str = "", *, filters: Filters | None = None, k: int | None = None) -> AdviceResult:
        """Recommendations that fit the filters: the best first for a question or words, else in reading order.

        Raises:
            QueryError: a filter names a theme, a sector or a state of follow-up that there is not.
        """
        from beleidskennis import advice
        from beleidskennis.followup import Status

        unknown = [one for one in filters.statuses if one not in list(Status)] if filters else []
        if unknown:
            message = f"De stand '{unknown[0]}' bestaat niet."
            raise QueryError(message, f"Kies uit: {', '.join(Status)}.")
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
            statuses={key: one.status for key, one in self.follow_ups().items()},
        )

    def corpus(self) -> Corpus:
        """What answers and citations need of this knowledge base, its recommendations included."""
        return replace(
            super().corpus(), advice=lambda text, filters, k: self.recommendations(text, filters=filters, k=k).items
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
        export = AdviceExport(list(items), documents, self.taxonomy.name, self.follow_ups(), title, chosen)
        return advice_file(export, ending, self.taxonomy)

    def advice_index(self) -> AdviceIndex:
        """The recommendations of the index in force, ready to be searched and compared.

        Kept on disk and added to as documents come; made in memory where that was not possible yet.
        """
        return self._per_generation("advice", self._open_advice)

    def _open_advice(self) -> AdviceIndex:
        from beleidskennis.advice import AdviceIndex, rows, store
        from beleidskennis.advice.items import by_key

        folder, model = self.settings.index, self.encoder.name
        made_with = f"{model} {links.revision(self.catalogue)}"
        live = self.opened().snapshot.live_ids
        wanted = {one: stamp for one, stamp in self.catalogue.stamps(tuple(State)).items() if one in live}
        before = self._made["advice"][1] if "advice" in self._made else None
        known = before.rows if isinstance(before, AdviceIndex) else None
        kept, changed = rows.bring_up_to_date(store.load(folder, made_with, known), self.catalogue, model, wanted)
        if changed:
            try:
                with index.writing(folder, wait_seconds=0):
                    store.save(kept, folder, made_with)
            except (IndexLockedError, OSError):
                log.info("De aanbevelingen worden later bewaard: de index is bezet of niet te beschrijven.")
        return AdviceIndex.of(kept, self.catalogue, model, by_key(self.judgements()))

    def ingest(self, paths: Sequence[Path], **options: Any) -> IngestReport:
        """See `Base.ingest`; what is kept of recommendations is brought up to date too, so that no visitor waits."""
        report = super().ingest(paths, **options)
        try:
            self.advice_index()
        except IndexUnusableError:
            log.info("Er is nog niets om in te zoeken.")
        return report

    def recommendation(self, recommendation_id: str) -> Recommendation:
        """One recommendation, its labels as people judged them.

        Raises:
            QueryError: there is none with this id.
        """
        from beleidskennis.advice import judged
        from beleidskennis.advice.items import by_key

        found = links.recommendations_by_id(self.catalogue, [recommendation_id])
        if found:
            return judged(list(found.values()), by_key(self.judgements()))[0]
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

        def read() -> dict[str, FollowUp]:
            return {key: follow_up_of(row) for key, row in opinions.follow_ups(self.catalogue).items()}

        return self._per_version("follow-ups", read)

    def document_topics(self, name: str, scheme: str = "theme") -> tuple[tuple[str, float], ...]:
        """What a document is about: concepts of "theme" or "sector" with the share of its passages, largest first.

        At most five, each of an eighth of the passages or more; none while the first index is being made.

        Raises:
            QueryError: there is no such document.
        """
        import numpy as np

        document_id = self.document(name).document_id
        if index.current_generation(self.settings.index) is None:
            return ()
        snapshot = self.opened().snapshot
        ordinals = [place for place, one in enumerate(snapshot.document_ids) if one == document_id]
        rows = np.flatnonzero(np.isin(snapshot.document_of_row, ordinals) & snapshot.alive)
        counts = snapshot.topics.counts(rows).items()
        shares = [(concept, count / len(rows)) for (of, concept), count in counts if of == scheme]
        ranked = sorted(shares, key=lambda item: (-item[1], item[0]))[:MOST_TOPICS]
        return tuple((concept, share) for concept, share in ranked if share >= LEAST_SHARE)

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
        items, _vectors = self.advice_of(columns)
        return matrix(items, scheme, columns)

    def advice_of(self, document_ids: Sequence[str]) -> tuple[list[Recommendation], Vectors]:
        """The recommendations of some documents, in reading order, and their vectors `(n, d)`, unit rows."""
        return self.advice_index().of_documents(document_ids)

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
        items, vectors = self.advice_of([document.document_id for document in chosen])
        scale = self.advice_index().scale
        return compare(
            items,
            chosen,
            theme=theme,
            question=question,
            vectors=vectors,
            encoder=self.encoder,
            scale=scale,
            families=self._families(),
        )

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
        items, vectors = self.advice_of([document.document_id for document in chosen])
        scale = self.advice_index().scale
        return timeline(items, chosen, vectors=vectors, scale=scale, families=self._families())

    def check_taxonomy(self, path: Path) -> list[Problem]:
        """What is wrong with a taxonomy file, in Dutch, with line numbers; empty if nothing is."""
        from beleidskennis.taxonomy import check

        return list(check(path))

    def apply_taxonomy(self, path: Path | None = None) -> int:
        """Keep the taxonomy in a file (Turtle, or a table as .csv) and link everything anew with it.

        Without a file: link anew with the one in force. No PDF is read again, and people's judgements stay. The number
        of documents that were linked is returned.

        Raises:
            TaxonomyError: the file does not hold together; says where.
        """
        from beleidskennis.taxonomy import check
        from beleidskennis.taxonomy.store import read_source

        if path is None:
            return self._link_anew(self.catalogue.get_meta(TAXONOMY))
        wrong = next((problem for problem in check(path) if problem.is_error), None)
        if wrong is not None:
            raise TaxonomyError(str(wrong), f"Bekijk alles met: beleidskennis taxonomy check {path}")
        return self._link_anew(read_source(path))

    def reset_taxonomy(self) -> int:
        """Forget a taxonomy that was applied and link everything anew with the one that comes with the package."""
        return self._link_anew(None)

    def _link_anew(self, source: str | None) -> int:
        from beleidskennis import deriving
        from beleidskennis.linking import relink

        with index.writing(self.settings.index):
            # Kept first: if this is killed, the next run links what is left with the same taxonomy.
            self.catalogue.set_meta(TAXONOMY, source or "")
            self._taxonomy = None
            done = relink(self.catalogue, self.taxonomy, self.encoder)
            deriving.derive(self.catalogue, self.settings.index, self.encoder.name)
        self.forget_made()
        return done

    def taxonomy_source(self) -> str:
        """The taxonomy in force as Turtle, to be edited and applied."""
        from beleidskennis.taxonomy.loading import DEFAULT
        from beleidskennis.taxonomy.store import read_source

        if self.settings.taxonomy is None and (kept := self.catalogue.get_meta(TAXONOMY)):
            return kept
        return read_source(self.settings.taxonomy or DEFAULT)
