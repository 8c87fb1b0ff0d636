"""What the API gives of answers, checked sentences and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from beleidskennis.api.shapes import HitOut, PlaceOut, VersionPlaceOut

if TYPE_CHECKING:
    from beleidskennis.citations import CheckedQuote, CheckedSentence, Match
    from beleidskennis.model import Answer, Citation


class CitationOut(BaseModel):
    """A verbatim quote with its place."""

    document: str = Field(description="Kenmerk van het document.")
    bestand: str
    titel: str
    bladzijde: int = Field(description="Bladzijde in het bestand, vanaf 1.")
    paginalabel: str = Field(description="Paginanummer zoals het gedrukt staat.")
    citaat: str
    plaatsen: list[PlaceOut]
    score: float
    ook_in: list[VersionPlaceOut] = Field(alias="ookIn", description="Andere versies met dezelfde woorden.")
    nieuwste_versie: str = Field(
        alias="nieuwsteVersie", description="Kenmerk van de nieuwste versie, als dat een ander document is."
    )

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        """From a `Citation`."""
        return cls(
            document=citation.document.document_id,
            bestand=citation.document.file_name,
            titel=citation.document.title,
            bladzijde=citation.page_number,
            paginalabel=citation.page_label,
            citaat=citation.quote,
            plaatsen=[PlaceOut.of(span) for span in citation.spans],
            score=round(citation.score, 4),
            ookIn=[VersionPlaceOut.of(place) for place in citation.also_in],
            nieuwsteVersie=citation.newest.document_id if citation.newest else "",
        )


class SentenceOut(BaseModel):
    """A sentence of an answer."""

    tekst: str
    bronnen: list[int] = Field(description="Plaatsen in `bronnen` van het antwoord, vanaf 0; leeg: geen bron gevonden.")


class AnswerOut(BaseModel):
    """An answer in sentences with sources, or the nearest passages."""

    vraag: str
    gelezen_als: str = Field(
        alias="gelezenAls", description="De vraag zoals die is begrepen; geef die als `eerder` bij een vervolgvraag."
    )
    gevonden: bool = Field(description="Onwaar: de documenten geven geen antwoord.")
    antwoord: str
    vorm: str
    zekerheid: float = Field(description="Kans dat de documenten de vraag beantwoorden, 0 tot 1.")
    opmerking: str
    zinnen: list[SentenceOut]
    bronnen: list[CitationOut]
    in_de_buurt: list[HitOut] = Field(alias="inDeBuurt", description="Passages die er het dichtst bij komen.")

    @classmethod
    def of(cls, answer: Answer) -> AnswerOut:
        """From an `Answer`."""
        return cls(
            vraag=answer.question,
            gelezenAls=answer.understood,
            gevonden=not answer.abstained,
            antwoord=answer.text,
            vorm=answer.form,
            zekerheid=answer.confidence,
            opmerking=answer.remark,
            zinnen=[SentenceOut(tekst=one.text, bronnen=list(one.citations)) for one in answer.sentences],
            bronnen=[CitationOut.of(one) for one in answer.citations],
            inDeBuurt=[HitOut.of(hit) for hit in answer.nearest] if answer.abstained else [],
        )


class MatchOut(BaseModel):
    """A place that speaks of a draft sentence."""

    bron: CitationOut
    verwijzing: str = Field(description="Verwijzing in APA-stijl, met bladzijde.")

    @classmethod
    def of(cls, match: Match) -> MatchOut:
        """From a `Match`."""
        from beleidskennis.references import footnote

        citation = match.citation
        return cls(bron=CitationOut.of(citation), verwijzing=footnote(citation.document, citation.page_label))


class CheckedOut(BaseModel):
    """The verdict on a draft sentence."""

    zin: str
    oordeel: str
    ondersteund: bool
    uitleg: str
    plaatsen: list[MatchOut]

    @classmethod
    def of(cls, checked: CheckedSentence) -> CheckedOut:
        """From a `CheckedSentence`."""
        return cls(
            zin=checked.text,
            oordeel=checked.verdict.value if checked.verdict else "geen bewering",
            ondersteund=checked.verdict is not None and checked.verdict.is_support,
            uitleg=checked.explanation,
            plaatsen=[MatchOut.of(match) for match in checked.matches],
        )


class QuoteOut(BaseModel):
    """A quote looked up on the pages."""

    citaat: str
    oordeel: str
    genoemd_document: str = Field(alias="genoemdDocument", description="Het document dat bij het citaat wordt genoemd.")
    verschillen: list[tuple[str, str]] = Field(description="Geciteerd, en wat er staat.")
    bronnen: list[CitationOut]

    @classmethod
    def of(cls, quote: CheckedQuote) -> QuoteOut:
        """From a `CheckedQuote`."""
        return cls(
            citaat=quote.text,
            oordeel=quote.verdict.value,
            genoemdDocument=quote.named_document,
            verschillen=[(change.quoted, change.printed) for change in quote.changes],
            bronnen=[CitationOut.of(one) for one in quote.citations],
        )
