"""Deriving the search index from the catalogue, and swapping it in.

A generation is made from the one before where that pays: its files that never change are linked, not copied, so that
adding one document to a million passages writes little. What a person or a program sees changes at one instant, when
`CURRENT` is replaced.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beleidskennis.batching import Block, read_blocks
from beleidskennis.catalogue import Catalogue, State, kin, links
from beleidskennis.dutch import acronyms
from beleidskennis.errors import IndexUnusableError
from beleidskennis.folding import VersionRows
from beleidskennis.index import (
    CURRENT_FILE,
    FORMAT_VERSION,
    KINDS,
    LEXICAL_FOLDER,
    META_FILE,
    NAMES_FILE,
    ROWS_FILE,
    SENTENCES_FOLDER,
    VECTORS_FOLDER,
    VERSIONS_FILE,
    Meta,
    Snapshot,
    current_generation,
    load_generation,
)
from beleidskennis.lexical import LexicalIndex, context_text, passage_terms
from beleidskennis.model import Document
from beleidskennis.sentence_vectors import SentenceVectors, in_context
from beleidskennis.topics import Concept, Topics
from beleidskennis.unchanging import drop_unnamed, link_unchanging
from beleidskennis.vectors import VectorIndex
from beleidskennis.versions.rows import version_rows

KEPT_GENERATIONS = 2
"""The one in force and the one before, which readers may still have open."""
REBUILD_REMOVED = 0.2
"""Share of removed rows above which an index is built anew rather than added to."""


def derive(catalogue: Catalogue, folder: Path, model: str) -> bool:
    """Make the index hold just the documents in force, swap it in, publish them; False if nothing had to be done.

    To be called with the write lock held, when every document in force has vectors of `model`. Killed before the
    swap, the old index stays; killed after it, the next call does the rest. Documents are taken in blocks, so that
    memory does not grow with the catalogue.
    """
    wanted = catalogue.document_ids()
    pending = set(catalogue.document_ids([State.PENDING]))
    before = _usable(folder, model)
    linked = links.revision(catalogue)
    up_to_date = before is not None and before.meta.links == linked
    contexts: dict[str, int] = {one.document_id: _context(one) for one in catalogue.documents()}
    textless = set(catalogue.without_passages())
    families = kin.families(catalogue)
    if (
        before is not None
        and up_to_date
        and not catalogue.has_changes()
        and _live_documents(before) == {one: context for one, context in contexts.items() if one not in textless}
        and [tuple(members) for members in before.versions.families] == [family.members for family in families]
    ):
        return False
    kept = {document_id for document_id in _unchanged(before, contexts) if document_id not in pending}
    draft = _continued(before, kept) if before is not None else None
    if draft is None:
        draft = _Draft(LexicalIndex())
    elif not up_to_date:
        draft.topics = Topics()
        _add_topics(draft, catalogue)
    held = {draft.document_ids[ordinal] for ordinal in np.unique(draft.document_of_row[draft.lexical.alive])}
    held |= textless  # scans, say: there is nothing to index of them
    place = _new_generation(folder)
    with tempfile.TemporaryFile(dir=place) as spool:
        dimension = 0
        for block in read_blocks(catalogue, [one for one in wanted if one not in held], model):
            _append(draft, block)
            _add_topics(draft, catalogue)
            draft.sentences.save(place / SENTENCES_FOLDER)  # on disk they need no memory
            spool.write(block.vectors.passages.tobytes())
            dimension = block.vectors.passages.shape[1]
        if dimension:
            spool.flush()
            draft.vectors.add(np.memmap(spool, dtype=np.float32, mode="r").reshape(-1, dimension))
    draft.contexts = [contexts.get(document_id, 0) for document_id in draft.document_ids]
    draft.versions = version_rows(families, draft.document_ids, draft.document_of_row, draft.lexical.alive)
    _swap_in(draft, folder, place, Meta(FORMAT_VERSION, model, int(draft.lexical.alive.sum()), len(wanted), linked))
    catalogue.publish()
    return True


@dataclass(slots=True)
class _Draft:
    """A generation in the making."""

    lexical: LexicalIndex
    vectors: VectorIndex = field(default_factory=VectorIndex)
    sentences: SentenceVectors = field(default_factory=SentenceVectors)
    row_ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    document_of_row: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    kind_of_row: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    topics: Topics = field(default_factory=Topics)
    document_ids: list[str] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)
    contexts: list[int] = field(default_factory=list)
    versions: VersionRows = field(default_factory=VersionRows)


def _usable(folder: Path, model: str) -> Snapshot | None:
    """The generation in force if the next one can be made from it."""
    name = current_generation(folder)
    if name is None:
        return None
    try:
        snapshot = load_generation(folder, name)
        snapshot.vectors.open_all()
    except (IndexUnusableError, OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None  # damaged or of another version: derived anew from the catalogue
    return snapshot if snapshot.meta.model == model else None


def _live_documents(snapshot: Snapshot) -> dict[str, int]:
    """The documents that have rows, with the checksum of what they were indexed under."""
    live = np.unique(snapshot.document_of_row[snapshot.alive]).tolist()
    return {snapshot.document_ids[ordinal]: snapshot.contexts[ordinal] for ordinal in live}


def _context(document: Document) -> int:
    """A checksum of what the rows of a document are indexed under besides their own text.

    When a person or the manifest changes it, the rows are made anew; that it would be the same by chance, once in four
    billion changes, costs a title that is found a while later.
    """
    return zlib.crc32(f"{document.title}\n{document.publisher}".encode())


def _unchanged(before: Snapshot | None, contexts: Mapping[str, int]) -> Set[str]:
    """The documents that have rows in `before`, made under the same title and publisher."""
    return {one for one, context in (_live_documents(before) if before else {}).items() if contexts.get(one) == context}


def _continued(before: Snapshot, kept: Set[str]) -> _Draft | None:
    """A draft that goes on from `before` with only the documents in `kept`; None if building anew is better."""
    gone = [ordinal for ordinal, document_id in enumerate(before.document_ids) if document_id not in kept]
    before.lexical.remove(np.flatnonzero(np.isin(before.document_of_row, gone)))
    worn = 1.0 - float(before.lexical.alive.mean()) if len(before) else 1.0
    if worn > REBUILD_REMOVED or before.vectors.wants_rebuild:
        return None
    return _Draft(
        before.lexical,
        before.vectors,
        before.sentences,
        before.row_ids,
        before.document_of_row,
        before.kind_of_row,
        before.topics,
        list(before.document_ids),
        dict(before.acronyms),
    )


def _append(draft: _Draft, block: Block) -> None:
    """Add the passages of a block to a draft as new rows; their own vectors are for the caller to add."""
    ordinals = np.repeat(np.arange(len(block.documents)), block.counts).astype(np.int32)
    contexts = []
    first = 0
    for document, count in zip(block.documents, block.counts, strict=True):
        found = acronyms.find("\n".join(passage.text for passage in block.passages[first : first + count]))
        draft.acronyms = found | draft.acronyms
        contexts.append(context_text(document.title, document.publisher, draft.acronyms))
        first += count
    draft.lexical.add(
        passage_terms(passage, context=contexts[ordinal])
        for passage, ordinal in zip(block.passages, ordinals, strict=True)
    )
    vectors = block.vectors
    draft.sentences.add(in_context(vectors.passages, vectors.sentences, vectors.counts), vectors.counts)
    draft.row_ids = np.append(draft.row_ids, np.array(block.row_ids, dtype=np.int64))
    draft.document_of_row = np.append(draft.document_of_row, ordinals + np.int32(len(draft.document_ids)))
    kinds = np.array([KINDS.index(passage.kind) for passage in block.passages], dtype=np.int8)
    draft.kind_of_row = np.append(draft.kind_of_row, kinds)
    draft.document_ids += [document.document_id for document in block.documents]


def _add_topics(draft: _Draft, catalogue: Catalogue) -> None:
    """Add the themes and sectors of the rows that have none yet; a document's rows lie together, in position order."""
    rows: list[list[Concept]] = []
    first = len(draft.topics)
    ordinals, counts = np.unique(draft.document_of_row[first:], return_counts=True)
    for ordinal, count in zip(ordinals.tolist(), counts.tolist(), strict=True):
        labels = links.passage_labels(catalogue, draft.document_ids[ordinal])
        known = labels if len(labels) == count else [()] * count  # a document that is gone, or is not linked
        rows += [[(label.scheme, label.concept_id) for label in of_passage] for of_passage in known]
    draft.topics.add(rows)


def _new_generation(folder: Path) -> Path:
    """A folder for the next generation, with the files of the one in force that never change."""
    before = current_generation(folder)
    name = f"g-{int(before.removeprefix('g-')) + 1 if before else 1:06d}"
    temporary = folder / f"{name}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    shutil.rmtree(folder / name, ignore_errors=True)
    temporary.mkdir()
    if before:
        link_unchanging(folder / before, temporary)
    return temporary


def _swap_in(draft: _Draft, folder: Path, temporary: Path, meta: Meta) -> None:
    """Write a draft in the folder `temporary` and make that the generation in force."""
    name = temporary.name.removesuffix(".tmp")
    draft.lexical.save(temporary / LEXICAL_FOLDER)
    draft.vectors.save(temporary / VECTORS_FOLDER)
    draft.sentences.save(temporary / SENTENCES_FOLDER)
    drop_unnamed(temporary)
    np.savez(
        temporary / ROWS_FILE,
        row_ids=draft.row_ids,
        document_of_row=draft.document_of_row,
        kind_of_row=draft.kind_of_row,
        topics=draft.topics.planes,
    )
    described = {
        "document_ids": draft.document_ids,
        "topics": draft.topics.names,
        "acronyms": draft.acronyms,
        "contexts": draft.contexts,
    }
    rows = draft.versions
    versions = {"newer": list(rows.newer.items()), "older": list(rows.older.items()), "families": rows.families}
    (temporary / VERSIONS_FILE).write_text(json.dumps(versions), encoding="utf-8")
    (temporary / NAMES_FILE).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    (temporary / META_FILE).write_text(json.dumps(asdict(meta)), encoding="utf-8")
    temporary.rename(folder / name)
    pointer = folder / f"{CURRENT_FILE}.tmp"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(folder / CURRENT_FILE)
    generations = sorted(path for path in folder.glob("g-*") if path.is_dir())
    for old in generations[:-KEPT_GENERATIONS]:
        shutil.rmtree(old, ignore_errors=True)  # on Windows a reader may still hold it open; the next run tries again
