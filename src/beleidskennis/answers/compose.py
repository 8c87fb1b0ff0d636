"""From ranked sentences to an answer that reads well: which sentences, in which order, in at most 90 words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.answers.forms import Form, Question, counted, enumerated, fitting_figures
from beleidskennis.answers.listing import Listing, is_item, listing_of, opens_list
from beleidskennis.answers.repeating import repeats
from beleidskennis.citations.evidence import SHORT, Corpus, Sentence, Wanted, cite, cite_spans, terms_of
from beleidskennis.citations.facts import compare_facts
from beleidskennis.citations.report import Topic
from beleidskennis.dutch.words import words
from beleidskennis.model import AnswerSentence, Citation, Hit

MOST_WORDS = 90
"""An answer is read at a glance, or it is not read."""
MOST_SENTENCES = 5
NEAR = 4.0
"""A further sentence may score so much less than the best one; scores are logits, so its odds against that are 1 to 50.
Of answers to 371 questions over the sample corpus 2, 3, 4 and no limit had the page 83, 84, 85 and 85 times in 100, in
42, 51, 59 and 72 words."""
FIGURE_NEAR = 3.0
"""The same where a figure is asked for: the sentence that holds it says nearly all. On the sample set and 241 written
questions over it 4, 3 and 2 were right as often but for 0, 1 and 2 questions, in 56, 53 and 50 words (44, 41, 40)."""
LOOKED_AT = 10
"""Sentences among which a list of as many items as asked for is looked for."""
MOST_LIST_WORDS = 120
"""A list is read item by item, and is of use only whole."""
_SAYS_SOMETHING = 4
"""Words of a further sentence, at least."""
_NEEDS = (
    r"(?:Op|Met|In|Om|Door|Vanuit|Voor) (?:dit|deze|die|dat|dergelijke)\b(?! (?:verband|kader|opzicht|licht|context"
    r"|moment|manier|wijze|tijd|periode|jaren))|Dit|Dat|Deze|Die|Zij|Ze|Hij|Het gaat|Dergelijke"
    r"|Zulke|Daar(?:van|voor|in|op|aan|over|mee|uit)|Hier(?:van|voor|in|op|aan|over|mee|uit)|This|These|That|It"
)
_JOINS = (
    r"Vandaar|Daar\w*|Hier\w*|Ook|Bovendien|Echter|Verder|Dus|Zo|Maar|En|Want|Toch|Tegelijkertijd|Vervolgens|Omgekeerd"
    r"|Desondanks|(?:In|Op) (?:dit|dat|deze|die) (?:verband|kader|opzicht|licht|context|manier|wijze)"
)
_LEANS = re.compile(rf"^(?:{_NEEDS}|{_JOINS})\b")
"""A sentence that begins so leans on the one before it."""
_STANDS = re.compile(rf"^(?!(?:{_NEEDS})\b)(?:{_JOINS})\b")
"""Of these, one that only joins on: it can be read without the one before it, if that says little."""
_TURNS = re.compile(
    r"^(?:Tegelijk(?:ertijd)?|Maar|Echter|Toch|Daarentegen|Desondanks|Niettemin|Anderzijds|Alleen|Wel|Hoewel"
    r"|However|But|Yet)\b|^(?:\S+ ){1,5}echter\b"
)
"""A sentence that begins so takes back part of the one before it."""
_JUDGES = re.compile(
    r"\b(?:raad(?:t|den)|advise(?:ert|ren)|pleit(?:en)?|vind(?:t|en)|acht(?:en)?|steun(?:t|en)|onderschrijf(?:t)|deelt"
    r"|beve(?:elt|len)|wij(?:st|zen)|eens|oneens)\b|^(?:Breng|Kies|Zorg|Maak|Leg|Laat|Richt|Stel|Zet|Geef|Bouw|Behoud|Doe)\b"
)
_POINTS_BACK = re.compile(r"\b(?:dat|dit|deze|daar\w*|hier\w*)\b", re.IGNORECASE)
_ABOUT_ITSELF = re.compile(
    r"\b(?:hoofdstuk|paragraaf|bijlage|tabel|figuur) (?:\d|[A-Z]\b)|\b[Ii]n dit (?:hoofdstuk|deel|rapport)\b"
    r"|^(?:De|Deze) (?:bevindingen|conclusies|uitkomsten) leiden tot\b|\baanbevelingen, die\b"
)
"""A sentence that tells how the document is made adds nothing to an answer."""
_ABOUT, _SPEAKS = 0.1, 0.3
"""Coverage of the question below which an item of a list is not on its subject, where the best sentence has more."""
_SURE = 0.6
"""Coverage from which on a yes or no is said; below it the sentence speaks for itself."""


class Draft:
    """An answer in the making: sentences with their citations, in the order of reading."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.sentences: list[AnswerSentence] = []
        self.citations: list[Citation] = []
        self.words = 0
        self.remark = ""
        """What the reader must know of it, such as that a list goes on."""

    def room(self, text: str) -> bool:
        """Whether a further sentence fits."""
        return not self.sentences or self.words + len(words(text)) <= MOST_WORDS

    def add(self, text: str, citation: Citation) -> None:
        """A sentence with the citation under it; a citation that is there already is used again."""
        if any(one.text == text for one in self.sentences):
            return
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

    def say_list(self, listing: Listing) -> None:
        """What introduces a list, and its items, each with its own place; what does not fit is said in the remark."""
        first, left = listing.first, 0
        if listing.intro is not None:
            self._say_part(first, listing.intro)
        elif first.passage.intro and first.passage.intro_spans:
            intro = first.passage.intro
            self.add(intro, cite_spans(first, first.passage.intro_spans, intro, self._corpus, first.score))
        whole = sum(len(words(_text(*one))) for one in listing.sentences) <= MOST_LIST_WORDS - self.words
        for hit, index in listing.sentences if whole else listing.items:
            text = _text(hit, index)
            if left or self.words + len(words(text)) > MOST_LIST_WORDS:
                left += 1
            else:
                self._say_part(hit, index)
        if left:
            self.remark = f"De lijst is langer; de bron noemt nog {left} {'punten' if left > 1 else 'punt'}."

    def _say_part(self, hit: Hit, index: int) -> None:
        text = _text(hit, index)
        self.add(text, cite_spans(hit, hit.passage.sentence_spans(index), text, self._corpus, hit.score))


def _text(hit: Hit, index: int) -> str:
    return hit.passage.text[slice(*hit.passage.sentences[index])]


def compose(question: Question, wanted: Wanted, ranked: Sequence[Sentence]) -> Draft:
    """The answer to a question on one subject; `ranked` is not empty."""
    draft = Draft(wanted.corpus)
    if question.form.is_figure:
        ranked = figure_first(question, ranked)
    found = list({one.hit.passage.passage_id: one.hit for one in ranked}.values())
    listing = list_for(question, ranked, found) if question.form is Form.LIST else None
    if listing:
        draft.say_list(listing)
        return draft
    best = ranked[0]
    lead = _lead(question, wanted, best)
    if lead:
        draft.add(lead, cite(best, wanted.corpus))
    near = FIGURE_NEAR if question.form.is_figure else NEAR
    for sentence in in_order(choose(ranked, listed=question.form is Form.LIST, near=near), lead=bool(lead)):
        introduced = listing_of(sentence, found) if opens_list(sentence.text) else None
        if introduced and sentence.key == (introduced.first.passage.passage_id, introduced.intro):
            draft.say_list(introduced)
        elif sentence.key == best.key or (draft.room(sentence.text) and not opens_list(sentence.text)):
            draft.say(sentence)
    return draft


def list_for(question: Question, ranked: Sequence[Sentence], found: Sequence[Hit]) -> Listing | None:
    """The list that answers the question: of as many items as asked for, else one that a best sentence is part of."""
    for sentence in ranked[:LOOKED_AT] if question.items else ():
        if sentence.score < ranked[0].score - NEAR:
            break
        if enumerated(sentence.text) == question.items and sentence is ranked[0]:
            return None
        listing = listing_of(sentence, found)
        if listing and len(listing.items) == question.items:
            return listing
    for sentence in ranked[:3]:
        if sentence.score < ranked[0].score - NEAR / 2:
            break
        if enumerated(sentence.text) >= max(3, question.items):
            return None
        listing = listing_of(sentence, found)
        if listing:
            return listing
    return None


def figure_first(question: Question, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The ranked sentences, with one that holds the figure asked for in front.

    That is the best one itself, else the sentence after or before it, else the best one that holds such a figure.
    """
    best = ranked[0]
    passage_id, index = best.key
    near = [one for i in (index, index + 1, index - 1) for one in ranked if one.key == (passage_id, i)]
    close = [one for one in ranked if one.score >= best.score - NEAR]
    found = next((one for one in (*near, *close) if counted(question, one.text)), None)
    found = found or next((one for one in (*near, *close) if fitting_figures(question, one.text)), best)
    return [found, *(one for one in ranked if one is not found)]


def choose(
    ranked: Sequence[Sentence],
    *,
    most: int = MOST_SENTENCES,
    most_words: int = MOST_WORDS,
    near: float = NEAR,
    listed: bool = False,
) -> list[Sentence]:
    """The best sentence, what it leans on or what turns it, and further ones that say something else as well.

    `near`: how much less than the best one a further sentence may score. `listed`: a list is asked for, whose items say
    little of what the question says.
    """
    best = ranked[0]
    chosen = [best]
    spoken = len(words(best.text))
    before = _sentence_beside(best, ranked, -1) if _LEANS.match(best.text) else None
    if before and _STANDS.match(best.text) and before.score < best.score - near:
        before = None
    after = _sentence_beside(best, ranked, 1)
    goes_on = after and (_turns(after.text) or len(words(best.text)) < SHORT)
    for beside in (before, after if goes_on else None):
        if beside and len(chosen) < most and spoken + len(words(beside.text)) <= most_words:
            chosen.append(beside)
            spoken += len(words(beside.text))
    for sentence in ranked[1:]:
        if len(chosen) >= most or sentence.score < best.score - near:
            break
        length = len(words(sentence.text))
        if (
            length < 4
            or spoken + length > most_words
            or sentence in chosen
            or not _adds(sentence, chosen, listed=listed)
        ):
            continue
        chosen.append(sentence)
        spoken += length
    return chosen


def _adds(sentence: Sentence, chosen: Sequence[Sentence], *, listed: bool) -> bool:
    """Whether a further sentence says something of the subject that was not said yet."""
    text = sentence.text
    if text.endswith("?"):
        # A question answers nothing; only as the best sentence may one that a document asks stand.
        return False
    if opens_list(text) and listing_of(sentence, [sentence.hit]) is None:
        return False
    if _ABOUT_ITSELF.search(text):
        return False
    if not listed and text[:1].islower():
        return False  # an item that goes on from what introduces it says nothing alone
    covers, best = (one.features.get("cover", 0.0) for one in (sentence, chosen[0]))
    if not listed and covers < _ABOUT and best > _SPEAKS and is_item(sentence.hit.passage, sentence.index):
        return False  # another item of a list is on another subject
    return not any(repeats(text, one.text) for one in chosen)


def _turns(text: str) -> bool:
    """Whether a sentence turns or judges what the one before it says, so that neither can be quoted alone."""
    return bool(_TURNS.match(text) or (_POINTS_BACK.search(text) and _JUDGES.search(text)))


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
        leans = _LEANS.match(chosen[0].text) and any(one.index == chosen[0].index - 1 for one in reading)
        if number == 0 and (lead or not leans):
            # The first sentence answers the question.
            reading.remove(chosen[0])
            reading.insert(0, chosen[0])
        ordered += reading
    return ordered


def _sentence_beside(sentence: Sentence, ranked: Sequence[Sentence], step: int) -> Sentence | None:
    passage_id, index = sentence.key
    return next((one for one in ranked if one.key == (passage_id, index + step)), None)


def _lead(question: Question, wanted: Wanted, best: Sentence) -> str:
    """What is said before the first sentence: the figure asked for, or a yes or no where that is certain."""
    if question.form.is_figure:
        figures = counted(question, best.text) or fitting_figures(question, best.text)
        return min(figures, key=lambda figure: _distance(wanted, best.text, figure.start)).text if figures else ""
    if question.form is Form.YES_NO and best.features.get("cover", 0.0) >= _SURE:
        topics = {difference.topic for difference in compare_facts(wanted.text, best.text)}
        if Topic.NAME in topics or opens_list(best.text) or best.text.endswith("?"):
            return ""  # of another place or body, unfinished or asking: it says neither yes nor no
        return "Nee." if topics & {Topic.NEGATION, Topic.DIRECTION, Topic.QUANTIFIER} else "Ja."
    return ""


def _distance(wanted: Wanted, text: str, place: int) -> float:
    """How far a place in a sentence is from the words that are asked about, on average."""
    near = [abs(match.start() - place) for match in re.finditer(r"\w+", text) if terms_of(match.group()) & wanted.typed]
    return sum(sorted(near)[:3]) / 3 if near else float(place)
