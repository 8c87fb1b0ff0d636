"""Words of one family: "verduurzaming" is about what is "duurzaam", an "ondernemer" is one who does "ondernemen".

Only derivations that Dutch makes by rule, and only if the word that a rule leads to is in the lexicon.
"""

from __future__ import annotations

from functools import lru_cache

from beleidskennis.dutch.inflection import before_ending
from beleidskennis.dutch.lexicon import lexicon

_NOUN_TO_VERB = (
    # ending of the noun, ending of the verb
    ("ing", "en"),  # vestiging, vestigen
    ("atie", "eren"),  # organisatie, organiseren
    ("er", "en"),  # bezoeker, bezoeken
    ("baar", "en"),  # bereikbaar, bereiken
    ("", "eren"),  # export, exporteren
)
_TO_NOUN = (
    ("heid", ""),  # veiligheid, veilig
    ("isch", "ie"),  # economisch, economie
    ("atief", "atie"),  # innovatief, innovatie
    ("naal", ""),  # regionaal, regio
    ("schap", ""),  # ondernemerschap, ondernemer
    ("loos", ""),  # werkloos, werk
    ("matig", ""),  # planmatig, plan
    ("elijk", ""),  # ambachtelijk, ambacht
)
_MIN_ROOT = 4
_MIN_NOUN = 6
"""Letters of a noun that -eren may follow: among shorter ones chance hits prevail ("stil", stileren)."""


@lru_cache(maxsize=200_000)
def roots(word: str) -> tuple[str, ...]:
    """Base words that `word` (a lemma, lower case) is derived from, nearest first; empty if none is known.

    "ondernemerschap" gives `("ondernemer", "ondernemen")`.
    """
    found: list[str] = []
    base = _root(word)
    while base and base not in found and base != word:
        found.append(base)
        base = _root(base)
    return tuple(found)


def _root(word: str) -> str:
    for ending, other in _NOUN_TO_VERB:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_ROOT - 1:
            verb = word[: len(word) - len(ending)] + other
            if _kind(verb) == "v" and (ending or len(word) >= _MIN_NOUN):
                return verb
    for ending, other in _TO_NOUN:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_ROOT:
            noun = word[: len(word) - len(ending)] + other
            if lexicon().dutch(noun) == noun:
                return noun
    if word.startswith("ver") and word.endswith("en") and len(word) >= 8:
        # vergroenen, groen; verduurzamen, duurzaam; but "verdelen" is not about "deel" as an adjective
        for adjective in before_ending(word[3:-2]):
            if lexicon().dutch(adjective + "er") == adjective or lexicon().dutch(adjective + "e") == adjective:
                return adjective
    return ""


def _kind(word: str) -> str:
    entry = lexicon().get(word)
    return entry.kind if entry and entry.dutch == word else ""
