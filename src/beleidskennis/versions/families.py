"""Which documents are versions of each other, and which of them is the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from beleidskennis.dutch.words import fold
from beleidskennis.model import Document, Kinship
from beleidskennis.versions.shingles import shared

if TYPE_CHECKING:
    from beleidskennis.versions.shingles import Hashes

LINKED_SHARE = 0.3
"""Documents of which the shorter shares this much of its text with the other are linked. Measured on 400 drafts and 195
pairs of other documents (`benchmarks/versions.py`, docs/reading.md): precision 1.00, recall 0.995; unrelated policy
documents share at most 0.014."""
SAME_SHARE = 0.95
"""From here on it is called the same text: a draft of which 2% of the words changed shares 0.88 to 0.95."""
PART_LENGTH = 1 / 3
"""A text that is shorter than this share of the other is a part of it (a summary, a chapter), not a version: a draft of
half a document still is one."""

_DRAFT = re.compile(r"\b(?:concept\w*|ontwerp|draft|voorlopige?|werkversie|wip)\b")
_FINAL = re.compile(r"\b(?:definiti(?:ef|eve)|def|final|vastgesteld|eindversie|eindrapport)\b")
_NUMBER = re.compile(r"\b(?:v|versie|version|rev|revisie)\s?(\d+(?:\.\d+)*)\b")


def kinship(one: Hashes, other: Hashes) -> tuple[float, Kinship] | None:
    """Which share of the shorter of two documents is in the other, and how they are related; None if they are not."""
    share = shared(one, other)
    if share < LINKED_SHARE:
        return None
    ratio = min(len(one), len(other)) / max(len(one), len(other))
    if ratio < PART_LENGTH:
        return share, Kinship.PART
    return share, Kinship.SAME if share >= SAME_SHARE and ratio >= SAME_SHARE else Kinship.VERSION


def families(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Documents that are versions of each other, directly or by way of others; each in one family of two or more."""
    leader: dict[str, str] = {}

    def led(one: str) -> str:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for one, other in pairs:
        leader[led(one)] = led(other)
    found: dict[str, list[str]] = {}
    for one in sorted(leader):
        found.setdefault(led(one), []).append(one)
    return list(found.values())


def newest_first(documents: Sequence[Document], drafts: Set[str] = frozenset()) -> list[Document]:
    """The versions in order: by year, then final before draft, then version number, month and day, and file name.

    What calls itself a draft is one by the words of its title or file name, or is in `drafts`. The year comes first,
    since a "concept" of 2025 follows on a "definitief" of 2023; month and day come after the words, since they are
    often unknown. A document without a date comes last.
    """
    return sorted(documents, key=lambda document: _age(document, document.document_id in drafts), reverse=True)


def _age(document: Document, draft: bool) -> tuple[int, int, tuple[int, ...], str, str]:
    name = fold(re.sub(r"[_\-+]+", " ", f"{document.title} {document.file_name.rpartition('.')[0]}"))
    finality = 1 if _FINAL.search(name) else -1 if draft or _DRAFT.search(name) else 0
    number = _NUMBER.findall(name)
    version = tuple(int(part) for part in number[-1].split(".")) if number else ()
    return document.year or 0, finality, version, document.date, document.file_name


def calls_itself_draft(first_page: str) -> bool:
    """Whether a short line of the first page (raw text) is a stamp such as "CONCEPT" or "Concept, 12 mei 2024"."""
    lines = [fold(line) for line in first_page.split("\n") if 0 < len(line.split()) <= 5]
    return any(re.match(r"\W*(?:concept(?:versie)?|ontwerp|draft|voorlopige versie)\b", line) for line in lines)
