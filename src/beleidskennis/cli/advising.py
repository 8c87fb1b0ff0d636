"""Commands about advice: recommendations, compare, taxonomy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import opened, print_json
from beleidskennis.cli.finding import FilterOption, read_filters

if TYPE_CHECKING:
    from beleidskennis.model import Document, Recommendation


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(recommendations)


def recommendations(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Woorden of een vraag; zonder: alle aanbevelingen.")] = "",
    filters: FilterOption = None,
    k: Annotated[int | None, typer.Option("-k", "--aantal", min=1, help="Hoogstens zoveel.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Een JSON-object per regel.")] = False,
    every_place: Annotated[
        bool, typer.Option("--elke-plaats", help="Noem herhaald advies op elke bladzijde waar het staat.")
    ] = False,
) -> None:
    """Toon de aanbevelingen in de documenten, met thema, sector en wie aan zet is.

    Voorbeeld: beleidskennis recommendations "stage en techniek" --filter geadresseerde=gemeente
    """
    from beleidskennis.recommendations import as_records

    with opened(context) as library:
        result = library.recommendations(question, filters=read_filters(filters), k=k)
        documents = {document.document_id: document for document in library.documents()}
    if jsonl:
        for record in as_records(result.items, documents, every_place=every_place):
            print_json(record)
        return
    typer.secho(f"{result.total} aanbevelingen", bold=True)
    for item in result.items:
        _print_recommendation(item, documents[item.document_id])


def _print_recommendation(item: Recommendation, document: Document) -> None:
    typer.secho(f"\n{item.summary or item.quote}", bold=True)
    typer.echo(f"   “{item.quote}”")
    typer.secho(f"   {document.title}, p. {item.page_label} · {item.strength.value} · {item.kind}", dim=True)
    for scheme, name in (("theme", "thema"), ("sector", "sector"), ("addressee", "aan")):
        if item.concepts(scheme):
            typer.secho(f"   {name}: {', '.join(item.concepts(scheme))}", dim=True)
