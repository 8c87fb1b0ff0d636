"""Themes, sectors and addressees (SKOS), links from text to them, and the concept list that widens a search.

    taxonomy = load_taxonomy()
    link("Gemeenten dienen te investeren in betaalbare woningen.", taxonomy)

`taxonomie.ttl` and `concepten.ttl` in `beleidskennis/data` are the sources; a user may bring files of their own. How
well the links are is measured in docs/taxonomy.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleidskennis.model import Label
from beleidskennis.taxonomy.addressees import link_addressees
from beleidskennis.taxonomy.checking import Problem, check
from beleidskennis.taxonomy.concepts import Concepts, Expansion, load_concepts
from beleidskennis.taxonomy.defaults import default_addressees
from beleidskennis.taxonomy.linking import Embed, Match, link_topics, matches
from beleidskennis.taxonomy.loading import Taxonomy, load_taxonomy
from beleidskennis.taxonomy.organisations import Organisation, OrganisationMention, find_organisations
from beleidskennis.taxonomy.skos import SkosConcept
from beleidskennis.taxonomy.table import concepts_from_csv, concepts_to_csv, concepts_to_turtle

__all__ = [
    "Concepts",
    "Embed",
    "Expansion",
    "Match",
    "Organisation",
    "OrganisationMention",
    "Problem",
    "SkosConcept",
    "Taxonomy",
    "check",
    "concepts_from_csv",
    "concepts_to_csv",
    "concepts_to_turtle",
    "default_addressees",
    "find_organisations",
    "link",
    "link_addressees",
    "link_topics",
    "load_concepts",
    "load_taxonomy",
    "matches",
]


def link(
    text: str,
    taxonomy: Taxonomy,
    *,
    context: str = "",
    around: str = "",
    embed: Embed | None = None,
    default_addressees: Sequence[str] = (),
) -> tuple[Label, ...]:
    """The themes, then the sectors, then the addressees of a recommendation, each scheme surest first.

    `context` is the heading path above it (weaker evidence); `around` what stands around it, which gives themes where
    the text and its headings give none; `embed` turns texts into unit rows, for likeness as
    evidence; `default_addressees` are those of the document, for a sentence that names nobody.
    """
    return (
        *link_topics(text, taxonomy, "theme", context=context, around=around, embed=embed),
        *link_topics(text, taxonomy, "sector", context=context, embed=embed),
        *link_addressees(text, taxonomy, context=context, default_addressees=default_addressees),
    )
