"""From text to themes and sectors: every link with the words that earned it and how sure it is.

A concept collects weight from its labels in the text: 1 for a label, less inside a compound, little for a weak label
or for a label in the heading above. Words that a "not" label covers do not count ("sociale zekerheid" says nothing of
safety), nor do words that a longer label of the same concept has taken. A label that several concepts of a scheme share
tells less of each. The weights together give a confidence; `THRESHOLDS` cuts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beleidskennis.model import Label, LabelSource
from beleidskennis.taxonomy.labels import Form, Found, forms
from beleidskennis.taxonomy.loading import TableLabel, Taxonomy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Embed = Callable[[Sequence[str]], "NDArray[np.float32]"]
"""Texts to unit rows `(n, d)` float32."""

KIND_WEIGHTS: Mapping[str, float] = {"pref": 1.0, "alt": 1.0, "hidden": 1.0, "weak": 0.4}
INSIDE = 0.8
"""Share of its weight that a label inside a compound keeps."""
AGAIN = 0.25
"""Share for the same label a second time."""
CONTEXT = 0.4
"""Share for a label in the heading path, and the most that headings can add together."""
STEEPNESS = 1.2
"""Weight w gives confidence 1 - exp(-STEEPNESS * w): one label 0.70, one weak label 0.38, two weak ones 0.62."""
THRESHOLDS: Mapping[str, float] = {"theme": 0.55, "sector": 0.5}
"""The least confidence of a link: chosen by document, measured on the other (docs/taxonomy.md)."""
BY_THE_WAY = 0.4
"""A concept with less than this share of the weight of the strongest is spoken of by the way, and is no link: themes
gain 0.007 to 0.015 of F1 in each of three documents (docs/taxonomy.md)."""
AROUND, AROUND_LEAST, AROUND_MOST = 0.3, 0.8, 2
"""Where the text and its headings give no link: the share of a label in what stands around it, the least weight in all,
and the most links that are made so."""
SIMILARITY_FLOOR, SIMILARITY_SHARE = 0.35, 0.5
"""Cosine from which likeness counts, and the weight of a cosine of 1: half a label at most, so that likeness alone
never makes a link. Measured with the bundled model: it changes nothing, so it is only used where `embed` is given."""


@dataclass(frozen=True, slots=True)
class Match:
    """A label found: `text[start:end]` are the words; `label` is the label as the taxonomy has it."""

    scheme: str
    concept_id: str
    label: str
    start: int
    end: int
    weight: float


def matches(text: str, taxonomy: Taxonomy, scheme: str) -> tuple[Match, ...]:
    """The labels of one scheme ("theme", "sector", "addressee") that count in `text`, in order of place."""
    text_forms = forms(text)
    return tuple(
        Match(scheme, label.concept_id, label.text, text_forms[hit.first].start, text_forms[hit.last - 1].end, weight)
        for hit, label, weight in counted(text_forms, taxonomy, scheme)
    )


def counted(text_forms: Sequence[Form], taxonomy: Taxonomy, scheme: str) -> list[tuple[Found, TableLabel, float]]:
    """The finds that count, with their weight: no word twice for one concept, none that a "not" label covers."""
    table = taxonomy.tables.get(scheme)
    if table is None:
        return []
    by_concept: dict[str, list[Found]] = {}
    for hit in table.words.find(text_forms):
        label = table.labels[hit.label]
        if not (hit.inside and label.kind in ("weak", "not", "hidden")):
            by_concept.setdefault(label.concept_id, []).append(hit)
    kept = []
    for hits in by_concept.values():
        seen: set[int] = set()
        for hit in _without_overlap(hits, table.labels):
            label = table.labels[hit.label]
            weight = KIND_WEIGHTS[label.kind] / math.sqrt(label.shared_by) * (INSIDE if hit.inside else 1.0)
            kept.append((hit, label, weight * (AGAIN if hit.label in seen else 1.0)))
            seen.add(hit.label)
    return sorted(kept, key=lambda item: (item[0].first, item[0].last))


def _without_overlap(hits: Iterable[Found], labels: Sequence[TableLabel]) -> list[Found]:
    """Longest first, "not" labels before all: each word goes to one label."""
    taken: set[int] = set()
    kept = []

    def rank(hit: Found) -> tuple[bool, int, bool, bool, float]:
        label = labels[hit.label]
        return (
            label.kind != "not",
            hit.first - hit.last,
            hit.inside,
            "*" in label.text,
            -KIND_WEIGHTS.get(label.kind, 0),
        )

    for hit in sorted(hits, key=rank):
        span = range(hit.first, hit.last)
        if taken.isdisjoint(span):
            taken.update(span)
            if labels[hit.label].kind != "not":
                kept.append(hit)
    return kept


def link_topics(
    text: str,
    taxonomy: Taxonomy,
    scheme: str,
    *,
    context: str = "",
    around: str = "",
    embed: Embed | None = None,
    threshold: float | None = None,
) -> tuple[Label, ...]:
    """The concepts of a scheme that `text` is about, surest first; `context` is the heading path above it.

    `around` is what stands around it in the document: it speaks only where text and headings give no link. `threshold`
    is the least confidence of a link, that of `THRESHOLDS` if None.
    """
    threshold = THRESHOLDS[scheme] if threshold is None else threshold
    weights, evidence = _collect(text, taxonomy, scheme)
    if context:
        for concept_id, weight in _collect(context, taxonomy, scheme)[0].items():
            weights[concept_id] = weights.get(concept_id, 0.0) + min(weight, 1.0) * CONTEXT
    similar = _similarities(text, taxonomy, scheme, embed) if embed else {}
    for concept_id, weight in similar.items():
        weights[concept_id] = weights.get(concept_id, 0.0) + weight
    least = BY_THE_WAY * max(weights.values(), default=0.0)
    linked = {one: weight for one, weight in weights.items() if _confidence(weight) >= threshold and weight >= least}
    if not linked and around:
        linked = _from_around(weights, around, taxonomy, scheme)
    labels = []
    for concept_id, weight in linked.items():
        words = tuple(dict.fromkeys(evidence.get(concept_id, ())))
        source = _source(words, concept_id, similar)
        labels.append(Label(scheme, concept_id, round(_confidence(weight), 3), source, words))
    return tuple(sorted(labels, key=lambda label: (-label.confidence, label.concept_id)))


def _confidence(weight: float) -> float:
    return 1 - math.exp(-STEEPNESS * weight)


def _from_around(weights: Mapping[str, float], around: str, taxonomy: Taxonomy, scheme: str) -> dict[str, float]:
    """The heaviest concepts of what stands around a text that gives no link itself."""
    total = dict(weights)
    for concept_id, weight in _collect(around, taxonomy, scheme)[0].items():
        total[concept_id] = total.get(concept_id, 0.0) + weight * AROUND
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:AROUND_MOST]
    return {concept_id: weight for concept_id, weight in ranked if weight >= AROUND_LEAST}


def _collect(text: str, taxonomy: Taxonomy, scheme: str) -> tuple[dict[str, float], dict[str, list[str]]]:
    text_forms = forms(text)
    weights: dict[str, float] = {}
    evidence: dict[str, list[str]] = {}
    for hit, label, weight in counted(text_forms, taxonomy, scheme):
        weights[label.concept_id] = weights.get(label.concept_id, 0.0) + weight
        words = text[text_forms[hit.first].start : text_forms[hit.last - 1].end]
        evidence.setdefault(label.concept_id, []).append(words)
    return weights, evidence


def _source(words: tuple[str, ...], concept_id: str, similar: Mapping[str, float]) -> LabelSource:
    if words:
        return LabelSource.WORDS
    return LabelSource.SIMILARITY if concept_id in similar else LabelSource.CONTEXT


def _similarities(text: str, taxonomy: Taxonomy, scheme: str, embed: Embed) -> dict[str, float]:
    """Weight from likeness between the text and each concept's names and note, above a floor."""
    ids, descriptions = taxonomy.descriptions(scheme)
    vectors = embed([text, *descriptions])
    scores = vectors[1:] @ vectors[0]
    return {
        concept_id: SIMILARITY_SHARE * (float(score) - SIMILARITY_FLOOR) / (1 - SIMILARITY_FLOOR)
        for concept_id, score in zip(ids, scores, strict=True)
        if score > SIMILARITY_FLOOR
    }
