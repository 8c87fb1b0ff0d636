"""Taxonomies and concept lists as files: Turtle is the source, a compiled JSON beside it makes loading quick.

The JSON holds the SHA-256 of the Turtle file that it was made from. Where that does not match (somebody edited the
Turtle), the Turtle is read instead, which takes about a second more. `scripts/build_taxonomy.py` writes the JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from beleidskennis.errors import TaxonomyError, reason
from beleidskennis.taxonomy.labels import keys
from beleidskennis.taxonomy.skos import SkosConcept, read_skos
from beleidskennis.taxonomy.table import concepts_from_csv, concepts_to_turtle

FORMAT = 1
"""Version of the JSON's form; another one is made anew."""
DATA = Path(__file__).resolve().parent.parent / "data"

CompiledLabel = tuple[str, str, str, tuple[str, ...]]
"""`(kind, language, text, words)`, words as `labels.keys` gives them."""


def load_compiled(path: Path) -> tuple[tuple[SkosConcept, ...], tuple[tuple[CompiledLabel, ...], ...]]:
    """The concepts of a Turtle file with their compiled labels (same order), by way of the JSON where it fits."""
    source = read_source(path)
    cache = path.with_suffix(".json")
    if path.suffix.lower() != ".csv" and cache.is_file():
        data = json.loads(cache.read_text(encoding="utf-8"))
        if data.get("format") == FORMAT and data.get("sha256") == digest(source):
            return _unpack(data["concepts"])
    return compile_source(source)


def compile_source(source: str) -> tuple[tuple[SkosConcept, ...], tuple[tuple[CompiledLabel, ...], ...]]:
    """The concepts of a Turtle text with their compiled labels (same order)."""
    concepts = read_skos(source)
    return concepts, tuple(compile_labels(concept) for concept in concepts)


def read_source(path: Path) -> str:
    """The Turtle of a taxonomy file; a table (.csv) is made into Turtle. What cannot be read is a `TaxonomyError`."""
    text = read_text(path)
    return concepts_to_turtle(concepts_from_csv(text)) if path.suffix.lower() == ".csv" else text


def read_text(path: Path) -> str:
    """The text of a taxonomy file; a file that is not there or not UTF-8 is a `TaxonomyError`."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"Het bestand {path.name} kan niet worden gelezen ({reason(error)})."
        raise TaxonomyError(message, "Controleer het pad.") from error
    except UnicodeDecodeError as error:
        message = f"Het bestand {path.name} is geen UTF-8-tekst."
        raise TaxonomyError(message, "Bewaar het als UTF-8.") from error


def digest(source: str) -> str:
    """SHA-256 (hexadecimal) of a source text, the same whatever its line ends."""
    return hashlib.sha256(source.replace("\r\n", "\n").encode()).hexdigest()


def compile_labels(concept: SkosConcept) -> tuple[CompiledLabel, ...]:
    """The labels of a concept with their words brought to the form in which they are compared."""
    return tuple(
        (kind, language, text, keys(text, language))
        for kind, labels in concept.labels.items()
        for text, language in labels
    )


def compiled_json(source: str) -> str:
    """The compiled JSON of a Turtle text, one concept a line, so that differences between versions can be read."""
    rows = [_pack(concept) for concept in read_skos(source)]
    head = f'{{"format": {FORMAT}, "sha256": "{digest(source)}", "concepts": [\n'
    return head + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]}\n"


def _pack(concept: SkosConcept) -> list[Any]:
    labels = [[kind, language, text, list(words)] for kind, language, text, words in compile_labels(concept)]
    links = [list(concept.broader), list(concept.related), [list(mapping) for mapping in concept.mappings]]
    return [concept.concept_id, concept.uri, concept.scheme, concept.scope_note, concept.line, labels, *links]


def _unpack(rows: Sequence[Any]) -> tuple[tuple[SkosConcept, ...], tuple[tuple[CompiledLabel, ...], ...]]:
    concepts, compiled = [], []
    for concept_id, uri, scheme, note, line, labels, broader, related, mappings in rows:
        grouped: dict[str, list[tuple[str, str]]] = {}
        for kind, language, text, _ in labels:
            grouped.setdefault(kind, []).append((text, language))
        concepts.append(
            SkosConcept(
                concept_id,
                uri,
                scheme,
                {kind: tuple(pairs) for kind, pairs in grouped.items()},
                tuple(broader),
                tuple(related),
                note,
                tuple((kind, target) for kind, target in mappings),
                line,
            )
        )
        compiled.append(tuple((kind, language, text, tuple(words)) for kind, language, text, words in labels))
    return tuple(concepts), tuple(compiled)
