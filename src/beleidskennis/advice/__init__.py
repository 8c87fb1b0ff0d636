"""The recommendations of a knowledge base as one thing that is searched, counted and compared.

`rows` is what is kept of them on disk, so that a search need not read them all; `finding` searches it. The
recommendations themselves stay in the catalogue and are read when they are shown.
"""

from beleidskennis.advice.finding import AdviceIndex, AdviceResult, find
from beleidskennis.advice.items import Items, judged

__all__ = ["AdviceIndex", "AdviceResult", "Items", "find", "judged"]
