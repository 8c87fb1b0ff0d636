"""Recommendations and the basket in a real browser."""

import io
import zipfile

import openpyxl
from playwright.sync_api import expect


def test_filter_recommendations_and_open_the_page(visit, sample_app, page, settled):
    visit(f"{sample_app}/aanbevelingen")
    cards = page.get_by_role("article")
    before = page.get_by_role("status").first.inner_text()
    page.get_by_test_id("stSidebar").get_by_role("checkbox", name="onderwijs en talent").check(force=True)
    settled()
    assert page.get_by_role("status").first.inner_text() != before
    for card in cards.all():
        assert "onderwijs en talent" in card.inner_text()
    page.get_by_role("button", name="Toon bladzijde").first.click()
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()


def test_figures_have_a_table_under_them(visit, sample_app, page):
    visit(f"{sample_app}/aanbevelingen?vorm=cijfers")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    page.get_by_text("Tabel: Aanbevelingen per thema").click()
    expect(page.get_by_role("table", name="Aanbevelingen per thema")).to_be_visible()


def test_the_basket_keeps_orders_notes_and_exports(visit, sample_app, page, settled):
    visit(f"{sample_app}/?q=arbeidsmarkt")
    for place in (0, 1):
        page.get_by_role("button", name="Bewaar", exact=True).nth(0).click()
        expect(page.get_by_role("button", name="Bewaard")).to_have_count(place + 1)
    settled()
    page.get_by_role("link", name="Verzamelmap (2)").click()
    settled()
    texts = page.locator("article blockquote").all_inner_texts()
    page.get_by_role("button", name="Omlaag").first.click()
    settled()
    assert page.locator("article blockquote").all_inner_texts() == texts[::-1]
    page.get_by_role("textbox", name="Notitie").first.fill("Voor de raadsbrief")
    page.keyboard.press("Enter")
    settled()
    word = take(page, "Word met voetnoten")
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        assert "Voor de raadsbrief" in parts.read("word/document.xml").decode()
        assert parts.read("word/footnotes.xml").decode().count("<w:footnote ") == 4
    sheet = openpyxl.load_workbook(io.BytesIO(take(page, "Excel"))).active
    assert sheet.max_row == 3
    assert sheet["D2"].value == "Voor de raadsbrief"
    assert take(page, "BibTeX").count(b"@techreport{") == 2
    assert take(page, "RIS").count(b"TY  - ") == 2


def take(page, name):
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()
