"""Commands that fill and look after the index: ingest, status, changes, documents, ..."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import opened, print_json
from beleidskennis.cli.reporting import pair_data, print_report, report_data

if TYPE_CHECKING:
    from beleidskennis.ingest import Progress

FAILED_FILES = 3
"""Exit status of `ingest` when at least one file could not be taken in; the others have been."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    for command in (ingest, status, changes, documents, remove, export):
        app.command()(command)
    app.command("app")(open_app)
    app.command("api")(serve_api)


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Bestanden en mappen; zonder: de map 'corpus'.")] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Haal documenten weg waarvan het bestand er niet meer is.")
    ] = False,
    ocr: Annotated[bool, typer.Option("--ocr", help="Lees bladzijden zonder tekst met OCR (tesseract).")] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Geef het verslag als JSON.")] = False,
) -> None:
    """Neem PDF's en andere documenten op in de index: alleen wat nieuw of veranderd is.

    Voorbeeld: beleidskennis ingest corpus rapport.pdf
    """
    with opened(context) as library:
        with _progress(quiet=json_output) as progress:
            report = library.ingest(paths or [library.settings.corpus], prune=prune, ocr=ocr, progress=progress)
        if json_output:
            print_json(report_data(report))
        else:
            print_report(report)
    if report.failures:
        raise typer.Exit(FAILED_FILES)


class _ProgressBars:
    """A bar for the documents and one for the pages of each document being read."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=30), MofNCompleteColumn())
        self.bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self.tasks: dict[tuple[str, str], object] = {}

    def __call__(self, step: Progress) -> None:
        key = (step.stage, step.file_name)
        if key not in self.tasks:
            self.tasks[key] = self.bars.add_task(f"{step.stage:10} {step.file_name[:50]}", total=step.total)
        self.bars.update(self.tasks[key], completed=step.done, total=step.total)  # type: ignore[arg-type]


def _progress(*, quiet: bool) -> _Shown:
    return _Shown(quiet=quiet or not sys.stderr.isatty())


class _Shown:
    """Shows progress while the block runs, unless quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = None if quiet else _ProgressBars()

    def __enter__(self) -> _Shown:
        if self.shown:
            self.shown.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            self.shown.bars.stop()

    def __call__(self, step: Progress) -> None:
        if self.shown:
            self.shown(step)


def status(
    context: typer.Context,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Zeg wat er in de index zit, welke documenten versies zijn, en welke bestanden niet konden worden gelezen."""
    from beleidskennis.sources import shown_name
    from beleidskennis.versions import pair_line

    with opened(context) as library:
        found = library.status()
    if json_output:
        print_json(asdict(replace(found, related=())) | {"related": [pair_data(pair) for pair in found.related]})
        return
    typer.echo(f"index                    {found.index}")
    typer.echo(f"zoekmodel                {found.model}")
    typer.echo(f"documenten               {found.documents}")
    typer.echo(f"bladzijden               {found.pages}, waarvan {found.pages_without_text} zonder tekst")
    typer.echo(f"passages                 {found.passages}")
    for pair in found.related:
        typer.echo(f"Versies: {pair_line(pair)}")
    for path, file_name in found.copies:
        typer.echo(f"Zelfde inhoud: {shown_name(path)} is gelijk aan {shown_name(file_name)}")
    for _path, message, _kind in found.problems:
        typer.secho(f"Niet ingelezen: {message}", fg="red")


def changes(
    context: typer.Context,
    count: Annotated[int, typer.Option("-n", "--aantal", min=1, help="Hoogstens zoveel, de nieuwste eerst.")] = 50,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Een JSON-object per regel.")] = False,
) -> None:
    """Toon wie wat wanneer heeft gewijzigd: de nieuwste eerst, zonder inhoud."""
    with opened(context) as library:
        found = library.changes(count)
    for at, who, what, subject in found:
        if jsonl:
            print_json({"at": at, "who": who, "what": what, "subject": subject})
        else:
            typer.echo(f"{at}  {who or '-':24}  {what:24}  {subject[:16]}")


def documents(
    context: typer.Context,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON, een document per regel.")] = False,
) -> None:
    """Toon de documenten: titel, uitgever, datum, soort; een ~ staat voor geraden."""
    from beleidskennis.sources import shown_name

    with opened(context) as library:
        found = library.documents()
    for document in found:
        if json_output:
            print_json(asdict(document) | {"guessed": sorted(document.guessed)})
            continue
        typer.secho(shown_name(document.file_name), bold=True, nl=False)
        typer.echo(f"  ({document.page_count} bladzijden, {document.document_id[:8]})")
        for label, name in (("titel", "title"), ("uitgever", "publisher"), ("datum", "date"), ("soort", "kind")):
            mark = "~" if name in document.guessed else " "
            typer.echo(f"  {label:9}{mark} {getattr(document, name) or 'onbekend'}")


def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Bestandsnaam of begin van het kenmerk van het document.")],
) -> None:
    """Haal een document uit de index; het bestand zelf blijft staan."""
    with opened(context) as library:
        document = library.document(name)
        library.remove(document.document_id)
    typer.echo(f"'{document.file_name}' is uit de index gehaald.")


def export(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Bestandsnaam of begin van het kenmerk; zonder: alle documenten.")
    ] = None,
    html: Annotated[Path, typer.Option("--html", help="Map waarin de webpagina's komen.")] = Path("html"),
) -> None:
    """Schrijf documenten als eenvoudige webpagina's, met de tekst per bladzijde en de aanbevelingen.

    Voorbeeld: beleidskennis export --html leesbaar advies.pdf
    """
    with opened(context) as library:
        written = library.export_html(html, names or [])
    pages = len(written) - 1
    typer.echo(f"{pages} {'document' if pages == 1 else 'documenten'} geschreven; begin bij {written[0]}")


def open_app(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Poort op deze computer.")] = 8501,
    address: Annotated[str, typer.Option(help="Luister op dit adres; standaard alleen deze computer.")] = "localhost",
    browser: Annotated[bool, typer.Option(help="Open de app meteen in de browser.")] = True,
) -> None:
    """Open de app in de browser."""
    from beleidskennis.ui.launch import launch

    launch(context.obj.settings(), port=port, address=address, browser=browser)


def serve_api(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Poort op deze computer.")] = 8502,
    address: Annotated[str, typer.Option(help="Luister op dit adres; standaard alleen deze computer.")] = "127.0.0.1",
) -> None:
    """Bied de API aan; de beschrijving staat op /v1/openapi.json."""
    from beleidskennis.api import create_app
    from beleidskennis.errors import MissingExtraError

    try:
        import uvicorn
    except ImportError as error:
        message = "Voor de API is het onderdeel 'api' nodig."
        raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[api]'") from error
    uvicorn.run(create_app(context.obj.settings()), host=address, port=port, log_level="warning")
