"""Opening a knowledge base, taking documents in, searching passages, and what is known of the documents."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from beleidskennis import index, search
from beleidskennis.advisers import Advisers
from beleidskennis.catalogue import Catalogue, State, journal, kin, opinions, overview
from beleidskennis.catalogue.overview import ReadingFigures
from beleidskennis.errors import IndexLockedError, QueryError, UnreadableFileError
from beleidskennis.model import (
    Document,
    Encoder,
    FacetValue,
    Filters,
    Hit,
    Page,
    Passage,
    Related,
    Reranker,
    SearchResult,
    Span,
    slice_spans,
)
from beleidskennis.pdf import Limits, view_page
from beleidskennis.settings import Settings

if TYPE_CHECKING:
    from beleidskennis.evaluation import Question
    from beleidskennis.ingest import IngestReport, Progress
    from beleidskennis.taxonomy.concepts import Concepts
    from beleidskennis.taxonomy.loading import Taxonomy

CORRECTABLE = ("title", "publisher", "date", "kind", "url", "licence")
"""What a person can correct of a document's description."""
TAXONOMY = "taxonomy"
"""Where the catalogue keeps the Turtle of a taxonomy that was applied."""
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


_MOMENT = 2.0
"""Seconds that a person waits for somebody else's writing before going on."""

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the index."""

    documents: int
    pages: int
    passages: int
    pages_without_text: int
    model: str
    index: str
    problems: tuple[tuple[str, str, str], ...] = ()
    """`(path, message, kind)` of the files that could not be taken in."""
    related: tuple[Related, ...] = ()
    """Documents that share much of their text: versions of each other, or a part of the other."""
    copies: tuple[tuple[str, str], ...] = ()
    """`(path, file name of the document)` of the files with the very content of a document that is there already."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture. `located` is False where the words could not be found on it with certainty."""

    png: bytes
    located: bool


@dataclass(frozen=True)
class Opened:
    """A generation open for reading, with the documents as they were described when it was opened."""

    snapshot: index.Snapshot
    documents: Mapping[str, Document]

    @cached_property
    def advisers(self) -> Advisers:
        """Who can be named in a question."""
        return Advisers(self.documents.values(), self.snapshot.acronyms)


class Base:
    """A knowledge base: a catalogue with an index over it. Open it with `Library.open`."""

    def __init__(self, settings: Settings, catalogue: Catalogue, encoder: Encoder | None = None) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.who: Callable[[], str] = lambda: settings.user
        """Who makes a change, for the audit trail; an interface in which people sign in puts its own here."""
        self._given_encoder = encoder
        self._opened: Opened | None = None
        self._taxonomy: tuple[str | None, Taxonomy] | None = None
        self._made: dict[str, tuple[str, object]] = {}
        self._read: dict[str, tuple[int | None, object]] = {}
        self._lock = threading.Lock()
        self._making = threading.RLock()

    @classmethod
    def open(cls, settings: Settings, *, encoder: Encoder | None = None) -> Self:
        """Open the index folder that the settings name, making it if there is none.

        `encoder` overrides the model that the settings name.

        Raises:
            IndexVersionError, IndexUnusableError: see `Catalogue.open`.
        """
        settings.index.mkdir(parents=True, exist_ok=True)
        return cls(settings, Catalogue.open(settings.index / index.CATALOGUE_FILE), encoder)

    def close(self) -> None:
        """Give everything back."""
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model that the settings name, loaded once."""
        if self._given_encoder is not None:
            return self._given_encoder
        from beleidskennis.embeddings import load_encoder

        settings = self.settings
        return load_encoder(settings.model, query_prompt=settings.query_prompt, passage_prompt=settings.passage_prompt)

    @cached_property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that the settings name, if they name one, loaded once."""
        if not self.settings.reranker:
            return None
        from beleidskennis.embeddings import load_reranker

        return load_reranker(self.settings.reranker)

    @property
    def taxonomy(self) -> Taxonomy:
        """The themes, sectors and addressees in force: those of the settings, else what was applied, else our own."""
        from beleidskennis.taxonomy.loading import load_taxonomy, taxonomy_of

        current = index.current_generation(self.settings.index)
        if self._taxonomy is None or self._taxonomy[0] != current:
            kept = None if self.settings.taxonomy else self.catalogue.get_meta(TAXONOMY)
            self._taxonomy = (current, taxonomy_of(kept) if kept else load_taxonomy(self.settings.taxonomy))
        return self._taxonomy[1]

    @cached_property
    def concepts(self) -> Concepts:
        """The list of policy terms that widens a question."""
        from beleidskennis.taxonomy.concepts import load_concepts

        return load_concepts()

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        settings = self.settings
        return Limits(
            page_seconds=settings.page_seconds,
            document_seconds=settings.document_seconds,
            memory_mb=settings.memory_mb,
            max_pages=settings.max_pages,
            max_bytes=settings.upload_mb * 1024 * 1024,
        )

    # Taking in

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
            if field not in CORRECTABLE or (field == "title" and not value.strip()):
                message = f"'{value}' kan niet als {field} worden bewaard."
                raise QueryError(message, "Een titel mag niet leeg zijn.")
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

    # Looking

    def forget_made(self) -> None:
        """What was made for this generation is made anew when asked for: the catalogue changed under it."""
        with self._making:
            self._made.clear()

    def _per_generation(self, name: str, make: Callable[[], Made]) -> Made:
        """What is costly to make and holds for one generation of the index: made once, and again for the next."""
        generation = self.opened().snapshot.name
        with self._making:
            if name not in self._made or self._made[name][0] != generation:
                self._made[name] = (generation, make())
            return cast("Made", self._made[name][1])

    @property
    def held(self) -> tuple[str, ...]:
        """Names of what is held in memory: the generation that is open, and what was made for it."""
        opened = self._opened
        return (opened.snapshot.name, *self._made) if opened else ()

    def _per_version(self, name: str, make: Callable[[], Made]) -> Made:
        """What is read from the catalogue and holds until anybody changes something in it."""
        version = self.catalogue.version()
        kept = self._read.get(name)
        if version is None or kept is None or kept[0] != version:
            kept = (version, make())
            self._read[name] = kept
        return cast("Made", kept[1])

    def opened(self) -> Opened:
        """The generation in force, opened once and again when another one takes its place.

        Raises:
            EmptyIndexError, IndexModelError, IndexUnusableError: it cannot be searched; says what to do.
        """
        with self._lock:
            current = index.current_generation(self.settings.index)
            if self._opened is None or self._opened.snapshot.name != current:
                before = self._opened.snapshot if self._opened else None
                snapshot = index.open_snapshot(self.settings.index, self.encoder.name, before)
                stored = self.catalogue.documents(tuple(State))
                self._opened = Opened(snapshot, {document.document_id: document for document in stored})
            return self._opened

    def search(
        self, text: str, *, k: int = 10, filters: Filters | None = None, mode: search.Mode = search.Mode.HYBRID
    ) -> SearchResult:
        """The `k` best passages for a question or for words, with why, and counts for the filters.

        Raises:
            QueryError: the question is empty, or a filter names a theme or sector that there is not.
            EmptyIndexError: nothing has been taken in yet.
        """
        opened = self.opened()
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

    def documents(self) -> list[Document]:
        """All documents, by file name."""
        return list(self._per_version("documents", self.catalogue.documents))

    def reading_figures(self) -> Mapping[str, ReadingFigures]:
        """How well the pages of each document could be read, by document id."""
        return self._per_version("reading", lambda: overview.reading_figures(self.catalogue))

    def document(self, name: str) -> Document:
        """The document with this id, start of an id (8 characters or more) or file name.

        Raises:
            QueryError: there is none.
        """
        for document in self.documents():
            if name == document.file_name or (len(name) >= 8 and document.document_id.startswith(name)):
                return document
        message = f"Er is geen document '{name}' in de index."
        raise QueryError(message, "Bekijk de documenten met: beleidskennis documents")

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document."""
        return self.catalogue.pages(document_id)

    def passages(self, document_id: str | None = None) -> list[Passage]:
        """All passages of a document, or of all documents, in reading order."""
        ids = [document_id] if document_id else [document.document_id for document in self.documents()]
        return [passage for one in ids for passage in self.catalogue.passages(one)]

    def text_of(self, spans: Sequence[Span]) -> str:
        """The text of spans of one document, cut from its stored pages."""
        pages = {page.page_number: page.text for page in self.pages(spans[0].document_id)} if spans else {}
        return slice_spans(spans, pages)

    def page_image(
        self, document_id: str, page_number: int, spans: Sequence[Span] = (), *, width_px: int = 900
    ) -> PageImage:
        """A page (physical, from 1) as PNG, with the part of `spans` on it highlighted if it is found with certainty.

        Raises:
            SourceError: the file is gone or changed.
        """
        path = self.source_path(document_id)
        page = self.catalogue.page(document_id, page_number)
        on_page = [span for span in spans if span.page_number == page_number]
        text = before = after = ""
        if page and on_page:
            text = slice_spans(on_page, {page_number: page.text})
            # What stands around it tells the right one of two equal lines.
            before, after = page.text[: on_page[0].start], page.text[on_page[-1].end :]
        png, boxes = view_page(
            path, page_number, text, before=before, after=after, width_px=width_px, passwords=self.settings.passwords
        )
        return PageImage(png, bool(boxes))

    def source_path(self, document_id: str) -> Path:
        """Where the file of a document lies.

        Raises:
            UnreadableFileError: it is not there any more.
        """
        document = self.document(document_id)
        path = Path(document.path)
        if not path.is_file():
            message = f"Het bestand '{document.file_name}' staat niet meer op zijn plek ({document.path})."
            hint = "Zet het terug, of lees de map opnieuw in met: beleidskennis ingest"
            raise UnreadableFileError(message, hint, file_name=document.file_name)
        return path

    def status(self) -> Status:
        """What is in the index, which files could not be taken in, and which documents share their text."""
        from beleidskennis.versions import related

        names = {document.document_id: document.file_name for document in self.documents()}
        return Status(
            **self._per_version("counts", self.catalogue.counts),
            model=self.encoder.name,
            index=str(self.settings.index),
            problems=tuple(journal.problems(self.catalogue)),
            related=tuple(related(self.catalogue, kin.likenesses(self.catalogue))),
            copies=tuple((path, names[one]) for path, one in kin.copies(self.catalogue)),
        )
