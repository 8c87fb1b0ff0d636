"""The app's logic without a browser: pages as Streamlit runs them, and the functions under them."""

import re
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from beleidskennis.errors import BeleidskennisError, LimitExceededError, MissingExtraError, UnreadableFileError
from beleidskennis.library import Library
from beleidskennis.model import Document, DocumentId, Span
from beleidskennis.settings import Settings
from beleidskennis.ui import session
from beleidskennis.ui.launch import CONFIG, read_config
from beleidskennis.ui.markup import highlighted, merged, page_name, plain
from beleidskennis.ui.parts.viewer import page_token, read_token, token_of
from beleidskennis.ui.serving import DutchPages, dutch, policy
from beleidskennis.ui.uploads import is_other, safe_name, save_upload

ROOT = Path(__file__).parent.parent
WAIT = 60


def searching_script():
    from beleidskennis.ui.views import searching

    searching.show()


def advice_script():
    from beleidskennis.ui.views import advice

    advice.show()


def documents_script():
    from beleidskennis.ui.views import documents

    documents.show()


def asking_script():
    from beleidskennis.ui.views import asking

    asking.show()


def citing_script():
    from beleidskennis.ui.views import citing

    citing.show()


@pytest.fixture
def served(sample_library):
    """The sample library as the one that the pages use."""
    session.use_library(sample_library)
    yield sample_library
    session.use_library(None)


@pytest.fixture
def empty(tmp_path):
    """A library with nothing in it, and the sample corpus within reach."""
    with Library.open(Settings(index=tmp_path / "index", corpus=ROOT / "corpus")) as library:
        session.use_library(library)
        yield library
    session.use_library(None)


def run(script, **parameters):
    app = AppTest.from_function(script, default_timeout=WAIT)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app):
    return "\n".join(element.proto.body for element in app.get("html"))


class TestAsking:
    def test_a_conversation_goes_on_from_what_was_understood(self, served):
        first = "Hoeveel leerwerkplekken wil de adviesraad in 2026?"
        app = run(asking_script, q=first)
        app.query_params["q"] = "en de gemeente?"
        app.run()
        understood = dict(app.session_state["asked"])
        app.query_params["q"] = "en in 2030?"
        app.run()
        assert not app.exception
        assert understood[first] == first
        assert "leerwerkplekken" in understood["en de gemeente?"]
        last = app.session_state["asked"]["en in 2030?"]
        assert last == understood["en de gemeente?"].replace("2026", "2030")
        assert f"Gelezen als: {last}" in texts(app)


class TestCiting:
    DRAFT = (b"De raad adviseert 6.000 woningen aan te sluiten op een warmtenet.", "concept.txt")

    def given(self):
        app = AppTest.from_function(citing_script, default_timeout=WAIT)
        app.session_state["given-draft"] = self.DRAFT
        return app

    def test_verdicts_are_shown_without_python_docx(self, served, monkeypatch):
        monkeypatch.setitem(sys.modules, "docx", None)
        app = self.given().run()
        assert "bk-verdict" in texts(app)
        assert "python-docx" in texts(app)
        assert not app.get("download_button")
        assert "misgegaan" not in texts(app)
        with pytest.raises(MissingExtraError, match="python-docx"):
            served.draft_as_word(*self.DRAFT, served.check_draft(*self.DRAFT))

    def test_word_is_made_when_asked_for_and_verdicts_follow_the_documents(self, served, monkeypatch):
        made = []
        monkeypatch.setattr(Library, "draft_as_word", lambda *_, **__: made.append(1))
        app = self.given().run()
        assert app.get("download_button")
        assert not made
        before = app.session_state["checked"]
        assert app.run().session_state["checked"] is before
        monkeypatch.setattr(Library, "generation", "g-another")
        assert app.run().session_state["checked"] is not before


class TestSearching:
    def test_shows_cards_with_pages_and_marked_words(self, served):
        app = run(searching_script, q="krapte op de arbeidsmarkt")
        assert texts(app).count("<article") == 10
        assert "<mark>" in texts(app)
        assert "Gevonden op " in texts(app)

    def test_a_filter_of_the_address_holds_and_its_other_values_stay_to_be_chosen(self, served):
        app = run(searching_script, q="arbeidsmarkt", uitgever="Bureau Peilschaal")
        assert "Bureau Peilschaal" in texts(app)
        assert "Economic Board Vlietmonde ·" not in texts(app)
        publishers = [box for box in app.checkbox if box.key.startswith("filter-uitgever-")]
        assert len(publishers) > 1
        assert [box.value for box in publishers if "Peilschaal" in box.key] == [True]

    def test_a_box_puts_its_filter_in_the_address(self, served):
        app = run(searching_script, q="arbeidsmarkt")
        box = next(box for box in app.checkbox if box.key.startswith("filter-soort-advies"))
        box.check().run()
        assert app.query_params["soort"] in ("advies", ["advies"])

    def test_a_thumb_keeps_a_judgement_until_it_is_pressed_again(self, served):
        app = run(searching_script, q="energiehub")
        passage_id = served.search("energiehub", k=1).hits[0].passage.passage_id
        thumbs = next(one for one in app.get("button_group") if one.key == f"thumb-{passage_id}")
        assert thumbs.value in (None, [])
        served.mark("energiehub", passage_id, useful=True)
        app.run()
        assert served.marks("energiehub") == {passage_id: True}
        assert "energiehub" in {question.text for question in served.own_questions()}
        served.mark("energiehub", passage_id, useful=None)

    def test_ten_more(self, served):
        app = run(searching_script, q="gemeente")
        app.button(key="more").click().run()
        assert texts(app).count("<article") == 20

    def test_without_a_question_it_says_how_to_search(self, served):
        assert "Zo kunt u zoeken" in texts(run(searching_script))

    def test_nothing_found_says_what_to_do(self, served):
        assert "Niets gevonden" in texts(run(searching_script, q='"paarse olifanten dansen"'))

    def test_an_empty_index_offers_the_sample_corpus(self, empty):
        app = run(searching_script)
        assert "Er zijn nog geen documenten" in texts(app)
        assert "5 voorbeelddocumenten" in app.button[0].label
        assert "misgegaan" not in texts(app)

    def test_a_mistake_shows_a_message_and_no_stack_trace(self, served, monkeypatch):
        def fail(*_args, **_kwargs):
            raise RuntimeError("geheim")

        monkeypatch.setattr(served, "documents", fail)
        app = run(searching_script)
        assert "Er is iets misgegaan" in texts(app)
        assert "geheim" not in texts(app)


class TestAdvice:
    def test_lists_recommendations_with_who_has_to_act(self, served):
        app = run(advice_script)
        assert texts(app).count("<article") == 15
        assert "Voor: " in texts(app)

    def test_pages_on(self, served):
        first = texts(run(advice_script))
        app = run(advice_script)
        app.button(key="page-on").click().run()
        assert app.query_params["vanaf"] in ("15", ["15"])
        assert texts(app) != first


class TestDocuments:
    def test_lists_all_and_marks_guesses(self, served):
        app = run(documents_script)
        assert "5 documenten" in texts(app)
        assert "deels geraden" in texts(app)

    def test_one_document_with_what_was_guessed(self, served):
        document = served.document("kms-middelgrote-steden-2025.pdf")
        app = run(documents_script, document=document.document_id[:12])
        assert "geraden" in texts(app)
        assert app.title[0].value == document.title

    def test_an_unknown_document_says_so(self, served):
        assert "Er is geen document" in texts(run(documents_script, document="bestaat-niet"))


class TestMarkup:
    @given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    def test_nothing_of_the_text_becomes_markup(self, text, places):
        shown = highlighted(text, [(low, high) for low, high in places if low < high])
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare

    @given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10))))
    def test_merged_places_are_in_order_and_apart(self, given_places):
        places = merged([(low, low + length) for low, length in given_places])
        assert all(one[1] < other[0] for one, other in pairwise(places))

    @pytest.mark.parametrize(
        "text", ["*vet*", "[x](javascript:alert(1))", ":red[x]", "<script>alert(1)</script>", "`x`", "$a$ en $b$"]
    )
    def test_labels_lose_their_meaning_as_markdown(self, text):
        label = plain(text)
        assert not any(f"{opening}" in label.replace(f"\\{opening}", "") for opening in "*[]<`$")

    def test_ordinary_titles_stay_as_they_are(self):
        assert plain("Advies (18/03): werk, 2010-2020") == "Advies (18/03): werk, 2010-2020"

    def test_page_names(self):
        assert page_name("12", 12, 30) == "p. 12 van 30"
        assert page_name("iv", 4, 30) == "p. iv (bladzijde 4 van 30 in het bestand)"


class TestAddresses:
    def document(self):
        return Document(DocumentId("ab" * 32), "a.pdf", "/a.pdf", "A", page_count=9)

    def test_spans_survive_the_address(self):
        document = self.document()
        spans = (Span(document.document_id, 3, 10, 40), Span(document.document_id, 4, 0, 12))
        assert read_token(token_of(spans), document) == (3, spans)
        assert read_token(page_token(document.document_id, 7), document) == (7, ())

    @given(st.text())
    def test_any_address_gives_a_page_that_exists(self, token):
        number, spans = read_token(f"abababababab.{token}", self.document())
        assert 1 <= number <= 9
        assert all(1 <= span.page_number <= 9 for span in spans)


class TestUploads:
    @pytest.mark.parametrize(
        ("given_name", "expected"),
        [
            ("Advies 2024.PDF", "Advies 2024.pdf"),
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("..\\..\\windows\\x.docx", "x.docx"),
            ("con.pdf", "document-con.pdf"),
            ("....pdf", "document.pdf"),
            ("a/b:c*?<script>.pdf", "b-c-script.pdf"),
        ],
    )
    def test_names_are_made_safe(self, given_name, expected):
        assert safe_name(given_name) == expected

    @given(st.text(max_size=200))
    def test_nothing_is_written_outside_the_folder(self, name):
        try:
            made = safe_name(f"{name}.pdf")
        except BeleidskennisError:
            return
        assert Path(made).name == made
        assert not made.startswith(".")

    @pytest.mark.parametrize("name", ["x.exe", "x", "x.pdf.exe", ""])
    def test_other_kinds_are_refused(self, tmp_path, name):
        with pytest.raises(UnreadableFileError):
            save_upload(tmp_path, name, b"x", limit_mb=1)

    def test_size_is_limited_and_the_file_lands_in_uploads(self, tmp_path):
        with pytest.raises(LimitExceededError):
            save_upload(tmp_path, "x.pdf", b"x" * (1024 * 1024 + 1), limit_mb=1)
        assert save_upload(tmp_path, "x.pdf", b"x", limit_mb=1) == (tmp_path / "uploads" / "x.pdf").resolve()
        assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["x.pdf"]

    def test_nothing_of_a_colleague_is_replaced_unasked(self, tmp_path):
        def send(name, data, **choices):
            return save_upload(tmp_path, name, data, limit_mb=1, **choices).name

        assert send("nota.v1.pdf", b"een") == "nota.v1.pdf"
        assert send("nota-v1.pdf", b"twee") == "nota-v1.pdf"
        assert send("nota:v1.pdf", b"drie") == "nota-v1-2.pdf"
        assert send("nota-v1.pdf", b"drie") == "nota-v1-2.pdf"
        assert send("nota-v1.pdf", b"vier") == "nota-v1-3.pdf"
        assert is_other(tmp_path, "nota-v1.pdf", b"vier")
        assert not is_other(tmp_path, "nota-v1.pdf", b"twee")
        assert not is_other(tmp_path, "nieuw.pdf", b"twee")
        assert send("nota-v1.pdf", b"vijf", replace=True) == "nota-v1.pdf"
        folder = (tmp_path / "uploads").resolve()
        assert send("nota-v1.pdf", b"zes", replace=True, kept={folder / "nota-v1.pdf"}) == "nota-v1-2.pdf"
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert found == {
            "nota.v1.pdf": b"een", "nota-v1.pdf": b"vijf", "nota-v1-2.pdf": b"zes", "nota-v1-3.pdf": b"vier"
        }  # fmt: skip

    def test_two_at_once_do_not_share_a_file(self, tmp_path):
        with ThreadPoolExecutor(8) as pool:
            datas = [b"%d" % number for number in range(24)]
            made = list(pool.map(lambda data: save_upload(tmp_path, "x.pdf", data, limit_mb=1), datas))
        assert len(set(made)) == 24
        assert [path.read_bytes() for path in made] == datas


class TestServing:
    PAGE = '<html lang="en"><head><title>Streamlit</title><script>a()</script></head></html>'

    def test_the_page_is_dutch(self):
        assert '<html lang="nl">' in dutch(self.PAGE)
        assert "<title>Beleidskennis</title>" in dutch(self.PAGE)

    def test_streamlit_still_says_what_is_replaced(self):
        import streamlit

        page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
        assert dutch(page) != page
        assert '<html lang="nl">' in dutch(page)

    def test_only_own_scripts_and_this_machine(self):
        import streamlit

        page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
        rules = policy(dutch(page), "localhost:8501")
        scripts = next(rule for rule in rules.split("; ") if rule.startswith("script-src"))
        assert "'unsafe-inline'" not in scripts
        own = len(re.findall("<script>", page))
        assert scripts.count("sha256-") == own > 0
        slipped_in = dutch(page).replace("</body>", "<script>evil()</script></body>")
        assert policy(slipped_in, "localhost:8501") == rules
        assert "sha256-" not in policy(self.PAGE, "localhost:8501")
        assert "ws://localhost:8501" in rules
        assert "evil" not in policy(self.PAGE, "evil; script-src *")

    @pytest.mark.parametrize("path", ["/lezen", "/lezen/" + "0" * 64])
    def test_plain_pages_run_no_script_at_all(self, path):
        def page(_request):
            return HTMLResponse("<html lang='nl'><head></head><body><script>evil()</script></body></html>")

        app = Starlette(routes=[Route(path, page)], middleware=[Middleware(DutchPages)])
        answer = TestClient(app).get(path)
        rules = answer.headers["content-security-policy"].split("; ")
        assert "script-src 'none'" in rules
        assert "default-src 'none'" in rules
        assert answer.text.count("<script") == 1

    def test_both_configurations_are_equal(self):
        assert (ROOT / ".streamlit" / "config.toml").read_text() == CONFIG.read_text()
        options = dict(read_config())
        assert options["browser.gatherUsageStats"] is False
        assert options["client.showErrorDetails"] == "none"
        assert tomllib.loads(CONFIG.read_text())["theme"]["light"]["primaryColor"]


class TestLongQuotes:
    def test_a_long_quote_folds_after_a_sentence_and_loses_nothing(self):
        from beleidskennis.ui.markup import SHOWN_AT_LEAST, WORTH_FOLDING, cut_place, quote_html

        text = "De gemeente bouwt woningen in de stad. " * 40
        cut = cut_place(text)
        assert SHOWN_AT_LEAST <= cut < SHOWN_AT_LEAST + 60
        assert text[:cut].endswith(". ")
        assert cut_place(text, [(cut - 1, cut + 1)]) > cut
        assert cut_place(text[: SHOWN_AT_LEAST + WORTH_FOLDING]) == SHOWN_AT_LEAST + WORTH_FOLDING
        html = quote_html(text, [(3, 11), (cut + 3, cut + 11)])
        assert html.count("<mark>gemeente</mark>") == 2
        assert "met nog 1 gevonden woord<" in html
        assert len(re.sub("<summary>.*?</summary>|<[^>]+>", "", html)) == len(text)

    def test_a_long_word_without_an_end_is_cut_nowhere(self):
        from beleidskennis.ui.markup import cut_place

        assert cut_place("a" * 5000) == 5000
