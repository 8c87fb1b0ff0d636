"""Taking in: only what is new or changed, nothing lost at any point, one bad file never stops the rest."""

import csv
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pdf_samples
import pytest
from makers import HashEncoder
from places import SAMPLE

from beleidskennis.library import Library
from beleidskennis.model import slice_spans
from beleidskennis.search import Mode
from beleidskennis.settings import Settings

TESTS = Path(__file__).parent
SMALL = ("kms-middelgrote-steden-2025.pdf", "ebv-visieadvies-2026-2030.pdf")


@pytest.fixture
def folder(tmp_path):
    """A corpus folder with two of the sample documents."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in SMALL:
        shutil.copy(SAMPLE / name, corpus / name)
    return corpus


@pytest.fixture
def library(tmp_path):
    with Library.open(Settings(index=tmp_path / "index", workers=2), encoder=HashEncoder()) as opened:
        yield opened


def names(documents):
    return sorted(document.file_name for document in documents)


def assert_whole(library, expected):
    """Every document is there once, whole, searchable, and its passages are slices of its pages."""
    assert names(library.documents()) == sorted(expected)
    snapshot = library.opened().snapshot
    assert int(snapshot.alive.sum()) == library.status().passages
    for document in library.documents():
        pages = library.pages(document.document_id)
        assert [page.page_number for page in pages] == list(range(1, document.page_count + 1))
        texts = {page.page_number: page.text for page in pages}
        passages = library.passages(document.document_id)
        assert passages
        for passage in passages:
            assert slice_spans(passage.spans, texts) == passage.text


def test_a_second_run_does_nothing(library, folder):
    first = library.ingest([folder])
    assert names(first.added) == sorted(SMALL)
    generation = library.opened().snapshot.name
    second = library.ingest([folder])
    assert names(second.unchanged) == sorted(SMALL)
    assert [second.added, second.replaced, second.gone, second.failures] == [[], [], [], []]
    assert second.pages == 0
    assert library.opened().snapshot.name == generation
    assert_whole(library, SMALL)


def test_a_changed_file_replaces_its_older_version(library, folder):
    library.ingest([folder])
    shutil.copy(SAMPLE / "seav-ruimte-voor-werk-2018.pdf", folder / SMALL[0])
    report = library.ingest([folder])
    assert names(report.replaced) == [SMALL[0]]
    assert_whole(library, SMALL)
    assert {document.page_count for document in library.documents()} == {8, 13}


def test_a_file_that_is_gone_is_reported_and_only_removed_when_asked(library, folder):
    library.ingest([folder])
    (folder / SMALL[0]).unlink()
    assert names(library.ingest([folder]).gone) == [SMALL[0]]
    assert_whole(library, SMALL)
    assert names(library.ingest([folder], prune=True).removed) == [SMALL[0]]
    assert_whole(library, SMALL[1:])


def test_a_moved_file_is_not_read_again(library, folder):
    library.ingest([folder])
    (folder / "jaar2025").mkdir()
    (folder / SMALL[0]).rename(folder / "jaar2025" / SMALL[0])
    report = library.ingest([folder])
    assert names(report.moved) == [SMALL[0]]
    assert report.pages == 0
    assert not report.gone
    [moved] = [document for document in library.documents() if document.file_name == SMALL[0]]
    assert Path(moved.path).is_file()


def test_the_same_content_twice_is_reported(library, folder):
    shutil.copy(folder / SMALL[0], folder / "kopie.pdf")
    report = library.ingest([folder])
    assert len(report.duplicates) == 1
    assert library.status().documents == 2


def test_copies_of_a_known_document_are_reported_each_time_and_kept(library, folder):
    library.ingest([folder])
    copy = shutil.copy(folder / SMALL[0], folder.parent / "kopie.pdf")
    for _ in range(2):
        report = library.ingest([copy])
        [(path, document)] = report.duplicates
        assert (Path(path).name, document.file_name) == ("kopie.pdf", SMALL[0])
    assert [(Path(path).name, name) for path, name in library.status().copies] == [("kopie.pdf", SMALL[0])]
    assert library.document(SMALL[0]).path == str(folder / SMALL[0])
    copy.unlink()
    library.ingest([folder])
    assert library.status().copies == ()


def test_the_same_text_in_another_file_is_a_version(library, folder):
    library.ingest([folder])
    [known] = [document for document in library.documents() if document.file_name == SMALL[0]]
    texts = [passage.text for passage in library.passages(known.document_id) if passage.kind.is_running_text]
    (folder / "overgetypt.txt").write_text("\n\n".join(texts), encoding="utf-8")
    report = library.ingest([folder])
    [pair] = report.related
    assert {pair.one.file_name, pair.other.file_name} == {SMALL[0], "overgetypt.txt"}
    assert pair.share > 0.9
    assert library.status().related == (pair,)
    assert library.related(known.document_id) == [pair]
    assert len(library.documents()) == 3
    hits = library.search(texts[3][:80], k=10).hits
    assert hits[0].also_in
    assert len({hit.passage.text[:60] for hit in hits}) == len(hits)


def test_a_corrected_title_is_searched_at_once(library, folder):
    library.ingest([folder])
    before = library.opened().snapshot.name
    library.correct(library.document(SMALL[0]).document_id, {"title": "Zeewierkwekerij op de Noordzee"})
    assert library.opened().snapshot.name != before
    hits = library.search("zeewierkwekerij", mode=Mode.LEXICAL).hits
    assert {hit.document.file_name for hit in hits} == {SMALL[0]}


def test_one_bad_file_never_stops_the_rest(library, folder):
    (folder / "leeg.pdf").write_bytes(b"")
    (folder / "geen.pdf").write_bytes(b"<html>dit is geen PDF</html>")
    (folder / "half.pdf").write_bytes((folder / SMALL[0]).read_bytes()[:3000])
    report = library.ingest([folder])
    failed = {Path(failure.path).name: failure.message for failure in report.failures}
    assert {"leeg.pdf", "geen.pdf"} <= set(failed)
    for name, message in failed.items():
        assert name in message
    assert set(SMALL) <= set(names(library.documents()))
    assert {Path(path).name for path, _message, _kind in library.status().problems} == set(failed)
    (folder / "leeg.pdf").unlink()
    library.ingest([folder])
    assert "leeg.pdf" not in {Path(path).name for path, _message, _kind in library.status().problems}


@pytest.mark.skipif(sys.platform != "linux", reason="makes names and things that other systems do not have")
def test_odd_names_and_what_is_no_file_are_reported_and_never_stop_the_rest(library, folder):
    (folder / os.fsdecode(b"niet-utf8-\xff.pdf")).write_bytes(pdf_samples.pdf_of(["Tekst."]))
    (folder / "lus.pdf").symlink_to("lus.pdf")
    os.mkfifo(folder / "pijp.pdf")
    odd = ["a" * 251 + ".pdf", "ünïcode ✓ 日本.pdf", "; rm -rf $(id).pdf", "x..%2f..%2fetc.pdf", "nieuwe\nregel.pdf"]
    for number, name in enumerate([*odd, "\u202efdp.pdf"]):
        (folder / name).write_bytes(pdf_samples.pdf_of([f"Document {number} met een vreemde naam."]))
    report = library.ingest([folder])
    assert names(report.added) == sorted([*odd, "\u202efdp.pdf", *SMALL])
    failed = {Path(failure.path).name: failure.message for failure in report.failures}
    assert set(failed) == {"niet-utf8-\ufffd.pdf", "lus.pdf", "pijp.pdf"}
    assert all(name in message for name, message in failed.items())
    assert {Path(path).name for path, _message, _kind in library.status().problems} == set(failed)
    assert not library.ingest([folder]).added


def test_a_path_that_does_not_exist_is_a_failure_with_its_name(library, folder):
    report = library.ingest([folder, folder / "bestaat-niet.pdf"])
    assert [Path(failure.path).name for failure in report.failures] == ["bestaat-niet.pdf"]
    assert len(report.added) == 2


def test_the_manifest_overrides_what_is_guessed_without_reading_again(library, folder):
    library.ingest([folder])
    [before] = [document for document in library.documents() if document.file_name == SMALL[0]]
    assert "title" in before.guessed
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["file", "title", "date"], [SMALL[0], "De echte titel", "2025-03-01"]])
    report = library.ingest([folder])
    assert report.pages == 0
    [after] = [document for document in library.documents() if document.file_name == SMALL[0]]
    assert (after.title, after.date) == ("De echte titel", "2025-03-01")
    assert not after.guessed & {"title", "date"}
    assert after.publisher == before.publisher
    hits = library.search("echte titel", mode=Mode.LEXICAL).hits
    assert {hit.document.file_name for hit in hits} == {SMALL[0]}, "the new title is in the lexical index"


def test_another_model_embeds_again_without_reading(tmp_path, folder, library):
    library.ingest([folder])
    shutil.rmtree(folder)
    folder.mkdir()
    with Library.open(library.settings, encoder=HashEncoder("hash-2", 32)) as other:
        report = other.ingest([folder])
        assert report.pages == 0
        assert names(report.gone) == sorted(SMALL)
        assert other.search("werk", k=3).hits
        assert other.status().model == "hash-2"


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from makers import HashEncoder
from beleidskennis.catalogue import Catalogue
from beleidskennis.library import Library
from beleidskennis.settings import Settings

def killing(name, at):
    original, calls = getattr(Catalogue, name), [0]
    def method(self, *arguments, **named):
        calls[0] += 1
        if calls[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, *arguments, **named)
    setattr(Catalogue, name, method)

if __name__ == "__main__":
    killing({method!r}, {at})
    with Library.open(Settings(index=Path({index!r}), workers=1), encoder=HashEncoder()) as library:
        library.ingest([Path({corpus!r})])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize(
    ("method", "at"), [("add_document", 2), ("put_vectors", 1), ("put_vectors", 2), ("vectors", 1), ("publish", 1)]
)
def test_killed_in_the_middle_and_run_again_nothing_is_lost_doubled_or_half(tmp_path, folder, library, method, at):
    index = library.settings.index
    code = KILLED.format(tests=str(TESTS), method=method, at=at, index=str(index), corpus=str(folder))
    script = tmp_path / "killed.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    report = library.ingest([folder])
    assert not report.failures
    assert_whole(library, SMALL)


@pytest.mark.real
def test_all_real_documents_are_taken_in_and_every_page_accounted_for(real_library, real_corpus):
    files = sorted(path.name for path in real_corpus.glob("*.pdf"))
    assert_whole(real_library, files)
    status = real_library.status()
    assert status.pages == sum(document.page_count for document in real_library.documents())
    assert not status.problems
