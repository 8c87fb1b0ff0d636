"""Recommendations as a file: the one way that the command line, the API and the app share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from beleidskennis.errors import QueryError
from beleidskennis.exports.advice_linked import json_ld_advice
from beleidskennis.exports.advice_rows import AdviceExport
from beleidskennis.exports.advice_sheets import csv_advice, excel_advice
from beleidskennis.exports.advice_word import word_advice
from beleidskennis.model import Document, Filters
from beleidskennis.taxonomy import Taxonomy
from beleidskennis.taxonomy.choosing import SCHEMES


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: what a user reads, the end of its name, and its media type."""

    name: str
    ending: str
    media_type: str


EXCEL = Form("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
WORD = Form("Word, met voetnoten", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
CSV = Form("CSV", "csv", "text/csv")
JSON_LD = Form("JSON-LD", "jsonld", "application/ld+json")
FORMS = {form.ending: form for form in (EXCEL, WORD, CSV, JSON_LD)}
"""By the end of the file's name."""


def advice_file(export: AdviceExport, ending: str, taxonomy: Taxonomy) -> bytes:
    """The recommendations of `export` as a file of the form that `ending` names (see `FORMS`).

    Raises:
        QueryError: there is no such form.
        MissingExtraError: what writes it is not installed.
    """
    if ending == EXCEL.ending:
        return excel_advice(export)
    if ending == WORD.ending:
        return word_advice(export)
    if ending == CSV.ending:
        return csv_advice(export)
    if ending == JSON_LD.ending:
        return json_ld_advice(export, taxonomy)
    message = f"Aanbevelingen kunnen niet als '{ending}' worden opgeslagen."
    raise QueryError(message, "Kies uit: " + ", ".join(FORMS) + ".")


def selection(text: str, filters: Filters, taxonomy: Taxonomy, documents: dict[str, Document] | None = None) -> str:
    """In words, what was asked for: the question and the filters; "" for everything.

    `documents` (by file name) give titles for file names.
    """
    parts = [f"zoekvraag “{text.strip()}”"] if text.strip() else []
    known = documents or {}
    named = (
        ("document", [known[one].title if one in known else PurePath(one).name for one in filters.documents]),
        ("uitgever", filters.publishers),
        ("soort", filters.kinds),
        *((name, [taxonomy.name(scheme, one) for one in of]) for (name, scheme), of in zip(
            SCHEMES.items(), (filters.themes, filters.sectors, filters.addressees), strict=True)),
        ("sterkte", filters.strengths),
        ("stand", filters.statuses),
    )  # fmt: skip
    parts += [f"{name}: {' of '.join(values)}" for name, values in named if values]
    if filters.years:
        first, last = filters.years
        parts.append(f"jaar: {first}" if first == last else f"jaar: {first} tot en met {last}")
    return "; ".join(parts)
