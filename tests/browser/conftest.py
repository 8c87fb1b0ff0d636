"""The app on a free port, and Debian's chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("BELEIDSKENNIS_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = int(os.environ.get("BELEIDSKENNIS_WAIT", "90000"))
"""Milliseconds; a busy machine with two cores needs tens of seconds for the first page."""
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && document.querySelector('h1') && !document.querySelector('[data-testid="stSkeleton"]');
}"""


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser, and may be tried again: a busy machine can stall one for minutes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))


@contextmanager
def app_on(index, corpus, *, folder=None, before=lambda url: None, settings=None):
    """The address of the app over an index, served by a process of its own in `folder`.

    `before` is called with the address before it starts; `settings` are more of the environment.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys; from beleidskennis.cli import main; sys.argv[0] = 'beleidskennis'; main()"
    command = [sys.executable, "-c", code, "app", "--port", str(port), "--address", "127.0.0.1", "--no-browser"]
    given = {"BELEIDSKENNIS_INDEX": str(index), "BELEIDSKENNIS_CORPUS": str(corpus), "BELEIDSKENNIS_WORKERS": "1"}
    environment = os.environ | given | (settings or {})
    before(f"http://127.0.0.1:{port}")
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder or index.parent
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_served(url, process):
    for _ in range(240):
        assert process.poll() is None, "the app stopped"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start within a minute")


@pytest.fixture(scope="session")
def chromium():
    """A browser."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM} (BELEIDSKENNIS_CHROMIUM names another)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    api.expect.set_options(timeout=WAIT)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def serve(chromium):
    """Serves the app over an index folder and a corpus folder: `with serve(index, corpus) as url`."""
    return app_on


@pytest.fixture(scope="session")
def sample_app(chromium, sample_library):
    """The address of the app over the sample corpus. For tests that change nothing."""
    with app_on(sample_library.settings.index, sample_library.settings.corpus) as url:
        yield url


@pytest.fixture
def own_app(chromium, sample_library, tmp_path):
    """The address of the app over an index and an upload folder of the test's own, and that corpus folder."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copytree(sample_library.settings.index, tmp_path / "index")
    with app_on(tmp_path / "index", corpus) as url:
        yield url, corpus


@pytest.fixture
def page(chromium):
    """A page at the size of a laptop; a test fails when the browser wanted something from elsewhere."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url) if is_elsewhere(request.url) else None)
    page.on("console", lambda message: elsewhere.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert elsewhere == []


def is_elsewhere(url):
    return url.startswith("http") and not url.startswith("http://127.0.0.1:")


@pytest.fixture
def visit(page):
    """Open an address and wait until the page is whole."""

    def go(url):
        page.goto(url)
        settle(page)
        return page

    return go


def settle(page):
    """Wait until the script has run and everything is drawn."""
    page.wait_for_timeout(150)
    page.wait_for_function(SETTLED)


@pytest.fixture
def settled(page):
    """Wait until the page is whole again, after a click."""
    return lambda: settle(page)
