"""Commands about advice: recommendations, compare, taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beleidskennis.cli.context import opened, print_json, write_file
from beleidskennis.cli.finding import FilterOption, print_counts, read_filters
from beleidskennis.versions.wording import advice_line, page_name

if TYPE_CHECKING:
    from beleidskennis.comparison import Comparison, Matrix, Pair
    from beleidskennis.library import Library
    from beleidskennis.model import Document, DocumentId, Recommendation
    from beleidskennis.wording import Wording

ENDINGS = ("xlsx", "csv", "docx", "jsonld")
"""Of the files that recommendations are written to, in the order of the options."""

FOLLOWED = 12
"""Documents whose advice is followed in time where none are named: every two of them are compared, as in the app."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    for command in (recommendations, compare):
        app.command()(command)
    taxonomy = typer.Typer(help="De indeling in thema's, sectoren en geadresseerden.", no_args_is_help=True)
    taxonomy.command("check")(check_taxonomy)
    taxonomy.command("apply")(apply_taxonomy)
    taxonomy.command("export")(export_taxonomy)
    taxonomy.command("reset")(reset_taxonomy)
    app.add_typer(taxonomy, name="taxonomy")


def recommendations(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Woorden of een vraag; zonder: alle aanbevelingen.")] = "",
    filters: FilterOption = None,
    k: Annotated[int | None, typer.Option("-k", "--aantal", min=1, help="Hoogstens zoveel.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Een JSON-object per regel.")] = False,
    every_place: Annotated[
        bool, typer.Option("--elke-plaats", help="Noem herhaald advies op elke bladzijde waar het staat.")
    ] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Schrijf een Excel-bestand.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Schrijf een CSV-bestand.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", help="Schrijf een Word-bestand met voetnoten.")] = None,
    jsonld: Annotated[Path | None, typer.Option("--jsonld", help="Schrijf gekoppelde data (JSON-LD).")] = None,
) -> None:
    """Toon de aanbevelingen in de documenten, met thema, sector en wie aan zet is, of schrijf ze naar een bestand.

    Voorbeeld: beleidskennis recommendations "stage en techniek" --filter geadresseerde=gemeente --xlsx lijst.xlsx
    """
    from beleidskennis.recommendations import as_records

    chosen = read_filters(filters)
    files = {ending: path for ending, path in zip(ENDINGS, (xlsx, csv, docx, jsonld), strict=True) if path}
    with opened(context) as library:
        chosen = library.existing(chosen)
        result = library.recommendations(question, filters=chosen, k=k)
        documents = {document.document_id: document for document in library.documents()}
        for ending, path in files.items():
            write_file(path, library.advice_file(result.items, ending, text=question, filters=chosen))
            typer.echo(f"{_counted(len(result.items))} geschreven naar {path}", err=jsonl)
    if files and not jsonl:
        return
    if jsonl:
        for record in as_records(result.items, documents, every_place=every_place):
            print_json(record)
        return
    typer.secho(_counted(result.total), bold=True)
    for item in result.items:
        _print_recommendation(item, documents[item.document_id])
    if result.items:
        typer.secho(f"\nVan {_counted(result.total)}; verder filteren kan met --filter naam=waarde:", dim=True)
        print_counts(result.facets, names=("thema", "sector", "geadresseerde", "sterkte", "jaar"))


def _counted(count: int) -> str:
    return f"{count} {'aanbeveling' if count == 1 else 'aanbevelingen'}"


def _print_recommendation(item: Recommendation, document: Document) -> None:
    typer.secho(f"\n{item.summary or item.quote}", bold=True)
    typer.echo(f"   “{item.quote}”")
    typer.secho(f"   {document.title}, {page_name(item.page_label)} · {item.strength.value} · {item.kind}", dim=True)
    for scheme, name in (("theme", "thema"), ("sector", "sector"), ("addressee", "aan")):
        if item.concepts(scheme):
            typer.secho(f"   {name}: {', '.join(item.concepts(scheme))}", dim=True)
    if item.also_in:
        typer.secho(f"   {advice_line(item)}", dim=True)


def compare(
    context: typer.Context,
    documents: Annotated[list[str] | None, typer.Argument(help="Twee of meer; zonder: een overzicht van alle.")] = None,
    theme: Annotated[str, typer.Option("--thema", help="Alleen over dit thema.")] = "",
    question: Annotated[str, typer.Option("--vraag", help="Alleen over deze vraag.")] = "",
    scheme: Annotated[str, typer.Option("--indeling", help="thema, sector of geadresseerde.")] = "thema",
    timeline: Annotated[bool, typer.Option("--tijdlijn", help="Toon advies dat later terugkeert.")] = False,
    reword: Annotated[bool, typer.Option("--verwoord", help="Laat het taalmodel de verschillen verwoorden.")] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Schrijf een Excel-bestand.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", help="Schrijf een Word-bestand met voetnoten.")] = None,
) -> None:
    """Vergelijk het advies van documenten: waar ze het eens zijn, wat er maar een zegt, waar het uiteenloopt.

    Voorbeeld: beleidskennis compare a.pdf b.pdf --thema wonen-en-leefklimaat --xlsx vergelijking.xlsx
    """
    with opened(context) as library:
        if timeline:
            _show_timeline(library, documents or [], json_output=json_output)
            return
        if not documents:
            _show_matrix(library, scheme, json_output=json_output)
            return
        comparison = library.compare(documents, theme=theme, question=question)
        files = {ending: path for ending, path in (("xlsx", xlsx), ("docx", docx)) if path}
        for ending, path in files.items():
            write_file(path, library.comparison_file(comparison, ending))
            typer.echo(f"Vergelijking geschreven naar {path}", err=json_output)
        if files and not json_output:
            return
        titles = {document.document_id: document.title for document in library.documents()}
        words = [library.word_difference(pair, found) for pair, found in comparison.tensions] if reword else []
    if json_output:
        print_json(_comparison_data(comparison, words))
    else:
        _print_comparison(comparison, titles, words)


def _show_matrix(library: Library, scheme: str, *, json_output: bool) -> None:
    from beleidskennis.taxonomy.choosing import SCHEMES

    table = library.matrix(SCHEMES.get(scheme, scheme))
    names = {document.document_id: document.file_name for document in library.documents()}
    if json_output:
        columns = [names[one] for one in table.documents]
        print_json({"documents": columns, "rows": [[concept, *counts] for concept, counts in table.rows()]})
    else:
        _print_matrix(table, names)


def _print_matrix(table: Matrix, names: dict[DocumentId, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    shown.add_column(table.scheme)
    for one in table.documents:
        shown.add_column(names[one].removesuffix(".pdf"), justify="right", max_width=18, overflow="fold")
    for concept, counts in table.rows():
        shown.add_row(concept, *(str(count) if count else "." for count in counts))
    Console().print(shown)


def _show_timeline(library: Library, names: Sequence[str], *, json_output: bool) -> None:
    documents = {document.document_id: document for document in library.documents()}
    newest = sorted((one for one in documents.values() if one.date), key=lambda one: one.date, reverse=True)
    chosen = list(names) or [one.document_id for one in newest[:FOLLOWED]]
    if not names and len(documents) > FOLLOWED:
        told = f"De {FOLLOWED} nieuwste van {len(documents)} documenten; noem er andere om die te volgen."
        typer.secho(told, dim=True, err=json_output)
    chains = library.timeline(chosen)
    if json_output:
        for chain in chains:
            items = [{**_side_data(item), "document": documents[item.document_id].file_name,
                      "date": documents[item.document_id].date} for item in chain.recommendations]  # fmt: skip
            print_json({"recommendations": items, "scores": [round(score, 3) for score in chain.scores]})
        return
    count = f"{len(chains)} {'advies keert' if len(chains) == 1 else 'adviezen keren'}"
    typer.secho(f"{count} terug in een later document (een suggestie om te lezen)", bold=True)
    for chain in chains:
        typer.echo()
        for item in chain.recommendations:
            document = documents[item.document_id]
            typer.echo(f"   {document.date[:4]}  {document.title}, {page_name(item.page_label)}: “{item.quote}”")


def _side_data(item: Recommendation) -> dict[str, object]:
    return {"id": item.recommendation_id, "page_number": item.page_number, "quote": item.quote}


def _pair_data(pair: Pair) -> dict[str, object]:
    sides = [_side_data(pair.first), _side_data(pair.second)]
    return {"score": round(pair.score, 3), "shared": list(pair.shared), "pair": sides}


def _worded_data(wording: Wording) -> dict[str, object]:
    cited = [
        {"document": one.document.file_name, "page_number": one.page_number, "quote": one.quote}
        for one in wording.citations
    ]
    sentences = [{"text": one.text, "citations": list(one.citations)} for one in wording.sentences]
    return {"sentences": sentences, "citations": cited, "remark": wording.remark}


def _comparison_data(comparison: Comparison, words: Sequence[Wording] = ()) -> dict[str, object]:
    return {
        "topic": comparison.topic,
        "remark": comparison.remark,
        "agreements": [_pair_data(pair) for pair in comparison.agreements],
        "tensions": [
            _pair_data(pair)
            | {"differences": [[one.kind, one.first_words, one.second_words, one.about] for one in found]}
            | ({"worded": _worded_data(words[place])} if words else {})
            for place, (pair, found) in enumerate(comparison.tensions)
        ],
        "only": {one: [item.quote for item in items] for one, items in comparison.only.items()},
    }


def _print_wording(wording: Wording) -> None:
    for sentence in wording.sentences:
        cited = ", ".join(f"p. {wording.citations[place].page_label}" for place in sentence.citations)
        typer.echo(f"  {sentence.text} [{cited or 'geen bron gevonden'}]")
    typer.secho(f"  {wording.remark}", dim=True)


def _print_comparison(comparison: Comparison, titles: dict[DocumentId, str], words: Sequence[Wording] = ()) -> None:
    def quote(item: Recommendation) -> None:
        typer.echo(f"   {titles[item.document_id]}, {page_name(item.page_label)}: “{item.quote}”")

    typer.secho(comparison.remark, dim=True)
    typer.secho(f"\nEens ({len(comparison.agreements)})", bold=True)
    for pair in comparison.agreements:
        typer.secho(f"\n  gedeeld: {', '.join(pair.shared)}", dim=True)
        quote(pair.first)
        quote(pair.second)
    typer.secho(f"\nLoopt uiteen ({len(comparison.tensions)})", bold=True)
    for place, (pair, found) in enumerate(comparison.tensions):
        typer.echo()
        for one in found:
            typer.secho(f"  {one.kind}: ‘{one.first_words}’ tegenover ‘{one.second_words}’ ({one.about})", fg="yellow")
        quote(pair.first)
        quote(pair.second)
        if words:
            _print_wording(words[place])
    for document_id, items in comparison.only.items():
        typer.secho(f"\nAlleen in {titles[document_id]} ({len(items)})", bold=True)
        for item in items:
            quote(item)


TaxonomyFile = Annotated[Path, typer.Argument(help="Een taxonomie in SKOS (Turtle), of als tabel (.csv).")]


def check_taxonomy(context: typer.Context, file: TaxonomyFile) -> None:
    """Controleer een eigen taxonomie; er verandert niets."""
    with opened(context) as library:
        problems = library.check_taxonomy(file)
    for problem in problems:
        typer.echo(str(problem))
    if any(problem.is_error for problem in problems):
        raise typer.Exit(6)
    typer.echo("De taxonomie kan worden gebruikt." if problems else "Er is niets op aan te merken.")


def apply_taxonomy(context: typer.Context, file: TaxonomyFile) -> None:
    """Gebruik een eigen taxonomie: koppel alles opnieuw, zonder bestanden opnieuw te lezen. Oordelen blijven."""
    with opened(context) as library:
        done = library.apply_taxonomy(file)
        overruled = library.settings.taxonomy
    typer.echo(f"{done} {'document' if done == 1 else 'documenten'} opnieuw gekoppeld.")
    if overruled:
        typer.secho(f"Let op: de instelling 'taxonomy' ({overruled}) gaat voor. Haal die weg.", fg="yellow")


def reset_taxonomy(context: typer.Context) -> None:
    """Gebruik weer de meegeleverde taxonomie, en koppel alles opnieuw. Oordelen van mensen blijven."""
    with opened(context) as library:
        done = library.reset_taxonomy()
    typer.echo(f"{done} {'document' if done == 1 else 'documenten'} opnieuw gekoppeld met de meegeleverde taxonomie.")


def export_taxonomy(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Het bestand dat wordt geschreven: .ttl, of .csv voor een spreadsheet.")],
) -> None:
    """Schrijf de taxonomie die nu geldt naar een bestand, om aan te passen en weer toe te passen."""
    from beleidskennis.taxonomy.skos import read_skos
    from beleidskennis.taxonomy.table import concepts_to_csv

    with opened(context) as library:
        source = library.taxonomy_source()
    text = concepts_to_csv(read_skos(source)) if file.suffix.lower() == ".csv" else source
    write_file(file, text.encode("utf-8-sig" if file.suffix.lower() == ".csv" else "utf-8"))
    typer.echo(f"Geschreven: {file}")
