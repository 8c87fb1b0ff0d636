"""Finding the documents that share text, and keeping what was found in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from beleidskennis.catalogue import Catalogue, kin
from beleidskennis.catalogue.kin import Family, Likeness
from beleidskennis.model import Document, DocumentId, Kinship, Related
from beleidskennis.versions.families import calls_itself_draft, families, kinship, newest_first
from beleidskennis.versions.passages import places_in
from beleidskennis.versions.shingles import Sketch, estimated_share, shingles, sketch_of

if TYPE_CHECKING:
    from beleidskennis.versions.shingles import Hashes

CANDIDATE_SHARE = 0.15
"""Pairs of which the sketches say less are not compared in full: half of what is linked, where sketches were at most
0.10 off (`benchmarks/versions.py`)."""


def link_versions(catalogue: Catalogue) -> list[Likeness]:
    """Compare the documents in force that were not compared yet with all others; the pairs found, most alike first.

    Nothing is read again: an index of before this was kept gets its sketches from the stored passages.
    """
    new = kin.without_sketch(catalogue)
    known: dict[str, Hashes] = {}
    for document_id in new:
        known[document_id] = shingles_of(catalogue, document_id)
        sketch = sketch_of(known[document_id])
        kin.put_sketch(catalogue, document_id, sketch.hashes, sketch.shingles)
    found = []
    sketches = {one: Sketch(*of) for one, of in kin.sketches(catalogue).items()} if new else {}
    for one, other in _candidates(new, sketches):
        for document_id in (one, other):
            if document_id not in known:
                known[document_id] = shingles_of(catalogue, document_id)
        related = kinship(known[one], known[other])
        if related:
            longer, shorter = sorted((one, other), key=lambda document_id: (-len(known[document_id]), document_id))
            found.append(Likeness(DocumentId(longer), DocumentId(shorter), *related))
            kin.put_likeness(catalogue, found[-1])
    settle_families(catalogue, frozenset(new))
    return sorted(found, key=lambda pair: (-pair.share, pair.document_id, pair.other_id))


def related(catalogue: Catalogue, pairs: Iterable[Likeness]) -> list[Related]:
    """The pairs with their documents, in the same order: of versions the newer one first, of a part the whole."""
    pairs = list(pairs)
    if not pairs:
        return []
    documents = {document.document_id: document for document in catalogue.documents()}
    ages = {one: place for family in kin.families(catalogue) for place, one in enumerate(family.members)}
    found = []
    for pair in pairs:
        one, other = documents[pair.document_id], documents[pair.other_id]
        if pair.kinship is not Kinship.PART and ages.get(one.document_id, 0) > ages.get(other.document_id, 0):
            one, other = other, one
        found.append(Related(one, other, pair.share, pair.kinship))
    return found


def shingles_of(catalogue: Catalogue, document_id: str) -> Hashes:
    """The shingles of a document's running text."""
    passages = catalogue.passages(document_id)
    return shingles(passage.text for passage in passages if passage.kind.is_running_text)


def _candidates(new: Sequence[str], sketches: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Pairs of a new document with any other that may share enough, each once."""
    if not sketches:
        return []
    ids = list(sketches)
    hashes = np.concatenate([sketch.hashes for sketch in sketches.values()])
    owners = np.repeat(np.arange(len(ids)), [len(sketch.hashes) for sketch in sketches.values()])
    wanted = np.unique(np.concatenate([sketches[document_id].hashes for document_id in new]))
    if not len(wanted):
        return []
    # All hashes are looked up among the few that are new, not the other way round: no sorting of millions.
    places = np.minimum(np.searchsorted(wanted, hashes), len(wanted) - 1)
    held = np.flatnonzero(wanted[places] == hashes)
    holding: dict[int, set[int]] = {}
    for place, owner in zip(places[held].tolist(), owners[held].tolist(), strict=True):
        holding.setdefault(place, set()).add(owner)
    found: dict[tuple[str, str], None] = {}
    for document_id in new:
        own = sketches[document_id]
        others = {ids[owner] for place in np.searchsorted(wanted, own.hashes).tolist() for owner in holding[place]}
        for other in sorted(others - {document_id}):
            if estimated_share(own, sketches[other]) >= CANDIDATE_SHARE:
                found[min(document_id, other), max(document_id, other)] = None
    return list(found)


def settle_families(catalogue: Catalogue, renewed: frozenset[str] = frozenset()) -> None:
    """Bring the families in step with the pairs and with what is known of the documents; what did not change stays.

    A document that was read again (`renewed`) has other passages: places in it are looked up anew.
    """
    pairs = [pair for pair in kin.likenesses(catalogue) if pair.kinship is not Kinship.PART]
    stored = kin.families(catalogue)
    if not pairs and not stored:
        return
    documents = {document.document_id: document for document in catalogue.documents()}
    wanted = []
    for family in families((pair.document_id, pair.other_id) for pair in pairs):
        members = [documents[DocumentId(document_id)] for document_id in family]
        drafts = {member.document_id for member in members if _is_stamped(catalogue, member)}
        wanted.append(tuple(member.document_id for member in newest_first(members, drafts)))
    kept = {family.members for family in stored if renewed.isdisjoint(family.members)}.intersection(wanted)
    gone = [family for family in stored if family.members not in kept]
    new = [members for members in wanted if members not in kept]
    kin.change_families(catalogue, gone, [_family(catalogue, members) for members in new])


def _is_stamped(catalogue: Catalogue, document: Document) -> bool:
    page = catalogue.page(document.document_id, 1)
    return page is not None and calls_itself_draft(page.raw_text)


def _family(catalogue: Catalogue, members: tuple[str, ...]) -> Family:
    """The family with, for each passage, the nearest newer version that holds its text and all older ones that do."""
    texts = [[passage.text for passage in catalogue.passages(document_id)] for document_id in members]
    rows: list[tuple[int, int, int, int]] = []
    for older in range(1, len(members)):
        unplaced = dict(enumerate(texts[older]))
        for newer in range(older - 1, -1, -1):
            positions = list(unplaced)
            held = places_in([unplaced[position] for position in positions], texts[newer])
            for number, place in held.items():
                rows.append((older, positions[number], newer, place))
                del unplaced[positions[number]]
            places = places_in(texts[newer], texts[older])
            rows += [(newer, position, older, place) for position, place in places.items()]
    return Family(members, tuple(sorted(rows)))
