"""The command that shows how a file is read: inspect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import print_json
from beleidskennis.errors import QueryError

if TYPE_CHECKING:
    from beleidskennis.model import Page, Passage
    from beleidskennis.reading import ReadDocument


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(inspect)


def inspect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Het bestand; het hoeft niet in de index te staan.")],
    page: Annotated[int | None, typer.Option("--page", "--bladzijde", min=1, help="Bladzijde, vanaf 1.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Lees bladzijden zonder tekst met OCR.")] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON, een bladzijde per regel.")] = False,
) -> None:
    """Laat zien hoe een bestand wordt gelezen: ruwe tekst, schone tekst, noten en passages naast elkaar.

    Voorbeeld: beleidskennis inspect rapport.pdf --page 12
    """
    read = _read(context, file, ocr=ocr)
    numbers = [page] if page else [one.page_number for one in read.pages]
    if page and page > len(read.pages):
        message = f"'{file.name}' heeft {len(read.pages)} bladzijden; bladzijde {page} is er niet."
        raise QueryError(message, "Kies een bladzijde die er wel is.")
    for number in numbers:
        found = read.pages[number - 1]
        passages = [one for one in read.passages if one.page_number == number]
        if json_output:
            print_json(_page_data(found, passages))
        else:
            _print_page(read, found, passages)


def _read(context: typer.Context, file: Path, *, ocr: bool) -> ReadDocument:
    from beleidskennis.pdf import Limits
    from beleidskennis.pdf.guard import GuardedPool
    from beleidskennis.reading import ReadJob, read_document
    from beleidskennis.sources import sha256_of

    if not file.is_file():
        message = f"Het bestand '{file}' bestaat niet."
        raise QueryError(message, "Controleer de naam.")
    settings = context.obj.settings()
    limits = Limits(settings.page_seconds, settings.document_seconds, settings.memory_mb, settings.max_pages)
    path = file.resolve()
    with GuardedPool(read_document, limits=limits) as pool:
        return pool.call(ReadJob(path, sha256_of(path), None, limits, settings.passwords, ocr))


def _page_data(page: Page, passages: list[Passage]) -> dict[str, object]:
    return {
        "page_number": page.page_number,
        "page_label": page.page_label,
        "kind": page.kind.value,
        "quality": round(page.quality, 3),
        "ocr_confidence": page.ocr_confidence,
        "raw_text": page.raw_text,
        "text": page.text,
        "notes": [[note.number, note.text] for note in page.notes],
        "passages": [
            {"kind": one.kind.value, "headings": list(one.headings), "intro": one.intro, "text": one.text}
            for one in passages
        ],
    }


def _print_page(read: ReadDocument, page: Page, passages: list[Passage]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    title = f"{read.document.file_name}, bladzijde {page.page_number} van {len(read.pages)}"
    facts = [f"gedrukt: {page.page_label}", f"soort: {page.kind.value}", f"bekende woorden: {page.quality:.0%}"]
    if page.ocr_confidence is not None:
        facts.append(f"OCR, zekerheid {page.ocr_confidence:.0%}")
    console.rule(Text(f"{title} ({'; '.join(facts)})"))
    table = Table(expand=True, show_lines=False)
    table.add_column("zoals de PDF het geeft", ratio=1)
    table.add_column("schone tekst", ratio=1)
    table.add_row(Text(page.raw_text or "(geen tekst)"), Text(page.text or "(geen tekst)"))
    console.print(table)
    for note in page.notes:
        console.print(Text(f"noot {note.number}: {note.text}", style="dim"))
    for number, passage in enumerate(passages, start=1):
        heading = " > ".join(passage.headings) or "(geen kop)"
        count = f"{len(passage.text.split())} woorden, {len(passage.sentences)} zinnen"
        console.print(Text(f"\npassage {number} ({passage.kind.value}; {count}) {heading}", style="bold"))
        if passage.intro:
            console.print(Text(f"ingeleid door: {passage.intro}", style="italic"))
        for start, end in passage.sentences:
            console.print(Text(f"  | {passage.text[start:end]}"))
