"""Pages of which the columns were lost: that their order is not sure is told, in the report and by `inspect`."""

from cleaning_makers import FILLER, clean

from beleidskennis.cleaning.order import unsure_pages
from beleidskennis.reading import text_remarks

REST = ["", "scholen en gerichte steun, met blijvende aandacht voor iedereen die dat nodig heeft.", FILLER]
STOPS = "Om dit te bereiken is het van groot belang om nu te kiezen voor goede opleidingen, moderne"


def test_a_rest_before_its_beginning_and_a_beginning_without_a_rest_are_out_of_order():
    pages = clean([FILLER, *REST], [FILLER, STOPS, "", "Figuur 2: Cijfers van dit jaar.", "", "# 2 Een titel", FILLER])
    assert unsure_pages(pages) == (1, 2)
    (remark,) = text_remarks([page.page for page in pages], unsure_pages(pages))
    assert "leesvolgorde" in remark
    assert "bladzijden 1, 2" in remark


def test_sections_that_run_backwards_are_out_of_order():
    pages = clean(["# 2.2 Tweede deel", FILLER, "# 2.1 Eerste deel", FILLER], ["# 2.3 Derde deel", FILLER])
    assert unsure_pages(pages) == (1,)


def test_pages_in_order_are_sure():
    body = [FILLER, "De gemeente en alle partners in de stad hebben samen besloten om nu te investeren in"]
    pages = clean(["# 1.1 Begin", *body], ["scholen en in kades. Dat is goed.", "# 1.2 Vervolg", FILLER, "# 2 Slot"])
    assert unsure_pages(pages) == ()
    assert text_remarks([page.page for page in pages], unsure_pages(pages)) == []
