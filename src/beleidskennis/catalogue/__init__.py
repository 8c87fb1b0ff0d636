"""The catalogue: the one source of truth, a SQL database of documents, pages, passages, vectors and judgements.

Everything else in an index folder is derived from it and can be thrown away and made again without reading a PDF.
"""

from beleidskennis.catalogue.store import Catalogue, StoredDocument, now
from beleidskennis.catalogue.tables import SCHEMA_VERSION, State

__all__ = ["SCHEMA_VERSION", "Catalogue", "State", "StoredDocument", "now"]
