"""References to documents: footnotes, reference lists, and records for reference managers.

The *printed* page label is cited; opening the page uses the physical number. Formats of own making: `citeproc-py`
0.11.1 stops with an error on authors that are organisations in the APA style, which nearly all authors here are, and
the CSL style of the Leidraad still follows the edition of 2013.

    footnote(document, "12")            Sociaal-Economische Raad, 2015, p. 12.
    reference(document)                 Sociaal-Economische Raad. (2015). Titel. https://...
    bibtex / ris / csl_json             records, each with the page as locator
"""

from __future__ import annotations

from beleidskennis.references.records import bibtex, csl_json, ris
from beleidskennis.references.styles import Style, footnote, parenthetical, reference, reference_list, year_suffixes

__all__ = [
    "Style",
    "bibtex",
    "csl_json",
    "footnote",
    "parenthetical",
    "reference",
    "reference_list",
    "ris",
    "year_suffixes",
]
