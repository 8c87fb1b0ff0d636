"""From ranked sentences to an answer that reads well: which sentences, in which order, in at most 90 words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.answers.forms import Form, Question, enumerated, fitting_figures
from beleidskennis.citations.evidence import Corpus, Sentence, Wanted, cite, cite_spans, terms_of
from beleidskennis.citations.facts import compare_facts
from beleidskennis.citations.report import Topic
from beleidskennis.dutch.words import fold, words
from beleidskennis.model import AnswerSentence, Citation, Hit, PassageKind, cut_spans

MOST_WORDS = 90
"""An answer is read at a glance, or it is not read."""
MOST_SENTENCES = 5
NEAR = 0.55
"""A further sentence must score at least this share of the best one."""
_ALIKE = 0.6
"""Share of three-word sequences from which on two sentences say the same."""
_LEANS = re.compile(
    r"^(?:Dit|Dat|Deze|Die|Daar\w*|Hier\w*|Zij|Ze|Hij|Het gaat|Ook|Bovendien|Echter|Verder|Dus|Zo|Maar|En|Want|Toch|"
    r"Tegelijkertijd|Vervolgens|Omgekeerd|Desondanks|Dergelijke|Zulke|This|These|That|It)\b"
)
"""A sentence that begins so leans on the one before it."""
_SURE = 0.6
"""Coverage from which on a yes or no is said; below it the sentence speaks for itself."""


class Draft:
    """An answer in the making: sentences with their citations, in the order of reading."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.sentences: list[AnswerSentence] = []
        self.citations: list[Citation] = []
        self.words = 0

    def room(self, text: str) -> bool:
        """Whether a further sentence fits."""
        return not self.sentences or self.words + len(words(text)) <= MOST_WORDS

    def add(self, text: str, citation: Citation) -> None:
        """A sentence with the citation under it; a citation that is there already is used again."""
        known = [(one.document.document_id, one.spans) for one in self.citations]
        place = (citation.document.document_id, citation.spans)
        if place not in known:
            self.citations.append(citation)
            known.append(place)
        self.sentences.append(AnswerSentence(text, (known.index(place),)))
        self.words += len(words(text))

    def say(self, sentence: Sentence, before: str = "") -> None:
        """A sentence of a document, verbatim, with a name before it if one is given."""
        self.add(f"{before}: {sentence.text}" if before else sentence.text, cite(sentence, self._corpus))


def compose(question: Question, wanted: Wanted, ranked: Sequence[Sentence]) -> Draft:
    """The answer to a question on one subject; `ranked` is not empty."""
    draft = Draft(wanted.corpus)
    if question.form.is_figure:
        ranked = figure_first(question, ranked)
    best = ranked[0]
    items = list_of(question, ranked) if question.form is Form.LIST else []
    if items:
        for text, citation in _listed(items, wanted.corpus):
            if draft.room(text):
                draft.add(text, citation)
        return draft
    lead = _lead(question, wanted, best)
    chosen = choose(ranked)
    if lead:
        draft.add(lead, cite(best, wanted.corpus))
    for sentence in in_order(chosen, lead=bool(lead)):
        if draft.room(sentence.text) or sentence.key == best.key:
            draft.say(sentence)
    return draft


def figure_first(question: Question, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The ranked sentences, with one that holds the figure asked for in front.

    That is the best one itself, else the sentence after or before it, else the best one that holds such a figure.
    """
    best = ranked[0]
    passage_id, index = best.key
    near = [one for i in (index, index + 1, index - 1) for one in ranked if one.key == (passage_id, i)]
    close = [one for one in ranked if one.score >= NEAR * best.score]
    found = next((one for one in (*near, *close) if fitting_figures(question, one.text)), best)
    return [found, *(one for one in ranked if one is not found)]


def choose(ranked: Sequence[Sentence], *, most: int = MOST_SENTENCES, most_words: int = MOST_WORDS) -> list[Sentence]:
    """The best sentence, what it leans on, and further ones that say something else and nearly as well."""
    best = ranked[0]
    chosen = [best]
    spoken = len(words(best.text))
    before = _sentence_before(best, ranked)
    if before and _LEANS.match(best.text) and spoken + len(words(before.text)) <= most_words:
        chosen.append(before)
        spoken += len(words(before.text))
    for sentence in ranked[1:]:
        if len(chosen) >= most:
            break
        length = len(words(sentence.text))
        if sentence.score < NEAR * ranked[0].score:
            break
        if length < 4 or spoken + length > most_words or any(alike(sentence.text, one.text) for one in chosen):
            continue
        chosen.append(sentence)
        spoken += length
    return chosen


def in_order(chosen: Sequence[Sentence], *, lead: bool = False) -> list[Sentence]:
    """The passage of the best sentence first, then the others by their best sentence; inside one, reading order.

    The best sentence comes first, unless it leans on the one before it; after a `lead` it always does.
    """
    groups: dict[str, list[Sentence]] = {}
    for sentence in chosen:
        groups.setdefault(sentence.hit.passage.passage_id, []).append(sentence)
    ordered = []
    for number, group in enumerate(groups.values()):
        reading = sorted(group, key=lambda sentence: sentence.index)
        if number == 0 and not (_LEANS.match(chosen[0].text) and len(reading) > 1 and not lead):
            # The first sentence answers the question.
            reading.remove(chosen[0])
            reading.insert(0, chosen[0])
        ordered += reading
    return ordered


def alike(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    first, second = _sequences(one), _sequences(other)
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def _sequences(text: str) -> frozenset[tuple[str, ...]]:
    parts = [fold(word) for word in words(text)]
    return frozenset(tuple(parts[i : i + 3]) for i in range(max(1, len(parts) - 2)))


def _sentence_before(sentence: Sentence, ranked: Sequence[Sentence]) -> Sentence | None:
    passage_id, index = sentence.key
    return next((one for one in ranked if one.key == (passage_id, index - 1)), None)


def _lead(question: Question, wanted: Wanted, best: Sentence) -> str:
    """What is said before the first sentence: the figure asked for, or a yes or no where that is certain."""
    if question.form.is_figure:
        figures = fitting_figures(question, best.text)
        return min(figures, key=lambda figure: _distance(wanted, best.text, figure.start)).text if figures else ""
    if question.form is Form.YES_NO and best.features.get("cover", 0.0) >= _SURE:
        topics = {difference.topic for difference in compare_facts(wanted.text, best.text)}
        return "Nee." if topics & {Topic.NEGATION, Topic.DIRECTION, Topic.QUANTIFIER} else "Ja."
    return ""


def _distance(wanted: Wanted, text: str, place: int) -> float:
    """How far a place in a sentence is from the words that are asked about, on average."""
    near = [abs(match.start() - place) for match in re.finditer(r"\w+", text) if terms_of(match.group()) & wanted.typed]
    return sum(sorted(near)[:3]) / 3 if near else float(place)


def list_of(question: Question, ranked: Sequence[Sentence]) -> list[Hit]:
    """The passages of a list that answers the question: one of the best sentences is an item or introduces it."""
    for sentence in ranked[:3]:
        passage = sentence.hit.passage
        if sentence.score < 0.8 * ranked[0].score:
            break
        if passage.kind is PassageKind.LIST and len(passage.sentences) > 1:
            near = {one.hit.passage.passage_id: one.hit for one in ranked}
            same = [
                hit
                for hit in near.values()
                if hit.passage.document_id == passage.document_id
                and hit.passage.kind is PassageKind.LIST
                and hit.passage.headings == passage.headings
                and abs(hit.passage.position - passage.position) <= 1
            ]
            return sorted(same, key=lambda hit: hit.passage.position)
        if enumerated(sentence.text) >= max(3, question.items):
            return []
    return []


def _listed(hits: Sequence[Hit], corpus: Corpus) -> list[tuple[str, Citation]]:
    """The intro and the items of a list, each with its own place."""
    parts = []
    first, passage = hits[0], hits[0].passage
    if passage.intro and passage.intro_spans:
        parts.append((passage.intro, cite_spans(first, passage.intro_spans, passage.intro, corpus, first.score)))
    for hit in hits:
        for start, end in hit.passage.sentences:
            text = hit.passage.text[start:end]
            spans = cut_spans(hit.passage.spans, start, end)
            parts.append((text, cite_spans(hit, spans, text, corpus, hit.score)))
    return parts
