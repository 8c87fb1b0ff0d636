"""Passages of one document to its recommendations: found, read, linked, and merged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from beleidskennis.model import Document, DocumentId, Label, Passage, Recommendation
from beleidskennis.recommendations.context import Unit, units
from beleidskennis.recommendations.details import action, deadline, figures
from beleidskennis.recommendations.detection import Verdict, judge
from beleidskennis.recommendations.merge import merge
from beleidskennis.recommendations.speaker import own_names, speaker
from beleidskennis.recommendations.summary import summarise

if TYPE_CHECKING:
    from beleidskennis.model import Encoder
    from beleidskennis.taxonomy.loading import Taxonomy

QUOTED = 0.8
"""Factor on the confidence of advice that is only quoted from a third party."""

FRONT_PAGES = 3
"""Pages in which a document says whom it is for."""

Linker = Callable[[str, str, str], tuple[Label, ...]]
"""From a recommendation's text, its context (headings, intro) and what stands around it to labels."""


def extract(
    document: Document,
    passages: Sequence[Passage],
    *,
    taxonomy: Taxonomy | None = None,
    default_addressees: Sequence[str] | None = None,
    encoder: Encoder | None = None,
    link: Linker | None = None,
) -> tuple[Recommendation, ...]:
    """The recommendations in `passages` (all of one document, in reading order), in reading order.

    Quotes are exact slices: `quote == slice_spans(spans, page_texts)`. `taxonomy` gives the labels (none without
    it); `default_addressees` (concept ids) are who must act where the words name nobody, by default what the
    taxonomy makes of the document; `encoder` lets likeness add to the labels; `link` replaces the linking
    altogether.
    """
    linker = link or _linker(document, passages, taxonomy, default_addressees, encoder)
    own = own_names(document)
    found = []
    for unit in units(passages, document):
        verdict = judge(unit)
        if verdict is not None:
            found.append(_recommendation(document, unit, verdict, speaker(unit.text, own), linker))
    return merge(found)


def recommendation_key(quote: str) -> str:
    """What stays the same of a quote when it is read again: letters and digits, lower case, without accents."""
    plain = unicodedata.normalize("NFKD", quote.lower())
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def identify(document_id: DocumentId, quote: str, page_number: int = 0) -> str:
    """16 hexadecimal characters from the document and the words of the quote: the same again after a re-ingest."""
    text = f"{document_id}\x1f{recommendation_key(quote)}"
    if page_number:
        text += f"\x1f{page_number}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _recommendation(document: Document, unit: Unit, verdict: Verdict, who: str, linker: Linker) -> Recommendation:
    passage = unit.passage
    page_number = unit.spans[0].page_number
    context = " > ".join([*unit.headings[-2:], unit.intro]).strip(" >")
    return Recommendation(
        recommendation_id=identify(document.document_id, unit.text),
        document_id=document.document_id,
        passage_id=passage.passage_id,
        quote=unit.text,
        spans=unit.spans,
        page_number=page_number,
        page_label=passage.page_label if page_number == passage.page_number else str(page_number),
        strength=verdict.strength,
        kind=verdict.kind,
        intro=unit.intro,
        intro_spans=unit.intro_spans,
        summary=summarise(unit.text, unit.intro),
        headings=unit.headings,
        labels=linker(unit.text, context, passage.text.replace(unit.text, " ")),
        action=action(unit.sentence),
        deadline=deadline(unit.text) or deadline(unit.intro),
        figures=figures(unit.text),
        speaker=who,
        confidence=round(verdict.confidence * (QUOTED if who else 1.0), 3),
    )


def _linker(
    document: Document,
    passages: Sequence[Passage],
    taxonomy: Taxonomy | None,
    default_addressees: Sequence[str] | None,
    encoder: Encoder | None,
) -> Linker:
    """How the labels of one document's recommendations are made."""
    if taxonomy is None:
        return lambda text, context, around: ()
    from beleidskennis import taxonomy as linking

    if default_addressees is None:
        front = " ".join(passage.text for passage in passages if passage.page_number <= FRONT_PAGES)
        default_addressees = linking.default_addressees(document.title, document.publisher, front)
    scheme, addressees = taxonomy, tuple(default_addressees)
    embed = encoder.encode_passages if encoder is not None else None
    return lambda text, context, around: linking.link(
        text, scheme, context=context, around=around, embed=embed, default_addressees=addressees
    )
