"""The main task of each page with the keyboard alone: what is reached is seen, in the order in which it is read."""

import re

import pytest
from playwright.sync_api import expect

PRESSES = 90
"""Presses of Tab within which everything on the first screens of a page is reached."""
OUTLINED = """() => {
  const outlined = style => ['solid', 'auto'].includes(style.outlineStyle) && parseFloat(style.outlineWidth) >= 1;
  let one = document.activeElement;
  if (!one.matches('a, button, input, textarea, summary, [role]')) return true;
  for (let step = 0; one && step < 4; step++, one = one.parentElement) {
    const style = getComputedStyle(one);
    if (outlined(style) || style.boxShadow !== 'none') return true;
  }
  return false;
}"""
"""Whether a focus is seen: an outline or a ring, of the element or of the box that it is the inside of."""
NAMED = """() => {
  const one = document.activeElement;
  if (!one.matches('a, button, input, textarea, summary, [role]')) return '';
  return `${one.getAttribute('aria-label') || ''} ${one.innerText || ''}`.replace(/\\s+/g, ' ');
}"""
"""What the element with the focus is called; nothing for the page that scrolls."""


def tab_to(page, words):
    """Press Tab until an element with these words has the focus; every stop on the way must be seen."""
    for _ in range(PRESSES):
        page.keyboard.press("Tab")
        named = page.evaluate(NAMED)
        assert page.evaluate(OUTLINED), f"no focus to be seen on '{named.strip()}'"
        if re.search(words, named):
            return
    pytest.fail(f"'{words}' was not reached")


def test_filtering_recommendations_and_keeping_one(visit, sample_app, page, settled):
    visit(f"{sample_app}/aanbevelingen")
    tab_to(page, "Zoek in de aanbevelingen")
    page.keyboard.type("woningen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=woningen"))
    settled()
    tab_to(page, "Bewaar *$")
    page.keyboard.press("Enter")
    settled()
    expect(page.get_by_role("button", name="Bewaard").first).to_be_visible()


def test_choosing_how_to_compare(visit, sample_app, page, settled):
    visit(f"{sample_app}/vergelijken")
    tab_to(page, "Overzicht")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled()
    expect(page).to_have_url(re.compile("vorm=naast"))
    tab_to(page, "Of een eigen vraag")
    page.keyboard.type("woningen bouwen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="over hetzelfde onderwerp")).to_be_visible()


def test_asking_and_opening_the_source(visit, sample_app, page, settled):
    visit(f"{sample_app}/vragen")
    tab_to(page, "Uw vraag")
    page.keyboard.type("Hoeveel woningen wil de stad tot 2030 bouwen?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Antwoord")).to_be_visible()
    settled()
    tab_to(page, "Toon bladzijde")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_checking_a_draft(visit, sample_app, page):
    visit(f"{sample_app}/citeren")
    tab_to(page, "Tekst van uw concept")
    page.keyboard.type("De stad wil tot 2030 zevenduizend woningen bouwen.")
    tab_to(page, "Controleer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 zin gecontroleerd")).to_be_visible()


def test_opening_a_document(visit, sample_app, page, settled):
    visit(f"{sample_app}/documenten")
    tab_to(page, "Ruimte voor werk")
    page.keyboard.press("Enter")
    settled()
    expect(page).to_have_url(re.compile("document="))
    tab_to(page, "Blader")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()


def test_putting_the_basket_in_order(visit, sample_app, page, settled):
    visit(f"{sample_app}/?q=arbeidsmarkt")
    for _ in range(2):
        page.get_by_role("button", name="Bewaar", exact=True).first.click()
        settled()
    visit(f"{sample_app}/verzamelmap")
    titles = page.get_by_role("article").locator("blockquote").all_inner_texts()
    tab_to(page, "Omlaag")
    page.keyboard.press("Enter")
    settled()
    assert page.get_by_role("article").locator("blockquote").all_inner_texts() == titles[::-1]
    tab_to(page, "Haal weg")
    page.keyboard.press("Enter")
    settled()
    expect(page.get_by_role("article")).to_have_count(1)
    tab_to(page, "Maak de verzamelmap leeg")
    page.keyboard.press("Enter")
    settled()
    tab_to(page, "Zoek passages")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoeken in de documenten")


def test_reading_how_questions_are_measured_and_about_the_app(visit, sample_app, page, settled):
    visit(f"{sample_app}/kwaliteit")
    tab_to(page, "Over")
    tab_to(page, "Lezen, per document")
    tab_to(page, "Hoe een vragenlijst eruitziet")
    page.keyboard.press("Enter")
    expect(page.get_by_text("letterlijke zin uit het document")).to_be_visible()
    tab_to(page, "Kies een bestand")
    visit(f"{sample_app}/kwaliteit")
    tab_to(page, "Over")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Over Beleidskennis")


def test_trying_an_example_of_a_question(visit, sample_app, page, settled):
    visit(f"{sample_app}/vragen")
    tab_to(page, "Hoeveel woningen zijn er nodig")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Antwoord|Niet gevonden"))).to_be_visible()
