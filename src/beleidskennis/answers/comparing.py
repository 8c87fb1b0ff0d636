"""Questions that compare documents: a line for each document, with its own citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleidskennis.answers.abstain import features_of
from beleidskennis.answers.compose import Draft, choose, in_order
from beleidskennis.answers.forms import Form, Question
from beleidskennis.answers.listing import fitting, opens_list
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, rank_sentences
from beleidskennis.citations.naming import compared_subject
from beleidskennis.citations.rereading import reread
from beleidskennis.citations.weights import answerable, fitted
from beleidskennis.errors import QueryError
from beleidskennis.model import Answer, Document, Filters
from beleidskennis.references.parts import publisher_label

CANDIDATES = 12
"""Passages of each document whose sentences are weighed."""
_READ = 3
"""Sentences of each document that the reader reads: a line for each document has room for two."""
MOST_DOCUMENTS = 4
LEAST_WORDS = 45
"""For each document: two sentences of common length."""
MOST_WORDS = 110
"""Together; a comparison needs a little more room than an answer from one document."""
_FEW, _HELD = 1, 0.35
"""A subject of a single word must be held by the best passages for so large a share; a synonym alone counts 0.3."""
_LEAST = 0.5
"""A document that scores less than this share of the threshold of an answer has nothing to say on the subject."""


def compare(
    wanted: Wanted,
    question: Question,
    corpus: Corpus,
    named: Sequence[Document],
    filters: Filters | None,
    ranked: Sequence[Sentence],
) -> Answer | None:
    """The answer, or None where no document says anything: then the question is answered, or not, as any other."""
    documents = list(named) or _speaking(ranked)
    subject = compared_subject(wanted.text, documents)
    draft, silent, confidences = Draft(corpus), [], []
    nearest = []
    share = max(LEAST_WORDS, MOST_WORDS // max(1, len(documents[:MOST_DOCUMENTS])))
    least = answerable(read=corpus.reader is not None).threshold
    for document in documents[:MOST_DOCUMENTS]:
        found, confidence, hits = _in_document(subject, question, corpus, document, filters)
        nearest += hits[:2]
        if not found or confidence < _LEAST * least:
            silent.append(document)
            continue
        confidences.append(confidence)
        for number, sentence in enumerate(in_order(choose(_whole(found), most=2, most_words=share))):
            draft.say(sentence, before=publisher_label(document) if number == 0 else "")
    if not confidences:
        return None
    remark = "".join(f"In ‘{document.title}’ is hierover niets gevonden. " for document in silent).strip()
    confidence = round(sum(confidences) / len(documents[:MOST_DOCUMENTS]), 4)
    sentences, citations = tuple(draft.sentences), tuple(draft.citations)
    if confidence < least * _LEAST:
        return None
    return Answer(
        wanted.original, sentences, citations, False, confidence, Form.COMPARISON.value, tuple(nearest), remark
    )


def _in_document(
    subject: str, question: Question, corpus: Corpus, document: Document, filters: Filters | None
) -> tuple[list[Sentence], float, list]:  # type: ignore[type-arg]
    only = replace(filters or Filters(), documents=(document.document_id,))
    try:
        result = corpus.search(subject, k=CANDIDATES, filters=only)
    except QueryError:
        return [], 0.0, []
    wanted = Wanted(subject, corpus, result.reading)
    ranked = rank_sentences(
        wanted, result.hits, fitted().sentence, extra=lambda hit, i, found: fitting(question, hit, i, found)
    )
    if not speaks_of(wanted, ranked):
        return [], 0.0, list(result.hits)
    ranked = reread(wanted, ranked, fitted().reread, most=_READ)
    features = features_of(question, wanted, result.hits, ranked)
    sure = answerable(read=corpus.reader is not None)
    return ranked, sure.probability(features) if features else 0.0, list(result.hits)


def speaks_of(wanted: Wanted, ranked: Sequence[Sentence]) -> bool:
    """Whether the best passages hold what a subject of one word names, or a synonym of it.

    How alike a single word is to sentences says little: for "toerisme" alone any short sentence stands out.
    """
    held = max((one.features["context"] for one in ranked[:3]), default=0.0)
    return len(wanted.asked) > _FEW or held >= _HELD


def _whole(ranked: list[Sentence]) -> list[Sentence]:
    """The sentences without those that only introduce a list: a line for each document has no room for its items."""
    return [one for one in ranked if not opens_list(one.text)] or ranked


def _speaking(ranked: Sequence[Sentence]) -> list[Document]:
    """The documents of the best sentences, where a question names none."""
    return list({one.hit.document.document_id: one.hit.document for one in ranked[:12]}.values())
