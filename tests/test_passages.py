"""Passages: exact spans, whole sentences, headings, introductions, page breaks, lengths."""

import json
import os
from pathlib import Path

import pytest
from cleaning_makers import FILLER, clean
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beleidskennis.cleaning import Block, CleanPage, clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId, Page, PassageKind, slice_spans
from beleidskennis.passages import HARD_LIMIT, cut_passages
from beleidskennis.passages.paths import BULLET
from beleidskennis.pdf import read_pdf

ID = DocumentId("a" * 64)
GOLDEN = Path(__file__).parent / "golden"
SAMPLE = Path(__file__).parent.parent / "corpus"


def cut(*pages, **options):
    return cut_passages(ID, clean(*pages), **options)


def check(pages, passages):
    """The invariants of passages, exactly."""
    texts = {page.page.page_number: page.page.text for page in pages}
    taken = {number: bytearray(len(text)) for number, text in texts.items()}
    for passage in passages:
        assert slice_spans(passage.spans, texts) == passage.text
        assert passage.text == passage.text.strip()
        assert passage.page_number == passage.spans[0].page_number
        assert len(passage.text.split()) <= HARD_LIMIT
        end = 0
        for start, stop in passage.sentences:
            assert end <= start < stop <= len(passage.text)
            end = stop
        for index in range(len(passage.sentences)):
            start, stop = passage.sentences[index]
            assert slice_spans(passage.sentence_spans(index), texts).split() == passage.text[start:stop].split()
        if passage.intro:
            assert slice_spans(passage.intro_spans, texts) == passage.intro
        for title, spans in zip(passage.headings, passage.heading_spans, strict=False):
            assert not spans or slice_spans(spans, texts) == title
        for span in passage.spans:
            assert not any(taken[span.page_number][span.start : span.end])
            taken[span.page_number][span.start : span.end] = b"\1" * (span.end - span.start)
    titles = {title for passage in passages for title in passage.headings}
    for page in pages:
        for block in page.blocks:
            title = page.page.text[block.start : block.end]
            for place in range(block.start, block.end):
                held = taken[page.page.page_number][place] or page.page.text[place].isspace()
                assert held or (block.kind == "heading" and BULLET.sub("", title) in titles)
    assert len({passage.passage_id for passage in passages}) == len(passages)


def test_neighbouring_paragraphs_under_a_heading_share_a_passage():
    (passage,) = cut(["# 1 Werk", "", FILLER, FILLER, "", FILLER])
    assert passage.headings == ("1 Werk",)
    assert len(passage.sentences) == 3
    assert passage.kind is PassageKind.BODY


def test_passages_do_not_cross_headings_or_pages():
    passages = cut(["# 1 Werk", "", FILLER, "", "# 2 Wonen", "", FILLER], [FILLER])
    assert [(passage.page_number, passage.headings) for passage in passages] == [
        (1, ("1 Werk",)),
        (1, ("2 Wonen",)),
        (2, ("2 Wonen",)),
    ]


def test_long_sections_are_cut_at_sentences_near_the_target():
    passages = cut([line for _ in range(30) for line in (FILLER,)])
    lengths = [len(passage.text.split()) for passage in passages]
    assert all(70 <= length <= 160 for length in lengths)
    assert all(passage.text.endswith(".") for passage in passages)


def test_a_sentence_over_the_page_break_belongs_to_the_page_where_it_starts():
    pages = clean(
        [FILLER, "De raad vindt dat er meer moet gebeuren voor de"], ["mensen in de wijk. Daarna komt dit.", FILLER]
    )
    first, second = cut_passages(ID, pages)
    assert first.text.endswith("voor de mensen in de wijk.")
    assert [span.page_number for span in first.spans] == [1, 2]
    assert second.text.startswith("Daarna komt dit.")
    assert second.page_number == 2
    check(pages, (first, second))


def test_items_know_their_introduction():
    intro = "Dit kan worden bereikt door:"
    items = [f"• {FILLER[:-1]}, zo vaak als nodig is in wijk {n};" for n in range(16)]
    passages = cut([FILLER, intro, *items])
    assert intro in passages[0].text
    assert not passages[0].intro
    assert [passage.intro for passage in passages[1:]] == [intro] * (len(passages) - 1)
    assert all(passage.kind is PassageKind.LIST for passage in passages[1:])
    assert passages[1].text[passages[1].sentences[0][0] :].startswith("De gemeente")


def test_an_introduction_on_the_page_before():
    _, second = cut([FILLER, "Kies daarom voor:"], ["• meer werk;", "• meer wonen."])
    assert second.intro == "Kies daarom voor:"
    assert second.intro_spans[0].page_number == 1


def test_a_table_over_two_passages_keeps_its_header():
    rows = [f"Sector {n} 8.900 9.700 11.200 13.400 15.800" for n in range(40)]
    passages = [p for p in cut(["Sector 2010 2015 2020 2025 2030", *rows]) if p.kind is PassageKind.TABLE]
    assert len(passages) > 1
    assert all(passage.intro.startswith("Sector 2010") for passage in passages[1:])


def test_a_section_gets_its_chapter_wherever_that_stands():
    passages = cut(["# 2.1 Ruimte", "", FILLER, FILLER], ["# 2 Stad en land", "", FILLER, FILLER])
    assert passages[0].headings == ("2 Stad en land", "2.1 Ruimte")


def test_a_heading_without_text_is_not_lost():
    passages = cut(["# 1.1 Het begin", "", "# 2 Het midden van het stuk", "", FILLER, FILLER])
    assert passages[0].text == "1.1 Het begin"
    assert passages[1].headings == ("2 Het midden van het stuk",)


def test_of_two_headings_without_text_between_them_the_first_titles_the_second():
    (passage,) = cut(["# Werken aan wonen", "", "# Waarom?", "", FILLER, FILLER])
    assert passage.headings == ("Werken aan wonen", "Waarom?")


def test_an_ornament_before_a_heading_is_not_in_the_path():
    (passage,) = cut(["# \u25c6   Koppel wonen aan werk", "", FILLER, FILLER])
    assert passage.headings == ("Koppel wonen aan werk",)


@pytest.mark.parametrize("announces", ["Samengevat zijn dit de volgende wensen.", "Dat kan als volgt."])
def test_a_sentence_that_announces_a_list_introduces_it(announces):
    passages = cut([FILLER, announces], ["1. meer werk in de wijk;", "2. meer wonen."])
    assert passages[1].intro == announces


def test_a_numbered_list_keeps_its_introduction_over_a_paragraph_and_a_page_break():
    items = ["1. Meer werk in de wijk.", "", FILLER, "", "2. Meer wonen in de stad en in de wijken die daar omheen"]
    passages = cut(["Dat kan zo:", *items], ["liggen. Dat geeft rust.", "", "3. Meer groen langs de weg."])
    assert [passage.intro for passage in passages if "Meer groen" in passage.text] == ["Dat kan zo:"]


def test_a_table_keeps_its_title_and_its_columns():
    rows = [f"Sector{n} 8.900 9.700 11.200 13.400" for n in range(60)]
    passages = cut([FILLER, "", "Tabel 1 Banen", "Banen Groei Omzet Winst", *rows])
    later = [passage for passage in passages if passage.kind is PassageKind.TABLE][1:]
    assert later
    assert {passage.intro for passage in later} == {"Tabel 1 Banen Banen Groei Omzet Winst"}


def test_a_sentence_too_long_for_a_passage_is_cut_at_clauses():
    pages = clean(["woord, " * 300])
    passages = cut_passages(ID, pages)
    assert len(passages) > 1
    check(pages, passages)


def test_language_comes_from_the_outside():
    (passage,) = cut([FILLER], detect=lambda text: "fr" if text else "")
    assert passage.language == "fr"


def test_the_same_document_gives_the_same_ids():
    first, again = cut([FILLER], [FILLER]), cut([FILLER], [FILLER])
    assert [passage.passage_id for passage in first] == [passage.passage_id for passage in again]
    assert all(len(passage.passage_id) == 16 for passage in first)


WORDS = st.lists(
    st.sampled_from(["De", "raad", "adviseert", "dit", "nu.", "art.", "en:", "dat;", "•", "1.", "Ja!"]), min_size=1
)
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["paragraph", "list-item", "heading", "table", "references", "caption"]),
        WORDS,
        st.integers(1, 3),
    ),
    max_size=7,
)


@settings(max_examples=200, deadline=None)
@example([([("heading", ["De"], 2), ("heading", ["De"], 1)], False)])
@example([([("heading", ["De"], 2), ("heading", ["raad"], 1)], False)])
@given(st.lists(st.tuples(BLOCKS, st.booleans()), min_size=1, max_size=4))
def test_invariants_hold_for_any_blocks(document):
    pages = []
    running = False
    for number, (given_blocks, runs_on) in enumerate(document, start=1):
        text, blocks = "", []
        for kind, words, level in given_blocks:
            start = len(text) + bool(text)
            text = f"{text}\n{' '.join(words)}" if text else " ".join(words)
            blocks.append(Block(kind, start, len(text), level, text_start=start))
        if running and blocks and blocks[0].kind == "paragraph":
            blocks[0] = Block(
                "paragraph", blocks[0].start, blocks[0].end, 0, continued=True, text_start=blocks[0].start
            )
        running = runs_on and bool(blocks) and blocks[-1].kind in ("paragraph", "list-item")
        if running:
            last = blocks[-1]
            blocks[-1] = Block(last.kind, last.start, last.end, last.level, True, last.continued, last.text_start)
        pages.append(CleanPage(Page(ID, number, str(number), text), tuple(blocks)))
    check(pages, cut_passages(ID, pages))


def summary(pages, passages):
    """What the golden files hold of a page: kinds and levels of blocks, notes, labels, and the text."""
    return {
        "label": pages.page.page_label,
        "kind": str(pages.page.kind),
        "blocks": [[b.kind, b.level, b.continues, pages.page.text[b.start : b.end]] for b in pages.blocks],
        "notes": [[note.number, note.text] for note in pages.page.notes],
        "passages": [[list(p.headings), p.intro, p.text] for p in passages if p.page_number == pages.page.page_number],
    }


@pytest.mark.parametrize(
    ("name", "number"),
    [("seav-ruimte-voor-werk-2018", 4), ("peilschaal-werk-in-beweging-2021", 5), ("ebv-visieadvies-2026-2030", 3)],
)
def test_golden_pages_of_the_sample_corpus(name, number):
    """Set REWRITE_GOLDEN=write to write the files anew; the test then fails, so that this is never left on."""
    raw = read_pdf(SAMPLE / f"{name}.pdf")
    pages = clean_document(ID, raw, is_word=is_known)
    found = summary(pages[number - 1], cut_passages(ID, pages))
    path = GOLDEN / f"{name}-{number}.json"
    if os.environ.get("REWRITE_GOLDEN") == "write":
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail("golden file written: look at it, and unset REWRITE_GOLDEN")
    assert found == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.pdf")), ids=lambda path: path.stem)
def test_invariants_hold_for_the_sample_corpus(path):
    pages = clean_document(ID, read_pdf(path), is_word=is_known)
    check(pages, cut_passages(ID, pages))


@pytest.mark.real
def test_invariants_hold_for_real_pdfs(real_corpus):
    for path in sorted(real_corpus.glob("*.pdf")):
        raw = read_pdf(path)
        pages = clean_document(ID, raw, is_word=is_known)
        assert len(pages) == len(raw.pages)
        check(pages, cut_passages(ID, pages))
        for page, source in zip(pages, raw.pages, strict=True):
            for start, raw_start, length in page.page.offsets:
                ours, theirs = page.page.text[start : start + length], source.text[raw_start : raw_start + length]
                assert all(a == b or not b.isascii() or b == " " for a, b in zip(ours, theirs, strict=True))
