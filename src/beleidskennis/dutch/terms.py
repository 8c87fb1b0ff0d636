"""What a text is searched by: the weighted index terms of its words.

A term is a lemma ("beleid"), a part of a compound (the same form: "beleid" of "arbeidsmarktbeleid"), a word that it is
derived from ("duurzaam" of "verduurzaming"), both at a lower weight, or a quantity in one
notation for all its spellings ("=15 procent", see `quantity_terms`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from beleidskennis.dutch import numbers
from beleidskennis.dutch.compounds import split
from beleidskennis.dutch.derivation import roots
from beleidskennis.dutch.lemmas import lemma, stem
from beleidskennis.dutch.stopwords import ENGLISH_STOPWORDS, STOPWORDS
from beleidskennis.dutch.words import fold, normalise, words

Kind = Literal["word", "part", "root"]
"""How a term comes from a word: the word itself, a part of a compound, or what it is derived from."""
_HAS_QUANTITY = re.compile(r"[€%]|euro|EUR\b|procent|percent").search
STOP = STOPWORDS | (ENGLISH_STOPWORDS - {"board", "policy"})


@dataclass(frozen=True, slots=True)
class TermWeights:
    """How much an occurrence counts, beside 1 for the whole word. Chosen by `benchmarks/lexical_grid.py`."""

    part: float = 0.5
    """A part of a compound, and the compound that a hyphen takes apart."""
    root: float = 0.3
    """A word that it is derived from."""
    heading: float = 0.5
    """A word of the heading path or of the intro of a list."""
    document: float = 0.3
    """A word of the title or the publisher of the document: who advises is seldom named on the page that does."""
    quantity: float = 1.0
    """An amount or percentage as one term."""

    def of(self, kind: Kind) -> float:
        """The weight of a term of that kind."""
        return 1.0 if kind == "word" else self.part if kind == "part" else self.root


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[tuple[str, Kind], ...]:
    """`(term, kind)` of one word as written; the whole word first. Empty for a stop word."""
    base = normalise(word)
    if base in STOP or (len(base) == 1 and not base.isdigit()):
        return ()
    whole = lemma(base)
    if whole in STOP:
        return ()
    found: dict[str, Kind] = {fold(stem(whole)): "word"}
    for part in _parts(whole):
        _add(found, part, "part")
    for root in roots(whole):
        _add(found, root, "root")
    return tuple(found.items())


def _add(found: dict[str, Kind], word: str, kind: Kind) -> None:
    if word not in STOP and len(word) > 1:
        found.setdefault(fold(stem(word)), kind)
        for root in roots(word) if kind == "part" else ():
            found.setdefault(fold(stem(root)), "root")


def _parts(word: str) -> Iterable[str]:
    """Parts of a compound at every depth, as lemmas; of a hyphenated word also the word without hyphens."""
    if "-" in word:
        yield word.replace("-", "")
        pieces: Iterable[str] = word.split("-")
    elif "'" in word:
        pieces = [word.partition("'")[0]]
    else:
        pieces = split(word)
        if len(pieces) == 1:
            return
    for piece in pieces:
        base = lemma(piece)
        yield base
        yield from _parts(base)


def quantity_terms(text: str) -> list[str]:
    """Amounts and percentages, one term for all spellings: "15%" and "15 procent" give "=15 procent"."""
    if not _HAS_QUANTITY(text):
        return []
    found = numbers.read(text)
    return [f"={quantity.value:.10g} {quantity.unit}" for quantity in found if quantity.unit in ("euro", "procent")]


def text_terms(text: str, weights: TermWeights | None = None) -> dict[str, float]:
    """Terms of `text` with their summed weight (a weighted term frequency)."""
    weights = weights or TermWeights()
    found: dict[str, float] = {}
    for word in words(text):
        for term, kind in word_terms(word):
            found[term] = found.get(term, 0.0) + weights.of(kind)
    if weights.quantity:
        for term in quantity_terms(text):
            found[term] = found.get(term, 0.0) + weights.quantity
    return found


@lru_cache(maxsize=200_000)
def _term_set(word: str) -> frozenset[str]:
    return frozenset(term for term, _ in word_terms(word))


class WordsHolding(dict[str, bool]):
    """Whether a word, as written, holds one of `terms`; found out once for each word.

    With `words.tokens_where` it gives the words that are highlighted in a hit.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__()
        self._terms = frozenset(terms)

    def __missing__(self, word: str) -> bool:
        self[word] = found = not self._terms.isdisjoint(_term_set(word))
        return found
