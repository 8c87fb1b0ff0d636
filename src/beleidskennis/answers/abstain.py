"""Whether the documents answer a question at all.

A logistic model over eight features, fitted and calibrated as `docs/answers.md` and `docs/quality.md` tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleidskennis.answers.forms import Form, Question
from beleidskennis.citations.evidence import Sentence, Wanted, terms_of
from beleidskennis.citations.facts import read_facts
from beleidskennis.dutch.words import fold
from beleidskennis.model import Hit

LOOKED_AT = 3
"""Passages that count as the evidence."""
LOOKED_THROUGH = 12
"""Sentences among which the kind of answer that is asked for is looked for."""
SCALE = 20.0
"""About the highest score that a sentence can have: brings scores to 0 to 1."""


def features_of(
    question: Question, wanted: Wanted, hits: Sequence[Hit], ranked: Sequence[Sentence]
) -> dict[str, float]:
    """What speaks for or against an answer, each about 0 to 1."""
    if not ranked or not hits:
        return {}
    best = ranked[0]
    passages = {one.hit.passage.passage_id: one.hit for one in ranked[:8]}
    top = list(passages.values())[:LOOKED_AT]
    texts = [f"{hit.passage.embed_text} {hit.document.title} {hit.document.publisher}" for hit in top]
    found = frozenset().union(*(terms_of(text) for text in texts))
    specific = 1.0 if question.form.is_figure or question.form is Form.WHO else 0.0
    fitting = [one for one in ranked[:LOOKED_THROUGH] if one.features.get("type", 0.5) >= 1.0]
    typed = max((wanted.coverage(around(one)) for one in fitting), default=0.0)
    return {
        "score": best.score / SCALE,
        "cosine": max(one.features["cosine"] for one in ranked[:5]),
        "passage_cosine": max(one.features["passage_cosine"] for one in ranked[:5]),
        "names_elsewhere": _names_missing(wanted.text, texts[:1]),
        "names_unknown": _names_unknown(wanted),
        "specific": specific,
        "specific_cover": specific * typed,
        "open_cover": (1 - specific) * wanted.coverage(found),
    }


def around(sentence: Sentence) -> frozenset[str]:
    """The terms of a sentence with its headings, intro and the title of its document: what it is about."""
    passage = sentence.hit.passage
    return terms_of(" ".join((sentence.text, *passage.headings, passage.intro, sentence.hit.document.title)))


def _names_missing(question: str, texts: Sequence[str]) -> float:
    names = read_facts(question).names
    around = fold(" ".join(texts))
    missing = [name for name in names if fold(name).removesuffix("'s") not in around]
    return len(missing) / len(names) if names else 0.0


def _names_unknown(wanted: Wanted) -> float:
    """Share of the names in a question that occur in no document at all."""
    names = [name for name in read_facts(wanted.text).names if terms_of(name)]
    unknown = [name for name in names if not any(wanted.corpus.frequency(term) for term in terms_of(name))]
    return len(unknown) / len(names) if names else 0.0
