"""The word list behind `lemmas` and `compounds`: simplemma's dictionaries of Dutch and English, in a quick form.

simplemma 2.0 needs about a second to unpack its Dutch dictionary, which a search from a cold start cannot wait for.
So the first use writes both dictionaries once to one file in the user's cache folder (`$XDG_CACHE_HOME/beleidskennis`
or `~/.cache/beleidskennis`). Later uses map that file into memory: nothing is loaded, and a look-up, by the hash of
the word, costs some 3 microseconds. A cache folder that cannot be written costs time, never a result.

The file: the number of words (8 bytes, little end first), their hashes in ascending order (8 bytes each), the offsets
of their entries (4 bytes each, and the end), the entries (`word TAB Dutch lemma TAB English lemma TAB kind`, UTF-8).
simplemma lacks many words without a plural ("armoede", "concurrentie", "duurzaamheid"); those that public texts use
are in `data/woorden.txt`.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from beleidskennis.dutch.inflection import base_of, before_ending

_FORMAT = 6


REPAIRS = {
    # Forms for which simplemma's dictionary gives another word than policy Dutch means.
    "data": "data",
    "media": "media",
    "leden": "lid",
    "gevallen": "geval",
    "velden": "veld",
    "gewassen": "gewas",
    "schepen": "schip",
    "ouder": "ouder",
    "oudere": "oudere",
    "ouderen": "oudere",
    "kiezer": "kiezer",
    "jongere": "jongere",
    "jongeren": "jongere",
    "reden": "reden",
    "gegeven": "gegeven",
    "bond": "bond",
    "vaart": "vaart",
    "den": "den",
}


class Entry(NamedTuple):
    """A word: its Dutch and its English base form, "" in a language that does not know it."""

    dutch: str
    english: str
    kind: str
    """Of a Dutch base form: "n" for nouns and adjectives (it has other forms), "v" for verbs; else ""."""


class Lexicon:
    """Words with their base forms; `data` is laid out as described above."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        count = int.from_bytes(view[:8], "little")
        self._hashes = view[8 : 8 + 8 * count].cast("Q")
        self._offsets = view[8 + 8 * count : 12 + 12 * count].cast("I")
        self._entries = view[12 + 12 * count :]

    def __len__(self) -> int:
        return len(self._hashes)

    def get(self, word: str) -> Entry | None:
        """The entry of a lower-case word."""
        key = _hash(word)
        place = bisect_left(self._hashes, key)
        while place < len(self._hashes) and self._hashes[place] == key:
            entry = bytes(self._entries[self._offsets[place] : self._offsets[place + 1]]).decode()
            found, dutch, english, kind = entry.split("\t")
            if found == word:
                return Entry(dutch, english, kind)
            place += 1
        return None

    def dutch(self, word: str) -> str:
        """The Dutch base form of a lower-case word, "" if it is none."""
        entry = self.get(word)
        return entry.dutch if entry else ""


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def pack(entries: Mapping[str, Entry]) -> bytes:
    """The file described above."""
    hashed = sorted((_hash(word), word) for word in entries)
    rows = ["\t".join((word, *entries[word])).encode() for _, word in hashed]
    offsets = array("I", accumulate((len(row) for row in rows), initial=0))
    hashes = array("Q", (key for key, _ in hashed))
    return b"".join([len(rows).to_bytes(8, "little"), hashes.tobytes(), offsets.tobytes(), *rows])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this machine: from the cache file, made first if it is not there."""
    path = _cache_file()
    if not path.exists():
        data = _make(_dictionary("nl"), _dictionary("en"), _own_words())
        with suppress(OSError):
            _write(path, data)
        return Lexicon(data)
    with path.open("rb") as file:
        return Lexicon(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _cache_file() -> Path:
    from importlib.metadata import version

    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path("~/.cache").expanduser())
    return Path(base) / "beleidskennis" / f"lexicon-{_FORMAT}-simplemma-{version('simplemma')}.bin"


def _dictionary(language: str) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary(language)  # type: ignore[no-any-return]


def _own_words() -> list[str]:
    text = (files("beleidskennis") / "data" / "woorden.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _make(dutch: Mapping[str, str], english: Mapping[str, str], own: Sequence[str]) -> bytes:
    # simplemma writes some lemmas with a seam, without the linking letters: "raad_lid" for "raadsleden".
    nl = {word: _seamless(word, lemma) for word, lemma in _lowered(dutch).items()}
    own = [word for word in own if word not in nl]
    nl |= {word: word for word in own}
    nl |= {word: base for word in own if (base := base_of(word, nl.__contains__))}
    nouns = {word: word for word, lemma in nl.items() if word != lemma and _is_noun(word, lemma, nl)}
    nl |= nouns | REPAIRS
    kinds = _kinds(nl) | dict.fromkeys([*nouns, *REPAIRS.values(), *(word for word in own if nl[word] == word)], "n")
    en = _lowered(english)
    words = nl.keys() | en.keys()
    return pack({word: Entry(nl.get(word, ""), en.get(word, ""), kinds.get(word, "")) for word in words})


def _is_noun(word: str, found: str, nl: Mapping[str, str]) -> bool:
    """Whether `word` is a noun in its base form, for which the dictionary gives `found` instead.

    It does so for feminine forms ("werknemer": "werkneemster", "agent": "agente") and for verbs of the same form
    ("cijfer": "cijferen", "bijdrage": "bijdragen"); the plural then still says that it is a noun.
    """
    if found == word + "e" or (found.endswith("ster") and len(found) > len(word) and not word.endswith("ster")):
        return True
    if word.endswith("e"):
        return found == word + "n" and word in (nl.get(word + "n"), nl.get(word + "s"))
    is_verb = len(found) > 4 and found.endswith("en") and word in before_ending(found[:-2])
    return is_verb and any(nl.get(word + ending) == word for ending in ("s", "en", "'s"))


def _lowered(dictionary: Mapping[str, str]) -> dict[str, str]:
    """A lower-case entry beats the same word with a capital: "Wegen" the town, "wegen" the roads."""
    found: dict[str, str] = {}
    for word, lemma in dictionary.items():
        key = word.lower().replace("’", "'")
        if key not in found or word.islower():
            found[key] = lemma.lower()
    return found


def _seamless(word: str, lemma: str) -> str:
    if "_" not in lemma:
        return lemma
    head, _, tail = lemma.rpartition("_")
    place = word.find(tail[0], len(head.replace("_", "")))
    return word[:place] + tail if place > 0 else lemma.replace("_", "")


def _kinds(nl: Mapping[str, str]) -> dict[str, str]:
    """Kinds of base forms: "v" for infinitives with a finite form, "n" for others of which there are more forms."""
    kinds: dict[str, str] = {}
    for word, lemma in nl.items():
        if word != lemma and kinds.get(lemma) != "v":
            is_finite = lemma.endswith("n") and not lemma.startswith(word) and word[-1] in "tde"
            kinds[lemma] = "v" if is_finite else "n"
    return kinds


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: several processes of an ingest may write at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
