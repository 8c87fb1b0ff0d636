"""Commands that answer and cite: ask, cite, verify."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from beleidskennis.cli.context import opened, print_json, read_batch, write_file
from beleidskennis.cli.finding import FilterOption, also_in_data, print_hit, read_filters
from beleidskennis.errors import QueryError, reason
from beleidskennis.versions.wording import hit_lines, page_name

if TYPE_CHECKING:
    from beleidskennis.citations import CheckedQuote, CheckedSentence
    from beleidskennis.library import Library
    from beleidskennis.model import Answer, Citation, Filters
    from beleidskennis.references import Style

NO_SUPPORT = 10
"""Exit status of `cite` and `verify` when the documents do not hold the sentence or quote."""
SHOWN = 3


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    for command in (ask, cite, verify):
        app.command()(command)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="De vraag.")] = "",
    filters: FilterOption = None,
    generate: Annotated[bool, typer.Option("--taalmodel", help="Laat het ingestelde taalmodel formuleren.")] = False,
    batch: Annotated[Path | None, typer.Option(help="Bestand met een JSON-object {id, question} per regel.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Beantwoord een vraag met zinnen uit de documenten, elk met bron en bladzijde; of zeg eerlijk: niet gevonden.

    Voorbeeld: beleidskennis ask "Hoeveel leerwerkplekken zijn er nodig?"
    """
    wanted = read_filters(filters)
    with opened(context) as library:
        wanted = library.existing(wanted)
        if batch is not None:
            for item in read_batch(batch, "question"):
                answer = library.ask(str(item["question"]), filters=wanted, generate=generate)
                print_json({"id": item["id"], **answer_data(answer)})
            return
        show = shown_while_written(sys.stderr) if generate and not json_output else None
        answer = library.ask(question, filters=wanted, generate=generate, on_text=show)
        if show:
            sys.stderr.write("\n\n")
    if json_output:
        print_json({"question": question, **answer_data(answer)})
    else:
        _print_answer(answer)


def shown_while_written(screen: TextIO) -> Callable[[str], None] | None:
    """What shows the words of a language model as they come, before they are checked; None if nobody is looking.

    They go to a terminal only, and not to standard output: what is kept is the checked answer.
    """
    if not screen.isatty():
        return None
    screen.write("Het taalmodel schrijft (nog niet gecontroleerd):\n")

    def show(piece: str) -> None:
        screen.write(piece)
        screen.flush()

    return show


def answer_data(answer: Answer) -> dict[str, object]:
    """An answer as plain data; `page_number` is physical, from 1."""
    return {
        "answer": answer.text,
        "understood": answer.understood,
        "abstained": answer.abstained,
        "form": answer.form,
        "confidence": answer.confidence,
        "remark": answer.remark,
        "sentences": [{"text": one.text, "citations": list(one.citations)} for one in answer.sentences],
        "citations": [_citation_data(one) for one in answer.citations],
    }


def _citation_data(citation: Citation) -> dict[str, object]:
    return {
        "document": citation.document.file_name,
        "title": citation.document.title,
        "page_number": citation.page_number,
        "page_label": citation.page_label,
        "quote": citation.quote,
        "score": round(citation.score, 4),
        "also_in": also_in_data(citation.also_in),
        "newest_version": citation.newest.file_name if citation.newest else None,
    }


def _print_answer(answer: Answer) -> None:
    if answer.remark:
        typer.secho(answer.remark, fg="yellow")
    for sentence in answer.sentences:
        marks = "".join(f"[{number + 1}]" for number in sentence.citations)
        if sentence.citations:
            typer.echo(f"{sentence.text} {typer.style(marks, fg='cyan')}")
        else:
            typer.secho(f"{sentence.text} (geen bron gevonden)", strikethrough=True, fg="red")
    if answer.citations:
        typer.echo()
    for number, citation in enumerate(answer.citations, start=1):
        place = f"{citation.document.title}, {page_name(citation.page_label)} (bladzijde {citation.page_number})"
        typer.secho(f"[{number}] {place}", bold=True)
        typer.echo(f"    “{citation.quote}”")
        _print_also(citation, "    ")
    if answer.abstained and answer.nearest:
        typer.echo("\nHet dichtst in de buurt:")
        for hit in answer.nearest[:SHOWN]:
            print_hit(hit)


def cite(
    context: typer.Context,
    sentence: Annotated[str, typer.Argument(help="Een zin uit een concept.")] = "",
    filters: FilterOption = None,
    file: Annotated[Path | None, typer.Option(help="Een heel concept: .docx, .md of .txt.")] = None,
    word: Annotated[Path | None, typer.Option(help="Schrijf het concept met voetnoten naar dit Word-bestand.")] = None,
    style: Annotated[str, typer.Option("--stijl", help="apa, leidraad, kamerstuk of gewoon.")] = "apa",
    batch: Annotated[Path | None, typer.Option(help="Bestand met een JSON-object {id, draft} per regel.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Zoek bij een zin de passage die hem draagt, met oordeel, bladzijde en verwijzing.

    Voorbeeld: beleidskennis cite --file notitie.docx --word notitie-met-bronnen.docx
    """
    wanted, chosen_style = read_filters(filters), _style(style)  # both fail before anything is worked out
    if word is not None and file is None:
        message = "Met --word komt een heel concept in Word; er is geen concept gegeven."
        raise QueryError(message, 'Geef het concept met "--file", of laat "--word" weg.')
    with opened(context) as library:
        wanted = library.existing(wanted)
        if batch is not None:
            for item in read_batch(batch, "draft"):
                checked = library.cite(str(item["draft"]), filters=wanted)
                print_json({"id": item["id"], **checked_data(checked)})
            return
        if file is not None:
            _cite_file(library, file, word, chosen_style, filters=wanted, json_output=json_output)
            return
        if not sentence.strip():
            message = "Er is geen zin gegeven."
            raise QueryError(message, 'Geef een zin tussen aanhalingstekens, of een bestand met "--file".')
        checked = library.cite(sentence, filters=wanted)
        if json_output:
            print_json({"draft": sentence, **checked_data(checked)})
        else:
            _print_checked(checked, chosen_style)
    if checked.verdict is None or not checked.verdict.is_support:
        raise typer.Exit(NO_SUPPORT)


def checked_data(checked: CheckedSentence) -> dict[str, object]:
    """A checked sentence as plain data."""
    return {
        "supported": checked.verdict is not None and checked.verdict.is_support,
        "verdict": checked.verdict.value if checked.verdict else "geen bewering",
        "explanation": checked.explanation,
        "confidence": round(checked.confidence, 4),
        "matches": [_citation_data(match.citation) | {"score": match.score} for match in checked.matches],
    }


def _style(name: str) -> Style:
    from beleidskennis.references import Style

    names = {"apa": Style.APA, "leidraad": Style.LEIDRAAD, "kamerstuk": Style.KAMERSTUK, "gewoon": Style.PLAIN}
    if name not in names:
        message = f"De stijl '{name}' bestaat niet."
        raise QueryError(message, "Kies uit: " + ", ".join(names) + ".")
    return names[name]


def _print_checked(checked: CheckedSentence, style: Style) -> None:
    from beleidskennis.citations import Verdict
    from beleidskennis.references import footnote

    verdict = checked.verdict.value if checked.verdict else "geen bewering, niets te controleren"
    supported = checked.verdict is not None and checked.verdict.is_support
    typer.secho(verdict, bold=True, fg="green" if supported else "yellow")
    if checked.explanation:
        typer.echo(f"  {checked.explanation}")
    if checked.verdict is Verdict.NOT_FOUND and checked.matches:
        typer.echo("  Het dichtst bij komt:")
    for match in checked.matches[:SHOWN]:
        citation = match.citation
        typer.echo(f"\n  “{citation.quote}”")
        typer.secho(
            f"  {citation.document.title}, {page_name(citation.page_label)} (bladzijde {citation.page_number})",
            bold=True,
        )
        _print_also(citation, "  ")
        if checked.verdict is not Verdict.NOT_FOUND:
            typer.echo(f"  voetnoot: {footnote(citation.document, citation.page_label, style=style)}")


def _cite_file(
    library: Library, file: Path, word: Path | None, style: Style, *, filters: Filters, json_output: bool
) -> None:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"'{file}' kan niet worden gelezen: {reason(error)}."
        raise QueryError(message, "Geef een bestaand .docx-, .md- of .txt-bestand.") from error
    checked = library.check_draft(data, file.name, filters=filters)
    for sentence in checked.sentences:
        if sentence.verdict is None:
            continue
        if json_output:
            print_json({"draft": sentence.text, **checked_data(sentence)})
        else:
            typer.secho(f"\n{sentence.text}", italic=True)
            _print_checked(sentence, style)
    for quote in checked.quotes:
        if json_output:
            print_json({"quote": quote.text, **_quote_data(quote)})
        else:
            _print_quote(quote)
    if word is not None:
        write_file(word, library.draft_as_word(data, file.name, checked, style=style))
        typer.echo(f"\nGeschreven: {word}", err=True)


def verify(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Een citaat, of een tekst met citaten tussen aanhalingstekens.")],
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON, een citaat per regel.")] = False,
) -> None:
    """Controleer of een citaat letterlijk in de documenten staat, en op welke bladzijde."""
    from beleidskennis.citations import QuoteVerdict

    with opened(context) as library:
        quotes = library.verify(text)
    for quote in quotes:
        if json_output:
            print_json({"quote": quote.text, **_quote_data(quote)})
        else:
            _print_quote(quote)
    if any(quote.verdict is not QuoteVerdict.EXACT for quote in quotes):
        raise typer.Exit(NO_SUPPORT)


def _quote_data(quote: CheckedQuote) -> dict[str, object]:
    return {
        "verdict": quote.verdict.value,
        "named_document": quote.named_document,
        "changes": [[change.quoted, change.printed] for change in quote.changes],
        "citations": [_citation_data(citation) for citation in quote.citations],
    }


def _print_quote(quote: CheckedQuote) -> None:
    typer.echo(f"\n“{quote.text}”")
    typer.secho(f"  {quote.verdict.value}", bold=True)
    for change in quote.changes:
        typer.echo(f"  geciteerd: {change.quoted or '(niets)'}; er staat: {change.printed or '(niets)'}")
    for citation in quote.citations[:SHOWN]:
        typer.echo(f"  {citation.document.title}, {page_name(citation.page_label)} (bladzijde {citation.page_number})")
        _print_also(citation, "  ")


def _print_also(citation: Citation, indent: str) -> None:
    for line in hit_lines(citation):
        typer.secho(f"{indent}{line}", dim=True)
