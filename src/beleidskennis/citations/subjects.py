"""What a comparing question is about, without the words that only compare."""

from __future__ import annotations

import re

from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import words

_FRAME = re.compile(
    r"^(?:wat|hoe|what|how)\s+(?:zeg\w*|denk\w*|vind\w*|schrijv\w*|schrijf\w*|adviser\w*|adviseert|kijk\w*|oordel\w*"
    r"|beoordel\w*|staa\w*|will?en|wil|doen|doet|noem\w*|verwacht\w*|is|zijn|does?|did|says?)\b(?:\s+er\b)?"
    r"|\bvergelijk\w*:?|\bcompare\b(?:\s+what)?|\b(?:wat|what) (?:is|zijn|are) (?:het|de|the)"
    r" (?:verschil\w*|overeenkomst\w*|difference\w*)"
    r"|\bwaarin\b|\bverschil\w*|\bovereenkomst\w*|\b(?:zijn|is) het (?:er ?over )?eens\b"
    r"|\bhet (?:er ?over )?(?:on)?eens\b"
    r"|\bvan mening\b|\bzowel\b|\ballebei\b|\bbeide\b|\bhetzelfde\b|\bdezelfde\b|\ben welke\s*(?=\?|$)"
    r"|\bdocument(?:en)?\b|\bboth\b|\bagree\b|\bdiffer\w*\b|^(?:noem|geef|denken|geven|zijn|is)\b"
    r"|\bwie\b|\bwat er\b|\b(?:staat|noemen|geven|verwachten|zeggen|willen)\b\s*(?=[?.]|$)",
    re.IGNORECASE,
)
"""What a question says of comparing, rather than of what is compared."""
_JOINTS = re.compile(
    r"^(?:(?:en|of|de|het|zijn|over|van|met|tussen|in|tegen|naar|aan|als|is|op|er|say|about|on|the)(?![\w-])|[,:\s])+"
    r"|(?:\s+(?:en|of|bij|van|volgens|met|tussen|als|over|and|by))+(?=\s*[?.]?\s*$)",
    re.IGNORECASE,
)


def subject_of(asks: str) -> str:
    """What documents are compared on: "een tram" of "Wat zeggen over een tram?"; `asks` itself if nothing is left."""
    subject = _JOINTS.sub("", " ".join(_FRAME.sub(" ", asks).split())).replace(" ?", "?")
    return subject if [word for word in words(subject) if word_terms(word)] else asks
