"""What is said of versions, in Dutch: the same on the command line and in the app."""

from __future__ import annotations

from beleidskennis.model import Citation, Document, Hit, Kinship, Recommendation, Related, VersionPlace
from beleidskennis.sources import shown_name


def pair_line(pair: Related) -> str:
    """Two documents that share text, in a sentence."""
    one, other, share = shown_name(pair.one.file_name), shown_name(pair.other.file_name), percentage(pair.share)
    match pair.kinship:
        case Kinship.PART:
            return f"{other} is een deel van {one}: {share} ervan staat daar ook in."
        case Kinship.SAME:
            return f"{other} heeft vrijwel dezelfde tekst als {one} ({share}); als nieuwste geldt {one}."
        case _:
            return f"{other} is een andere versie van {one}: {share} van de tekst is gelijk; de nieuwste is {one}."


def percentage(share: float) -> str:
    """A share (0 to 1) rounded down, so that "100%" is said of equal texts only."""
    return f"{int(100 * share)}%"


def hit_lines(hit: Hit | Citation) -> list[str]:
    """Where the text of a hit or citation stands in other versions, and whether there is a newer one; else nothing."""
    lines = []
    newest = hit.newest
    if newest is not None:
        inside = [place for place in hit.also_in if place.document.document_id == newest.document_id]
        lines.append(
            f"Staat ook in de nieuwste versie: {_place(inside[0])}."
            if inside
            else f"Let op: er is een nieuwere versie, {named(newest)}. Daarin staat dit niet, of anders."
        )
    others = [place for place in hit.also_in if newest is None or place.document.document_id != newest.document_id]
    if others:
        which = "een andere versie" if len(others) == 1 else f"{len(others)} andere versies"
        lines.append(f"Staat ook in {which}: {'; '.join(map(_place, others))}.")
    return lines


def advice_line(item: Recommendation) -> str:
    """Where other versions of the document say the same as a recommendation; "" if none does."""
    which = "een andere versie" if len(item.also_in) == 1 else f"{len(item.also_in)} andere versies"
    return f"Staat ook in {which}: {'; '.join(map(_place, item.also_in))}." if item.also_in else ""


def named(document: Document) -> str:
    """A version by its file name (titles of versions are often the same) and its date."""
    name = shown_name(document.file_name)
    return f"{name} ({document.date})" if document.date else name


def _place(place: VersionPlace) -> str:
    return f"{named(place.document)}, {page_name(place.page_label)}"


def page_name(page_label: str) -> str:
    """`p. 12`; a part of a text without pages ("§ Inleiding", "al. 12") is named as it is."""
    return page_label if page_label.startswith(("§", "al. ")) else f"p. {page_label}"
