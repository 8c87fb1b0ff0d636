"""Versions of documents: which documents share text, which is the newest, and which files are copies."""

from __future__ import annotations

from collections.abc import Mapping

from beleidskennis.catalogue import kin
from beleidskennis.library.documents import Documents
from beleidskennis.model import Document, Related
from beleidskennis.versions import related


class Versioning(Documents):
    """The part of `Library` about versions."""

    def related(self, document_id: str | None = None) -> list[Related]:
        """The documents that share text, the most alike first; with `document_id` only those that share its text."""
        return related(self.catalogue, kin.likenesses(self.catalogue, document_id))

    def newest(self) -> Mapping[str, str]:
        """The id of each older version -> the id of the newest one."""
        return {older: family.members[0] for family in kin.families(self.catalogue) for older in family.members[1:]}

    def copies(self, document_id: str | None = None) -> list[tuple[str, Document]]:
        """`(path, document)`: the files that hold the very content of a document, under another path."""
        found = kin.copies(self.catalogue)
        documents = {document.document_id: document for document in self.documents()} if found else {}
        return [(path, documents[one]) for path, one in found if one in documents and document_id in (None, one)]
