"""Figures of a draft against figures of a source: which agree, which differ, and from what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beleidskennis.citations.lexicon import MEASURES, VAGUE
from beleidskennis.citations.placing import given_elsewhere
from beleidskennis.citations.report import Difference, Topic
from beleidskennis.dutch import numbers
from beleidskennis.dutch.words import normalise, tokens

_FRACTION = re.compile(
    r"\b(?P<all>(?P<half>helft)|(?P<three>drie\s?kwart)|(?:een|één)\s(?P<quarter>kwart)|"
    r"(?P<times>een|één|twee|drie|vier)\s?(?P<part>derde|vijfde|tiende)(?:n|\sdeel)?"
    r"(?=\s(?:van|deel|meer|minder|hoger|lager|groter|kleiner|gegroeid|gestegen|toegenomen|gedaald|afgenomen"
    r"|gekrompen|omhoog|omlaag|toe|af)\b))",
    re.IGNORECASE,
)
_PARTS = {"derde": 3, "vijfde": 5, "tiende": 10}
_TIMES = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4}
_TOPICS = {"euro": Topic.AMOUNT, "procent": Topic.PERCENTAGE, "jaar": Topic.YEAR, "datum": Topic.YEAR}
_EXACT = 1e-6
"""Relative difference below which two amounts, shares or counts are the same: written in other notations only."""
_WHOLE = frozenset({"jaar", "datum", "rang"})
"""Units whose values are the same only if they are equal: a year later is another year."""
_ROUGH = 0.13
"""The same, where a word like "bijna" or "ruim" makes one of them rough."""


_CLEARLY = 0.3
"""By so much, and twice, another figure must stand nearer to the same words before the same figure is disbelieved."""
_SAME_WORDS = 1.2
"""Closeness of what stands around two figures from which on these are the same words, give or take one."""
_ENDS = (".", "!", "”", "’", '"', ")")
"""A source that ends otherwise is a row of a table, where nearness does not tell what a figure is of."""
_AROUND = 8
"""Words on either side of a figure that tell what it is a figure of."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its place. `measure` is what a count counts, if that is a measure ("jaar", "hectare")."""

    text: str
    value: float
    unit: str
    start: int
    end: int
    measure: str = ""
    rough: bool = False

    @property
    def topic(self) -> Topic:
        """What kind of figure it is."""
        return _TOPICS.get(self.unit, Topic.NUMBER)

    @property
    def is_weak(self) -> bool:
        """A small count or an ordinal: too common to tell one statement from another."""
        return self.unit == "rang" or (self.unit == "aantal" and not self.measure and self.value <= 12)


def read_figures(text: str) -> tuple[Figure, ...]:
    """The figures of `text` in order, fractions ("de helft", "een derde van") as percentages."""
    fractions = [_fraction(match) for match in _FRACTION.finditer(text)]
    words = tokens(text)
    figures = []
    for quantity in numbers.read(text):
        if any(f.start < quantity.end and quantity.start < f.end for f in fractions):
            continue
        after = [token for token in words if token.start >= quantity.end][:1]
        before = [normalise(token.text) for token in words if token.end <= quantity.start][-2:]
        measure = MEASURES.get(normalise(after[0].text), "") if after and quantity.unit == "aantal" else ""
        rough = bool(VAGUE.intersection(before))
        figures.append(
            Figure(quantity.text.strip(), quantity.value, quantity.unit, quantity.start, quantity.end, measure, rough)
        )
    return tuple(sorted([*figures, *fractions], key=lambda figure: figure.start))


def _fraction(match: re.Match[str]) -> Figure:
    if match["half"]:
        value = 50.0
    elif match["three"]:
        value = 75.0
    elif match["quarter"]:
        value = 25.0
    else:
        value = 100 * _TIMES[match["times"].lower()] / _PARTS[match["part"].lower()]
    return Figure(match["all"], value, "procent", match.start(), match.end(), rough=True)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same."""
    if {one.unit, other.unit} == {"jaar", "datum"}:
        year, day = (one, other) if one.unit == "jaar" else (other, one)
        return int(day.value) // 10_000 == int(year.value)
    kinds = {one.unit, other.unit}
    if one.unit != other.unit and kinds != {"aantal", "jaar"} and kinds != {"aantal", "euro"}:
        return False
    if one.measure and other.measure and one.measure != other.measure:
        return False
    if _WHOLE & kinds:
        return one.value == other.value
    tolerance = _ROUGH if one.rough or other.rough else _EXACT
    return abs(one.value - other.value) <= tolerance * max(abs(one.value), abs(other.value), 1e-9)


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """Figures that agree (as the source writes them), differ, or are not in the source at all."""

    agreed: tuple[str, ...]
    differing: tuple[Difference, ...]
    missing: tuple[Difference, ...]
    wanted: int
    """Figures in the draft that count: all but small counts and ordinals."""
    held: int = 0
    """How many of those stand in the source itself, to the digit, and not only around it."""


def compare_figures(draft: str, source: str, *, context: str = "", years: tuple[int, ...] = ()) -> FigureCheck:
    """Hold the figures of a draft sentence against those of a source.

    Args:
        draft: the draft sentence.
        source: the sentence or sentences that speak of the same.
        context: what surrounds the source (passage, headings, title): a figure that stands there agrees too.
        years: years of the document itself, which a draft may name.

    """
    mine, theirs, around = read_figures(draft), read_figures(source), read_figures(context)
    agreed: list[str] = []
    held = 0
    open_figures: list[Figure] = []
    elsewhere: list[Difference] = []
    for figure in mine:
        found = next((other for other in theirs if same(figure, other)), None)
        if found and (instead := _misplaced(figure, found, theirs, mine, draft, source)):
            elsewhere.append(Difference(figure.topic, figure.text, instead.text))
        elif found:
            agreed.append(found.text)
            held += not (figure.is_weak or figure.rough or found.rough)
        elif instead := _in_its_place(figure, theirs, mine, draft, source):
            elsewhere.append(Difference(figure.topic, figure.text, instead.text))
        elif found := next((other for other in around if same(figure, other)), None):
            agreed.append(found.text)
        elif not (figure.unit == "jaar" and int(figure.value) in years):
            open_figures.append(figure)
    rivals = [other for other in theirs if not any(same(figure, other) for figure in mine)]
    differing, missing = elsewhere, []
    for figure in open_figures:
        rival = _rival(figure, rivals, draft, source)
        if rival:
            differing.append(Difference(figure.topic, figure.text, rival.text))
        elif not figure.is_weak:
            missing.append(Difference(figure.topic, figure.text))
    wanted = sum(not figure.is_weak for figure in mine)
    return FigureCheck(tuple(agreed), tuple(differing), tuple(missing), wanted, held)


def _misplaced(
    figure: Figure, found: Figure, theirs: Sequence[Figure], mine: Sequence[Figure], draft: str, source: str
) -> Figure | None:
    """The figure that the source has in the place of `figure`, where it uses the same figure for something else.

    "42 procent van het oppervlak" against "20 procent van het oppervlak, waar 42 procent van de mensen woont".
    """
    others = [one for one in theirs if _comparable(figure, one) and not any(same(own, one) for own in mine)]
    if figure.is_weak or not others or not source.rstrip().endswith(_ENDS):
        return None
    given = (one for one in others if _given_to(one, figure, found, draft, source))
    if figure.topic is not Topic.YEAR and (instead := next(given, None)):
        return instead
    near = _near(draft, figure)
    best = max(others, key=lambda other: _closeness(near, _near(source, other)))
    there = _closeness(near, _near(source, found))
    return best if _closeness(near, _near(source, best)) > 2 * there + _CLEARLY else None


def _in_its_place(
    figure: Figure, theirs: Sequence[Figure], mine: Sequence[Figure], draft: str, source: str
) -> Figure | None:
    """Another figure that stands among the very same words: then it does not help that this one stands around them.

    Only where the source holds all other figures of the draft: else the draft may speak of what stands beside it.
    """
    others = [one for one in mine if one is not figure and not one.is_weak]
    if not all(any(same(one, other) for other in theirs) for one in others):
        return None
    rivals = [one for one in theirs if not any(same(own, one) for own in mine)]
    rival = None if figure.is_weak else _rival(figure, rivals, draft, source)
    return rival if rival and _closeness(_near(draft, figure), _near(source, rival)) >= _SAME_WORDS else None


def _given_to(other: Figure, figure: Figure, found: Figure, draft: str, source: str) -> bool:
    return given_elsewhere(draft, figure.end, source, (found.start, found.end), (other.start, other.end))


def _closeness(mine: Mapping[str, int], theirs: Mapping[str, int]) -> float:
    """How much of the words near one figure stand near another: nearer counts more."""
    return sum(1 / theirs[word] for word in mine.keys() & theirs)


def _rival(figure: Figure, rivals: list[Figure], draft: str, source: str) -> Figure | None:
    """The figure of the source that stands in the place of `figure`: same kind, and most of the same words around."""
    alike = [other for other in rivals if _comparable(figure, other)]
    if not alike:
        return None
    near = _near(draft, figure)
    return max(alike, key=lambda other: (_closeness(near, _near(source, other)), -other.start))


def _comparable(one: Figure, other: Figure) -> bool:
    if {one.unit, other.unit} <= {"jaar", "datum"}:
        return True
    if one.unit != other.unit or one.is_weak != other.is_weak:
        return False
    return one.measure == other.measure


def _near(text: str, figure: Figure) -> dict[str, int]:
    """The words around a figure with their distance to it, in words."""
    found: dict[str, int] = {}
    before = tokens(text[: figure.start])[::-1]
    for side in (before, tokens(text[figure.end :])):
        for distance, token in enumerate(side[:_AROUND], start=1):
            word = normalise(token.text)
            if len(word) > 3:
                found[word] = min(distance, found.get(word, distance))
    return found
