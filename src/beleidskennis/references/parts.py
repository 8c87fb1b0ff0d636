"""The parts of a reference: names, dates, pages and numbers of documents, as Dutch style guides write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from beleidskennis.model import Document

NO_DATE = "z.d."
"""What APA in Dutch puts in the place of a missing date ("zonder datum")."""
NO_TITLE = "[zonder titel]"
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_PREFIXES = frozenset(
    [
        "de",
        "den",
        "der",
        "het",
        "'t",
        "ten",
        "ter",
        "te",
        "van",
        "vande",
        "vanden",
        "vander",
        "von",
        "vom",
        "la",
        "le",
        "du",
        "in",
        "op",
        "aan",
        "'s",
    ]
)
_ORGANISATION = re.compile(
    r"\b(?:raad|board|gemeente|provincie|ministerie|commissie|bureau|instituut|stichting|vereniging|universiteit|"
    r"hogeschool|platform\w*|kamer|dienst|agentschap|autoriteit|centrum|regio|metropoolregio|bank|fonds|groep|"
    r"rekenkamer|waterschap|unie|bv|b\.v\.|nv|n\.v\.|consultancy|partners|alliantie|federatie|bond)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """An author: an organisation has only `family`; a person has `initials` and perhaps a `prefix` ("van den")."""

    family: str
    initials: str = ""
    prefix: str = ""
    given: str = ""

    @property
    def is_person(self) -> bool:
        """Whether this is a person, not an organisation."""
        return bool(self.initials)

    @property
    def running(self) -> str:
        """The family name as it stands in running text: with the prefix before it, capitalised ("Van den Berg")."""
        name = f"{self.prefix} {self.family}" if self.prefix else self.family
        return name[:1].upper() + name[1:] if self.prefix else name

    @property
    def initialled(self) -> str:
        """With initials before it and no space between these ("A.M. van den Berg"), as Dutch legal texts write it."""
        return " ".join(part for part in (self.initials.replace(" ", ""), self.prefix, self.family) if part)


def _initials(given: str) -> str:
    if re.fullmatch(r"(?:[A-Z][a-z]?\.\s*)+", given):
        return " ".join(re.findall(r"[A-Z][a-z]?\.", given))
    return " ".join(f"{part[0].upper()}." for part in re.split(r"[\s-]+", given) if part[:1].isalpha())


def read_name(text: str) -> Name:
    """An author's name from "Anna de Vries", "Vries, A. de", "de Vries, Anna" or the name of an organisation."""
    text = " ".join(text.split())
    if "," in text and not _ORGANISATION.search(text):
        family, given = (part.strip() for part in text.split(",", 1))
        words, tail = family.split(), given.split()
        front = _leading_prefix(words)
        back = _trailing_prefix(tail)
        given = " ".join(tail[: len(tail) - len(back)])
        return Name(" ".join(words[len(front) :]), _initials(given), " ".join(front or back), given)
    words = text.split()
    if len(words) < 2 or _ORGANISATION.search(text) or any(word.isupper() and len(word) > 2 for word in words):
        return Name(text)
    if not all(word[0].isupper() or word.lower() in _PREFIXES for word in words):
        return Name(text)
    split = next((i for i, word in enumerate(words[1:], 1) if word in _PREFIXES), len(words) - 1)
    prefix = _leading_prefix(words[split:])
    given = " ".join(words[:split])
    return Name(" ".join(words[split + len(prefix) :]), _initials(given), " ".join(prefix), given)


def _leading_prefix(words: list[str]) -> list[str]:
    count = 0
    while count < len(words) - 1 and words[count].lower() in _PREFIXES:
        count += 1
    return words[:count]


def _trailing_prefix(words: list[str]) -> list[str]:
    count = 0
    while count < len(words) - 1 and words[-1 - count].lower() in _PREFIXES:
        count += 1
    return words[len(words) - count :] if count else []


def authors_of(document: Document) -> tuple[Name, ...]:
    """The authors, or else the publisher as author; empty if neither is known."""
    if document.authors:
        return tuple(read_name(author) for author in document.authors if author.strip())
    return (Name(document.publisher.strip()),) if document.publisher.strip() else ()


def journal_of(document: Document) -> str:
    """The journal with volume and issue, as APA writes them: "Stad en Water, 9(2)"; "" for what is no article."""
    number = f"{document.volume}({document.issue})" if document.issue else document.volume
    return ", ".join(part for part in (document.journal.strip(), number) if part) if document.journal.strip() else ""


def article_range(document: Document, dash: str = "–") -> str:
    """The pages of an article in its journal: "44–61"; "" if they are not known."""
    return re.sub(r"\s*[-–—]+\s*", dash, document.article_pages.strip())


def publisher_of(document: Document) -> str:
    """The publisher where it is not the author itself; APA 7 leaves it out when it is, and of a journal."""
    if document.journal:
        return ""
    publisher = document.publisher.strip()
    names = {name.running.casefold() for name in authors_of(document)}
    return "" if publisher.casefold() in names else publisher


def title_of(document: Document) -> str:
    """The title without a full stop at its end; "[zonder titel]" if there is none."""
    return " ".join(document.title.split()).rstrip(".") or NO_TITLE


def read_date(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of an ISO 8601 date, as far as it is given and valid."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if not match:
        return None, None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:
        return year, None, None
    return year, month, day if day is None or 1 <= day <= 31 else None


def year_of(document: Document, suffix: str = "") -> str:
    """The year, or "z.d."; `suffix` tells apart works of one author and year ("2015a", "z.d.-a")."""
    year = read_date(document.date)[0]
    if year is None:
        return f"{NO_DATE}-{suffix}" if suffix else NO_DATE
    return f"{year}{suffix}"


def long_date(text: str) -> str:
    """The date in words ("28 augustus 2015", "oktober 2025", "2019"), or "" for an unknown date."""
    year, month, day = read_date(text)
    if year is None:
        return ""
    parts = [str(day) if day else "", _MONTHS[month - 1] if month else "", str(year)]
    return " ".join(part for part in parts if part)


def parliamentary_year(text: str) -> str:
    """The parliamentary year of a date: "2015/16" from the third Tuesday of September 2015 on; "" if not certain."""
    year, month, day = read_date(text)
    if year is None or month is None or (month == 9 and day is None):
        return ""
    first = date(year, 9, 1)
    third_tuesday = first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    start = year if (month, day or 1) >= (9, third_tuesday.day) else year - 1
    return f"{start}/{(start + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A parliamentary paper: dossier number, its chapter of the budget if any, and the number of the paper."""

    number: str
    chapter: str
    paper: str

    @property
    def chamber(self) -> str:
        """The chamber: "I" for the Eerste Kamer, whose papers are lettered; else "II"."""
        return "I" if self.paper.isalpha() else "II"

    def written(self, *, spaced: bool) -> str:
        """As it is written: "34442, nr. 3", with `spaced` "34 442, nr. 3"; papers of the Eerste Kamer "33802, C"."""
        number = f"{self.number[:2]} {self.number[2:]}" if spaced else self.number
        number = f"{number} {self.chapter}".strip()
        return f"{number}, {self.paper}" if self.paper.isalpha() else f"{number}, nr. {self.paper}"


_DOSSIER = re.compile(
    r"\b(?P<number>\d{2}\s?\d{3})(?:[\s-]+(?P<chapter>[IVX]+[A-Z]?))?\s*,\s*(?:nr\.?\s*)?(?P<paper>\d{1,4}|[A-Z]{1,3})\b"
)
_OWN_KINDS = frozenset({"kamerstuk", "kamerbrief", "kamerstukken", "kabinetsreactie", "memorie van toelichting"})


def read_dossier(text: str) -> Dossier | None:
    """The parliamentary paper named in `text`, if one is."""
    match = _DOSSIER.search(text)
    if not match:
        return None
    return Dossier(re.sub(r"\s", "", match["number"]), match["chapter"] or "", match["paper"])


def dossier_of(document: Document) -> Dossier | None:
    """The number of the document itself as a parliamentary paper.

    `Document.identifiers` holds every number found in the text, mostly those of other papers; one is the document's
    own only where its kind says that it is a parliamentary paper, or its title or file name holds that number.
    """
    for identifier in document.identifiers:
        dossier = read_dossier(identifier) if identifier.startswith("Kamerstuk") else None
        if dossier and (document.kind.lower() in _OWN_KINDS or _named(document, dossier.number)):
            return dossier
    return None


def number_of(document: Document) -> str:
    """The document's own advice or council number ("SER-advies 15/03", "RIS300623"); "" if none is surely its own."""
    for identifier in document.identifiers:
        digits = re.sub(r"\D", "", identifier)
        if identifier.startswith("RIS") and _named(document, digits):
            return identifier
        advice = re.match(r"(?P<maker>\w+)-advies\s+(?P<number>\d{2,4}/\d+)", identifier)
        if advice and _same_maker(advice["maker"], document.publisher) and _same_year(advice["number"], document):
            return identifier
    return ""


def _named(document: Document, digits: str) -> bool:
    names = re.sub(r"[\s._-]", "", f"{document.title} {document.file_name}")
    return bool(digits) and digits in names


def _same_maker(acronym: str, publisher: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"\w+", publisher)).casefold()
    return acronym.casefold() in (letters, publisher.casefold()) or acronym in re.findall(r"\w+", publisher)


def _same_year(number: str, document: Document) -> bool:
    year = document.year
    return year is None or number.split("/")[0][-2:] == f"{year % 100:02d}"


def page_locator(pages: str, *, plural: str = "p.") -> str:
    """The place in the document: "p. 12", "p. 12-13" (or `plural` before a range), "p. iv"; "" without pages."""
    if not pages.strip() or pages.startswith(("§", "al. ")):  # a part of a text without pages is named as it is
        return pages.strip()
    pages = re.sub(r"\s*[-–—]\s*", "–", pages.strip())
    return f"{plural} {pages}" if "–" in pages or "," in pages else f"p. {pages}"


def publisher_label(document: Document) -> str:
    """A short name for a document beside others: publisher (or title) with the year: "Economische Raad (2024)"."""
    name = document.publisher.strip() or title_of(document).split(":")[0]
    return f"{name} ({document.year})" if document.year else name
