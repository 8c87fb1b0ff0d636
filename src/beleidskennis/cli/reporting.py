"""What an ingest run did, as data and in words: every file that was found is accounted for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from beleidskennis.ingest import IngestReport
    from beleidskennis.model import Related

MOST_SKIPPED = 8
"""Names of skipped files that are shown; the rest is counted."""


def report_data(report: IngestReport) -> dict[str, object]:
    """What a run did, as data."""
    names = {
        field: [document.file_name for document in getattr(report, field)]
        for field in ("added", "replaced", "unchanged", "moved", "gone", "removed")
    }
    return names | {
        "duplicates": [[path, document.file_name] for path, document in report.duplicates],
        "related": [pair_data(pair) for pair in report.related],
        "failures": [asdict(failure) for failure in report.failures],
        "skipped": list(report.skipped),
        "set_aside": list(report.set_aside),
        "pages": report.pages,
        "passages": report.passages,
        "pages_without_text": report.pages_without_text,
        "seconds": round(report.seconds, 2),
    }


def pair_data(pair: Related) -> dict[str, object]:
    """Two documents that share text: of versions `document` is the newer, of a part the whole."""
    return {
        "document": pair.one.file_name,
        "other": pair.other.file_name,
        "kinship": pair.kinship.value,
        "share": round(pair.share, 4),
    }


def print_report(report: IngestReport) -> None:
    """What a run did, in words; what could not be taken in goes to standard error."""
    from rich.console import Console
    from rich.table import Table

    from beleidskennis.sources import shown_name
    from beleidskennis.versions import pair_line

    console = Console()
    table = Table(show_header=False, box=None, pad_edge=False)
    for label, count in _counts(report):
        table.add_row(label, str(count))
    console.print(table)
    for document in report.gone:
        console.print(f"Bestand is weg: {document.file_name} (blijft in de index; haal weg met --prune)", markup=False)
    for path, document in report.duplicates:
        console.print(
            f"Zelfde inhoud: {shown_name(path)} is gelijk aan {shown_name(document.file_name)}",
            markup=False,
            soft_wrap=True,
        )
    if report.pages_without_text:
        console.print(
            "Bladzijden zonder tekst zijn meestal scans; lees ze met: beleidskennis ingest --ocr", markup=False
        )
    for pair in report.related:
        console.print(f"Versies: {pair_line(pair)}", markup=False, soft_wrap=True)
    for document in report.added + report.replaced:
        for problem in document.problems:
            console.print(f"Let op, {shown_name(document.file_name)}: {problem}", markup=False, soft_wrap=True)
    for line in _left_out(report):
        console.print(line, markup=False, soft_wrap=True)
    for failure in report.failures:
        typer.secho(f"Niet ingelezen: {failure.message}", fg="red", err=True)


def _left_out(report: IngestReport) -> Iterator[str]:
    """What was found and not looked at, or that nothing was found."""
    if report.skipped:
        names = _named(report.skipped)
        yield f"Overgeslagen, want deze soort wordt niet ingelezen: {names}. Bewaar wat erin moet als PDF."
    if report.set_aside:
        yield f"Overgeslagen, want dit hoort bij de map of bij een PDF met dezelfde naam: {_named(report.set_aside)}."
    if not report.seen:
        yield "Geen bestanden gevonden die ingelezen kunnen worden: PDF, .docx, .odt, .html, .md of .txt."


def _named(paths: Sequence[str]) -> str:
    names = ", ".join(Path(path).name for path in paths[:MOST_SKIPPED])
    return names + (f" en {len(paths) - MOST_SKIPPED} andere" if len(paths) > MOST_SKIPPED else "")


def _counts(report: IngestReport) -> Iterator[tuple[str, int | str]]:
    yield "nieuw", len(report.added)
    yield "vervangen", len(report.replaced)
    yield "ongewijzigd", len(report.unchanged)
    for label, group in (("verplaatst", report.moved), ("verwijderd", report.removed), ("dubbel", report.duplicates),
                         ("versies", report.related)):  # fmt: skip
        if group:
            yield label, len(group)
    yield "bladzijden gelezen", report.pages
    yield "passages gemaakt", report.passages
    yield "bladzijden zonder tekst", report.pages_without_text
    yield "problemen", len(report.failures)
    yield "tijd", f"{report.seconds:.1f} s"
