"""What the API gives of comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from beleidskennis.api.shapes import AdviceOut

if TYPE_CHECKING:
    from beleidskennis.comparison import Chain, Comparison, Matrix, Pair, Tension


class DifferenceOut(BaseModel):
    """One thing in which the two of a pair pull apart."""

    soort: str
    eerste: str = Field(description="Woorden van de eerste.")
    tweede: str = Field(description="Woorden van de tweede.")
    over: str

    @classmethod
    def of(cls, tension: Tension) -> DifferenceOut:
        """From a `Tension`."""
        return cls(soort=tension.kind, eerste=tension.first_words, tweede=tension.second_words, over=tension.about)


class PairOut(BaseModel):
    """Two recommendations about the same thing."""

    eerste: AdviceOut
    tweede: AdviceOut
    score: float = Field(description="Overeenkomst, 0 tot 1.")
    woorden: list[str] = Field(description="Gedeelde woorden.")
    verschillen: list[DifferenceOut]

    @classmethod
    def of(cls, pair: Pair, tensions: Sequence[Tension] = ()) -> PairOut:
        """From a `Pair` and its tensions."""
        return cls(
            eerste=AdviceOut.of(pair.first),
            tweede=AdviceOut.of(pair.second),
            score=pair.score,
            woorden=list(pair.shared),
            verschillen=[DifferenceOut.of(one) for one in tensions],
        )


class ComparisonOut(BaseModel):
    """The advice of documents side by side: a suggestion to read, not a verdict."""

    onderwerp: str
    opmerking: str
    eens: list[PairOut]
    uiteen: list[PairOut] = Field(description="Paren die in richting, getal, termijn of geadresseerde verschillen.")
    alleen: dict[str, list[AdviceOut]] = Field(description="Per document het advies zonder tegenhanger.")

    @classmethod
    def of(cls, found: Comparison) -> ComparisonOut:
        """From a `Comparison`."""
        return cls(
            onderwerp=found.topic,
            opmerking=found.remark,
            eens=[PairOut.of(pair) for pair in found.agreements],
            uiteen=[PairOut.of(pair, tensions) for pair, tensions in found.tensions],
            alleen={document: [AdviceOut.of(item) for item in items] for document, items in found.only.items()},
        )


class MatrixRowOut(BaseModel):
    """A concept with the number of recommendations in each document."""

    kenmerk: str = Field(description="Leeg: aanbevelingen zonder indeling.")
    aantallen: list[int]


class MatrixOut(BaseModel):
    """Counts by concept and document."""

    documenten: list[str]
    rijen: list[MatrixRowOut]

    @classmethod
    def of(cls, table: Matrix) -> MatrixOut:
        """From a `Matrix`."""
        rows = [MatrixRowOut(kenmerk=concept, aantallen=list(counts)) for concept, counts in table.rows()]
        return cls(documenten=list(table.documents), rijen=rows)


class ChainOut(BaseModel):
    """Advice that seems to return, from old to new."""

    aanbevelingen: list[AdviceOut]
    scores: list[float] = Field(description="Overeenkomst van elk met het volgende.")

    @classmethod
    def of(cls, chain: Chain) -> ChainOut:
        """From a `Chain`."""
        return cls(aanbevelingen=[AdviceOut.of(one) for one in chain.recommendations], scores=list(chain.scores))
