"""A taxonomy or concept list as a CSV table for a spreadsheet, and back to Turtle.

A row a concept, columns divided by semicolons (what a Dutch spreadsheet opens by itself), several values in a cell by
`|`. `concepts_from_csv(concepts_to_csv(x))` gives `x` back, but for the line numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from beleidskennis.errors import TaxonomyError
from beleidskennis.taxonomy.skos import BK, SKOS, SkosConcept

_LABEL_COLUMNS = (
    ("naam", "pref", "nl"),
    ("naam_en", "pref", "en"),
    ("ook_wel", "alt", "nl"),
    ("ook_wel_en", "alt", "en"),
    ("woordvormen", "hidden", "nl"),
    ("zwakke_woorden", "weak", "nl"),
    ("niet_bij", "not", "nl"),
)
COLUMNS = (
    "schema",
    "id",
    *(name for name, _, _ in _LABEL_COLUMNS),
    "ruimer",
    "verwant",
    "uitleg",
    "koppelingen",
    "uri",
)
"""`schema`, `id` and `naam` must be filled; `uri` may stay empty for a new concept. Links hold ids."""
_PROPERTIES = {
    "pref": "skos:prefLabel",
    "alt": "skos:altLabel",
    "hidden": "skos:hiddenLabel",
    "weak": "bk:weakLabel",
    "not": "bk:notLabel",
}


def concepts_to_csv(concepts: Iterable[SkosConcept]) -> str:
    """The table of the concepts, with a header row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for concept in concepts:
        labels = ["|".join(concept.texts(kind, language)) for _, kind, language in _LABEL_COLUMNS]
        links = ["|".join(concept.broader), "|".join(concept.related), concept.scope_note]
        mappings = "|".join(f"{kind} {uri}" for kind, uri in concept.mappings)
        writer.writerow([concept.scheme, concept.concept_id, *labels, *links, mappings, concept.uri])
    return buffer.getvalue()


def concepts_from_csv(text: str) -> tuple[SkosConcept, ...]:
    """The concepts of a table. Raises `TaxonomyError` naming the row (from 1, the header being 1) that is not right."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    missing = {"schema", "id", "naam"} - set(reader.fieldnames or ())
    if missing:
        message = f"In de tabel ontbreekt de kolom {', '.join(sorted(missing))}."
        raise TaxonomyError(message, f"De kolommen zijn: {'; '.join(COLUMNS)}.")
    return tuple(_concept(row, reader.line_num) for row in reader)


def _concept(row: dict[str, str | None], line: int) -> SkosConcept:
    def cell(name: str) -> tuple[str, ...]:
        return tuple(value for part in (row.get(name) or "").split("|") if (value := part.strip()))

    concept_id, scheme = "".join(cell("id")), "".join(cell("schema"))
    if not concept_id or not scheme or not cell("naam"):
        message = f"Rij {line} van de tabel heeft geen schema, id of naam."
        raise TaxonomyError(message, "Vul deze drie kolommen in.")
    labels: dict[str, list[tuple[str, str]]] = {}
    for name, kind, language in _LABEL_COLUMNS:
        for text in cell(name):
            labels.setdefault(kind, []).append((text, language))
    mappings = tuple((kind, uri) for kind, _, uri in (value.partition(" ") for value in cell("koppelingen")))
    return SkosConcept(
        concept_id,
        "".join(cell("uri")) or f"{BK}{scheme}:{concept_id}",
        scheme,
        {kind: tuple(pairs) for kind, pairs in labels.items()},
        cell("ruimer"),
        cell("verwant"),
        (row.get("uitleg") or "").strip(),
        mappings,
        line,
    )


def concepts_to_turtle(concepts: Sequence[SkosConcept]) -> str:
    """The concepts as Turtle that `load_taxonomy` and `load_concepts` read."""
    uris = {concept.concept_id: concept.uri for concept in concepts}
    schemes = dict.fromkeys(concept.scheme for concept in concepts)
    lines = [f"@prefix skos: <{SKOS}> .", f"@prefix bk: <{BK}> .", ""]
    lines += [f"<{BK}{scheme}> a skos:ConceptScheme ." for scheme in schemes]
    for concept in concepts:
        parts = [f"<{concept.uri}> a skos:Concept", f"    skos:notation {_quoted(concept.concept_id)}"]
        for kind, labels in concept.labels.items():
            texts = ", ".join(f"{_quoted(text)}@{language}" for text, language in labels)
            parts.append(f"    {_PROPERTIES[kind]} {texts}")
        for name, links in (("broader", concept.broader), ("related", concept.related)):
            if links:
                parts.append(f"    skos:{name} " + ", ".join(f"<{uris.get(link, BK + link)}>" for link in links))
        if concept.scope_note:
            parts.append(f"    skos:scopeNote {_quoted(concept.scope_note)}@nl")
        parts += [f"    skos:{kind}Match <{uri}>" for kind, uri in concept.mappings]
        parts.append(f"    skos:inScheme <{BK}{concept.scheme}>")
        lines += ["", " ;\n".join(parts) + " ."]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
