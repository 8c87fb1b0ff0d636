"""An index folder: what is derived from the catalogue, opened for reading; and the lock of those who write.

    index/
      catalogue.sqlite     the source of truth
      CURRENT              the name of the generation in force, replaced atomically
      g-000007/            one generation, never changed once CURRENT names it
        meta.json  rows.npz  names.json  versions.json  lexical/  vectors/  sentences/
      advice/              what recommendations are searched by (see `advice.store`)
      .lock                held by the one who writes

A reader opens the generation that CURRENT names and keeps it; a writer makes the next one beside it and swaps (see
`deriving`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.acronyms import Acronyms
from beleidskennis.dutch.spelling import Spelling
from beleidskennis.errors import EmptyIndexError, IndexLockedError, IndexModelError, IndexUnusableError
from beleidskennis.folding import VersionRows
from beleidskennis.lexical import LexicalIndex
from beleidskennis.model import PassageKind
from beleidskennis.sentence_vectors import SentenceVectors
from beleidskennis.topics import Topics
from beleidskennis.vectors import VectorIndex

FORMAT_VERSION = 6
"""Raised when the files of a generation change shape: the index is then derived anew from the catalogue."""
CATALOGUE_FILE = "catalogue.sqlite"
CURRENT_FILE = "CURRENT"
META_FILE = "meta.json"
ROWS_FILE = "rows.npz"
NAMES_FILE = "names.json"
VERSIONS_FILE = "versions.json"
LEXICAL_FOLDER = "lexical"
VECTORS_FOLDER = "vectors"
SENTENCES_FOLDER = "sentences"
MADE_ANEW_BY = "Maak hem opnieuw uit de catalogus met: beleidskennis ingest"
KINDS = tuple(PassageKind)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation says of itself."""

    format_version: int
    model: str
    passages: int
    documents: int
    links: str = ""
    """Which linking of the catalogue the topics are of (`links.revision`)."""


@dataclass(frozen=True)
class Snapshot:
    """One generation, open for reading. Row `i` of both legs is the passage `row_ids[i]` of the catalogue."""

    name: str
    meta: Meta
    lexical: LexicalIndex
    vectors: VectorIndex
    sentences: SentenceVectors
    row_ids: NDArray[np.int64]
    """`(n,)` rows of the table of passages; a removed row keeps its number."""
    document_of_row: NDArray[np.int32]
    """`(n,)` positions in `document_ids`."""
    kind_of_row: NDArray[np.int8]
    """`(n,)` positions in `KINDS`."""
    topics: Topics
    """The themes and sectors of each row."""
    document_ids: tuple[str, ...]
    acronyms: Acronyms
    """Acronyms with the full forms that the documents give them."""
    versions: VersionRows
    """Rows that hold the text of a row of an older version of the document."""
    contexts: tuple[int, ...]
    """For each of `document_ids` a checksum of the title and publisher that its rows were indexed with."""

    def __len__(self) -> int:
        return len(self.row_ids)

    @cached_property
    def spelling(self) -> Spelling:
        """For typing errors."""
        return self.lexical.spelling

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """`(n,)`: which rows have not been removed."""
        return self.lexical.alive

    @cached_property
    def live_ids(self) -> frozenset[str]:
        """The ids of the documents that have rows here that were not removed."""
        return frozenset(self.document_ids[ordinal] for ordinal in np.unique(self.document_of_row[self.alive]))

    @cached_property
    def whole(self) -> bool:
        """Whether no row has been removed."""
        return bool(self.alive.all())

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of the catalogue's table in order, and where in the index each is. A removed row has none."""
        rows = np.flatnonzero(self.alive)
        order = np.argsort(self.row_ids[rows], kind="stable")
        return self.row_ids[rows][order], rows[order]

    def rows_of(self, row_ids: Sequence[int]) -> NDArray[np.int64]:
        """From rows of the catalogue's table to rows of the index.

        Raises:
            KeyError: one of them is not in this generation, or was removed from it.
        """
        known, rows = self._by_id
        places = np.searchsorted(known, row_ids)
        if len(places) and (not len(known) or (known[np.minimum(places, len(known) - 1)] != row_ids).any()):
            message = f"rows of the catalogue that are not in {self.name}"
            raise KeyError(message)
        return np.asarray(rows[places], dtype=np.int64)


@contextmanager
def writing(folder: Path, *, wait_seconds: float = 3600.0) -> Iterator[None]:
    """Hold the write lock of an index folder; a second writer waits for the first.

    Raises:
        IndexLockedError: somebody else was still writing after `wait_seconds`.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"Een ander programma is nog bezig met de index in '{folder}'."
        raise IndexLockedError(message, "Wacht tot dat klaar is en probeer het dan opnieuw.") from error
    try:
        yield
    finally:
        lock.release()


def current_generation(folder: Path) -> str | None:
    """The name of the generation in force, or None if there is none yet."""
    try:
        return (folder / CURRENT_FILE).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def open_snapshot(folder: Path, model: str, before: Snapshot | None = None) -> Snapshot:
    """Open the generation in force; what it shares with `before`, which is open, is not opened again.

    Raises:
        EmptyIndexError: nothing has been taken in yet.
        IndexModelError: made with another embedding model than `model`.
        IndexUnusableError: made by another version, or damaged.
    """
    name = current_generation(folder)
    if name is None:
        message = f"De index in '{folder}' is nog leeg."
        raise EmptyIndexError(message, "Lees documenten in met: beleidskennis ingest MAP")
    try:
        snapshot = load_generation(folder, name, before)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        message = f"De index in '{folder}' is beschadigd, of gemaakt door een andere versie van beleidskennis."
        raise IndexUnusableError(message, MADE_ANEW_BY) from error
    if snapshot.meta.model != model:
        message = f"De index is gemaakt met het zoekmodel '{snapshot.meta.model}', niet met '{model}'."
        hint = "Kies dat model weer, of maak de vectoren opnieuw met: beleidskennis ingest"
        raise IndexModelError(message, hint)
    if snapshot.meta.passages == 0:
        message = f"Er staat geen tekst in de index in '{folder}'."
        raise EmptyIndexError(message, "Lees documenten in met: beleidskennis ingest MAP")
    return snapshot


def load_generation(folder: Path, name: str, before: Snapshot | None = None) -> Snapshot:
    """Open one generation, whatever its model; what it shares with `before` is not opened again.

    Raises:
        OSError, ValueError, KeyError, TypeError, RuntimeError: it is damaged or of another version.
    """
    place = folder / name
    meta = Meta(**json.loads((place / META_FILE).read_text(encoding="utf-8")))
    if meta.format_version != FORMAT_VERSION:
        message = f"index format {meta.format_version}, expected {FORMAT_VERSION}"
        raise ValueError(message)
    described = json.loads((place / NAMES_FILE).read_text(encoding="utf-8"))
    versions = json.loads((place / VERSIONS_FILE).read_text(encoding="utf-8"))
    with np.load(place / ROWS_FILE) as rows:
        return Snapshot(
            name=name,
            meta=meta,
            lexical=LexicalIndex.load(place / LEXICAL_FOLDER, before=before.lexical if before else None),
            vectors=VectorIndex.load(place / VECTORS_FOLDER, before.vectors if before else None),
            sentences=SentenceVectors.load(place / SENTENCES_FOLDER, before.sentences if before else None),
            row_ids=rows["row_ids"],
            document_of_row=rows["document_of_row"],
            kind_of_row=rows["kind_of_row"],
            topics=Topics([(scheme, concept_id) for scheme, concept_id in described["topics"]], rows["topics"]),
            document_ids=tuple(described["document_ids"]),
            acronyms=Acronyms(described["acronyms"]),
            versions=VersionRows(dict(versions["newer"]), dict(versions["older"]), versions["families"]),
            contexts=tuple(described["contexts"]),
        )
