"""One source file to pages and passages: reading, cleaning, describing and cutting, in that order.

A pure function over one file, so that a pool of processes (or a cluster) can map over files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from beleidskennis import sources
from beleidskennis.cleaning import CleanPage, clean_document
from beleidskennis.cleaning.order import unsure_pages
from beleidskennis.cleaning.tracing import trace_lines
from beleidskennis.dutch.language import detect
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.errors import UnreadableFileError
from beleidskennis.formats import read_source
from beleidskennis.model import Document, DocumentId, Page, Passage
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import Limits, RawDocument
from beleidskennis.sources import ManifestEntry

READER_VERSION = 7
"""Raised when reading, cleaning or cutting changes: documents read by an older version are read again."""
GARBAGE_QUALITY = 0.7
"""Share of known words under which a text layer is warned of. Of 238 pages of ten documents the lowest had 0.94;
pages with their letters exchanged, as a font without a proper encoding does, had 0.23 to 0.49."""
ENOUGH_WORDS = 20
"""Pages with fewer say too little to be judged."""
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
    unsure: tuple[int, ...] = ()
    """Numbers of the pages of which the reading order is not sure."""


def read_document(job: ReadJob) -> ReadDocument:
    """Read one file.

    Raises:
        SourceError: the file cannot be taken in; says why and what to do.
    """
    read = _finish(job, *_clean(job))
    if sources.sha256_of(job.path) != job.document_id:
        message = f"{job.path.name} is veranderd terwijl het werd ingelezen."
        hint = "Lees het opnieuw in als het klaar is met opslaan of kopiëren."
        raise UnreadableFileError(message, hint, file_name=job.path.name)
    return read


def trace_document(job: ReadJob) -> TracedDocument:
    """Read one file, and say what became of each line.

    Raises:
        SourceError: the file cannot be taken in; says why and what to do.
    """
    raw, cleaned = _clean(job)
    kinds = tuple(trace_lines(clean, page) for clean, page in zip(cleaned, raw.pages, strict=True))
    return TracedDocument(_finish(job, raw, cleaned), kinds, unsure_pages(cleaned))


def _clean(job: ReadJob) -> tuple[RawDocument, tuple[CleanPage, ...]]:
    raw = read_source(job.path, limits=job.limits, passwords=job.passwords, ocr=job.ocr)
    return raw, clean_document(job.document_id, raw, is_word=is_known)


def _finish(job: ReadJob, raw: RawDocument, cleaned: tuple[CleanPage, ...]) -> ReadDocument:
    pages = tuple(clean.page for clean in cleaned)
    front = "\n".join(page.text for page in pages[:DESCRIBED_PAGES])
    document = sources.describe(job.path, job.document_id, raw, front, job.entry, language=detect(front) or "")
    identifiers = sources.find_identifiers("\n".join(page.text for page in pages))
    passages = cut_passages(job.document_id, cleaned, detect=partial(detect))
    problems = (*document.problems, *text_remarks(pages, unsure_pages(cleaned)))
    document = replace(document, page_count=len(pages), identifiers=identifiers, problems=problems)
    if document.journal and not document.article_pages:
        printed = sources.printed_range([page.page_label for page in pages])
        guessed = document.guessed | {"article_pages"} if printed else document.guessed
        document = replace(document, article_pages=printed, guessed=guessed)
    return ReadDocument(document, pages, passages)


def text_remarks(pages: Sequence[Page], unsure: Sequence[int] = ()) -> list[str]:
    """What the user should know of the text of pages, in Dutch: read by OCR, garbage, or perhaps out of order.

    `unsure` has the numbers of the pages of which the reading order is not sure.
    """
    remarks = []
    scanned = [page for page in pages if page.ocr_confidence]
    if scanned:
        sure = sum(page.ocr_confidence or 0.0 for page in scanned) / len(scanned)
        remarks.append(f"Met OCR gelezen ({sure:.0%} zeker), dus er kunnen fouten in staan: {_labels(scanned)}.")
    garbage = [page for page in pages if page.quality < GARBAGE_QUALITY and page.text.count(" ") >= ENOUGH_WORDS]
    if garbage:
        remarks.append(f"De tekst is misschien onbruikbaar (weinig bekende woorden): {_labels(garbage)}.")
    jumbled = [page for page in pages if page.page_number in unsure]
    if jumbled:
        remarks.append(
            f"De leesvolgorde is niet zeker op {_labels(jumbled)}: het bestand zegt niet welke kolom eerst komt. "
            "Vergelijk een citaat daar met de bladzijde zelf."
        )
    return remarks


def _labels(pages: Sequence[Page], most: int = 10) -> str:
    numbers = ", ".join(str(page.page_number) for page in pages[:most]) + (" …" if len(pages) > most else "")
    return f"bladzijde {numbers}" if len(pages) == 1 else f"bladzijden {numbers}"
