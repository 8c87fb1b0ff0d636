"""The lexical leg: BM25 over weighted terms, served from postings."""

from beleidskennis.lexical.bm25 import Bm25, best
from beleidskennis.lexical.index import LexicalIndex
from beleidskennis.lexical.segments import PassageTerms, Segment, context_text, passage_terms

__all__ = ["Bm25", "LexicalIndex", "PassageTerms", "Segment", "best", "context_text", "passage_terms"]
