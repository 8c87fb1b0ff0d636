"""Words that start a sentence and no title: they tell a paragraph from the title above it."""

from __future__ import annotations

OPENERS = frozenset(
    {"Uit", "In", "Op", "Naast", "Voor", "Door", "Met", "Om", "Bij", "Als", "Naar", "Na", "Ongeveer", "Veel", "Vooral"}
    | {"Er", "Dit", "Deze", "Dat", "Die", "Ook", "Hier", "Hierbij", "Hierdoor", "Hiermee", "Hiervoor", "Zo", "Wij"}
    | {"We", "Daarnaast", "Daarom", "Daarbij", "Daarmee", "Tegelijkertijd", "Totdat", "Wanneer", "Hoewel", "Omdat"}
    | {"Aangezien", "Sinds", "Volgens", "Vanuit", "Binnen", "Tussen", "Momenteel", "Steeds", "Sommige"}
)
"""Words that start a sentence and stand with a capital nowhere else: a line above that is not ended is a title."""
ARTICLES = frozenset({"De", "Het", "Een"})
POINTERS = frozenset(
    {"Dit", "Deze", "Dat", "Die", "Er", "Ook", "Zo", "Hierbij", "Hierdoor", "Hiermee", "Hiervoor", "Wij", "We"}
    | {"Daarnaast", "Daarom", "Daarbij", "Daarmee", "Tegelijkertijd"}
)
"""Words that start a sentence and never a title."""


def opens_sentence(text: str) -> bool:
    """Whether a line surely starts a sentence.

    >>> opens_sentence("De groei zet door"), opens_sentence("Groei in cijfers")
    (True, False)
    """
    first, _, rest = text.partition(" ")
    second = rest.partition(" ")[0]
    return first in OPENERS or (first in ARTICLES and (second[:1].islower() or (len(second) > 2 and second.isupper())))
