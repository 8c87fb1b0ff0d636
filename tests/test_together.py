"""Several people at once: reading goes on while somebody takes in; two who take in wait for each other."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from beleidskennis.citations import Verdict, check_sentence
from beleidskennis.library import Library
from beleidskennis.settings import Settings

VISITORS = 20
NEW = "Zonnebloemplein"
TEXT = (
    "# Advies over het {name}\n\nWij adviseren de gemeente om het {name} in 2027 opnieuw in te richten met veel groen. "
    "Het plein krijgt dertig bomen en een speelplaats voor de kinderen uit de wijk.\n"
)


@pytest.fixture
def shared(sample_library, tmp_path):
    """A library of the test's own over the sample corpus, and a folder for new files."""
    shutil.copytree(sample_library.settings.index, tmp_path / "index")
    (tmp_path / "nieuw").mkdir()
    settings = Settings(index=tmp_path / "index", corpus=tmp_path / "nieuw", workers=1)
    with Library.open(settings, encoder=sample_library.encoder) as library:
        yield library


def write(library, name):
    path = library.settings.corpus / f"{name.lower()}.md"
    path.write_text(TEXT.format(name=name), encoding="utf-8")
    return path


class Visitor:
    """Somebody who reads on and on, and says what was seen."""

    def __init__(self, library, number):
        self.library, self.number = library, number
        self.seen = []

    def read_until(self, done):
        while True:
            last = done.is_set()
            self.read_once()
            if last:
                return self.seen

    def read_once(self):
        result = self.library.search(f"inrichting {NEW}", k=5)
        assert result.hits
        files = {hit.document.file_name for hit in result.hits}
        for hit in result.hits:
            assert self.library.text_of(hit.passage.spans) == hit.passage.text
        self.seen.append(f"{NEW.lower()}.md" in files)
        turn = (self.number + len(self.seen)) % 3
        if turn == 0:
            assert self.library.recommendations("groen", k=3).items
        elif turn == 1:
            self.library.ask("Hoeveel woningen wil de stad tot 2030 bouwen?")
        else:
            assert len(self.library.documents()) >= 5
            assert self.library.matrix().concepts


def test_twenty_read_on_while_the_index_is_swapped_under_them(shared):
    write(shared, NEW)
    done = threading.Event()
    with ThreadPoolExecutor(VISITORS + 1) as pool:
        visitors = [pool.submit(Visitor(shared, number).read_until, done) for number in range(VISITORS)]

        def take_in():
            try:
                return shared.ingest([shared.settings.corpus])
            finally:
                done.set()

        report = pool.submit(take_in).result()
        seen = [visitor.result() for visitor in visitors]
    assert [document.file_name for document in report.added] == [f"{NEW.lower()}.md"]
    for answers in seen:
        assert answers == sorted(answers)  # the old index, then the new one, and never back
        assert answers[-1]


def test_two_who_take_in_wait_for_each_other(shared):
    files = [write(shared, name) for name in ("Lindeplein", "Kastanjeplein")]
    with (
        Library.open(shared.settings, encoder=shared.encoder) as other,
        ThreadPoolExecutor(2) as pool,
    ):
        reports = list(pool.map(lambda pair: pair[0].ingest([pair[1]]), zip((shared, other), files, strict=True)))
    assert all(len(report.added) == 1 and not report.failures for report in reports)
    assert len(shared.documents()) == 7
    for name in ("Lindeplein", "Kastanjeplein"):
        assert shared.search(name, k=1).hits[0].document.file_name == f"{name.lower()}.md"


def test_who_checks_a_draft_keeps_to_the_index_it_began_with(shared):
    corpus = shared.corpus()
    shared.ingest([write(shared, NEW)])
    claim = f"Het {NEW} krijgt dertig bomen en een speelplaats voor de kinderen uit de wijk."
    files = [hit.document.file_name for hit in corpus.search(claim, k=5).hits]
    assert files
    assert f"{NEW.lower()}.md" not in files
    assert check_sentence(claim, corpus).verdict is not Verdict.SUPPORTED
    assert check_sentence(claim, shared.corpus()).verdict is Verdict.SUPPORTED
