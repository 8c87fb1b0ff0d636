"""Checks a taxonomy or concept list before it is used: what a person would want to know, in Dutch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.errors import TaxonomyError
from beleidskennis.taxonomy.loading import SCHEMES, scheme_of
from beleidskennis.taxonomy.skos import SkosConcept, read_skos
from beleidskennis.taxonomy.store import read_source

_SCHEME_NAMES = {"theme": "thema's", "sector": "sectoren", "addressee": "geadresseerden"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file. `message` is in Dutch; `line` counts from 1 (0: the file as a whole).

    An error keeps the file from being used; a warning does not.
    """

    message: str
    concept_id: str = ""
    line: int = 0
    is_error: bool = True

    def __str__(self) -> str:
        place = f"regel {self.line}: " if self.line else ""
        return f"{'Fout' if self.is_error else 'Let op'}: {place}{self.message}"


def check(path: Path, *, kind: str = "taxonomie") -> list[Problem]:
    """The problems of a Turtle file or a table (.csv), errors first; an empty list means that it can be used.

    `kind` is "taxonomie" (themes, sectors, addressees) or "begrippen" (a concept list, with no schemes of its own).
    """
    try:
        concepts = read_skos(read_source(path))
    except TaxonomyError as error:
        return [Problem(error.message)]
    if not concepts:
        return [Problem("Het bestand bevat geen begrippen (skos:Concept).")]
    problems = [*_labels(concepts), *_identity(concepts), *_links(concepts), *_cycles(concepts)]
    if kind == "taxonomie":
        problems += _schemes(concepts)
    return sorted(problems, key=lambda problem: (not problem.is_error, problem.line))


def _problem(concept: SkosConcept, message: str, *, is_error: bool = True) -> Problem:
    return Problem(f"“{concept.name()}” {message}", concept.concept_id, concept.line, is_error)


def _labels(concepts: Sequence[SkosConcept]) -> Iterator[Problem]:
    for concept in concepts:
        names = concept.texts("pref", "nl")
        if not names:
            yield _problem(concept, "heeft geen Nederlandse naam (skos:prefLabel met @nl).")
        if len(names) > 1:
            yield _problem(concept, f"heeft meer dan één Nederlandse naam: {', '.join(names)}.")
        if not concept.texts("pref", "en"):
            yield _problem(concept, "heeft geen Engelse naam (skos:prefLabel met @en).", is_error=False)
        for kind, labels in concept.labels.items():
            for text, _ in labels:
                if not text.strip("* "):
                    yield _problem(concept, "heeft een leeg label.")
                elif "*" in text and kind in ("pref", "alt"):
                    yield _problem(concept, f"heeft een * in het label “{text}”; dat kan alleen in skos:hiddenLabel, "
                                            "bk:weakLabel en bk:notLabel.")  # fmt: skip
                elif "*" in text and len(text.strip("* ")) < 2:
                    yield _problem(concept, f"heeft een te kort label met een *: “{text}”.")


def _identity(concepts: Sequence[SkosConcept]) -> Iterator[Problem]:
    counts = Counter((concept.scheme, concept.concept_id) for concept in concepts)
    names = Counter((concept.scheme, concept.name().lower()) for concept in concepts)
    for concept in concepts:
        if counts[concept.scheme, concept.concept_id] > 1:
            yield _problem(concept, f"heeft een id dat vaker voorkomt: {concept.concept_id}.")
        elif names[concept.scheme, concept.name().lower()] > 1:
            yield _problem(concept, "heeft dezelfde naam als een ander begrip.", is_error=False)


def _links(concepts: Sequence[SkosConcept]) -> Iterator[Problem]:
    known = {concept.concept_id for concept in concepts}
    for concept in concepts:
        for word, links in (("ruimer", concept.broader), ("verwant", concept.related)):
            for other in links:
                if other not in known:
                    yield _problem(concept, f"verwijst ({word}) naar een onbekend begrip: {other}.")
                elif other == concept.concept_id:
                    yield _problem(concept, f"verwijst ({word}) naar zichzelf.")


def _cycles(concepts: Sequence[SkosConcept]) -> Iterator[Problem]:
    """Each circle of broader terms once, at the first of its concepts."""
    by_id = {concept.concept_id: concept for concept in concepts}
    done: set[str] = set()
    for concept in concepts:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(concept.concept_id, 0)]
        while stack:
            current, depth = stack.pop()
            del path[depth:]
            if current in path:
                circle = path[path.index(current) :]
                done.update(circle)
                names = " > ".join(by_id[item].name() for item in (*circle, current))
                if len(circle) > 1:
                    yield _problem(by_id[current], f"staat in een kring van ruimere begrippen: {names}.")
                continue
            if current in done or current not in by_id:
                continue
            path.append(current)
            stack.extend((other, depth + 1) for other in by_id[current].broader)
        done.add(concept.concept_id)


def _schemes(concepts: Sequence[SkosConcept]) -> Iterator[Problem]:
    found = set()
    for concept in concepts:
        scheme = scheme_of(concept.scheme)
        found.add(scheme)
        if not concept.scheme:
            yield _problem(concept, "hoort bij geen schema (skos:inScheme).")
        elif not scheme:
            yield _problem(
                concept, f"hoort bij een onbekend schema: {concept.scheme} (bekend: themas, sectoren, geadresseerden)."
            )
    for scheme in SCHEMES:
        if scheme not in found:
            yield Problem(f"Het bestand bevat geen {_SCHEME_NAMES[scheme]}.", is_error=False)
