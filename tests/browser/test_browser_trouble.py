"""What goes wrong is told, in Dutch, with the way out in the app itself."""

import shutil

import pytest
from playwright.sync_api import expect


@pytest.fixture
def damaged_app(serve, sample_library, tmp_path):
    """The app over an index of which the vectors are damaged."""
    index = tmp_path / "index"
    shutil.copytree(sample_library.settings.index, index)
    for part in index.glob("g-*/vectors/*.faiss"):
        content = part.read_bytes()
        part.unlink()  # the file may be shared with the other index
        part.write_bytes(content[:40])
    (tmp_path / "corpus").mkdir()
    with serve(index, tmp_path / "corpus") as url:
        yield url


def test_a_damaged_index_is_made_anew_with_one_click(visit, damaged_app, page, settled):
    visit(f"{damaged_app}/?q=arbeidsmarkt")
    expect(page.get_by_role("alert")).to_contain_text("beschadigd")
    page.get_by_role("button", name="Maak de index opnieuw").click()
    expect(page.get_by_text("klaar")).to_be_visible(timeout=240_000)
    settled()
    expect(page.get_by_role("article").first).to_be_visible()


def test_what_is_refused_is_told_with_what_is_taken_in_and_a_file_that_is_gone_is_told(visit, own_app, page, settled):
    url, corpus = own_app
    visit(f"{url}/documenten")
    text = "# Nota steigers\n\nDe gemeente bouwt drie nieuwe steigers aan de oostkade voor de watertaxi.\n"
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "leeg.pdf", "mimeType": "application/pdf", "buffer": b""},
            {"name": "steigers.md", "mimeType": "text/markdown", "buffer": text.encode()},
        ]
    )
    page.get_by_role("button", name="Lees 2 bestanden in").click()
    report = page.get_by_role("status").filter(has_text="klaar")
    expect(report).to_contain_text("1 nieuw, 1 niet ingelezen", timeout=240_000)
    expect(page.get_by_text("'leeg.pdf' is leeg")).to_be_visible()
    (corpus / "uploads" / "steigers.md").unlink()
    visit(f"{url}/?q=steigers+oostkade")
    page.get_by_role("button", name="Toon § Nota steigers").first.click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("is er niet meer")
    expect(page.get_by_role("dialog").get_by_text("Nota steigers, ")).to_be_visible()
