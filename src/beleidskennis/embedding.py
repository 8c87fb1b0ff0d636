"""Embedding documents: a vector for each passage and for its sentences, made once and kept in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beleidskennis.catalogue import Catalogue
from beleidskennis.model import Encoder, Passage
from beleidskennis.sentence_vectors import worth_embedding

if TYPE_CHECKING:
    from beleidskennis.model import Vectors

SENTENCES = "#zinnen"
"""Added to a model's name: the vectors of a document's sentences are kept beside those of its passages."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of one document's passages `(n, d)` and sentences `(s, d)`; `counts` `(n,)` sentences a passage."""

    passages: Vectors
    sentences: Vectors
    counts: tuple[int, ...]


def sentences_of(passage: Passage) -> list[str]:
    """What is embedded of a passage beside itself: its sentences of some length; if there is none, its text."""
    texts = [passage.text[start:end] for start, end in passage.sentences]
    return [text for text in texts if worth_embedding(text)] or [passage.text]


def embed(catalogue: Catalogue, document_id: str, passages: Sequence[Passage], encoder: Encoder) -> None:
    """Make a document's vectors and keep them."""
    sentences = [text for passage in passages for text in sentences_of(passage)]
    made = encoder.encode_passages([*(passage.embed_text for passage in passages), *sentences])
    catalogue.put_vectors(document_id, encoder.name + SENTENCES, made[len(passages) :])
    catalogue.put_vectors(document_id, encoder.name, made[: len(passages)])


def embed_missing(catalogue: Catalogue, encoder: Encoder) -> list[str]:
    """Embed the documents in force that this model has not seen; their ids."""
    lacking = {*catalogue.without_vectors(encoder.name), *catalogue.without_vectors(encoder.name + SENTENCES)}
    missing = sorted(lacking)
    for document_id in missing:
        embed(catalogue, document_id, catalogue.passages(document_id), encoder)
    return missing


def stored_vectors(catalogue: Catalogue, document_id: str, model: str) -> Embedded | None:
    """A document's vectors as `embed` kept them, or None."""
    passages = catalogue.vectors(document_id, model)
    sentences = catalogue.vectors(document_id, model + SENTENCES)
    if passages is None or sentences is None:
        return None
    counts = tuple(len(sentences_of(passage)) for passage in catalogue.passages(document_id))
    if sum(counts) != len(sentences) or len(counts) != len(passages):
        return None
    return Embedded(passages, sentences if counts else np.empty((0, passages.shape[1]), np.float32), counts)
