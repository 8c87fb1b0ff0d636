"""Draft sentences and quotes held against the documents.

check_sentence("De stad telt 112.700 inwoners.", corpus).verdict
check_draft(paragraphs, corpus, quotes=QuoteIndex(...))
"""

from __future__ import annotations

from beleidskennis.citations.claims import is_claim
from beleidskennis.citations.drafts import check_draft
from beleidskennis.citations.evidence import Corpus
from beleidskennis.citations.quote_index import QuoteIndex
from beleidskennis.citations.quotes import check_quote, check_quotes
from beleidskennis.citations.report import (
    CheckedDraft,
    CheckedParagraph,
    CheckedQuote,
    CheckedSentence,
    Difference,
    DraftParagraph,
    Match,
    QuoteChange,
    QuoteVerdict,
    Topic,
    Verdict,
)
from beleidskennis.citations.support import check_sentence

__all__ = [
    "CheckedDraft",
    "CheckedParagraph",
    "CheckedQuote",
    "CheckedSentence",
    "Corpus",
    "Difference",
    "DraftParagraph",
    "Match",
    "QuoteChange",
    "QuoteIndex",
    "QuoteVerdict",
    "Topic",
    "Verdict",
    "check_draft",
    "check_quote",
    "check_quotes",
    "check_sentence",
    "is_claim",
]
