"""Where two recommendations about the same thing pull apart, with the words that show it.

Four kinds: another direction (raise against lower, yes against no), another number for the same quantity, another
deadline, another addressee. Only words are compared, so each is a suggestion to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.comparison.terms import content, terms_of_word, whole_words
from beleidskennis.dutch import numbers
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.numbers import Quantity
from beleidskennis.dutch.stopwords import STOPWORDS
from beleidskennis.model import LabelSource, Recommendation

DIRECTION, NUMBER, DEADLINE, ADDRESSEE = "richting", "getal", "termijn", "geadresseerde"

_OPPOSITES = (
    ("verhogen verhoging ophogen optrekken", "verlagen verlaging terugbrengen"),
    (
        "uitbreiden uitbreiding vergroten vergroting verruimen verruiming",
        "inkrimpen inkrimping afbouwen afbouw verkleinen beperken beperking begrenzen",
    ),
    ("versterken versterking stimuleren bevorderen aanmoedigen", "ontmoedigen afbouwen afbouw terugdringen afremmen"),
    ("invoeren invoering instellen introduceren", "afschaffen afschaffing schrappen intrekken"),
    (
        "centraliseren centralisatie concentreren concentratie bundelen",
        "decentraliseren decentralisatie spreiden spreiding",
    ),
    ("versnellen versnelling", "vertragen vertraging uitstellen uitstel temporiseren"),
    ("behouden behoud handhaven", "verplaatsen verplaatsing verkopen slopen sluiten opheffen"),
    ("toestaan toelaten vrijgeven", "verbieden verbod weren"),
    ("groei groeien", "krimp krimpen"),
    ("meer", "minder"),
    ("openen openstellen", "sluiten sluiting"),
    ("verplichten verplicht verplichting", "vrijwillig vrijwilligheid vrijlaten"),
    ("samenvoegen samengaan fuseren fusie", "splitsen scheiden opsplitsen"),
    ("verscherpen aanscherpen", "versoepelen verruimen"),
    ("generiek", "maatwerk"),
    ("landelijk nationaal", "lokaal gemeentelijk"),
)  # fmt: skip
_NEGATORS = frozenset(
    """
    niet geen géén nooit onwenselijk voorkomen tegengaan stoppen afzien vermijden terughoudend contraproductief zonder
    """.split()
)
_REFUSALS = frozenset(
    """
    weren verbieden verbod afraden ontraden afwijzen schrappen intrekken weigeren afschaffen af
    """.split()
)
"""Words that deny as much as "niet" does: advice that has one may agree with advice not to."""
_AGAINST = re.compile(
    r"\bra(?:den|adt?)\b[^.;,]{0,30}?\baf\b|\bontra(?:den|adt?)\b|\bwij(?:zen|st)\b(?=[^.;]*\baf\b)|"
    r"\bzie(?:n|t)?\b[^.;,]{0,20}?\baf van\b|\baf te zien van\b",
    re.IGNORECASE,
)
"""Words by which a whole sentence advises against something."""
_REACH = 4
"""Words after "geen" or "niet" among which stands what is denied ("geen verkennend onderzoek naar woningbouw")."""
_NEAR = 4
"""Words between a word of direction and what both recommendations share."""


@dataclass(frozen=True, slots=True)
class Tension:
    """One way in which two recommendations differ; `first_words` and `second_words` stand so in their quotes."""

    kind: str
    first_words: str
    second_words: str
    about: str
    """What both speak of, where the two differ: a shared word."""


def tensions(
    first: Recommendation, second: Recommendation, years: tuple[int | None, int | None] = (None, None)
) -> tuple[Tension, ...]:
    """The tensions between two recommendations about the same thing.

    `years` are those of their documents: with them "binnen vijf jaar" can be set against "in 2030".
    """
    found = [
        *_directions(first, second),
        *_numbers(first, second),
        *_deadlines(first, second, years),
        *_addressees(first, second),
    ]
    return tuple(found)


def _words(text: str) -> list[tuple[str, str]]:
    return [(word, lemma(word.lower())) for word in re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text)]


def _directions(first: Recommendation, second: Recommendation) -> list[Tension]:
    one, other = _words(first.quote), _words(second.quote)
    shared = content(first) & content(second)
    for left, right in _OPPOSITES:
        for ups, downs in ((left.split(), right.split()), (right.split(), left.split())):
            mine, theirs = _near(one, ups, shared), _near(other, downs, shared)
            for word, objects in mine:
                match = next((w for w, things in theirs if things & objects), "")
                clash = {lemma_ for _, lemma_ in one} & set(downs) or {lemma_ for _, lemma_ in other} & set(ups)
                if match and not clash:
                    about = next(iter(sorted(objects, key=len, reverse=True)))
                    return [Tension(DIRECTION, word, match, about)]
    return _negations(first, second, shared) or _refusals(first, second, shared)


def _refusals(first: Recommendation, second: Recommendation, shared: frozenset[str]) -> list[Tension]:
    """One advises against what the other advises to do."""
    mine, theirs = _AGAINST.search(first.quote), _AGAINST.search(second.quote)
    if bool(mine) == bool(theirs) or not shared:
        return []
    denied, said = (mine, second) if mine else (theirs, first)
    against = denied.group(0) if denied else ""
    if {base for _, base in _words(said.quote)} & (_NEGATORS | _REFUSALS):
        return []
    about = max(sorted(shared), key=len)
    bearing = whole_words(frozenset({about}), said)
    positive = next((word for word, _ in _words(said.quote) if word.lower() in bearing), said.quote)
    words = (against, positive) if mine else (positive, against)
    return [Tension(DIRECTION, *words, about)]


def _near(
    words: Sequence[tuple[str, str]], wanted: Sequence[str], shared: frozenset[str]
) -> list[tuple[str, frozenset[str]]]:
    """The words of `wanted` in a text, each with the shared words that stand near it."""
    found = []
    for place, (word, base) in enumerate(words):
        if base in wanted or word.lower() in wanted:
            window = words[max(0, place - _NEAR) : place + _NEAR + 1]
            objects = frozenset(other for _, other in window if other in shared and other != base)
            if objects:
                found.append((word, objects))
    return found


def _negations(first: Recommendation, second: Recommendation, shared: frozenset[str]) -> list[Tension]:
    """One says not to do what the other says to do."""
    for mine, theirs, turned in ((first, second, False), (second, first, True)):
        denied = _denied(mine.quote, shared)
        said = _words(theirs.quote)
        if denied is None or {base for _, base in said} & (_NEGATORS | _REFUSALS):
            continue
        bearing = whole_words(frozenset({denied[1]}), theirs)
        positive = next((word for word, _ in said if word.lower() in bearing), "")
        if positive:
            words = (positive, denied[0]) if turned else (denied[0], positive)
            return [Tension(DIRECTION, *words, denied[1])]
    return []


def _denied(quote: str, shared: frozenset[str]) -> tuple[str, str] | None:
    """What `quote` says not to do, as far as it is about a shared term, with that term; None if nothing."""
    words = _words(quote)
    for place, (word, base) in enumerate(words):
        after = words[place + 1 : place + 1 + _REACH]
        if base not in _NEGATORS or "alleen" in (b for _, b in (words[place - 1 : place] + after[:3])):
            continue
        near = [(term, distance) for distance, (other, _) in enumerate(after, start=1)
                for term in terms_of_word(other.lower()) if term in shared]  # fmt: skip
        if near:
            about, distance = max(near, key=lambda item: len(item[0]))
            until = max(distance, min(3, len(after)))
            denied = " ".join(w for w, _ in words[place : place + 1 + until])
            return (denied if denied in quote else word), about
    return None


def _numbers(first: Recommendation, second: Recommendation) -> list[Tension]:
    """Another value of the same unit beside the same noun."""
    for mine in _measured(first.quote):
        for theirs in _measured(second.quote):
            things = mine[1] & theirs[1]
            if mine[0].unit == theirs[0].unit and things and mine[0].value != theirs[0].value:
                about = sorted(things, key=len, reverse=True)[0]
                return [Tension(NUMBER, mine[0].text.strip(), theirs[0].text.strip(), about)]
    return []


def _measured(text: str) -> list[tuple[Quantity, frozenset[str]]]:
    """The amounts in `text`, each with the base forms of the content words that follow or precede it closely."""
    found = []
    for quantity in numbers.read(text):
        if quantity.unit not in ("euro", "procent", "aantal") or quantity.text.lower() in ("een", "één"):
            continue
        after = [base for _, base in _words(text[quantity.end : quantity.end + 60])][:5]
        before = [base for _, base in _words(text[max(0, quantity.start - 40) : quantity.start])][-3:]
        near = after if quantity.unit == "aantal" else [*after, *before]
        things = frozenset(
            w for w in near if w not in STOPWORDS and len(w) > 3 and w not in ("jaar", "maand", "binnen", "minimaal")
        )
        found.append((quantity, things))
    return found


def _deadlines(first: Recommendation, second: Recommendation, years: tuple[int | None, int | None]) -> list[Tension]:
    mine, theirs = _year(first.deadline, years[0]), _year(second.deadline, years[1])
    if mine is None or theirs is None or mine == theirs:
        return []
    return [Tension(DEADLINE, first.deadline, second.deadline, "termijn")]


def _year(deadline: str, written: int | None) -> int | None:
    """The year that a deadline names, or that a number of years from the document's year gives."""
    absolute = re.findall(r"\b20[2-9]\d\b", deadline)
    if absolute:
        return int(absolute[-1])
    match = re.search(r"\b(\w+) (?:jaar|jaren)\b", deadline.lower())
    if match is None or written is None:
        return None
    value = float(match[1]) if match[1].isdigit() else numbers.written(match[1])
    return written + int(value) if value else None


def _addressees(first: Recommendation, second: Recommendation) -> list[Tension]:
    """Both name who must act, and they name others altogether."""
    mine, theirs = _named(first), _named(second)
    if not mine or not theirs or set(mine) & set(theirs):
        return []
    return [Tension(ADDRESSEE, next(iter(mine.values())), next(iter(theirs.values())), "wie aan zet is")]


SURE = 0.85
"""Confidence of a label whose actor is the subject of the sentence (see `taxonomy.addressees`)."""


def _named(recommendation: Recommendation) -> dict[str, str]:
    return {
        label.concept_id: label.evidence[0]
        for label in recommendation.labels
        if label.scheme == "addressee"
        and label.source in (LabelSource.WORDS, LabelSource.PERSON)
        and label.evidence
        and label.confidence >= SURE
    }
