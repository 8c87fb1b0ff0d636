"""The command line: the formats that other programs read, exit statuses, and errors in Dutch without a stack trace."""

import json
import re
import shutil

import docx
import openpyxl
import pypdf
import pytest
from places import ROOT, SAMPLE

from beleidskennis.cli import main

DATA = ROOT / "tests" / "data"
TWO = ("ebv-visieadvies-2026-2030.pdf", "seav-ruimte-voor-werk-2018.pdf")


@pytest.fixture
def run(sample_library, monkeypatch, capsys):
    """Run the command line over the sample index: `(exit status, standard output, standard error)`."""

    def command(*arguments, index=sample_library.settings.index):
        monkeypatch.setattr("sys.argv", ["beleidskennis", "--index", str(index), *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as stopped:
            status = stopped.code or 0
        output = capsys.readouterr()
        return status, output.out, output.err

    return command


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def batch(tmp_path, items):
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


def test_search_batch_gives_a_line_a_question(run, tmp_path):
    path = batch(tmp_path, [{"id": "a", "question": "leerwerkplekken"}, {"id": "b", "question": "haven", "kind": "x"}])
    status, output, _ = run("search", "--batch", path)
    assert status == 0
    found = lines(output)
    assert [line["id"] for line in found] == ["a", "b"]
    hit = found[0]["hits"][0]
    assert {"document", "page_number", "page_label", "passage_id", "text", "score"} <= set(hit)
    assert len(found[0]["hits"]) == 10
    assert (SAMPLE / hit["document"]).is_file()


def test_passages_like_a_passage(run, sample_library):
    passage = sample_library.search("energiehubs", k=1).hits[0].passage.passage_id
    _, output, _ = run("similar", passage, "-k", "3", "--json")
    found = [hit["passage_id"] for hit in json.loads(output)["hits"]]
    assert found == [hit.passage.passage_id for hit in sample_library.similar(passage, k=3)]
    code, output, _ = run("similar", passage, "-k", "2")
    assert code == 0
    assert "2. " in output


def test_no_hit_text_is_longer_than_can_be_read_at_a_glance(run):
    _, output, _ = run("passages", "--jsonl")
    assert max(len(line["text"].split()) for line in lines(output)) <= 220


def test_every_passage_text_is_on_its_page(run, sample_library):
    _, output, _ = run("passages", "--jsonl", "--document", "kms-middelgrote-steden-2025.pdf")
    pages = sample_library.pages(sample_library.document("kms-middelgrote-steden-2025.pdf").document_id)
    for line in lines(output):
        first_sentence = line["text"].split("\n")[0][:60]
        assert first_sentence in pages[line["page_number"] - 1].text
        assert line["page_label"] == pages[line["page_number"] - 1].page_label


def test_ask_and_cite_batches_have_their_fields(run, tmp_path):
    _, output, _ = run("ask", "--batch", batch(tmp_path, [{"id": "a", "question": "Hoeveel leerwerkplekken zijn er?"}]))
    [answer] = lines(output)
    assert {"id", "answer", "abstained", "citations"} <= set(answer)
    for citation in answer["citations"]:
        assert {"document", "page_number", "quote"} <= set(citation)
    _, output, _ = run("cite", "--batch", batch(tmp_path, [{"id": "a", "draft": "Er komen leerwerkplekken bij."}]))
    [checked] = lines(output)
    assert {"id", "supported", "verdict", "matches"} <= set(checked)
    assert {"document", "page_number", "quote", "score"} <= set(checked["matches"][0])


def test_recommendations_are_records_with_their_labels(run):
    _, output, _ = run("recommendations", "--jsonl", "--filter", "document=kms-middelgrote-steden-2025.pdf")
    found = lines(output)
    assert found
    for record in found:
        assert record["document"] == "kms-middelgrote-steden-2025.pdf"
        assert record["strength"] in ("expliciet", "impliciet")
        assert {"id", "page_number", "quote", "themes", "sectors", "addressees"} <= set(record)


def test_recommendations_are_written_to_files_that_open_again(run, tmp_path):
    files = {ending: tmp_path / f"lijst.{ending}" for ending in ("xlsx", "csv", "docx", "jsonld")}
    options = [part for ending, path in files.items() for part in (f"--{ending}", path)]
    chosen = ["--filter", "thema=wonen-en-leefklimaat", "--filter", "jaar=2018"]
    status, output, _ = run("recommendations", *chosen, *options)
    assert status == 0
    quotes = [record["quote"] for record in lines(run("recommendations", "--jsonl", *chosen)[1])]
    assert f"{len(quotes)} aanbevelingen geschreven naar {files['xlsx']}" in output
    book = openpyxl.load_workbook(files["xlsx"])
    rows = list(book["Aanbevelingen"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows if row[1].endswith(tuple(quotes))] == [row[1] for row in rows]
    assert len(rows) == len(quotes)
    explained = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert explained["Selectie"] == "thema: wonen en leefklimaat; jaar: 2018"
    assert files["csv"].read_text(encoding="utf-8-sig").splitlines()[0].startswith("Samenvatting;Citaat;")
    assert len(json.loads(files["jsonld"].read_text())["@graph"]) > len(quotes)
    assert len(docx.Document(str(files["docx"])).tables[0].rows) == len(quotes) + 1
    status, _, error = run("recommendations", "--xlsx", tmp_path / "geen map" / "lijst.xlsx")
    assert (status, "kan niet worden geschreven" in error) == (2, True)


def test_status_is_json_for_programs_and_lines_for_people(run):
    _, output, _ = run("status", "--json")
    [status] = lines(output)
    assert (status["documents"], status["pages"]) == (5, 48)
    assert status["model"].startswith("beleidskennis-nl")
    _, output, _ = run("status")
    assert re.search(r"documenten\s+5", output)


def test_a_hit_is_shown_with_source_page_and_reason(run):
    status, output, _ = run("search", "energiehub voor bedrijven", "-k", 1)
    assert status == 0
    assert re.search(r"p\. \w+ \(bladzijde \d+ van \d+\)", output)
    assert "woorden" in output
    assert "betekenis" in output


def test_filters_by_year_and_their_errors(run):
    _, output, _ = run("search", "werk", "--json", "--filter", "jaar=2018")
    assert {hit["document"] for hit in lines(output)[0]["hits"]} == {"seav-ruimte-voor-werk-2018.pdf"}
    status, _, error = run("search", "werk", "--filter", "kleur=rood")
    assert status == 2
    assert "kleur=rood" in error
    status, _, error = run("search", "werk", "--filter", "jaar=ooit")
    assert status == 2
    assert "jaartal" in error


def test_passages_are_filtered_by_theme_with_counts(run):
    found = lines(run("search", "bouwen", "--json")[1])[0]
    by_name = lines(run("search", "bouwen", "--json", "--filter", "thema=Wonen en leefklimaat")[1])[0]
    by_id = lines(run("search", "bouwen", "--json", "--filter", "thema=wonen-en-leefklimaat")[1])[0]
    assert by_name == by_id
    assert by_id["hits"]
    assert by_id["filters"]["thema"]["wonen-en-leefklimaat"] == by_id["total"] < found["total"]
    _, output, _ = run("search", "bouwen")
    assert re.search(r"thema: [a-z-]+ \(\d+\), ", output)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["search", "  "], 2, "leeg"),
        (["search", "x", "--mode", "toeval"], 2, "hybride"),
        (["search", "--batch", "bestaat-niet.jsonl"], 2, "bestaat-niet.jsonl"),
        (["passages", "--document", "bestaat-niet.pdf"], 2, "bestaat-niet.pdf"),
        (["inspect", "bestaat-niet.pdf"], 2, "bestaat-niet.pdf"),
        (["inspect", str(SAMPLE / "kms-middelgrote-steden-2025.pdf"), "--page", "99"], 2, "99"),
        (["evaluate", "bestaat-niet.jsonl"], 2, "bestaat-niet.jsonl"),
        (["search", "bouwen", "--filter", "thema=kabouters"], 2, "wonen-en-leefklimaat"),
        (["search", "bouwen", "--filter", "jaar=²"], 2, "jaartal"),
        (["search", "bouwen", "--filter", "document=weg.pdf"], 2, "weg.pdf"),
        (["search", "bouwen", "--filter", "uitgever=niemand"], 2, "Kies uit"),
        (["recommendations", "--filter", "sterkte=x"], 2, "expliciet, impliciet"),
        (["compare", *TWO, "--thema", "kabouters"], 2, "wonen-en-leefklimaat"),
        (["cite"], 2, "zin"),
        (["compare", "kms-middelgrote-steden-2025.pdf"], 2, "twee of meer"),
    ],
)
def test_errors_are_in_dutch_with_the_way_out_and_no_stack_trace(run, arguments, status, words):
    found, _, error = run(*arguments)
    assert found == status
    assert words in error
    assert "Traceback" not in error


def test_an_empty_index_says_how_to_fill_it(run, tmp_path):
    status, _, error = run("search", "wonen", index=tmp_path / "leeg")
    assert status == 4
    assert "beleidskennis ingest" in error


def test_ingest_reports_and_its_status_tells_of_failures(run, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(SAMPLE / "kms-middelgrote-steden-2025.pdf", corpus)
    (corpus / "leeg.pdf").write_bytes(b"")
    status, output, error = run("ingest", corpus, index=tmp_path / "index")
    assert status == 3
    assert re.search(r"nieuw\s+1", output)
    assert "leeg.pdf" in error
    status, output, _ = run("ingest", corpus, "--json", index=tmp_path / "index")
    assert status == 3
    assert lines(output)[0]["unchanged"] == ["kms-middelgrote-steden-2025.pdf"]


def test_inspect_shows_raw_and_clean_text_and_the_passages(run):
    _, output, _ = run("inspect", SAMPLE / "kms-middelgrote-steden-2025.pdf", "--page", 2, "--json")
    [page] = lines(output)
    assert page["page_label"] == "42"
    assert "Fictief voorbeelddocument" in page["raw_text"]
    assert "Fictief voorbeelddocument" not in page["text"]
    assert page["passages"]
    assert "\n".join(line["raw"] for line in page["lines"]) == page["raw_text"]
    assert {"paragraph", "head", "folio"} & {line["kind"] for line in page["lines"]}
    kept = [line for line in page["lines"] if line["text"]]
    assert all(line["text"] in page["text"] for line in kept)
    assert any(line["passages"] for line in kept)


def test_inspect_prints_each_line_beside_what_became_of_it(run):
    _, output, _ = run("inspect", SAMPLE / "kms-middelgrote-steden-2025.pdf", "--page", 2)
    for heading in ("zoals het bestand het geeft", "soort", "schone tekst", "passage"):
        assert heading in output
    [head] = [line for line in output.splitlines() if "Fictief voorbeelddocument" in line]
    assert "kop- of voetregel" in head


def test_verify_finds_a_quote_and_its_page(run, sample_library):
    passage = next(one for one in sample_library.passages() if len(one.sentences) > 2)
    start, end = passage.sentences[1]
    status, output, _ = run("verify", passage.text[start:end], "--json")
    [quote] = lines(output)
    assert status == 0
    assert quote["verdict"] == "letterlijk gevonden"
    status, output, _ = run("verify", "Deze zin met al zijn woorden staat echt nergens op papier.", "--json")
    assert status == 10


def test_compare_shows_a_matrix_and_pairs(run):
    _, output, _ = run("compare", "--json")
    [table] = lines(output)
    assert len(table["documents"]) == 5
    assert sum(sum(row[1:]) for row in table["rows"]) > 50
    _, output, _ = run("compare", "ebv-visieadvies-2026-2030.pdf", "seav-ruimte-voor-werk-2018.pdf", "--json")
    [comparison] = lines(output)
    assert comparison["agreements"] or comparison["tensions"]
    assert "suggestie" in comparison["remark"]


def test_a_comparison_is_written_to_files_and_a_timeline_shown(run, tmp_path):
    names = ("ebv-visieadvies-2026-2030.pdf", "seav-ruimte-voor-werk-2018.pdf")
    files = [tmp_path / "paren.xlsx", tmp_path / "paren.docx"]
    status, output, _ = run("compare", *names, "--xlsx", files[0], "--docx", files[1])
    assert status == 0
    assert f"Vergelijking geschreven naar {files[0]}" in output
    found = lines(run("compare", *names, "--json")[1])[0]
    rows = list(openpyxl.load_workbook(files[0])["Paren"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(found["agreements"]) + len(found["tensions"])
    assert [row[0] for row in rows].count("loopt uiteen") == len(found["tensions"])
    assert len(docx.Document(str(files[1])).tables) == 2
    by_name = run("compare", *names, "--thema", "Wonen en leefklimaat", "--json")
    assert by_name == run("compare", *names, "--thema", "wonen-en-leefklimaat", "--json")
    chains = lines(run("compare", "--tijdlijn", "--json")[1])
    for chain in chains:
        dates = [one["date"] for one in chain["recommendations"]]
        assert dates == sorted(dates)
        assert len(chain["scores"]) == len(dates) - 1
    assert f"{len(chains)} adviezen keren" in run("compare", "--tijdlijn")[1]
    of_two = lines(run("compare", *names, "--tijdlijn", "--json")[1])
    assert {one["document"] for chain in of_two for one in chain["recommendations"]} <= {str(name) for name in names}
    assert run("compare", *names, "--verwoord")[0] != 0, "no language model is set"


def test_the_taxonomy_goes_out_to_be_edited_and_is_checked(run, tmp_path):
    for name in ("eigen.ttl", "eigen.csv"):
        assert run("taxonomy", "export", tmp_path / name)[0] == 0
        status, output, _ = run("taxonomy", "check", tmp_path / name)
        assert (status, "niets op aan te merken" in output or "kan worden gebruikt" in output) == (0, True)
    (tmp_path / "eigen.ttl").write_text("thema:los a skos:Concept .", encoding="utf-8")
    assert run("taxonomy", "check", tmp_path / "eigen.ttl")[0] == 6


def test_evaluate_gives_figures_by_kind(run):
    status, output, _ = run("evaluate", DATA / "sample-questions.jsonl", "--json")
    assert status == 0
    [table] = lines(output)
    assert table["hybride"]["alle vragen"]["nDCG@10"]["mean"] > 0.5
    assert table["hybride"]["keyword"]["nDCG@10"]["mean"] > 0.9


def test_every_command_has_help_in_dutch(run):
    _, output, _ = run("--help")
    for name in ("ingest", "search", "ask", "cite", "verify", "compare", "recommendations", "inspect", "evaluate"):
        assert name in output
        status, text, _ = run(name, "--help")
        assert status == 0
        assert "Usage" in text


def test_inspect_of_a_page_without_text_and_of_what_is_no_file(run, tmp_path):
    blank = tmp_path / "blanco.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(blank)
    code, output, _ = run("inspect", blank)
    assert code == 0
    assert "(geen tekst)" in output
    code, _, error = run("inspect", tmp_path)
    assert code == 2
    assert "is een map" in error
    loop = tmp_path / "lus.pdf"
    loop.symlink_to(loop)
    code, _, error = run("inspect", loop)
    assert code == 3
    assert "koppeling naar iets dat er niet is" in error


def test_ingest_names_what_it_does_not_read_and_says_that_it_found_nothing(run, tmp_path):
    folder = tmp_path / "map.pdf"
    folder.mkdir()
    code, output, _ = run("ingest", folder)
    assert code == 0
    assert "Geen bestanden gevonden" in output
    for number in range(10):
        (folder / f"blad{number}.xlsx").write_bytes(b"PK")
    (folder / ".verborgen.xlsx").write_bytes(b"PK")
    code, output, _ = run("ingest", folder)
    assert "wordt niet ingelezen: blad0.xlsx, blad1.xlsx" in output
    assert "en 2 andere" in output
    _, output, _ = run("ingest", folder, "--json")
    assert len(json.loads(output)["skipped"]) == 10


def test_a_draft_is_held_to_the_filters_and_a_wrong_option_is_told_before_the_work(run, tmp_path):
    draft = tmp_path / "concept.txt"
    draft.write_text("De gemeente moet leerwerkplekken regelen voor jongeren.", encoding="utf-8")
    name = "kms-middelgrote-steden-2025.pdf"
    _, output, _ = run("cite", "--file", draft, "--filter", f"document={name}", "--json")
    matches = [match for line in lines(output) for match in line["matches"]]
    assert {match["document"] for match in matches} == {name}
    status, output, errors = run("cite", "--file", draft, "--stijl", "onzin")
    assert (status, output) == (2, "")
    assert "kamerstuk" in errors
    status, _, errors = run("cite", "Jongeren hebben werk nodig.", "--word", tmp_path / "uit.docx")
    assert status == 2
    assert "--file" in errors
    status, _, errors = run("cite", "--file", draft, "--word", tmp_path / "weg" / "uit.docx")
    assert status == 2
    assert "kan niet worden geschreven" in errors
