"""The command that shows how a file is read: inspect."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import print_json
from beleidskennis.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from beleidskennis.model import Page, Passage
    from beleidskennis.reading import TracedDocument

KINDS = {
    "paragraph": "tekst",
    "list-item": "opsomming",
    "heading": "kop",
    "table": "tabel",
    "caption": "bijschrift",
    "contents": "inhoudsopgave",
    "references": "bronnen",
    "colophon": "colofon",
    "note": "noot",
    "head": "kop- of voetregel",
    "folio": "paginanummer",
    "moved": "vorige bladzijde",
    "empty": "leeg",
}
"""What became of a line, in Dutch. "moved": the rest of a word that is whole on the page before."""
PASSAGE_KINDS = {"body": "tekst", "list": "opsomming", "table": "tabel", "note": "noot"}
WIDE = 200
"""Columns where the output is no terminal (a file, a pipe), so that two texts still fit beside each other."""


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
    """Laat zien hoe een bestand wordt gelezen: elke regel, wat ervan werd, en in welke passage die staat.

    Voorbeeld: beleidskennis inspect rapport.pdf --page 12
    """
    traced = _read(context, file, ocr=ocr)
    pages = traced.read.pages
    if page and page > len(pages):
        message = f"'{file.name}' heeft {len(pages)} bladzijden; bladzijde {page} is er niet."
        raise QueryError(message, "Kies een bladzijde die er wel is.")
    for number in [page] if page else [one.page_number for one in pages]:
        if json_output:
            print_json(_page_data(traced, number))
        else:
            _print_page(traced, number)


def _read(context: typer.Context, file: Path, *, ocr: bool) -> TracedDocument:
    from beleidskennis.pdf import Limits
    from beleidskennis.pdf.guard import GuardedPool
    from beleidskennis.reading import ReadJob, trace_document
    from beleidskennis.sources import check_file, sha256_of, shown_name

    if file.is_dir():
        message = f"'{shown_name(str(file))}' is een map, geen bestand."
        raise QueryError(message, "Noem een bestand in die map, of lees de map in met: beleidskennis ingest MAP")
    if not os.path.lexists(file):
        message = f"Het bestand '{shown_name(str(file))}' bestaat niet."
        raise QueryError(message, "Controleer de naam.")
    check_file(file)
    settings = context.obj.settings()
    limits = Limits(settings.page_seconds, settings.document_seconds, settings.memory_mb, settings.max_pages)
    path = file.resolve()
    with GuardedPool(trace_document, limits=limits) as pool:
        return pool.call(ReadJob(path, sha256_of(path), None, limits, settings.passwords, ocr))


def _rows(traced: TracedDocument, number: int) -> Iterator[tuple[str, str, str, str]]:
    """For each line of a page: as the PDF gives it, its kind, the clean text it gave, the passages that hold it."""
    from beleidskennis.cleaning.tracing import trace_spans

    page = traced.read.pages[number - 1]
    passages = _passages(traced, number)
    if not page.raw_text:
        return
    lines = page.raw_text.split("\n")
    for line, kind, (start, end) in zip(lines, traced.kinds[number - 1], trace_spans(page), strict=True):
        yield line, kind, page.text[start:end], ", ".join(_holding(passages, number, start, end))


def _passages(traced: TracedDocument, number: int) -> list[Passage]:
    """The passages with text on a page; the first can have begun on the page before."""
    return [one for one in traced.read.passages if any(span.page_number == number for span in one.spans)]


def _holding(passages: Sequence[Passage], number: int, start: int, end: int) -> Iterator[str]:
    for passage in passages:
        if any(span.page_number == number and span.start < end and start < span.end for span in passage.spans):
            yield str(passage.position + 1)


def _page_data(traced: TracedDocument, number: int) -> dict[str, object]:
    page = traced.read.pages[number - 1]
    return {
        "page_number": page.page_number,
        "page_label": page.page_label,
        "kind": page.kind.value,
        "quality": round(page.quality, 3),
        "ocr_confidence": page.ocr_confidence,
        "order_is_sure": number not in traced.unsure,
        "raw_text": page.raw_text,
        "text": page.text,
        "lines": [
            {"raw": raw, "kind": kind, "text": text, "passages": held}
            for raw, kind, text, held in _rows(traced, number)
        ],
        "notes": [[note.number, note.text] for note in page.notes],
        "passages": [
            {"kind": one.kind.value, "headings": list(one.headings), "intro": one.intro, "text": one.text}
            for one in traced.read.passages
            if one.page_number == number
        ],
    }


def _print_page(traced: TracedDocument, number: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    page = traced.read.pages[number - 1]
    title = f"{traced.read.document.file_name}, bladzijde {number} van {len(traced.read.pages)}"
    facts = [f"gedrukt: {page.page_label}", f"soort: {page.kind.value}", f"bekende woorden: {page.quality:.0%}"]
    if page.ocr_confidence is not None:
        facts.append(f"OCR, zekerheid {page.ocr_confidence:.0%}")
    if number in traced.unsure:
        facts.append("LEESVOLGORDE NIET ZEKER: een zin of kop staat niet op zijn plaats")
    console.rule(Text(f"{title} ({'; '.join(facts)})"))
    _print_lines(console, traced, number)
    _print_below(console, page, _passages(traced, number))


def _print_lines(console: Console, traced: TracedDocument, number: int) -> None:
    """The lines of a page, one a row: raw and clean text side by side, with the kind and the passage between."""
    from rich.table import Table
    from rich.text import Text

    table = Table(expand=True, show_lines=False, padding=(0, 1))
    table.add_column("regel", justify="right", no_wrap=True)
    table.add_column("zoals het bestand het geeft", ratio=1)
    table.add_column("soort", no_wrap=True)
    table.add_column("passage", justify="right", no_wrap=True)
    table.add_column("schone tekst", ratio=1)
    shown = ""
    for index, (raw, kind, text, held) in enumerate(_rows(traced, number), start=1):
        style = "" if text else "dim"
        passage = held if held != shown else "" if not held else '"'
        table.add_row(str(index), Text(raw), KINDS.get(kind, kind), passage, Text(text), style=style)
        shown = held
    if table.row_count:
        console.print(table)
    else:
        console.print("(geen tekst)")


def _print_below(console: Console, page: Page, passages: Sequence[Passage]) -> None:
    """The notes of a page and its passages, a sentence or item a line."""
    from rich.text import Text

    for note in page.notes:
        console.print(Text(f"noot {note.number}: {note.text}", style="dim"))
    for passage in passages:
        heading = " > ".join(passage.headings) or "(geen kop)"
        count = f"{len(passage.text.split())} woorden, zinnen of punten: {len(passage.sentences)}"
        place = "" if passage.page_number == page.page_number else f"; begint op bladzijde {passage.page_number}"
        kind = PASSAGE_KINDS.get(passage.kind.value) or KINDS[passage.kind.value]
        title = f"\npassage {passage.position + 1} ({kind}; {count}{place}) {heading}"
        console.print(Text(title, style="bold"))
        if passage.intro:
            console.print(Text(f"ingeleid door: {passage.intro}", style="italic"))
        for start, end in passage.sentences:
            console.print(Text(f"  | {passage.text[start:end]}"))
