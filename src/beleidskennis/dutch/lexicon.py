"""The word list behind `lemmas` and `compounds`: simplemma's dictionaries of Dutch and English, in a quick form.

simplemma 2.0 needs about a second to unpack its Dutch dictionary, which a search from a cold start cannot wait for.
So the first use writes both dictionaries once as one sorted text file in the user's cache folder
(`$XDG_CACHE_HOME/beleidskennis` or `~/.cache/beleidskennis`), a line a word: `word TAB Dutch lemma TAB English lemma`.
Later uses map that file into memory and search it by halving: nothing is loaded, a look-up costs some microseconds.
After `_BULK_AFTER` look-ups (an ingest, not a question) the file is read into a dict, which is quicker from there on.
A cache folder that cannot be written costs time, never a result.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_BULK_AFTER = 3000
"""Look-ups by halving before the whole file is read: 3000 of about 6 us are what reading it costs (0.2 s)."""
_FORMAT = 1


class Lexicon:
    """Words with their Dutch and English lemmas; `data` is the sorted text described above, UTF-8."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        self._words: dict[str, str] | None = None
        self._lookups = 0

    def get(self, word: str) -> tuple[str, str] | None:
        """`(Dutch lemma, English lemma)` of a lower-case word, each "" if that language does not know it."""
        if self._words is None:
            self._lookups += 1
            if self._lookups <= _BULK_AFTER:
                return self._search(word)
            self._words = _read_all(self._data)
        lemmas = self._words.get(word)
        return _pair(lemmas) if lemmas is not None else None

    def _search(self, word: str) -> tuple[str, str] | None:
        data, key = self._data, word.encode() + b"\t"
        low, high = 0, len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            line = data[start:end]
            if line.startswith(key):
                return _pair(line.decode().partition("\t")[2])
            if line < key:
                low = end + 1
            else:
                high = start
        return None


def _read_all(data: bytes | mmap.mmap) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in data[:].decode().split("\n") if line)


def _pair(lemmas: str) -> tuple[str, str]:
    dutch, _, english = lemmas.partition("\t")
    return dutch, english


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this machine: from the cache file, made first if it is not there."""
    path = _cache_file()
    if not path.exists():
        data = _make(_dictionary("nl"), _dictionary("en"))
        with suppress(OSError):
            _write(path, data)
        return Lexicon(data)
    with path.open("rb") as file:
        return Lexicon(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _cache_file() -> Path:
    from importlib.metadata import version

    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path("~/.cache").expanduser())
    return Path(base) / "beleidskennis" / f"lexicon-{_FORMAT}-simplemma-{version('simplemma')}.tsv"


def _dictionary(language: str) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary(language)  # type: ignore[no-any-return]


def _make(dutch: Mapping[str, str], english: Mapping[str, str]) -> bytes:
    merged: dict[str, list[str]] = {}
    for column, dictionary in enumerate((dutch, english)):
        for word, lemma in dictionary.items():
            # A lower-case entry beats the same word with a capital: "Wegen" the town, "wegen" the roads.
            entry = merged.setdefault(word.lower().replace("’", "'"), ["", ""])
            if not entry[column] or word.islower():
                # Some lemmas mark the seam of a compound: "gemeente_raad".
                entry[column] = lemma.lower().replace("_", "")
    lines = [f"{word}\t{nl}\t{en}\n".encode() for word, (nl, en) in merged.items() if "\t" not in word]
    return b"".join(sorted(lines))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: several processes of an ingest may write at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
