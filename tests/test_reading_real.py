"""Reading of real policy PDFs: what no passage may have, and what is left, each with its reason."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from beleidskennis.cleaning import clean_document
from beleidskennis.cleaning.hyphens import CLOSING_DASH, SUSPENDERS
from beleidskennis.cleaning.order import unsure_pages
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId, PassageKind, slice_spans
from beleidskennis.passages import cut_passages
from beleidskennis.passages.units import read_units
from beleidskennis.pdf import read_pdf

pytestmark = pytest.mark.real

SUSPENDED = "|".join(sorted(SUSPENDERS))
LINE_END = re.compile(rf"[a-zà-ÿ]- (?!(?:{SUSPENDED})\b|,)[a-zà-ÿ]\w*")
ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$")
RUNNING = (PassageKind.BODY, PassageKind.LIST)
WITHOUT_STOP = ("caption", "list-item", "heading")
"""Kinds of blocks that have no stop in print: captions and sources of figures, items, headings without text."""
LABELS = Path(__file__).parent.parent / "benchmarks" / "labels"
REASONS = LABELS / "ends.jsonl"
"""The sentences of running text that start or end in the middle, or seem to, each looked at on its page, with why."""


@pytest.fixture(scope="module")
def read(real_corpus):
    """`(raw, pages, passages)` of each document."""
    documents = []
    lines = (LABELS / "reading.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["document"] for line in lines}
    for path in sorted(path for path in real_corpus.glob("*.pdf") if path.name in names):
        raw = read_pdf(path)
        identity = DocumentId(path.stem)
        pages = clean_document(identity, raw, is_word=is_known)
        documents.append((raw, pages, cut_passages(identity, pages)))
    return documents


def test_no_line_end_hyphen_is_left(read):
    for _, _, passages in read:
        for passage in passages:
            for match in LINE_END.finditer(passage.text):
                assert CLOSING_DASH.search(passage.text[: match.start() + 2]), (passage.page_number, match.group())


def test_passages_start_and_end_with_their_sentences(read):
    """A passage of running text starts with a sentence or item; it ends with one, or with what has no stop in print."""
    for _, pages, passages in read:
        kinds = {(page.page.page_number, block.end): block.kind for page in pages for block in page.blocks}
        starts = {(page.page.page_number, block.start): block.kind for page in pages for block in page.blocks}
        reasoned = {(label["page"], label["where"]) for label in reasons(pages)}
        for passage in passages:
            if passage.kind not in RUNNING:
                continue
            first, last = passage.spans[0], passage.spans[-1]
            low = passage.text[passage.sentences[0][0]].islower()
            if low and starts.get((first.page_number, first.start)) != "list-item":
                assert (first.page_number, "start") in reasoned, passage.passage_id
            if not ENDED.search(passage.text) and kinds.get((last.page_number, last.end)) not in WITHOUT_STOP:
                assert (last.page_number, "end") in reasoned, passage.passage_id


def reasons(pages):
    labels = [json.loads(line) for line in REASONS.read_text(encoding="utf-8").splitlines()]
    return [label for label in labels if label["document"] == pages[0].page.document_id + ".pdf"]


def test_no_sentence_inside_a_passage_starts_or_ends_in_the_middle_but_for_those_that_were_looked_at(read):
    """Of every sentence of running text, also inside passages, and no more of them on a page than were looked at."""
    for _, pages, _ in read:
        texts = {page.page.page_number: page.page.text for page in pages}
        found: Counter[tuple[int, str]] = Counter()
        for unit in read_units(pages[0].page.document_id, pages):
            text = slice_spans(unit.spans, texts)[unit.lead :]
            if unit.kind == "paragraph":
                found[unit.spans[0].page_number, "start"] += text[:1].islower()
                found[unit.spans[0].page_number, "end"] += not ENDED.search(text)
        assert +found <= Counter({(label["page"], label["where"]): label["count"] for label in reasons(pages)})


def test_pages_without_their_order_are_told(read):
    """What cannot be read in order because the file has lost its columns is known as such, and nothing else is."""
    for _, pages, _ in read:
        lost = {label["page"] for label in reasons(pages) if label["reason"] == "columns lost"}
        unsure = set(unsure_pages(pages))
        assert lost <= unsure
        assert len(unsure) <= len(lost) + 1


def masked(text):
    return re.sub(r"\s+", "", re.sub(r"\d+", "#", text.lower()))


def test_no_running_head_or_folio_is_in_a_passage(read):
    """Told without the rules: the first and last lines of pages that come back (digits apart) on a tenth of them."""
    for raw, _, passages in read:
        edges = Counter(
            mask for page in raw.pages if page.lines for mask in {masked(page.lines[i].text) for i in (0, -1)}
        )
        heads = {mask for mask, count in edges.items() if count >= max(3, len(raw.pages) / 10)}
        for passage in passages:
            lines = [line for line in passage.text.split("\n") if passage.kind in RUNNING]
            assert not [line for line in lines if masked(line) in heads], passage.page_number
