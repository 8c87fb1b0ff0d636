"""A small corpus in memory for answers and citations: pages of text, a search over words, an encoder of words."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from dataclasses import dataclass

import numpy as np

from beleidskennis.citations.evidence import Corpus, terms_of
from beleidskennis.dutch import sentences
from beleidskennis.errors import QueryError
from beleidskennis.model import (
    Document,
    DocumentId,
    Filters,
    Hit,
    LegRank,
    Page,
    Passage,
    PassageId,
    PassageKind,
    QueryReading,
    SearchResult,
    Span,
)


class WordEncoder:
    """Texts as bags of index terms, hashed to 256 numbers: alike when they share words."""

    name = "woorden"
    dimension = 256

    def encode_passages(self, texts, /):
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms_of(text):
                row[int(hashlib.md5(term.encode()).hexdigest()[:8], 16) % self.dimension] += 1
            row /= np.linalg.norm(row) or 1.0
        return rows

    def encode_queries(self, texts, /):
        return self.encode_passages(texts)


@dataclass
class SmallWorld:
    """Documents with their pages, and the `Corpus` over them."""

    corpus: Corpus
    pages: dict[str, list[Page]]
    documents: list[Document]

    def text_of(self, citation):
        texts = {page.page_number: page.text for page in self.pages[citation.document.document_id]}
        return " ".join(texts[span.page_number][span.start : span.end] for span in citation.spans)


def make_document(number, title, publisher, date):
    return Document(DocumentId(f"{number:x}" * 64), f"doc{number}.pdf", f"doc{number}.pdf", title, publisher, date)


def _passages(document, pages, lists):
    position = 0
    for page in pages:
        offset = 0
        for block in page.text.split("\n"):
            cuts = tuple(sentences.split(block))
            kind = PassageKind.LIST if block in lists else PassageKind.BODY
            if block in lists:
                starts = [0, *(i + 2 for i, two in enumerate(itertools.pairwise(block)) if two == (";", " "))]
                cuts = tuple(zip(starts, [*(start - 1 for start in starts[1:]), len(block)], strict=True))
            span = Span(document.document_id, page.page_number, offset, offset + len(block))
            identifier = PassageId(f"{document.document_id[:4]}{page.page_number:04d}{position:08d}")
            yield Passage(
                identifier, document.document_id, position, block, (span,), page.page_number, page.page_label,
                kind=kind, sentences=cuts,
            )  # fmt: skip
            position += 1
            offset += len(block) + 1


def make_world(texts, lists=()):
    """`texts` maps `(title, publisher, date)` to the texts of its pages; a line of a page is a passage."""
    documents, pages, passages = [], {}, []
    for number, (described, contents) in enumerate(texts.items(), start=10):
        document = make_document(number, *described)
        documents.append(document)
        pages[document.document_id] = [
            Page(document.document_id, n, str(n + 2), text) for n, text in enumerate(contents, start=1)
        ]
        passages += [(document, passage) for passage in _passages(document, pages[document.document_id], lists)]
    counts = Counter(term for _, passage in passages for term in terms_of(passage.text))

    def search(text, *, k, filters: Filters | None = None):
        terms = terms_of(text)
        if not terms:
            raise QueryError("leeg")
        scored = [
            (sum(1 / counts[term] for term in terms & terms_of(passage.embed_text) if counts[term]), document, passage)
            for document, passage in passages
            if not (filters and filters.documents) or document.document_id in filters.documents
        ]
        scored = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[2].passage_id))[:k]
        hits = [
            Hit(passage, document, score, rank, (LegRank("woorden", rank, score), LegRank("betekenis", rank, score)))
            for rank, (score, document, passage) in enumerate(scored, start=1)
        ]
        return SearchResult(tuple(hits), QueryReading(text, tuple(sorted(terms))))

    corpus = Corpus(search, WordEncoder(), lambda term: counts[term], len(passages), documents)
    return SmallWorld(corpus, pages, documents)


COUNCIL = ("Ruimte voor werk: advies", "Economische Raad Lindewaard", "2024-05-14")
CITY = ("Actieagenda Economie 2021-2024", "Gemeente Lindewaard", "2021")
BOARD = ("Visieadvies Haven en Handel", "Platform Haven", "2023-10")


def lindewaard():
    """Three fictional documents on one town, with agreements and differences between them."""
    texts = {
        COUNCIL: [
            "Op 1 januari 2024 telde Lindewaard 88.200 inwoners. De werkloosheid daalde tussen 2018 en 2023 van 6,1 "
            "naar 4,2 procent. In de techniek staan 740 vacatures open.\n"
            "De raad adviseert de gemeente om een tweede praktijkschool te bouwen. Deze school kost € 12 miljoen en "
            "moet in 2028 opengaan. Zonder die school verdwijnt vakmanschap uit de stad.",
            "Een tram naar de haven is volgens de raad niet nodig. De raad kiest voor een vrije busbaan, omdat die "
            "binnen vier jaar kan rijden.\n"
            "De toeristenbelasting moet niet omhoog. Enkele wijken profiteren nog niet van de groei.",
        ],
        CITY: [
            "De gemeente legt een tram naar de haven aan. De aanleg kost € 95 miljoen en begint in 2026.\n"
            "Wij verhogen de toeristenbelasting naar € 4 per nacht.",
            "De provincie betaalt de helft van de nieuwe kade. Het aantal winkels in het centrum nam met 9 procent "
            "af.\n"
            "Vakmensen opleiden; Ruimte maken in de haven; Winkels naar het hart verplaatsen",
        ],
        BOARD: [
            "De haven levert 5.300 banen op. De tram naar de haven verdient voorrang boven nieuwe wegen.\n"
            "Volgens het platform wordt het havenbedrijf geleid door Wilma Terhorst.",
        ],
    }
    return make_world(texts, lists={"Vakmensen opleiden; Ruimte maken in de haven; Winkels naar het hart verplaatsen"})
