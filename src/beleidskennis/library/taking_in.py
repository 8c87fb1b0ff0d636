"""Taking documents in, taking them out, and correcting what is known of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from beleidskennis import index
from beleidskennis.catalogue import journal
from beleidskennis.errors import IndexLockedError, QueryError
from beleidskennis.library.documents import Documents

if TYPE_CHECKING:
    from beleidskennis.ingest import IngestReport, Progress

CORRECTABLE = (
    *("title", "publisher", "date", "kind", "url", "licence"),
    *("journal", "volume", "issue", "article_pages"),
)
"""What a person can correct of a document's description."""
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MOMENT = 2.0
"""Seconds that a person waits for somebody else's writing before going on."""


class TakingIn(Documents):
    """The part of `Library` that changes which documents there are."""

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        prune: bool = False,
        ocr: bool = False,
        who: str | None = None,
        progress: Callable[[Progress], None] = lambda _step: None,
    ) -> IngestReport:
        """Bring the index in step with files and folders; one bad file never stops the rest.

        `who` asked for it, for the audit trail; None: whoever `self.who` names now.
        """
        from beleidskennis.ingest import IngestOptions, ingest
        from beleidskennis.linking import link_missing

        options = IngestOptions(
            prune=prune,
            workers=self.settings.workers,
            limits=self.limits,
            passwords=self.settings.passwords,
            ocr=ocr,
            who=self.who() if who is None else who,
        )
        return ingest(
            self.catalogue,
            self.settings.index,
            paths,
            encoder=self.encoder,
            link=lambda catalogue: link_missing(catalogue, self.taxonomy, self.encoder),
            options=options,
            progress=progress,
        )

    def remove(self, document_id: str) -> None:
        """Take a document out of the index; its file stays where it is."""
        from beleidskennis import deriving
        from beleidskennis.versions import settle_families

        with index.writing(self.settings.index):
            self.catalogue.retire(document_id)
            settle_families(self.catalogue)
            deriving.derive(self.catalogue, self.settings.index, self.encoder.name)
        journal.log(self.catalogue, self.who(), "document verwijderd", document_id)

    def correct(self, document_id: str, fields: Mapping[str, str]) -> None:
        """Keep a person's corrections of a document's description (`CORRECTABLE` names the fields); nothing is re-read.

        It is found by a new title or publisher at once; while somebody else is writing to the index, when that is done.

        Raises:
            QueryError: a field is not one of these, the title is empty, or the date is no date.
        """
        document = self.document(document_id)
        for field, value in fields.items():
            if field not in CORRECTABLE:
                message = f"'{field}' is geen gegeven dat kan worden verbeterd."
                raise QueryError(message, "Kies uit: " + ", ".join(CORRECTABLE) + ".")
            if field == "title" and not value.strip():
                message = "De titel is leeg."
                raise QueryError(message, "Een titel mag niet leeg zijn; geef er een.")
            if field == "date" and value and not _DATE.fullmatch(value):
                message = f"'{value}' is geen datum."
                raise QueryError(message, "Geef een jaar, jaar-maand of jaar-maand-dag: 2024, 2024-05 of 2024-05-17.")
        for field, value in fields.items():
            self.catalogue.correct(document.document_id, field, value.strip(), self.who())
        journal.log(self.catalogue, self.who(), "gegevens verbeterd", document.document_id)
        self._index_descriptions()
        with self._lock:
            self._opened = None  # the descriptions in it are old

    def _index_descriptions(self) -> None:
        from beleidskennis import deriving
        from beleidskennis.versions import settle_families

        if index.current_generation(self.settings.index) is None:
            return
        try:
            with index.writing(self.settings.index, wait_seconds=_MOMENT):
                settle_families(self.catalogue)
                deriving.derive(self.catalogue, self.settings.index, self.encoder.name)
        except IndexLockedError:
            return  # the one who writes, or else the next, sees that the descriptions changed

    def changes(self, limit: int = 200) -> list[tuple[str, str, str, str]]:
        """The newest changes by people: `(when, who, what, which document)`."""
        return journal.audit(self.catalogue, limit)
