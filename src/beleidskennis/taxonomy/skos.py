"""SKOS concepts out of a Turtle file, and the shape in which they are kept for use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beleidskennis.taxonomy.turtle import RDF_TYPE, Literal, Triple, parse

SKOS = "http://www.w3.org/2004/02/skos/core#"
BK = "urn:beleidskennis:"

_LABELS = {
    f"{SKOS}prefLabel": "pref",
    f"{SKOS}altLabel": "alt",
    f"{SKOS}hiddenLabel": "hidden",
    f"{BK}weakLabel": "weak",
    f"{BK}notLabel": "not",
}
_LINKS = {f"{SKOS}broader": "broader", f"{SKOS}related": "related"}
_MATCHES = {f"{SKOS}{kind}Match": kind for kind in ("exact", "close", "broad", "narrow", "related")}
_IN_SCHEME = (f"{SKOS}inScheme", f"{SKOS}topConceptOf")
LABEL_KINDS = ("pref", "alt", "hidden", "weak", "not")


@dataclass(frozen=True, slots=True)
class SkosConcept:
    """One concept. `labels` maps a kind (`LABEL_KINDS`) to `(text, language)` pairs; links hold concept ids.

    `uri` is the full address; `concept_id` its `skos:notation`, or else its last part. `scheme` is the last part of the
    address of its scheme. `line` (from 1) is where the file first speaks of it.
    """

    concept_id: str
    uri: str
    scheme: str
    labels: Mapping[str, tuple[tuple[str, str], ...]]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    scope_note: str = ""
    mappings: tuple[tuple[str, str], ...] = ()
    """`(kind, uri)`, kind being exact, close, broad, narrow or related."""
    line: int = 0

    def texts(self, kind: str, language: str | None = None) -> tuple[str, ...]:
        """The labels of one kind, of one language or of all."""
        return tuple(text for text, lang in self.labels.get(kind, ()) if language in (None, lang))

    def name(self, language: str = "nl") -> str:
        """The preferred label in `language`, else in any, else the id."""
        return next(iter(self.texts("pref", language) or self.texts("pref")), self.concept_id)


@dataclass(slots=True)
class _Draft:
    """What is collected of one subject."""

    line: int
    is_concept: bool = False
    notation: str = ""
    scheme: str = ""
    note: str = ""
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    mappings: list[tuple[str, str]] = field(default_factory=list)


def read_skos(text: str) -> tuple[SkosConcept, ...]:
    """The concepts of a Turtle text, in the order of the file. Raises `TaxonomyError` where it cannot be read."""
    drafts: dict[str, _Draft] = {}
    for triple in parse(text):
        _collect(drafts.setdefault(triple.subject, _Draft(triple.line)), triple)
    found = {uri: draft for uri, draft in drafts.items() if draft.is_concept}
    ids = {uri: draft.notation or local_name(uri) for uri, draft in found.items()}
    return tuple(
        SkosConcept(
            concept_id=ids[uri],
            uri=uri,
            scheme=draft.scheme,
            labels={kind: tuple(dict.fromkeys(labels)) for kind, labels in draft.labels.items()},
            broader=tuple(ids.get(link, local_name(link)) for link in draft.links.get("broader", ())),
            related=tuple(ids.get(link, local_name(link)) for link in draft.links.get("related", ())),
            scope_note=draft.note,
            mappings=tuple(draft.mappings),
            line=draft.line,
        )
        for uri, draft in found.items()
    )


def local_name(uri: str) -> str:
    """The last part of an address: after the last `/`, `#` or `:`."""
    return uri.rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2]


def _collect(draft: _Draft, triple: Triple) -> None:
    predicate, value = triple.predicate, triple.object
    if isinstance(value, Literal):
        if predicate in _LABELS:
            draft.labels.setdefault(_LABELS[predicate], []).append((value.text.strip(), value.language or "nl"))
        elif predicate == f"{SKOS}notation":
            draft.notation = value.text.strip()
        elif predicate == f"{SKOS}scopeNote" and (not draft.note or value.language == "nl"):
            draft.note = value.text.strip()
    elif predicate == RDF_TYPE:
        draft.is_concept |= value == f"{SKOS}Concept"
    elif predicate in _LINKS:
        draft.links.setdefault(_LINKS[predicate], []).append(value)
    elif predicate in _MATCHES:
        draft.mappings.append((_MATCHES[predicate], value))
    elif predicate in _IN_SCHEME:
        draft.scheme = local_name(value)
