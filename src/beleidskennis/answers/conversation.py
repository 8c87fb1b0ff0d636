"""Follow-up questions: "en de provincie?" keeps the subject of the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.citations.lexicon import ACTOR_OF
from beleidskennis.citations.naming import aliases, mentions
from beleidskennis.dutch.lemmas import lemma
from beleidskennis.dutch.stopwords import QUESTION_WORDS
from beleidskennis.dutch.terms import STOP, word_terms
from beleidskennis.dutch.words import normalise, tokens
from beleidskennis.model import Document

_OPENS = re.compile(r"^\s*(?:en|maar|ook|dus|of|and|but)\b\s*", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:dat|dit|die|deze|daar|daarvan|daarvoor|daarmee|daarover|daarin|daarop|hiervan|hiervoor|hij|zij|ze|hun|het"
    r"|ervan|ervoor|erover|er|that|this|it|they|those|these)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREPOSITIONS = ("in", "op", "van", "voor", "met", "over", "bij", "aan", "door", "naar", "tussen", "uit", "volgens")
_NAME = re.compile(r"\b[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*")
_SHORT = 5
"""Words that say something; a question with fewer, that points back, is a follow-up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, as it was understood (`FollowUp.text`)."""

    question: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that stands on its own. `asks` is the sentence that gives the form of the answer."""

    text: str
    asks: str
    is_follow_up: bool = False


def read_follow_up(text: str, history: Sequence[Turn], documents: Sequence[Document] = ()) -> FollowUp:
    """The question with what it leaves out filled in from the question before it."""
    if not history:
        return FollowUp(text, text)
    before = history[-1].question
    opened = _OPENS.match(text)
    rest = text[opened.end() :] if opened else text
    telling = _telling(rest)
    asks_itself = bool(
        re.match(r"\s*(?:wie|wat|waar|wanneer|welke?|hoe|who|what|when|which|how|why)", rest, re.IGNORECASE)
    )
    points = bool(_POINTS.search(rest)) and len(telling) <= 2
    if not points and not (opened and not asks_itself) and not (len(telling) <= 1 and len(rest.split()) <= _SHORT):
        return FollowUp(text, text)
    if not points and not asks_itself:
        swapped = _swap(before, rest, documents)
        if swapped:
            return FollowUp(swapped, swapped, True)
    subject = " ".join(token.text for token in tokens(before) if _says(token.text))
    if asks_itself or points:
        return FollowUp(f"{rest.rstrip(' ?')} {subject}?", rest, True)
    return FollowUp(f"{before.rstrip(' ?')} {rest.rstrip(' ?')}?", before, True)


def _swap(before: str, rest: str, documents: Sequence[Document]) -> str:
    """The question before, with one part exchanged: a year, an actor or a document for another of its kind."""
    year = _YEAR.search(rest)
    if year and _YEAR.search(before) and not _telling(_YEAR.sub("", rest)):
        return _YEAR.sub(year.group(), before, count=1)
    there, here = mentions(before, documents), mentions(rest, documents)
    if there and here and there[0].document.document_id != here[0].document.document_id:
        for alias, _ in aliases(there[0].document):
            for name, _ in aliases(here[0].document):
                if alias in before and name.lower() in rest.lower():
                    article = re.search(rf"\b(de|het)\s+{re.escape(name)}", rest, re.IGNORECASE)
                    new_name = f"{article.group(1).lower()} {name}" if article else name
                    old = re.search(rf"\b(?:(?:de|het)\s+)?{re.escape(alias)}", before)
                    return before.replace(old.group() if old else alias, new_name, 1)
    new = next((token.text for token in tokens(rest) if lemma(normalise(token.text)) in ACTOR_OF), "")
    for token in tokens(before):
        if new and lemma(normalise(token.text)) in ACTOR_OF and lemma(normalise(token.text)) != lemma(normalise(new)):
            article = re.search(rf"\b(de|het|een)\s+{re.escape(new)}\b", rest, re.IGNORECASE)
            start = before[: token.start]
            if article:
                start = re.sub(r"\b(?:de|het|een)\s+$", f"{article.group(1).lower()} ", start, flags=re.IGNORECASE)
            return f"{start}{new}{before[token.end :]}"
    return _other_part(before, rest.strip().rstrip(" ?"))


def _other_part(before: str, rest: str) -> str:
    """The question before with `rest` in the place of what has the same preposition, or of the last name in it."""
    preposition = rest.split(" ")[0].lower()
    if preposition in _PREPOSITIONS and len(rest.split()) > 1:
        old = re.compile(rf"\b{preposition}\s+(?:(?!(?:{'|'.join(_PREPOSITIONS)})\b)[^\s?]+\s*)+(?<!\s)", re.IGNORECASE)
        found = list(old.finditer(before))
        return f"{before[: found[-1].start()]}{rest}{before[found[-1].end() :]}" if found else ""
    if all(token.text[0].isupper() for token in tokens(rest)):
        names = [match for match in _NAME.finditer(before) if match.start()]
        return f"{before[: names[-1].start()]}{rest}{before[names[-1].end() :]}" if names else ""
    return ""


def _telling(text: str) -> list[str]:
    return [token.text for token in tokens(text) if _says(token.text)]


def _says(word: str) -> bool:
    base = normalise(word)
    return bool(word_terms(word)) and base not in QUESTION_WORDS and base not in STOP
