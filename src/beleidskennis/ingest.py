"""Taking in: what is new or changed is read, stored, embedded and linked; then the index is derived and swapped.

Safe to kill at any point: each document is one transaction, and the next run picks up what is missing.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from beleidskennis.catalogue import Catalogue, journal, kin
from beleidskennis.deriving import derive
from beleidskennis.embedding import Embedding, embed_missing
from beleidskennis.errors import DiskFullError
from beleidskennis.index import writing
from beleidskennis.model import Document, Encoder
from beleidskennis.pdf.guard import GuardedPool
from beleidskennis.planning import IngestOptions, IngestReport, make_plan, refuse
from beleidskennis.reading import READER_VERSION, ReadDocument, ReadJob, read_document
from beleidskennis.versions import link_versions, related

__all__ = ["IngestOptions", "IngestReport", "Progress", "ingest", "read_all", "relate"]


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of the work: `done` of `total` units of `stage` ("lezen", "begrijpen", "indexeren") for a file."""

    stage: str
    file_name: str
    done: int
    total: int


def ingest(
    catalogue: Catalogue,
    folder: Path,
    paths: Sequence[Path],
    *,
    encoder: Encoder,
    link: Callable[[Catalogue], object],
    options: IngestOptions = IngestOptions(),
    progress: Callable[[Progress], None] = lambda _step: None,
) -> IngestReport:
    """Bring the index in `folder` in step with the files under `paths`; waits for whoever is writing.

    `link` works out recommendations and labels for documents that have none.
    """
    started = perf_counter()
    report = IngestReport()
    with writing(folder):
        plan = make_plan(catalogue, paths, options, report)
        for document in plan.described:
            catalogue.describe(document)
        with Embedding(catalogue, encoder) as embedding:
            read_all(catalogue, plan.jobs, embedding, options, report, progress)
            link(catalogue)
            relate(catalogue, report)
            for document in embedding.finished(wait=True):
                progress(_understood(document))
        for document_id in embed_missing(catalogue, encoder):
            progress(Progress("begrijpen", document_id[:8], 1, 1))
        try:
            derived = derive(catalogue, folder, encoder.name)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise DiskFullError from error
        if derived:
            progress(Progress("indexeren", "", 1, 1))
    report.seconds = perf_counter() - started
    return report


def relate(catalogue: Catalogue, report: IngestReport) -> None:
    """Find the documents that share text, and keep which files are copies of one that is there."""
    report.related = related(catalogue, link_versions(catalogue))
    copies = {path: document.document_id for path, document in report.duplicates}
    known = kin.copies(catalogue)
    ids = [*copies.values(), *(document_id for _path, document_id in known)]
    homes = {item.document.document_id: item.document.path for item in catalogue.stored(only=ids)} if ids else {}
    over = [path for path, document_id in known if homes.get(document_id) == path or not Path(path).is_file()]
    kin.put_copies(catalogue, {path: one for path, one in copies.items() if one in homes}, over)


def read_all(
    catalogue: Catalogue,
    jobs: Sequence[ReadJob],
    embedding: Embedding,
    options: IngestOptions,
    report: IngestReport,
    progress: Callable[[Progress], None],
) -> None:
    """Read in as many processes as asked for; store each document as it comes, and have it embedded meanwhile."""
    if not jobs:
        return
    workers = min(options.workers or os.cpu_count() or 1, len(jobs))
    older = set(catalogue.paths().values())
    largest_first = sorted(jobs, key=lambda job: -job.path.stat().st_size)
    with GuardedPool(read_document, workers=workers, limits=options.limits) as pool:

        def on_page(job: ReadJob, page: int, total: int) -> None:
            progress(Progress("lezen", job.path.name, page, total))

        for job, outcome in pool.map(largest_first, on_page=on_page):
            if isinstance(outcome, ReadDocument):
                catalogue.add_document(outcome.document, outcome.pages, outcome.passages, reader_version=READER_VERSION)
                embedding.add(outcome.document, outcome.passages)
                replaced = str(job.path) in older
                (report.replaced if replaced else report.added).append(outcome.document)
                what = "document vervangen" if replaced else "document toegevoegd"
                journal.log(catalogue, options.who, what, outcome.document.document_id)
                report.pages += len(outcome.pages)
                report.passages += len(outcome.passages)
                report.pages_without_text += sum(not page.text for page in outcome.pages)
            else:
                refuse(catalogue, job.path, outcome, report)
            for document in embedding.finished():
                progress(_understood(document))


def _understood(document: Document) -> Progress:
    return Progress("begrijpen", document.file_name, document.page_count, document.page_count)
