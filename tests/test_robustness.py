"""Any file: hostile, broken or mutated PDFs cost only themselves; the parent always has an answer for each."""

import sys
from collections import Counter
from pathlib import Path

import pdf_samples as samples
import pytest

from beleidskennis.errors import LimitExceededError, SourceError, UnreadableFileError
from beleidskennis.pdf import Limits, RawDocument, view_page
from beleidskennis.pdf.guard import GuardedPool

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import fuzz_pdf  # noqa: E402


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What each hostile file gave, read through the guard, with a good file before and after them."""
    folder = tmp_path_factory.mktemp("vijandig")
    paths = []
    for name, make in [("a-goed", None), *samples.HOSTILE.items(), ("z-goed", None)]:
        path = folder / f"{name}.pdf"
        path.write_bytes(make() if make else samples.pdf_of(["Gewone tekst."]))
        paths.append(path)
    with GuardedPool(fuzz_pdf.read, workers=2, limits=fuzz_pdf.LIMITS) as pool:
        return {path.stem: outcome for path, outcome in pool.map(paths)}


def test_every_file_has_an_answer(answers):
    assert set(answers) == {"a-goed", *samples.HOSTILE, "z-goed"}
    assert answers["a-goed"].pages[0].text == answers["z-goed"].pages[0].text == "Gewone tekst."


@pytest.mark.parametrize("name", samples.HOSTILE)
def test_a_hostile_file_gives_pages_or_a_message(answers, name):
    outcome = answers[name]
    if isinstance(outcome, SourceError):
        assert f"{name}.pdf" in outcome.message
        assert outcome.hint
        assert "fout in het programma" not in str(outcome)
    else:
        assert isinstance(outcome, RawDocument)
        assert all(page.text for page in outcome.pages) or outcome.problems


@pytest.mark.parametrize(
    ("name", "kind"),
    [("zeroes", UnreadableFileError), ("noise", UnreadableFileError), ("page-tree-loop", UnreadableFileError)],
)
def test_what_holds_nothing_is_refused(answers, name, kind):
    assert isinstance(answers[name], kind)


def test_a_bomb_is_not_unpacked(answers):
    assert not answers["bomb"].pages[0].text
    assert "te groot om veilig te lezen" in answers["bomb"].problems[0]


def test_thousands_of_pages_stop_at_the_limit(tmp_path):
    path = tmp_path / "veel.pdf"
    path.write_bytes(samples.many_pages(3000))
    with (
        GuardedPool(fuzz_pdf.read, limits=fuzz_pdf.LIMITS) as pool,
        pytest.raises(LimitExceededError, match="3000 bladzijden"),
    ):
        pool.call(path)


@pytest.mark.parametrize("name", ["deep-nesting", "enormous-numbers", "noise", "xref-loop"])
def test_pictures_of_hostile_files_do_not_hurt_the_parent(tmp_path, name):
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(samples.HOSTILE[name]())
    try:
        image, boxes = view_page(path, 1, "Tekst op de pagina")
    except SourceError as error:
        assert name in error.message  # noqa: PT017  # either outcome is right
    else:
        assert image.startswith(b"\x89PNG")
        assert isinstance(boxes, tuple)


def test_mutated_files(tmp_path):
    """A small run of scripts/fuzz_pdf.py; its figures for thousands of cases are in docs/reading.md."""
    sources = [*sorted((ROOT / "corpus").glob("*.pdf"))[:2], samples.pdf_of(["Een kleine PDF.\nMet twee regels."] * 3)]
    outcomes, broken = fuzz_pdf.run(sources, 60, 20, tmp_path)
    assert not broken
    assert sum(outcomes.values()) == 60
    assert isinstance(outcomes, Counter)
    assert outcomes["RawDocument"] > 5


def test_the_limits_of_the_tests_are_stricter_than_those_of_the_settings():
    assert fuzz_pdf.LIMITS.page_seconds < Limits().page_seconds
