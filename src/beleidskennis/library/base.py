"""A knowledge base that is open: its catalogue, its models, and the generation of the index in force."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from beleidskennis import index
from beleidskennis.advisers import Advisers
from beleidskennis.catalogue import Catalogue, State
from beleidskennis.model import Document, Encoder, Reranker, SentenceReader
from beleidskennis.pdf import Limits
from beleidskennis.settings import Settings

if TYPE_CHECKING:
    from beleidskennis.taxonomy.concepts import Concepts
    from beleidskennis.taxonomy.loading import Taxonomy

TAXONOMY = "taxonomy"
"""Where the catalogue keeps the Turtle of a taxonomy that was applied."""

Made = TypeVar("Made")


KEPT = 24
"""Answers from the catalogue kept until somebody changes it: a page of the app asks for the same ones at each click."""


@dataclass(frozen=True)
class Opened:
    """A generation open for reading, with the documents as they are described."""

    snapshot: index.Snapshot
    documents: Mapping[str, Document]
    version: int | None
    """Of the catalogue, when the documents were read from it."""

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
        self._made: dict[str, tuple[tuple[str, object], object]] = {}
        self._read: dict[str, tuple[int | None, object]] = {}
        self._seen: dict[Path, tuple[tuple[int, int], str]] = {}
        """Of files that were looked at: size and time (ns) as they were then, and the SHA-256."""
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

    @cached_property
    def reader(self) -> SentenceReader | None:
        """The model that reads a question with the best sentences, loaded once; none beside the small model.

        Who chooses that one does so for a slow machine or a very large collection.
        """
        from beleidskennis.embeddings import MODELS_FOLDER, READER, SMALL_MODEL, load_reader

        if self.settings.model == SMALL_MODEL:
            return None

        return load_reader(MODELS_FOLDER / READER)

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

    @property
    def generation(self) -> str:
        """The name of the index in force: another one whenever documents or their descriptions changed; "" for none."""
        return index.current_generation(self.settings.index) or ""

    # What is held in memory

    def forget_made(self) -> None:
        """What was made for this generation is made anew when asked for: the catalogue changed under it."""
        with self._making:
            self._made.clear()

    def _per_generation(self, name: str, make: Callable[[], Made], also: object = None) -> Made:
        """What is costly to make and holds for one generation of the index: made once, and again for the next.

        `also` is what else it was made of: when that is another, it is made again.
        """
        of = (self.opened().snapshot.name, also)
        with self._making:
            if name not in self._made or self._made[name][0] != of:
                self._made[name] = (of, make())
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
            for oldest in list(self._read)[:-KEPT]:
                self._read.pop(oldest, None)
        return cast("Made", kept[1])

    def opened(self) -> Opened:
        """The generation in force, opened once and again when another one takes its place.

        Raises:
            EmptyIndexError, IndexModelError, IndexUnusableError: it cannot be searched; says what to do.
        """
        with self._lock:
            current = index.current_generation(self.settings.index)
            before, version = self._opened, self.catalogue.version()
            if before is not None and before.snapshot.name == current and before.version == version:
                return before
            if before is not None and before.snapshot.name == current:
                snapshot = before.snapshot  # only a description changed, perhaps by another program
            else:
                snapshot = index.open_snapshot(
                    self.settings.index, self.encoder.name, before.snapshot if before else None
                )
            stored = self.catalogue.documents(tuple(State))
            self._opened = Opened(snapshot, {document.document_id: document for document in stored}, version)
            return self._opened
