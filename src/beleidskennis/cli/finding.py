"""Commands that look in the index: search, similar, passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beleidskennis.cli.context import opened, print_json, read_batch
from beleidskennis.errors import QueryError

if TYPE_CHECKING:
    from beleidskennis.library import Library
    from beleidskennis.model import FacetValue, Filters, Hit, SearchResult, VersionPlace

FILTER_NAMES = {
    "document": "documents",
    "uitgever": "publishers",
    "soort": "kinds",
    "thema": "themes",
    "sector": "sectors",
    "geadresseerde": "addressees",
    "sterkte": "strengths",
    "stand": "statuses",
}
COUNTS_SHOWN = 6
"""Values of a filter shown below a result."""
Facets = Mapping[str, tuple["FacetValue", ...]]
FilterOption = Annotated[
    list[str] | None,
    typer.Option("--filter", help="naam=waarde; namen: " + ", ".join([*FILTER_NAMES, "jaar (2020 of 2015-2020)"])),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    for command in (search, similar, passages):
        app.command()(command)


def read_filters(given: list[str] | None) -> Filters:
    """The filters of `--filter naam=waarde`; the same name twice means either.

    Raises:
        QueryError: a filter is not understood; says which names there are.
    """
    from beleidskennis.model import Filters, read_years

    values: dict[str, Any] = {}
    for item in given or []:
        name, found, value = item.partition("=")
        if name == "jaar" and found:
            values["years"] = read_years(value)
            if values["years"] is None:
                message = f"Het jaar in '--filter {item}' is geen jaartal."
                raise QueryError(message, "Geef een jaar of een reeks: jaar=2020 of jaar=2015-2020.")
        elif name in FILTER_NAMES and value:
            field = FILTER_NAMES[name]
            values[field] = (*values.get(field, ()), value)
        else:
            message = f"'--filter {item}' wordt niet begrepen."
            raise QueryError(message, "Geef naam=waarde, met als naam: " + ", ".join([*FILTER_NAMES, "jaar"]) + ".")
    return Filters(**values)


def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Woorden of een vraag.")] = "",
    k: Annotated[int, typer.Option("-k", "--aantal", min=1, max=200, help="Hoeveel treffers.")] = 10,
    filters: FilterOption = None,
    mode: Annotated[str, typer.Option(help="hybride, woorden of betekenis.")] = "hybride",
    batch: Annotated[Path | None, typer.Option(help="Bestand met een JSON-object {id, question} per regel.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Zoek passages, op woorden en op betekenis.

    Voorbeeld: beleidskennis search "krapte op de arbeidsmarkt" --filter jaar=2020-2025
    """
    from beleidskennis.search import Mode

    if mode not in tuple(Mode):
        message = f"De manier van zoeken '{mode}' bestaat niet."
        raise QueryError(message, "Kies uit: " + ", ".join(Mode) + ".")
    chosen, wanted = Mode(mode), read_filters(filters)
    with opened(context) as library:
        wanted = library.existing(wanted)
        if batch is not None:
            for item in read_batch(batch, "question"):
                result = library.search(str(item["question"]), k=k, filters=wanted, mode=chosen)
                print_json({"id": item["id"], "hits": [hit_data(hit) for hit in result.hits]})
            return
        result = library.search(question, k=k, filters=wanted, mode=chosen)
        if json_output:
            hits = [hit_data(hit) for hit in result.hits]
            print_json(
                {"question": question, "hits": hits, "total": result.total, "filters": facet_data(result.facets)}
            )
        else:
            _print_result(result)


def similar(
    context: typer.Context,
    passage: Annotated[str, typer.Argument(help="Kenmerk van een passage (passage_id bij search --json).")],
    k: Annotated[int, typer.Option("-k", "--aantal", min=1, max=200, help="Hoeveel passages.")] = 10,
    filters: FilterOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Toon de passages die in betekenis het meest op een passage lijken.

    Voorbeeld: beleidskennis similar 0a1b2c3d4e5f6071 --filter jaar=2020-2025
    """
    wanted = read_filters(filters)
    with opened(context) as library:
        wanted = library.existing(wanted)
        hits = library.similar(passage, k=k, filters=wanted)
    if json_output:
        print_json({"passage_id": passage, "hits": [hit_data(hit) for hit in hits]})
        return
    for hit in hits:
        print_hit(hit)
    if not hits:
        typer.echo("Geen andere passages gevonden. Haal een filter weg.")


def hit_data(hit: Hit) -> dict[str, object]:
    """A hit as plain data; `page_number` is physical, from 1."""
    return {
        "document": hit.document.file_name,
        "title": hit.document.title,
        "page_number": hit.passage.page_number,
        "page_label": hit.passage.page_label,
        "passage_id": hit.passage.passage_id,
        "headings": list(hit.passage.headings),
        "intro": hit.passage.intro,
        "text": hit.passage.text,
        "score": round(hit.score, 6),
        "legs": [{"leg": leg.leg, "rank": leg.rank, "score": round(leg.score, 4)} for leg in hit.legs],
        "matched": sorted({hit.passage.text[start:end] for start, end in hit.matched}),
        "also_in": also_in_data(hit.also_in),
        "newest_version": hit.newest.file_name if hit.newest else None,
    }


def also_in_data(places: Sequence[VersionPlace]) -> list[dict[str, object]]:
    """Where the text stands in other versions of its document, as plain data."""
    return [
        {
            "document": place.document.file_name,
            "page_number": place.page_number,
            "page_label": place.page_label,
            "passage_id": place.passage_id,
        }
        for place in places
    ]


def facet_data(facets: Facets) -> dict[str, dict[str, int]]:
    """For each filter its values with how many results have them."""
    return {name: {one.value: one.count for one in values} for name, values in facets.items()}


def print_counts(facets: Facets, *, names: Sequence[str]) -> None:
    """What can be filtered on further: the values of these filters that most results have, with how many."""
    for name in names:
        values = facets.get(name, ())
        if len(values) > 1:
            shown = ", ".join(f"{one.value} ({one.count})" for one in values[:COUNTS_SHOWN])
            typer.secho(f"{name}: {shown}{', …' if len(values) > COUNTS_SHOWN else ''}", dim=True)


def _print_result(result: SearchResult) -> None:
    for typed, searched in result.reading.corrections:
        typer.secho(f"Gezocht op: {searched} (in plaats van {typed})", fg="yellow")
    if result.reading.expansions:
        typer.secho("Ook gezocht op: " + ", ".join(result.reading.expansions), dim=True)
    if result.reading.in_turn:
        typer.secho("Afwisselend uit documenten van: " + ", ".join(result.reading.in_turn), dim=True)
    if not result.hits:
        typer.echo("Niets gevonden. Probeer andere woorden, of haal een filter weg.")
    for hit in result.hits:
        print_hit(hit)
    if result.hits:
        typer.secho(
            f"\nVerder filteren kan op (met --filter naam=waarde; aantallen van {result.total} passages):", dim=True
        )
        print_counts(result.facets, names=("thema", "sector", "jaar", "uitgever"))


def print_hit(hit: Hit) -> None:
    """One hit for people: source and page, heading path, the text with the words that matched, why, other versions."""
    from beleidskennis.versions.wording import hit_lines, page_name

    passage = hit.passage
    typer.secho(f"\n{hit.rank}. {hit.document.title}", bold=True, nl=False)
    where = page_name(passage.page_label)
    if where.startswith("p. "):
        where += f" (bladzijde {passage.page_number} van {hit.document.page_count})"
    typer.secho(f", {where}")
    if passage.headings:
        typer.secho("   " + " > ".join(passage.headings), dim=True)
    if passage.intro:
        typer.secho("   " + passage.intro, italic=True)
    typer.echo(_indent(_emphasise(passage.text, hit.matched)))
    why = ", ".join(f"{leg.leg} {leg.rank}" for leg in hit.legs)
    typer.secho(f"   {hit.document.file_name}; plaats per zoekmanier: {why}", dim=True)
    for line in hit_lines(hit):
        typer.secho(f"   {line}", fg="yellow")


def _emphasise(text: str, places: tuple[tuple[int, int], ...]) -> str:
    for start, end in sorted(places, reverse=True):
        text = text[:start] + typer.style(text[start:end], bold=True, fg="cyan") + text[end:]
    return text


def _indent(text: str) -> str:
    import textwrap

    lines = [textwrap.fill(line, 100, initial_indent="   ", subsequent_indent="   ") for line in text.split("\n")]
    return "\n".join(lines)


def passages(
    context: typer.Context,
    document: Annotated[str | None, typer.Option(help="Alleen dit document (bestandsnaam of kenmerk).")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Een JSON-object per regel.")] = False,
) -> None:
    """Toon alle passages, met bladzijde en koppen."""
    from beleidskennis.versions.wording import page_name

    with opened(context) as library:
        for line in passage_data(library, document):
            if jsonl:
                print_json(line)
            else:
                typer.secho(
                    f"{line['document']}, {page_name(line['page_label'])}: {' > '.join(line['headings'])}", dim=True
                )
                typer.echo(f"{line['text']}\n")


def passage_data(library: Library, name: str | None) -> list[dict[str, Any]]:
    """All passages as plain data, in reading order."""
    chosen = [library.document(name)] if name else library.documents()
    return [
        {
            "passage_id": passage.passage_id,
            "document": document.file_name,
            "page_number": passage.page_number,
            "page_label": passage.page_label,
            "kind": passage.kind.value,
            "headings": list(passage.headings),
            "intro": passage.intro,
            "text": passage.text,
        }
        for document in chosen
        for passage in library.passages(document.document_id)
    ]
