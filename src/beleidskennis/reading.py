"""One source file to pages and passages: reading, cleaning, describing and cutting, in that order.

A pure function over one file, so that a pool of processes (or a cluster) can map over files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from beleidskennis import sources
from beleidskennis.cleaning import CleanPage, clean_document
from beleidskennis.cleaning.tracing import trace_lines
from beleidskennis.dutch.language import detect
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.formats import read_source
from beleidskennis.model import Document, DocumentId, Page, Passage
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import Limits, RawDocument
from beleidskennis.sources import ManifestEntry

READER_VERSION = 3
"""Raised when reading, cleaning or cutting changes: documents read by an older version are read again."""
DESCRIBED_PAGES = 3
"""Pages at the front in which title, publisher and date are looked for."""


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One file to read. `path` is absolute; `entry` is what the manifest says of it."""

    path: Path
    document_id: DocumentId
    entry: ManifestEntry | None = None
    limits: Limits = Limits()
    passwords: tuple[str, ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a file gave."""

    document: Document
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class TracedDocument:
    """What a file gave, and for each page the kind of each of its raw lines (see `trace_lines`)."""

    read: ReadDocument
    kinds: tuple[tuple[str, ...], ...]


def read_document(job: ReadJob) -> ReadDocument:
    """Read one file.

    Raises:
        SourceError: the file cannot be taken in; says why and what to do.
    """
    return _finish(job, *_clean(job))


def trace_document(job: ReadJob) -> TracedDocument:
    """Read one file, and say what became of each line.

    Raises:
        SourceError: the file cannot be taken in; says why and what to do.
    """
    raw, cleaned = _clean(job)
    kinds = tuple(trace_lines(clean, page) for clean, page in zip(cleaned, raw.pages, strict=True))
    return TracedDocument(_finish(job, raw, cleaned), kinds)


def _clean(job: ReadJob) -> tuple[RawDocument, tuple[CleanPage, ...]]:
    raw = read_source(job.path, limits=job.limits, passwords=job.passwords, ocr=job.ocr)
    return raw, clean_document(job.document_id, raw, is_word=is_known)


def _finish(job: ReadJob, raw: RawDocument, cleaned: tuple[CleanPage, ...]) -> ReadDocument:
    pages = tuple(clean.page for clean in cleaned)
    front = "\n".join(page.text for page in pages[:DESCRIBED_PAGES])
    document = sources.describe(job.path, job.document_id, raw, front, job.entry, language=detect(front) or "")
    identifiers = sources.find_identifiers("\n".join(page.text for page in pages))
    passages = cut_passages(job.document_id, cleaned, detect=partial(detect))
    document = replace(document, page_count=len(pages), identifiers=identifiers)
    return ReadDocument(document, pages, passages)
