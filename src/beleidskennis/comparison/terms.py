"""What a recommendation is about, in terms: base forms, with parts of compounds, and how much each of them tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

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


def bag_of(recommendation: Recommendation) -> dict[str, float]:
    """The base forms that say what a recommendation is about, each with the share of its weight that it brings."""
    bag: dict[str, float] = {}
    for word in words(f"{recommendation.intro} {recommendation.quote}".lower()):
        if word in STOPWORDS:
            continue
        for place, term in enumerate(terms_of_word(word)):
            if _tells(term):
                share = (PART_SHARE if place else 1.0) * (GENERIC_SHARE if term in _GENERIC else 1.0)
                bag[term] = max(share, bag.get(term, 0.0))
    return bag


def term_weights(recommendations: Sequence[Recommendation]) -> dict[str, float]:
    """How much each content term tells: the logarithm of how rare it is, less where a document is full of it."""
    counts: Counter[str] = Counter()
    by_document: dict[DocumentId, Counter[str]] = {}
    sizes = Counter(item.document_id for item in recommendations)
    for item in recommendations:
        terms = content(item)
        counts.update(terms)
        by_document.setdefault(item.document_id, Counter()).update(terms)
    densest: dict[str, float] = {}
    for document_id, of in by_document.items():
        # A short document is full of its words soon: as if it had some more recommendations.
        size = sizes[document_id] + 1 / AMBIENT
        for term, count in of.items():
            densest[term] = max(densest.get(term, 0.0), count / size)
    return {
        term: math.log(1 + len(recommendations) / count) * min(1.0, AMBIENT / densest[term])
        for term, count in counts.items()
    }


def is_topical(term: str) -> bool:
    """Whether a base form says what something is about: no word of who, how or what for, no verb, no adjective."""
    return term not in _GENERIC and not _ADJECTIVE.search(term) and not (term.endswith("en") and is_verb(term))


def whole_words(shared: frozenset[str], one: Recommendation) -> frozenset[str]:
    """The words of `one` that bear a shared term: a compound and its parts are one word."""
    text = f"{one.intro} {one.quote}".lower()
    return frozenset(word for word in words(text) if word not in STOPWORDS and shared & set(terms_of_word(word)))
