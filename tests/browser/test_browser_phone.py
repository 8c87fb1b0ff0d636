"""A phone: the menu makes way, charts fit the screen, windows take the colours of the theme."""

import pytest
from playwright.sync_api import expect

WIDTH = 390


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": WIDTH, "height": 844})
    return page


def test_the_menu_goes_away_once_a_page_is_chosen_and_stays_away(visit, sample_app, phone, settled):
    visit(sample_app)
    phone.get_by_role("button", name="Toon het menu").click()
    phone.get_by_role("link", name="Documenten").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Documenten")
    expect(phone.get_by_role("link", name="Documenten")).not_to_be_in_viewport()
    phone.get_by_role("button", name="Toon het menu").click()
    expect(phone.get_by_role("link", name="Documenten")).to_be_in_viewport()
    visit(f"{sample_app}/over")
    expect(phone.get_by_role("link", name="Documenten")).not_to_be_in_viewport()


def test_five_documents_side_by_side_fit_the_screen(visit, sample_app, phone):
    visit(f"{sample_app}/vergelijken")
    chart = phone.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDTH


def test_the_page_window_begins_with_the_page_and_is_dark_in_the_dark(visit, sample_app, phone):
    phone.emulate_media(color_scheme="dark")
    visit(f"{sample_app}/?q=arbeidsmarkt")
    phone.get_by_role("button", name="Toon bladzijde").first.click()
    picture = phone.get_by_role("dialog").get_by_role("img", name="Bladzijde")
    expect(picture).to_be_in_viewport()
    ground = phone.get_by_role("dialog").get_by_test_id("stExpander").locator("details").first
    red, green, blue = ground.evaluate(
        "one => getComputedStyle(one).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)"
    )
    assert max(red, green, blue) < 80
