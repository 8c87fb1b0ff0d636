"""Raw pages from lines of text, for the tests of cleaning and passages.

A line is a string; blank strings leave white. "# " marks bold large type, "~ " small type, "^ " the head of the page
and "_ " its foot.
"""

from beleidskennis.cleaning import clean_document
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.pdf import Line, RawDocument, RawPage

SIZES = {"# ": 12.0, "~ ": 7.0, "^ ": 7.0, "_ ": 7.0}


def raw_page(lines, number=1, label=""):
    made, start, y = [], 0, 780.0
    for given in lines:
        mark = given[:2] if given[:2] in SIZES else ""
        text = given[len(mark) :]
        place = {"^ ": 812.0, "_ ": 25.0}.get(mark, y)
        if mark not in ("^ ", "_ "):
            y -= 12.0
        if not text.strip():
            continue
        size = SIZES.get(mark, 10.0)
        made.append(Line(text, start, 55.0, place, size, mark == "# ", len(text) * size * 0.5))
        start += len(text) + 1
    return RawPage(number, label, "\n".join(line.text for line in made), tuple(made), 595.0, 842.0)


def raw_document(*pages):
    return RawDocument(tuple(raw_page(lines, number) for number, lines in enumerate(pages, start=1)))


def clean(*pages):
    return clean_document("a" * 64, raw_document(*pages), is_word=is_known)


def text_of(*pages):
    return clean(*pages)[0].page.text


def kinds_of(page):
    return [(block.kind, page.page.text[block.start : block.end]) for block in page.blocks]


FILLER = "De gemeente werkt samen met bedrijven en scholen aan een sterke economie voor iedereen."
