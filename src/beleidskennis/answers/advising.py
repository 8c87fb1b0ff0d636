"""Questions for advice ("wat adviseert de raad over wonen?"): answered with the recommendations themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from beleidskennis.answers.repeating import repeats
from beleidskennis.citations.evidence import Corpus, Wanted, terms_of
from beleidskennis.citations.naming import without_names
from beleidskennis.model import (
    Answer,
    AnswerSentence,
    Citation,
    Document,
    DocumentId,
    Filters,
    Hit,
    Recommendation,
    Span,
    Strength,
)

CANDIDATES = 12
"""Recommendations that are weighed, best first."""
MOST, MOST_WORDS = 4, 110
"""Recommendations and words of an answer: as an answer that compares, which has several things to say too."""
COVERED = 0.6
"""Share of what the words of the subject tell that a recommendation must hold, with its headings and introduction.

Of 26 questions over the sample corpus (`tests/data/sample-advice-questions.jsonl`), 16 of which it has advice on, 0.6
to 0.8 answer 14 with the right page, and none of the other ten; 0.5 and 0.4 answer 15, and one and two of the ten.
"""
_LITTLE_MORE = 1.7
"""A recommendation that holds all of another, and is less than so many times as long, is the same advice."""
_ASKS = re.compile(
    r"\b(?:adviseert|adviseren|adviseerde|aanbeveelt|aanbevelen|aanbevelingen|adviezen|aanraadt|aanraden|bepleit|pleit"
    r"|pleiten|recommends?|recommendations?|advises?)\b|\b(?:beveelt|bevelen|raadt|raden)\b.*\baan\b"
    r"|\badvies (?:van|over)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s*(?:en |maar )?(?:wat|welke?|hoe|waarvoor|waartoe|geef|noem|what|which)\b", re.IGNORECASE)
_ASKING = re.compile(
    rf"{_ASKS.pattern}|\b(?:advies|aan|over|voor|op het gebied van|rond|rondom|inzake|wat|welke?|hoe|geeft?|doen|doet"
    r"|noem)\b",
    re.IGNORECASE,
)
"""What only asks for advice: it does not say on what."""


NO_ADVICE = "Een aanbeveling hierover is niet gevonden; dit staat er wel over."
"""Said with an answer to a question for advice that is none."""


def asks_advice(text: str) -> bool:
    """Whether a question asks what someone recommends."""
    return bool(_OPENS.match(text) and _ASKS.search(text))


def advise(
    text: str, corpus: Corpus, named: Sequence[Document], filters: Filters | None, nearest: Sequence[Hit]
) -> Answer | None:
    """The recommendations on what `text` asks advice about; None where there are none, or several sources are named.

    `confidence` of the answer is the share of the subject that the best of them holds.
    """
    if corpus.advice is None or len(named) > 1 or not asks_advice(text):
        return None
    subject = " ".join(_ASKING.sub(" ", without_names(text, named)).split()).strip(" ?.!")
    wanted = Wanted(subject, corpus)
    if not wanted.asked:
        return None
    only = filters
    if named and not (filters and filters.documents):
        only = replace(filters or Filters(), documents=(named[0].document_id,))
    weighed = [
        (wanted.coverage(terms_of(" ".join((*one.headings[-2:], one.intro, one.quote)))), one)
        for one in corpus.advice(subject, only, CANDIDATES)
        if not one.speaker
    ]
    fitting = [one for covered, one in weighed if covered >= COVERED]
    plain = [one for one in fitting if one.strength is Strength.EXPLICIT]
    chosen = plain if len(plain) > 1 else fitting
    if not chosen:
        return None
    documents = {document.document_id: document for document in corpus.documents}
    sentences, citations = _written(chosen, corpus, documents)
    confidence = round(max(covered for covered, _ in weighed), 4)
    form = "lijst" if len(sentences) > 1 else "tekst"
    return Answer(text, tuple(sentences), tuple(citations), False, confidence, form, tuple(nearest))


def _fresh(chosen: Sequence[Recommendation]) -> list[Recommendation]:
    """The recommendations without those that say nothing new, or little more than one before them."""
    fresh: list[Recommendation] = []
    for one in chosen:
        said = " ".join(other.quote for other in fresh)
        again = any(
            repeats(other.quote, one.quote) and len(one.quote) < _LITTLE_MORE * len(other.quote) for other in fresh
        )
        if not fresh or not (again or repeats(one.quote, said)):
            fresh.append(one)
    return fresh


def _written(
    chosen: Sequence[Recommendation], corpus: Corpus, documents: Mapping[DocumentId, Document]
) -> tuple[list[AnswerSentence], list[Citation]]:
    """The quotes as sentences, each with its citation; what introduces several of them is said once."""
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    said: set[str] = set()

    def say(one: Recommendation, quote: str, spans: tuple[Span, ...]) -> None:
        page = spans[0].page_number
        label = corpus.page_label(one.document_id, page) if corpus.page_label else one.page_label
        document = documents[one.document_id]
        sentences.append(AnswerSentence(quote, (len(citations),)))
        citations.append(Citation(document, page, label, quote, spans, one.confidence, one.passage_id))
        said.add(quote)

    fresh = _fresh(chosen)
    shared = Counter(one.intro for one in fresh[:MOST])
    for one in fresh[:MOST]:
        # What introduces one item says nothing, unless the item goes on from it.
        introduced = one.intro if shared[one.intro] > 1 or one.quote[:1].islower() else ""
        new = [text for text in (introduced, one.quote) if text and text not in said]
        words = sum(len(sentence.text.split()) for sentence in sentences) + len(" ".join(new).split())
        if one.quote in said or (sentences and words > MOST_WORDS):
            continue
        if introduced and one.intro_spans and one.intro not in said:
            say(one, one.intro, one.intro_spans)
        say(one, one.quote, one.spans)
    return sentences, citations
