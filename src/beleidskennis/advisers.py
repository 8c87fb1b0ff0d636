"""Who is named in a question: "Wat zeggen de SEAV en Peilschaal over de kade?" asks two advisers, not one text.

A name is that of a publisher as the documents give it, its acronym, the one word by which it is called ("Peilschaal"
for Bureau Peilschaal), or the name without its place where no other has that. Longer names go first, so that "Economic
Board Vlietmonde" does not name Gemeente Vlietmonde too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from beleidskennis.dutch.acronyms import initials
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import Document

KINDS_OF_BODY = frozenset(
    "gemeente provincie waterschap ministerie regio rijk raad commissie bureau stichting vereniging netwerk".split()
)
"""Words that say what kind of body it is; alone they name none."""
SMALL_WORDS = frozenset("de den der het van voor the of la".split())
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")


class Advisers:
    """The publishers of the documents by all their names. Building looks at each publisher once."""

    def __init__(self, documents: Iterable[Document], acronyms: Mapping[str, str]) -> None:
        self._names: dict[str, str] = {}
        short: dict[str, list[str]] = {}
        for acronym, full in acronyms.items():
            short.setdefault(_plain(full), []).append(acronym)
        publishers = list(dict.fromkeys(document.publisher for document in documents if document.publisher))
        for publisher in publishers:
            for name in _names_of(publisher, short):
                self._names.setdefault(name, publisher)
        shortened = [_without_place(publisher) for publisher in publishers]
        for publisher, name in zip(publishers, shortened, strict=True):
            if " " in name and shortened.count(name) == 1:
                self._names.setdefault(name, publisher)
        self._longest = max((name.count(" ") + 1 for name in self._names), default=0)

    def named(self, text: str) -> tuple[str, ...]:
        """The publishers that `text` names, in its order."""
        asked = _plain(text).split()
        found: dict[str, None] = {}
        place = 0
        while place < len(asked):
            for length in range(min(self._longest, len(asked) - place), 0, -1):
                publisher = self._names.get(" ".join(asked[place : place + length]))
                if publisher is not None:
                    found[publisher] = None
                    place += length - 1
                    break
            place += 1
        return tuple(found)


def _names_of(publisher: str, short: Mapping[str, list[str]]) -> set[str]:
    base = _IN_BRACKETS.sub(" ", publisher).strip()
    candidates = [base, initials(base), *_IN_BRACKETS.findall(publisher), *short.get(_plain(base), ())]
    own = [word for word in _plain(base).split() if word not in KINDS_OF_BODY]
    if len(own) == 1:
        candidates += own
    return {name for name in map(_plain, candidates) if len(name) > 2 and name not in KINDS_OF_BODY}


def _without_place(publisher: str) -> str:
    """A name of several words without the last, which mostly is a place: "economic board" of that of Vlietmonde."""
    plain = _plain(_IN_BRACKETS.sub(" ", publisher)).split()[:-1]
    while plain and plain[-1] in SMALL_WORDS:
        plain.pop()
    return " ".join(plain)


def _plain(text: str) -> str:
    """Folded words, those of hyphenated words apart: "SER-advies" names the SER."""
    return " ".join(part for word in words(text) for part in fold(word).split("-") if part)
