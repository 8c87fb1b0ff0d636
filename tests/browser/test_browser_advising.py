"""Comparing, asking, citing, correcting labels and measuring in a real browser."""

import io
import json
import re
import zipfile
from urllib.parse import quote

import docx
import openpyxl
from playwright.sync_api import expect

COMPARED = ("seav-ruimte-voor-werk-2018.pdf", "ebv-visieadvies-2026-2030.pdf")
DRAFT = (
    "De stad wil tot 2030 zevenduizend woningen bouwen. "
    "De stad wil tot 2030 achtduizend woningen bouwen. "
    "Hieronder leest u meer."
)


def test_the_overview_counts_and_opens_into_the_quotes(visit, sample_app, page, settled):
    visit(f"{sample_app}/vergelijken")
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    page.get_by_text("Tabel: Aanbevelingen per thema en document").click()
    expect(page.get_by_role("table")).to_be_visible()
    theme = page.get_by_role("combobox", name="Thema")
    theme.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # a list closes when the page scrolls under it
    theme.click()
    page.get_by_role("option", name="onderwijs en talent").click()
    settled()
    assert page.get_by_role("article").count() > 0


def test_a_square_of_the_overview_opens_its_quotes_and_goes_on_as_a_list(visit, sample_app, page, settled):
    visit(f"{sample_app}/vergelijken")
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + 0.45 * box["width"], box["y"] + 70)  # somewhere in the first rows
    heading = page.get_by_role("heading", name=re.compile(r"^\d+ aanbeveling"))
    expect(heading).to_be_visible()
    settled()
    count = int(heading.inner_text().split()[0])
    assert count > 0
    page.get_by_role("button", name="Open als lijst bij Aanbevelingen").click()
    expect(page).to_have_url(re.compile("aanbevelingen.*thema="))
    settled()
    assert int(page.get_by_role("status").first.inner_text().split()[0]) == count


def test_two_documents_side_by_side(visit, sample_app, sample_library, page):
    chosen = [sample_library.document(name).document_id[:12] for name in COMPARED]
    visit(f"{sample_app}/vergelijken?vorm=naast&document={chosen[0]}&document={chosen[1]}&vraag=woningen+bouwen")
    heading = page.get_by_role("heading", name="over hetzelfde onderwerp")
    expect(heading).to_be_visible()
    expect(page.get_by_text("geen oordeel")).to_be_visible()
    pairs = int(heading.inner_text().split()[0])
    page.get_by_role("button", name="Neem deze vergelijking mee").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = list(book["Paren"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == pairs > 0
    titles = {sample_library.document(name).title for name in COMPARED}
    assert {row[2] for row in rows} | {row[5] for row in rows} == titles
    shown = page.get_by_role("article").all_inner_texts()
    assert any(rows[0][4][-60:] in text for text in shown)


def test_documents_are_held_side_by_side_before_a_theme_is_chosen(visit, sample_app, page):
    visit(f"{sample_app}/vergelijken?vorm=naast")
    expect(page.get_by_role("heading", name="paren over hetzelfde onderwerp")).to_be_visible()
    expect(page.get_by_text("Kies een thema of stel een vraag om minder te zien.")).to_be_visible()


def test_an_uploaded_draft_is_checked_and_makes_way_for_its_verdicts(visit, sample_app, page, settled):
    draft = docx.Document()
    draft.add_paragraph("De gemeente wil tot 2030 zevenduizend woningen bouwen.")
    buffer = io.BytesIO()
    draft.save(buffer)
    visit(f"{sample_app}/citeren")
    page.locator("input[type=file]").set_input_files(
        {"name": "concept.docx", "mimeType": "application/octet-stream", "buffer": buffer.getvalue()}
    )
    settled()
    page.get_by_role("button", name="Controleer").click()
    expect(page.get_by_role("heading", name="1 zin gecontroleerd")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Tekst van uw concept")).to_be_hidden()
    page.locator("summary").filter(has_text="Uw tekst of bestand").click()
    expect(page.get_by_role("textbox", name="Tekst van uw concept")).to_be_visible()


def test_advice_that_returns_in_time(visit, sample_app, page):
    visit(f"{sample_app}/vergelijken?vorm=tijd")
    expect(page.get_by_role("heading", name="terug te keren in een later document")).to_be_visible()


def test_a_question_gets_an_answer_whose_source_opens(visit, sample_app, page, settled):
    visit(f"{sample_app}/vragen")
    box = page.get_by_role("searchbox", name="Uw vraag")
    box.fill("Hoeveel woningen wil de stad tot 2030 bouwen?")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Antwoord")).to_be_visible()
    settled()
    source = page.get_by_role("article").first
    expect(source).to_contain_text("[1]")
    page.get_by_role("button", name="Toon bladzijde").first.click()
    picture = page.get_by_role("dialog").get_by_role("img", name="Bladzijde")
    expect(picture).to_be_visible()
    assert "gemarkeerd" in picture.get_attribute("alt")


def test_a_question_without_an_answer_says_so(visit, sample_app, page):
    visit(f"{sample_app}/vragen?q={quote('Hoe duur is een kaartje voor de pinguïns in de dierentuin van Emmen?')}")
    expect(page.get_by_role("heading", name="Niet gevonden in de documenten")).to_be_visible()


def test_a_draft_gets_verdicts_and_comes_back_as_word(visit, sample_app, page, settled):
    visit(f"{sample_app}/citeren")
    page.get_by_role("textbox", name="Tekst van uw concept").fill(DRAFT)
    page.get_by_role("button", name="Controleer").click()
    expect(page.get_by_role("heading", name="2 zinnen gecontroleerd")).to_be_visible()
    settled()
    verdicts = page.locator(".bk-verdict").all_inner_texts()
    assert verdicts[0].endswith("ondersteund")
    assert verdicts[1].endswith("getal of jaartal wijkt af")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word met voetnoten en opmerkingen").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as parts:
        assert "Ruimte voor werk" in parts.read("word/document.xml").decode()
        assert "w:footnoteReference" in parts.read("word/document.xml").decode()
        assert ", p. " in parts.read("word/footnotes.xml").decode()
        assert "Een getal of jaartal wijkt af." in parts.read("word/comments.xml").decode()


def test_a_theme_can_be_rejected_and_the_follow_up_kept(visit, own_app, page, settled):
    url, _corpus = own_app
    visit(f"{url}/aanbevelingen?thema=onderwijs-en-talent")
    before = int(page.get_by_role("status").first.inner_text().split()[0])
    page.get_by_role("button", name="Verbeteren of opvolgen").first.click()
    window = page.get_by_role("dialog")
    expect(window.get_by_role("button", name="Bewaar opvolging")).to_be_visible()
    settled()
    theme = window.locator(".st-key-no-theme-onderwijs-en-talent")
    theme.get_by_role("button").first.click()
    expect(theme).to_have_count(0)
    settled()
    window.get_by_role("combobox", name="Thema").click()
    page.get_by_role("option", name="toerisme en cultuur").click()
    settled()
    window.get_by_role("button", name="Voeg toe").click()
    expect(window.locator(".st-key-no-theme-toerisme-en-cultuur")).to_be_visible()
    settled()  # the page behind is counted anew, which closes a list that was opened meanwhile
    # By the keyboard: the window scrolls to what is clicked, and a list that was just opened closes at that.
    window.get_by_role("combobox", name="Stand").press("ArrowDown")
    page.get_by_role("option", name="overgenomen", exact=True).click()
    window.get_by_role("textbox", name="Toezegging").fill("Komt in de begroting")
    window.get_by_role("button", name="Bewaar opvolging").click()
    expect(window.get_by_text("Bewaard.")).to_be_visible()
    visit(f"{url}/aanbevelingen?thema=onderwijs-en-talent")
    assert int(page.get_by_role("status").first.inner_text().split()[0]) == before - 1
    visit(f"{url}/aanbevelingen?stand=overgenomen")
    expect(page.get_by_role("heading", name="1 aanbeveling")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("Opvolging: overgenomen")


def test_a_filtered_list_opens_its_page_and_goes_along_as_excel(visit, sample_app, page, settled):
    visit(f"{sample_app}/aanbevelingen?thema=wonen-en-leefklimaat")
    count = int(page.get_by_role("status").first.inner_text().split()[0])
    page.get_by_role("button", name="Toon bladzijde").first.click()
    picture = page.get_by_role("dialog").get_by_role("img", name="Bladzijde")
    expect(picture).to_be_visible()
    assert "gemarkeerd" in picture.get_attribute("alt")
    page.keyboard.press("Escape")
    settled()
    page.get_by_role("button", name="Neem deze lijst mee").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book["Aanbevelingen"]
    heads = [cell.value for cell in sheet[1]]
    themes = [row[heads.index("Thema's")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(themes) == count > 0
    assert all("wonen en leefklimaat" in one for one in themes)
    links = [sheet.cell(row, heads.index("Bladzijde") + 1).hyperlink for row in range(2, count + 2)]
    assert all(link is not None and link.location.startswith("page=") for link in links)
    told = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert told["Selectie"] == "thema: wonen en leefklimaat"


def test_passages_are_filtered_by_theme(visit, sample_app, page, settled):
    visit(f"{sample_app}/zoeken?q=leerwerkplekken+in+de+techniek")
    page.get_by_test_id("stSidebar").get_by_role("checkbox", name="onderwijs en talent").check(force=True)
    settled()
    expect(page).to_have_url(re.compile("thema=onderwijs-en-talent"))
    assert page.get_by_role("article").count() > 0


def test_measuring_with_own_questions(visit, sample_app, page):
    visit(f"{sample_app}/kwaliteit")
    expect(page.get_by_role("table", name="Lezen, per document")).to_be_visible()
    question = {
        "id": "1",
        "question": "Hoeveel woningen wil de stad tot 2030 bouwen?",
        "kind": "feit",
        "evidence": [{
            "document": "seav-ruimte-voor-werk-2018.pdf",
            "quote": "De stad wil tot 2030 zevenduizend woningen bouwen.",
        }],
    }  # fmt: skip
    page.locator("input[type=file]").set_input_files(
        {"name": "vragen.jsonl", "mimeType": "application/json", "buffer": json.dumps(question).encode()}
    )
    expect(page.get_by_role("heading", name="1 vraag gemeten")).to_be_visible()
    expect(page.get_by_role("table", name="Zoeken, met 95%-interval")).to_be_visible()
