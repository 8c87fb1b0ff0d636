"""A second look at the best sentences by the reader, which sees question and sentence together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from beleidskennis.citations.evidence import Sentence, Wanted
from beleidskennis.model import Hit

READ = 6
"""Sentences that are read, with those beside them: each costs about as much as embedding it anew. Of 6, 8, 12 and 20 it
was 6 that told best what is answered, on the sample corpus and on others; more of them are right by chance."""
MOST_ODDS = 8.0
"""Log-odds beyond which a score says no more, and by which scores are divided: features lie between -1 and 1."""


def reread(
    wanted: Wanted, ranked: Sequence[Sentence], weights: Mapping[str, float], *, most: int = READ
) -> list[Sentence]:
    """The sentences in the order that the reader gives them, each with the feature `reading`.

    Args:
        wanted: the text to find evidence for; its corpus has a reader.
        ranked: the sentences, best first by their other features.
        weights: weight of each feature, `reading` among them.
        most: sentences that are read, those beside them not counted.

    Sentences that are not read are taken to be as bad as the worst that was.
    """
    if wanted.corpus.reader is None or not ranked:
        return list(ranked)
    odds = read_odds(wanted, ranked[:most])
    worst = min(odds.values(), default=-1.0)
    found = []
    for sentence in ranked:
        features = {**sentence.features, "reading": odds.get(sentence.key, worst), "read": float(sentence.key in odds)}
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        found.append(replace(sentence, features=features, score=score))
    return sorted(found, key=lambda one: (-one.score, one.hit.rank, one.index))


def read_odds(wanted: Wanted, sentences: Sequence[Sentence]) -> dict[tuple[str, int], float]:
    """What the reader says of sentences and of those beside them, by `Sentence.key`: -1 to 1; empty without a reader.

    A sentence that does not fit into the model has none.
    """
    reader = wanted.corpus.reader
    if reader is None or not sentences:
        return {}
    runs = _runs(sentences)
    texts = [_texts(hit, first, end) for hit, first, end in runs]
    odds: dict[tuple[str, int], float] = {}
    for (hit, first, end), scores in zip(runs, reader.read(wanted.text, texts), strict=True):
        for index, score in zip(range(first, end), scores[first - end :], strict=True):
            if np.isfinite(score):
                odds[hit.passage.passage_id, index] = float(np.clip(score, -MOST_ODDS, MOST_ODDS)) / MOST_ODDS
    return odds


def _runs(sentences: Sequence[Sentence]) -> list[tuple[Hit, int, int]]:
    """Each sentence with those beside it, as `(hit, first, end)`; what touches is one run."""
    by_passage: dict[str, tuple[Hit, set[int]]] = {}
    for one in sentences:
        _, indices = by_passage.setdefault(one.hit.passage.passage_id, (one.hit, set()))
        indices.update(range(max(0, one.index - 1), min(len(one.hit.passage.sentences), one.index + 2)))
    runs = []
    for hit, indices in by_passage.values():
        first = previous = min(indices)
        for index in sorted(indices):
            if index > previous + 1:
                runs.append((hit, first, previous + 1))
                first = index
            previous = index
        runs.append((hit, first, previous + 1))
    return runs


def _texts(hit: Hit, first: int, end: int) -> list[str]:
    """The sentences of a run; before them the sentence that introduces the list that they stand in."""
    passage = hit.passage
    texts = [passage.text[a:b] for a, b in passage.sentences[first:end]]
    return [passage.intro, *texts] if passage.intro else texts
