"""The tables of the catalogue. They hold for SQLite and PostgreSQL alike."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 1
"""Raised when a table changes shape; an older catalogue is refused with the way out (see `Catalogue.open`)."""


class State(StrEnum):
    """Where a document stands between being read and being searched.

    `PENDING` is read and stored but not yet in the search index, `ACTIVE` is in it, `RETIRED` is still in it but
    replaced or removed: it goes when the next index is in place. Searches of others go on undisturbed meanwhile.
    """

    PENDING = "pending"
    ACTIVE = "active"
    RETIRED = "retired"


IN_FORCE = (State.PENDING, State.ACTIVE)
"""The states of the documents that the next index will hold."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("date", String(10), nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("guessed", JSON, nullable=False),
    Column("identifiers", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("reader_version", Integer, nullable=False),
    Column("ingested_at", String(32), nullable=False),
    Index("documents_path", "path"),
)

pages = Table(
    "pages",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("page_number", Integer, primary_key=True),
    Column("page_label", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("raw_text", Text, nullable=False),
    Column("offsets", JSON, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("notes", JSON, nullable=False),
    Column("quality", Float, nullable=False),
    Column("ocr_confidence", Float),
)

passages = Table(
    "passages",
    metadata,
    Column("row_id", Integer, primary_key=True, autoincrement=True),
    Column("passage_id", String(16), nullable=False),
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("page_number", Integer, nullable=False),
    Column("page_label", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("intro", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("intro_spans", JSON, nullable=False),
    Column("sentences", JSON, nullable=False),
    Index("passages_document", "document_id", "position"),
    Index("passages_passage", "passage_id"),
    sqlite_autoincrement=True,  # a row's number is never given again: the index may still hold a removed one
)

vectors = Table(
    "vectors",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(200), primary_key=True),
    Column("dimension", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""One row per document and model: float16, `(passages in position order, dimension)`, C order."""

problems = Table(
    "problems",
    metadata,
    Column("path", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("at", String(32), nullable=False),
)
"""Files that could not be taken in at the last try; gone once a file is read."""

overrides = Table(
    "overrides",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("field", String(32), primary_key=True),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""What people corrected in a document's description; outlives a re-ingest, so no foreign key."""

periodicals = Table(
    "periodicals",
    metadata,
    Column("document_id", String(64), ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("journal", Text, nullable=False),
    Column("volume", Text, nullable=False),
    Column("issue", Text, nullable=False),
    Column("article_pages", Text, nullable=False),
)
"""In which journal an article stands, as it was read."""

sketches = Table(
    "sketches",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("shingles", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Of each document the smallest hashes of its shingles: uint64, ascending, little-endian."""

likenesses = Table(
    "likenesses",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("share", Float, nullable=False),
    Column("kinship", String(16), nullable=False),
)
"""Pairs of documents that share much of their text, the longer one first."""

families = Table(
    "families",
    metadata,
    Column("newest_id", String(64), primary_key=True),
    Column("members", JSON, nullable=False),
    Column("passages", JSON, nullable=False),
)
"""Versions of one document, the newest first; `passages` says where another one holds the text of a passage, as
`[member, position, other member, position]`. Derived from `likenesses` and the descriptions."""

copies = Table(
    "copies",
    metadata,
    Column("path", Text, primary_key=True),
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), nullable=False),
)
"""Files with the very content of a document that is there already, under another path."""

recommendations = Table(
    "recommendations",
    metadata,
    Column("recommendation_id", String(32), primary_key=True),
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Index("recommendations_document", "document_id", "position"),
)

passage_labels = Table(
    "passage_labels",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("data", JSON, nullable=False),
)
"""One row per document: for each passage, in position order, the labels linked to it."""

judgements = Table(
    "judgements",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("scheme", String(16), primary_key=True),
    Column("concept_id", String(64), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""A person's word on a link: `key` names the recommendation by its content, so it survives a re-ingest."""

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("status", String(32), nullable=False),
    Column("reaction", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

relevance = Table(
    "relevance",
    metadata,
    Column("question", Text, primary_key=True),
    Column("passage_id", String(16), primary_key=True),
    Column("document_id", String(64), nullable=False),
    Column("useful", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""Thumbs up (1) and down (0) on hits: the user's own question set."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
)
"""A line for each change: who, when, what was done to which thing. Never content."""
