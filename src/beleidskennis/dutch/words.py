"""Words of a text with their places, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+(?!\w)"  # 1.200,50
    r"|[A-Z]&[A-Z]\b"  # R&D
    r"|[^\W_]+(?:['’‘ʼ\-‐‑–](?=[^\W_])[^\W_]+)*"  # mkb'ers, midden-, CO2-uitstoot
)
_FOLD = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "­": None})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: `text` is `source[start:end]`, offsets in characters, half open."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and numbers of `text`, in order. Hyphens and apostrophes inside a word belong to it."""
    return [Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def tokens_where(text: str, wanted: Mapping[str, bool]) -> list[Token]:
    """The tokens whose text, as written, `wanted` maps to True: quicker than `tokens` where few are."""
    found = [match for match in _WORD.finditer(text) if wanted[match[0]]]
    return [Token(match[0], match.start(), match.end()) for match in found]


def words(text: str) -> list[str]:
    """The words and numbers of `text`, as written, without places: quicker than `tokens`."""
    return _WORD.findall(text)


def normalise(word: str) -> str:
    """Lower case, composed accents (NFC), straight apostrophes, plain hyphens, no soft hyphens."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).translate(_FOLD).lower()


def fold(word: str) -> str:
    """`normalise` without accents: "coördinatie" and "coordinatie" are the same word when searched for."""
    word = normalise(word)
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
