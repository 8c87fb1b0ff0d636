"""Whether the documents answer a question at all.

A logistic model, fitted and calibrated as `docs/answers.md` and `docs/quality.md` tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleidskennis.answers.forms import Form, Question
from beleidskennis.citations.evidence import AskedWord, Sentence, Wanted, rarest_missing, share_of, terms_of
from beleidskennis.citations.facts import read_facts
from beleidskennis.dutch.words import fold
from beleidskennis.model import Hit

LOOKED_AT = 3
"""Passages that count as the evidence."""
LOOKED_THROUGH = 12
"""Sentences among which the kind of answer that is asked for is looked for."""
LONG = 8
"""Words that say something in a long question: one word of it that is not found says less."""
_ASKED = re.compile(
    r"\b(?:hoeveel|welke?|wat (?:is|zijn|was|waren|wordt|kost) (?:de|het|een)|wie (?:is|zijn|was|wordt)(?: de| het)?"
    r"|hoe \w+ (?:is|was|zijn|waren)(?: de| het)?|how many|how much|what (?:is|are|was) (?:the)?|which"
    r"|who (?:is|was|are) (?:the)?)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_NEAR_ASKED = 4
"""Words after "hoeveel" or "welke" among which the thing is named that is asked for."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def features_of(
    question: Question, wanted: Wanted, hits: Sequence[Hit], ranked: Sequence[Sentence]
) -> dict[str, float]:
    """What speaks for or against an answer, each about 0 to 1; empty where nothing was found."""
    if not ranked or not hits:
        return {}
    best = ranked[0]
    top = list({one.hit.passage.passage_id: one.hit for one in ranked[:10]}.values())[:LOOKED_AT]
    here, around = _terms(best.hit), frozenset().union(*(_terms(hit) for hit in top))
    specific = 1.0 if question.form.is_figure or question.form is Form.WHO else 0.0
    fitting = [one for one in ranked[:LOOKED_THROUGH] if one.features.get("type", 0.5) >= 1.0]
    found = wanted.coverage(around)
    thing = _asked_for(wanted)
    said = fold(f"{_text(best.hit)} {best.hit.document.year}")
    return {
        "likeness": best.features["likeness"],
        "passage_likeness": max(one.features["passage_likeness"] for one in ranked[:5]),
        "context": best.features["context"],
        "cover": found,
        "specific": specific,
        "specific_near": specific * max((one.features["near"] for one in fitting), default=0.0),
        "open_cover": (1 - specific) * found,
        "thing_there": 0.5 if thing is None else 1.0 if thing.is_in(terms_of(best.text)) else 0.0,
        "thing_unknown": 1.0 if thing is not None and not thing.occurs else 0.0,
        "missing": rarest_missing(wanted, here),
        "missing_around": rarest_missing(wanted, around),
        "unknown": share_of([word for word in wanted.asked if not word.occurs], wanted.asked),
        "names_elsewhere": _names_missing(wanted.text, said),
        "names_unknown": _names_unknown(wanted),
        "years_elsewhere": _years_missing(wanted.text, " ".join(f"{_text(hit)} {hit.document.year}" for hit in top)),
        "length": min(len(wanted.asked), LONG) / LONG,
        "why": 1.0 if question.form is Form.REASON else 0.0,
        "yes_no": 1.0 if question.form is Form.YES_NO else 0.0,
        **_readings(ranked),
    }


def _readings(ranked: Sequence[Sentence]) -> dict[str, float]:
    """What the reader says of the best sentence, and the most that it says of any and of the second."""
    found = sorted((one.features["reading"] for one in ranked if one.features.get("read")), reverse=True)
    if not found:
        return {}
    return {
        "reading": ranked[0].features["reading"],
        "reading_most": found[0],
        "reading_next": found[min(1, len(found) - 1)],
    }


def _text(hit: Hit) -> str:
    return f"{hit.passage.embed_text} {hit.document.title} {hit.document.publisher}"


def _terms(hit: Hit) -> frozenset[str]:
    return terms_of(_text(hit))


def _asked_for(wanted: Wanted) -> AskedWord | None:
    """The thing that a question asks for: "haltes" in "Hoeveel haltes krijgt de tram?"."""
    match = _ASKED.search(wanted.text)
    near = re.findall(r"\w[\w'-]*", match["rest"])[:_NEAR_ASKED] if match else []
    by_text = {word.text.lower(): word for word in wanted.asked}
    return next((by_text[word.lower()] for word in near if word.lower() in by_text), None)


def _names_missing(question: str, said: str) -> float:
    names = read_facts(question).names
    missing = [name for name in names if fold(name).removesuffix("'s") not in said]
    return len(missing) / len(names) if names else 0.0


def _names_unknown(wanted: Wanted) -> float:
    """Share of the names in a question that occur in no document at all."""
    names = read_facts(wanted.text).names
    unknown = [
        name for name in names if terms_of(name) and not any(wanted.corpus.frequency(term) for term in terms_of(name))
    ]
    return len(unknown) / len(names) if names else 0.0


def _years_missing(question: str, said: str) -> float:
    years = _YEAR.findall(question)
    return sum(year not in said for year in years) / len(years) if years else 0.0
