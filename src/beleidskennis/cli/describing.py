"""The command that shows and corrects what is known of a document: meta."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from beleidskennis.cli.context import opened, print_json
from beleidskennis.errors import QueryError

FIELDS = {
    "titel": "title",
    "uitgever": "publisher",
    "datum": "date",
    "soort": "kind",
    "webadres": "url",
    "licentie": "licence",
    "tijdschrift": "journal",
    "jaargang": "volume",
    "nummer": "issue",
    "bladzijden": "article_pages",
}
"""What can be corrected, as users type it, and the field of `Document`."""


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command()(meta)


def meta(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Bestandsnaam of begin van het kenmerk van het document.")],
    changes: Annotated[
        list[str] | None, typer.Argument(help=f"Wat er anders moet, als veld=waarde; velden: {', '.join(FIELDS)}.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
) -> None:
    """Toon wat er van een document bekend is en hoe ernaar wordt verwezen, of verbeter het; een ~ staat voor geraden.

    Voorbeeld: beleidskennis meta artikel.pdf "tijdschrift=Stad en Water" jaargang=9 nummer=2 bladzijden=44-61
    """
    from beleidskennis.references import reference

    with opened(context) as library:
        document = library.document(name)
        if changes:
            library.correct(document.document_id, dict(map(_change, changes)))
            document = library.document(document.document_id)
    if json_output:
        print_json(asdict(document) | {"guessed": sorted(document.guessed), "reference": reference(document)})
        return
    for label, field in FIELDS.items():
        value = getattr(document, field)
        if value or field in ("title", "publisher", "date", "kind"):
            typer.echo(f"{label:12}{'~' if field in document.guessed else ' '} {value or 'onbekend'}")
    typer.echo(f"\n{reference(document)}")


def _change(text: str) -> tuple[str, str]:
    label, separator, value = text.partition("=")
    field = FIELDS.get(label.strip().lower())
    if not separator or field is None:
        message = f"'{text}' is geen verbetering."
        raise QueryError(message, "Schrijf veld=waarde; de velden zijn: " + ", ".join(FIELDS) + ".")
    return field, value.strip()
