"""Signing in over OpenID Connect, from the app to a sign-in service and back, in a real browser."""

import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

pytest.importorskip("authlib", reason="Authlib is not installed")


class SignInService:
    """As little of an OpenID provider as the app needs: everybody is let in at once, as `address`."""

    def __init__(self):
        from joserfc.jwk import RSAKey

        self.key = RSAKey.generate_key(2048, parameters={"kid": "1", "alg": "RS256", "use": "sig"})
        self.address = ""
        self.nonces = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.answer_get(self)

            def do_POST(self):
                service.answer_token(self)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer_get(self, handler):
        path, query = urlsplit(handler.path).path, parse_qs(urlsplit(handler.path).query)
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "keys"}
            send(handler, {"issuer": self.url, **{name: f"{self.url}/{end}" for name, end in names.items()}})
        elif path == "/keys":
            send(handler, {"keys": [self.key.as_dict(private=False)]})
        elif path == "/auth":
            self.nonces["code"] = query.get("nonce", [""])[0]
            back = f"{query['redirect_uri'][0]}?{urlencode({'code': 'code', 'state': query['state'][0]})}"
            handler.send_response(302)
            handler.send_header("location", back)
            handler.end_headers()
        else:
            handler.send_error(404)

    def answer_token(self, handler):
        from joserfc import jwt

        handler.rfile.read(int(handler.headers["content-length"]))
        now = int(time.time())
        claims = {"iss": self.url, "aud": "beleidskennis", "sub": "1", "iat": now, "exp": now + 300}
        claims |= {"email": self.address, "email_verified": True, "nonce": self.nonces["code"]}
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        send(handler, {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token})


def send(handler, value):
    body = json.dumps(value).encode()
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def service():
    found = SignInService()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def guarded_app(serve, sample_library, service, tmp_path):
    """The app behind a door, and its address."""

    def secrets(url):
        (tmp_path / ".streamlit").mkdir()
        text = "\n".join([
            "[auth]",
            f'redirect_uri = "{url}/oauth2callback"',
            f'cookie_secret = "{os.urandom(24).hex()}"',
            'client_id = "beleidskennis"',
            'client_secret = "geheim"',
            f'server_metadata_url = "{service.url}/.well-known/openid-configuration"',
        ])  # fmt: skip
        (tmp_path / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")

    settings = {"BELEIDSKENNIS_ALLOWED_USERS": '["@vlietmonde.example"]'}
    with serve(sample_library.settings.index, sample_library.settings.corpus, folder=tmp_path, before=secrets,
               settings=settings) as url:  # fmt: skip
        yield url


def test_in_by_the_list_out_by_the_button_and_nobody_else(visit, guarded_app, service, page, sample_library, settled):
    document = sample_library.documents()[0]
    visit(f"{guarded_app}/?q=arbeidsmarkt")
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    assert page.get_by_role("article").count() == 0
    assert page.request.get(f"{guarded_app}/bron/{document.document_id}").status == 403

    service.address = "iemand@elders.example"
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("heeft geen toegang")).to_be_visible()
    assert page.request.get(f"{guarded_app}/bron/{document.document_id}").status == 403
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()

    service.address = "ans@vlietmonde.example"
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    assert page.request.get(f"{guarded_app}/bron/{document.document_id}").status == 200
    assert page.request.get(f"{guarded_app}/lezen/{document.document_id}").status == 200
    visit(f"{guarded_app}/over")
    expect(page.get_by_text("Ingelogd als ans@vlietmonde.example")).to_be_visible()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
