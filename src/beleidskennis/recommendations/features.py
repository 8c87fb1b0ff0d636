"""What the classifier sees of a unit: which rules fired, where it stands, how it is built. All 0 or 1."""

from __future__ import annotations

import math
import re

from beleidskennis.dutch.lemmas import lemma
from beleidskennis.recommendations.context import Setting, Unit
from beleidskennis.recommendations.counter import COUNTER
from beleidskennis.recommendations.explicit import EXPLICIT
from beleidskennis.recommendations.grammar import Sentence, has_finite, is_finite
from beleidskennis.recommendations.implicit import IMPLICIT

_ACTOR = re.compile(
    r"\b(?:gemeenten?|provincies?|rijk|kabinet|college|overhe(?:id|den)|regio's?|steden|bedrijven|ondernemers|scholen|"
    r"onderwijsinstellingen|kennisinstellingen|universiteiten|hogescholen|corporaties|ministeries?|raad|"
    r"sociale partners|werkgevers)\b"
)
WORD = "word:"
"""Opens the name of a feature that is a word."""
WORDS_SCALE = 2.0
"""Length of the vector of words, beside 1 for a rule: see docs/recommendations.md for what it brings."""
_WE = re.compile(r"\b(?:wij|we|ons|onze)\b")
_PROPER_START = re.compile(
    r"^(?:De |Het |In |Zo |De gemeente |De provincie )?(?:[A-Z]{2,}|[A-Z][a-z]+(?:-[A-Z][a-z]+)*)\b[^.]{0,20}?\b\w+t\b"
)
_STATISTIC = re.compile(r"\d+(?:[.,]\d+)? ?(?:%|procent)|\b(?:19|20)\d\d\b")
_NOMINAL = re.compile(
    r"^(?:het )?(?:\w+ )?(?:en )?(\w+ing|tegengaan|behoud|inzet|aanpak|onderzoek|selectie) (?:en \w+ing )?(?:van|"
    r"en|op|naar|voor)\b"
)


_BACK = ("dit ", "dat ", "deze ", "daarmee ", "hiermee ", "zo ", "hierdoor ", "daardoor ", "dan ", "die ")


def infinitive_phrase(sentence: Sentence) -> bool:
    """Whether it is a phrase around an infinitive: "Nagaan hoe ...", "Een veilige plek inrichten die ..."."""
    words = sentence.words
    if len(words) < 2:
        return False
    first = words[1] if words[0] in ("het", "actief", "samen", "nauw") and len(words) > 2 else words[0]
    if _is_infinitive(first) and not (len(words) > 1 and is_finite(words[1])):
        return True
    clause = _before_purpose(sentence.tokens)
    return (
        bool(clause)
        and _is_infinitive(clause[-1])
        and not any(is_finite(t) for t in clause)
        and "te" not in clause[-2:]
    )


def _before_purpose(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens before what only says why, how or which."""
    for place, token in enumerate(tokens):
        if place and token in ("door", "om", "dat", "die", "zodat", "opdat", "waarbij", "waarmee", ",", ";", ".", ":"):
            return tokens[:place]
    return tokens


def _is_infinitive(word: str) -> bool:
    return len(word) > 4 and word.endswith("en") and lemma(word) == word


def nominal_phrase(sentence: Sentence) -> bool:
    """Whether it opens with an act as a noun: "Herstel van ...", "Opleiding en werving van ..."."""
    return bool(_NOMINAL.match(sentence.lower))


def features(unit: Unit) -> dict[str, float]:
    """The features of `unit` by name; those that are absent are 0."""
    sentence = unit.sentence
    explicit = [rule.__name__ for rule in EXPLICIT if rule(sentence)]
    implicit = [rule.__name__ for rule in IMPLICIT if rule(sentence)]
    counter = [rule.__name__ for rule in COUNTER if rule(sentence)]
    if not unit.agenda and explicit == ["commits"]:
        explicit = []
    found = dict.fromkeys([*explicit, *implicit, *(f"not_{name}" for name in counter)], 1.0)
    words = len(sentence.words)
    shape = {
        "explicit_none": not explicit,
        "explicit_two": len(explicit) > 1,
        "explicit_clean": bool(explicit) and not counter,
        "implicit_none": not implicit,
        "implicit_two": len(implicit) > 1,
        "implicit_clean": bool(implicit) and not counter,
        "counter_two": len(counter) > 1,
        "counter_none": not counter,
        "item": unit.is_item,
        f"intro_{unit.intro_setting.value}": unit.is_item,
        f"heading_{unit.heading_setting.value}": True,
        "agenda": unit.agenda,
        "infinitive_phrase": infinitive_phrase(sentence),
        "nominal_phrase": nominal_phrase(sentence),
        "item_infinitive": unit.is_item and infinitive_phrase(sentence),
        "item_nominal": unit.is_item and nominal_phrase(sentence),
        "item_infinitive_advice": unit.is_item
        and infinitive_phrase(sentence)
        and unit.heading_setting is Setting.ADVICE,
        "item_nominal_advice": unit.is_item and nominal_phrase(sentence) and unit.heading_setting is Setting.ADVICE,
        "item_pronoun": unit.is_item and sentence.lower.startswith(_BACK),
        "item_statement": unit.is_item and has_finite(sentence.tokens) and not explicit and not implicit,
        "agenda_commits": unit.agenda and "commits" in explicit,
        "agenda_must": unit.agenda and "must" in explicit,
        "no_finite": not has_finite(sentence.tokens),
        "relative_start": sentence.lower.startswith(("die ", "dat ", "waar", "wat ", "hoe ", "welke ")),
        "pronoun_start": sentence.lower.startswith(("dit ", "dat ", "deze ", "dergelijke ", "zo'n ")),
        "purpose_start": sentence.lower.startswith(
            ("om ", "teneinde ", "voor een ", "daarom ", "daarvoor ", "hiervoor ")
        ),
        "short": words < 6,
        "long": words > 40,
        "actor": bool(_ACTOR.search(sentence.lower)),
        "we": bool(_WE.search(sentence.lower)),
        "proper_start": bool(_PROPER_START.match(unit.text)),
        "statistic": bool(_STATISTIC.search(sentence.lower)),
        "passive_must": bool(re.search(r"\bmoe(?:t|ten)\b[^.;]*\bworden\b", sentence.lower)),
    }
    return {**found, **{name: 1.0 for name, present in shape.items() if present}, **_word_features(sentence)}


def _word_features(sentence: Sentence) -> dict[str, float]:
    """The base forms of the words, each the same share of `WORDS_SCALE`; the model knows those it saw often enough."""
    bases = {lemma(word) for word in sentence.words}
    return {f"{WORD}{base}": WORDS_SCALE / math.sqrt(len(bases)) for base in bases}


def fired(unit: Unit) -> bool:
    """Whether there is any reason to weigh `unit`: a rule for advice fired, or its list or shape suggests it."""
    hits = [rule.__name__ for rule in (*EXPLICIT, *IMPLICIT) if rule(unit.sentence)]
    if hits and (hits != ["commits"] or unit.agenda):
        return True
    if not unit.is_item:
        return False
    return (
        unit.intro_setting not in (Setting.NONE, Setting.OTHER)
        or infinitive_phrase(unit.sentence)
        or nominal_phrase(unit.sentence)
    )
