"""The fitted numbers of answers and citations, with where they come from (`data/answers.json`)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: `probability` of yes, and the `threshold` from which on yes is said."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """0 to 1; a feature that the model does not know does not count."""
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


@dataclass(frozen=True, slots=True)
class Fitted:
    """All fitted numbers."""

    sentence: Mapping[str, float]
    """Weight of each feature of a sentence as an answer to a question."""
    reread: Mapping[str, float]
    """The same once the reader has read it: `reading` is among them."""
    draft: Mapping[str, float]
    """Weight of each feature of a sentence as the source of a draft sentence."""
    answerable: Logistic
    """Whether the documents answer a question."""
    answerable_read: Logistic
    """The same where the reader has read the best sentences."""
    supported: Logistic
    """Whether a source holds a draft sentence."""
    supported_read: Logistic
    """The same where the reader has read the first places."""


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The numbers that come with the package."""
    stored = json.loads(files("beleidskennis").joinpath("data/answers.json").read_text(encoding="utf-8"))
    return Fitted(
        stored["sentence"]["weights"],
        stored["reread"]["weights"],
        stored["draft"]["weights"],
        _logistic(stored["answerable"]),
        _logistic(stored["answerable_read"]),
        _logistic(stored["supported"]),
        _logistic(stored["supported_read"]),
    )


def answerable(*, read: bool) -> Logistic:
    """Whether the documents answer a question, with a reader or without one."""
    return fitted().answerable_read if read else fitted().answerable


def supported(*, read: bool) -> Logistic:
    """Whether a source holds a draft sentence, with a reader or without one."""
    return fitted().supported_read if read else fitted().supported


def _logistic(stored: Mapping[str, float | Mapping[str, float]]) -> Logistic:
    weights = stored["weights"]
    assert isinstance(weights, Mapping)
    return Logistic(float(stored["bias"]), weights, float(stored["threshold"]))  # type: ignore[arg-type]
