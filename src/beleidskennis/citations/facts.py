"""What a sentence says besides its figures: negation, direction, quantity, actors and names; and how two differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from beleidskennis.citations.lexicon import (
    ACTOR_OF,
    ALL,
    AVERAGE,
    DIRECTIONS,
    FINITE,
    GOVERNMENTS,
    NEGATIONS,
    NO_NEGATION_AFTER,
    NO_NEGATION_BEFORE,
    SEPARABLE,
    SEPARATED,
    SOME,
    SOME_PHRASES,
)
from beleidskennis.citations.report import NOT_DENIED, Difference, Topic
from beleidskennis.dutch import numbers
from beleidskennis.dutch.lemmas import is_dutch, lemma
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import Token, fold, normalise, tokens

_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:maar|terwijl|omdat|zodat|want|hoewel|doordat|waardoor|mits|tenzij|indien|wanneer|die|dat|om|toen|nadat|voordat|zodra|en(?=\s+(?:daar|er|nergens)\b))\b",
    re.IGNORECASE,
)
_REACH = 7
"""Words on either side, within its clause, that a negation may deny."""
_BOTH = 0.6
"""Share of the shared terms that one of two denials must leave out: both deny something, but not the same."""
_NEARLY_ALL = 0.9
"""Share of the terms of a draft that its source holds from which on the two are the same sentence, but for a word."""
_REACH_OF_WITHOUT = 3
"""Words after "zonder" that it denies."""
_AVERAGE = tuple((re.compile(pattern, re.IGNORECASE), sign) for pattern, sign in AVERAGE)
_PARTITIVE = re.compile(
    r"\bvan de ([\d.]+|[a-zë]+)\b[^.;]{0,80}?\ber (?:maar |slechts )?([\d.]+|[a-zë]+)\b", re.IGNORECASE
)
_ATTRIBUTIVE = re.compile(r"(?:in|af|op|uit|voort|toe|terug|stop)ge\w+[dt]e$")
"""As in "de eerder ingevoerde heffing": it says what the levy is, not what happens to it."""
_FROM_TO = re.compile(r"\bvan\s+(?:\w+\s+)?([\d.,]+|[a-zé]+)\s*(?:\w+\s+)?naar\s+([\d.,]+|[a-zé]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says. Terms are index terms (lemmas, parts of compounds too)."""

    terms: frozenset[str]
    denied: frozenset[str]
    """Terms within reach of a negation."""
    negation: str
    """The first negation as written; "" if there is none."""
    directions: tuple[tuple[str, int, str, frozenset[str]], ...]
    """`(axis, sign, word as written, terms of its clause)`, a negation already taken into account."""
    everything: str
    """The word that says "all of it", if there is one."""
    something: str
    """The word that says "some of it", if there is one."""
    actors: tuple[tuple[str, str], ...]
    """`(actor, word as written)`."""
    names: tuple[str, ...]
    """Proper names and acronyms, the first word of a sentence left out unless it is an acronym."""


@lru_cache(maxsize=8192)
def read_facts(text: str) -> Facts:
    """The facts of a sentence or a few sentences."""
    words = tokens(text)
    denied, negation = _denied(text, words)
    directions = tuple(_directions(text, words, denied))
    lower = [normalise(word.text) for word in words]
    some = next((phrase for phrase in SOME_PHRASES if phrase in text.lower()), "") or _some_of(text)
    return Facts(
        terms=frozenset(term for word in words for term, _ in word_terms(word.text)),
        denied=denied,
        negation=negation,
        directions=directions,
        everything=next((word for word in lower if word in ALL), ""),
        something=some or next((word for word in lower if word in SOME), ""),
        actors=tuple((ACTOR_OF[lemma(word)], word) for word in lower if lemma(word) in ACTOR_OF),
        names=tuple(_names(text, words)),
    )


def _some_of(text: str) -> str:
    """A part of them as written, as in "van de 58 ... er 19"; "" if nothing of the kind is said."""
    for match in _PARTITIVE.finditer(text):
        whole, part = (numbers.read(group) for group in match.groups())
        if whole and part and part[0].value < whole[0].value:
            return f"{match[2]} van de {match[1]}"
    return ""


def _clauses(text: str, words: list[Token]) -> Iterator[list[Token]]:
    cuts = [match.start() for match in _CLAUSE.finditer(text)]
    clause: list[Token] = []
    for word in words:
        while cuts and cuts[0] <= word.start:
            cuts.pop(0)
            if clause:
                yield clause
            clause = []
        clause.append(word)
    if clause:
        yield clause


def _denied(text: str, words: list[Token]) -> tuple[frozenset[str], str]:
    denied: set[str] = set()
    first = ""
    for clause in _clauses(text, words):
        lower = [fold(word.text) for word in clause]  # "géén" and "niét" deny too
        for i, word in enumerate(lower):
            before, after = lower[i - 1] if i else "", lower[i + 1] if i + 1 < len(lower) else ""
            more = after in ("meer", "minder")  # "niet meer dan tien" denies nothing, "rijdt niet meer" does
            if more:
                after = "" if "dan" not in lower[i + 2 : i + 5] and word != "zonder" else "alleen"
            if word not in NEGATIONS or after in NO_NEGATION_BEFORE or before in NO_NEGATION_AFTER:
                continue
            first = first or clause[i].text
            back = 0 if word == "zonder" else _REACH  # "zonder auto vertrekken zij" does not deny that they leave
            reach = _REACH_OF_WITHOUT if word == "zonder" else _REACH
            for near in clause[max(0, i - back) : i + reach + 1]:
                denied.update(term for term, _ in word_terms(near.text))
    return frozenset(denied), first


def _directions(
    text: str, words: list[Token], denied: frozenset[str]
) -> Iterator[tuple[str, int, str, frozenset[str]]]:
    for clause in _clauses(text, words):
        about = frozenset(term for word in clause for term, _ in word_terms(word.text))
        lower = [normalise(word.text) for word in clause]
        lemmas = [lemma(word) for word in lower]
        for i, base in enumerate(lemmas):
            verb = FINITE.get(lower[i]) or (lower[i] if lower[i] in SEPARATED else base)
            whole = next((SEPARABLE[verb, after] for after in lower[i + 1 :] if (verb, after) in SEPARABLE), base)
            if i > 1 and lower[i - 1] == "te":  # "voort te zetten"
                whole = SEPARABLE.get((base, lower[i - 2])) or SEPARABLE.get((lower[i], lower[i - 2]), whole)
            found = DIRECTIONS.get(whole) or DIRECTIONS.get(lower[i])
            if found and not _ATTRIBUTIVE.match(lower[i]):
                flipped = any(term in denied for term, _ in word_terms(clause[i].text))
                word = clause[i].text if whole == base else whole
                own = {term for term, _ in word_terms(clause[i].text)}
                yield found[0], -found[1] if flipped else found[1], word, about - own
        said = text[clause[0].start : clause[-1].end]
        for pattern, sign in _AVERAGE:
            if match := pattern.search(said):
                own = {term for word in tokens(match[0]) for term, _ in word_terms(word.text)}
                yield "vergelijking", sign, match[0], about - own


def _names(text: str, words: list[Token]) -> Iterator[str]:
    starts = {0} | {match.end() for match in re.finditer(r"[.!?:]\s+|[‘'\"“«]", text)}
    for word in words:
        is_acronym = len(word.text) > 1 and sum(letter.isupper() for letter in word.text) > 1
        if is_acronym or (word.text[0].isupper() and word.start not in starts and len(word.text) > 2):
            yield word.text


def compare_facts(draft: str, source: str, *, context: str = "") -> tuple[Difference, ...]:
    """What a draft sentence and its source do not say alike, figures left out.

    Args:
        draft: the draft sentence.
        source: the sentence or sentences that speak of the same.
        context: passage, headings, title and publisher around the source: names and actors may stand there.

    """
    mine, theirs = read_facts(draft), read_facts(source)
    around = fold(f"{source} {context}")
    found = [
        _negation(mine, theirs),
        _direction(mine, theirs) or _turned_round(draft, source) or _prefixed(mine, theirs),
        _quantifier(mine, theirs),
        _actor(mine, theirs, context),
    ]
    differences = [difference for difference in found if difference]
    for name in dict.fromkeys(mine.names):
        stem = fold(name).removesuffix("'s").removesuffix("se")
        stem = stem[:-1] if len(stem) > 5 and stem[-1] in "aeiou" else stem  # "Europa", "Europese"
        if stem not in around and not any(term in around for term, _ in word_terms(name)):
            whole = re.search(rf"(?<=\w )[A-Z]\w+ {re.escape(name)}(?!\w)", draft)  # "Den Haag", not "Haag"
            differences.append(Difference(Topic.NAME, whole[0] if whole else name))
    return tuple(dict.fromkeys(differences))


def _negation(mine: Facts, theirs: Facts) -> Difference | None:
    """A term that both hold, denied in one of them only; most of what is denied must be shared."""
    if not mine.negation and not theirs.negation:
        return None
    shared = mine.terms & theirs.terms
    denied = (mine.denied ^ theirs.denied) & shared
    both = mine.negation and theirs.negation
    without = "zonder" in (mine.negation.lower(), theirs.negation.lower())  # its reach is a guess
    if not both and not without and denied and len(shared) >= _NEARLY_ALL * len(mine.terms):
        pass  # nearly the same words: then one that is denied in one of them only makes the difference
    elif len(denied) < 2 or len(denied) < (_BOTH if both else 0.34) * len(shared):
        return None
    return Difference(Topic.NEGATION, mine.negation or NOT_DENIED, theirs.negation or NOT_DENIED)


def _direction(mine: Facts, theirs: Facts) -> Difference | None:
    """A direction that the clause of the source on the same subject has the other way round."""
    for axis, sign, word, about in mine.directions:
        if {s for name, s, _, _ in mine.directions if name == axis} != {sign}:
            continue
        rivals = [(len(about & terms), s, other) for name, s, other, terms in theirs.directions if name == axis]
        if not rivals:
            continue
        shared, _, _ = nearest = max(rivals, key=lambda rival: rival[0])
        signs = {s for count, s, _ in rivals if count == shared}
        if signs == {-sign} and (shared or len(rivals) == 1):
            return Difference(Topic.DIRECTION, word, nearest[2])
    return None


def _turned_round(draft: str, source: str) -> Difference | None:
    """A change told the other way round: "van 9 naar 13" where the source says "van 13 naar 9"."""
    there = {(match[1].strip(".,"), match[2].strip(".,")) for match in _FROM_TO.finditer(source.lower())}
    for match in _FROM_TO.finditer(draft.lower()):
        pair = match[1].strip(".,"), match[2].strip(".,")
        if pair[::-1] in there and pair not in there:
            return Difference(Topic.DIRECTION, match[0], f"van {pair[1]} naar {pair[0]}")
    return None


def _prefixed(mine: Facts, theirs: Facts) -> Difference | None:
    """A word and its opposite in "on-" ("onbelangrijk", "belangrijk"), one in each text, neither of them denied."""
    for ours, other in ((mine, theirs), (theirs, mine)):
        for term in sorted(ours.terms - other.terms):
            base = term.removeprefix("on")
            if len(base) < 5 or base == term or base not in other.terms or base in ours.terms:
                continue
            if term not in ours.denied and base not in other.denied and is_dutch(base):
                pair = (term, base) if ours is mine else (base, term)
                return Difference(Topic.DIRECTION, *pair)
    return None


def _quantifier(mine: Facts, theirs: Facts) -> Difference | None:
    if mine.everything and theirs.something and not theirs.everything:
        return Difference(Topic.QUANTIFIER, mine.everything, theirs.something)
    if mine.something and theirs.everything and not mine.everything and not theirs.something:
        return Difference(Topic.QUANTIFIER, mine.something, theirs.everything)
    return None


def _actor(mine: Facts, theirs: Facts, context: str) -> Difference | None:
    ours = {actor: word for actor, word in mine.actors if actor in GOVERNMENTS}
    other = {actor: word for actor, word in theirs.actors if actor in GOVERNMENTS}
    around = {actor for actor, _ in read_facts(context).actors}
    if not ours or not other or ours.keys() & (other.keys() | around):
        return None
    return Difference(Topic.ADDRESSEE, next(iter(ours.values())), next(iter(other.values())))
