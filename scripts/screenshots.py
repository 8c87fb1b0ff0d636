"""Take the pictures of the user guide: the app over the sample corpus, at laptop and phone width.

    python scripts/screenshots.py              # into docs/beelden
    python scripts/screenshots.py --out FOLDER --all

Needs Playwright and a Chromium (BELEIDSKENNIS_CHROMIUM, default /usr/bin/chromium). `--all` takes every page at both
widths, light and dark, to look at; without it only the pictures that the guide uses.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("BELEIDSKENNIS_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZES = {"laptop": (1366, 768), "telefoon": (390, 844)}
DRAFT = (
    "De gemeente wil tot 2030 zevenduizend woningen bouwen. "
    "De raad adviseert om een regionale ontwikkelmaatschappij op te richten. "
    "Volgens het onderzoek stonden er eind 2020 in de stad 3.880 vacatures open."
)
QUESTION = "krapte op de arbeidsmarkt"
COMPARED = ("ebv-visieadvies-2026-2030.pdf", "seav-ruimte-voor-werk-2018.pdf")
PAGES = {
    "zoeken": f"?q={quote(QUESTION)}",
    "aanbevelingen": "aanbevelingen",
    "cijfers": "aanbevelingen?vorm=cijfers",
    "vergelijken": "vergelijken",
    "naast-elkaar": "vergelijken?vorm=naast&onderwerp=ruimte-en-vastgoed"
    + "".join(f"&document={sha256((ROOT / 'corpus' / name).read_bytes()).hexdigest()[:12]}" for name in COMPARED),
    "tijd": "vergelijken?vorm=tijd",
    "vragen": f"vragen?q={quote('Hoeveel woningen wil de stad bouwen?')}",
    "citeren": "citeren",
    "documenten": "documenten",
    "verzamelmap": "verzamelmap",
    "kwaliteit": "kwaliteit",
    "over": "over",
}
GUIDE = (
    "zoeken",
    "bladzijde",
    "aanbevelingen",
    "vergelijken",
    "naast-elkaar",
    "tijd",
    "vragen",
    "citeren",
    "documenten",
    "kwaliteit",
    "verzamelmap",
)
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && document.querySelector('h1') && !document.querySelector('[data-testid="stSkeleton"]');
}"""


def main():
    """Start the app over the sample corpus, visit its pages, write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "beelden")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        process, url = start_app(Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            take_guide(browser, url, given.out)
            if given.all:
                take_all(browser, url, given.out)
        finally:
            process.terminate()
            process.wait(timeout=20)


def start_app(folder):
    """The app over an index of its own; its process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"BELEIDSKENNIS_INDEX": str(folder / "index"), "BELEIDSKENNIS_CORPUS": "corpus"}
    program = [sys.executable, "-c", "from beleidskennis.cli import main; main()"]
    subprocess.run([*program, "ingest", "corpus"], env=environment, cwd=ROOT, check=True)
    serve = ["app", "--port", str(port), "--address", "127.0.0.1", "--no-browser"]
    process = subprocess.Popen([*program, *serve], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            return process, url
        except OSError:
            time.sleep(0.25)
    process.terminate()
    sys.exit("De app startte niet binnen een minuut.")


def new_page(browser, size, scheme="light"):
    """A page of a size of `SIZES`."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(90_000)
    return page


def visit(page, address):
    """Go to a page and wait until it is whole."""
    page.goto(address)
    settle(page)


def settle(page):
    """Wait until the script has run and everything is drawn."""
    page.wait_for_timeout(300)
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(700)


def take_guide(browser, url, out):
    """The pictures of the guide: laptop, light; and searching on a phone."""
    page = new_page(browser, "laptop")
    for name in GUIDE:
        if name == "bladzijde":
            visit(page, f"{url}/{PAGES['zoeken']}")
            page.get_by_role("button", name="Toon bladzijde").first.click()
            page.get_by_role("dialog").get_by_role("img", name="Bladzijde").wait_for()
            settle(page)
            page.mouse.move(450, 600)
            page.mouse.wheel(0, 430)  # to where the passage is marked
            page.wait_for_timeout(500)
        elif name == "verzamelmap":
            collect(page, url)
        else:
            visit(page, f"{url}/{PAGES[name]}")
        if name == "naast-elkaar":
            page.mouse.move(700, 500)
            page.mouse.wheel(0, 260)
            page.wait_for_timeout(500)
        if name == "citeren":
            page.get_by_role("textbox", name="Tekst van uw concept").fill(DRAFT)
            page.get_by_role("button", name="Controleer").click()
            page.get_by_role("heading", name="zinnen gecontroleerd").wait_for()
            settle(page)
            page.get_by_role("heading", name="zinnen gecontroleerd").scroll_into_view_if_needed()
            page.mouse.move(700, 500)
            page.mouse.wheel(0, 330)
            page.wait_for_timeout(500)
        shoot(page, out / f"{name}.png")
    phone = new_page(browser, "telefoon")
    visit(phone, f"{url}/{PAGES['zoeken']}")
    shoot(phone, out / "zoeken-telefoon.png")


def collect(page, url):
    """Two hits in the basket, one with a note."""
    visit(page, f"{url}/{PAGES['zoeken']}")
    for _ in range(2):
        page.get_by_role("button", name="Bewaar", exact=True).first.click()
        settle(page)
    page.get_by_role("link", name="Verzamelmap").click()
    settle(page)
    page.get_by_role("textbox", name="Notitie").first.fill("Voor de raadsbrief")
    page.keyboard.press("Enter")
    settle(page)


def shoot(page, path):
    """A picture of what is seen, in 128 colours: a third of the size, and no difference to the eye."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(128).save(path, optimize=True)


def take_all(browser, url, out):
    """Every page, at both widths, light and dark."""
    for size in SIZES:
        for scheme in ("light", "dark"):
            page = new_page(browser, size, scheme)
            for name, address in PAGES.items():
                visit(page, f"{url}/{address}")
                page.screenshot(path=out / f"{name}-{size}-{scheme}.png")


if __name__ == "__main__":
    main()
