"""Documents as plain HTML: valid, in Dutch, whole, and never markup out of a document."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from beleidskennis.cli import app
from beleidskennis.errors import QueryError
from beleidskennis.exports.readable import Readable, document_html, file_names, overview_html
from beleidskennis.model import Document, DocumentId, Page, Passage, PassageId, Recommendation, Span, Strength

ID = DocumentId("ab" * 32)
html5lib = pytest.importorskip("html5lib")


def parsed(page):
    """The page as a tree; fails on anything that is not valid HTML5."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def made(text, title="A", **fields):
    span = (Span(ID, 1, 0, max(len(text), 1)),)
    document = Document(ID, "a.pdf", "/a.pdf", title, page_count=2, **fields)
    passage = Passage(PassageId("0" * 16), ID, 0, text, span, 1, "iii", headings=(text,), intro=text)
    item = Recommendation("r1", ID, PassageId("0" * 16), text, span, 1, "iii", Strength.EXPLICIT, "actie", intro=text)
    return Readable(document, [Page(ID, 1, "iii", text), Page(ID, 2, "2", "")], [passage], [item])


def levels(tree):
    return [int(node.tag[1]) for node in tree.iter() if isinstance(node.tag, str) and re.fullmatch("h[1-6]", node.tag)]


class TestPage:
    @given(st.text(), st.text())
    def test_any_text_makes_valid_html_and_no_markup(self, text, title):
        page = document_html(made(text, title, publisher=title, url=title, problems=(text,)))
        tree = parsed(page)
        assert not [node for node in tree.iter() if node.tag in ("script", "img", "iframe", "object")]
        assert not [node for node in tree.iter("a") if not re.match(r"[#/]|https?:|file:", node.get("href", ""))]

    def test_hostile_text_stays_text(self):
        page = document_html(made('<script>alert(1)</script><img src=x onerror="y">', url="javascript:alert(1)"))
        assert "<script" not in page
        assert "<img" not in page
        assert "javascript:" not in page

    def test_pages_have_anchors_and_empty_pages_say_so(self):
        page = document_html(made("Bouw woningen."))
        assert 'id="bladzijde-1">Bladzijde iii (1 in het bestand)' in page
        assert "Deze bladzijde heeft geen tekst." in page

    def test_another_language_is_named(self):
        assert '<h1 lang="en">' in document_html(made("Build houses.", language="en"))

    def test_an_article_names_its_journal(self):
        page = document_html(
            made("Bouw woningen.", journal="Stad & Water", volume="9", issue="2", article_pages="44-61")
        )
        assert "Stad &amp; Water, 9(2), 44–61" in page

    def test_two_files_of_one_name_do_not_overwrite_each_other(self):
        documents = [Document(DocumentId(one * 64), f"{one}/../advies.pdf", "", "A") for one in "ab"]
        names = list(file_names(documents).values())
        assert len(set(names)) == 2
        assert all(re.fullmatch(r"[\w.-]+\.html", name) for name in names)

    def test_an_empty_list_is_valid_too(self):
        parsed(overview_html([]))


class TestSampleCorpus:
    def test_every_document_is_valid_and_nothing_of_it_is_lost(self, sample_library):
        for document in sample_library.documents():
            page = sample_library.document_html(document.document_id)
            tree = parsed(page)
            found = levels(tree)
            assert found.count(1) == 1
            assert all(later - earlier <= 1 for earlier, later in pairwise(found))
            ids = [node.get("id") for node in tree.iter() if node.get("id")]
            assert len(ids) == len(set(ids))
            assert {node.get("href")[1:] for node in tree.iter("a") if node.get("href").startswith("#")} <= set(ids)
            words = " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
            for passage in sample_library.passages(document.document_id):
                assert " ".join(passage.text.split()) in words
            items = sample_library.recommendations(filters=None).items
            assert all(" ".join(one.quote.split()) in words for one in items if one.document_id == document.document_id)

    def test_the_language_is_dutch_and_the_page_has_a_skip_link(self, sample_library):
        page = sample_library.document_html(sample_library.documents()[0].document_id)
        assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')
        assert '<a class="skip" href="#inhoud">' in page

    def test_the_command_writes_a_list_and_a_page_for_each(self, sample_library, tmp_path):
        arguments = ["--index", str(sample_library.settings.index), "export", "--html", str(tmp_path / "uit")]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        files = sorted(path.name for path in (tmp_path / "uit").iterdir())
        assert len(files) == 6
        listed = parsed((tmp_path / "uit" / "index.html").read_text(encoding="utf-8"))
        assert {node.get("href") for node in listed.iter("a")} == {*files, "#inhoud"} - {"index.html"}

    def test_an_unknown_document_says_so(self, sample_library, tmp_path):
        with pytest.raises(QueryError):
            sample_library.export_html(tmp_path, ["bestaat-niet.pdf"])
