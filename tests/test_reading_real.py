"""Reading of real policy PDFs: what no passage may have, and bounds on what boxes and figures make unavoidable."""

import re
from collections import Counter

import pytest

from beleidskennis.cleaning import clean_document
from beleidskennis.cleaning.hyphens import CLOSING_DASH
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId, PassageKind
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import read_pdf

pytestmark = pytest.mark.real

LINE_END = re.compile(r"[a-zà-ÿ]- (?!en\b|of\b|tot\b|naar\b|,)[a-zà-ÿ]\w*")
ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$")
RUNNING = (PassageKind.BODY, PassageKind.LIST)
STARTS, ENDS = 0.005, 0.07
"""Shares of passages that may start or end in mid-sentence. Measured on five PDFs: 0.002 and 0.05, of which most are
captions, sources of figures and signatures, that have no stop in print; the others are cut off by a box or a figure."""


@pytest.fixture(scope="module")
def read(real_corpus):
    """`(raw, passages)` of each document."""
    documents = []
    for path in sorted(real_corpus.glob("*.pdf")):
        raw = read_pdf(path)
        identity = DocumentId(path.stem)
        documents.append((raw, cut_passages(identity, clean_document(identity, raw, is_word=is_known))))
    return documents


def test_no_line_end_hyphen_is_left(read):
    for _, passages in read:
        for passage in passages:
            for match in LINE_END.finditer(passage.text):
                assert CLOSING_DASH.search(passage.text[: match.start() + 2]), (passage.page_number, match.group())


def test_passages_start_and_end_with_their_sentences(read):
    running = [passage for _, passages in read for passage in passages if passage.kind is PassageKind.BODY]
    starts = [p.page_number for p in running if p.text[p.sentences[0][0]].islower()]
    ends = [p.page_number for p in running if not ENDED.search(p.text)]
    total = sum(len(passages) for _, passages in read)
    assert len(starts) <= STARTS * total, starts
    assert len(ends) <= ENDS * total, ends


def masked(text):
    return re.sub(r"\s+", "", re.sub(r"\d+", "#", text.lower()))


def test_no_running_head_or_folio_is_in_a_passage(read):
    """Told without the rules: the first and last lines of pages that come back (digits apart) on a tenth of them."""
    for raw, passages in read:
        edges = Counter(
            mask for page in raw.pages if page.lines for mask in {masked(page.lines[i].text) for i in (0, -1)}
        )
        heads = {mask for mask, count in edges.items() if count >= max(3, len(raw.pages) / 10)}
        for passage in passages:
            lines = [line for line in passage.text.split("\n") if passage.kind in RUNNING]
            assert not [line for line in lines if masked(line) in heads], passage.page_number
