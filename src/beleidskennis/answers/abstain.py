"""Whether the documents answer a question at all.

A logistic model over a dozen features, fitted and calibrated as `docs/answers.md` and `docs/quality.md` tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from beleidskennis.answers.forms import Form, Question
from beleidskennis.citations.evidence import Sentence, Wanted, terms_of
from beleidskennis.citations.facts import read_facts
from beleidskennis.citations.figures import read_figures, same
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
    second = next((one.score for one in ranked if one.hit.passage.passage_id != best.hit.passage.passage_id), 0.0)
    specific = 1.0 if question.form.is_figure or question.form is Form.WHO else 0.0
    fitting = [one for one in ranked[:LOOKED_THROUGH] if one.features.get("type", 0.5) >= 1.0]
    typed = max((wanted.coverage(around(one)) for one in fitting), default=0.0)
    rare = min((_rarest_missing(wanted, around(one)) for one in fitting), default=1.0)
    return {
        "score": best.score / SCALE,
        "margin": (best.score - second) / SCALE,
        "cover": best.features["cover"],
        "cover_passage": wanted.coverage(terms_of(texts[0])),
        "cover_top": wanted.coverage(found),
        "cosine": max(one.features["cosine"] for one in ranked[:5]),
        "passage_cosine": max(one.features["passage_cosine"] for one in ranked[:5]),
        "unknown": _unknown(wanted),
        "rarest_missing": _rarest_missing(wanted, found),
        "names_missing": _names_missing(wanted.text, texts),
        "figures_missing": _figures_missing(wanted.text, texts),
        "specific": specific,
        "specific_cover": specific * typed,
        "specific_rarest_missing": specific * rare,
        "open_cover": (1 - specific) * wanted.coverage(found),
        "open_rarest_missing": (1 - specific) * _rarest_missing(wanted, found),
        **_legs(top[0]),
    }


def around(sentence: Sentence) -> frozenset[str]:
    """The terms of a sentence with its headings, intro and the title of its document: what it is about."""
    passage = sentence.hit.passage
    return terms_of(" ".join((sentence.text, *passage.headings, passage.intro, sentence.hit.document.title)))


def _unknown(wanted: Wanted) -> float:
    """Weight of the question's words that no document holds."""
    return sum(wanted.weights[term] for term in wanted.typed if not wanted.corpus.frequency(term)) / wanted.total


def _rarest_missing(wanted: Wanted, found: frozenset[str]) -> float:
    """How telling the most telling word is that the best passages lack, against a word that occurs once."""
    most = math.log(1 + wanted.corpus.passages) or 1.0
    return max((wanted.weights[term] for term in wanted.typed - found), default=0.0) / most


def _names_missing(question: str, texts: Sequence[str]) -> float:
    names = read_facts(question).names
    around = fold(" ".join(texts))
    missing = [name for name in names if fold(name).removesuffix("'s") not in around]
    return len(missing) / len(names) if names else 0.0


def _figures_missing(question: str, texts: Sequence[str]) -> float:
    asked = [figure for figure in read_figures(question) if not figure.is_weak]
    there = [figure for text in texts for figure in read_figures(text)]
    return sum(not any(same(one, other) for other in there) for one in asked) / len(asked) if asked else 0.0


def _legs(hit: Hit) -> Mapping[str, float]:
    """Whether both legs of the search put the best passage high."""
    ranks = {leg.leg: leg.rank for leg in hit.legs}
    return {f"leg_{leg}": 1 / math.sqrt(ranks[leg]) if leg in ranks else 0.0 for leg in ("woorden", "betekenis")}
