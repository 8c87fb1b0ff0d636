"""The base form of a word, and whether it is a word at all."""

from __future__ import annotations

from functools import lru_cache

from beleidskennis.dutch.compounds import split
from beleidskennis.dutch.lexicon import lexicon
from beleidskennis.dutch.words import normalise

REPAIRS = {
    # Forms for which simplemma's dictionary gives another word than policy Dutch means.
    "data": "data",
    "media": "media",
    "leden": "lid",
    "den": "den",
}

_PLURAL_ENDINGS = (
    # For words that no dictionary has (new words, names of bodies): only endings that leave no doubt.
    ("heden", "heid"),
    ("ingen", "ing"),
    ("iteiten", "iteit"),
    ("'s", ""),
    ("'er", ""),
    ("'ers", ""),
)


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The base form of a Dutch word, lower case: "steden" gives "stad", "treinverbindingen" "treinverbinding".

    A word that the dictionary lacks is seen as a compound, whose last part is brought to its base form; failing that,
    as an English word; failing that, it stays as it is.
    """
    word = normalise(word)
    if word in REPAIRS:
        return REPAIRS[word]
    entry = lexicon().get(word)
    if entry and entry[0]:
        return entry[0]
    if "-" in word:
        head, _, tail = word.rpartition("-")
        return f"{head}-{lemma(tail)}" if tail and head else word.strip("-")
    parts = split(word)
    if len(parts) > 1 and word.endswith(parts[-1]):
        return word[: -len(parts[-1])] + lemma(parts[-1])
    if entry:
        return entry[1]
    for ending, base in _PLURAL_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + base
    return word


def lemma_english(word: str) -> str:
    """The base form of an English word, lower case; the word itself if it is not known."""
    word = normalise(word)
    entry = lexicon().get(word)
    return entry[1] if entry and entry[1] else word


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Whether `word` is a Dutch or English word, or a compound of Dutch words. Numbers are known."""
    word = normalise(word)
    if word.isdigit() or word in REPAIRS or lexicon().get(word) is not None:
        return True
    if "-" in word or "'" in word:
        return all(is_known(part) for part in word.replace("'", "-").split("-") if part)
    return len(split(word)) > 1


def is_dutch(word: str) -> bool:
    """Whether `word` is a Dutch word or a compound of Dutch words."""
    word = normalise(word)
    entry = lexicon().get(word)
    return bool(entry and entry[0]) or len(split(word)) > 1
