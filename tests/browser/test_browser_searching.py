"""Searching in a real browser: hits, filters, the page window, the address, the keyboard."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

QUESTION = "krapte op de arbeidsmarkt"


def test_a_search_gives_cards_with_source_page_and_marked_words(visit, sample_app, page, settled):
    visit(sample_app)
    box = page.get_by_role("searchbox", name="Vraag of zoekwoorden")
    box.fill(QUESTION)
    box.press("Enter")
    settled()
    first = page.get_by_role("article").first
    expect(first.get_by_role("heading")).to_contain_text("1.")
    expect(first).to_contain_text("p. ")
    expect(first).to_contain_text("Gevonden op ")
    assert first.locator("mark").count() > 0
    assert quote(QUESTION) in page.url.replace("+", "%20")


def test_an_address_brings_the_search_back(visit, sample_app, page):
    visit(f"{sample_app}/?q={quote(QUESTION)}")
    assert page.get_by_role("article").count() == 10
    expect(page.get_by_role("searchbox", name="Vraag of zoekwoorden")).to_have_value(QUESTION)


def test_the_page_window_shows_the_page_with_the_passage(visit, sample_app, page, settled):
    visit(f"{sample_app}/?q={quote(QUESTION)}")
    words = "".join(page.get_by_role("article").first.locator("blockquote").all_text_contents())
    page.get_by_role("button", name="Toon bladzijde").first.click()
    window = page.get_by_role("dialog")
    picture = window.get_by_role("img", name="Bladzijde")
    expect(picture).to_be_visible()
    assert "De gevonden tekst is gemarkeerd" in picture.get_attribute("alt")
    assert picture.evaluate("image => image.naturalWidth") > 900
    assert "".join(window.locator("blockquote").first.inner_text().split()) == "".join(words.split())
    assert "toon=" in page.url
    window.get_by_role("button", name="Volgende").click()
    settled()
    expect(window.get_by_role("img", name="Bladzijde")).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    settled()
    assert "toon=" not in page.url


def test_the_pdf_opens_at_the_page(visit, sample_app, page):
    visit(f"{sample_app}/?q={quote(QUESTION)}")
    page.get_by_role("button", name="Toon bladzijde").first.click()
    link = page.get_by_role("dialog").get_by_role("link", name="Open de PDF")
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert "#page=" in address
    answer = page.request.get(sample_app + address.partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    assert page.request.get(sample_app + "/bron/" + "0" * 64).status == 404
    assert page.request.get(sample_app + "/bron/..%2F..%2Fpyproject.toml").status in (400, 404)


def test_filters_have_counts_and_stand_in_the_address(visit, sample_app, page, settled):
    visit(f"{sample_app}/?q={quote(QUESTION)}")
    box = page.get_by_test_id("stSidebar").get_by_role("checkbox", name="Bureau Peilschaal")
    box.check(force=True)
    settled()
    assert "uitgever=Bureau" in page.url
    for card in page.get_by_role("article").all():
        assert "Bureau Peilschaal" in card.inner_text()
    page.get_by_role("button", name="Alle filters weghalen").click()
    settled()
    assert "uitgever" not in page.url


def test_nothing_found_says_what_to_do(visit, sample_app, page):
    visit(f"{sample_app}/?q={quote(chr(34) + 'paarse olifanten dansen' + chr(34))}")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(page.get_by_text("Probeer andere")).to_be_visible()


def test_a_wrong_address_shows_no_stack_trace(visit, sample_app, page):
    visit(f"{sample_app}/?q=wonen&toon=bestaat-niet.1")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("geen document")
    assert page.get_by_text("Traceback").count() == 0


def test_search_by_keyboard_alone(visit, sample_app, page, settled):
    visit(sample_app)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Vraag of zoekwoorden":
            break
    page.keyboard.type("woningbouw")
    page.keyboard.press("Enter")
    settled()
    for _ in range(60):
        page.keyboard.press("Tab")
        if "Toon bladzijde" in page.evaluate("document.activeElement.innerText || ''"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_sticks_out_sideways(visit, sample_app, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    visit(f"{sample_app}/?q={quote(QUESTION)}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
