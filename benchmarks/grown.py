"""A large index grown from the sample corpus, for timing: `python benchmarks/grown.py FOLDER --documents 1000`.

Each made-up document has the 48 pages and 132 passages of the five sample documents, and the recommendations of one of
them. Half of its longer words are replaced by other words of the sample corpus of the same length, so that every
offset holds and no two documents are alike; its vectors are those of the originals with as much noise added. It says
nothing about quality: only how long things take at that size.
"""

import argparse
import hashlib
import random
import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from beleidskennis import deriving, index
from beleidskennis.catalogue import links
from beleidskennis.embedding import SENTENCES
from beleidskennis.library import Library
from beleidskennis.linking import ADVICE_VECTORS
from beleidskennis.model import Document, DocumentId, PassageId, Span
from beleidskennis.settings import Settings

SAMPLE = Path(__file__).parent.parent / "corpus"
NOISE = 0.7
"""Length of the noise beside a vector of length 1: two grown copies of one text then have a cosine of about 0.67."""
WORD = re.compile(r"[a-zà-ÿ]{5,}")
PUBLISHERS = [f"Gemeente {name}" for name in "Aardwijk Beekstad Coudermark Dolleveen Elshorst Fransum".split()]
KINDS = ("advies", "onderzoeksrapport", "actieagenda", "artikel")


class Grower:
    """Makes documents out of the sample corpus that `library` holds."""

    def __init__(self, library, seed=1):
        self.library, self.model = library, library.encoder.name
        self.random, self.noise = random.Random(seed), np.random.default_rng(seed)
        self.originals = [self._whole(document) for document in library.documents()]
        self.words = {}
        for whole in self.originals:
            for page in whole["pages"]:
                for word in WORD.findall(page.text):
                    self.words.setdefault(len(word), []).append(word)

    def _whole(self, document):
        catalogue, document_id = self.library.catalogue, document.document_id
        return {
            "document": document,
            "pages": catalogue.pages(document_id),
            "passages": catalogue.passages(document_id),
            "advice": links.recommendations(catalogue, document_id),
            "labels": links.passage_labels(catalogue, document_id),
            "vectors": [catalogue.vectors(document_id, self.model + suffix) for suffix in ("", SENTENCES)],
            "advice_vectors": catalogue.vectors(document_id, self.model + ADVICE_VECTORS),
        }

    def noisy(self, vectors):
        """Unit vectors near `vectors` `(n, d)`."""
        noise = self.noise.standard_normal(vectors.shape).astype(np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        moved = vectors + noise
        return moved / np.linalg.norm(moved, axis=1, keepdims=True)

    def changed(self, text):
        """`text` with half of its longer words replaced, each by one of the same length."""
        choose = self.random.choice
        return WORD.sub(
            lambda found: choose(self.words[len(found[0])]) if self.random.random() < 0.5 else found[0], text
        )

    def add(self, number):
        """Put made-up document `number` in the catalogue, pending."""
        document_id = DocumentId(name_of("gegroeid", number, length=64))
        pages, passages, labels, advice, advice_vectors = [], [], [], [], None
        for place, whole in enumerate(self.originals):
            made = self._copy(whole, document_id, len(pages), len(passages))
            pages, passages, labels = pages + made[0], passages + made[1], labels + whole["labels"]
            if place == number % len(self.originals):
                advice, advice_vectors = made[2], self.noisy(whole["advice_vectors"])
        catalogue = self.library.catalogue
        catalogue.add_document(self._describe(number, document_id, pages), pages, passages, reader_version=0)
        for place, suffix in enumerate(("", SENTENCES)):
            vectors = np.concatenate([whole["vectors"][place] for whole in self.originals])
            catalogue.put_vectors(document_id, self.model + suffix, self.noisy(vectors))
        links.put_links(catalogue, document_id, advice, labels)
        catalogue.put_vectors(document_id, self.model + ADVICE_VECTORS, advice_vectors)

    def _describe(self, number, document_id, pages):
        name = f"gegroeid-{number:05}.pdf"
        return Document(
            document_id, name, f"/gegroeid/{name}", f"{self.changed('Werken aan wonen in de regio')} ({number})",
            publisher=PUBLISHERS[number % len(PUBLISHERS)], date=str(2005 + number % 20),
            kind=KINDS[number % len(KINDS)], page_count=len(pages),
        )  # fmt: skip

    def _copy(self, whole, document_id, pages_before, passages_before):
        """Pages, passages and recommendations of a sample document with other words, further on in a document."""
        texts = {page.page_number: self.changed(page.text) for page in whole["pages"]}

        def moved(spans):
            return tuple(Span(document_id, one.page_number + pages_before, one.start, one.end) for one in spans)

        def cut(spans):
            return " ".join(texts[one.page_number][one.start : one.end] for one in spans)

        def at(number):
            return {"page_number": number + pages_before, "page_label": str(number + pages_before)}

        def place(item):
            quoted = {"intro": cut(item.intro_spans), "intro_spans": moved(item.intro_spans)}
            return at(item.page_number) | quoted | {"document_id": document_id, "spans": moved(item.spans)}

        pages = [
            replace(page, document_id=document_id, text=texts[page.page_number], raw_text="", offsets=(),
                    **at(page.page_number))
            for page in whole["pages"]
        ]  # fmt: skip
        ids = {
            passage.passage_id: PassageId(name_of(document_id, passages_before + number))
            for number, passage in enumerate(whole["passages"])
        }
        passages = [
            replace(passage, passage_id=ids[passage.passage_id], position=passages_before + number,
                    text=cut(passage.spans), **place(passage))
            for number, passage in enumerate(whole["passages"])
        ]  # fmt: skip
        advice = [
            replace(item, recommendation_id=name_of(document_id, "advies", number), passage_id=ids[item.passage_id],
                    quote=cut(item.spans), also_at=(), **place(item))
            for number, item in enumerate(whole["advice"])
        ]  # fmt: skip
        return pages, passages, advice


def name_of(*parts, length=16):
    """Hexadecimal digits that are always the same for the same parts."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:length]


def grow(folder, documents):
    """An index in `folder` with so many documents, the five of the sample corpus among them."""
    with Library.open(Settings(corpus=SAMPLE, index=folder)) as library:
        library.ingest([SAMPLE])
        grower = Grower(library)
        with index.writing(folder):
            for number in range(documents - len(grower.originals)):
                grower.add(number)
            deriving.derive(library.catalogue, folder, library.encoder.name)
        return library.status()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    given = parser.parse_args()
    started = time.perf_counter()
    status = grow(given.folder, given.documents)
    print(f"{status.documents} documents, {status.pages} pages, {status.passages} passages in "
          f"{time.perf_counter() - started:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
