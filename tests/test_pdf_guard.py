"""The guard: whatever a child process does, the parent goes on and says what happened."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pdf_samples as samples
import pytest
from guard_functions import misbehave

from beleidskennis.errors import EncryptedFileError, LimitExceededError, UnreadableFileError
from beleidskennis.pdf import Limits, read_pdf_guarded, view_page
from beleidskennis.pdf.guard import GuardedPool

FAST = Limits(page_seconds=0.5, document_seconds=8, memory_mb=1024, max_characters=100_000)


@pytest.fixture(scope="module")
def pool():
    with GuardedPool(misbehave, workers=2, limits=FAST) as pool:
        yield pool


def test_results_come_back(pool):
    assert pool.call("gewoon") == "klaar: gewoon"
    assert sorted(outcome for _, outcome in pool.map(["a", "b", "c"])) == ["klaar: a", "klaar: b", "klaar: c"]


@pytest.mark.parametrize(
    ("item", "kind", "words"),
    [
        ("hang", LimitExceededError, "niet binnen 1.5 seconden"),
        ("hang-on-page", LimitExceededError, "Bladzijde 2 van hang-on-page kost meer dan 1 seconden"),
        ("exit", UnreadableFileError, "vastgelopen .*code 7"),
        ("bug", UnreadableFileError, "ZeroDivisionError"),
        ("large", LimitExceededError, "meer tekst dan is toegestaan"),
        ("treacherous", UnreadableFileError, "niet te vertrouwen"),
    ],
)
def test_a_child_that_misbehaves_costs_only_its_item(pool, item, kind, words):
    outcomes = dict(pool.map(["voor", item, "na"]))
    assert (outcomes["voor"], outcomes["na"]) == ("klaar: voor", "klaar: na")
    assert isinstance(outcomes[item], kind)
    with pytest.raises(kind, match=words):
        raise outcomes[item]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_crash_names_its_signal(pool):
    with pytest.raises(UnreadableFileError, match=f"signaal {signal.SIGSEGV.value}"):
        pool.call("segfault")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux keeps a process to its memory")
def test_memory_has_a_limit(pool):
    with pytest.raises(LimitExceededError, match="meer geheugen"):
        pool.call("memory")


def test_memory_is_watched_where_the_system_does_not_limit_it():
    with (
        GuardedPool(misbehave, limits=Limits(memory_mb=200)) as pool,
        pytest.raises(LimitExceededError, match="meer geheugen dan is toegestaan"),
    ):
        pool.call("memory-unkept")


def test_what_is_printed_does_not_come_between(pool, capfd):
    assert pool.call("print") == "klaar: print"
    assert capfd.readouterr().out == ""


def test_errors_keep_their_particulars(pool):
    with pytest.raises(EncryptedFileError) as caught:
        pool.call("refuse")
    error = caught.value
    assert (error.message, error.hint, error.file_name, error.page_number) == ("nee", "geef een wachtwoord", "x.pdf", 3)


def test_pages_are_reported(pool):
    seen = []
    list(pool.map(["pages"], on_page=lambda item, number, count: seen.append((item, number, count))))
    assert seen == [("pages", 1, 3), ("pages", 2, 3), ("pages", 3, 3)]


def test_leaving_half_way_ends_the_children():
    with GuardedPool(misbehave, workers=2, limits=Limits()) as pool:
        for _, outcome in pool.map(["a", "hang", "hang"]):
            assert outcome == "klaar: a"
            break
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert not pool._children


def test_a_function_that_cannot_be_imported_fails_and_does_not_wait(monkeypatch):
    with GuardedPool(lambda item: item, limits=FAST) as pool, pytest.raises(Exception, match="lambda"):
        pool.call("a")
    monkeypatch.setattr(misbehave, "__module__", "__main__")
    with pytest.raises(ValueError, match="misbehave must stand in a module"):
        GuardedPool(misbehave)


def test_children_that_do_not_start_fail_the_items_one_by_one(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with GuardedPool(misbehave, limits=FAST) as pool:
        outcomes = dict(pool.map(["a", "b"]))
    assert all("start niet" in outcome.message for outcome in outcomes.values())


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_children_end_with_their_parent(tmp_path):
    script = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "from guard_functions import misbehave\n"
        "from beleidskennis.pdf.guard import GuardedPool\n"
        "pool = GuardedPool(misbehave)\n"
        "pool.call('a'); print(pool._children[0].process.pid, flush=True)\n"
        "pool.call('hang')\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        if Path(f"/proc/{child}/stat").exists() and Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the child is still there")


def test_read_pdf_guarded(tmp_path):
    path = tmp_path / "stuk.pdf"
    path.write_bytes(samples.pdf_of(["Regel een\nRegel twee"]))
    assert read_pdf_guarded(path).pages[0].text == "Regel een\nRegel twee"
    path.write_bytes(b"geen pdf")
    with pytest.raises(UnreadableFileError, match="geen PDF"):
        read_pdf_guarded(path)


def test_view_page_works_in_threads(tmp_path):
    path = tmp_path / "stuk.pdf"
    path.write_bytes(samples.pdf_of(["Deze zin staat op de pagina."]))
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(view_page(path, 1, "Deze zin staat op de pagina.")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(image.startswith(b"\x89PNG") and len(boxes) == 1 for image, boxes in found)
