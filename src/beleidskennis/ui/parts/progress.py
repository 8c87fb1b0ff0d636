"""How far long work is, and how it ended; shown on every page until it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from beleidskennis.ingest import IngestReport
from beleidskennis.ui import session
from beleidskennis.ui.jobs import Job
from beleidskennis.ui.markup import plain
from beleidskennis.ui.parts.errors import show_error
from beleidskennis.versions import pair_line


def show_jobs() -> None:
    """The work that runs, and the work that ended and was not closed yet."""
    jobs = session.jobs()
    for job in jobs.ended(session.visitor()):
        _show_ended(job)
    if jobs.running():
        _show_running()


@st.fragment(run_every=1.0)
def _show_running() -> None:
    running = session.jobs().running()
    for job in running:
        with st.container(border=True, key=f"card-running-{id(job)}"):
            st.progress(job.share, text=f"{plain(job.title)}: {plain(job.now, 160)}")
            st.caption("U kunt intussen verder werken; ook als u deze bladzijde verlaat, gaat het inlezen door.")
    if not running:
        st.rerun()


def _show_ended(job: Job) -> None:
    with st.container(border=True, key=f"card-ended-{id(job)}"):
        if job.error is not None:
            show_error(job.error)
        if job.report is not None:
            st.html(report_html(job.title, job.report, job.refused))
        st.button("Sluit dit bericht", key=f"seen-{id(job)}", on_click=_mark_seen, args=(job,))


def _mark_seen(job: Job) -> None:
    job.seen = True


def report_html(title: str, report: IngestReport, refused: Sequence[str] = ()) -> str:
    """What a run did, in words; every file that was found or `refused` is accounted for."""
    groups = (
        ("nieuw", len(report.added)),
        ("vervangen", len(report.replaced)),
        ("al ingelezen", len(report.unchanged)),
        ("verplaatst", len(report.moved)),
        ("dubbel", len(report.duplicates)),
        ("niet ingelezen", len(report.failures) + len(refused)),
        ("andere versie" if len(report.related) == 1 else "andere versies", len(report.related)),
        (
            "bladzijde zonder tekst" if report.pages_without_text == 1 else "bladzijden zonder tekst",
            report.pages_without_text,
        ),
    )
    counts = ", ".join(f"{count} {name}" for name, count in groups if count) or "niets gevonden"
    lines = [f"<p role='status'><strong>{escape(title)}: klaar.</strong> {counts}.</p>"]
    remarks = [f"Niet ingelezen: {one}" for one in (*refused, *(failure.message for failure in report.failures))]
    remarks += [f"Zelfde inhoud als {document.file_name}: {path}" for path, document in report.duplicates]
    remarks += [pair_line(pair) for pair in report.related]
    remarks += [
        f"{document.file_name}: {problem}"
        for document in report.added + report.replaced
        for problem in document.problems
    ]
    remarks += [f"Overgeslagen, want deze soort wordt niet ingelezen: {path}" for path in report.skipped]
    remarks += [f"Overgeslagen, want dit hoort bij de map of bij een PDF: {path}" for path in report.set_aside]
    if remarks:
        lines.append("<ul>" + "".join(f"<li>{escape(remark)}</li>" for remark in remarks) + "</ul>")
    return "".join(lines)
