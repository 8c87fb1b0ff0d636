"""Kwaliteit: how well the documents could be read, and what the search makes of a question set of one's own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from beleidskennis.evaluation import ALL, MEASURES, Evaluation, Found, Question, evaluate, read_questions
from beleidskennis.library import Library, ReadingFigures
from beleidskennis.model import Document
from beleidskennis.ui import session
from beleidskennis.ui.markup import status
from beleidskennis.ui.parts.charts import table_html
from beleidskennis.ui.parts.errors import errors_shown
from beleidskennis.ui.parts.first_run import show_first_run
from beleidskennis.ui.parts.paging import show_paging, shown_rows

TITLE = "Kwaliteit"
AT_ONCE = 25
"""Documents on one screen of the table."""
DEPTH = 20
"""Hits taken for each question; the measures look at the first ten."""
NAMES = {
    "nDCG@10": "Volgorde van de eerste tien (nDCG@10)",
    "RR@10": "Plaats van de eerste goede (RR@10)",
    "Success@1": "Eerste treffer is goed",
    "Success@5": "Goede treffer bij de eerste vijf",
    "R@10": "Deel van de vindplaatsen bij de eerste tien",
}
MEASURING = """
<p>Weet u van een aantal vragen waar het antwoord staat? Dan kunt u meten hoe vaak de app die plaats vindt.</p>
"""
FORMAT = """
<p>Elke regel van het bestand is een vraag met de plaats van het antwoord, als JSON:</p>
<pre class='bk-example'>{"id": "1", "question": "Hoeveel woningen komen er?", "kind": "feit",
 "evidence": [{"document": "advies.pdf", "quote": "letterlijke zin uit het document", "pages": [7]}]}</pre>
"""


def show() -> None:
    """Draw the page."""
    session.come_back("kwaliteit", ["vanaf"])
    st.title("Kwaliteit", anchor=False)
    with errors_shown():
        library = session.library()
        if not library.documents():
            show_first_run(library)
            return
        _show_reading(library)
        _show_measuring(library)


def _show_reading(library: Library) -> None:
    """What reading made of each document, those to look at first."""
    figures = library.reading_figures()
    documents = sorted(library.documents(), key=lambda one: _to_look_at(one, figures.get(one.document_id)))
    start, shown = shown_rows(len(documents), AT_ONCE)
    rows = []
    for document in documents[start : start + AT_ONCE]:
        of = figures.get(document.document_id, ReadingFigures(0, 0, None))
        known = f"{of.quality:.0%}" if of.quality is not None else "-"
        guessed = str(len(document.guessed)) if document.guessed else "geen"
        counts = [str(of.pages), str(of.without_text), known, guessed, str(len(document.problems))]
        rows.append([document.title, *counts])
    heads = ["Document", "Bladzijden", "Zonder tekst", "Bekende woorden", "Geraden gegevens", "Opmerkingen"]
    st.html("<h2 class='bk-h3'>Hoe goed de documenten zijn gelezen</h2>")
    st.html(table_html(f"Lezen, per document{shown}", heads, rows, numbers=(1, 2, 3, 4, 5)))
    show_paging(len(documents), AT_ONCE)
    st.caption("Bekende woorden: het gemiddelde deel van de woorden op een bladzijde dat Nederlands of Engels is. "
               "Een laag getal wijst op een slechte tekstlaag.")  # fmt: skip


def _to_look_at(document: Document, figures: ReadingFigures | None) -> tuple[bool, float, str]:
    """For sorting: what was read badly, or has remarks, comes first."""
    fine = figures is not None and not figures.without_text and not document.problems
    return fine, figures.quality or 0.0 if figures else 0.0, document.title


def _show_measuring(library: Library) -> None:
    """Measure the search on the visitor's own questions."""
    st.html(f"<h2 class='bk-h3'>Meet het zoeken met eigen vragen</h2>{MEASURING}")
    own = library.own_questions()
    if own:
        count = f"{len(own)} {'vraag' if len(own) == 1 else 'vragen'}"
        st.html(f"<p>Bij Zoeken is bij {count} een treffer als nuttig beoordeeld.</p>")
        if st.button(f"Meet met {'deze vraag' if len(own) == 1 else 'deze vragen'}", key="measure-own"):
            _measure(library, own)
    with st.expander("Hoe een vragenlijst eruitziet"):
        st.html(FORMAT)
    file = st.file_uploader("Vragenlijst (.jsonl)", type=["jsonl"], key="questions", max_upload_size=5)
    if file is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vragen.jsonl"
        path.write_bytes(file.getvalue())
        questions = read_questions(path)
    if not questions:
        st.html("<p>In dit bestand staan geen vragen met een vindplaats.</p>")
        return
    _measure(library, questions)


def _measure(library: Library, questions: Sequence[Question]) -> None:
    """Ask all questions and show how good the hits were."""

    def search(text: str) -> list[Found]:
        hits = library.search(text, k=DEPTH).hits
        return [Found(hit.document.file_name, hit.passage.page_number, hit.passage.text) for hit in hits]

    with st.spinner(f"{len(questions)} vragen worden gesteld"):
        measured = evaluate(questions, search)
    st.html(status(f"{len(questions)} {'vraag' if len(questions) == 1 else 'vragen'} gemeten"))
    st.html(table_html("Zoeken, met 95%-interval", ["Maat", *measured.slices()], _rows(measured)))


def _rows(measured: Evaluation) -> list[list[str]]:
    rows = []
    for name in MEASURES:
        figures = [measured.figure(name, kind) for kind in measured.slices()]
        rows.append([NAMES.get(name, name), *(f"{one.mean:.2f} ({one.low:.2f}-{one.high:.2f})" for one in figures)])
    rows.append(["Aantal vragen", *(str(measured.figure(MEASURES[0], kind).n) for kind in measured.slices())])
    if measured.page_right:
        right = sum(measured.page_right.values()) / len(measured.page_right)
        rows.append(["Bladzijde klopt", *(f"{right:.2f}" if kind == ALL else "" for kind in measured.slices())])
    return rows
