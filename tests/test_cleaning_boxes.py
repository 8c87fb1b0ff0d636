"""Cleaning: sentences that a box interrupts, on a page or over a page break; heads that only their place tells."""

from cleaning_makers import FILLER, clean, kinds_of, raw_page

from beleidskennis.cleaning import clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import RawDocument

NOTE = ["", "~ 1 Zie www.uwv.nl.", ""]
MARKED = "De gemeente werkt volgens het UWV1 samen met bedrijven en scholen aan een sterke economie."
BOX = [
    "# Een school in de wijk",
    FILLER,
    "Leerlingen halen sneller een diploma, ook met hulp van hun familie. En de betrok",
]


def passages_of(pages):
    return [passage.text for passage in cut_passages(DocumentId("a" * 64), pages)]


def test_a_box_that_is_broken_off_in_a_word_goes_on_inside_the_next_page():
    pages = clean([FILLER, MARKED, *NOTE, *BOX], [FILLER, FILLER, "", "kenheid van ouders groeit. Dat helpt.", FILLER])
    assert pages[0].page.text.endswith("En de betrokkenheid")
    assert any(text.endswith("En de betrokkenheid van ouders groeit.") for text in passages_of(pages))
    assert not any("kenheid van ouders" in text and "betrok" not in text for text in passages_of(pages))


def test_a_box_goes_on_where_the_running_text_of_the_next_page_is_broken_off():
    box = [
        "# Steden in Europa",
        FILLER,
        "Denk aan de vallei bij Wageningen waar men voedsel onderzoekt, de Maintenance",
    ]
    second = [FILLER, "Met uitzondering van Brabant is voor de overige regio’s dit soort kennis vooral een", ""]
    rest = ["Valley in het midden van het land en de haven.", "", "# 2 Een titel", FILLER]
    pages = clean([FILLER, MARKED, *NOTE, *box], [*second, *rest], ["serieus punt van aandacht.", FILLER])
    texts = passages_of(pages)
    assert any(text.endswith("de Maintenance Valley in het midden van het land en de haven.") for text in texts)
    assert any(text.endswith("dit soort kennis vooral een serieus punt van aandacht.") for text in texts)


def test_two_texts_that_white_parts_in_mid_sentence_are_told_by_words_that_cannot_follow_one_another():
    start = "Het aandeel van deze regio steeg in die jaren van tien naar twaalf procent. In deze regio hier"
    cut = "In de hele regio is tien procent van de mensen zonder werk, in Enschede dertien en veertien in"
    first = [FILLER, MARKED, *NOTE, FILLER, start, "", "# Andere gemeenten", FILLER, cut, ""]
    pages = clean(
        [*first, "was het daarentegen veel minder."],
        ["Almelo en Hengelo. Dat komt door de teloorgang.", FILLER],
    )
    texts = passages_of(pages)
    assert any("In deze regio hier was het daarentegen veel minder." in text for text in texts)
    assert any(text.endswith("in Enschede dertien en veertien in Almelo en Hengelo.") for text in texts)


def test_white_in_mid_sentence_stays_one_sentence_where_nothing_is_broken_off():
    (page,) = clean(
        [
            FILLER,
            "Dat is een stad waar men veel over spreekt en die nu voor iedereen is waar men in",
            "",
            "is gegroeid.",
        ]
    )
    assert page.page.text.endswith("waar men in is gegroeid.")


def head(chapter, section):
    return f"^ HOOFDSTUK {chapter}. EEN TITEL {chapter}.{section}. NOG EEN ANDERE {'ABCDEFG'[section]}"


def test_heads_that_differ_from_page_to_page_are_known_by_their_place():
    numbers = [(1, 1), (1, 2), (2, 1), (2, 3), (3, 1), (4, 2)]
    pages = clean(*([head(*number), FILLER, FILLER, FILLER, f"Dit is tekst {number}."] for number in numbers))
    assert not any("HOOFDSTUK" in page.page.text for page in pages)
    assert all(FILLER in page.page.text for page in pages)


def test_first_lines_of_text_and_larger_titles_of_slides_are_no_heads():
    pages = clean(
        *(
            [f"{name} is een stad met een haven", FILLER, FILLER, FILLER]
            for name in ("Tilburg", "Breda", "Ede", "Assen", "Urk")
        )
    )
    assert all("is een stad" in page.page.text for page in pages)
    raws = [
        raw_page([f"# Doel van {name}", "", "", FILLER, FILLER, FILLER], number)
        for number, name in enumerate("ABCDE", start=1)
    ]
    slides = clean_document("a" * 64, RawDocument(tuple(raws)), is_word=is_known)
    assert all(kinds_of(page)[0][0] == "heading" for page in slides)
