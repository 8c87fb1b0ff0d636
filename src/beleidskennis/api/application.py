"""The FastAPI application: routes under /v1 in Dutch, problems as RFC 9457, a version header on every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from beleidskennis import __version__
from beleidskennis.errors import BeleidskennisError, MissingExtraError, QueryError

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

    from beleidskennis.settings import Settings

SECURITY_HEADERS = {
    # Those that the design rules ask of every API.
    "API-Version": __version__,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def create_app(settings: Settings) -> FastAPI:
    """The API over the index that the settings name, opened when the server starts.

    Raises:
        MissingExtraError: FastAPI is not installed.
    """
    try:
        from fastapi import FastAPI
    except ImportError as error:
        message = "Voor de API is het onderdeel 'api' nodig."
        raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[api]'") from error
    from beleidskennis.api.routes import router
    from beleidskennis.library import Library

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Library.open(settings) as library:
            app.state.library = library
            yield

    app = FastAPI(
        title="beleidskennis",
        version=__version__,
        description="Zoek, vergelijk, vraag en citeer in beleidsadviezen, met document en bladzijde.",
        openapi_url="/v1/openapi.json",
        docs_url=None,  # the interactive page loads scripts from elsewhere; this program stays on the machine
        redoc_url=None,
        lifespan=lifespan,
        servers=[{"url": "/", "description": "deze computer"}],
    )
    app.include_router(router, prefix="/v1")
    app.middleware("http")(_add_headers)
    app.add_exception_handler(BeleidskennisError, _problem)
    _describe_validation(app)
    return app


async def _add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    response.headers.update(SECURITY_HEADERS)
    return response


def _status_of(error: BeleidskennisError) -> int:
    return 400 if isinstance(error, QueryError) else 503


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, BeleidskennisError)
    return problem_response(_status_of(error), error.message, error.hint)


def problem_response(status: int, title: str, detail: str) -> Response:
    """An answer of the type application/problem+json."""
    from fastapi.responses import JSONResponse

    content = {"type": "about:blank", "status": status, "title": title, "detail": detail}
    return JSONResponse(content, status, media_type="application/problem+json")


def _describe_validation(app: FastAPI) -> None:
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        places = ", ".join(str(one["loc"][-1]) for one in error.errors())
        return problem_response(400, "De vraag aan de API klopt niet.", f"Controleer: {places}.")

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return problem_response(error.status_code, "Niet gevonden." if error.status_code == 404 else "Geweigerd.", "")

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused)
