"""What is known of the documents: their descriptions, pages, passages and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidskennis.catalogue import journal, kin, overview
from beleidskennis.catalogue.overview import ReadingFigures
from beleidskennis.errors import QueryError, UnreadableFileError
from beleidskennis.library.base import Base
from beleidskennis.model import Document, Page, Passage, Related, Span, slice_spans
from beleidskennis.pdf import view_page
from beleidskennis.sources import sha256_of


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the index."""

    documents: int
    pages: int
    passages: int
    pages_without_text: int
    model: str
    index: str
    problems: tuple[tuple[str, str, str], ...] = ()
    """`(path, message, kind)` of the files that could not be taken in."""
    related: tuple[Related, ...] = ()
    """Documents that share much of their text: versions of each other, or a part of the other."""
    copies: tuple[tuple[str, str], ...] = ()
    """`(path, file name of the document)` of the files with the very content of a document that is there already."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture. `located` is False where the words could not be found on it with certainty."""

    png: bytes
    located: bool


class Documents(Base):
    """The part of `Library` that looks documents up."""

    def documents(self) -> list[Document]:
        """All documents, by file name."""
        return list(self._per_version("documents", self.catalogue.documents))

    def reading_figures(self) -> Mapping[str, ReadingFigures]:
        """How well the pages of each document could be read, by document id."""
        return self._per_version("reading", lambda: overview.reading_figures(self.catalogue))

    def document(self, name: str) -> Document:
        """The document with this id, start of an id (8 characters or more) or file name.

        Raises:
            QueryError: there is none, or there are several of that name; says how to name each.
        """
        documents = self.documents()
        found = [one for one in documents if name == one.document_id] or [
            one for one in documents if name == one.file_name or (len(name) >= 8 and one.document_id.startswith(name))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"Er zijn {len(found)} documenten met de naam '{name}'."
            each = "; ".join(f"{one.document_id[:12]} ({one.title}, {one.date[:4] or 'zonder jaar'})" for one in found)
            raise QueryError(message, f"Noem het kenmerk van het document dat u bedoelt: {each}.")
        message = f"Er is geen document '{name}' in de index."
        raise QueryError(message, "Bekijk de documenten met: beleidskennis documents")

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document."""
        return self.catalogue.pages(document_id)

    def passages(self, document_id: str | None = None) -> list[Passage]:
        """All passages of a document, or of all documents, in reading order."""
        ids = [document_id] if document_id else [document.document_id for document in self.documents()]
        return [passage for one in ids for passage in self.catalogue.passages(one)]

    def text_of(self, spans: Sequence[Span]) -> str:
        """The text of spans of one document, cut from its stored pages."""
        pages = {page.page_number: page.text for page in self.pages(spans[0].document_id)} if spans else {}
        return slice_spans(spans, pages)

    def page_image(
        self, document_id: str, page_number: int, spans: Sequence[Span] = (), *, width_px: int = 900
    ) -> PageImage:
        """A page (physical, from 1) as PNG, with the part of `spans` on it highlighted if it is found with certainty.

        Raises:
            SourceError: the file is gone or changed.
        """
        path = self.source_path(document_id)
        page = self.catalogue.page(document_id, page_number)
        on_page = [span for span in spans if span.page_number == page_number]
        text = before = after = ""
        if page and on_page:
            text = slice_spans(on_page, {page_number: page.text})
            # What stands around it tells the right one of two equal lines.
            before, after = page.text[: on_page[0].start], page.text[on_page[-1].end :]
        png, boxes = view_page(
            path, page_number, text, before=before, after=after, width_px=width_px, passwords=self.settings.passwords
        )
        return PageImage(png, bool(boxes))

    def source_path(self, document_id: str) -> Path:
        """Where the file of a document lies, its content being the one that was read.

        Raises:
            UnreadableFileError: it is not there any more, or it was changed since: it cannot be shown as what is cited.
        """
        document = self.document(document_id)
        document_id = document.document_id
        path = Path(document.path)
        if not path.is_file():
            message = f"Het bestand '{document.file_name}' is er niet meer."
            hint = "Zet het terug, of lees de map opnieuw in."
            raise UnreadableFileError(message, hint, file_name=document.file_name)
        if self._content_of(path) != document_id:
            message = f"Het bestand '{document.file_name}' is veranderd sinds het is ingelezen."
            hint = "Lees de map opnieuw in; daarna horen bladzijden en citaten weer bij dit bestand."
            raise UnreadableFileError(message, hint, file_name=document.file_name)
        return path

    def _content_of(self, path: Path) -> str:
        """The SHA-256 of a file: worked out again only when its size or time changed."""
        found = path.stat()
        stamp = (found.st_size, found.st_mtime_ns)
        if self._seen.get(path, ((0, 0), ""))[0] != stamp:
            self._seen[path] = (stamp, sha256_of(path))
        return self._seen[path][1]

    def status(self) -> Status:
        """What is in the index, which files could not be taken in, and which documents share their text."""
        from beleidskennis.versions import related

        names = {document.document_id: document.file_name for document in self.documents()}
        return Status(
            **self._per_version("counts", self.catalogue.counts),
            model=self.encoder.name,
            index=str(self.settings.index),
            problems=tuple(journal.problems(self.catalogue)),
            related=tuple(related(self.catalogue, kin.likenesses(self.catalogue))),
            copies=tuple((path, names[one]) for path, one in kin.copies(self.catalogue)),
        )
