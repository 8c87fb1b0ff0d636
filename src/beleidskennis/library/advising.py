"""Recommendations: searched, counted, compared, followed in time; and the taxonomy that links them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis import index
from beleidskennis.catalogue import State, journal, links, now, opinions
from beleidskennis.errors import IndexLockedError, IndexUnusableError, QueryError
from beleidskennis.library.answering import Answering
from beleidskennis.library.linking import Linking
from beleidskennis.model import Filters, Strength

if TYPE_CHECKING:
    from beleidskennis.advice import AdviceIndex, AdviceResult
    from beleidskennis.citations import Corpus
    from beleidskennis.followup import FollowUp, Judgement, Verdict
    from beleidskennis.ingest import IngestReport
    from beleidskennis.model import Recommendation

log = logging.getLogger(__name__)
SCHEMES = ("theme", "sector", "addressee")
MOST_TOPICS, LEAST_SHARE = 5, 0.125
"""Of what a document is said to be about: a reader takes in five, and one passage in eight is more than in passing."""


class Advising(Answering, Linking):
    """The part of `Library` about advice."""

    def recommendations(self, text: str = "", *, filters: Filters | None = None, k: int | None = None) -> AdviceResult:
        """Recommendations that fit the filters: the best first for a question or words.

        Without one explicit advice comes first, and of each kind that of the newest document.

        Raises:
            QueryError: a filter names a theme, a sector, a strength or a state of follow-up that there is not.
        """
        from beleidskennis import advice
        from beleidskennis.followup import Status

        chosen = filters or Filters()
        values: list[tuple[str, tuple[str, ...], type[StrEnum]]] = [
            ("stand", chosen.statuses, Status),
            ("sterkte", chosen.strengths, Strength),
        ]
        for name, given, known in values:
            unknown = [one for one in given if one not in list(known)]
            if unknown:
                message = f"De {name} '{unknown[0]}' bestaat niet."
                raise QueryError(message, f"Kies uit: {', '.join(known)}.")
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
        file_links: bool = True,
    ) -> bytes:
        """Recommendations as a file, with how they were taken up: "xlsx", "csv", "jsonld" or "docx".

        `text` and `filters` are what they were found with; the file says so. Without `file_links` it says nothing of
        where files lie on this computer: for who is on another one.

        Raises:
            QueryError: there is no such form of file.
            MissingExtraError: what writes it is not installed.
        """
        from beleidskennis.exports.advice import advice_file, selection
        from beleidskennis.exports.advice_rows import AdviceExport

        documents = {one.document_id: one if file_links else replace(one, path="") for one in self.documents()}
        names = {document.file_name: document for document in documents.values()}
        chosen = selection(text, self.known(filters), self.taxonomy, names)
        export = AdviceExport(list(items), documents, self.taxonomy.name, self.follow_ups(), title, chosen)
        return advice_file(export, ending, self.taxonomy)

    def advice_index(self) -> AdviceIndex:
        """The recommendations of the index in force, ready to be searched and compared.

        Kept on disk and added to as documents come; made in memory where that was not possible yet.
        """
        # What people said may come from another program: the command line beside an app.
        judgements = self._per_version("judgements", self.judgements)
        return self._per_generation("advice", self._open_advice, judgements)

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
