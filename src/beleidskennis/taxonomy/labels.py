"""Finds the labels of concepts in a text: on lemmas, inside compounds, with wildcards; overlaps included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from beleidskennis.dutch import compounds, lemmas, words

MIN_PART = 5
"""Shortest label (in letters) that is looked for inside compounds: "werk" would be found in "netwerk"."""

EDGE = 3
"""Letters by which labels with a `*` are filed."""
MEMO_SIZE = 50_000
"""Words of which a table remembers the wildcard labels: about 10 MB, more than the words of most corpora."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word of a text as labels are compared with it: as written (lower case), its lemma, the parts of a compound."""

    text: str
    lemma: str
    parts: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Label number `label` (position in the table) on words `first` to `last` (half open) of a text."""

    label: int
    first: int
    last: int
    inside: bool = False
    """Found as a part of a longer word."""


def keys(label: str, language: str = "nl") -> tuple[str, ...]:
    """The words of a label in the form in which they are filed: lemmas; a word with a `*` stays as it is written."""
    lemma = _lemma if language != "en" else _lemma_english
    found: list[str] = []
    for raw in label.split():
        if "*" in raw:
            found.append(words.fold(raw))
        else:
            found.extend(lemma(word) for word in words.words(raw))
    return tuple(found)


@lru_cache(maxsize=128)
def forms(text: str) -> tuple[Form, ...]:
    """The words of a text, ready to be compared; kept a while, for the schemes ask for the same text in turn."""
    return tuple(Form(*_analyse(token.text), token.start, token.end) for token in words.tokens(text))


@lru_cache(maxsize=100_000)
def _analyse(word: str) -> tuple[str, str, tuple[str, ...]]:
    folded, lemma = words.fold(word), _lemma(word)
    pieces: Iterable[str] = folded.split("-") if "-" in folded else compounds.split_fully(folded)
    parts = tuple(dict.fromkeys(_lemma(piece) for piece in pieces if len(piece) >= MIN_PART))
    return folded, lemma, tuple(part for part in parts if part not in (folded, lemma))


def _lemma(word: str) -> str:
    return words.fold(lemmas.lemma(word))


def _lemma_english(word: str) -> str:
    return words.fold(lemmas.lemma_english(word))


@dataclass(frozen=True, slots=True)
class LabelTable:
    """Labels filed by their words. Build with `label_table`; `find` gives every label in a text."""

    labels: tuple[tuple[str, ...], ...]
    by_word: Mapping[str, tuple[int, ...]]
    """First word to label numbers, longest first."""
    wildcards: Mapping[str, tuple[tuple[str, int], ...]]
    """First words with a `*`, with their label numbers, by `_edge`: few are looked at for a word."""
    memo: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Words seen before, with the wildcard labels that begin there."""

    def find(self, text_forms: Sequence[Form]) -> list[Found]:
        """Every label in the text, overlaps included, in order of place."""
        found = []
        for position, form in enumerate(text_forms):
            for label in self._starting(form):
                if self._fits(label, text_forms, position):
                    found.append(Found(label, position, position + len(self.labels[label])))
            for part in form.parts:
                found.extend(
                    Found(label, position, position + 1, inside=True)
                    for label in self.by_word.get(part, ())
                    if len(self.labels[label]) == 1
                )
        return found

    def _starting(self, form: Form) -> Iterable[int]:
        wild = self.memo.get(form.text)
        if wild is None:
            if len(self.memo) > MEMO_SIZE:
                self.memo.clear()
            edges = dict.fromkeys(("", form.text[:EDGE] + "*", "*" + form.text[-EDGE:], "*" + form.lemma[-EDGE:]))
            near = [one for edge in edges for one in self.wildcards.get(edge, ())]
            wild = tuple(sorted(number for pattern, number in near if _fits_word(pattern, form)))
            self.memo[form.text] = wild
        filed = self.by_word.get(form.lemma, ())
        if form.text != form.lemma:
            filed = tuple(dict.fromkeys((*filed, *self.by_word.get(form.text, ()))))
        return (*filed, *wild)

    def _fits(self, label: int, text_forms: Sequence[Form], position: int) -> bool:
        pattern = self.labels[label]
        if position + len(pattern) > len(text_forms):
            return False
        return all(_fits_word(word, text_forms[position + offset]) for offset, word in enumerate(pattern))


def _fits_word(pattern: str, form: Form) -> bool:
    if "*" not in pattern:
        return pattern in (form.lemma, form.text)
    stem = pattern.strip("*")
    if pattern.startswith("*"):
        return form.text.endswith(stem) or form.lemma.endswith(stem)
    return form.text.startswith(stem)


def _edge(pattern: str) -> str:
    """The first or last letters that a word must have to fit a pattern with a `*`; empty if any word may."""
    stem = pattern.strip("*")
    if len(stem) < EDGE:
        return ""
    return "*" + stem[-EDGE:] if pattern.startswith("*") else stem[:EDGE] + "*"


def label_table(labels: Sequence[tuple[str, ...]]) -> LabelTable:
    """Files labels (each a tuple of `keys`) for finding."""
    by_word: dict[str, list[int]] = {}
    wildcards: dict[str, list[tuple[str, int]]] = {}
    for number, pattern in enumerate(labels):
        if not pattern:
            continue
        if "*" in pattern[0]:
            wildcards.setdefault(_edge(pattern[0]), []).append((pattern[0], number))
        else:
            by_word.setdefault(pattern[0], []).append(number)
    ordered = {word: tuple(sorted(numbers, key=lambda n: -len(labels[n]))) for word, numbers in by_word.items()}
    return LabelTable(tuple(labels), ordered, {edge: tuple(found) for edge, found in wildcards.items()})
