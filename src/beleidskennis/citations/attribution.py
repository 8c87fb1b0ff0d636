"""To whom a draft sentence ascribes what it says ("volgens de adviesraad ..."), and whether a source is that body's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.citations.naming import mentions
from beleidskennis.model import Document

_SURE = 0.75
"""Certainty of a name from which a sentence is held to it: publishers and kinds of body, no loose title words."""
_SAYS = (
    r"adviseer(?:t|de|den)|adviseren|beveelt|bevelen|pleit(?:te|ten|en)?|bepleit(?:te|ten|en)?|vind(?:t|en)|vond(?:en)?"
    r"|wil(?:de|den|len)?|vraagt|vragen|vroeg(?:en)?|stel(?:t|de|den|len)|noem(?:t|de|den|en)|schrijf(?:t)|schreef"
    r"|schrijven|zeg(?:t|gen)|zei(?:den)?|verwacht(?:te|ten|en)?|constateer(?:t|de|den)|concludeer(?:t|de|den)"
    r"|waarschuw(?:t|de|den|en)|raad(?:t|de|den)|raden|ziet|zien|zag(?:en)?|rekent|rekenden?|meent|meende|acht|achtte"
    r"|belooft|beloofde|mikt|mikte|becijfer(?:t|de)|berekent|berekende|meldt|meldde|stelde|heeft|hebben|had(?:den)?"
    r"|vraagtekens|onderschrijft|onderschreef|steunt|steunde|trekt|trok|dringt|drong|kiest|koos|roept|riep"
)
_BEFORE = re.compile(
    r"\b(?:volgens|aldus|conform|naar (?:het )?(?:oordeel|voorstel|inschatting) van|in (?:het|de) [\w-]+ van"
    r"|(?:advies|rapport|oproep|pleidooi|voorstel|berekening|onderzoek|aanbeveling|schatting|wens) van)"
    r"\s+(?:(?:de|het|een)\s+)?$",
    re.IGNORECASE,
)
"""What stands before a name that is given as the source."""
_AFTER = re.compile(rf"^\W*(?:\([^)]*\)\s*)?(?:\w+\s+){{0,3}}?(?:{_SAYS})\b", re.IGNORECASE)
"""What stands after one: a verb of saying, wanting or finding, at most three words on."""
_TURNED = re.compile(rf"\b(?:{_SAYS})\s+(?:(?:de|het)\s+)?$", re.IGNORECASE)
"""A verb right before the name: "in 2018 vroeg de adviesraad", "zoals de board adviseert"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A body to which a sentence ascribes what it says: as written, with its documents."""

    name: str
    documents: tuple[Document, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether a text names this body: another document may tell what it said."""
        return bool(mentions(text, self.documents, least=_SURE))


def speaker_of(text: str, documents: Sequence[Document]) -> Speaker | None:
    """The one body of which a sentence says that it says so; None if it names none, or more than one."""
    found = [one for one in mentions(text, documents, least=_SURE) if speaks(text, one.start, one.end)]
    if not found or len({one.document.publisher for one in found}) > 1:
        return None
    name = text[found[0].start : found[0].end]
    return Speaker(name, tuple(one.document for one in found))


def speaks(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is given as the source of what the text says: "volgens ...", "vindt ..."."""
    before, after = text[:start], text[end:]
    return bool(_BEFORE.search(before) or _TURNED.search(before) or _AFTER.match(after))
