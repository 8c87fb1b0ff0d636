"""What a run has to do: the files that are found compared with what the catalogue holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from beleidskennis import sources
from beleidskennis.catalogue import Catalogue, StoredDocument, journal
from beleidskennis.errors import SourceError, UnreadableFileError, reason
from beleidskennis.model import Document, DocumentId, Related
from beleidskennis.pdf import Limits
from beleidskennis.reading import READER_VERSION, ReadJob
from beleidskennis.sources import ManifestEntry

MANIFEST_FILE = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in, with why, in Dutch."""

    path: str
    message: str
    kind: str


@dataclass(slots=True)
class IngestReport:
    """What one run did. Nothing is left out: each file that was found is in one of the lists."""

    added: list[Document] = field(default_factory=list)
    replaced: list[Document] = field(default_factory=list)
    unchanged: list[Document] = field(default_factory=list)
    moved: list[Document] = field(default_factory=list)
    duplicates: list[tuple[str, Document]] = field(default_factory=list)
    """`(path, the document whose content it has)`."""
    related: list[Related] = field(default_factory=list)
    """Pairs of documents, one at least new in this run, that share much of their text."""
    gone: list[Document] = field(default_factory=list)
    """In the index, but the file is no longer there; kept."""
    removed: list[Document] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Files in the folders whose format is not read (.doc, .xlsx, ...)."""
    set_aside: list[str] = field(default_factory=list)
    """Files in the folders that are no documents of their own: README and the like, and the texts of PDFs."""
    seen: int = 0
    """Files that were found."""
    pages: int = 0
    passages: int = 0
    pages_without_text: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to take in. `workers` 0 means as many processes as there are cores."""

    prune: bool = False
    workers: int = 0
    limits: Limits = Limits()
    passwords: tuple[str, ...] = ()
    ocr: bool = False
    who: str = ""
    """Who asked for it, for the audit trail."""


@dataclass(slots=True)
class Plan:
    """What a run has to do."""

    jobs: list[ReadJob] = field(default_factory=list)
    described: list[Document] = field(default_factory=list)
    """Documents whose path or manifest entry changed, not their content."""


def make_plan(catalogue: Catalogue, paths: Sequence[Path], options: IngestOptions, report: IngestReport) -> Plan:
    """Compare the files under `paths` with the catalogue; `report` gets what needs no reading."""
    plan = Plan()
    hashes: dict[Path, DocumentId] = {}
    scans = catalogue.unread_scans() if options.ocr else set()
    existing = _existing(paths, report)
    report.seen = len(existing) + len(report.failures)
    for path in existing:
        try:
            sources.check_file(path)
            hashes[path] = sources.sha256_of(path)
        except (SourceError, OSError) as error:
            refuse(catalogue, path, error, report)
    # All documents only where some may be gone: one file added to many documents should not read of them all.
    only = None if any(path.is_dir() for path in paths) else list(hashes.values())
    stored = {item.document.document_id: item for item in catalogue.stored(only=only)}
    seen: dict[str, Path] = {}
    manifests = _Manifests()
    for path, document_id in hashes.items():
        try:
            entry = manifests.entry(path, paths)
        except (SourceError, OSError) as error:
            refuse(catalogue, path, error, report)
            continue
        known = stored.get(document_id)
        if document_id in seen:
            first = (
                known.document if known else Document(document_id, seen[document_id].name, str(seen[document_id]), "")
            )
            report.duplicates.append((str(path), first))
        elif known is not None and _is_copy(path, known):
            report.duplicates.append((str(path), known.document))
            continue
        elif known is None or known.reader_version != READER_VERSION or document_id in scans:
            plan.jobs.append(ReadJob(path, document_id, entry, options.limits, options.passwords, options.ocr))
        else:
            _settle_known(known, path, entry, plan, report)
        seen.setdefault(document_id, path)
    _find_gone(catalogue, stored, {str(path) for path in seen.values()}, paths, options, report)
    return plan


def _is_copy(path: Path, known: StoredDocument) -> bool:
    """Whether a file with the content of a document is another one than the file that it was read from."""
    home = Path(known.document.path)
    if path == home or not home.is_file():
        return False
    try:
        return sources.sha256_of(home) == known.document.document_id
    except SourceError:
        return False


def _existing(paths: Sequence[Path], report: IngestReport) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.exists():
            found.extend(source.resolve() if source.is_file() else source for source in sources.find_sources([path]))
        else:
            error = UnreadableFileError(
                f"'{path}' bestaat niet.", "Controleer de naam van het bestand of de map.", file_name=path.name
            )
            report.failures.append(_failure(path, error))
    report.set_aside = [sources.shown_name(str(path)) for path in sources.find_set_aside(paths)]
    report.skipped = [sources.shown_name(str(path)) for path in sources.find_unread(paths)]
    return list(dict.fromkeys(found))


def _settle_known(
    known: StoredDocument, path: Path, entry: ManifestEntry | None, plan: Plan, report: IngestReport
) -> None:
    document = known.document
    described = sources.with_entry(replace(document, path=str(path), file_name=path.name), entry)
    if described != document:
        plan.described.append(described)
    if document.path != str(path) and not Path(document.path).exists():
        report.moved.append(described)
    else:
        report.unchanged.append(described)


def _find_gone(
    catalogue: Catalogue,
    stored: dict[DocumentId, StoredDocument],
    found: set[str],
    paths: Sequence[Path],
    options: IngestOptions,
    report: IngestReport,
) -> None:
    roots = [path.resolve() for path in paths if path.is_dir()]
    settled = {document.document_id for document in report.unchanged + report.moved}
    for document_id, item in stored.items():
        path = Path(item.document.path)
        below = any(path.is_relative_to(root) for root in roots)
        if not below or str(path) in found or document_id in settled or path.exists():
            continue
        if options.prune:
            catalogue.retire(document_id)
            report.removed.append(item.document)
            journal.log(catalogue, options.who, "document verwijderd", document_id)
        else:
            report.gone.append(item.document)
    refused = {failure.path for failure in report.failures}
    for failed, _message, _kind in journal.problems(catalogue):
        if not Path(failed).exists() and failed not in refused:
            journal.forget_problem(catalogue, failed)


class _Manifests:
    """The manifests of the folders that are taken in, each read once."""

    def __init__(self) -> None:
        self._entries: dict[Path, dict[str, ManifestEntry]] = {}

    def entry(self, path: Path, roots: Iterable[Path]) -> ManifestEntry | None:
        """What the manifest beside `path`, or at the root it was found under, says of it."""
        folders = [path.parent, *(root.resolve() for root in roots if root.is_dir())]
        for folder in dict.fromkeys(folders):
            if not path.is_relative_to(folder):
                continue
            entries = self._read(folder)
            found = entries.get(path.relative_to(folder).as_posix()) or entries.get(path.name)
            if found:
                return found
        return None

    def _read(self, folder: Path) -> dict[str, ManifestEntry]:
        if folder not in self._entries:
            manifest = folder / MANIFEST_FILE
            self._entries[folder] = dict(sources.read_manifest(manifest)) if manifest.is_file() else {}
        return self._entries[folder]


def refuse(catalogue: Catalogue, path: Path, error: Exception, report: IngestReport) -> None:
    """Put a file that cannot be taken in in the report, and in the catalogue until it is read or gone."""
    failure = _failure(path, error)
    report.failures.append(failure)
    journal.put_problem(catalogue, failure.path, failure.message, failure.kind)


def _failure(path: Path, error: Exception) -> Failure:
    message = (
        str(error) if isinstance(error, SourceError) else f"'{path.name}' kan niet worden gelezen: {reason(error)}."
    )
    return Failure(sources.shown_name(str(path)), sources.shown_name(message), type(error).__name__)
