"""`Library`: everything that the command line, the API and the app do, behind one class.

    >>> with Library.open(load_settings()) as library:            # doctest: +SKIP
    ...     library.ingest([Path("corpus")])
    ...     library.search("hoe houden we technisch personeel vast").hits[0].passage.page_label
    ...     library.ask("Hoeveel leerwerkplekken zijn er nodig?").text

Only this package and the interfaces read the settings; the layers below get plain values.
"""

from beleidskennis.catalogue.overview import ReadingFigures
from beleidskennis.library.answering import Answering
from beleidskennis.library.documents import PageImage, Status
from beleidskennis.library.showing import Showing
from beleidskennis.library.versioning import Versioning

__all__ = ["Library", "PageImage", "ReadingFigures", "Status"]


class Library(Showing, Answering, Versioning):
    """A knowledge base: a catalogue with an index over it. Open it with `Library.open`.

    `Base` holds what is open, `Documents` looks documents up, `TakingIn` adds and corrects them, `Searching` finds
    passages, `Answering` answers questions and checks drafts, `Linking` keeps the taxonomy, `Advising` finds
    recommendations, `Comparing` holds them side by side, `Versioning` knows which documents are versions of each other,
    and `Showing` gives documents out as plain pages.
    """
