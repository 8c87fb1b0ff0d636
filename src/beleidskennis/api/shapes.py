"""What goes over the wire, as pydantic models; made from the types of `model`."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field

from beleidskennis.model import Document, Hit, Recommendation, Related, Span, VersionPlace


class DocumentOut(BaseModel):
    """A document."""

    kenmerk: str = Field(description="SHA-256 van het bestand.")
    bestand: str
    titel: str
    uitgever: str
    datum: str = Field(description="ISO 8601, zo precies als bekend.")
    soort: str
    taal: str
    url: str
    bladzijden: int
    geraden: list[str] = Field(description="Velden die zijn geraden, niet opgegeven.")
    nummers: list[str] = Field(description="RIS-, Kamerstuk- en adviesnummers.")
    auteurs: list[str]
    tijdschrift: str = Field(description="Waarin een artikel staat; anders leeg.")
    jaargang: str
    aflevering: str
    artikelbladzijden: str = Field(description="Gedrukte bladzijden van het artikel, zoals 44-61.")
    themas: dict[str, float] = Field(description="Waar het vooral over gaat: per thema het aandeel van de passages.")

    @classmethod
    def of(cls, document: Document, themes: Sequence[tuple[str, float]]) -> DocumentOut:
        """From a `Document` and the themes that it is mostly about."""
        return cls(
            kenmerk=document.document_id,
            bestand=document.file_name,
            titel=document.title,
            uitgever=document.publisher,
            datum=document.date,
            soort=document.kind,
            taal=document.language,
            url=document.url,
            bladzijden=document.page_count,
            geraden=sorted(document.guessed),
            nummers=list(document.identifiers),
            auteurs=list(document.authors),
            tijdschrift=document.journal,
            jaargang=document.volume,
            aflevering=document.issue,
            artikelbladzijden=document.article_pages,
            themas={one: round(share, 3) for one, share in themes},
        )


class PlaceOut(BaseModel):
    """A stretch of the clean text of one page."""

    bladzijde: int = Field(description="Bladzijde in het bestand, vanaf 1.")
    begin: int
    einde: int

    @classmethod
    def of(cls, span: Span) -> PlaceOut:
        """From a `Span`."""
        return cls(bladzijde=span.page_number, begin=span.start, einde=span.end)


class VersionOut(BaseModel):
    """A document that shares much of its text with another."""

    kenmerk: str
    bestand: str
    titel: str
    datum: str
    verwantschap: str = Field(description="zelfde tekst, andere versie of deel.")
    gelijk: float = Field(description="Aandeel van de tekst van het kortste document dat in beide staat, 0 tot 1.")
    nieuwer: bool = Field(description="Of dit de nieuwere versie is; bij een deel: of dit het geheel is.")

    @classmethod
    def of(cls, pair: Related, document_id: str) -> VersionOut:
        """The other document of a pair than `document_id`."""
        other = pair.beside(document_id)
        return cls(
            kenmerk=other.document_id,
            bestand=other.file_name,
            titel=other.title,
            datum=other.date,
            verwantschap=pair.kinship.value,
            gelijk=round(pair.share, 4),
            nieuwer=other is pair.one,
        )


class VersionPlaceOut(BaseModel):
    """Where another version of a document holds the text of a passage."""

    document: str = Field(description="Kenmerk van het document.")
    bestand: str
    passage: str = Field(description="Kenmerk van de passage daarin; leeg als alleen de bladzijde bekend is.")
    bladzijde: int = Field(description="Bladzijde in het bestand, vanaf 1.")
    paginalabel: str

    @classmethod
    def of(cls, place: VersionPlace) -> VersionPlaceOut:
        """From a `VersionPlace`."""
        return cls(
            document=place.document.document_id,
            bestand=place.document.file_name,
            passage=place.passage_id,
            bladzijde=place.page_number,
            paginalabel=place.page_label,
        )


class HitOut(BaseModel):
    """A passage found."""

    passage: str = Field(description="Kenmerk van de passage.")
    document: str = Field(description="Kenmerk van het document.")
    titel: str
    bladzijde: int = Field(description="Bladzijde in het bestand, vanaf 1.")
    paginalabel: str = Field(description="Paginanummer zoals het gedrukt staat.")
    koppen: list[str]
    inleiding: str
    tekst: str
    plaatsen: list[PlaceOut]
    score: float
    gevonden: dict[str, int] = Field(description="Plaats per zoekmanier (woorden, betekenis), vanaf 1.")
    woorden: list[tuple[int, int]] = Field(description="Plaatsen in de tekst van de woorden die overeenkomen.")
    ook_in: list[VersionPlaceOut] = Field(alias="ookIn", description="Andere versies met (vrijwel) dezelfde tekst.")
    nieuwste_versie: str = Field(
        alias="nieuwsteVersie", description="Kenmerk van de nieuwste versie, als dat een ander document is."
    )

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        """From a `Hit`."""
        passage = hit.passage
        return cls(
            passage=passage.passage_id,
            document=passage.document_id,
            titel=hit.document.title,
            bladzijde=passage.page_number,
            paginalabel=passage.page_label,
            koppen=list(passage.headings),
            inleiding=passage.intro,
            tekst=passage.text,
            plaatsen=[PlaceOut.of(span) for span in passage.spans],
            score=hit.score,
            gevonden={leg.leg: leg.rank for leg in hit.legs},
            woorden=list(hit.matched),
            ookIn=[VersionPlaceOut.of(place) for place in hit.also_in],
            nieuwsteVersie=hit.newest.document_id if hit.newest else "",
        )


class FacetOut(BaseModel):
    """A value to filter on, and how many results have it."""

    waarde: str
    naam: str
    aantal: int


class SearchOut(BaseModel):
    """What a search found."""

    vraag: str
    verbeterd: list[tuple[str, str]] = Field(description="Getypt en gezocht, bij tikfouten.")
    ook_gezocht: list[str] = Field(alias="ookGezocht")
    om_en_om: list[str] = Field(alias="omEnOm", description="Uitgevers die de vraag vergelijkt, afwisselend.")
    aantal: int
    treffers: list[HitOut]
    filters: dict[str, list[FacetOut]]


class PageOut(BaseModel):
    """The clean text of a page."""

    bladzijde: int
    paginalabel: str
    tekst: str
    noten: list[tuple[str, str]]
    leesbaarheid: float = Field(description="Aandeel bekende woorden, 0 tot 1.")


class AdviceOut(BaseModel):
    """A recommendation."""

    kenmerk: str
    document: str
    bladzijde: int
    paginalabel: str
    citaat: str
    inleiding: str
    samenvatting: str
    sterkte: str
    soort: str
    themas: list[str]
    sectoren: list[str]
    geadresseerden: list[str]
    termijn: str
    bedragen: list[str]
    namens: str = Field(description="Leeg: het document zelf; anders de derde die wordt aangehaald.")
    ook_in: list[VersionPlaceOut] = Field(alias="ookIn", description="Andere versies met hetzelfde advies.")

    @classmethod
    def of(cls, item: Recommendation) -> AdviceOut:
        """From a `Recommendation`."""
        return cls(
            kenmerk=item.recommendation_id,
            document=item.document_id,
            bladzijde=item.page_number,
            paginalabel=item.page_label,
            citaat=item.quote,
            inleiding=item.intro,
            samenvatting=item.summary,
            sterkte=item.strength.value,
            soort=item.kind,
            themas=list(item.concepts("theme")),
            sectoren=list(item.concepts("sector")),
            geadresseerden=list(item.concepts("addressee")),
            termijn=item.deadline,
            bedragen=list(item.figures),
            namens=item.speaker,
            ookIn=[VersionPlaceOut.of(place) for place in item.also_in],
        )
