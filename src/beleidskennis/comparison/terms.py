"""What a recommendation is about, in terms: base forms, with parts of compounds, and how much each of them tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from beleidskennis.dutch.compounds import split
from beleidskennis.dutch.lemmas import is_known, lemma
from beleidskennis.dutch.stopwords import STOPWORDS
from beleidskennis.dutch.words import words
from beleidskennis.model import DocumentId, Recommendation
from beleidskennis.recommendations.grammar import is_verb

_EMPTY = frozenset(
    """
    moeten dienen zullen kunnen gaan komen belang belangrijk nodig noodzakelijk essentieel cruciaal goed groot
    nieuw maken zorgen inzetten adviseren pleiten advies aanbeveling daarbij hierbij rol wijze vorm manier
    sterk verder tegelijkertijd effectief plaats gebieden bereiken ondersteunen vormen vorm leggen basis
    bieden hebben drie twee vier vijf bijdrage bijdragen dragen leveren geven nemen staan zien zetten richten
    gericht breed hoog jaar periode inzet aanpak mogelijk mogelijkheid kans gewenst wenselijk geboden
    bijvoorbeeld stellen passen juist eigen gebruik gebruiken realiseren versterken versterking stimuleren
    stimulering ontwikkelen ontwikkeling verbeteren verbetering bevorderen bevordering nauw actief extra
    specifiek diverse voldoende stad gemeente regio land deel centraal
    """.split()
)
"""Words of advice itself, and of any policy text: they say nothing of what it is about."""
_GENERIC = frozenset(
    """
    samenwerking samenwerken samenwerkingsverband afstemming afstemmen overleg verbinding verbinden bundelen betrekken
    partner partij stakeholder actor bedrijf bedrijfsleven onderneming ondernemer organisatie instelling overheid
    gemeentelijk provincie rijk kabinet overheden bestuur bestuurlijk maatschappij maatschappelijk middenveld burger
    inwoner bewoner mens groep werkgever werknemer sector branche keten
    beleid beleidskeuze visie strategie strategisch agenda plan programma project maatregel instrument middel afspraak
    doel doelstelling ambitie opgave uitdaging vraagstuk probleem oplossing resultaat effect keuze kijken kader
    randvoorwaarde voorwaarde basisvoorwaarde perspectief benadering integraal structuur structureel schaal niveau
    proces aandacht aandachtspunt prioriteit focus initiatief potentie element thema onderwerp onderdeel positie
    economie economisch groei groeien ontwikkelingsrichting toekomst toekomstbestendig verandering transitie
    regionaal lokaal stedelijk landelijk nationaal internationaal gezamenlijk samen onderling concreet gerichte divers
    belangrijke relevant kwaliteit kwalitatief hoogwaardig aantrekkelijk duidelijk bestaande nauwer intensief maatwerk
    kort lang termijn jaarlijks aantal meerdere meer minder benutten beter inzetten realisatie uitvoering uitvoeren
    verkenning verkennen onderzoek onderzoeken analyse raad advies college weinig hand pak voorstel stap weg kracht
    impact basis kern
    """.split()
)
"""Words of who, how and what for: two recommendations that share only these are about different things. Drawn up while
reading pairs; they count for `GENERIC_SHARE`, and a pair needs another word beside them."""
_ADJECTIVE = re.compile(r"(?:isch|lijk|ig|aal|eel|ief|baar|zaam|loos)$")
GENERIC_SHARE, PART_SHARE = 0.25, 0.4
"""Shares of its weight that a generic word, and a part of a compound, brings to the likeness of words."""
AMBIENT = 0.04
"""Share of a document's recommendations above which a term is part of its air ("Den Haag", "cluster") and weighs less
in proportion."""


@lru_cache(maxsize=65536)
def terms_of_word(word: str) -> tuple[str, ...]:
    """The base form of a word (lower case), and those of the parts of a compound."""
    base = lemma(word)
    parts = split(word) if len(word) > 9 and is_known(word) else (word,)
    more = tuple(lemma(part) for part in parts) if len(parts) > 1 else ()
    return tuple(dict.fromkeys((base, *more)))


def content(recommendation: Recommendation) -> frozenset[str]:
    """The base forms that say what a recommendation is about, parts of compounds included."""
    text = f"{recommendation.intro} {recommendation.quote}".lower()
    found = {term for word in words(text) if word not in STOPWORDS for term in terms_of_word(word)}
    return frozenset(term for term in found if _tells(term))


def _tells(term: str) -> bool:
    return len(term) > 2 and term not in _EMPTY and not term.isdigit()


def bag_of(recommendation: Recommendation) -> Mapping[str, float]:
    """The base forms that say what a recommendation is about, each with the share of its weight that it brings."""
    return _bag(f"{recommendation.intro} {recommendation.quote}".lower())


@lru_cache(maxsize=8192)
def _bag(text: str) -> Mapping[str, float]:
    """`bag_of` a text; in a comparison of twelve documents each is asked for eleven times."""
    bag: dict[str, float] = {}
    for word in words(text):
        if word in STOPWORDS:
            continue
        for place, term in enumerate(terms_of_word(word)):
            if _tells(term):
                share = (PART_SHARE if place else 1.0) * (GENERIC_SHARE if term in _GENERIC else 1.0)
                bag[term] = max(share, bag.get(term, 0.0))
    return bag


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many recommendations of each document each content term occurs, as columns.

    Document `documents[i]` (from 0) has term `names[codes[i]]` in `counts[i]` of them.
    """

    names: tuple[str, ...] = ()
    documents: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    codes: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    counts: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    def with_documents(self, first: int, counters: Sequence[Mapping[str, int]]) -> TermCounts:
        """These and those of more documents, numbered from `first`."""
        names = tuple(dict.fromkeys([*self.names, *(term for counter in counters for term in counter)]))
        code_of = {name: code for code, name in enumerate(names)}
        documents = np.repeat(np.arange(len(counters), dtype=np.int32) + first, [len(one) for one in counters])
        codes = np.array([code_of[term] for counter in counters for term in counter], dtype=np.int32)
        counts = np.array([count for counter in counters for count in counter.values()], dtype=np.int32)
        return TermCounts(
            names,
            np.append(self.documents, documents.astype(np.int32)),
            np.append(self.codes, codes),
            np.append(self.counts, counts),
        )

    def weights(self, sizes: NDArray[np.int64]) -> dict[str, float]:
        """How much each term tells: the logarithm of how rare it is, less where a document is full of it.

        `sizes` has the number of recommendations of each document; one of 0 does not count.
        """
        live = sizes[self.documents] > 0
        documents, codes, of_document = self.documents[live], self.codes[live], self.counts[live]
        counts = np.bincount(codes, weights=of_document, minlength=len(self.names))
        densest = np.zeros(len(self.names))
        # A short document is full of its words soon: as if it had some more recommendations.
        np.maximum.at(densest, codes, of_document / (sizes[documents] + 1 / AMBIENT))
        with np.errstate(divide="ignore"):
            weights = np.log(1 + sizes.sum() / counts) * np.minimum(1.0, AMBIENT / densest)
        return {name: weight for name, weight, count in zip(self.names, weights.tolist(), counts, strict=True) if count}


def term_weights(recommendations: Sequence[Recommendation]) -> dict[str, float]:
    """How much each content term tells among `recommendations`; see `TermCounts.weights`."""
    by_document: dict[DocumentId, Counter[str]] = {}
    for item in recommendations:
        by_document.setdefault(item.document_id, Counter()).update(content(item))
    sizes = Counter(item.document_id for item in recommendations)
    table = TermCounts().with_documents(0, list(by_document.values()))
    return table.weights(np.array([sizes[one] for one in by_document], dtype=np.int64))


def is_topical(term: str) -> bool:
    """Whether a base form says what something is about: no word of who, how or what for, no verb, no adjective."""
    return term not in _GENERIC and not _ADJECTIVE.search(term) and not (term.endswith("en") and is_verb(term))


def whole_words(shared: frozenset[str], one: Recommendation) -> frozenset[str]:
    """The words of `one` that bear a shared term: a compound and its parts are one word."""
    text = f"{one.intro} {one.quote}".lower()
    return frozenset(word for word in words(text) if word not in STOPWORDS and shared & set(terms_of_word(word)))
