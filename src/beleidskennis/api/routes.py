"""The routes. Names are Dutch and plural; operations that are no resource begin with an underscore."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from beleidskennis.answers import Turn
from beleidskennis.api.answering import AnswerOut, CheckedOut, QuoteOut
from beleidskennis.api.comparing import ChainOut, ComparisonOut, MatrixOut
from beleidskennis.api.shapes import AdviceOut, DocumentOut, FacetOut, HitOut, PageOut, SearchOut, VersionOut
from beleidskennis.errors import QueryError
from beleidskennis.exports.advice import FORMS
from beleidskennis.library import Library
from beleidskennis.model import Document, FacetValue, Filters
from beleidskennis.search import Mode
from beleidskennis.taxonomy.choosing import SCHEMES

MOST_COMPARED = 20
"""Documents held side by side in one request: the work grows with the square of their number."""
router = APIRouter()


def _library(request: Request) -> Library:
    return cast("Library", request.app.state.library)


Opened = Annotated[Library, Depends(_library)]
Values = Annotated[list[str], Query()]


def _filters(
    library: Opened,
    document: Values = [],  # noqa: B006 - FastAPI copies it
    uitgever: Values = [],  # noqa: B006
    soort: Values = [],  # noqa: B006
    thema: Values = [],  # noqa: B006
    sector: Values = [],  # noqa: B006
    geadresseerde: Values = [],  # noqa: B006
    sterkte: Values = [],  # noqa: B006
    stand: Values = [],  # noqa: B006
    van_jaar: Annotated[int | None, Query(alias="vanJaar", ge=1500, le=2500)] = None,
    tot_jaar: Annotated[int | None, Query(alias="totJaar", ge=1500, le=2500)] = None,
) -> Filters:
    years = (van_jaar or 0, tot_jaar or 9999) if van_jaar or tot_jaar else None
    return library.existing(
        Filters(
            documents=tuple(document),
            publishers=tuple(uitgever),
            kinds=tuple(soort),
            years=years,
            themes=tuple(thema),
            sectors=tuple(sector),
            addressees=tuple(geadresseerde),
            strengths=tuple(sterkte),
            statuses=tuple(stand),
        )
    )


Chosen = Annotated[Filters, Depends(_filters)]
Limit = Annotated[int, Query(alias="aantal", ge=1, le=100, description="Hoogstens zoveel resultaten.")]


def _document(library: Library, name: str) -> Document:
    try:
        return library.document(name)
    except QueryError as error:
        if any(one.file_name == name for one in library.documents()):
            raise  # several have that name, and the message says how to tell them apart
        raise HTTPException(404) from error


def _facets(facets: dict[str, tuple[FacetValue, ...]]) -> dict[str, list[FacetOut]]:
    return {
        name: [FacetOut(waarde=one.value, naam=one.label, aantal=one.count) for one in values]
        for name, values in facets.items()
    }


@router.get("/_zoek", summary="Zoek passages, op woorden en op betekenis")
def search(
    library: Opened,
    vraag: Annotated[str, Query(max_length=2000)],
    filters: Chosen,
    limit: Limit = 10,
    manier: Mode = Mode.HYBRID,
) -> SearchOut:
    """Passages for a question or words, best first."""
    result = library.search(vraag, k=limit, filters=filters, mode=manier)
    return SearchOut(
        vraag=vraag,
        verbeterd=list(result.reading.corrections),
        ookGezocht=list(result.reading.expansions),
        omEnOm=list(result.reading.in_turn),
        aantal=result.total,
        treffers=[HitOut.of(hit) for hit in result.hits],
        filters=_facets(library.named(result.facets)),
    )


@router.get("/_vraag", summary="Beantwoord een vraag met zinnen uit de documenten, elk met bron en bladzijde")
def ask(
    library: Opened,
    vraag: Annotated[str, Query(max_length=2000)],
    filters: Chosen,
    eerder: Annotated[str, Query(max_length=2000, description="De `gelezenAls` van het antwoord hiervoor.")] = "",
) -> AnswerOut:
    """Verbatim sentences with their sources, or the nearest passages; no language model is asked."""
    return AnswerOut.of(library.ask(vraag, filters=filters, history=[Turn(eerder)] if eerder else []))


@router.get("/_citeer", summary="Zoek de passage die een zin uit een concept draagt, met oordeel")
def cite(library: Opened, zin: Annotated[str, Query(max_length=2000)], filters: Chosen) -> CheckedOut:
    """The verdict on a sentence, with the places that speak of it, best first."""
    return CheckedOut.of(library.cite(zin, filters=filters))


@router.get("/_controleer", summary="Zoek citaten woord voor woord op in de documenten")
def verify(library: Opened, tekst: Annotated[str, Query(max_length=2000)]) -> list[QuoteOut]:
    """Every quote between quotation marks, or the text itself if there is none."""
    return [QuoteOut.of(quote) for quote in library.verify(tekst)]


@router.get("/passages/{passage}/soortgelijke", summary="Passages die in betekenis op een passage lijken")
def similar(library: Opened, passage: str, filters: Chosen, limit: Limit = 10) -> list[HitOut]:
    """The passages most like one, best first, itself left out."""
    if library.catalogue.passage(passage) is None:
        raise HTTPException(404)
    return [HitOut.of(hit) for hit in library.similar(passage, k=limit, filters=filters)]


@router.get("/documenten", summary="Alle documenten")
def documents(library: Opened) -> list[DocumentOut]:
    """All documents, by file name."""
    return [DocumentOut.of(one, library.document_topics(one.document_id)) for one in library.documents()]


@router.get("/documenten/{kenmerk}", summary="Een document")
def document(library: Opened, kenmerk: str) -> DocumentOut:
    """One document, by id or file name."""
    found = _document(library, kenmerk)
    return DocumentOut.of(found, library.document_topics(found.document_id))


@router.get("/documenten/{kenmerk}/versies", summary="Andere versies van een document, en wat er deel van is")
def versions(library: Opened, kenmerk: str) -> list[VersionOut]:
    """The documents that share its text, most alike first."""
    document_id = _document(library, kenmerk).document_id
    return [VersionOut.of(pair, document_id) for pair in library.related(document_id)]


@router.get("/documenten/{kenmerk}/bladzijden/{bladzijde}", summary="De tekst van een bladzijde")
def page(library: Opened, kenmerk: str, bladzijde: int) -> PageOut:
    """The clean text of one page (physical, from 1)."""
    chosen = _document(library, kenmerk)
    found = library.catalogue.page(chosen.document_id, bladzijde) if 1 <= bladzijde <= chosen.page_count else None
    if found is None:
        raise HTTPException(404)
    return PageOut(
        bladzijde=found.page_number,
        paginalabel=found.page_label,
        tekst=found.text,
        noten=[(note.number, note.text) for note in found.notes],
        leesbaarheid=found.quality,
    )


@router.get(
    "/documenten/{kenmerk}/bladzijden/{bladzijde}/afbeelding",
    summary="Een bladzijde als afbeelding (PNG), met een passage gemarkeerd",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def page_image(
    library: Opened,
    kenmerk: str,
    bladzijde: int,
    passage: str = "",
    breedte: Annotated[int, Query(ge=200, le=3000)] = 900,
) -> Response:
    """The page as a picture; the header `X-Gemarkeerd` says whether the passage was found on it with certainty."""
    chosen = _document(library, kenmerk)
    if not 1 <= bladzijde <= chosen.page_count:
        raise HTTPException(404)
    found = library.catalogue.passage(passage) if passage else None
    image = library.page_image(chosen.document_id, bladzijde, found.spans if found else (), width_px=breedte)
    return Response(image.png, media_type="image/png", headers={"X-Gemarkeerd": "ja" if image.located else "nee"})


@router.get("/aanbevelingen", summary="Aanbevelingen, met filters en vrij zoeken")
def recommendations(
    library: Opened, filters: Chosen, vraag: Annotated[str, Query(max_length=2000)] = "", limit: Limit = 50
) -> list[AdviceOut]:
    """Recommendations: the best first for a question; without one explicit advice first, the newest before older."""
    return [AdviceOut.of(item) for item in library.recommendations(vraag, filters=filters, k=limit).items]


@router.get(
    "/aanbevelingen/_exporteer",
    summary="Aanbevelingen als bestand: Excel, Word, CSV of JSON-LD",
    response_class=Response,
    responses={200: {"content": {form.media_type: {} for form in FORMS.values()}}},
)
def export_recommendations(
    library: Opened,
    filters: Chosen,
    formaat: Annotated[str, Query(pattern=f"^({'|'.join(FORMS)})$", description="Het eind van de bestandsnaam.")],
    vraag: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """All recommendations that fit, in one file."""
    found = library.recommendations(vraag, filters=filters)
    data = library.advice_file(found.items, formaat, text=vraag, filters=filters, file_links=False)
    named = {"Content-Disposition": f'attachment; filename="aanbevelingen.{formaat}"'}
    return Response(data, media_type=FORMS[formaat].media_type, headers=named)


@router.get("/_vergelijk", summary="Het advies van twee of meer documenten naast elkaar")
def compare(
    library: Opened,
    document: Annotated[list[str], Query(min_length=2, max_length=MOST_COMPARED)],
    thema: Annotated[str, Query(description="Alleen over dit thema.")] = "",
    vraag: Annotated[str, Query(max_length=2000, description="Alleen over deze vraag.")] = "",
) -> ComparisonOut:
    """What they agree on, where they pull apart, and what only one says."""
    chosen = [_document(library, one).document_id for one in document]
    return ComparisonOut.of(library.compare(chosen, theme=thema, question=vraag))


@router.get("/_overzicht", summary="Aantallen aanbevelingen per thema, sector of geadresseerde en document")
def matrix(
    library: Opened,
    per: Annotated[str, Query(pattern=f"^({'|'.join(SCHEMES)})$")] = "thema",
    document: Annotated[list[str], Query(max_length=MOST_COMPARED, description="Leeg: alle.")] = [],  # noqa: B006
) -> MatrixOut:
    """Counts by concept (rows) and document (columns)."""
    chosen = [_document(library, one).document_id for one in document]
    return MatrixOut.of(library.matrix(SCHEMES[per], documents=chosen))


@router.get("/_tijdlijn", summary="Advies dat in een later document lijkt terug te keren")
def timeline(
    library: Opened, document: Annotated[list[str], Query(min_length=2, max_length=MOST_COMPARED)]
) -> list[ChainOut]:
    """Chains of advice, the longest first, each from old to new."""
    return [ChainOut.of(chain) for chain in library.timeline([_document(library, one).document_id for one in document])]


@router.get("/_status", summary="Wat er in de index zit")
def status(library: Opened) -> dict[str, object]:
    """Counts, and the model in use."""
    found = library.status()
    return {
        "documenten": found.documents,
        "bladzijden": found.pages,
        "passages": found.passages,
        "bladzijdenZonderTekst": found.pages_without_text,
        "zoekmodel": found.model,
    }
