"""axe-core over every page, light and dark: no serious violation that the project can mend.

What Streamlit itself owes is left out here by name, and listed in docs/toegankelijkheid.md.
"""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

OWED_BY_STREAMLIT: dict[str, tuple[str, ...]] = {}
"""Rule -> beginnings of the selectors of the elements that break it."""
PAGES = ["", "?q=arbeidsmarkt", "aanbevelingen", "aanbevelingen?vorm=cijfers", "vergelijken", "vergelijken?vorm=tijd",
         "vragen?q=woningen", "citeren", "documenten", "verzamelmap", "kwaliteit", "over"]  # fmt: skip
DARK = [*PAGES, "vergelijken?vorm=naast&vraag=woningen"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        (one["id"], one["impact"], node["target"][0], node["html"][:160])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not any(str(node["target"][0]).startswith(known) for known in OWED_BY_STREAMLIT.get(one["id"], ()))
    ]


@pytest.mark.parametrize("address", PAGES)
def test_no_serious_violation_dutch_and_headings_in_order(visit, sample_app, page, axe, address):
    visit(f"{sample_app}/{address}")
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title().endswith("Beleidskennis")
    levels = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3, h4)')].map(head => +head.tagName[1])"
    )
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("address", DARK)
def test_no_serious_violation_in_the_dark(visit, sample_app, page, axe, address):
    page.emulate_media(color_scheme="dark")
    visit(f"{sample_app}/{address}")
    assert violations(page, axe) == []


def test_no_serious_violation_in_the_page_window(visit, sample_app, page, axe):
    visit(f"{sample_app}/?q=arbeidsmarkt")
    page.get_by_role("button", name="Toon bladzijde").first.click()
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()
    assert violations(page, axe) == []


def test_the_plain_page_of_a_document_has_no_violation_at_all(sample_app, sample_library, page, axe):
    document = sample_library.documents()[0]
    page.goto(f"{sample_app}/lezen/{document.document_id}")
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map(one => one.id)") == []
    assert page.locator("script").count() == 0


def test_words_of_streamlit_are_dutch_and_no_key_acts_by_itself(visit, sample_app, page):
    visit(f"{sample_app}/documenten")
    expect(page.get_by_test_id("stFileUploader").get_by_role("button", name="Kies een bestand").last).to_be_visible()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_have_count(1)
    page.keyboard.press("c")
    page.wait_for_timeout(500)
    assert page.get_by_role("dialog").count() == 0
