"""Small documents and a cheap encoder for tests that need no PDF and no model."""

import hashlib
import zlib

import numpy as np

from beleidskennis.dutch.sentences import split
from beleidskennis.dutch.words import words
from beleidskennis.embedding import embed
from beleidskennis.model import Document, DocumentId, Page, Passage, PassageId, PassageKind, Span


class HashEncoder:
    """Bags of words hashed into `dimension` places: alike texts get alike vectors, always the same ones."""

    def __init__(self, name="hash-1", dimension=64):
        self.name, self.dimension = name, dimension

    def encode_passages(self, texts):
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text.lower()):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1
        vectors[:, 0] += 1e-3
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    encode_queries = encode_passages


def make_document(name, page_texts, *, kinds=None, path=None, same_file_as="", **described):
    """`(document, pages, passages)`: one passage a page text, on pages 1, 2, ...; `same_file_as` another, by its id."""
    document_id = DocumentId(same_file_as or hashlib.sha256("\f".join([name, *page_texts]).encode()).hexdigest())
    pages, passages = [], []
    for number, text in enumerate(page_texts, start=1):
        pages.append(Page(document_id, number, str(number + 2), text, raw_text=text))
        if text:
            kind = kinds[number - 1] if kinds else PassageKind.BODY
            passages.append(
                Passage(
                    PassageId(hashlib.sha256(f"{document_id}|{number}".encode()).hexdigest()[:16]),
                    document_id,
                    len(passages),
                    text,
                    (Span(document_id, number, 0, len(text)),),
                    number,
                    str(number + 2),
                    headings=(f"{number} Hoofdstuk",),
                    kind=kind,
                    sentences=tuple(split(text)),
                )
            )
    described = {"title": name.capitalize(), "publisher": "Adviesraad", "date": "2024", "kind": "advies"} | described
    document = Document(document_id, f"{name}.pdf", path or f"/bron/{name}.pdf", page_count=len(pages), **described)
    return document, pages, passages


def put(catalogue, encoder, made):
    """Store what `make_document` gave, with its vectors."""
    document, pages, passages = made
    catalogue.add_document(document, pages, passages, reader_version=1)
    embed(catalogue, document.document_id, passages, encoder)
    return document.document_id
