"""Drafts come back as Word files with native footnotes, comments and a list; LibreOffice opens them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pypdf
import pytest

from beleidskennis.citations.report import (
    CheckedDraft,
    CheckedParagraph,
    CheckedQuote,
    CheckedSentence,
    Difference,
    Match,
    QuoteChange,
    QuoteVerdict,
    Topic,
    Verdict,
)
from beleidskennis.errors import UnreadableFileError
from beleidskennis.exports.word_draft import split_run, write_draft
from beleidskennis.exports.word_footnotes import Footnotes
from beleidskennis.exports.word_text import atoms_of, paragraphs_of, read_draft, read_markdown, text_of
from beleidskennis.model import Citation, Document, DocumentId, Hit, Passage, PassageId, Span
from beleidskennis.references import Style

docx = pytest.importorskip("docx")
lxml_etree = pytest.importorskip("lxml.etree")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOURCE = Document(
    DocumentId("a" * 64), "werk.pdf", "werk.pdf", "Ruimte voor werk", publisher="Economische Raad", date="2024"
)
QUOTE = "De gemeente reserveert 15 miljoen euro voor werkplekken."
SENTENCES = (
    "De gemeente reserveert € 15 miljoen voor werkplekken.",
    "De provincie draagt 4 miljoen bij.",
    "Er is geen bus.",
    "Wij danken u voor de aandacht.",
    "Alle scholen doen mee & juichen <luid>.",
)


def match(differences=()):
    spans = (Span(SOURCE.document_id, 12, 0, len(QUOTE)),)
    passage = Passage(PassageId("p" * 16), SOURCE.document_id, 0, QUOTE, spans, 12, "10")
    citation = Citation(SOURCE, 12, "10", QUOTE, spans)
    return Match(citation, Hit(passage, SOURCE, 1.0, 1), 0.9, differences=tuple(differences))


def checked(paragraphs):
    """Every known sentence gets its verdict, wherever it stands."""
    difference = Difference(Topic.AMOUNT, "4 miljoen", "15 miljoen euro")
    verdicts = {
        SENTENCES[0]: (Verdict.SUPPORTED, (match(),), ()),
        SENTENCES[1]: (Verdict.DIFFERS, (match([difference]),), (difference,)),
        SENTENCES[2]: (Verdict.NOT_FOUND, (), ()),
        SENTENCES[3]: (None, (), ()),
        SENTENCES[4]: (Verdict.PARTLY, (match(),), ()),
    }
    result = []
    for paragraph in paragraphs:
        sentences, quotes = [], []
        for text, (verdict, matches, differences) in verdicts.items():
            start = paragraph.text.find(text)
            if start >= 0:
                end = start + len(text)
                sentences.append(CheckedSentence(text, start, end, verdict, matches, differences))
        start = paragraph.text.find("werkplekken")
        if start >= 0:
            change = QuoteChange("werkplekken", "werkplaatsen")
            kind = QuoteVerdict.SMALL_DIFFERENCES
            quotes.append(CheckedQuote("werkplekken", start, start + 11, kind, (match().citation,), (change,)))
        result.append(CheckedParagraph(paragraph, tuple(sentences), tuple(quotes)))
    return CheckedDraft(tuple(result))


@pytest.fixture
def word_file():
    """A draft as people make them: split runs, bold, a table, a list, a heading, a hyperlink and tracked changes."""
    document = docx.Document()
    document.add_heading("Voorstel", 1)
    paragraph = document.add_paragraph("De gemeente ")
    paragraph.add_run("reserveert").bold = True
    paragraph.add_run(f" € 15 miljoen voor werkplekken. {SENTENCES[1]} ")
    paragraph.add_run("Er is\u00a0".replace("\u00a0", " ")).italic = True
    paragraph.add_run("geen bus.")
    document.add_paragraph(SENTENCES[3])
    document.add_paragraph("")
    document.add_paragraph(SENTENCES[4], "List Bullet")
    document.add_table(1, 1).cell(0, 0).text = SENTENCES[0]
    deleted = lxml_etree.fromstring(
        f'<w:del xmlns:w="{W[1:-1]}" w:id="900" w:author="x" w:date="2026-01-01T00:00:00Z">'
        "<w:r><w:delText>weg ermee</w:delText></w:r></w:del>"
    )
    paragraph._p.insert(1, deleted)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return lxml_etree.fromstring(archive.read(name))


def notes_of(data):
    return [note for note in part(data, "word/footnotes.xml") if note.get(f"{W}type") is None]


def test_footnotes_are_native_and_stand_after_the_sentence(word_file):
    draft = read_draft(word_file, "concept.docx")
    result = write_draft(word_file, "concept.docx", checked(draft))
    notes = notes_of(result)
    texts = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes}
    body = part(result, "word/document.xml")
    references = [node.get(f"{W}id") for node in body.iter(f"{W}footnoteReference")]
    assert references == list(texts)  # LibreOffice goes by the order, Word by the ids
    assert [texts[number] for number in references] == [
        " Economische Raad, 2024, p. 10.",
        " Vgl. Economische Raad, 2024, p. 10.",
        " Economische Raad, 2024, p. 10.",
    ]
    for paragraph in body.iter(f"{W}p"):
        before = ""
        for node in paragraph.iter(f"{W}t", f"{W}footnoteReference"):
            if node.tag == f"{W}t":
                before += node.text
            else:
                assert before.endswith(".")


def test_the_words_of_the_draft_stay_as_they_were(word_file):
    before = [paragraph.text for paragraph in read_draft(word_file, "concept.docx")]
    result = write_draft(word_file, "concept.docx", checked(read_draft(word_file, "concept.docx")))
    after = [paragraph.text for paragraph in read_draft(result, "concept.docx")]
    assert after[: len(before)] == before
    assert after[len(before)] == "Bronnen"
    assert after[len(before) + 1 :] == ["Economische Raad. (2024). Ruimte voor werk."]
    assert b"weg ermee" in zipfile.ZipFile(io.BytesIO(result)).read("word/document.xml")
    bold = [run for run in docx.Document(io.BytesIO(result)).paragraphs[1].runs if run.bold]
    assert "".join(run.text for run in bold) == "reserveert"


def test_comments_say_what_is_wrong_and_cover_the_sentence(word_file):
    result = write_draft(word_file, "concept.docx", checked(read_draft(word_file, "concept.docx")))
    document = docx.Document(io.BytesIO(result))
    comments = {comment.comment_id: comment.text for comment in document.comments}
    texts = list(comments.values())
    assert sum(
        "Een getal of jaartal wijkt af. Bedrag: in uw tekst ‘4 miljoen’, in de bron ‘15 miljoen euro’." in t
        for t in texts
    )
    assert "Geen bron gevonden in de documenten." in texts
    assert sum("Het citaat is niet letterlijk" in text for text in texts) == 2
    paragraph = document.paragraphs[1]._p
    ranges = {}
    active: dict[str, str] = {}
    for node in paragraph.iter(f"{W}t", f"{W}commentRangeStart", f"{W}commentRangeEnd"):
        if node.tag == f"{W}commentRangeStart":
            active[node.get(f"{W}id")] = ""
        elif node.tag == f"{W}commentRangeEnd":
            ranges[node.get(f"{W}id")] = active.pop(node.get(f"{W}id"))
        else:
            active = {key: value + node.text for key, value in active.items()}
    assert not active
    assert {SENTENCES[1], SENTENCES[2], "werkplekken"} == set(ranges.values())


def test_package_parts_hold_together(word_file):
    result = write_draft(word_file, "concept.docx", checked(read_draft(word_file, "concept.docx")))
    types = part(result, "[Content_Types].xml")
    overrides = {node.get("PartName"): node.get("ContentType") for node in types if node.get("PartName")}
    assert overrides["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    relations = part(result, "word/_rels/document.xml.rels")
    assert [node.get("Target") for node in relations if node.get("Type").endswith("/footnotes")] == ["footnotes.xml"]
    notes = part(result, "word/footnotes.xml")
    assert [(note.get(f"{W}id"), note.get(f"{W}type")) for note in notes][:2] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
    ]
    settings = [node.tag.rpartition("}")[2] for node in part(result, "word/settings.xml")]
    assert settings.index("footnotePr") < settings.index("compat")
    styles = {node.get(f"{W}styleId") for node in part(result, "word/styles.xml").iter(f"{W}style")}
    used = {
        node.get(f"{W}val")
        for name in ("document", "footnotes", "comments")
        for node in part(result, f"word/{name}.xml").iter(f"{W}pStyle", f"{W}rStyle")
    }
    assert used <= styles


def test_a_second_round_keeps_the_first_footnotes(word_file):
    once = write_draft(word_file, "concept.docx", checked(read_draft(word_file, "concept.docx")))
    twice = write_draft(once, "concept.docx", checked(read_draft(once, "concept.docx")), list_title="Nieuwe bronnen")
    assert len(notes_of(twice)) == len(notes_of(once)) == 3
    identifiers = [note.get(f"{W}id") for note in part(twice, "word/footnotes.xml")]
    assert len(identifiers) == len(set(identifiers))


def test_a_note_of_the_writer_keeps_its_text_and_place(word_file):
    document = docx.Document(io.BytesIO(word_file))
    own = Footnotes(document)
    document.paragraphs[2].add_run(" Einde.")._r.addnext(own.add("Noot van de schrijver."))
    own.save()
    document.add_comment(document.paragraphs[2].runs[0], "Klopt dit?", "Collega", "C")
    buffer = io.BytesIO()
    document.save(buffer)
    result = write_draft(buffer.getvalue(), "concept.docx", checked(read_draft(buffer.getvalue(), "concept.docx")))
    texts = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes_of(result)}
    body = part(result, "word/document.xml")
    references = [node.get(f"{W}id") for node in body.iter(f"{W}footnoteReference")]
    assert references == list(texts)
    assert [texts[number] for number in references] == [
        " Economische Raad, 2024, p. 10.",
        " Noot van de schrijver.",
        " Vgl. Economische Raad, 2024, p. 10.",
        " Economische Raad, 2024, p. 10.",
    ]
    authors = [comment.get(f"{W}author") for comment in part(result, "word/comments.xml")]
    assert authors.count("Collega") == 1
    assert len(list(body.iter(f"{W}del"))) == 1


def with_comment(data):
    """The draft with a comment of a colleague, which python-docx gives the id 0."""
    document = docx.Document(io.BytesIO(data))
    document.add_comment(document.paragraphs[2].runs[0], "Klopt dit?", "Collega", "C")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_ids_of_all_comments_are_above_those_of_notes(word_file):
    draft = with_comment(word_file)
    result = write_draft(draft, "concept.docx", checked(read_draft(draft, "concept.docx")))
    comments = {comment.get(f"{W}id") for comment in part(result, "word/comments.xml")}
    notes = [int(note.get(f"{W}id")) for note in part(result, "word/footnotes.xml")]
    assert min(map(int, comments)) > max(notes)
    body = part(result, "word/document.xml")
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert {node.get(f"{W}id") for node in body.iter(f"{W}{mark}")} == comments


def test_a_note_that_the_text_names_by_its_old_number_gets_a_comment(word_file):
    document = docx.Document(io.BytesIO(word_file))
    own = Footnotes(document)
    document.paragraphs[2].add_run(" Zie noot 1 en noot 7.")._r.addnext(own.add("Noot van de schrijver."))
    own.save()
    buffer = io.BytesIO()
    document.save(buffer)
    result = write_draft(buffer.getvalue(), "concept.docx", checked(read_draft(buffer.getvalue(), "concept.docx")))
    texts = [comment.text for comment in docx.Document(io.BytesIO(result)).comments]
    [told] = [text for text in texts if "is nu noot" in text]
    assert told == "Uw noot 1 is nu noot 2: er zijn noten bij gekomen. Pas dit nummer zelf aan."
    assert "Zie noot 1 en noot 7." in "".join(text_of(p) for p in paragraphs_of(docx.Document(io.BytesIO(result))))


def test_separators_with_other_ids_are_left_alone(word_file):
    document = docx.Document(io.BytesIO(word_file))
    notes = Footnotes(document)
    for note, number in zip(list(notes._root), ("0", "1"), strict=True):
        note.set(f"{W}id", number)
    notes._next = 2
    for text in ("later", "eerder"):
        document.paragraphs[1].runs[0]._r.addnext(notes.add(text))
    notes.save()
    assert [note.get(f"{W}id") for note in notes._root] == ["0", "1", "2", "3"]
    assert ["".join(note.itertext()) for note in list(notes._root)[2:]] == [" eerder", " later"]


def test_the_openxml_validator_finds_nothing(word_file, tmp_path):
    audit = pytest.importorskip("openxml_audit")
    for name, data in (("a.docx", word_file), ("b.md", b"# Kop\n\n" + SENTENCES[0].encode())):
        result = write_draft(data, name, checked(read_draft(data, name)))
        path = tmp_path / f"{name}.docx"
        path.write_bytes(result)
        findings = audit.OpenXmlValidator().validate(path)
        assert findings.is_valid, findings.errors


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_footnotes_and_list(word_file, tmp_path):
    draft = with_comment(word_file)
    result = write_draft(draft, "concept.docx", checked(read_draft(draft, "concept.docx")))
    (tmp_path / "uit.docx").write_bytes(result)
    profile = f"-env:UserInstallation=file://{tmp_path}/profiel"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "uit.docx")], check=True, timeout=180, capture_output=True)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "uit.pdf").pages)
    assert "Economische Raad. (2024). Ruimte voor werk." in text
    notes = re.findall(r"(?:Vgl\. )?Economische Raad, 2024, p\. 10\.", text)
    assert notes == [
        "Economische Raad, 2024, p. 10.",
        "Vgl. Economische Raad, 2024, p. 10.",
        "Economische Raad, 2024, p. 10.",
    ]


def test_markdown_and_text_become_a_word_file():
    markdown = f"# Voorstel\n\n{SENTENCES[0]} **{SENTENCES[3]}**\n\n- {SENTENCES[4]}\n  en *door*\n\n---\nEen [bron](http://x)."
    draft = read_draft(markdown.encode(), "concept.md")
    assert [(paragraph.kind, paragraph.text) for paragraph in draft] == [
        ("kop", "Voorstel"),
        ("alinea", f"{SENTENCES[0]} {SENTENCES[3]}"),
        ("lijst", f"{SENTENCES[4]} en door"),
        ("alinea", "Een bron."),
    ]
    result = write_draft(markdown.encode(), "concept.md", checked(draft), style=Style.LEIDRAAD)
    assert sorted("".join(note.itertext()) for note in notes_of(result)) == [
        " Economische Raad 2024, p. 10.",
        " Vgl. Economische Raad 2024, p. 10.",
    ]
    text = b"Regel een\r\nloopt door.\r\n\r\nTwee\x07."
    assert [paragraph.text for paragraph in read_draft(text, "c.txt")] == ["Regel een loopt door.", "Twee."]
    assert write_draft(text, "c.txt", checked(read_draft(text, "c.txt")))


def test_lists_tables_and_notes_of_plain_text_stay_what_they_are():
    markdown = (
        "1. een\n2. twee\n\nTekst.[^1]\n\n1. opnieuw\n\n- punt\n\n| A | B |\n|---|---|\n| een | |\n\n[^1]: Eigen noot."
    )
    draft = read_markdown(markdown)
    assert [(one.text, one.kind, one.level) for one in draft] == [
        ("een", "lijst", 1),
        ("twee", "lijst", 1),
        ("Tekst (noot 1).", "alinea", 0),
        ("opnieuw", "lijst", 1),
        ("punt", "lijst", 0),
        ("A", "tabel", 2),
        ("B", "tabel", 2),
        ("een", "tabel", 2),
        ("", "tabel", 2),
        ("Noot 1: Eigen noot.", "alinea", 0),
    ]
    made = docx.Document(io.BytesIO(write_draft(markdown.encode(), "c.md", checked(draft))))
    [table] = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["een", ""]]
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    plain = read_draft(b"Vooraf:\n- een\n  loopt door\n2. twee\n\nSlot.", "c.txt")
    assert [(one.text, one.kind) for one in plain] == [
        ("Vooraf:", "alinea"), ("een loopt door", "lijst"), ("twee", "lijst"), ("Slot.", "alinea")
    ]  # fmt: skip


def test_files_of_other_kinds_are_refused_with_a_way_out():
    for data, name in ((b"x", "a.pdf"), (b"geen zip", "a.docx"), (b"", "a.docx")):
        with pytest.raises(UnreadableFileError, match=re.escape(name)):
            read_draft(data, name)


def test_a_check_of_another_draft_is_refused(word_file):
    with pytest.raises(ValueError, match="does not belong"):
        write_draft(word_file, "concept.docx", checked(read_markdown("iets anders")))


def test_splitting_a_run_keeps_text_and_tabs():
    document = docx.Document()
    document.add_paragraph("een\ttwee drie\nvier")
    element = paragraphs_of(document)[0]
    text = text_of(element)
    for offset in range(len(text), 0, -1):
        run = split_run(element, offset)
        assert text_of(element) == text
        assert [atom.end for atom in atoms_of(element) if atom.run is run][-1] == offset
    assert split_run(element, 0) is None
    assert len(atoms_of(element)) == len(text)


def test_a_comment_says_that_another_body_says_so():
    text = "De SER reserveert € 15 miljoen voor werkplekken."
    wrong = Difference(Topic.SPEAKER, "SER", "Economische Raad")
    sentence = CheckedSentence(text, 0, len(text), Verdict.CONTRADICTED, (match([wrong]),), (wrong,))
    (paragraph,) = read_draft(text.encode(), "a.txt")
    result = write_draft(text.encode(), "a.txt", CheckedDraft((CheckedParagraph(paragraph, (sentence,)),)))
    comment = "".join(part(result, "word/comments.xml").itertext())
    assert "Een ander zegt dit. Afzender: in uw tekst ‘SER’, maar de bron is van ‘Economische Raad’." in comment
    assert not notes_of(result)
