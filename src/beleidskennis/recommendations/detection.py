"""Is this unit a recommendation, how plainly, and how sure.

Rules alone decide for items of an action list and for what stands under partners, results and the like; a multinomial
logistic regression over all rules and the context (`data/recommendation_model.json`, trained by
`training/recommendations.py` on `data/recommendation_sentences.tsv`) weighs the rest.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from beleidskennis.model import Strength
from beleidskennis.recommendations.context import Setting, Unit
from beleidskennis.recommendations.features import features, fired

CLASSES = ("expliciet", "impliciet", "geen")


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
    """Whether a row of a table is words enough to be advice: five, and no figures."""
    words = unit.sentence.words
    return len(words) >= 5 and not any(word[0].isdigit() for word in words)


def _explains(unit: Unit) -> bool:
    """Whether a list item only says more of what is before it, or asks: "die ...", "Dit verlaagt ..."."""
    found = features(unit)
    return any(name in found for name in ("relative_start", "item_pronoun", "item_statement", "not_question"))


def judge(unit: Unit) -> Verdict | None:
    """The verdict on `unit`, or None where it is no recommendation."""
    if unit.agenda and (unit.is_item or unit.opens_list):
        setting = unit.intro_setting if unit.intro else unit.heading_setting
        if setting is Setting.NONE or (unit.opens_list and not unit.is_item):
            return None
        if setting is Setting.ACTIONS:
            return Verdict(Strength.EXPLICIT, "actie", 0.9)
    if unit.in_table and not _says_something(unit):
        return None
    if unit.is_item and _explains(unit) and unit.intro_setting in (Setting.ADVICE, Setting.OPTIONS):
        return None
    if unit.is_item:
        if unit.intro_setting is Setting.ADVICE:
            return Verdict(Strength.EXPLICIT, "aanbeveling", 0.9)
        if unit.intro_setting is Setting.OPTIONS:
            return Verdict(Strength.IMPLICIT, "aanbeveling", 0.8)
    if not fired(unit):
        return None
    chances = probabilities(features(unit))
    confidence = chances["expliciet"] + chances["impliciet"]
    if confidence < _model()["threshold"]:
        return None
    explicit = chances["expliciet"] >= chances["impliciet"]
    kind = "actie" if unit.agenda and explicit else "aanbeveling"
    return Verdict(Strength.EXPLICIT if explicit else Strength.IMPLICIT, kind, round(confidence, 3))
