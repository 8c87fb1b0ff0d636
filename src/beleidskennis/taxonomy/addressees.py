"""Who has to act: the actors that a sentence names, by the part they play in it, else those of the document.

A sentence that says who must do something ("gemeenten dienen", "roept het Rijk op", "een taak voor werkgevers") settles
it. Partners ("samen met", "in samenwerking met") come beside. An actor that is only mentioned counts where the sentence
gives it weight; a sentence without a subject that acts is addressed to whom the document is addressed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beleidskennis.model import Label, LabelSource
from beleidskennis.taxonomy.labels import Form, Found, forms
from beleidskennis.taxonomy.linking import counted
from beleidskennis.taxonomy.loading import TableLabel, Taxonomy

UNKNOWN = "onbekend"
SUBJECT, PARTNER, MENTION, HINT, DEFAULT = 0.9, 0.7, 0.55, 0.3, 0.6
"""Confidence by part played; only those of `THRESHOLD` and more become links."""
THRESHOLD = 0.5

_MODALS = frozenset(
    """
    moeten dienen kunnen zullen mogen horen behoren hoeven zou zouden kan moet dient zal gaan staan willen
    """.split()
)
_ACTS = frozenset(
    """
    investeren zorgen nemen maken stimuleren faciliteren ondersteunen voeren bieden spelen ontwikkelen
    werken zoeken geven stellen zetten helpen bevorderen bepalen trekken benutten opstellen uitvoeren
    """.split()
)
_APPEALS = frozenset(
    """
    adviseren adviseert vragen verzoeken verzoekt roepen roept bevelen beveelt nodigen aansporen manen dringen
    """.split()
)
"""As written: base forms may be those of nouns ("de vraag"), and an imperative asks somebody else ("vraag de")."""
_DUTY = frozenset("moet moeten dient dienen zou zouden hoort horen".split())
_BEFORE_AGENT = (
    ("door",), ("taak", "voor"), ("rol", "voor"), ("rol", "van"), ("opgave", "voor"), ("aan", "de"), ("aan", "het"),
    ("taak", "van"), ("verantwoordelijkheid", "van"), ("inzet", "van"), ("agenda", "voor"), ("actie", "van"),
    ("opdracht", "voor"), ("uitdaging", "voor"), ("ligt", "bij"), ("namens",),
)  # fmt: skip
_BEFORE_PARTNER = (
    ("samen", "met"), ("samenwerking", "met"), ("samenwerking", "tussen"), ("samenspraak", "met"),
    ("samenwerking", "van"), ("overleg", "met"), ("partnerschap", "met"), ("tussen",), ("overleg", "tussen"),
    ("afstemming", "met"), ("afspraak", "met"), ("steun", "van"), ("betrokkenheid", "van"), ("met",), ("via",),
)  # fmt: skip
_GLUE = frozenset("de het een en of & ook vooral hun zijn haar die dat deze andere lokale regionale betrokken".split())
_GENERIC = frozenset({"overheid"})
"""Words for whatever government the document is addressed to."""
_PASSIVE_REACH = 8
"""Words after a modal verb in which "worden" makes its subject the one to whom something is done."""
_NEAR = 3
"""Words (glue aside) between an actor and the verb that makes it act."""


@dataclass(frozen=True, slots=True)
class _Mention:
    concept_id: str
    first: int
    last: int
    weak: bool


def link_addressees(
    text: str, taxonomy: Taxonomy, *, context: str = "", default_addressees: Sequence[str] = ()
) -> tuple[Label, ...]:
    """The addressees of a recommendation, surest first; `onbekend` if there is no telling.

    `default_addressees` (see `defaults.default_addressees`) are those of the document; `context` is the heading path.
    """
    text_forms = forms(text)
    mentions = [_mention(hit, label) for hit, label, _ in counted(text_forms, taxonomy, "addressee")]
    mentions += _generic(text_forms, mentions, default_addressees)
    taken = {position for mention in mentions for position in range(mention.first, mention.last)}
    scores: dict[str, float] = {}
    evidence: dict[str, list[str]] = {}
    for mention in mentions:
        score = _role(mention, text_forms, taken)
        if mention.weak and score == MENTION:
            score = HINT
        scores[mention.concept_id] = max(score, scores.get(mention.concept_id, 0.0))
        words = text[text_forms[mention.first].start : text_forms[mention.last - 1].end]
        evidence.setdefault(mention.concept_id, []).append(words)
    named = {concept_id: score for concept_id, score in scores.items() if score >= THRESHOLD}
    if max(named.values(), default=0.0) < SUBJECT:
        for concept_id in _defaults(default_addressees, scores, context, taxonomy):
            named.setdefault(concept_id, DEFAULT)
    known = set(taxonomy.ids("addressee"))
    labels = [
        Label(
            "addressee",
            concept_id,
            score,
            _source(concept_id, scores),
            tuple(dict.fromkeys(evidence.get(concept_id, ()))),
        )
        for concept_id, score in named.items()
        if concept_id in known
    ]
    if not labels and UNKNOWN in known:
        return (Label("addressee", UNKNOWN, DEFAULT, LabelSource.CONTEXT),)
    return tuple(sorted(labels, key=lambda label: (-label.confidence, label.concept_id)))


def _generic(
    text_forms: Sequence[Form], mentions: Sequence[_Mention], default_addressees: Sequence[str]
) -> list[_Mention]:
    """The word "overheid" as a mention of each default addressee, unless part of another name ("lokale overheid")."""
    taken = {position for mention in mentions for position in range(mention.first, mention.last)}
    return [
        _Mention(concept_id, position, position + 1, weak=True)
        for position, form in enumerate(text_forms)
        if form.lemma in _GENERIC and position not in taken
        for concept_id in default_addressees
    ]


def _mention(hit: Found, label: TableLabel) -> _Mention:
    return _Mention(label.concept_id, hit.first, hit.last, label.kind == "weak" or hit.inside)


def _source(concept_id: str, scores: dict[str, float]) -> LabelSource:
    return LabelSource.WORDS if scores.get(concept_id, 0.0) >= THRESHOLD else LabelSource.CONTEXT


def _role(mention: _Mention, text_forms: Sequence[Form], taken: set[int]) -> float:
    """The part an actor plays in its sentence."""
    after = _skip(text_forms, taken, mention.last, 1)
    before = _skip(text_forms, taken, mention.first - 1, -1)
    asked = any(form.lemma in _MODALS or form.text in _APPEALS for form in before[:2])
    acts = any(_acts(form) for form in after) or asked or _opens_clause(mention, text_forms)
    if acts and not _is_passive(text_forms, mention.last):
        return SUBJECT
    lemmas = tuple(form.lemma for form in reversed(before))
    if any(lemmas[-len(words) :] == words for words in _BEFORE_AGENT):
        return SUBJECT
    if any(lemmas[-len(words) :] == words for words in _BEFORE_PARTNER):
        return PARTNER
    return MENTION


def _opens_clause(mention: _Mention, text_forms: Sequence[Form]) -> bool:
    """Whether an actor is the subject of a clause that it opens ("stelt voor dat het Rijk ...")."""
    place = mention.first - 1
    rest = [form.text for form in text_forms[mention.last :]]
    if mention.weak or "worden" in rest or not _DUTY.intersection(rest):
        return False
    while place >= 0 and text_forms[place].text in ("de", "het", "een", "elke", "iedere"):
        place -= 1
    return place >= 0 and text_forms[place].text == "dat"


def _is_passive(text_forms: Sequence[Form], start: int) -> bool:
    """Whether what follows is done to the subject: "ondernemers kunnen worden geholpen"."""
    return any(form.text == "worden" for form in text_forms[start : start + _PASSIVE_REACH])


def _acts(form: Form) -> bool:
    return form.lemma in _MODALS or form.lemma in _ACTS


def _skip(text_forms: Sequence[Form], taken: set[int], start: int, step: int) -> list[Form]:
    """Up to `_NEAR` words from `start` in one direction, passing over glue and other actors of an enumeration."""
    found: list[Form] = []
    position = start
    while 0 <= position < len(text_forms) and len(found) < _NEAR:
        form = text_forms[position]
        if position not in taken and form.text not in _GLUE:
            found.append(form)
        position += step
    return found


def _defaults(
    default_addressees: Sequence[str], scores: dict[str, float], context: str, taxonomy: Taxonomy
) -> tuple[str, ...]:
    """Those of the document; where the sentence or heading hints at some of them only, those."""
    hinted = set(scores)
    if context:
        hinted |= {label.concept_id for _, label, _ in counted(forms(context), taxonomy, "addressee")}
    chosen = tuple(concept_id for concept_id in default_addressees if concept_id in hinted)
    return chosen or tuple(default_addressees)
