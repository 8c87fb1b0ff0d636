"""The sample corpus: plainly fictional, as messy as real documents, rebuilt to the same text, its gold sets true."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DATA = Path(__file__).parent / "data"
PDFS = sorted(CORPUS.glob("*.pdf"))
EBV = "ebv-visieadvies-2026-2030.pdf"
KMS = "kms-middelgrote-steden-2025.pdf"
SEAV = "seav-ruimte-voor-werk-2018.pdf"
AGENDA = "vlietmonde-actieagenda-economie-2022-2025.pdf"
PEILSCHAAL = "peilschaal-werk-in-beweging-2021.pdf"


def texts(source):
    return [page.extract_text() for page in PdfReader(source).pages]


@pytest.fixture(scope="module")
def pages():
    return {pdf.name: texts(pdf) for pdf in PDFS}


@pytest.fixture(scope="module")
def builder():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("build_corpus")


@pytest.fixture(scope="module")
def built(builder):
    return builder.build_all()


def gold(name):
    return [json.loads(line) for line in (DATA / f"sample-{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def flat(text):
    """Without line ends, and without hyphens between letters: a quote holds however its lines were broken."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub(r"(?<=\w)-\s*(?=\w)", "", text).split())


def manifest():
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_manifest_names_every_pdf_and_calls_it_fictional():
    rows = manifest()
    assert sorted(rows) == [pdf.name for pdf in PDFS]
    assert list(rows[EBV]) == ["file", "title", "publisher", "date", "kind", "language", "url", "licence"]
    assert all("fictief" in row["licence"] for row in rows.values())
    assert {row["kind"] for row in rows.values() if row["kind"]} == {"advies", "actieagenda", "onderzoeksrapport"}


def test_one_document_is_left_for_guessing():
    row = manifest()[KMS]
    assert not any(row[column] for column in ("title", "publisher", "date", "kind", "language"))


def test_every_page_says_that_it_is_fictional(pages):
    for name, texts_of in pages.items():
        assert 6 <= len(texts_of) <= 20, name
        assert all("Fictief voorbeelddocument" in text for text in texts_of), name


def test_corpus_stays_small():
    assert sum(pdf.stat().st_size for pdf in PDFS) < 1_500_000


def test_metadata_titles_right_misleading_and_missing():
    titles = {pdf.name: PdfReader(pdf).metadata.title for pdf in PDFS}
    assert titles[EBV] == "Werk maken van water en wijken. Visieadvies 2026-2030"
    assert titles[AGENDA] == "Microsoft PowerPoint - Actieagenda_v3_def"
    assert titles[PEILSCHAAL] == "untitled"
    assert not titles[KMS]


def test_page_labels_differ_from_the_physical_page():
    assert PdfReader(CORPUS / EBV).page_labels[:4] == ["i", "ii", "1", "2"]
    assert PdfReader(CORPUS / SEAV).page_labels[:5] == ["i", "ii", "iii", "1", "2"]
    assert PdfReader(CORPUS / KMS).page_labels[0] == "41"


def test_printed_folio_without_labels_in_the_pdf(pages):
    assert "/PageLabels" not in PdfReader(CORPUS / PEILSCHAAL).root_object
    assert pages[PEILSCHAAL][1].rstrip().endswith("\n5")


def test_the_mess_of_real_documents_is_there(pages):
    everything = "\n".join(text for texts_of in pages.values() for text in texts_of)
    assert len(re.findall(r"[a-z]-\n[a-z]", everything)) > 100, "line-end hyphens"
    assert "\uf0b7" in "".join(pages[AGENDA]), "private-use bullets"
    assert "\x7f" not in everything
    assert "•" in "".join(pages[EBV])
    assert "banen bij1." in everything, "footnote digit glued to its word"
    assert pages[AGENDA][3].startswith("Fictief voorbeelddocument"), "a running foot that comes first in the text"


def test_contents_page_gives_the_labels_of_the_chapters(pages):
    contents, labels = pages[SEAV][2], PdfReader(CORPUS / SEAV).page_labels
    found = re.findall(r"^(\d [A-Z][^.\n]+?)\.{3,} ?(\d+)$", contents, re.MULTILINE)
    found = found or re.findall(r"^(\d [A-Z][^.\n]+)\n\.{3,}\n(\d+)$", contents, re.MULTILINE)
    assert len(found) == 6
    for heading, label in found:
        assert heading.strip() in pages[SEAV][labels.index(label)]


def test_rebuilding_gives_the_committed_documents(built, pages):
    assert sorted(built) == sorted(pages)
    for name, data in built.items():
        assert texts(io.BytesIO(data)) == pages[name], f"{name} differs from its source: run scripts/build_corpus.py"
        assert PdfReader(io.BytesIO(data)).page_labels == PdfReader(CORPUS / name).page_labels
        assert PdfReader(io.BytesIO(data)).metadata.title == PdfReader(CORPUS / name).metadata.title


def test_building_again_gives_the_same_bytes_in_the_folder_named(builder, built, tmp_path):
    builder.main([str(tmp_path / "new")])
    assert {p.name: p.read_bytes() for p in (tmp_path / "new").iterdir()} == built


def test_unknown_directive_is_refused(builder, tmp_path):
    source = tmp_path / "x.md"
    source.write_text("---\nontwerp: artikel\nomslag: nee\n---\n\n<!-- dans: ja -->\n", encoding="utf-8")
    builder.register_fonts()
    with pytest.raises(ValueError, match="dans"):
        builder.build(builder.read_source(source))


@given(st.text(alphabet="abcdeghijklmnoprstuvwzë", min_size=1, max_size=24))
def test_breaks_lie_inside_the_word_and_leave_three_letters(builder, word):
    syllable_breaks = importlib.import_module("corpus_markdown").syllable_breaks
    breaks = syllable_breaks(word)
    assert breaks == sorted(set(breaks))
    assert all(3 <= at <= len(word) - 3 for at in breaks)


@pytest.mark.parametrize("name", ["questions", "drafts", "recommendations", "answer-questions", "answer-drafts"])
def test_gold_quotes_stand_on_their_pages(pages, name):
    items = gold(name)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        for evidence in item.get("evidence", [item] if "quote" in item else []):
            assert evidence["pages"], item["id"]
            for page_number in evidence["pages"]:
                text = flat(pages[evidence["document"]][page_number - 1])
                assert flat(evidence["quote"]) in text, item["id"]


def test_questions_cover_all_kinds_and_can_be_answered_from_their_evidence():
    questions = gold("questions")
    assert {q["kind"] for q in questions} == {
        "factoid", "paraphrase", "recommendation", "list", "figure", "comparison", "keyword", "english", "typo",
        "unanswerable",
    }  # fmt: skip
    assert len(questions) >= 50
    for question in questions:
        said = flat(" ".join(e["quote"] for e in question["evidence"])).lower()
        assert bool(question["evidence"]) == (question["kind"] != "unanswerable")
        for alternatives in question["must_include"]:
            assert any(flat(a).lower() in said for a in alternatives), question["id"]


def test_questions_to_fit_on_are_answered_by_their_evidence_or_say_why_not():
    questions = gold("answer-questions")
    asked = [q["question"].lower() for q in (*questions, *gold("questions"))]
    assert len(set(asked)) == len(asked)
    for question in questions:
        said = flat(" ".join(e["quote"] for e in question["evidence"])).lower()
        assert bool(question["evidence"]) != bool(question.get("why"))
        for alternatives in question["must_include"]:
            assert question["kind"] == "list" or any(flat(a).lower() in said for a in alternatives), question["id"]


@pytest.mark.parametrize("name", ["drafts", "answer-drafts"])
def test_drafts_are_supported_by_evidence_or_say_why_not(name):
    drafts = gold(name)
    assert len(drafts) >= 25
    assert all(bool(d["evidence"]) == d["supported"] and bool(d["why"]) != d["supported"] for d in drafts)


def test_recommendations_come_from_two_documents_and_are_labelled():
    recommendations = gold("recommendations")
    assert {r["document"] for r in recommendations} == {EBV, KMS}
    assert {r["strength"] for r in recommendations} == {"expliciet", "impliciet"}
    assert all(r["themes"] and r["addressees"] for r in recommendations)
    assert len({theme for r in recommendations for theme in r["themes"]}) == 15
