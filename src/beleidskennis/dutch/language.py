"""Which language a text is in: Dutch or English, by its function words."""

from __future__ import annotations

from beleidskennis.dutch.stopwords import ENGLISH_STOPWORDS, STOPWORDS
from beleidskennis.dutch.words import normalise, words

_BOTH = STOPWORDS & ENGLISH_STOPWORDS
_DUTCH = STOPWORDS - _BOTH
_ENGLISH = ENGLISH_STOPWORDS - _BOTH


def detect(text: str) -> str:
    """ISO 639-1 code: "nl" or "en"; "" if the text has no words. In doubt it is Dutch.

    Function words decide; where there are none (a query of two nouns), the lexicon does.
    """
    found = [normalise(word) for word in words(text)]
    dutch = sum(word in _DUTCH for word in found)
    english = sum(word in _ENGLISH for word in found)
    if dutch != english:
        return "en" if english > dutch else "nl"
    return _by_lexicon(found)


def _by_lexicon(found: list[str]) -> str:
    from beleidskennis.dutch.lemmas import is_dutch
    from beleidskennis.dutch.lexicon import lexicon

    if not found:
        return ""
    entries = [
        (is_dutch(word), bool((entry := lexicon().get(word)) and entry.english))
        for word in found[:50]
        if word.isalpha()
    ]
    only_english = sum(english and not dutch for dutch, english in entries)
    only_dutch = sum(dutch and not english for dutch, english in entries)
    return "en" if only_english > only_dutch else "nl"
