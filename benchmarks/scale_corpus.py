"""A corpus of any size from recombined sentences of the sample corpus: seeded, so a small one begins a large one.

A passage is a run of sentences drawn from the sample corpus with a heading of it. So that the vocabulary grows with the
corpus, as it does in life (Heaps' law), some passages get a word that is in no other: a compound glued of two words.
Its vectors are not embedded but made of those of its sentences: of each its own vector plus noise, of the passage
their mean plus noise. Embedding a million texts is not what is measured here, nor are they compared as versions of one
another: recombined documents all share sentences, as documents do not.
"""

import dataclasses
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np

from beleidskennis.catalogue import Catalogue, kin, links
from beleidskennis.dutch.words import words
from beleidskennis.embedding import SENTENCES, sentence_places, stored_vectors
from beleidskennis.library import Library
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Document, DocumentId, Page, Passage, PassageId, PassageKind, Span
from beleidskennis.reading import READER_VERSION
from beleidskennis.sentence_vectors import worth_embedding
from beleidskennis.settings import Settings

SEED = 20
PER_PAGE, PAGES = 3, 20
PER_DOCUMENT = PER_PAGE * PAGES
"""As in the sample corpus: about three passages a page."""
SENTENCE_RANGE = (3, 7)
"""Sentences a passage: about 100 words."""
OWN_WORD = 0.3
"""Share of the passages with a word of their own."""
NOISE = 0.5
"""Length of the noise beside a unit vector: two occurrences of a sentence have a cosine of about 0.8."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """Sentences of the sample corpus with their vectors `(s, d)`, its headings and its longer words."""

    sentences: list
    vectors: np.ndarray
    headings: list
    nouns: list
    model: str


def read_sample(corpus, model):
    """Take the sample corpus in and give its parts."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Settings(index=Path(folder), model=model)) as library:
        library.ingest([corpus])
        found, headings = {}, {}
        for document in library.documents():
            passages = library.catalogue.passages(document.document_id)
            stored = stored_vectors(library.catalogue, document.document_id, library.encoder.name)
            places = [(passage, place) for passage in passages for place in sentence_places(passage)]
            texts = [passage.text[start:end] for passage, (start, end) in places]
            running = [passage.kind.is_running_text for passage, _place in places]
            for text, vector, keep in zip(texts, stored.sentences, running, strict=True):
                if keep and worth_embedding(text):
                    found.setdefault(text, vector)
            headings |= dict.fromkeys(passage.headings for passage in passages if passage.headings)
        nouns = sorted({word.lower() for text in found for word in words(text) if len(word) > 5 and word.isalpha()})
        return Sample(list(found), np.stack(list(found.values())), list(headings), nouns, library.encoder.name)


def save(sample, path):
    """Keep a sample for other processes."""
    np.save(path.with_suffix(".npy"), sample.vectors)
    kept = dataclasses.asdict(dataclasses.replace(sample, vectors=None))
    path.write_text(json.dumps(kept), encoding="utf-8")


def load(path):
    """What `save` kept."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    headings = [tuple(one) for one in kept["headings"]]
    return Sample(**kept | {"vectors": np.load(path.with_suffix(".npy")), "headings": headings})


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def make(sample, number, passages=PER_DOCUMENT):
    """`(document, pages, passages, passage vectors, sentence vectors)` of document `number`."""
    random = np.random.default_rng([SEED, number])
    dimension = sample.vectors.shape[1]
    document_id = DocumentId(hashlib.sha256(f"scale {number}".encode()).hexdigest())
    made, pages, wholes, parts = [], [], [], []
    for first in range(0, passages, PER_PAGE):
        page_number, text = len(pages) + 1, ""
        for position in range(first, min(first + PER_PAGE, passages)):
            drawn = random.integers(0, len(sample.sentences), random.integers(*SENTENCE_RANGE))
            chosen = [sample.sentences[one] for one in drawn]
            if random.random() < OWN_WORD:
                glued = "".join(random.choice(sample.nouns, 2))
                chosen[-1] += f" Dit heet het {glued}."
            noise = random.standard_normal((len(drawn) + 1, dimension), dtype=np.float32) * (NOISE / dimension**0.5)
            own = sample.vectors[drawn] + noise[1:]
            whole = own.sum(axis=0)
            wholes.append(whole / np.sqrt(whole @ whole) + noise[0])
            parts.append(own)
            start = len(text) + (1 if text else 0)
            text = f"{text}\n{' '.join(chosen)}" if text else " ".join(chosen)
            made.append(_passage(document_id, position, page_number, start, chosen, sample, random))
        pages.append(Page(document_id, page_number, str(page_number), text, text, ((0, 0, len(text)),)))
    document = Document(
        document_id,
        f"rapport-{number:06d}.pdf",
        f"/schaal/rapport-{number:06d}.pdf",
        f"Rapport {number} over {sample.nouns[number % len(sample.nouns)]}",
        publisher=f"Adviesraad {number % 40}",
        date=str(1990 + number % 36),
        kind=("advies", "rapport", "actieagenda")[number % 3],
        page_count=len(pages),
    )
    return document, pages, made, unit(np.array(wholes)), unit(np.concatenate(parts))


def _passage(document_id, position, page_number, start, chosen, sample, random):
    bounds, at = [], 0
    for sentence in chosen:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return Passage(
        PassageId(hashlib.sha256(f"{document_id}|{position}".encode()).hexdigest()[:16]),
        document_id,
        position,
        " ".join(chosen),
        (Span(document_id, page_number, start, start + at - 1),),
        page_number,
        str(page_number),
        headings=sample.headings[random.integers(len(sample.headings))],
        kind=PassageKind.BODY,
        sentences=tuple(bounds),
    )


def documents(sample, passages):
    """All documents of a corpus of `passages` passages, one after the other."""
    for number in range(-(-passages // PER_DOCUMENT)):
        yield make(sample, number, min(PER_DOCUMENT, passages - number * PER_DOCUMENT))


def fill(catalogue: Catalogue, sample, passages):
    """Put a corpus in a catalogue, with vectors, and with nothing recommended, labelled or compared."""
    nothing = np.empty((0, sample.vectors.shape[1]), dtype=np.float32)
    for document, pages, made, wholes, parts in documents(sample, passages):
        catalogue.add_document(document, pages, made, reader_version=READER_VERSION)
        one = document.document_id
        catalogue.put_vectors(one, sample.model, wholes)
        catalogue.put_vectors(one, sample.model + SENTENCES, parts)
        catalogue.put_vectors(one, sample.model + ADVICE_VECTORS, nothing)
        links.put_links(catalogue, one, [], [() for _ in made])
        kin.put_sketch(catalogue, one, np.empty(0, np.uint64), 0)
