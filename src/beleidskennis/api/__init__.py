"""The API: a thin layer over `Library`, after the NLGov REST API Design Rules.

`create_app(settings)` gives a FastAPI application; `beleidskennis api` serves it on this machine only unless told
otherwise. It reads; what changes the index goes through the command line or the app.
"""

from beleidskennis.api.application import create_app

__all__ = ["create_app"]
