"""A light reading of a Dutch sentence: its words, its imperatives, and which verbs stand in a main clause.

No parser: Dutch marks clauses clearly enough with subordinators, commas and the place of the finite verb for what the
rules in `explicit`, `implicit` and `counter` have to know. Knows nothing of recommendations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.dutch import numbers
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.stopwords import STOPWORDS

_MARK = re.compile(r"^\s*(?:[-–—•■▪●◆►*·]+|\(?(?:\d{1,2}|[a-z])[.)]|[ivx]{1,4}[.)])\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_TOKEN = re.compile(r"[^\W_][\w'&/+-]*|[.,;:!?…–—()]", re.UNICODE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": None, "\xa0": " ", "‑": "-", "é": "é"})

SUBORDINATORS = frozenset(
    """
    hoeveel waarom hoelang die dat omdat zodat doordat opdat waardoor waarbij waarin waarmee waarop waarvoor
    waarvan waarover waaruit waarna waaronder waaraan waar als wanneer indien terwijl of hoe wat wie welke welk
    hoewel aangezien nadat voordat totdat mits tenzij zoals sinds hetgeen wiens wier naarmate alsof
    """.split()
)
"""Words that open a clause with its verbs at the end."""

_FINITE = frozenset(
    """
    is was waren wordt werd werden heeft had hadden kan kunnen kon konden moet moeten moest moesten mag mogen
    zal zullen zou zouden wil wilde dient blijft blijkt gaat staat ligt geeft biedt laat toont wijst vormt
    speelt vraagt komt maakt leidt draagt zorgt neemt doet zet betekent vereist vergt heet lijkt hoort behoort
    verdient stelt
    """.split()
)
_PLURALS = frozenset(
    """
    zijn worden hebben blijven vormen liggen spelen dienen bieden staan
    """.split()
)
"""Finite where they are neither after "te" nor last in their clause."""

_NOT_IMPERATIVE = frozenset(
    """ raad board zie lees klik download bel mail bron vergelijk dank noot tel vind heet ben heb was is wil mag zal
    kan moet weet kom word staat leef fig best lid rond vast vrij waar dicht zat bleek eis hof loop blijk
    """.split()
)
"""Stems that open a sentence without asking anything: references, auxiliaries, and adjectives with a verb's form."""

_IRREGULAR = {"ga": "gaan", "doe": "doen", "sta": "staan", "wees": "zijn", "zie": "zien", "creëer": "creëren",
              "evalueer": "evalueren", "plan": "plannen", "laat": "laten", "los": "lossen",
              "differentieer": "differentiëren", "financier": "financieren", "sla": "slaan"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the rules read it.

    `text` is the sentence without list marks; `lower` is it in lower case, with straight quotes, single spaces and
    without what stands in brackets; `tokens` are the words and punctuation marks of `lower`.
    """

    text: str
    lower: str
    tokens: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens that are words."""
        return tuple(token for token in self.tokens if token[0].isalnum())


def read_sentence(text: str) -> Sentence:
    """Read `text`: one sentence or list item, verbatim."""
    plain = " ".join(_MARK.sub("", text).translate(_QUOTES).split())
    lower = _BRACKETS.sub("", plain).lower()
    return Sentence(plain, lower, tokens_of(lower))


def tokens_of(lower: str) -> tuple[str, ...]:
    """The words and punctuation marks of a text in lower case."""
    return tuple(_TOKEN.findall(lower))


@lru_cache(maxsize=65536)
def infinitive_of_stem(word: str) -> str:
    """The infinitive if `word` can be the stem of a verb ("versterk" -> "versterken"), else "".

    The lemma table is asked for the third person (stem + t), which nouns and adjectives do not have.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 3 or not word.isalpha() or numbers.written(word) is not None:
        return ""
    if word.endswith("en"):
        return word + "en" if lemma(word + "t") == word + "en" else ""
    third = word if word[-1] == "t" else word + "t"
    infinitive = lemma(third)
    if infinitive == word and lemma(word + "te") == word + "en":
        return word + "en"
    if not infinitive.endswith("n") or infinitive in (word, third):
        return ""
    return infinitive if _stem_fits(word, infinitive) else ""


def _stem_fits(stem: str, infinitive: str) -> bool:
    """Whether `stem` is what Dutch spelling makes of `infinitive` without its ending."""
    base = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    if base.endswith("ë"):
        base = base[:-1] + "e"
    forms = {base, infinitive[:-1]}
    if len(base) > 2 and base[-1] == base[-2]:
        forms.add(base[:-1])
    if len(base) > 1 and base[-1] not in "aeiou" and base[-2] in "aeou":
        forms.add(base[:-1] + base[-2] + base[-1])
    hardened = {form[:-1] + {"v": "f", "z": "s"}[form[-1]] for form in forms if form and form[-1] in "vz"}
    return stem in forms | hardened


@lru_cache(maxsize=65536)
def is_finite(word: str) -> bool:
    """Whether `word` looks like a finite verb of the present or past third person."""
    if word in _FINITE:
        return True
    if len(word) < 4 or not word.endswith("t") or word.startswith("ge") or not word.isalpha():
        return False
    infinitive = lemma(word)
    return infinitive.endswith("en") and infinitive != word and _stem_fits(word[:-1], infinitive)


def in_subordinate(tokens: tuple[str, ...], index: int) -> bool:
    """Whether the verb `tokens[index]` stands in a subordinate clause.

    Walks back to the nearest subordinator. The verb is in a main clause all the same where the clause of that
    subordinator already has its finite verb ("wie wil bouwen moet ..."), where a comma stands directly before the verb,
    and where the subordinator is something else: "Dat moet", "Als basis moet".
    """
    if index and tokens[index - 1] in (",", "dan", "en", ")"):
        return False
    for place in range(index - 1, -1, -1):
        token = tokens[place]
        if token in (";", ":", ".", "!", "?", "–", "—"):
            return False
        if is_finite(token) and token != "zijn":
            return False
        if token in SUBORDINATORS and _subordinates(tokens, place, index):
            return True
    return False


def _subordinates(tokens: tuple[str, ...], place: int, index: int) -> bool:
    """Whether the subordinator at `place` really opens a clause that holds the verb at `index`."""
    token = tokens[place]
    if place == 0:
        return not (index == 1 or (token == "als" and index <= 3))
    if token in ("als", "wie", "wat", "zoals"):
        return tokens[place - 1] == ","
    if token == "of":
        return tokens[place - 1] == "," or is_finite(tokens[place - 1]) or tokens[place - 1].endswith("en")
    return True


def imperative(sentence: Sentence) -> str:
    """The infinitive of the imperative that opens the sentence or a part of it after ";" or ":", else ""."""
    starts = [0] + [i + 1 for i, token in enumerate(sentence.tokens[:-1]) if token in (";", ":") and i > 1]
    for start in starts:
        found = imperative_at(sentence.tokens[start:])
        if found:
            return found
    return ""


def imperative_at(tokens: tuple[str, ...]) -> str:
    """The infinitive of the imperative that is the first of `tokens`, else ""."""
    if len(tokens) < 3:
        return ""
    first, second = tokens[0], tokens[1]
    infinitive = infinitive_of_stem(first)
    if first in STOPWORDS and first not in ("laat", "doe"):
        return ""
    if not infinitive or first in _NOT_IMPERATIVE or is_finite(second):
        return ""
    if not second[0].isalpha() and (lemma(first) == first and tokens[-1] != "."):
        return ""
    if has_finite(_until_subordinator(tokens)):
        return ""
    if second == "en":
        return infinitive if infinitive_of_stem(tokens[2]) and tokens[2] not in _NOT_IMPERATIVE else ""
    if lemma(first) == first and (second in _AFTER_NOUN or len(tokens) < 4 or tokens[-1] not in (".", ";", "!", ":")):
        return "" if second not in STOPWORDS or second in _AFTER_NOUN else infinitive
    return infinitive


def has_finite(clause: tuple[str, ...]) -> bool:
    """Whether a finite verb follows the first word; a second imperative after "en" or a comma is none."""
    for place in range(1, len(clause)):
        token, before = clause[place], clause[place - 1]
        following = clause[place + 1] if place + 1 < len(clause) else "."
        if token not in _FINITE and before in _BEFORE_ADJECTIVE:
            continue
        if is_finite(token) and not (before in ("en", ",", ";") and infinitive_of_stem(token)):
            return True
        if token in _PLURALS and before != "te" and following[0].isalnum() and following != "van":
            return token != "zijn" or following not in ("eigen",)
    return False


_AFTER_NOUN = frozenset(
    """
    van naar vanuit tussen per buiten en uit onder
    """.split()
)
"""What follows a noun that has the form of a stem ("Onderzoek naar ...", "Zorg vanuit ...")."""
_BEFORE_ADJECTIVE = frozenset(
    """
    een de het geen dit dat zeer meer minder elk ieder zo
    """.split()
)
"""What stands before a participle that is an adjective ("een beperkt aantal"), not a verb."""


def _until_subordinator(tokens: tuple[str, ...]) -> tuple[str, ...]:
    for place, token in enumerate(tokens):
        if place and (token in SUBORDINATORS or token in (";", ":", ".")):
            return tokens[:place]
    return tokens


def split_verb(tokens: tuple[str, ...], infinitive: str) -> str:
    """The full verb where its first part stands at the end of the clause ("zet ... in" -> "inzetten")."""
    clause = _until_subordinator(tokens)
    for place, token in enumerate(clause[1:], start=1):
        following = clause[place + 1] if place + 1 < len(clause) else ""
        particle = token in _PARTICLES and (not following or following in ".,;" or following in _PREPOSITIONS)
        if particle and lemma(token + infinitive) == token + infinitive and _known_verb(token + infinitive):
            return token + infinitive
    return infinitive


_PARTICLES = frozenset(
    """
    in op aan af uit voor mee toe door om over bij na terug samen vast neer weg los open vrij aaneen tegen klaar rond
    """.split()
)
_PREPOSITIONS = frozenset(
    """
    op aan voor van met in bij tot uit naar door over om tussen binnen onder
    """.split()
)


@lru_cache(maxsize=8192)
def _known_verb(infinitive: str) -> bool:
    """Whether the lemma table knows a third person of `infinitive` as one word ("inzet")."""
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive
    candidates = {stem + "t", stem[:-1] + "t" if stem[-1:] == stem[-2:-1] else stem + "t"}
    vowels = [stem[:-1] + stem[-2] + stem[-1] + "t"] if len(stem) > 2 and stem[-2] in "aeou" else []
    return any(lemma(form) == infinitive for form in [*candidates, *vowels, stem[:-1] if stem[-1:] == "t" else stem])


@lru_cache(maxsize=16384)
def is_verb(infinitive: str) -> bool:
    """Whether a participle or third person leads back to `infinitive`."""
    stem = infinitive[:-2]
    return any(
        lemma(form) == infinitive
        for form in (stem + "t", "ge" + stem + "d", "ge" + stem + "t", stem + "d", _long(stem) + "t", stem[:-1] + "t")
    )


def _long(stem: str) -> str:
    """The stem with its vowel doubled, as Dutch spelling wants in a closed syllable ("mak" -> "maak")."""
    return stem[:-1] + stem[-2] + stem[-1] if len(stem) > 2 and stem[-2] in "aeou" and stem[-1] not in "aeiou" else stem


@lru_cache(maxsize=16384)
def infinitive_of_participle(word: str) -> str:
    """The infinitive of a past participle ("gekoppeld" -> "koppelen", "vereenvoudigd" -> "vereenvoudigen"), else ""."""
    split = re.match(
        r"(in|uit|op|aan|af|door|over|mee|toe|bij|na|om|vast|samen|terug|weg|vrij|voor|neer)(ge\w{3,})$", word
    )
    if split:
        inner = infinitive_of_participle(split[2])
        return split[1] + inner if inner else ""
    infinitive = lemma(word)
    if infinitive == word and word[-1:] in ("d", "t") and not word.startswith("ge"):
        infinitive = word[:-1] + "en"
        if lemma(infinitive) != infinitive:
            return ""
        return infinitive if lemma(word[:-1] + "t") == infinitive else ""
    return infinitive if infinitive != word and infinitive.endswith("en") and is_verb(infinitive) else ""
