"""Recommendations of several documents side by side: counted, paired, set against each other, and followed in time.

Pure functions over `Recommendation`s and, where there is a model, their vectors. Everything found here is a
suggestion to read, not a verdict: each pair and each tension carries the words that show it.
"""

from beleidskennis.comparison.aligning import Pair, Scale, align, similarities
from beleidskennis.comparison.comparing import REMARK, Comparison, about, compare
from beleidskennis.comparison.matrix import Cell, Matrix, matrix, matrix_of
from beleidskennis.comparison.tensions import Tension, tensions
from beleidskennis.comparison.timeline import Chain, timeline

__all__ = [
    "REMARK",
    "Cell",
    "Chain",
    "Comparison",
    "Matrix",
    "Pair",
    "Scale",
    "Tension",
    "about",
    "align",
    "compare",
    "matrix",
    "matrix_of",
    "similarities",
    "tensions",
    "timeline",
]
