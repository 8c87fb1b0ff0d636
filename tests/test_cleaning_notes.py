"""Cleaning: footnotes, their marks, and notes in the middle of a line."""

from cleaning_makers import FILLER, clean


def test_notes_go_to_the_page_and_their_marks_from_the_text():
    (page,) = clean(
        [
            FILLER,
            "Volgens het UWV1 is dat zo in 20152. De G4 groeit met 500 m2 en minder CO2.",
            "",
            "~ 1 Zie www.uwv.nl.",
            "~ 2 CBS (2015) Cijfers, p. 3.",
        ]
    )
    assert page.page.text.endswith("Volgens het UWV is dat zo in 2015. De G4 groeit met 500 m2 en minder CO2.")
    assert [(note.number, note.text) for note in page.page.notes] == [
        ("1", "Zie www.uwv.nl."),
        ("2", "CBS (2015) Cijfers, p. 3."),
    ]


def test_a_sentence_that_a_note_interrupts_is_whole_over_the_page_break():
    first, second = clean(
        [FILLER, "De raad vindt dat de gemeente1 meer moet doen aan de", "", "~ 1 Zie bijlage 1."],
        ["verbetering van het onderwijs.", FILLER],
    )
    assert first.blocks[-1].continues
    assert second.blocks[0].continued
    assert first.page.text.endswith("meer moet doen aan de")


def test_numbers_go_on_over_pages_and_a_note_may_run_over_lines():
    pages = clean(
        [FILLER, "Dat staat er1.", "", "~ 1 Een bron die lang is en", "~ doorloopt op een tweede regel."],
        [FILLER, "Dat staat er ook2.", "", "~ 2 Jansen (2014) Boek."],
    )
    assert [note.text for note in pages[0].page.notes] == ["Een bron die lang is en doorloopt op een tweede regel."]
    assert [note.number for note in pages[1].page.notes] == ["2"]
    assert pages[1].page.text.endswith("Dat staat er ook.")


def test_a_box_after_the_notes_stays_text():
    (page,) = clean(
        [
            FILLER,
            "Een bewering12.",
            "",
            "12 Jansen (2012) Boek, Den Haag.",
            "",
            "Het kader gaat over iets anders en is lang genoeg om te blijven.",
            FILLER,
        ]
    )
    assert [note.number for note in page.page.notes] in ([], ["12"])
    assert "Het kader gaat over iets anders" in page.page.text


def test_numbered_items_and_chapter_titles_are_no_notes():
    pages = clean(
        ["# 1 Inleiding", "", FILLER, FILLER, "", "1. Zet in op scholing.", "2. Zet in op wonen."],
        ["# 2 De stad", "", FILLER],
    )
    assert not any(page.page.notes for page in pages)


def test_a_number_that_comes_back_is_a_name():
    (page,) = clean(
        [
            "Horizon1 helpt. Ook Horizon1 helpt steden vooruit in het hele land.",
            "Dat blijkt1.",
            "",
            "~ 1 Zie www.eu.nl.",
        ]
    )
    assert page.page.text.count("Horizon1") == 2
    assert "Dat blijkt." in page.page.text


def test_notes_in_the_middle_of_a_line():
    (page,) = clean(
        [
            "Bedrijven zijn minder wenselijk Stellinga, M. (2024) We proppen te veel. NRC.; Bekkers,",
            "H. (2024) Keuzes nodig. Binnenlands Bestuur. 1 . Er is keus",
            "volgens het kompas European Commission (2025) Compass. 2 en dat is goed. Het zit op slot Van",
            "Egmond, A. & van Hoorn, J. (2025) Maak keuzes. Platform. 3 . Dat was het.",
        ]
    )
    assert page.page.text == (
        "Bedrijven zijn minder wenselijk. Er is keus volgens het kompas en dat is goed. Het zit op slot. Dat was het."
    )
    assert [note.number for note in page.page.notes] == ["1", "2", "3"]
    assert page.page.notes[2].text == "Van Egmond, A. & van Hoorn, J. (2025) Maak keuzes. Platform."


def test_a_line_that_a_note_was_cut_out_of_still_goes_on_in_the_next():
    (page,) = clean(
        [
            "Het kabinet heeft een programma voor ruimte gemaakt Jansen, P. (2023) Programma voor",
            "ruimte. Blad. 1 , en koos in 2025 voor de Nationale",
            "Economische Visie die iedereen al kende Pietersen, K. (2024) Visie. 2 en later nog eens",
            "voor een plan Smit, A. (2025) Plan. 3 . Dat was het.",
        ]
    )
    assert "en koos in 2025 voor de Nationale Economische Visie die iedereen al kende" in page.page.text


def test_the_first_numbered_title_near_the_end_of_a_page_is_no_note():
    (page,) = clean(["# Advies ruimte voor werk", FILLER, "", "# 1 Inleiding", "", FILLER])
    assert not page.page.notes
    assert page.page.text.endswith(f"1 Inleiding\n{FILLER}")
