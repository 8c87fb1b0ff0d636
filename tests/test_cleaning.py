"""Cleaning: characters, running heads, hyphens, headings, lists, tables, page breaks, and the offset map."""

from dataclasses import replace

import pytest
from cleaning_makers import FILLER, clean, kinds_of, raw_document, raw_page, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.cleaning import clean_document
from beleidskennis.cleaning.hyphens import JOIN, KEEP, SUSPENDED, decide, read_vocabulary
from beleidskennis.cleaning.tracing import trace_lines
from beleidskennis.cleaning.tracked import concatenate, inserted, offset_rows, track
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import PageKind
from beleidskennis.pdf import Line, RawDocument, RawPage

EMPTY = read_vocabulary([])


@pytest.mark.parametrize(
    ("left", "right", "choice"),
    [
        ("de persoonlijk-", "heden uit de stad", JOIN),
        ("het in-", "vesteringsklimaat", JOIN),
        ("ruimtelijk-econo-", "misch beleid", JOIN),
        ("de po-", "litieke partijen", JOIN),
        ("even-", "als de provincie", JOIN),
        ("de tweede VN-", "stad ter wereld", KEEP),
        ("mbo-, hbo- en wo-", "geschoolde mensen", KEEP),
        ("publiek-", "private samenwerking", KEEP),
        ("Cross-", "sectorale verbindingen", KEEP),
        ("sociaal-", "economische zaken", KEEP),
        ("Zuid-", "Holland", KEEP),
        ("een niet-", "westerse achtergrond", KEEP),
        ("2020-", "2022", KEEP),
        ("innovatie-", "ecosysteem", KEEP),
        ("keten- en buurt-", "en wijkzorg", SUSPENDED),
        ("de keten-", "en netwerkaanpak", SUSPENDED),
        ("van laag-", "naar hoogproductief", SUSPENDED),
        ("op een sector -eens de kracht van de stad-", "de grootste zorg", SUSPENDED),
        ("de woningen en -voorzieningen van poten-", "tiële bewoners", JOIN),
    ],
)
def test_line_end_hyphen(left, right, choice):
    assert decide(left, right, vocabulary=EMPTY, is_word=is_known) == choice


def test_the_document_decides_on_its_own_spelling():
    vocabulary = read_vocabulary(["een woon-werkbalans en woon-werkverkeer"])
    assert decide("tot woon-", "werkdeals", vocabulary=vocabulary, is_word=is_known) == KEEP


def test_broken_words_are_whole_over_lines_blank_lines_and_bullets():
    text = text_of(
        [FILLER, "De stad kent een hoge produc-", "tiviteit.", "", "• Versterk de arbeids-", "", "markt nu."]
    )
    assert "productiviteit." in text
    assert "• Versterk de arbeidsmarkt nu." in text


def test_a_broken_word_over_a_page_break_is_whole_on_the_first_page():
    first, second = clean([FILLER, "De stad heeft veel bedrij-"], ["ven die groeien. En meer.", FILLER])
    assert first.page.text.endswith("bedrijven")
    assert second.page.text.startswith("die groeien.")
    assert first.blocks[-1].continues
    assert second.blocks[0].continued


def test_stray_hyphen_inside_a_line_goes_but_real_ones_stay():
    text = text_of(["Dat is gerecht-vaardigd voor start-ups, mkb-bedrijven en energie-efficiëntie in de regio."])
    assert text == "Dat is gerechtvaardigd voor start-ups, mkb-bedrijven en energie-efficiëntie in de regio."


def test_a_suspended_hyphen_that_was_lost_comes_back_where_the_compound_after_it_tells():
    filler = "De handel met het binnenland groeit, en die met het buitenland ook, in ieder jaargetijde."
    text = text_of([filler, "Zij werken met partners in binnenen buitenland aan verkopen en leefen dorp."])
    assert "partners in binnen- en buitenland aan verkopen en leefen dorp." in text


def test_characters_are_put_right():
    text = text_of(["De ﬁnanciële  regio´s zijn\u00a0af\u00adhankelijk\u200b van \ue123 het Rijk."])
    assert text == "De financiële regio’s zijn afhankelijk van het Rijk."


@pytest.mark.parametrize("bullet", ["\uf0b7", "\uf0a7", "•", "■", "\ufffd"])
def test_bullets_make_items(bullet):
    (page,) = clean(
        ["De raad wil drie dingen:", f"{bullet} meer woningen;", f"{bullet} meer werk;", f"{bullet} minder files."]
    )
    assert [kind for kind, _ in kinds_of(page)] == ["paragraph", "list-item", "list-item", "list-item"]
    assert [page.page.text[block.text_start : block.end] for block in page.blocks[1:]] == [
        "meer woningen;",
        "meer werk;",
        "minder files.",
    ]


def test_nested_items():
    (page,) = clean(["Dit zijn ze:", "a. Eerst dit:", "– een streep;", "– nog een streep.", "b. Dan dat."])
    assert [block.level for block in page.blocks if block.kind == "list-item"] == [1, 2, 2, 1]


def test_a_dash_inside_a_sentence_is_no_item():
    (page,) = clean(
        [FILLER, "Het laat zien dat het kan in de grote steden van het land en daarbuiten", "- mits er geld is."]
    )
    assert [kind for kind, _ in kinds_of(page)] == ["paragraph"]


def test_torn_words_are_mended():
    text = text_of(["Vest ig ingsk l imaat  vers terken", FILLER])
    assert text.startswith("Vestigingsklimaat versterken")


def pages_with_furniture(count=5):
    return [
        ["^ AGENDA STAD", f"Op deze bladzijde staat verhaal {'abcdefgh'[n]}.", FILLER, f"_ {n + 3}"]
        for n in range(count)
    ]


def test_running_heads_and_folios_are_left_out_and_give_the_label():
    pages = clean(*pages_with_furniture())
    assert all("AGENDA" not in page.page.text for page in pages)
    assert [page.page.page_label for page in pages] == ["3", "4", "5", "6", "7"]


def test_a_foot_with_a_counting_number_gives_the_label():
    pages = clean(*[[FILLER, f"_ {n + 7} | Raad van Advies"] for n in range(4)])
    assert [page.page.page_label for page in pages] == ["7", "8", "9", "10"]
    assert all(page.page.text == FILLER for page in pages)


def test_the_label_of_the_file_wins():
    document = raw_document(*pages_with_furniture(3))
    import dataclasses

    pages = tuple(dataclasses.replace(page, page_label="iv") for page in document.pages)
    cleaned = clean_document("a" * 64, dataclasses.replace(document, pages=pages), is_word=is_known)
    assert {page.page.page_label for page in cleaned} == {"iv"}


def test_text_that_comes_back_inside_pages_is_no_furniture():
    pages = clean(*[["# Hoofdstuk " + "abcd"[n], "Waarom?", FILLER, "Daarom dus."] for n in range(4)])
    assert all("Waarom?" in page.page.text for page in pages)


def test_printers_slug_and_its_folio_go():
    (page,) = clean(
        [FILLER, "", "advies_stad.book  Page 39  Wednesday, August 26, 2015  10:23 AM", "", "40", "", FILLER]
    )
    assert page.page.text == f"{FILLER}\n{FILLER}"


def test_headings_by_number_weight_and_shortness():
    (page,) = clean(
        [
            "# 2 De stad in cijfers",
            "",
            "# 2.1 Werk",
            FILLER,
            FILLER,
            "",
            "Een plein met bomen",
            FILLER,
            "",
            "# De arbeidsmarkt in de stad staat onder toenemende",
            "druk door een tekort aan mensen met een opleiding in de techniek en de zorg.",
        ]
    )
    headings = [
        (block.level, page.page.text[block.start : block.end]) for block in page.blocks if block.kind == "heading"
    ]
    assert headings == [(1, "2 De stad in cijfers"), (2, "2.1 Werk"), (3, "Een plein met bomen")]


def test_a_heading_over_two_lines_is_one():
    (page,) = clean(
        ["# ◆   Stad aan Zee: verzilver het toeristisch en", "     economisch potentieel", "", FILLER, FILLER]
    )
    assert kinds_of(page)[0] == ("heading", "◆ Stad aan Zee: verzilver het toeristisch en economisch potentieel")


def test_tables_keep_their_rows_and_header():
    (page,) = clean(
        ["Tabel 1 Banen", "Sector 2010 2015 2020", "Zorg 8.900 9.700 11.200", "Bouw 4.300 3.600 4.200", "", FILLER]
    )
    assert [kind for kind, _ in kinds_of(page)] == ["caption", "table", "table", "table", "paragraph"]


def test_contents_page_is_marked():
    lines = ["# Inhoud", "", *[f"{n} Hoofdstuk {'abcdefgh'[n]} ........................ {n + 4}" for n in range(7)]]
    (page,) = clean(lines)
    assert page.page.kind is PageKind.CONTENTS
    assert {block.kind for block in page.blocks} == {"contents"}


def test_a_contents_page_with_its_numbers_in_a_column_is_no_table():
    titles = ["1 Inleiding", "1.1 Waarom dit advies", "2 De stad", "2.1 Werken", "3 Tot slot"]
    lines, start = [], 0
    for index, title in enumerate(titles):
        text = f"{title} {'. ' * 30}{index + 3}"
        cells = ((len(text) - 1, 520.0, True),)
        lines.append(Line(text, start, 55.0, 780.0 - 13 * index, 10.0, False, 470.0, cells))
        start += len(text) + 1
    page = RawPage(1, "", "\n".join(line.text for line in lines), tuple(lines), 595.0, 842.0)
    (cleaned,) = clean_document("a" * 64, RawDocument((page,)), is_word=is_known)
    assert cleaned.page.kind is PageKind.CONTENTS
    assert [text.split(" . ")[0] for _, text in kinds_of(cleaned)] == titles
    assert "|" not in cleaned.page.text


def test_references_and_colophon_are_marked():
    pages = clean(
        ["# Colofon", "", "Uitgave van de raad. Overneming van teksten is toegestaan."],
        ["# 1 Begin", "", FILLER, FILLER],
        ["# Literatuurlijst", "", "Jansen, P. (2015) De stad. Den Haag.", "De Vries, K. (2016) Het land. Delft."],
    )
    assert [page.page.kind for page in pages] == [PageKind.COLOPHON, PageKind.TEXT, PageKind.REFERENCES]


def test_lines_of_addresses_stand_apart_and_do_not_break_a_sentence():
    (page,) = clean(
        [
            FILLER,
            "De ontwikkelingen worden aangevuld met programmatische invulling",
            "https://www.denhaag.nl/klimaat",
            "(de software) zoals scholing.",
        ]
    )
    assert ("references", "https://www.denhaag.nl/klimaat") in kinds_of(page)
    assert "invulling (de software) zoals scholing." in page.page.text


def test_a_sentence_goes_on_behind_a_box():
    first, second = clean(
        [
            FILLER,
            FILLER,
            "Er is ook een onderscheid te maken tussen de twee vormen van groei. Voor",
            "",
            "# Een kader apart",
            FILLER,
            FILLER,
        ],
        ["het eerste is van belang dat er verbindingen zijn.", FILLER],
    )
    assert [block.continues for block in first.blocks] == [True, False, False]
    assert second.blocks[0].continued


def test_empty_page():
    (page,) = clean([])
    assert page.page.text == ""
    assert page.page.kind is PageKind.EMPTY
    assert page.page.quality == 1.0


def test_quality_tells_garbage_from_text():
    good, bad = clean([FILLER], ["xqzt vrrk plomf dlk wnsk rtpl kkrw zzzq bnmk lrtp"])
    assert good.page.quality > 0.9
    assert bad.page.quality < 0.3


def test_trace_tells_what_became_of_each_line():
    document = raw_document(*pages_with_furniture())
    pages = clean_document("a" * 64, document, is_word=is_known)
    assert trace_lines(pages[0], document.pages[0]) == ("head", "paragraph", "paragraph", "folio")


def test_offset_rows_part_where_either_text_jumps():
    text = concatenate([track("abc", 5), inserted(" "), track("de", 8), track("f", 20)])
    assert offset_rows(text.origin) == ((0, 5, 3), (4, 8, 2), (6, 20, 1))


LINES = st.lists(
    st.text(alphabet=st.sampled_from(list("abcdeè  .-•12A:\u00ad\u00a0ﬁ´")), max_size=40), min_size=0, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_clean_character_maps_to_its_raw_one(pages):
    document = raw_document(*pages)
    for raw, page in zip(document.pages, clean_document("a" * 64, document, is_word=is_known), strict=True):
        previous = 0
        for start, raw_start, length in page.page.offsets:
            assert start >= previous
            previous = start + length
            for clean_one, raw_one in zip(
                page.page.text[start : start + length], raw.text[raw_start : raw_start + length], strict=True
            ):
                assert clean_one == raw_one or raw_one in "\u00a0´ﬁ\u00ad "
        covered = "\n".join(page.page.text[block.start : block.end] for block in page.blocks)
        assert covered == page.page.text


TITLE = "Omvangrijke maatschappelijke opgaven vragen meerjarige samenwerkingsverbanden"


@pytest.mark.parametrize("opening", ["Naast de gemeente", "De provincie", "Het CPB", "Dit"])
def test_a_title_as_long_as_its_line_is_known_by_the_sentence_under_it(opening):
    sentence = f"{opening} werkt met bedrijven en scholen aan een sterke economie."
    (page,) = clean([FILLER, FILLER, TITLE, sentence, FILLER])
    assert ("heading", TITLE) in kinds_of(page)


@pytest.mark.parametrize("next_line", ["De Vries en anderen schreven daarover een stuk.", "Den Haag doet dat ook al."])
def test_a_name_under_a_line_makes_it_no_title(next_line):
    (page,) = clean([FILLER, FILLER, "Over die opgave en de rol van de gemeente daarin", next_line, FILLER])
    assert not [kind for kind, _ in kinds_of(page) if kind == "heading"]


def test_a_line_between_white_titles_the_paragraph_below():
    (page,) = clean([FILLER, FILLER, "", "Samen aan de slag in de wijk", "", FILLER, FILLER])
    assert kinds_of(page)[1] == ("heading", "Samen aan de slag in de wijk")


def test_a_name_with_an_office_under_it_is_no_heading():
    (page,) = clean([FILLER, FILLER, "", "# Anna de Boer", "Voorzitter", "", FILLER, FILLER])
    assert "heading" not in [kind for kind, _ in kinds_of(page)]


def test_names_of_columns_go_with_the_table_and_are_no_heading():
    rows = ["Noord 12,4 8,1 3,3", "Zuid 11,0 7,4 2,9", "Oost 10,2 6,6 2,4"]
    (page,) = clean([FILLER, "", "# Banen Bedrijven Omzet", "", "# Groei Krimp Saldo", "", *rows, "", FILLER, FILLER])
    assert [kind for kind, _ in kinds_of(page)] == ["paragraph", *["table"] * 5, "paragraph"]


def test_a_label_and_the_numbers_under_it_are_one_row():
    (page,) = clean([FILLER, "", "Noord 12,4 8,1 3,3", "Zuid", "11,0 7,4 2,9", "Oost 10,2 6,6 2,4", "", FILLER])
    assert ("table", "Zuid 11,0 7,4 2,9") in kinds_of(page)


def test_labels_with_points_behind_a_dash_are_a_table():
    rows = ["Fase Inzet", "Begin - Ruimte bieden", "- Netwerken bouwen", "Groei - Geld bieden", "- Mensen opleiden"]
    (page,) = clean([FILLER, FILLER, "", *rows, "- Samenwerken", "", FILLER, FILLER])
    assert [text for kind, text in kinds_of(page) if kind == "table"] == [*rows, "- Samenwerken"]


def test_cells_right_above_a_caption_are_a_table():
    cells = ["Doel", "Meer werk in de stad", "Middel", "Nieuwe bedrijven", "Wie", "De gemeente en het Rijk"]
    (page,) = clean([FILLER, FILLER, "", *cells, "", "Figuur 3 Doelen en middelen", "", FILLER, FILLER])
    assert [kind for kind, _ in kinds_of(page)].count("table") == len(cells)


def test_a_table_goes_on_over_the_page_break():
    cells = ["Doel", "Meer werk", "Middel", "Nieuwe banen", "Wie", "De gemeente", "Wanneer", "Dit jaar"]
    first, second = clean([*[FILLER] * 12, "", "Overzicht Doelen", "Begin"], cells)
    assert [kind for kind, _ in kinds_of(first)] == ["paragraph", "table", "table"]
    assert {kind for kind, _ in kinds_of(second)} == {"table"}


def test_the_rest_of_a_sentence_behind_other_text_on_the_page_goes_to_its_beginning():
    start = "In een onderzoek is gekeken naar wat bewoners van de stad en van de dorpen vinden van de"
    box = ["", "# 2.1 Een andere titel", "", FILLER, FILLER, FILLER, ""]
    (page,) = clean([FILLER, FILLER, FILLER, start, *box, "plannen van het Rijk.", FILLER])
    assert kinds_of(page)[0][1].endswith(f"{start} plannen van het Rijk.")
    assert kinds_of(page)[1] == ("heading", "2.1 Een andere titel")


def test_the_labels_of_a_diagram_are_no_running_text():
    labels = ["Campus en wonen", "Sterk cluster", "Onderwijs en", "toegepast onderzoek", "Bereikbaar gebied", "Monitor"]
    text = [f"{FILLER} {FILLER[:20]}" for _ in range(6)]
    pages = clean(text, [*labels, *labels])
    assert {block.kind for block in pages[1].blocks} == {"table"}
    assert "Onderwijs en toegepast onderzoek" in [kind[1] for kind in kinds_of(pages[1])]


def test_a_bullet_inside_a_line_is_a_row_of_a_table_and_its_columns_are_named_above_it():
    rows = ["", "Elementen Sectoren Interventies", "", "Cultuur Maakindustrie \ufffd Ondernemerschap leren op school"]
    pages = clean([FILLER, FILLER, *rows], ["Netwerken Bouw \ufffd Samen inkopen", "Vraag Zorg \ufffd Beter vragen"])
    assert [kind for kind, _ in kinds_of(pages[0])][-2:] == ["table", "table"]


def test_a_folio_inside_a_page_follows_the_one_found_before_it():
    def spread(number, folio):
        slug = f"advies.book  Page {folio - 1}  Wednesday, 10:23 AM"
        return [*[FILLER] * 8, "", slug, "", str(folio), "", FILLER]

    later = [
        *[FILLER] * 8,
        f"{FILLER[:60]} en dat zal de raad",
        "",
        "34",
        "",
        "doen door elk jaar samen te komen.",
        FILLER,
    ]
    pages = clean(*[spread(number, number + 14) for number in range(1, 19)], later)
    assert "34" not in pages[-1].page.text
    assert "dat zal de raad doen door elk jaar samen te komen." in pages[-1].page.text


def test_a_title_on_a_slide_is_not_part_of_the_last_numbered_one():
    slides = (raw_page(["# 1 Werken", FILLER, FILLER], 1), raw_page(["# Kosten en budget", FILLER, FILLER], 2))
    raw = RawDocument(tuple(replace(page, width=842.0, height=595.0) for page in slides))
    pages = clean_document("a" * 64, raw, is_word=is_known)
    assert [page.blocks[0].level for page in pages] == [1, 1]
