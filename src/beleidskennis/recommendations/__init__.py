"""Recommendations: found in passages, read (who, what, when, how much), linked and merged."""

from beleidskennis.recommendations.extraction import extract, identify, recommendation_key
from beleidskennis.recommendations.records import as_records

__all__ = ["as_records", "extract", "identify", "recommendation_key"]
