"""The sentences of found passages that speak most of what a text says or asks: the ground of answers and citations.

A sentence is scored by a weighted sum of features between 0 and 1. The weights were fitted on the question set of the
sample corpus (`scripts/fit_answers.py`) and are in `data/answers.json`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from beleidskennis.citations.likeness import Likeness, encoded_likeness
from beleidskennis.dutch.stopwords import QUESTION_WORDS
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import normalise, words
from beleidskennis.model import (
    Citation,
    Document,
    Encoder,
    Filters,
    Hit,
    QueryReading,
    Recommendation,
    SearchResult,
    SentenceReader,
    Span,
)

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

ASKING = 0.2
"""Weight of a word that questions are made of, as in the search."""
EXPANSION = 0.3
"""Weight of a term that the search added to what was typed, as in the search."""


LIKENESS_SCALE = 6.0
"""Deviations above what is ordinary that the likest sentence of a large collection reaches: makes it about 1."""
SHORT = 6
"""Words; a shorter sentence is a heading, a label or an item that says nothing on its own."""


_POINTS = re.compile(
    r"\(?(?:zie|vergelijk) (?:ook )?(?:het |de |hier)?\w*(?:kader|tabel|figuur|bijlage|hoofdstuk|paragraaf|onder|box)\b"
    r"|(?:in )?(?:onderstaande?|bovenstaande?|bijgaande?)\s|hieronder (?:volg|staa|leest)|bron:"
    r"|(?:de |het )?(?:tabel|figuur|overzicht|kader) (?:hieronder|hiernaast|\d)",
    re.IGNORECASE,
)
"""A sentence that only points to a table, a figure or another page answers and supports nothing."""


class SearchFunction(Protocol):
    """The search: `Library.search` is one."""

    def __call__(self, text: str, *, k: int, filters: Filters | None = None) -> SearchResult:
        """The `k` best passages, and how the text was read."""
        ...


class AdviceFunction(Protocol):
    """The search for recommendations: `Library.recommendations` is one, but for what it gives beside them."""

    def __call__(self, text: str, filters: Filters | None, k: int, /) -> Sequence[Recommendation]:
        """The `k` best recommendations."""
        ...


@dataclass(frozen=True)
class Corpus:
    """What answers and citations need of a knowledge base."""

    search: SearchFunction
    encoder: Encoder
    frequency: Callable[[str], int]
    """In how many passages an index term occurs."""
    passages: int
    documents: Sequence[Document] = field(default=())
    page_label: Callable[[str, int], str] | None = None
    """The printed label of a page, by document id and physical page number."""
    likeness: Likeness | None = None
    """Likeness of stored sentences (`stored_likeness`); without it found sentences are encoded again, which is slow."""

    reader: SentenceReader | None = None
    """Reads question and sentences together, for a second look at the best ones."""
    advice: AdviceFunction | None = None
    """Recommendations on a subject; without it questions for advice are answered as any other."""

    def idf(self, term: str) -> float:
        """How telling a term is: `log(1 + N / (1 + n))`; a term that occurs nowhere tells most."""
        return math.log(1 + self.passages / (1 + self.frequency(term)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a found passage, with its features (name -> 0 to 1) and its score."""

    hit: Hit
    index: int
    text: str
    spans: tuple[Span, ...]
    features: Mapping[str, float]
    score: float

    @property
    def key(self) -> tuple[str, int]:
        """What tells sentences apart."""
        return self.hit.passage.passage_id, self.index

    @property
    def place(self) -> tuple[str, int, int]:
        """Reading order: document, passage, sentence."""
        return self.hit.passage.document_id, self.hit.passage.position, self.index


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question that says something: its index terms (itself first), and how telling it is."""

    text: str
    terms: tuple[str, ...]
    idf: float
    occurs: bool
    """Whether a passage holds it, or a part of it."""

    def is_in(self, terms: frozenset[str]) -> bool:
        """Whether the word, or a part of it, is among `terms`."""
        return not terms.isdisjoint(self.terms)


class Wanted:
    """A text to find evidence for: its terms with weights, read the way the search read it.

    A part of a compound weighs as much as the whole word would, if it is as rare: at 0.4 of that the answers and
    verdicts over the sample corpus were worse (0.824 for 0.841 under the curve of `supported`).
    """

    def __init__(self, text: str, corpus: Corpus, reading: QueryReading | None = None) -> None:
        self.original = text
        self.text = corrected(text, reading)
        self.corpus = corpus
        self.weights: dict[str, float] = {}
        for word in words(self.text):
            whole = ASKING if normalise(word) in QUESTION_WORDS else 1.0
            for term, _ in word_terms(word):
                weight = whole * corpus.idf(term)
                self.weights[term] = max(weight, self.weights.get(term, 0.0))
        self.typed = frozenset(self.weights)
        self.asked = tuple(self._asked())
        for phrase in reading.expansions if reading else ():
            for word in words(phrase):
                for term, _ in word_terms(word):
                    weight = EXPANSION * corpus.idf(term)
                    self.weights.setdefault(term, weight)

    def _asked(self) -> Iterator[AskedWord]:
        for word in words(self.text):
            terms = tuple(term for term, _ in word_terms(word))
            if terms and normalise(word) not in QUESTION_WORDS:
                occurs = any(self.corpus.frequency(term) for term in terms)
                yield AskedWord(word, terms, self.corpus.idf(terms[0]), occurs)

    @cached_property
    def total(self) -> float:
        """Weight of all typed terms."""
        return sum(self.weights[term] for term in self.typed) or 1.0

    @cached_property
    def vector(self) -> Vectors:
        """`(d,)` unit vector of the text as a question."""
        return np.asarray(self.corpus.encoder.encode_queries([self.text])[0])

    def coverage(self, terms: frozenset[str]) -> float:
        """Share of the weight that `terms` hold; expansions may make up for what is missing, never exceed 1."""
        return min(1.0, sum(self.weights[term] for term in self.weights.keys() & terms) / self.total)


def rarest_missing(wanted: Wanted, terms: frozenset[str]) -> float:
    """How telling the most telling word is that `terms` lack: 0 to 1."""
    missing = [word.idf for word in wanted.asked if not word.is_in(terms)]
    return max(missing, default=0.0) / math.log(2 + wanted.corpus.passages)


def share_of(some: Sequence[AskedWord], of: Sequence[AskedWord]) -> float:
    """The share of what words tell that some of them tell."""
    total = sum(word.idf for word in of)
    return sum(word.idf for word in some) / total if total else 0.0


def corrected(text: str, reading: QueryReading | None) -> str:
    """The text with the words that the search put right."""
    for typed, searched in reading.corrections if reading else ():
        text = text.replace(typed, searched)
    return text


@lru_cache(maxsize=50_000)
def terms_of(text: str) -> frozenset[str]:
    """The index terms of a text, parts of compounds included."""
    return frozenset(term for word in words(text) for term, _ in word_terms(word))


def rank_sentences(
    wanted: Wanted,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    *,
    extra: Callable[[Hit, int, str], Mapping[str, float]] | None = None,
) -> list[Sentence]:
    """The sentences of `hits`, best first; equal scores in reading order.

    Args:
        wanted: the text to find evidence for.
        hits: passages found, best first.
        weights: weight of each feature.
        extra: further features of sentence `i` of a hit with its text, such as whether it holds what is asked for.

    """
    hits = [hit for hit in hits if hit.passage.kind.is_running_text and hit.passage.sentences]
    if not hits:
        return []
    likeness = wanted.corpus.likeness or encoded_likeness(wanted.corpus.encoder)
    alike = likeness(wanted.vector, [hit.passage for hit in hits])
    best = max(hit.score for hit in hits) or 1.0
    ranked = []
    for hit, of_sentences, of_passage in zip(hits, alike.sentences, alike.passages, strict=True):
        shared = _passage_features(wanted, hit, best, float(of_passage))
        texts = [hit.passage.text[start:end] for start, end in hit.passage.sentences]
        terms = [terms_of(text) for text in texts]
        for i, text in enumerate(texts):
            if _POINTS.match(text):
                continue
            features = {
                **shared,
                "cover": wanted.coverage(terms[i]),
                "near": wanted.coverage(frozenset().union(*terms[max(0, i - 1) : i + 2])),
                "likeness": float(of_sentences[i]) / LIKENESS_SCALE,
                "short": 1.0 if len(text.split()) < SHORT else 0.0,
                "asks": 1.0 if text.rstrip().endswith("?") else 0.0,
                **(extra(hit, i, text) if extra else {}),
            }
            score = sum(weights.get(name, 0.0) * value for name, value in features.items())
            ranked.append(Sentence(hit, i, text, hit.passage.sentence_spans(i), features, score))
    return sorted(ranked, key=lambda sentence: (-sentence.score, sentence.hit.rank, sentence.index))


def _passage_features(wanted: Wanted, hit: Hit, best: float, likeness: float) -> dict[str, float]:
    """The features that all sentences of a passage share."""
    passage = hit.passage
    return {
        "context": wanted.coverage(terms_of(f"{passage.embed_text} {hit.document.title}")),
        "heading": wanted.coverage(terms_of(" ".join((*passage.headings[-2:], passage.intro)))),
        "passage_likeness": likeness / LIKENESS_SCALE,
        "search": hit.score / best,
        "rank": 1 / math.sqrt(hit.rank),
    }


def cite(sentence: Sentence, corpus: Corpus, *, score: float | None = None) -> Citation:
    """The citation of a sentence: its own page, not that of its passage, and its words exactly as they stand there."""
    return cite_spans(sentence.hit, sentence.spans, sentence.text, corpus, sentence.score if score is None else score)


def cite_spans(hit: Hit, spans: tuple[Span, ...], quote: str, corpus: Corpus, score: float) -> Citation:
    """The citation of a part of a passage: `quote` is the text of `spans`."""
    passage, page = hit.passage, spans[0].page_number
    if page == passage.page_number:
        label = passage.page_label
    elif corpus.page_label:
        label = corpus.page_label(passage.document_id, page)
    else:
        label = _shifted(passage.page_label, page - passage.page_number)
    return Citation(hit.document, page, label, quote, spans, score, passage.passage_id)


def _shifted(label: str, pages: int) -> str:
    """The label of a page after the one labelled `label`; "" where that cannot be known."""
    return str(int(label) + pages) if label.isdigit() else ""
