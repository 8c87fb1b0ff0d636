"""Answers made of sentences of the documents, each with its citation; or an honest "not found".

    corpus = Corpus(search=library.search, encoder=..., frequency=..., passages=..., documents=...)
    answer("Hoeveel leerwerkplekken zijn er nodig?", corpus)

No language model is needed; with a `Generator` it may word the answer, and every sentence of it is then checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from beleidskennis.answers.abstain import features_of
from beleidskennis.answers.advising import NO_ADVICE, advise, asks_advice
from beleidskennis.answers.comparing import compare, speaks_of
from beleidskennis.answers.compose import compose
from beleidskennis.answers.conversation import FollowUp, Turn, read_follow_up
from beleidskennis.answers.forms import Form, Question, read_question
from beleidskennis.answers.generate import OpenAIGenerator, worded
from beleidskennis.answers.listing import fitting
from beleidskennis.citations.comparands import questioned, read_comparands
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, corrected, rank_sentences
from beleidskennis.citations.naming import without_frame, without_names
from beleidskennis.citations.rereading import reread
from beleidskennis.citations.weights import answerable, fitted
from beleidskennis.errors import QueryError
from beleidskennis.model import Answer, Document, Filters, Generator, Hit, SearchResult

__all__ = ["Corpus", "Evidence", "FollowUp", "Form", "OpenAIGenerator", "Question", "Turn", "answer", "gather"]

CANDIDATES = 24
"""Passages whose sentences are weighed: beyond them the best sentence of the sample questions was never found."""
NEAREST = 5
"""Passages shown when there is no answer."""
MOST_PASSAGES = 8
"""Passages that a language model gets."""
NOT_FOUND = "Niet gevonden in de documenten."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question, before anything is said: for the answer, and for those who measure it."""

    question: Question
    wanted: Wanted
    result: SearchResult
    ranked: Sequence[Sentence]
    named: tuple[Document, ...]
    confidence: float


def gather(text: str, corpus: Corpus, *, filters: Filters | None = None, form_of: str = "") -> Evidence:
    """Search, rank the sentences and judge whether they answer `text`; `form_of` is asked instead of it, if given."""
    named = questioned(text, corpus.documents)
    subject, result = text, None
    if len(named) == 1 and not (filters and filters.documents):
        # Its name is on every page of a document, or on none: it tells where to look, not which sentence answers.
        subject = without_frame(without_names(text, named))
        only = replace(filters or Filters(), documents=(named[0].document_id,))
        result = _searched(subject, corpus, only)
    if result is None or not result.hits:
        subject = without_frame(text)
        result = corpus.search(subject, k=CANDIDATES, filters=filters)
    wanted = Wanted(subject, corpus, result.reading)
    question = read_question(corrected(form_of or text, result.reading))
    ranked = rank_sentences(
        wanted, result.hits, fitted().sentence, extra=lambda hit, i, found: fitting(question, hit, i, found)
    )
    ranked = reread(wanted, ranked, fitted().reread)
    features = features_of(question, wanted, result.hits, ranked)
    confidence = answerable(read=corpus.reader is not None).probability(features) if features else 0.0
    if subject != text and not speaks_of(wanted, ranked):
        confidence = 0.0
    return Evidence(question, wanted, result, ranked, named, confidence)


def _searched(text: str, corpus: Corpus, filters: Filters) -> SearchResult | None:
    try:
        return corpus.search(text, k=CANDIDATES, filters=filters)
    except QueryError:  # nothing but the name of a document
        return None


def answer(
    text: str,
    corpus: Corpus,
    *,
    filters: Filters | None = None,
    history: Sequence[Turn] = (),
    generator: Generator | None = None,
    on_text: Callable[[str], None] | None = None,
    seconds: float = 60.0,
) -> Answer:
    """The answer to a question.

    Args:
        text: the question, in Dutch or English.
        corpus: where to look.
        filters: restrictions on the documents.
        history: earlier questions of the conversation, oldest first; a follow-up question keeps their subject.
            Each as it was understood (`Answer.understood`): a third question still has the subject of the first.
        generator: a language model that words the answer; each of its sentences is checked.
        on_text: called with every piece that the language model streams, before it is checked.
        seconds: how long the language model may take.

    Raises:
        QueryError: there is nothing to search for.

    """
    follow = read_follow_up(text, history, corpus.documents)
    made = _answered(text, follow, corpus, filters, generator, on_text, seconds)
    return replace(made, question=text, understood=follow.text)


def _answered(
    text: str,
    follow: FollowUp,
    corpus: Corpus,
    filters: Filters | None,
    generator: Generator | None,
    on_text: Callable[[str], None] | None,
    seconds: float,
) -> Answer:
    remark = f"Gelezen als: {follow.text}" if follow.is_follow_up else ""
    compared = compare(read_comparands(follow.text, corpus.documents), corpus, filters)
    if compared:
        if generator is not None:
            near = compared.nearest[:MOST_PASSAGES]
            compared = worded(compared, follow.text, near, corpus, generator, on_text=on_text, seconds=seconds)
        return _with_remark(compared, remark)
    found = gather(follow.text, corpus, filters=filters, form_of=follow.asks)
    if generator is None:
        advice = advise(found.question.text, corpus, found.named, filters, found.result.hits[:NEAREST])
        if advice:
            return _with_remark(advice, remark)
    if not found.ranked or found.confidence < answerable(read=corpus.reader is not None).threshold:
        return _with_remark(abstain(text, found.result.hits, found.confidence, found.result), remark)
    draft = compose(found.question, found.wanted, found.ranked)
    made = Answer(
        text,
        tuple(draft.sentences),
        tuple(draft.citations),
        abstained=False,
        confidence=round(found.confidence, 4),
        form=_form(found.question),
        nearest=tuple(found.result.hits[:NEAREST]),
        remark=draft.remark or _derived(found, draft.sentences[0].text),
    )
    if generator is not None:
        hits = list({one.hit.passage.passage_id: one.hit for one in found.ranked}.values())[:MOST_PASSAGES]
        made = worded(made, follow.text, hits, corpus, generator, on_text=on_text, seconds=seconds)
    return _with_remark(made, remark)


def abstain(text: str, hits: Sequence[Hit], confidence: float, result: SearchResult) -> Answer:
    """An honest "not found", with the nearest passages and what was searched."""
    searched, related = ", ".join(dict.fromkeys(result.reading.terms)), len(result.reading.expansions)
    more = f" (en {related} {'verwant woord' if related == 1 else 'verwante woorden'})" if related else ""
    remark = f"{NOT_FOUND} Gezocht op: {searched}{more}." if searched else NOT_FOUND
    return Answer(text, (), (), True, round(confidence, 4), nearest=tuple(hits[:NEAREST]), remark=remark)


def _form(question: Question) -> str:
    if question.form.is_figure:
        return "getal"
    plain = (Form.WHO, Form.REASON, Form.TEXT)
    return "tekst" if question.form in plain else question.form.value


def _derived(found: Evidence, first: str) -> str:
    if found.question.form is Form.YES_NO and first in ("Ja.", "Nee."):
        return "‘Ja’ of ‘nee’ is afgeleid uit de aangehaalde zin; lees die na."
    return NO_ADVICE if asks_advice(found.question.text) and len(found.named) < 2 else ""


def _with_remark(made: Answer, remark: str) -> Answer:
    return replace(made, remark=" ".join(part for part in (remark, made.remark) if part))
