"""English words that Dutch has too, in its own spelling: "transition" is "transitie", "regional" is "regionaal".

For words of a question in English that no concept translates. A form counts only if it is a Dutch word.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from beleidskennis.dutch.lexicon import lexicon

_ENDINGS = (
    ("tion", ("tie",)),
    ("sion", ("sie",)),
    ("ity", ("iteit",)),
    ("ical", ("isch",)),
    ("al", ("aal", "eel")),
    ("ics", ("iek",)),
    ("ic", ("isch", "iek")),
    ("ism", ("isme",)),
    ("ive", ("ief",)),
    ("ency", ("entie",)),
    ("ence", ("entie",)),
    ("ancy", ("antie",)),
    ("ance", ("antie",)),
    ("ary", ("air",)),
    ("ous", ("eus",)),
    ("ure", ("uur",)),
    ("ate", ("aat", "eren")),
    ("ize", ("iseren",)),
    ("ise", ("iseren",)),
    ("ify", ("ificeren",)),
    ("y", ("ie",)),
    ("or", ("or", "eur")),
    ("", ("", "e", "eren")),
)
_LETTERS = (("ph", "f"), ("th", "t"), ("qu", "kw"), ("cc", "kk"), ("ck", "k"))
_HARD = "aolurtks"
_MIN = 5
"""In shorter words likeness is chance ("late" is not "laat" of "laten")."""


@lru_cache(maxsize=20_000)
def cognates(word: str) -> tuple[str, ...]:
    """Dutch words that an English base form (lower case) may be: `("transitie",)` for "transition"."""
    if len(word) < _MIN or not word.isascii() or not word.isalpha():
        return ()
    ending, dutch = next((english, dutch) for english, dutch in _ENDINGS if word.endswith(english))
    stem = word[: len(word) - len(ending)]
    forms = [written + end for written, end in product(dict.fromkeys((_respelt(stem), stem)), dutch)]
    return tuple(form for form in dict.fromkeys(forms) if form != word and lexicon().dutch(form) == form)


def _respelt(stem: str) -> str:
    for english, dutch in _LETTERS:
        stem = stem.replace(english, dutch)
    hard = [letter == "c" and (stem + "k")[place + 1] in _HARD for place, letter in enumerate(stem)]
    return "".join("k" if is_hard else letter for letter, is_hard in zip(stem, hard, strict=True))
