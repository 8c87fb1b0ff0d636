"""Widens a question with the concept list: synonyms, related and broader terms, English words to Dutch ones.

A concept is met by any of its labels, several words together before one; a compound that is no label itself may meet
the concepts of its parts. What comes back is Dutch: the other labels of the concept (a synonym), then the names of
related concepts, then of the broader one. The caps keep the question in charge: at most `MAX_PER_CONCEPT` terms of a
concept and `MAX_TERMS` in all, each weighing less than a typed word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from beleidskennis.dutch import compounds
from beleidskennis.dutch import lemmas as dutch_lemmas
from beleidskennis.dutch import words as dutch_words
from beleidskennis.dutch.stopwords import ENGLISH_STOPWORDS, STOPWORDS
from beleidskennis.taxonomy.labels import MIN_PART, keys
from beleidskennis.taxonomy.skos import SkosConcept, read_skos
from beleidskennis.taxonomy.store import DATA, FORMAT, digest, read_text

DEFAULT = DATA / "concepten.ttl"
RELATION_WEIGHTS: Mapping[str, float] = {"vertaling": 1.0, "synoniem": 0.8, "verwant": 0.35, "ruimer": 0.25}
FADE = 0.9
"""Each further label of a concept weighs this share of the one before it: the list is written with the best first."""
MAX_PER_CONCEPT = 6
MAX_TERMS = 14
MAX_LABEL_WORDS = 6
SHARED = 0.6
"""Share of their weight that terms keep where the words met are a label of several concepts."""
OF_PART = 0.5
"""The same, where only a part of a compound was met."""

ARTICLES = frozenset({"de", "het", "een", "the", "a", "an"})

Term = tuple[str, str]
"""A Dutch label: `(text, its words as lemmas, joined by spaces)`."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term to search for as well: `term` as it is shown, because of `source_label` in the question.

    `relation` is vertaling (of an English word), synoniem, verwant or ruimer; `weight` is 0 to 1, beside 1 for a typed
    word. `words` are the lemmas of the term, without stop words.
    """

    term: str
    source_label: str
    concept_id: str
    relation: str
    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concept list, filed by the words of its labels (lemmas joined by spaces). Build with `load_concepts`."""

    terms: Mapping[str, Sequence[Term]]
    """Concept id to its Dutch labels, the preferred one first."""
    related: Mapping[str, Sequence[str]]
    broader: Mapping[str, Sequence[str]]
    by_words: Mapping[str, Sequence[tuple[str, str]]]
    """Words of a label to `(concept id, language)`."""

    def __len__(self) -> int:
        return len(self.terms)

    def expand(self, query: str | Sequence[str], language: str = "nl") -> tuple[Expansion, ...]:
        """The terms that a question (as text, or as lemmas in order) should also be searched by, heaviest first.

        `language` is that of the question ("nl" or "en"); a label of the other language counts only where no label of
        the question's own language reads the same.
        """
        asked = _lemmas(query, language)
        best: dict[str, Expansion] = {}
        met = self._met(asked, language)
        typed = {*asked, *(source for source, _, _ in met)}
        for source, holders, share in met:
            share = share if len(holders) == 1 else share * SHARED
            for concept_id, label_language in holders:
                for found in self._of_concept(concept_id, source, label_language, share):
                    wording = " ".join(found.words)
                    if wording not in typed and (wording not in best or best[wording].weight < found.weight):
                        best[wording] = found
        return tuple(sorted(best.values(), key=lambda item: (-item.weight, len(item.words)))[:MAX_TERMS])

    def weights(self, query: Sequence[str], language: str = "nl") -> dict[str, float]:
        """`expand` as `{term: weight}`: what `beleidskennis.query` takes."""
        return {expansion.term: expansion.weight for expansion in self.expand(query, language)}

    def _met(self, asked: Sequence[str], language: str) -> list[tuple[str, list[tuple[str, str]], float]]:
        """`(words, [(concept id, language)], share)` for the longest labels in the question, not overlapping."""
        met = []
        position = 0
        while position < len(asked):
            for length in range(min(MAX_LABEL_WORDS, len(asked) - position), 0, -1):
                wording = " ".join(asked[position : position + length])
                holders = self._holders(wording, language)
                if holders:
                    met.append((wording, holders, 1.0))
                    position += length
                    break
            else:
                if language == "nl":
                    met.extend(self._parts(asked[position]))
                position += 1
        return met

    def _parts(self, word: str) -> list[tuple[str, list[tuple[str, str]], float]]:
        parts = [dutch_words.fold(dutch_lemmas.lemma(part)) for part in compounds.split_fully(word)]
        found = [(part, self._holders(part, "nl")) for part in parts if len(part) >= MIN_PART and part != word]
        return [(part, holders, OF_PART) for part, holders in found if holders]

    def _holders(self, wording: str, language: str) -> list[tuple[str, str]]:
        found = [(concept_id, label_language) for concept_id, label_language in self.by_words.get(wording, ())]
        own = [holder for holder in found if holder[1] == language]
        return own or found

    def _of_concept(self, concept_id: str, source: str, language: str, share: float) -> list[Expansion]:
        first = "synoniem" if language == "nl" else "vertaling"
        found = self._terms(concept_id, source, first, share, MAX_PER_CONCEPT)
        for relation, links in (("verwant", self.related), ("ruimer", self.broader)):
            for other in links.get(concept_id, ()):
                if other in self.broader:  # a head of the list ("werk en arbeidsmarkt") is no word to search by
                    found += self._terms(other, source, relation, share, 1)
        return found

    def _terms(self, concept_id: str, source: str, relation: str, share: float, limit: int) -> list[Expansion]:
        weight = RELATION_WEIGHTS[relation] * share
        return [
            Expansion(text, source, concept_id, relation, round(weight * FADE**rank, 3), tuple(wording.split()))
            for rank, (text, wording) in enumerate(self.terms.get(concept_id, ())[:limit])
        ]


def load_concepts(path: Path | None = None) -> Concepts:
    """The concept list in a Turtle file; the one that comes with the package if no path is given.

    By way of the JSON beside it where that was made from it (see `store`). Raises `TaxonomyError`.
    """
    path = path or DEFAULT
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _load(path: Path, stamp: int) -> Concepts:
    source = read_text(path)
    cache = path.with_suffix(".json")
    if cache.is_file():
        data = json.loads(cache.read_text(encoding="utf-8"))
        if data.get("format") == FORMAT and data.get("sha256") == digest(source):
            return Concepts(data["terms"], data["related"], data["broader"], data["by_words"])
    return Concepts(**_compile(read_skos(source)))


def concepts_json(source: str) -> str:
    """The compiled JSON of a Turtle text, an entry a line, so that differences between versions can be read."""
    parts = [f'"format": {FORMAT}', f'"sha256": "{digest(source)}"']
    for name, table in _compile(read_skos(source)).items():
        rows = [f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table.items()]
        parts.append(f'"{name}": {{\n' + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


def _compile(concepts: Sequence[SkosConcept]) -> dict[str, dict[str, Any]]:
    by_words: dict[str, list[tuple[str, str]]] = {}
    for concept in concepts:
        for kind in ("pref", "alt", "hidden"):
            for text, language in concept.labels.get(kind, ()):
                for wording in _wordings(text, language):
                    holders = by_words.setdefault(wording, [])
                    if (concept.concept_id, language) not in holders:
                        holders.append((concept.concept_id, language))
    by_words.pop("", None)
    return {
        "terms": {concept.concept_id: _dutch_terms(concept) for concept in concepts},
        "related": {concept.concept_id: list(concept.related) for concept in concepts if concept.related},
        "broader": {concept.concept_id: list(concept.broader) for concept in concepts if concept.broader},
        "by_words": by_words,
    }


def _wordings(text: str, language: str) -> tuple[str, ...]:
    """How a label may read in a question; an English one also as somebody reads it who takes it for Dutch.

    A phrase of which stop words leave one word ("what works", "van het gas af") is not looked for: that word alone
    means something else.
    """
    readings = ("en", "nl") if language == "en" else (language,)
    stop = STOPWORDS | ENGLISH_STOPWORDS if language == "en" else STOPWORDS
    found = []
    for reading in readings:
        label = [word for word in keys(text, reading) if word not in ARTICLES]
        content = [word for word in label if word not in stop]
        if len(content) > 1 or len(content) == len(label):
            found.append(" ".join(content))
    return tuple(dict.fromkeys(found))


def _dutch_terms(concept: SkosConcept) -> list[Term]:
    unique: dict[str, str] = {}
    for text in (*concept.texts("pref", "nl"), *concept.texts("alt", "nl")):
        unique.setdefault(" ".join(word for word in keys(text) if word not in STOPWORDS), text)
    return [(text, wording) for wording, text in unique.items() if wording]


def _lemmas(query: str | Sequence[str], language: str) -> list[str]:
    """The lemmas of a question that can be part of a label: all but stop words."""
    if isinstance(query, str):
        lemma = dutch_lemmas.lemma if language == "nl" else dutch_lemmas.lemma_english
        query = [lemma(word) for word in dutch_words.words(query)]
    stop = STOPWORDS if language == "nl" else STOPWORDS | ENGLISH_STOPWORDS
    return [folded for word in query if (folded := dutch_words.fold(word)) not in stop]
