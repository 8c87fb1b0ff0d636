"""Which sentences of a draft claim something that a source could hold."""

from __future__ import annotations

import re

from beleidskennis.citations.figures import read_figures
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import words

LEAST_WORDS = 5
"""A shorter sentence claims too little to look up, unless it holds a figure."""
_NO_CLAIM = re.compile(
    r"^(?:wij danken|met vriendelijke groet|hoogachtend|geachte|beste|bijlage"
    r"|zie (?:ook )?(?:bijlage|hoofdstuk|paragraaf|de)"
    r"|in (?:dit|deze|het volgende) (?:hoofdstuk|paragraaf|nota|notitie|voorstel|stuk|brief)\b"
    r"|dit (?:hoofdstuk|voorstel|stuk|document|raadsvoorstel)\b|hieronder (?:volgt|leest|staat)|leeswijzer"
    r"|wij (?:stellen u|vragen u|verzoeken u|vertrouwen erop|hopen|informeren u|leggen u)|u (?:wordt|kunt|vindt)"
    r"|hieronder (?:wordt|worden|staan)|(?:de )?(?:tabel|figuur|kader|grafiek)(?: \d[\d.]*)? (?:laat|toont|geeft|zet)"
    r"|(?:wij|we) baseren ons op|(?:dit|deze) \w+ (?:is gebaseerd|baseert zich) op"
    r"|voor (?:vragen|meer informatie)|namens het college|de raad (?:wordt|besluit)\b|besluit:?$"
    r"|(?:het college|wij|er) (?:stelt|stellen|wordt) (?:de raad |u )?voor(?:gesteld)? (?:om )?(?:te|in te) )",
    re.IGNORECASE,
)
"""Courtesies, signposts and the words of the decision itself."""
_VERB = re.compile(
    r"\w{2,}(?:t|en|de|te|den|ten|is|was|ijn|an|aan)\b|\b(?:is|was|zijn|wil|kan|moet|zal|mag|had|hebben|werd|gaf|kwam|nam|ging|lag|bleef|vond|deed|liep|schreef)\b"
)


def is_claim(text: str) -> bool:
    """Whether a sentence says something about the world that a document could confirm.

    Questions, greetings, signposts ("in dit hoofdstuk ...") and headings claim nothing.
    """
    stripped = text.strip().lstrip("-•* ")
    count = len(words(stripped))
    if not stripped or stripped.endswith(("?", ":")) or _NO_CLAIM.match(stripped):
        return False
    if count < LEAST_WORDS:
        return count >= 3 and bool(read_figures(stripped)) and bool(_VERB.search(stripped.lower()))
    telling = [word for word in words(stripped) if word_terms(word)]
    return len(telling) >= 2 and bool(_VERB.search(stripped.lower()))
