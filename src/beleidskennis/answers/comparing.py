"""Questions that compare documents: a line for each document, with its own citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beleidskennis.answers.abstain import features_of
from beleidskennis.answers.compose import Draft, choose, figure_first, in_order
from beleidskennis.answers.forms import Form, read_question
from beleidskennis.answers.listing import fitting, opens_list
from beleidskennis.citations.comparands import Comparands
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, corrected, rank_sentences
from beleidskennis.citations.rereading import reread
from beleidskennis.citations.weights import answerable, fitted
from beleidskennis.errors import QueryError
from beleidskennis.model import Answer, Document, Filters, Hit, PassageKind
from beleidskennis.references.parts import publisher_label, title_of

CANDIDATES = 12
"""Passages of each document whose sentences are weighed."""
_READ = 3
"""Sentences of each document that the reader reads: a line for each document has room for two."""
LEAST_DOCUMENTS, MOST_DOCUMENTS = 2, 5
_SPEAKING = 60
"""Passages by which the documents are chosen that speak most of a subject, where more are meant than are compared."""
LEAST_WORDS = 45
"""For each document: two sentences of common length."""
MOST_WORDS = 110
"""Together; a comparison needs a little more room than an answer from one document."""
_NEAR = 2.0
"""A second sentence may score so much less than the first: beyond it, it mostly was on another subject."""
_FEW, _HELD = 1, 0.35
"""A subject of a single word must be held by the best passages for so large a share; a synonym alone counts 0.3."""
_LEAST = 0.35
"""A document that scores less than this share of the threshold of an answer has nothing to say on the subject. Of 0.5
and 0.35 the latter answered one written comparison of 12 more, and none of 207 unanswerable questions."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one document says: its sentences, best first, and how surely they answer."""

    document: Document
    hits: tuple[Hit, ...] = ()
    ranked: tuple[Sentence, ...] = ()
    confidence: float = 0.0

    @property
    def best(self) -> list[Hit]:
        """The passages of the best sentences, two at most; without sentences those that were found first."""
        hits = [one.hit for one in self.ranked] or list(self.hits)
        return list({hit.passage.passage_id: hit for hit in hits}.values())[:2]


def compare(comparands: Comparands | None, corpus: Corpus, filters: Filters | None) -> Answer | None:
    """A line for each document that has something to say; None where none has: then it is asked as any other question.

    `confidence` is the mean over the documents, those that say nothing included.
    """
    documents = _allowed(comparands, corpus, filters) if comparands else []
    if comparands is None or len(documents) < LEAST_DOCUMENTS:
        return None
    found = [_in_document(comparands, corpus, document, filters) for document in documents]
    least = _LEAST * answerable(read=corpus.reader is not None).threshold
    speaking = [one for one in found if one.ranked and one.confidence >= least]
    confidence = round(sum(one.confidence for one in speaking) / len(documents), 4)
    if not speaking or confidence < least:
        return None
    draft = Draft(corpus)
    share = max(LEAST_WORDS, MOST_WORDS // len(documents))
    for one in speaking:
        for number, sentence in enumerate(in_order(choose(one.ranked, most=2, most_words=share, near=_NEAR))):
            draft.say(sentence, before=_label(one.document, documents) if number == 0 else "")
    silent = [one.document for one in found if one not in speaking]
    remark = " ".join(f"In ‘{document.title}’ is hierover niets gevonden." for document in silent)
    nearest = tuple(one.best[place] for place in range(2) for one in found if len(one.best) > place)
    sentences, citations = tuple(draft.sentences), tuple(draft.citations)
    return Answer(comparands.asks, sentences, citations, False, confidence, Form.COMPARISON.value, nearest, remark)


def _allowed(comparands: Comparands, corpus: Corpus, filters: Filters | None) -> list[Document]:
    """The documents that are compared: those named, or those that speak most of the subject; within the filters."""
    only = filters.documents if filters else ()
    if comparands.documents:
        named = [one for one in comparands.documents if not only or one.document_id in only]
        return named[:MOST_DOCUMENTS]
    among = [one for one in comparands.among if not only or one.document_id in only]
    if len(among) <= MOST_DOCUMENTS:
        return among
    ids = tuple(one.document_id for one in among)
    try:
        result = corpus.search(comparands.subject, k=_SPEAKING, filters=replace(filters or Filters(), documents=ids))
    except QueryError:
        return []
    speaking = list({hit.document.document_id: hit.document for hit in result.hits}.values())
    return speaking[:MOST_DOCUMENTS]


def _in_document(comparands: Comparands, corpus: Corpus, document: Document, filters: Filters | None) -> _Found:
    subject = comparands.subject
    only = replace(filters or Filters(), documents=(document.document_id,))
    try:
        result = corpus.search(subject, k=CANDIDATES, filters=only)
    except QueryError:
        return _Found(document)
    wanted = Wanted(subject, corpus, result.reading)
    question = replace(read_question(corrected(comparands.asks, result.reading)), wants_advice=True)
    ranked = rank_sentences(
        wanted, result.hits, fitted().sentence, extra=lambda hit, i, found: fitting(question, hit, i, found)
    )
    hits = tuple(result.hits)
    if not speaks_of(wanted, ranked):
        return _Found(document, hits)
    ranked = reread(wanted, ranked, fitted().reread, most=_READ)
    features = features_of(question, wanted, result.hits, ranked)
    sure = answerable(read=corpus.reader is not None)
    said = _whole(figure_first(question, ranked) if question.form.is_figure else ranked)
    return _Found(document, hits, tuple(said), sure.probability(features) if features else 0.0)


def _label(document: Document, beside: Sequence[Document]) -> str:
    """What a document goes by beside others: its publisher and year, or its title where another has these too."""
    label = publisher_label(document)
    alike = [one for one in beside if publisher_label(one) == label]
    return label if len(alike) == 1 else title_of(document).split(":")[0]


def speaks_of(wanted: Wanted, ranked: Sequence[Sentence]) -> bool:
    """Whether the best passages hold what a subject of one word names, or a synonym of it.

    How alike a single word is to sentences says little: for "toerisme" alone any short sentence stands out.
    """
    held = max((one.features["context"] for one in ranked[:3]), default=0.0)
    return len(wanted.asked) > _FEW or held >= _HELD


def _whole(ranked: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences without those that only introduce a list, and rows of a table but for the best.

    A line for each document has no room for the items or for the head of the table.
    """
    first, *others = [one for one in ranked if not opens_list(one.text)] or ranked
    return [first, *(one for one in others if one.hit.passage.kind is not PassageKind.TABLE)]
