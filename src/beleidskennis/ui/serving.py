"""What the web server does beside Streamlit: the source files, the language of the page, and what a browser may do.

- `/bron/<document id>` gives the file of a document in the index, and no other file. PDFs open in the browser, at
  `#page=N`; every other kind is only offered as a download, since an HTML file could hold a script.
- The page that Streamlit serves says `lang="en"`; screen readers would read Dutch with English sounds. It is mended
  on the way out (https://github.com/streamlit/streamlit/issues/15726).
- `/lezen` and `/lezen/<document id>` give the same documents as plain HTML.
- All of these only to who may come in (`access`).
- A content security policy: no script that is not Streamlit's own (on `/lezen` none at all), and nothing from or to
  any other machine.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from beleidskennis.errors import BeleidskennisError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Endpoint = Callable[[Request], Response]

SOURCE_ROUTE = "/bron"
READING_ROUTE = "/lezen"
BROWSER_COOKIE = "beleidskennis"
"""Tells one browser from another until it is closed, so that the basket survives loading a page anew; nothing else."""
WORDS_ROUTE = "/nederlands.js"
WORDS = Path(__file__).parent / "dutch.js"
TITLE = "Beleidskennis"
_NO_PAGES = ("/static/", "/_stcore/", "/media/", "/component/")
"""Beginnings of the addresses of Streamlit's own parts; these may come packed."""
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]+")
PLAIN_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
"""For the plain pages of documents: words with style, and nothing that runs."""
log = logging.getLogger(__name__)


def app_parts() -> dict[str, Any]:
    """The arguments of `streamlit.App` beside the script."""
    from starlette.middleware import Middleware
    from starlette.routing import Route

    return {
        "routes": [
            Route(SOURCE_ROUTE + "/{document_id}", _guarded(send_source)),
            Route(READING_ROUTE, _guarded(send_overview)),
            Route(READING_ROUTE + "/{document_id}", _guarded(send_readable)),
            Route(WORDS_ROUTE, send_words),
            Route("/zoeken", to_start),
        ],
        "middleware": [Middleware(DutchPages)],
        "on_script_error": say_sorry,
    }


def say_sorry(error: Exception) -> bool:
    """Keep a stack trace for the log, and give the user a way on. True: Streamlit shows nothing of its own."""
    from beleidskennis.ui.parts.errors import show_error

    log.error("Onverwachte fout in de app", exc_info=error)
    show_error(error)
    return True


def source_url(document_id: str, page_number: int | None = None) -> str:
    """Where the file of a document is served, opened at a page (physical, from 1)."""
    return f"{SOURCE_ROUTE}/{document_id}" + (f"#page={page_number}" if page_number else "")


def reading_url(document_id: str) -> str:
    """Where a document is served as plain HTML."""
    return f"{READING_ROUTE}/{document_id}"


def _guarded(endpoint: Endpoint) -> Endpoint:
    """`endpoint` for who may come in; others are sent to the app, which says what to do."""

    def guarded(request: Request) -> Response:
        from starlette.responses import PlainTextResponse

        from beleidskennis.ui import access, session

        try:
            found = access.door(session.settings(), access.user_of_request(request))
        except BeleidskennisError as error:
            return PlainTextResponse(str(error), 500)
        if found is not access.Door.OPEN:
            return PlainTextResponse("U hebt geen toegang. Log eerst in op de app.", 403)
        try:
            return endpoint(request)
        except Exception:  # no stack trace, ever
            log.exception("Onverwachte fout bij %s", request.url.path)
            return PlainTextResponse("Er is iets misgegaan. Probeer het opnieuw.", 500)

    return guarded


def send_words(_request: Request) -> Response:
    """The script that puts Streamlit's own English words in Dutch."""
    from starlette.responses import FileResponse

    return FileResponse(WORDS, media_type="text/javascript", headers={"cache-control": "no-cache"})


def send_overview(_request: Request) -> Response:
    """The documents as a plain list."""
    from starlette.responses import HTMLResponse

    from beleidskennis.ui import session

    return HTMLResponse(session.library().overview_html(READING_ROUTE + "/"))


def send_readable(request: Request) -> Response:
    """A document as plain HTML."""
    from starlette.responses import HTMLResponse, PlainTextResponse

    from beleidskennis.ui import session

    try:
        library = session.library()
        document = library.document(request.path_params["document_id"])
        page = library.document_html(
            document.document_id, source=source_url(document.document_id), overview=READING_ROUTE
        )
    except BeleidskennisError as error:
        return PlainTextResponse(str(error), 404)
    return HTMLResponse(page, headers={"cache-control": "private, no-cache"})


def send_source(request: Request) -> Response:
    """The file of a document in the index."""
    from starlette.responses import FileResponse, PlainTextResponse

    from beleidskennis.ui import session

    document_id = request.path_params["document_id"]
    if not re.fullmatch(r"[0-9a-f]{64}", document_id):
        return PlainTextResponse("Dit document bestaat niet.", 404)
    try:
        library = session.library()
        document = library.document(document_id)
        path = library.source_path(document_id)
    except BeleidskennisError as error:
        return PlainTextResponse(str(error), 404)
    is_pdf = path.suffix.lower() == ".pdf"
    disposition = "inline" if is_pdf and "download" not in request.query_params else "attachment"
    return FileResponse(
        path,
        media_type="application/pdf" if is_pdf else "application/octet-stream",
        headers={
            "content-disposition": f"{disposition}; filename*=utf-8''{quote(document.file_name)}",
            "x-content-type-options": "nosniff",
            "cache-control": "private, no-cache",
        },
    )


def to_start(request: Request) -> Response:
    """The first page has no address of its own in Streamlit; who types `/zoeken` gets it all the same."""
    from starlette.responses import RedirectResponse

    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", 302)


class DutchPages:
    """ASGI middleware: HTML pages say that they are Dutch, and tell the browser what they may do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite what is HTML."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if not scope["path"].startswith(_NO_PAGES):
            # What may be a page comes unpacked, so that it can be read here.
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = dict(scope) | {"headers": kept}
        await self.app(scope, receive, _Rewriter(send, headers, scope["path"]))


class _Rewriter:
    """Holds back an HTML response until it is whole, and sends it on changed."""

    def __init__(self, send: Send, asked: dict[bytes, bytes], path: str = "") -> None:
        self.send = send
        self.host = asked.get(b"host", b"").decode("latin-1")
        self.known = f"{BROWSER_COOKIE}=".encode() in asked.get(b"cookie", b"")
        self.plain = path == READING_ROUTE or path.startswith(READING_ROUTE + "/")
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            if headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers:
                self.start = message
                return
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self.start)
            return
        await self.send(message)

    async def _send_page(self, start: Message) -> None:
        page = self.body.decode("utf-8") if self.plain else dutch(self.body.decode("utf-8"))
        body = page.encode("utf-8")
        dropped = (b"content-length", b"etag", b"last-modified")
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in dropped]
        headers += [
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", (PLAIN_POLICY if self.plain else policy(page, self.host)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]
        if not self.known:
            cookie = f"{BROWSER_COOKIE}={secrets.token_urlsafe(16)}; Path=/; HttpOnly; SameSite=Strict"
            headers.append((b"set-cookie", cookie.encode()))
        await self.send(dict(start) | {"headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def dutch(page: str) -> str:
    """Streamlit's page with its language and title set right, and the script that puts its words in Dutch."""
    page = page.replace('<html lang="en">', '<html lang="nl">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>", 1)
    if '<div id="root">' in page:
        page = page.replace("</head>", f'<script src="{WORDS_ROUTE}"></script></head>', 1)
    return page


@cache
def _own_scripts() -> frozenset[str]:
    """The inline scripts of the page that the installed Streamlit serves."""
    import streamlit

    index = Path(streamlit.__file__).parent / "static" / "index.html"
    return frozenset(_INLINE_SCRIPT.findall(index.read_text(encoding="utf-8")))


def policy(page: str, host: str) -> str:
    """The content security policy for `page`, served to a browser that asked `host` for it.

    The inline scripts of Streamlit's own page are allowed by their hash; those of any other page are not. Evaluating
    is allowed because the charts (Vega) compile their expressions.
    """
    inline = [
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
        for script in _INLINE_SCRIPT.findall(page)
        if script in _own_scripts()
    ]
    socket = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self' 'unsafe-eval'", *inline]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{socket}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )
