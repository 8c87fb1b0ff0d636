"""The command that measures: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import opened, print_json
from beleidskennis.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beleidskennis.evaluation import Evaluation, Found
    from beleidskennis.library import Library
    from beleidskennis.search import Mode


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(evaluate)


def evaluate(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Argument(help="Vragen met bewijsplaatsen; zonder: de treffers die zelf zijn beoordeeld.")
    ] = None,
    legs: Annotated[bool, typer.Option("--legs", help="Meet ook elke zoekmanier apart.")] = False,
    save: Annotated[Path | None, typer.Option(help="Bewaar de waarden per vraag in dit bestand.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Vergelijk met een eerder bewaarde meting.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Meet hoe goed het zoeken is op eigen vragen: per soort vraag, met betrouwbaarheidsinterval.

    Voorbeeld: beleidskennis evaluate vragen.jsonl --legs --save meting.json
    """
    from beleidskennis import evaluation
    from beleidskennis.search import Mode

    with opened(context) as library:
        asked = evaluation.read_questions(questions) if questions else library.own_questions()
        if not asked:
            message = "Er zijn geen vragen om mee te meten."
            raise QueryError(message, "Geef een bestand met vragen, of beoordeel treffers in de app met een duim.")
        modes = tuple(Mode) if legs else (Mode.HYBRID,)
        results = {mode: evaluation.evaluate(asked, _searcher(library, mode)) for mode in modes}
    if save:
        evaluation.save_values(results[Mode.HYBRID], save)
    if json_output:
        print_json({mode.value: _data(result) for mode, result in results.items()})
    else:
        for mode, result in results.items():
            _print_table(mode.value, result)
    if compare:
        _print_comparison(evaluation.load_values(compare), results[Mode.HYBRID])


def _searcher(library: Library, mode: Mode) -> _Searcher:
    return _Searcher(library, mode)


class _Searcher:
    """Hits of a question in one mode, as the measures see them."""

    def __init__(self, library: Library, mode: Mode) -> None:
        self.library, self.mode = library, mode

    def __call__(self, text: str) -> Iterator[Found]:
        from beleidskennis.evaluation import CUTOFF, Found

        for hit in self.library.search(text, k=CUTOFF, mode=self.mode).hits:
            yield Found(hit.document.file_name, hit.passage.page_number, hit.passage.text)


def _data(result: Evaluation) -> dict[str, object]:
    from beleidskennis.evaluation import MEASURES

    table: dict[str, object] = {}
    for kind in result.slices():
        figures = {measure: result.figure(measure, kind) for measure in MEASURES}
        table[kind] = {
            measure: {"mean": round(one.mean, 4), "low": round(one.low, 4), "high": round(one.high, 4), "n": one.n}
            for measure, one in figures.items()
        }
    return table


def _print_table(mode: str, result: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    from beleidskennis.evaluation import MEASURES

    table = Table(title=f"zoekmanier: {mode}", title_justify="left", box=None, pad_edge=False)
    table.add_column("soort vraag")
    table.add_column("n", justify="right")
    for measure in MEASURES:
        table.add_column(measure, justify="right")
    for kind in result.slices():
        figures = [result.figure(measure, kind) for measure in MEASURES]
        first = figures[0]
        cells = [f"{first.mean:.3f} ({first.low:.2f}-{first.high:.2f})", *(f"{one.mean:.3f}" for one in figures[1:])]
        table.add_row(kind, str(first.n), *cells)
    Console(width=120).print(table)
    if result.page_right:
        right = sum(result.page_right.values()) / len(result.page_right)
        typer.echo(f"bladzijde juist bij {right:.1%} van de {len(result.page_right)} vragen met een treffer\n")


def _print_comparison(before: Evaluation, after: Evaluation) -> None:
    from beleidskennis.evaluation import MEASURES, significance

    typer.echo("verschil met de eerdere meting (p: gepaarde randomisatietoets)")
    for kind in after.slices():
        measure = MEASURES[0]
        difference, p = significance(before.of_slice(measure, kind), after.of_slice(measure, kind))
        typer.echo(f"  {kind:16} {measure} {difference:+.3f}  p = {p:.3f}")
