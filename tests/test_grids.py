"""Tables that are known by the places of their cells, over PDFs made on the fly."""

import pytest
from pdf_samples import LEFT, RIGHT, pdf_of, show

from beleidskennis.cleaning import clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import read_pdf

BEFORE = [show(60, 780, "De tabel laat zien wie wat doet.")]
AFTER = [show(60, 560, "Na de tabel gaat de tekst gewoon verder met een zin.")]
COLUMNS = (60, 260, 420)


def row(y, *cells):
    return [show(x, y, cell) for x, cell in zip(COLUMNS, cells, strict=False) if cell]


def clean(tmp_path, *shown):
    path = tmp_path / "tabel.pdf"
    path.write_bytes(pdf_of([b"".join(shown)]))
    return clean_document(DocumentId("d"), read_pdf(path), is_word=is_known)


def texts(pages, kind="table"):
    return [page.page.text[block.start : block.end] for page in pages for block in page.blocks if block.kind == kind]


def test_rows_of_cells_under_one_another_are_a_table_and_its_sentences_stay_apart(tmp_path):
    table = [*row(740, "Actie", "Wie", "Wanneer"), *row(720, "Kade vernieuwen", "Gemeente", "vanaf 2024")]
    table += row(700, "Loket openen", "Ondernemersvereniging", "medio 2025")
    pages = clean(tmp_path, *BEFORE, *table, show(60, 680, "Na de tabel gaat de tekst gewoon verder met een zin."))
    assert texts(pages) == [
        "Actie | Wie | Wanneer",
        "Kade vernieuwen | Gemeente | vanaf 2024",
        "Loket openen | Ondernemersvereniging | medio 2025",
    ]
    assert texts(pages, "paragraph")[-1] == "Na de tabel gaat de tekst gewoon verder met een zin."


def test_the_names_of_the_columns_introduce_every_passage_of_a_table(tmp_path):
    table = [*row(740, "Actie", "Wie", "Wanneer"), *row(720, "Kade vernieuwen", "Gemeente", "vanaf 2024")]
    pages = clean(tmp_path, *BEFORE, *table, *row(700, "Loket openen", "Vereniging", "medio 2025"), *AFTER)
    passage = next(one for one in cut_passages(DocumentId("d"), pages) if one.kind == "table")
    assert "Actie | Wie | Wanneer" in (passage.intro or passage.text)


def test_a_cell_over_several_lines_is_whole_whatever_the_order_in_the_file(tmp_path):
    table = [*row(740, "Actie", "Wie", "Wanneer"), *row(715, "Leerwerkplekken in de techniek"), *row(703, "uitbreiden")]
    table += [*row(715, "", "Werkgevers, gemeente", "2024"), *row(678, "Zorgpact", "Ziekenhuis", "vanaf Q2")]
    table += row(666, "", "", "2022")
    assert texts(clean(tmp_path, *BEFORE, *table, *AFTER))[1:] == [
        "Leerwerkplekken in de techniek uitbreiden | Werkgevers, gemeente | 2024",
        "Zorgpact | Ziekenhuis | vanaf Q2 2022",
    ]


def test_a_word_that_a_narrow_column_breaks_is_put_together(tmp_path):
    table = [*row(740, "Post", "Bedrag", "Wie"), *row(715, "Vlietlijn", "honderd mil-", "Rijk"), *row(703, "", "joen")]
    assert "Vlietlijn | honderd miljoen | Rijk" in texts(clean(tmp_path, *BEFORE, *table, *AFTER))


def test_a_sentence_in_a_cell_is_a_row_of_its_own(tmp_path):
    table = [*row(740, "Maatregel", "Toelichting", "Wie")]
    table += row(715, "Loket", "Het loket beslist binnen zes", "Gemeente")
    table += [*row(703, "", "weken over elke vergunning."), *row(678, "Fonds", "Voor de kade", "Haven")]
    found = texts(clean(tmp_path, *BEFORE, *table, *AFTER))
    assert found[1:4] == ["Loket", "Het loket beslist binnen zes weken over elke vergunning.", "Gemeente"]


def test_cells_that_are_centred_in_their_row_stay_in_it(tmp_path):
    table = [*row(740, "Maatregel", "Toelichting", "Wie"), show(60, 704, "Fonds voor de kade")]
    table += [*(show(260, y, text) for y, text in ((710, "in drie jaar gevuld"), (698, "door de gemeente")))]
    table += [show(420, 704, "Havenbedrijf"), *row(660, "Monitor", "elk jaar in mei", "Bureau")]
    assert texts(clean(tmp_path, *BEFORE, *table, *AFTER))[1:] == [
        "Fonds voor de kade | in drie jaar gevuld door de gemeente | Havenbedrijf",
        "Monitor | elk jaar in mei | Bureau",
    ]


@pytest.mark.parametrize(
    "shown",
    [
        [show(60, 740 - 12 * n, text) for n, text in enumerate(LEFT)]
        + [show(310, 740 - 12 * n, text) for n, text in enumerate(RIGHT)],
        [
            piece
            for n in range(4)
            for piece in (show(60, 740 - 14 * n, f"{n + 1}."), show(90, 740 - 14 * n, "Doe dit."))
        ],
        [piece for n in range(3) for piece in (show(60, 700 - 60 * n, f"{n}.1"), show(100, 700 - 60 * n, "Ruimte"))],
    ],
    ids=["two columns of text", "numbered items", "numbered headings"],
)
def test_what_is_set_side_by_side_but_is_no_table(tmp_path, shown):
    assert texts(clean(tmp_path, *BEFORE, *shown)) == []


def test_every_letter_of_a_table_has_its_place_in_the_raw_text(tmp_path):
    table = [
        *row(740, "Actie", "Wie", "Wanneer"),
        *row(715, "Kade", "Gemeente", "2024"),
        *row(690, "Loket", "Bank", "2025"),
    ]
    page = clean(tmp_path, *BEFORE, *table, *AFTER)[0].page
    placed = {start + i: raw + i for start, raw, length in page.offsets for i in range(length)}
    assert all(page.text[i] == page.raw_text[placed[i]] for i in placed)
    assert {i for i, letter in enumerate(page.text) if letter.isalnum()} <= placed.keys()
