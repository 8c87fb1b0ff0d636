"""Is this unit a recommendation, how plainly, and how sure.

Rules alone decide for items of an action list and for what stands under partners, results and the like; a multinomial
logistic regression over all rules and the context (`data/recommendation_model.json`, trained by
`training/recommendations.py` on `data/recommendation_sentences.tsv`) weighs the rest.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from beleidskennis.model import Strength
from beleidskennis.recommendations.context import Setting, Unit
from beleidskennis.recommendations.features import features, fired
from beleidskennis.recommendations.grammar import imperative, is_verb
from beleidskennis.recommendations.titles import title_advises

LISTED, LISTED_OPTION = 0.95, 0.8
"""Confidence of an item by its list alone: of the labelled items of lists of advice and actions 0.95 (of 39) were
right; of those of options all 10 were, too few to say more than 0.8.
"""
HEADED = 0.9
"""Confidence of a heading that tells what to do: 16 of 16 were right, too few to say more (see `title_advises`)."""
CLASSES = ("expliciet", "impliciet", "geen")


_CAPTION = re.compile(r"(?:figuur|tabel|grafiek|kaart|bron)\b\s*[\d:]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a unit is: `strength` and `kind` ("aanbeveling" or "actie"), with `confidence` from 0 to 1."""

    strength: Strength
    kind: str
    confidence: float


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    text = files("beleidskennis").joinpath("data", "recommendation_model.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def probabilities(found: dict[str, float], model: dict[str, Any] | None = None) -> dict[str, float]:
    """The probability of each class for features `found`."""
    model = model or _model()
    scores = [
        intercept + sum(weights.get(name, 0.0) * value for name, value in found.items())
        for intercept, weights in ((model["intercepts"][name], model["weights"][name]) for name in CLASSES)
    ]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return {name: power / sum(powers) for name, power in zip(CLASSES, powers, strict=True)}


def _says_something(unit: Unit) -> bool:
    """Whether a row of a table can be advice: five words, no figures, and a sentence or an act from its first word on.

    Any other may be a label with half a cell behind it.
    """
    words = unit.sentence.words
    if len(words) < 5 or any(word[0].isdigit() for word in words):
        return False
    return unit.text.endswith((".", ";")) or is_verb(words[0]) or bool(imperative(unit.sentence))


def _explains(unit: Unit) -> bool:
    """Whether a list item only says more of what is before it, or asks: "die ...", "Dit verlaagt ..."."""
    found = features(unit)
    return any(name in found for name in ("relative_start", "item_pronoun", "item_statement", "not_question"))


def judge(unit: Unit) -> Verdict | None:
    """The verdict on `unit`, or None where it is no recommendation."""
    if unit.is_heading:
        return _by_heading(unit)
    if _says_nothing(unit):
        return None
    verdict = by_place(unit)
    return verdict if verdict is not None or _is_settled(unit) else _by_classifier(unit)


def _by_heading(unit: Unit) -> Verdict | None:
    """A heading is advice if it tells what to do, and no part of a section that tells of other things."""
    if unit.heading_setting is Setting.NONE or not title_advises(unit.sentence):
        return None
    return Verdict(Strength.EXPLICIT, "actie" if unit.agenda else "aanbeveling", HEADED)


SHORT_INTRO = 7
"""Words up to which a sentence that introduces a list ("Dit kan door:") says nothing without its items."""


def _says_nothing(unit: Unit) -> bool:
    """Whether a unit cannot be advice: a bare introduction, a torn piece, figures, an item that only explains."""
    if unit.opens_list and len(unit.sentence.words) <= SHORT_INTRO:
        return True
    if unit.text.endswith(",") or _CAPTION.match(unit.text) or (unit.in_table and not _says_something(unit)):
        return True
    return unit.is_item and unit.intro_setting in (Setting.ADVICE, Setting.OPTIONS) and _explains(unit)


def _is_settled(unit: Unit) -> bool:
    """Whether the place of an agenda's item or introduction says that it is no action."""
    if not unit.agenda or not (unit.is_item or unit.opens_list):
        return False
    return _announced(unit) is Setting.NONE or (unit.opens_list and not unit.is_item)


def _announced(unit: Unit) -> Setting:
    """What a list announces: its introduction, or its heading where the introduction tells nothing."""
    if not unit.intro:
        return unit.heading_setting
    vague = unit.intro_setting is Setting.OTHER and unit.heading_setting is Setting.NONE
    return Setting.NONE if vague else unit.intro_setting


def by_place(unit: Unit) -> Verdict | None:
    """The verdict that the list alone gives: items of actions, of advice, of options."""
    if not unit.is_item:
        return None
    if unit.agenda and _announced(unit) is Setting.ACTIONS:
        return Verdict(Strength.EXPLICIT, "actie", LISTED)
    if unit.intro_setting is Setting.ADVICE:
        return Verdict(Strength.EXPLICIT, "aanbeveling", LISTED)
    if unit.intro_setting is Setting.OPTIONS:
        return Verdict(Strength.IMPLICIT, "aanbeveling", LISTED_OPTION)
    return None


PLAIN = frozenset({"advises", "recommended", "urges", "asks_directly", "ought"})
"""Rules of which 0.97 (of 128 labelled sentences) are right where no sign of `_CLOUDS` is there."""
_CLOUDS = frozenset(
    f"not_{name}"
    for name in ("question", "past", "done", "report_talk", "process", "opinion", "cites", "law", "example", "defines")
)
PLAIN_CONFIDENCE = 0.8


def _by_classifier(unit: Unit) -> Verdict | None:
    if not fired(unit):
        return None
    found = features(unit)
    chances = probabilities(found)
    confidence = chances["expliciet"] + chances["impliciet"]
    if PLAIN & found.keys() and not _CLOUDS & found.keys():
        confidence = max(confidence, PLAIN_CONFIDENCE)
        chances["expliciet"] = max(chances["expliciet"], chances["impliciet"])
    if confidence < _model()["threshold"]:
        return None
    explicit = chances["expliciet"] >= chances["impliciet"]
    kind = "actie" if unit.agenda and explicit else "aanbeveling"
    return Verdict(Strength.EXPLICIT if explicit else Strength.IMPLICIT, kind, round(confidence, 3))
