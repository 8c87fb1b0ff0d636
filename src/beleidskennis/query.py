"""Reads a question as it is typed into weighted search terms, and says how it was read.

What can be typed: words; "an exact phrase"; -excluded words and -"excluded phrases"; `titel:`, `uitgever:`, `soort:`
and `jaar:` before a word, a "phrase" or (`jaar:2015-2020`) a range. A word is searched for as its lemma and, at a
lower weight, as the parts of the compound that it is. Acronyms find their full forms and the other way round; concepts
find their synonyms at a lower weight; a word that neither the corpus nor a dictionary knows is put right by edit
distance. All of it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from beleidskennis.dutch import language
from beleidskennis.dutch.acronyms import Acronyms
from beleidskennis.dutch.cognates import cognates
from beleidskennis.dutch.lemmas import is_dutch, is_known, lemma, lemma_english
from beleidskennis.dutch.spelling import Spelling
from beleidskennis.dutch.stopwords import QUESTION_WORDS
from beleidskennis.dutch.terms import Kind, quantity_terms, word_terms
from beleidskennis.dutch.words import normalise, tokens, words
from beleidskennis.errors import QueryError
from beleidskennis.model import QueryReading

FIELDS = ("titel", "uitgever", "soort", "jaar")
Expand = Callable[[str, str], Mapping[str, float]]
"""`(text of the question, its language)` to related Dutch terms or phrases with a weight of 0 to 1."""


@dataclass(frozen=True, slots=True)
class QueryWeights:
    """How much a term of a question counts, beside 1 for a word as typed. Chosen by `benchmarks/lexical_grid.py`."""

    part: float = 0.55
    root: float = 0.6
    expansion: float = 0.6
    acronym: float = 0.8
    cognate: float = 0.5
    question_word: float = 0.2

    def of(self, kind: Kind) -> float:
        """The weight of a term of that kind."""
        return 1.0 if kind == "word" else self.part if kind == "part" else self.root


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question, read. `weights` go to the lexical index; `semantic_text` to the encoder."""

    text: str
    semantic_text: str
    weights: Mapping[str, float]
    typed_terms: frozenset[str]
    """Terms of the words as typed (or put right), parts of compounds included; not those of expansions."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of `titel`, `uitgever`, `soort`, `jaar` what must be in it; a year is "2015" or "2015-2020"."""
    language: str = "nl"
    reading: QueryReading = field(default_factory=lambda: QueryReading(""))


_PART = re.compile(
    rf'(?:(?P<field>{"|".join(FIELDS)}):\s*|(?P<minus>(?<!\S)-))?(?:["“”„](?P<phrase>[^"“”„]+)["“”„]|(?P<word>[^\s"“”„]+))',
    re.IGNORECASE,
)


def read_query(
    text: str,
    *,
    spelling: Spelling | None = None,
    acronyms: Mapping[str, str] | None = None,
    expand: Expand | None = None,
    weights: QueryWeights | None = None,
) -> ParsedQuery:
    """Reads the question `text`.

    `spelling` holds the words of the corpus; `acronyms` maps acronyms of the corpus to their full forms; `expand`
    gives related terms. Each is left out of the reading if it is None.

    Raises:
        QueryError: there is nothing to search for.

    """
    weights = weights or QueryWeights()
    plain, phrases, excluded, fields = _take_apart(text)
    plain, corrections = _put_right(plain, spelling)
    searched = " ".join([plain, *phrases]).strip()
    found = language.detect(searched) or "nl"
    typed = _typed_weights(searched, weights)
    if not typed and not fields and not phrases:
        raise _nothing(text, excluded)
    known = acronyms if isinstance(acronyms, Acronyms) else Acronyms(acronyms or {})
    extra, expansions = _related(searched, found, typed, known, expand, weights)
    merged = dict(extra)
    for term, weight in typed.items():
        merged[term] = max(weight, merged.get(term, 0.0))
    shown = tuple(dict.fromkeys(lemma(word) for word in words(searched) if word_terms(word)))
    reading = QueryReading(text, shown, corrections, expansions, phrases, excluded)
    return ParsedQuery(text, searched or text, merged, frozenset(typed), phrases, excluded, fields, found, reading)


def _take_apart(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], dict[str, tuple[str, ...]]]:
    """`(plain words, phrases, excluded, fields)`."""
    plain: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    fields: dict[str, tuple[str, ...]] = {}
    for match in _PART.finditer(text):
        content = (match.group("phrase") or match.group("word")).strip()
        if match.group("field"):
            name = match.group("field").lower()
            fields[name] = (*fields.get(name, ()), content)
        elif match.group("minus"):
            excluded.append(content)
        elif match.group("phrase"):
            phrases.append(content)
        else:
            plain.append(content)
    return " ".join(plain), tuple(phrases), tuple(excluded), fields


def _put_right(text: str, spelling: Spelling | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with misspelt words put right, and `(typed, searched)` of each."""
    if spelling is None:
        return text, ()
    corrections = []
    pieces, last = [], 0
    is_english = language.detect(text) == "en"
    for token in tokens(text):
        word = normalise(token.text)
        if word in spelling or is_dutch(word) or (is_english and is_known(word)):
            continue
        # In a Dutch question an English word may be meant, or be a slip of the pen: "belied" for "beleid".
        better = spelling.suggest(word, surely=is_known(word))
        if better and better != word:
            corrections.append((token.text, better))
            pieces += [text[last : token.start], better]
            last = token.end
    return "".join([*pieces, text[last:]]), tuple(corrections)


def _typed_weights(text: str, weights: QueryWeights) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in words(text):
        whole = weights.question_word if normalise(word) in QUESTION_WORDS else 1.0
        for term, kind in word_terms(word):
            weight = whole * weights.of(kind)
            found[term] = max(weight, found.get(term, 0.0))
    return found | dict.fromkeys(quantity_terms(text), 1.0)


def _related(
    text: str,
    found_language: str,
    typed: Mapping[str, float],
    acronyms: Acronyms,
    expand: Expand | None,
    weights: QueryWeights,
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Terms that are not typed, with their weight, and the expansions as they are shown."""
    extra: dict[str, float] = {}
    shown: list[str] = []
    for phrase in acronyms.partners(text):
        shown.append(phrase)
        _add_phrase(extra, phrase, weights.acronym, weights)
    if found_language == "en":
        for word in words(text):
            for form in cognates(lemma_english(word)) if word_terms(word) else ():
                shown.append(form)
                _add_phrase(extra, form, weights.cognate, weights)
    if expand is not None:
        for phrase, strength in expand(text, found_language).items():
            if phrase not in typed and phrase not in shown:
                shown.append(phrase)
                _add_phrase(extra, phrase, weights.expansion * strength, weights)
    return extra, tuple(shown)


def _add_phrase(extra: dict[str, float], phrase: str, weight: float, weights: QueryWeights) -> None:
    """The terms of a related phrase; several words share its weight, so that a long synonym does not outweigh."""
    wholes = [terms for word in words(phrase) if (terms := word_terms(word))]
    for terms in wholes:
        for term, kind in terms:
            share = weight / len(wholes) * weights.of(kind)
            extra[term] = max(share, extra.get(term, 0.0))


def _nothing(text: str, excluded: Sequence[str]) -> QueryError:
    if excluded:
        return QueryError(
            "De zoekvraag noemt alleen woorden die er niet in mogen staan.", "Typ ook een woord om naar te zoeken."
        )
    if text.strip():
        message = f"In '{text.strip()}' staat geen woord om op te zoeken."
        return QueryError(message, "Typ een onderwerp, bijvoorbeeld: arbeidsmarkt jongeren.")
    return QueryError("De zoekvraag is leeg.", "Typ een of meer woorden, bijvoorbeeld: arbeidsmarkt jongeren.")
