"""What people keep of a recommendation: its follow-up, and their word on its labels.

After the way of the Rekenkamer: aanbeveling, bestuurlijke reactie, toezegging, actie. Both are keyed by the
recommendation's content (`key_of`), not by a row, so that they survive reading, cutting and linking anew. Plain
values: the catalogue keeps them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from beleidskennis.errors import QueryError
from beleidskennis.model import DocumentId, Label, LabelSource, Recommendation
from beleidskennis.recommendations.extraction import recommendation_key


class Status(StrEnum):
    """How far the follow-up of a recommendation is."""

    OPEN = "open"
    IN_REVIEW = "in beraad"
    ADOPTED = "overgenomen"
    PARTLY = "deels overgenomen"
    REJECTED = "niet overgenomen"
    RUNNING = "in uitvoering"
    DONE = "afgerond"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is known of one recommendation's follow-up. All texts are a person's own words; `at` is ISO 8601 in UTC."""

    key: str
    status: Status = Status.OPEN
    reaction: str = ""
    """Bestuurlijke reactie."""
    commitment: str = ""
    """Toezegging."""
    deadline: str = ""
    owner: str = ""
    """Who sees to it."""
    note: str = ""
    link: str = ""
    """Where it can be read: an address that starts with http:// or https://, or a RIS or Kamerstuk number."""
    who: str = ""
    at: str = ""


class Verdict(StrEnum):
    """A person's word on a label."""

    CONFIRMED = "bevestigd"
    REJECTED = "afgewezen"
    ADDED = "toegevoegd"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of one label of one recommendation; `at` is ISO 8601 in UTC."""

    key: str
    scheme: str
    concept_id: str
    verdict: Verdict
    who: str
    at: str


def key_of(recommendation: Recommendation) -> str:
    """The stable key (32 hexadecimal characters) of a recommendation: its document and the words of its quote.

    Case, spacing, punctuation and accents do not count: another version of the reading gives the same key.
    """
    return key_for(recommendation.document_id, recommendation.quote)


def key_for(document_id: DocumentId, quote: str) -> str:
    """See `key_of`."""
    return hashlib.sha256(f"{document_id}\x1f{recommendation_key(quote)}".encode()).hexdigest()[:32]


def apply_judgements(recommendation: Recommendation, judgements: Iterable[Judgement]) -> Recommendation:
    """The recommendation with its labels as people judged them: rejected ones gone, added and confirmed ones sure.

    Judgements of other recommendations are passed over; of two on the same label the later one counts.
    """
    key = key_of(recommendation)
    latest: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.at):
        if judgement.key == key:
            latest[judgement.scheme, judgement.concept_id] = judgement
    if not latest:
        return recommendation
    labels = [label for label in recommendation.labels if not _is_judged(label, latest)]
    for judgement in latest.values():
        if judgement.verdict is not Verdict.REJECTED:
            evidence = _evidence(recommendation.labels, judgement)
            labels.append(Label(judgement.scheme, judgement.concept_id, 1.0, LabelSource.PERSON, evidence))
    order = {"theme": 0, "sector": 1, "addressee": 2}
    ordered = sorted(labels, key=lambda label: (order.get(label.scheme, 3), -label.confidence, label.concept_id))
    return replace(recommendation, labels=tuple(_without_unknown(ordered)))


def _is_judged(label: Label, latest: Mapping[tuple[str, str], Judgement]) -> bool:
    return (label.scheme, label.concept_id) in latest


def _evidence(labels: Sequence[Label], judgement: Judgement) -> tuple[str, ...]:
    """The words that a confirmed label had already."""
    same = (x for x in labels if (x.scheme, x.concept_id) == (judgement.scheme, judgement.concept_id))
    return next((label.evidence for label in same), ())


def _without_unknown(labels: Sequence[Label]) -> list[Label]:
    """Without "onbekend" where an addressee is known."""
    known = any(label.scheme == "addressee" and label.concept_id != "onbekend" for label in labels)
    return [label for label in labels if not (known and label.concept_id == "onbekend")]


def to_row(item: FollowUp | Judgement) -> dict[str, Any]:
    """A flat dict of plain values, a column a field."""
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in asdict(item).items()}


def follow_up_of(row: Mapping[str, Any]) -> FollowUp:
    """The `FollowUp` of a row of `to_row`; unknown columns are passed over, missing ones empty.

    Raises:
        QueryError: the status is not one of `Status`.
    """
    known = {field.name: row[field.name] for field in fields(FollowUp) if field.name in row}
    try:
        status = Status(known.get("status", Status.OPEN))
    except ValueError as error:
        message = f"De stand '{known['status']}' bestaat niet."
        raise QueryError(message, f"Kies uit: {', '.join(Status)}.") from error
    return FollowUp(**{**known, "status": status})


def judgement_of(row: Mapping[str, Any]) -> Judgement:
    """The `Judgement` of a row of `to_row`.

    Raises:
        QueryError: the verdict is not one of `Verdict`.
    """
    try:
        verdict = Verdict(row["verdict"])
    except ValueError as error:
        message = f"Het oordeel '{row['verdict']}' bestaat niet."
        raise QueryError(message, f"Kies uit: {', '.join(Verdict)}.") from error
    return Judgement(row["key"], row["scheme"], row["concept_id"], verdict, row["who"], row["at"])
