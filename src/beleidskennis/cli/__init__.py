"""The command line: a thin layer over `Library`. Errors are one or two lines in Dutch, never a stack trace."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from beleidskennis import __version__
from beleidskennis.cli import advising, answering, describing, finding, inspecting, managing, measuring
from beleidskennis.cli.context import Context
from beleidskennis.errors import BeleidskennisError

app = typer.Typer(
    name="beleidskennis",
    help="Kennisbank voor beleidsadvies: zoek, vergelijk, vraag en citeer, met bladzijde en bron.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (managing, describing, finding, advising, answering, measuring, inspecting):
    part.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"beleidskennis {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    index: Annotated[Path | None, typer.Option(help="Map van de index.", envvar="BELEIDSKENNIS_INDEX")] = None,
    model: Annotated[str | None, typer.Option(help="Zoekmodel: meegeleverd, een map of een naam op de hub.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Toon de versie.", callback=_show_version)] = False,
) -> None:
    """Settings that go before every command."""
    context.obj = Context(index=index, model=model)


def main() -> None:
    """Run the command line; exits with the error's own code."""
    try:
        app()
    except BeleidskennisError as error:
        typer.secho(f"Fout: {error.message}", fg="red", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has seen enough
    except Exception as error:
        if os.environ.get("BELEIDSKENNIS_DEBUG"):
            raise
        typer.secho(f"Onverwachte fout: {type(error).__name__}: {error}", fg="red", err=True)
        typer.echo("  Dit is een fout in het programma. Met BELEIDSKENNIS_DEBUG=1 staan er details bij.", err=True)
        sys.exit(1)
