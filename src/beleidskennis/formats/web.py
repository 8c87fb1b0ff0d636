"""HTML, with the parser of the standard library: nothing is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from beleidskennis.formats.blocks import Paragraph

_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "nav", "aside", "form", "button", "svg", "iframe", "object", "head",
     "select")
)  # fmt: skip
_VOID = frozenset(
    ("br", "img", "hr", "meta", "link", "input", "wbr", "area", "base", "col", "embed", "source", "track")
)
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "li", "blockquote", "pre", "dd", "dt", "figcaption", "caption",
     "address", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol", "dl", "body", "header", "footer", "hr",
     "details", "summary", "figure")
)  # fmt: skip
_DATES = ("dcterms.issued", "dcterms.date", "dc.date", "article:published_time", "date", "dcterms.modified")
_MAXIMUM_DEPTH = 2000


class _Reader(HTMLParser):
    """Collects paragraphs as they close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.metadata: dict[str, str] = {}
        self._open: list[str] = []
        self._skipping = 0
        self._text: list[str] = []
        self._title: list[str] | None = None
        self._cells = 0
        self._joined = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        if tag == "html" and values.get("lang"):
            self.metadata.setdefault("language", values["lang"][:2].lower())
        if tag == "meta":
            self._meta(values)
        if tag == "title" and "svg" not in self._open:
            self._title = []
        if tag in _BLOCKS:
            self._close_paragraph()
        if tag == "br":
            self._text.append(" ")
        if tag in ("td", "th"):
            self._text.append("    " if self._cells else "")
            self._cells += 1
        if tag not in _VOID and len(self._open) < _MAXIMUM_DEPTH:
            self._open.append(tag)
            self._skipping += tag in _SKIPPED

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those left open inside it."""
        if tag == "title" and self._title is not None:
            self.metadata.setdefault("title", " ".join("".join(self._title).split()))
            self._title = None
        if tag in _BLOCKS:
            self._close_paragraph()
        if tag in self._open:
            while self._open:
                closed = self._open.pop()
                self._skipping -= closed in _SKIPPED
                if closed == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self._title is not None:
            self._title.append(data)
        elif not self._skipping:
            self._text.append(data if "pre" in self._open else re.sub(r"\s+", " ", data))

    def close(self) -> None:
        """End of the file."""
        super().close()
        self._close_paragraph()

    def _meta(self, values: dict[str, str]) -> None:
        name = (values.get("name") or values.get("property") or "").lower()
        content = values.get("content", "").strip()
        if name in ("author", "dcterms.creator", "dc.creator", "dcterms.publisher") and content:
            self.metadata.setdefault("author", content[:500])
        if name in _DATES and re.match(r"\d{4}-\d{2}-\d{2}", content):
            self.metadata.setdefault("created", content[:10])

    def _close_paragraph(self) -> None:
        joined = "".join(self._text)
        row = self._cells > 0
        text = joined.strip() if row else " ".join(joined.split())
        self._text, self._cells = [], 0
        if not text:
            return
        inner = next((tag for tag in reversed(self._open) if tag in _BLOCKS), "")
        level = int(inner[1]) if re.fullmatch("h[1-6]", inner) else 0
        item = inner == "li"
        self.paragraphs.append(
            Paragraph((f"• {text}" if item else text,), level, joined=(item or row) and self._joined)
        )
        self._joined = item or row


def read_html(text: str) -> tuple[list[Paragraph], dict[str, str]]:
    """The paragraphs and the metadata (title, author, created, language) of a web page.

    Navigation, scripts, forms and asides are left out.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.paragraphs, reader.metadata


def declared_encoding(data: bytes) -> str:
    """The encoding that the page says it has, or ""."""
    match = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    return match[1].decode("ascii") if match else ""
