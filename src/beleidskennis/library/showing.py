"""Documents as plain pages, for those whom the app does not serve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from beleidskennis.library.comparing import Comparing


class Showing(Comparing):
    """The part of `Library` that gives documents out as HTML."""

    def document_html(self, name: str, *, source: str | None = None, overview: str = "") -> str:
        """A document as one plain, accessible HTML page with its passages and recommendations.

        `source` is the address of its file (None: where the file lies on this computer), `overview` that of the list.

        Raises:
            QueryError: there is no such document.
        """
        from beleidskennis.advice import judged
        from beleidskennis.advice.items import by_key
        from beleidskennis.catalogue import links
        from beleidskennis.exports.readable import Readable, document_html

        document = self.document(name)
        path = Path(document.path)
        here = path.as_uri() if path.is_absolute() and path.is_file() else ""
        return document_html(
            Readable(
                document,
                self.pages(document.document_id),
                self.passages(document.document_id),
                judged(links.recommendations(self.catalogue, document.document_id), by_key(self.judgements())),
                self.taxonomy.name,
                here if source is None else source,
                overview,
            )
        )

    def overview_html(self, address: str = "") -> str:
        """The list of documents as a plain HTML page; the address of a document is `address` and its id."""
        from beleidskennis.exports.readable import overview_html

        return overview_html((one, f"{address}{one.document_id}") for one in self.documents())

    def export_html(self, folder: Path, names: Sequence[str] = ()) -> list[Path]:
        """Write documents (all of them without `names`) as HTML, and a list of them; the files are given, list first.

        Raises:
            QueryError: there is no such document.
        """
        from beleidskennis.exports.readable import file_names, overview_html

        documents = [self.document(name) for name in names] or self.documents()
        files = file_names(documents)
        folder.mkdir(parents=True, exist_ok=True)
        written = [folder / "index.html"]
        written[0].write_text(
            overview_html((one, files[one.document_id]) for one in documents), encoding="utf-8", newline="\n"
        )
        for document in documents:
            path = folder / files[document.document_id]
            html = self.document_html(document.document_id, overview="index.html")
            path.write_text(html, encoding="utf-8", newline="\n")
            written.append(path)
        return written
