"""The vocabulary of beleidskennis: every type that crosses a module border.

Conventions, everywhere in the project:

- `page_number` is physical and counts from 1; `page_label` is what is printed on the page ("iv", "10").
- `start` and `end` are offsets in characters (Python `str` indices), half open, into the *clean* text of one page.
- `score` is higher-is-better; `rank` counts from 1.
- Vectors are `(n, d)` float32 arrays with rows of unit length.
- The text of a passage, a quote or a recommendation is `slice_spans(spans, page_texts)`: the slices of the clean page
  texts, joined by one space where a text runs on to the next page. Nothing is ever shown as a quote that is not such
  a slice.

`spans` < `documents` < `finding`, `recommendations` < `answers`: each module knows those before it; `seams` knows none.
Everything is imported from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beleidskennis.model.answers import Answer, AnswerSentence, Citation
from beleidskennis.model.documents import (
    Document,
    Kinship,
    Note,
    Page,
    PageKind,
    Passage,
    PassageKind,
    Related,
    VersionPlace,
)
from beleidskennis.model.finding import FacetValue, Filters, Hit, LegRank, QueryReading, SearchResult, read_years
from beleidskennis.model.recommendations import Label, LabelSource, Recommendation, Strength
from beleidskennis.model.seams import Encoder, Generator, Reranker, SentenceReader
from beleidskennis.model.spans import DocumentId, PassageId, Span, cut_spans, slice_spans

if TYPE_CHECKING:
    from beleidskennis.model.seams import Vectors as Vectors

__all__ = [
    "Answer",
    "AnswerSentence",
    "Citation",
    "Document",
    "DocumentId",
    "Encoder",
    "FacetValue",
    "Filters",
    "Generator",
    "Hit",
    "Kinship",
    "Label",
    "LabelSource",
    "LegRank",
    "Note",
    "Page",
    "PageKind",
    "Passage",
    "PassageId",
    "PassageKind",
    "QueryReading",
    "Recommendation",
    "Related",
    "Reranker",
    "SearchResult",
    "SentenceReader",
    "Span",
    "Strength",
    "VersionPlace",
    "cut_spans",
    "read_years",
    "slice_spans",
]
