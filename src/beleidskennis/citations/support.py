"""Does any document hold a draft sentence? Best passages first, a verdict, and every difference by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beleidskennis.citations.claims import is_claim
from beleidskennis.citations.evidence import (
    Corpus,
    Sentence,
    Wanted,
    cite_spans,
    rank_sentences,
    terms_of,
)
from beleidskennis.citations.facts import compare_facts
from beleidskennis.citations.figures import FigureCheck, compare_figures
from beleidskennis.citations.report import CheckedSentence, Difference, Match, Topic, Verdict
from beleidskennis.citations.weights import fitted
from beleidskennis.dutch.terms import word_terms
from beleidskennis.dutch.words import tokens, words
from beleidskennis.errors import QueryError
from beleidskennis.model import Filters, cut_spans

CANDIDATES = 24
"""Passages whose sentences are weighed."""
MATCHES = 5
"""Places given with a verdict."""
_QUOTE_WORDS = 70
"""A match quotes at most so much: the sentence, with the one beside it where that adds to it."""
_ADDS = 0.12
"""Coverage that the sentence beside it must add to be quoted with it."""
_ABOUT = 0.35
"""Probability below which a source is about something else, so that a difference from it means nothing."""
_AGAINST = frozenset({Topic.NEGATION, Topic.DIRECTION, Topic.QUANTIFIER})


@dataclass(frozen=True, slots=True)
class _Judged:
    """A place with what was found there."""

    match: Match
    figures: FigureCheck
    differences: tuple[Difference, ...]
    features: Mapping[str, float]
    confidence: float


def check_sentence(
    text: str, corpus: Corpus, *, filters: Filters | None = None, claims_only: bool = True
) -> CheckedSentence:
    """The verdict on one draft sentence, with the best places.

    Args:
        text: the sentence.
        corpus: where to look.
        filters: restrictions on the documents.
        claims_only: leave a sentence alone that claims nothing (its verdict is None).

    """
    if claims_only and not is_claim(text):
        return CheckedSentence(text, 0, len(text), None)
    try:
        result = corpus.search(text, k=CANDIDATES, filters=filters)
    except QueryError:
        return CheckedSentence(text, 0, len(text), None)
    wanted = Wanted(text, corpus, result.reading)
    ranked = rank_sentences(wanted, result.hits, fitted().draft)
    judged = [_judge(wanted, sentence, ranked) for sentence in _spread(ranked)]
    judged.sort(key=lambda one: -one.match.score)
    return _verdict(text, judged)


def _spread(ranked: Sequence[Sentence]) -> list[Sentence]:
    """The best sentences, at most one of every pair of neighbours and two of a passage."""
    chosen: list[Sentence] = []
    for sentence in ranked:
        passage_id, index = sentence.key
        near = [one for one in chosen if one.key[0] == passage_id]
        if len(near) < 2 and all(abs(one.index - index) > 1 for one in near):
            chosen.append(sentence)
        if len(chosen) == MATCHES:
            break
    return chosen


def _judge(wanted: Wanted, sentence: Sentence, ranked: Sequence[Sentence]) -> _Judged:
    """Compare the draft sentence with one place: the sentence, widened by a neighbour that adds to it."""
    window = _widened(wanted, sentence)
    passage, document = sentence.hit.passage, sentence.hit.document
    start, end = passage.sentences[window[0]][0], passage.sentences[window[-1]][1]
    quote = passage.text[start:end]
    context = f"{passage.embed_text} {document.title} {document.publisher}"
    years = (document.year,) if document.year else ()
    figures = compare_figures(wanted.text, quote, context=context, years=years)
    differences = compare_facts(wanted.text, quote, context=context)
    features = _features(wanted, sentence, quote, figures, differences, ranked)

    spans = cut_spans(passage.spans, start, end)
    carrying = tuple(
        (token.start, token.end)
        for token in tokens(quote)
        if any(term in wanted.weights for term, _ in word_terms(token.text))
    )
    citation = cite_spans(sentence.hit, spans, quote, wanted.corpus, round(sentence.score, 4))
    found = (*figures.differing, *figures.missing, *differences)
    match = Match(citation, sentence.hit, round(sentence.score, 4), carrying, figures.agreed, found)
    return _Judged(match, figures, differences, features, fitted().supported.probability(features))


def _widened(wanted: Wanted, sentence: Sentence) -> list[int]:
    """The sentence and perhaps one neighbour, as indices in reading order."""
    passage, index = sentence.hit.passage, sentence.index
    texts = [passage.text[start:end] for start, end in passage.sentences]
    held = terms_of(texts[index])
    best, gain = [index], _ADDS
    for other in (index - 1, index + 1):
        if 0 <= other < len(texts) and len(words(texts[index])) + len(words(texts[other])) <= _QUOTE_WORDS:
            more = wanted.coverage(held | terms_of(texts[other])) - wanted.coverage(held)
            if more >= gain:
                best, gain = sorted((index, other)), more
    return best


def _features(
    wanted: Wanted,
    sentence: Sentence,
    quote: str,
    figures: FigureCheck,
    differences: Sequence[Difference],
    ranked: Sequence[Sentence],
) -> dict[str, float]:
    """What speaks for or against support, each about 0 to 1."""
    topics = [difference.topic for difference in differences]
    strong = max(figures.wanted, 1)
    return {
        "cover": wanted.coverage(terms_of(quote)),
        "context": sentence.features["context"],
        "cosine": sentence.features["cosine"],
        "passage_cosine": sentence.features["passage_cosine"],
        "rank": sentence.features["rank"],
        "unknown": sum(wanted.weights[t] for t in wanted.typed if not wanted.corpus.frequency(t)) / wanted.total,
        "figures_agree": min(1.0, len(figures.agreed) / strong) if figures.agreed else 0.0,
        "figures_differ": min(1.0, len(figures.differing) / strong),
        "figures_missing": min(1.0, len(figures.missing) / strong),
        "names_missing": min(1.0, topics.count(Topic.NAME) / 3),
        "against": 1.0 if _AGAINST & set(topics) else 0.0,
        "actor": 1.0 if Topic.ADDRESSEE in topics else 0.0,
    }


def _verdict(text: str, judged: Sequence[_Judged]) -> CheckedSentence:
    """One verdict from the best places: support anywhere among the first three outweighs a difference elsewhere."""
    if not judged:
        return CheckedSentence(text, 0, len(text), Verdict.NOT_FOUND)
    threshold = fitted().supported.threshold
    best = max(judged[:3], key=lambda one: one.confidence)
    first = judged[0]
    matches = [one.match for one in judged]
    if best.confidence >= threshold and not best.figures.differing:
        matches.remove(best.match)
        matches.insert(0, best.match)
        verdict = Verdict.PARTLY if best.match.differences else Verdict.SUPPORTED
        return CheckedSentence(
            text, 0, len(text), verdict, tuple(matches), best.match.differences, round(best.confidence, 4)
        )
    about = _about(first)
    if about >= _ABOUT and first.figures.differing:
        verdict = Verdict.DIFFERS
        differences: tuple[Difference, ...] = first.figures.differing
    elif about >= _ABOUT and any(difference.topic in _AGAINST for difference in first.differences):
        verdict = Verdict.CONTRADICTED
        differences = tuple(difference for difference in first.differences if difference.topic in _AGAINST)
    elif best.confidence >= threshold:
        verdict, differences = Verdict.DIFFERS, best.figures.differing
    else:
        verdict, differences = Verdict.NOT_FOUND, ()
    return CheckedSentence(text, 0, len(text), verdict, tuple(matches), differences, round(best.confidence, 4))


def _about(judged: _Judged) -> float:
    """The probability of support if nothing differed: whether the place speaks of the same thing."""
    without = {**judged.features, "figures_differ": 0.0, "figures_missing": 0.0, "against": 0.0}
    return fitted().supported.probability(without)
