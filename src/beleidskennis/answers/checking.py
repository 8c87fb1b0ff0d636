"""Whether a passage holds a sentence that a model wrote: quotes, figures, names, negation; then overlap, meaning."""

from __future__ import annotations

from beleidskennis.citations.evidence import Corpus, Wanted, cite_spans, terms_of
from beleidskennis.citations.facts import compare_facts
from beleidskennis.citations.figures import compare_figures
from beleidskennis.citations.quotes import quotes_in
from beleidskennis.citations.report import Topic
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import Citation, Hit, cut_spans

ENOUGH = 0.6
"""Share of the weight of a sentence's words that the passage must hold."""
ENOUGH_ALIKE = 0.35
"""The same, where the meaning is alike too."""
ALIKE = 0.6
"""Cosine from which on a sentence of the passage means the same."""
_AGAINST = frozenset({Topic.NEGATION, Topic.DIRECTION, Topic.QUANTIFIER, Topic.NAME})


def support_of(text: str, hit: Hit, corpus: Corpus) -> Citation | None:
    """The sentence of a passage that holds `text`, as a citation; None if the passage does not hold it."""
    passage = hit.passage
    whole = passage.embed_text
    context = f"{whole} {hit.document.title} {hit.document.publisher}"
    years = (hit.document.year,) if hit.document.year else ()
    if not _quotes_hold(text, whole):
        return None
    figures = compare_figures(text, whole, context=context, years=years)
    if figures.differing or figures.missing:
        return None
    wanted = Wanted(text, corpus)
    spans = passage.sentences or ((0, len(passage.text)),)
    parts = [passage.text[start:end] for start, end in spans]
    cosines = corpus.encoder.encode_passages(parts) @ wanted.vector
    scored = [
        (wanted.coverage(terms_of(part)) + float(cosine), -i)
        for i, (part, cosine) in enumerate(zip(parts, cosines, strict=True))
    ]
    best = -max(scored)[1]
    if any(difference.topic in _AGAINST for difference in compare_facts(text, parts[best], context=context)):
        return None
    held = wanted.coverage(terms_of(whole))
    if held < ENOUGH and not (held >= ENOUGH_ALIKE and float(cosines[best]) >= ALIKE):
        return None
    places = cut_spans(passage.spans, *spans[best])
    return cite_spans(hit, places, parts[best], corpus, round(held, 4))


def _quotes_hold(text: str, source: str) -> bool:
    """Whether what stands between quotation marks stands in the source, word for word; names in marks are let be."""
    there = " " + " ".join(fold(word) for word in words(source)) + " "
    for start, end in quotes_in(text):
        quoted = [fold(word) for word in words(text[start:end])]
        if len(quoted) >= 3 and f" {' '.join(quoted)} " not in there:
            return False
    return True
