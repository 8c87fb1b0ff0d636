"""The taxonomy that links recommendations and passages: checked, applied, exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beleidskennis import index
from beleidskennis.errors import TaxonomyError
from beleidskennis.library.base import TAXONOMY, Base

if TYPE_CHECKING:
    from beleidskennis.taxonomy import Problem


class Linking(Base):
    """The part of `Library` about the taxonomy."""

    def check_taxonomy(self, path: Path) -> list[Problem]:
        """What is wrong with a taxonomy file, in Dutch, with line numbers; empty if nothing is."""
        from beleidskennis.taxonomy import check

        return list(check(path))

    def apply_taxonomy(self, path: Path | None = None) -> int:
        """Keep the taxonomy in a file (Turtle, or a table as .csv) and link everything anew with it.

        Without a file: link anew with the one in force. No PDF is read again, and people's judgements stay. The number
        of documents that were linked is returned.

        Raises:
            TaxonomyError: the file does not hold together; says where.
        """
        from beleidskennis.taxonomy import check
        from beleidskennis.taxonomy.store import read_source

        if path is None:
            return self._link_anew(self.catalogue.get_meta(TAXONOMY))
        wrong = next((problem for problem in check(path) if problem.is_error), None)
        if wrong is not None:
            raise TaxonomyError(str(wrong), f"Bekijk alles met: beleidskennis taxonomy check {path}")
        return self._link_anew(read_source(path))

    def reset_taxonomy(self) -> int:
        """Forget a taxonomy that was applied and link everything anew with the one that comes with the package."""
        return self._link_anew(None)

    def _link_anew(self, source: str | None) -> int:
        from beleidskennis import deriving
        from beleidskennis.linking import relink

        with index.writing(self.settings.index):
            # Kept first: if this is killed, the next run links what is left with the same taxonomy.
            self.catalogue.set_meta(TAXONOMY, source or "")
            self._taxonomy = None
            done = relink(self.catalogue, self.taxonomy, self.encoder)
            deriving.derive(self.catalogue, self.settings.index, self.encoder.name)
        self.forget_made()
        return done

    def taxonomy_source(self) -> str:
        """The taxonomy in force as Turtle, to be edited and applied."""
        from beleidskennis.taxonomy.loading import DEFAULT
        from beleidskennis.taxonomy.store import read_source

        if self.settings.taxonomy is None and (kept := self.catalogue.get_meta(TAXONOMY)):
            return kept
        return read_source(self.settings.taxonomy or DEFAULT)
