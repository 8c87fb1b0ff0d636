"""A taxonomy ready for use: its concepts by scheme, and its labels filed for finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from beleidskennis.taxonomy.labels import LabelTable, label_table
from beleidskennis.taxonomy.skos import SkosConcept
from beleidskennis.taxonomy.store import DATA, CompiledLabel, compile_source, load_compiled

SCHEMES = ("theme", "sector", "addressee")
DEFAULT = DATA / "taxonomie.ttl"
_SCHEME_STARTS = {"them": "theme", "sector": "sector", "geadr": "addressee", "addr": "addressee"}


@dataclass(frozen=True, slots=True)
class TableLabel:
    """A label in the table of a scheme. `shared_by` counts the concepts of the scheme that have it."""

    concept_id: str
    kind: str
    text: str
    shared_by: int


@dataclass(frozen=True, slots=True)
class SchemeTable:
    """The labels of one scheme: `labels[n]` belongs to label number n of `words`."""

    labels: tuple[TableLabel, ...]
    words: LabelTable


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Concepts by scheme ("theme", "sector", "addressee"), in the order of the file, and the labels for finding."""

    concepts: Mapping[str, tuple[SkosConcept, ...]]
    tables: Mapping[str, SchemeTable]

    def ids(self, scheme: str) -> tuple[str, ...]:
        """The concept ids of a scheme, in the order of the file."""
        return tuple(concept.concept_id for concept in self.concepts.get(scheme, ()))

    def concept(self, scheme: str, concept_id: str) -> SkosConcept | None:
        """One concept, or None if the taxonomy has none of that id."""
        return next((c for c in self.concepts.get(scheme, ()) if c.concept_id == concept_id), None)

    def name(self, scheme: str, concept_id: str, language: str = "nl") -> str:
        """What a user sees for a concept: its preferred label, or its id if the taxonomy does not know it."""
        concept = self.concept(scheme, concept_id)
        return concept.name(language) if concept else concept_id

    def descriptions(self, scheme: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Concept ids, and for each its names and scope note as one text (for likeness)."""
        concepts = self.concepts.get(scheme, ())
        texts = tuple(f"{c.name()}. {c.scope_note} {', '.join(c.texts('alt', 'nl')[:20])}" for c in concepts)
        return tuple(c.concept_id for c in concepts), texts


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The taxonomy in a Turtle file; the one that comes with the package if no path is given.

    Raises `TaxonomyError` (message in Dutch) where the file cannot be read. It is read once as long as it is unchanged.
    """
    path = path or DEFAULT
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _load(path, stamp)


@lru_cache(maxsize=4)
def _load(path: Path, stamp: int) -> Taxonomy:
    return _ready(*load_compiled(path))


@lru_cache(maxsize=2)
def taxonomy_of(source: str) -> Taxonomy:
    """The taxonomy in a Turtle text.

    Raises:
        TaxonomyError: it cannot be read.
    """
    return _ready(*compile_source(source))


def _ready(concepts: Sequence[SkosConcept], compiled: Sequence[Sequence[CompiledLabel]]) -> Taxonomy:
    by_scheme: dict[str, list[SkosConcept]] = {scheme: [] for scheme in SCHEMES}
    rows: dict[str, list[tuple[str, str, str, tuple[str, ...]]]] = {scheme: [] for scheme in SCHEMES}
    for concept, labels in zip(concepts, compiled, strict=True):
        scheme = scheme_of(concept.scheme)
        if scheme:
            by_scheme[scheme].append(concept)
            rows[scheme].extend((concept.concept_id, kind, text, words) for kind, _, text, words in labels)
    tables = {scheme: _table(found) for scheme, found in rows.items()}
    return Taxonomy({scheme: tuple(found) for scheme, found in by_scheme.items()}, tables)


def scheme_of(name: str) -> str:
    """The scheme ("theme", "sector", "addressee") for the last part of a scheme's address ("sectoren"); else ""."""
    return next((scheme for start, scheme in _SCHEME_STARTS.items() if name.lower().startswith(start)), "")


def _table(rows: list[tuple[str, str, str, tuple[str, ...]]]) -> SchemeTable:
    unique = {(concept_id, words): (kind, text) for concept_id, kind, text, words in reversed(rows)}
    ordered = list(reversed(unique.items()))
    holders = Counter(words for (_, words), (kind, _) in ordered if kind != "not")
    labels = tuple(
        TableLabel(concept_id, kind, text, max(1, holders[words])) for (concept_id, words), (kind, text) in ordered
    )
    return SchemeTable(labels, label_table([words for (_, words), _ in ordered]))
