"""Who may come in: the list, the sign-in page, the addresses of files, and the audit trail."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from beleidskennis.library import Library
from beleidskennis.settings import Settings
from beleidskennis.ui import access, session
from beleidskennis.ui.access import Door, address_of, allowed, door, name_of
from beleidskennis.ui.serving import app_parts

CLAIMS = {"email": "Jan.Jansen@Gemeente.nl", "email_verified": True, "sub": "1"}
SECRETS = {"auth": {"redirect_uri": "http://testserver/oauth2callback", "cookie_secret": "s" * 40}}


@pytest.fixture
def provider(monkeypatch):
    """A sign-in service in Streamlit's secrets."""
    monkeypatch.setattr("streamlit.auth_util.get_secrets_auth_section", lambda: SECRETS["auth"])
    monkeypatch.setattr("streamlit.web.server.server_util.get_cookie_secret", lambda: SECRETS["auth"]["cookie_secret"])


class TestList:
    @pytest.mark.parametrize("listed", ["jan.jansen@gemeente.nl", " JAN.JANSEN@GEMEENTE.NL ", "@gemeente.nl", "*"])
    def test_on_the_list(self, listed):
        assert allowed(CLAIMS, ["iemand@elders.nl", listed])

    @pytest.mark.parametrize(
        "listed", ["", "@", "gemeente.nl", "@emeente.nl", "@nl", "jan.jansen", "jansen@gemeente.nl", "@sub.gemeente.nl"]
    )
    def test_not_on_the_list(self, listed):
        assert not allowed(CLAIMS, [listed])

    @pytest.mark.parametrize("said", [False, "false", "False", "", "no", None, 0])
    def test_an_unverified_address_counts_for_nothing(self, said):
        assert not allowed(CLAIMS | {"email_verified": said}, ["@gemeente.nl"])

    @pytest.mark.parametrize("said", [True, "true", "True"])
    def test_a_verified_address_counts_however_it_is_said(self, said):
        assert allowed(CLAIMS | {"email_verified": said}, ["@gemeente.nl"])

    def test_a_name_with_another_domain_in_it_does_not_slip_through(self):
        assert not allowed({"email": "jan@gemeente.nl@elders.nl"}, ["@gemeente.nl"])
        assert not allowed({"email": "@gemeente.nl"}, ["@gemeente.nl"])

    def test_entra_without_a_mailbox(self):
        assert allowed({"preferred_username": "jan@gemeente.nl"}, ["jan@gemeente.nl"])
        assert address_of({"preferred_username": "x@y.nl", "email": "z@y.nl"}) == "z@y.nl"

    def test_who_has_no_address_is_named_by_subject(self):
        assert name_of({"sub": "abc"}) == "abc"

    @given(st.dictionaries(st.text(), st.text() | st.booleans()), st.lists(st.text()))
    def test_nobody_is_never_let_in(self, claims, listed):
        claims.pop("email", None)
        claims.pop("preferred_username", None)
        assert not allowed(claims, [one for one in listed if one.strip() != "*"])
        assert not allowed({}, [*listed, "*"])


class TestDoor:
    def test_without_any_setting_it_is_open(self):
        assert door(Settings(), {}) is Door.OPEN

    def test_a_list_without_a_sign_in_service_keeps_it_shut(self):
        assert door(Settings(allowed_users=("*",)), CLAIMS) is Door.NOT_SET_UP

    def test_a_sign_in_service_without_a_list_keeps_it_shut(self, provider):
        assert door(Settings(), CLAIMS) is Door.NOT_SET_UP

    def test_without_authlib_it_stays_shut(self, provider, monkeypatch):
        monkeypatch.setattr("streamlit.auth_util.is_authlib_installed", lambda: False)
        assert door(Settings(allowed_users=("*",)), CLAIMS) is Door.NOT_SET_UP

    def test_sign_in_then_the_list(self, provider):
        settings = Settings(allowed_users=("@gemeente.nl",))
        assert door(settings, {}) is Door.SIGN_IN
        assert door(settings, CLAIMS) is Door.OPEN
        assert door(settings, {"email": "x@elders.nl"}) is Door.NOT_ON_LIST


@pytest.fixture
def guarded(sample_library, provider):
    """The sample library behind a door."""
    settings = sample_library.settings.model_copy(update={"allowed_users": ("@gemeente.nl",)})
    with Library.open(settings, encoder=sample_library.encoder) as library:
        session.use_library(library)
        yield library
    session.use_library(None)


def shell_script():
    from beleidskennis.ui import shell

    shell.run()


def page_of(monkeypatch, claims):
    """The app as somebody with these claims sees it."""
    user = {"is_logged_in": bool(claims), **claims}
    monkeypatch.setattr("streamlit.user", SimpleNamespace(to_dict=lambda: dict(user)))
    app = AppTest.from_function(shell_script, default_timeout=60)
    app.query_params["q"] = "arbeidsmarkt"
    app.run()
    assert not app.exception
    return app


class TestPages:
    def test_who_is_not_signed_in_sees_a_button_and_nothing_else(self, guarded, monkeypatch):
        app = page_of(monkeypatch, {})
        assert [button.label for button in app.button] == ["Inloggen"]
        assert "<article" not in html_of(app)

    def test_who_is_not_on_the_list_reads_why(self, guarded, monkeypatch):
        app = page_of(monkeypatch, {"email": "x@elders.nl"})
        assert "x@elders.nl" in html_of(app)
        assert "geen toegang" in html_of(app)
        assert "<article" not in html_of(app)

    def test_who_is_on_the_list_gets_the_app(self, guarded, monkeypatch):
        assert "<article" in html_of(page_of(monkeypatch, CLAIMS))


class TestAuditTrail:
    def test_a_change_names_who_signed_in(self, guarded, monkeypatch):
        monkeypatch.setattr("streamlit.user", SimpleNamespace(to_dict=lambda: {"is_logged_in": True, **CLAIMS}))
        passage = guarded.search("woningen", k=1).hits[0].passage
        guarded.mark("woningen", passage.passage_id, useful=True)
        assert guarded.changes(1)[0][1:] == ("Jan.Jansen@Gemeente.nl", "treffer beoordeeld", passage.passage_id)


class TestFiles:
    def client(self, claims=None):
        testclient = pytest.importorskip("starlette.testclient")
        from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
        from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

        client = testclient.TestClient(Starlette(routes=app_parts()["routes"]))
        if claims is not None:
            value = create_signed_value(SECRETS["auth"]["cookie_secret"], USER_COOKIE_NAME, json.dumps(claims))
            client.cookies.set(USER_COOKIE_NAME, value.decode() if isinstance(value, bytes) else value)
        return client

    @pytest.mark.parametrize("claims", [None, {}, {"email": "jan@gemeente.nl"},
                                        {"is_logged_in": True, "email": "x@elders.nl"}])  # fmt: skip
    def test_not_without_signing_in(self, guarded, claims):
        document = guarded.documents()[0]
        client = self.client(claims)
        for address in (f"/bron/{document.document_id}", f"/lezen/{document.document_id}", "/lezen"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert document.title not in answer.text

    def test_a_forged_cookie_opens_nothing(self, guarded):
        client = self.client()
        client.cookies.set("_streamlit_user", json.dumps({"is_logged_in": True, **CLAIMS}).replace('"', "'"))
        assert client.get("/lezen").status_code == 403

    def test_whoever_is_on_the_list_gets_them(self, guarded):
        document = guarded.documents()[0]
        client = self.client({"is_logged_in": True, **CLAIMS})
        assert client.get(f"/bron/{document.document_id}").content.startswith(b"%PDF")
        assert document.title in client.get(f"/lezen/{document.document_id}").text
        assert client.get("/lezen").text.count("/lezen/") == 5
        assert client.get("/lezen/" + "0" * 64).status_code == 404

    def test_without_sign_in_they_are_there(self, sample_library):
        session.use_library(sample_library)
        assert self.client().get("/lezen").status_code == 200
        session.use_library(None)

    def test_a_mistake_shows_no_stack_trace(self, sample_library, monkeypatch):
        session.use_library(sample_library)
        monkeypatch.setattr(sample_library, "documents", lambda: 1 / 0)
        answer = self.client().get("/lezen")
        assert answer.status_code == 500
        assert "ZeroDivision" not in answer.text
        session.use_library(None)


def html_of(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def test_needed_only_when_asked_for(provider):
    assert access.needed(Settings())
