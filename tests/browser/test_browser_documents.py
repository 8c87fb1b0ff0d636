"""First run, uploads and documents in a real browser; what a hostile PDF says stays text."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from beleidskennis.library import Library
from beleidskennis.settings import Settings

SAMPLE = Path(__file__).parents[2] / "corpus"
HOSTILE = [
    "Wij adviseren de gemeente om <script>document.body.dataset.hacked = 1</script> te kopen.",
    'Het college moet <img src=x onerror="document.body.dataset.hacked = 2"> invoeren.',
    "De raad adviseert [klik hier](javascript:document.body.dataset.hacked=3) en ![plaatje](http://example.org/x.png).",
    "De kosten zijn $\\frac{1}{2}$ en $x^2$ miljoen, zegt :red[de minister] :smile: in **vette** `code`.",
]


@pytest.fixture
def hostile_pdf():
    """A PDF whose title and text are full of markup."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer)
    drawing.setTitle("<script>document.body.dataset.hacked=4</script> :red[Advies] [x](javascript:alert(1))")
    for place, line in enumerate(HOSTILE):
        drawing.setFont("Helvetica", 8)
        drawing.drawString(40, 760 - 14 * place, line)
    drawing.save()
    return buffer.getvalue()


def test_an_empty_index_takes_in_the_sample_corpus_with_one_click(serve, visit, page, settled, tmp_path):
    with serve(tmp_path / "index", SAMPLE) as url:
        visit(url)
        expect(page.get_by_role("heading", name="Er zijn nog geen documenten")).to_be_visible()
        page.get_by_role("button", name="5 voorbeelddocumenten").click()
        expect(page.get_by_text("klaar")).to_be_visible(timeout=240_000)
        page.get_by_role("button", name="Sluit dit bericht").click()
        settled()
        page.get_by_role("searchbox").fill("woningbouw")
        page.keyboard.press("Enter")
        expect(page.get_by_role("article").first).to_be_visible()


def test_an_upload_of_a_hostile_pdf_is_taken_in_and_stays_text(visit, own_app, page, settled, hostile_pdf):
    url, corpus = own_app
    visit(f"{url}/documenten")
    page.locator("input[type=file]").set_input_files(
        {"name": "../../vijandig <b>.pdf", "mimeType": "application/pdf", "buffer": hostile_pdf}
    )
    page.get_by_role("button", name="Lees 1 bestand in").click()
    expect(page.get_by_text("klaar")).to_be_visible(timeout=240_000)
    assert [path.parent.name for path in corpus.rglob("*.pdf")] == ["uploads"]
    settled()
    for address in ("/documenten", "/?q=adviseren+minister+kosten", "/aanbevelingen?q=adviseert+plaatje"):
        visit(url + address)
        assert page.evaluate("document.body.dataset.hacked || ''") == ""
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.locator("img[src^='http://example']").count() == 0
        assert page.locator(".katex").count() == 0
    visit(f"{url}/?q=adviseren+minister+kosten")
    shown = " ".join(page.get_by_role("article").all_inner_texts())
    assert "<script>document.body.dataset.hacked = 1</script>" in shown
    assert ":red[de minister]" in shown
    page.get_by_role("button", name="Toon bladzijde").first.click()
    expect(page.get_by_role("dialog").get_by_role("img", name="Bladzijde")).to_be_visible()
    assert page.evaluate("document.body.dataset.hacked || ''") == ""


def test_metadata_can_be_corrected_and_a_document_removed(visit, own_app, page, settled):
    url, corpus = own_app
    with Library.open(Settings(index=corpus.parent / "index", corpus=corpus)) as library:
        document = library.document("kms-middelgrote-steden-2025.pdf")
        visit(f"{url}/documenten?document={document.document_id[:12]}")
        page.get_by_text("Gegevens verbeteren").click()
        page.get_by_role("textbox", name="Uitgever").fill("Andere uitgever")
        page.get_by_role("button", name="Bewaar", exact=True).click()
        expect(page.get_by_role("definition").filter(has_text="Andere uitgever")).to_be_visible()
        assert library.document(document.document_id).publisher == "Andere uitgever"
        page.get_by_text("Document weghalen").click()
        page.get_by_role("button", name="Haal dit document weg").click()
        expect(page.get_by_role("heading", name="4 documenten")).to_be_visible()
        assert [what for _, _, what, _ in library.changes()][:2] == ["document verwijderd", "gegevens verbeterd"]


def test_a_kind_of_file_that_is_not_taken_is_refused(visit, sample_app, page):
    visit(f"{sample_app}/documenten")
    page.locator("input[type=file]").set_input_files(
        {"name": "x.exe", "mimeType": "application/octet-stream", "buffer": b"x"}
    )
    expect(page.get_by_text("Dit soort bestand leest de app niet.")).to_be_visible()
    assert page.get_by_role("button", name="Lees 1 bestand in").count() == 0


def test_the_address_of_a_document_that_is_gone_leads_back(visit, sample_app, page, settled):
    visit(f"{sample_app}/documenten?document=bestaatniet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Documenten")
    expect(page.get_by_role("alert")).to_contain_text("geen document")
    page.get_by_role("button", name="Alle documenten").click()
    settled()
    expect(page.get_by_role("heading", name="5 documenten")).to_be_visible()
