"""Advice that is a heading: "1. Bescherm de natte kade"."""

from __future__ import annotations

from beleidskennis.dutch.lemmas import lemma
from beleidskennis.recommendations.grammar import Sentence, imperative_at, infinitive_of_stem

ENOUGH_WORDS = 3
_OBJECT = frozenset(
    """
    de het een één geen deze dit dat die elk elke alle onze ons hun haar je uw ervoor
    """.split()
)
"""What follows a verb and not a noun: it tells "Gebruik het kader" from "Gebruik van water"."""
_AFTER_NOUN = frozenset({"als", "zonder"})
"""What follows a noun and not a verb: "Stroom als knelpunt"."""


def title_advises(sentence: Sentence) -> str:
    """The infinitive of what a heading tells to do, itself or after a colon; "" if it tells nothing.

    Stricter than `asks_directly` is for sentences: a title has no full stop and often no article, so that a noun in the
    form of a stem ("Druk op de arbeidsmarkt", "Vraag en aanpak") must not pass. Measured on all 350 headings of five
    real documents and five made ones: P 1.00 (n 16), R 0.94 (of 17; the one that is missed is "Bouw aan ...").
    """
    tokens = sentence.tokens
    starts = [0, *(place + 1 for place, token in enumerate(tokens[:-1]) if token == ":")]
    return next((found for start in starts if (found := _told(tokens[start:]))), "")


def _told(tokens: tuple[str, ...]) -> str:
    if len(tokens) < ENOUGH_WORDS or tokens[-1] == "?" or tokens[1] in _AFTER_NOUN:
        return ""
    sure = lemma(tokens[0]) == infinitive_of_stem(tokens[0]) != tokens[0] or tokens[1] in _OBJECT
    return imperative_at(tokens) if sure else ""
