"""Themes, sectors and addressees as people choose them: by name or id in a filter, by name beside a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beleidskennis.dutch.words import fold
from beleidskennis.errors import QueryError
from beleidskennis.model import FacetValue, Filters
from beleidskennis.taxonomy.loading import Taxonomy

SCHEMES = {"thema": "theme", "sector": "sector", "geadresseerde": "addressee"}
"""Filter -> scheme of the taxonomy that its values are of."""


def chosen_concepts(filters: Filters, taxonomy: Taxonomy) -> Filters:
    """The filters with concepts given by name ("wonen en leefklimaat") as their ids.

    Raises:
        QueryError: the taxonomy has no such concept; names those that it has.
    """

    def ids(name: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(concept_id(name, value, taxonomy) for value in values)

    return replace(
        filters,
        themes=ids("thema", filters.themes),
        sectors=ids("sector", filters.sectors),
        addressees=ids("geadresseerde", filters.addressees),
    )


def concept_id(name: str, value: str, taxonomy: Taxonomy) -> str:
    """The id of the concept that `value` names, or is; `name` is the filter ("thema", "sector", "geadresseerde").

    Raises:
        QueryError: the taxonomy has no such concept; names those that it has.
    """
    scheme = SCHEMES[name]
    ids = taxonomy.ids(scheme)
    if value in ids:
        return value
    for one in ids:
        if fold(taxonomy.name(scheme, one)) == fold(value.strip()):
            return one
    message = f"'{value}' is geen {name} uit de indeling."
    raise QueryError(message, "Kies uit: " + ", ".join(ids) + ".")


def named_facets(facets: Mapping[str, Sequence[FacetValue]], taxonomy: Taxonomy) -> dict[str, tuple[FacetValue, ...]]:
    """`facets` with the names of concepts in place of their ids."""
    return {
        name: tuple(
            FacetValue(one.value, taxonomy.name(SCHEMES[name], one.value), one.count) if name in SCHEMES else one
            for one in values
        )
        for name, values in facets.items()
    }
