"""Where a sentence stands: in which list, under which heading, in what kind of document.

A list item under "Ons advies is:" is advice whatever its verb; one under "Resultaten" or "Partners" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from beleidskennis.model import Document, Passage, PassageKind, Span, cut_spans
from beleidskennis.recommendations.explicit import EXPLICIT
from beleidskennis.recommendations.grammar import Sentence, has_finite, read_sentence


class Setting(StrEnum):
    """What an introducing sentence or a heading announces."""

    ADVICE = "advies"
    OPTIONS = "opties"
    ACTIONS = "acties"
    OTHER = "anders"
    NONE = "niet"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item with where it stands; `intro` is empty for what is no list item."""

    passage: Passage
    text: str
    spans: tuple[Span, ...]
    sentence: Sentence
    is_item: bool = False
    intro: str = ""
    intro_spans: tuple[Span, ...] = ()
    intro_setting: Setting = Setting.OTHER
    heading_setting: Setting = Setting.OTHER
    agenda: bool = False
    in_table: bool = False
    is_heading: bool = False
    """Whether it is a heading of the passage, `headings` being those above it."""
    headings: tuple[str, ...] = ()
    opens_list: bool = False
    """Whether it ends in a colon."""


_ACTIONS = re.compile(
    r"\b(?:inzet|acties?|actiepunten|actielijnen?|maatregelen|activiteiten|uitvoeringsprogramma|wat (?:gaan|"
    r"doen) (?:we|wij)|"
    r"dit gaan we doen|zo gaan we|wat we gaan doen|stappen|to do|planning|werkprogramma|afspraken|interventies)\b"
)
_NONE = re.compile(
    r"\b(?:hoe meten|wat levert|met wie|wie doen er mee|resulta\w+|opbrengst\w*|meerwaarde|samenhang met|partners|"
    r"partijen|indicator\w*|waarom|aanleiding|"
    r"achtergrond|leeswijzer|"
    r"colofon|inhoud|bronnen|literatuur|noten|kosten|budget|begroting|dekking|is bereikt|gerealiseerd|definities?|"
    r"begrippen|afkortingen|"
    r"deelnemers|geïnterviewden|methode|werkwijze|onderzoeksvra\w+|deelvra\w+|vraagstelling|verantwoording|"
    r"werkende mechanismen|"
    r"stand van zaken|samenstelling|bijlage|doelgroep|voorbeeld\w*|feiten|cijfers)\b"
)
_ADVICE = re.compile(
    r"\b(?:advies|adviezen|aanbeveling\w*|adviseren|adviseert|beveelt|bevelen|pleit|pleiten|oproep|beleidslessen|"
    r"lessen|speerpunten|"
    r"conclusies en aanbevelingen|wat moet er gebeuren|wat is (?:er )?nodig|agendapunten|voorstellen|"
    r"aandachtspunten voor|"
    r"handelingsperspectief|stellen voor|randvoorwaarden zijn|moet(?:en)?|dien(?:t|en)|vraagt om|vraagt dit|nodig|"
    r"noodzakelijk|"
    r"gewenst|vergt|vereist|ingezet op|onze inzet|wij vragen|we vragen|roep(?:t|en))\b"
)
_OPTIONS = re.compile(
    r"\b(?:denk(?:en)? (?:\w+ )*aan|gedacht (?:worden )?aan|te denken (?:valt|is) aan|mogelijke \w+ (?:zijn|"
    r"hiervoor|daarvoor)|opties zijn|"
    r"kan worden bereikt|oplossingen (?:zijn|liggen)|kansen liggen|elementen (?:hierbij|daarbij|hiervan))\b|"
    r"\b(?:kan|kunnen)\b.*\bdoor:?$|"
    r"\bbijvoorbeeld:?$|\b(?:kan|kunnen|zou|zouden)(?: \w+){0,6}:$"
)
_AGENDA = re.compile(
    r"agenda\b|actieplan|actieprogramma|uitvoeringsprogramma|uitvoeringsplan|werkprogramma|plan van aanpak"
)
_NO_AGENDA = re.compile(r"^advies|rapport|artikel|onderzoek|brief")


def is_agenda(document: Document) -> bool:
    """Whether the document is an agenda or programme of actions: by its kind, else by its title."""
    if document.kind and "kind" not in document.guessed:
        return bool(_AGENDA.search(document.kind))
    if _NO_AGENDA.search(document.kind):
        return False
    return bool(
        _AGENDA.search(document.kind)
        or re.search(r"actie(?:agenda|plan|programma)|uitvoerings", document.title.lower())
    )


def intro_setting(intro: str) -> Setting:
    """What the sentence that introduces a list announces."""
    if not intro:
        return Setting.OTHER
    sentence = read_sentence(intro)
    if _NONE.search(sentence.lower) and not _ACTIONS.search(sentence.lower) and not _ADVICE.search(sentence.lower):
        return Setting.NONE
    if _ACTIONS.search(sentence.lower) and len(sentence.words) <= 8:
        return Setting.ACTIONS
    if _OPTIONS.search(sentence.lower) and not any(rule(sentence) for rule in EXPLICIT):
        return Setting.OPTIONS
    advises = _ADVICE.search(sentence.lower) or any(rule(sentence) for rule in EXPLICIT)
    return Setting.ADVICE if advises else Setting.OTHER


_HEADING_ADVICE = re.compile(
    r"\b(?:advies|adviezen|aanbeveling\w*|conclusies?|oproep|speerpunten|bouwstenen|beleidslessen|lessen|agenda)\b"
)


def heading_setting(headings: Sequence[str]) -> Setting:
    """What the headings announce: the innermost decides, else the one above it where it announces advice or actions."""
    for depth, heading in enumerate(reversed(headings)):
        lower = heading.lower()
        if re.match(r"bijlage", lower):
            return Setting.NONE
        found = _heading(lower)
        if found is not Setting.OTHER and (depth == 0 or (depth == 1 and found is not Setting.NONE)):
            return found
    return Setting.OTHER


def _heading(lower: str) -> Setting:
    if _ACTIONS.search(lower):
        return Setting.ACTIONS
    if _NONE.search(lower):
        return Setting.NONE
    return Setting.ADVICE if _HEADING_ADVICE.search(lower) else Setting.OTHER


@dataclass(slots=True)
class _List:
    """The list that is being read: the sentence that introduces it, and whether its items bear marks."""

    intro: str = ""
    spans: tuple[Span, ...] = ()
    marked: bool | None = None
    headings: tuple[str, ...] = ()
    setting: Setting = Setting.OTHER

    def open(self, intro: str, spans: tuple[Span, ...], *, nested: bool) -> None:
        """Start a list; one inside an item takes over what that list announces where it announces nothing itself."""
        own = intro_setting(intro)
        if not (nested and own is Setting.OTHER):
            self.setting = own
        self.intro, self.spans = intro, spans
        if not nested:
            self.marked = None

    def close(self) -> None:
        """The list is over."""
        self.intro, self.spans, self.marked, self.setting = "", (), None, Setting.OTHER


def units(passages: Sequence[Passage], document: Document) -> Iterator[Unit]:
    """The sentences and list items of `passages` (of one document, in reading order), each with its context."""
    agenda = is_agenda(document)
    current = _List()
    passed: tuple[tuple[Span, ...], ...] = ()
    for passage in passages:
        if not passage.kind.is_running_text:
            continue
        yield from _heading_units(passage, passed, agenda)
        passed = passage.heading_spans
        if passage.headings != current.headings:
            current = _List(headings=passage.headings)
        if passage.intro and passage.intro != current.intro:
            current.open(passage.intro, passage.intro_spans, nested=False)
        yield from _passage_units(passage, current, heading_setting(passage.headings), agenda)


_HEADING_NUMBER = re.compile(
    r"^(?:(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[a-z])[.)]?|(?:aanbeveling|advies|actie) \d+[.:]?)\s+", re.I
)


def _heading_units(passage: Passage, passed: Sequence[tuple[Span, ...]], agenda: bool) -> Iterator[Unit]:
    """The headings of a passage that have a place and were not those of the passage before it (`passed`)."""
    for depth, (title, spans) in enumerate(zip(passage.headings, passage.heading_spans, strict=False)):
        if not spans or spans in passed:
            continue
        number = _HEADING_NUMBER.match(title)
        start = number.end() if number else 0
        text = title[start:]
        above = passage.headings[:depth]
        yield Unit(
            passage=passage,
            text=text,
            spans=cut_spans(spans, start, len(title)),
            sentence=read_sentence(text),
            heading_setting=heading_setting(above),
            agenda=agenda,
            is_heading=True,
            headings=above,
        )


def _passage_units(passage: Passage, current: _List, under: Setting, agenda: bool) -> Iterator[Unit]:
    """The units of one passage; `current` is kept up to date for the next."""
    end = 0
    for index, (start, stop) in enumerate(passage.sentences):
        gap, text = passage.text[end:start], passage.text[start:stop]
        end = stop
        sentence = read_sentence(text)
        marked, opens_block = bool(gap.strip()), "\n" in gap or index == 0
        bare = opens_block and bool(current.intro) and not current.marked and _is_bare_item(passage, text, sentence)
        item = marked or bare
        if opens_block and not item:
            current.close()
        if marked:
            current.marked = True
        opens = text.endswith(":")
        yield Unit(
            passage=passage,
            text=text,
            spans=passage.sentence_spans(index),
            sentence=sentence,
            is_item=item and not opens,
            intro=current.intro if item else "",
            intro_spans=current.spans if item else (),
            intro_setting=current.setting if item else Setting.OTHER,
            heading_setting=under,
            agenda=agenda,
            in_table=passage.kind is PassageKind.TABLE,
            opens_list=opens,
            headings=passage.headings,
        )
        if opens:
            current.open(text, passage.sentence_spans(index), nested=marked)


def _is_bare_item(passage: Passage, text: str, sentence: Sentence) -> bool:
    """Whether a block without a mark, after a line that ends in ":", is an item: in a list, or no whole sentence."""
    if text.endswith(":"):
        return False
    return passage.kind is PassageKind.LIST or not text.endswith(".") or not has_finite(sentence.tokens)
