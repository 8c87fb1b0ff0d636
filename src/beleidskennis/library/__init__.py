"""`Library`: everything that the command line, the API and the app do, behind one class.

    >>> with Library.open(load_settings()) as library:            # doctest: +SKIP
    ...     library.ingest([Path("corpus")])
    ...     library.search("hoe houden we technisch personeel vast").hits[0].passage.page_label
    ...     library.ask("Hoeveel leerwerkplekken zijn er nodig?").text

Only this package and the interfaces read the settings; the layers below get plain values.
"""

from beleidskennis.catalogue.overview import ReadingFigures
from beleidskennis.library.answering import Answering
from beleidskennis.library.base import PageImage, Status
from beleidskennis.library.showing import Showing
from beleidskennis.library.versioning import Versioning

__all__ = ["Library", "PageImage", "ReadingFigures", "Status"]


class Library(Showing, Answering, Versioning):
    """A knowledge base: a catalogue with an index over it. Open it with `Library.open`.

    `Base` takes in and searches, `Versioning` knows which documents are versions of each other, `Advising` finds and
    compares recommendations, `Answering` answers questions and checks drafts, `Showing` gives documents out as plain
    pages.
    """
