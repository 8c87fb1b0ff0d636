"""A window over a recommendation in which people correct its labels and keep how it was taken up.

Which one stands in the address: `oordeel=<id of the recommendation>`.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from beleidskennis.followup import FollowUp, Status, Verdict
from beleidskennis.library import Library
from beleidskennis.model import Label, LabelSource, Recommendation
from beleidskennis.ui import session
from beleidskennis.ui.parts.errors import errors_shown

PARAMETER = "oordeel"
SCHEMES = {"theme": "Thema", "sector": "Sector", "addressee": "Geadresseerde"}


def judge_button(recommendation_id: str, key: str) -> None:
    """A button that opens the window."""
    st.button("Verbeteren of opvolgen", key=key, icon=":material/edit_note:", type="tertiary", on_click=session.choose,
              args=(PARAMETER, recommendation_id))  # fmt: skip


def _close() -> None:
    session.choose(PARAMETER, "")


def show_if_open() -> None:
    """Show the window when the address asks for it; to be called once, at the end of a page."""
    recommendation_id = session.chosen_one(PARAMETER)
    if recommendation_id:
        _window(recommendation_id)


@st.dialog("Verbeteren en opvolgen", width="medium", on_dismiss=_close)
def _window(recommendation_id: str) -> None:
    with errors_shown():
        library = session.library()
        item = library.recommendation(recommendation_id)
        st.html(f"<blockquote class='bk-text'>{escape(item.quote)}</blockquote>")
        _show_labels(library, item)
        _show_follow_up(library, item)


def _show_labels(library: Library, item: Recommendation) -> None:
    st.html("<h3 class='bk-h3'>Thema, sector en geadresseerde</h3>")
    for label in item.labels:
        _show_label(library, item, label)
    scheme = st.selectbox("Voeg toe", list(SCHEMES), format_func=SCHEMES.__getitem__, key="judge-scheme")
    has = item.concepts(scheme)
    rest = [one for one in library.taxonomy.ids(scheme) if one not in has]
    concept = st.selectbox(SCHEMES[scheme], rest, format_func=lambda one: library.taxonomy.name(scheme, one),
                           key=f"judge-concept-{scheme}", index=None, placeholder="Kies")  # fmt: skip
    st.button("Voeg toe", key="judge-add", disabled=concept is None, on_click=_judge,
              args=(item.recommendation_id, scheme, concept, Verdict.ADDED))  # fmt: skip


def _show_label(library: Library, item: Recommendation, label: Label) -> None:
    name = library.taxonomy.name(label.scheme, label.concept_id)
    why = ", ".join(f"‘{word}’" for word in label.evidence)
    because = f", vanwege {escape(why)}" if why else ""
    sure = (
        "vastgelegd door een medewerker"
        if label.source is LabelSource.PERSON
        else f"{label.confidence:.0%} zeker{because}"
    )
    key = f"{label.scheme}-{label.concept_id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<p class='bk-note'><strong>{SCHEMES[label.scheme]}: {escape(name)}</strong> ({sure})</p>", width=330)
        if label.source is not LabelSource.PERSON:
            st.button("Klopt", key=f"yes-{key}", help=f"{name} klopt", on_click=_judge,
                      args=(item.recommendation_id, label.scheme, label.concept_id, Verdict.CONFIRMED))  # fmt: skip
        st.button("Klopt niet", key=f"no-{key}", help=f"{name} klopt niet", on_click=_judge,
                  args=(item.recommendation_id, label.scheme, label.concept_id, Verdict.REJECTED))  # fmt: skip


def _judge(recommendation_id: str, scheme: str, concept_id: str, verdict: Verdict) -> None:
    session.library().judge(recommendation_id, scheme, concept_id, verdict)


def _show_follow_up(library: Library, item: Recommendation) -> None:
    st.html("<h3 class='bk-h3'>Opvolging</h3>")
    known = library.follow_up(item.recommendation_id)
    with st.form(f"follow-{item.recommendation_id}", border=False):
        states = list(Status)
        status = st.selectbox("Stand", states, index=states.index(known.status), format_func=lambda one: one.value)
        reaction = st.text_area("Bestuurlijke reactie", known.reaction)
        commitment = st.text_area("Toezegging", known.commitment)
        owner = st.text_input("Wie volgt dit op", known.owner)
        deadline = st.text_input("Termijn", known.deadline)
        link = st.text_input("Vindplaats (webadres, RIS- of Kamerstuknummer)", known.link)
        note = st.text_area("Notitie", known.note)
        if st.form_submit_button("Bewaar opvolging", type="primary"):
            given: FollowUp = replace(known, status=status or Status.OPEN, reaction=reaction, commitment=commitment,
                                      owner=owner, deadline=deadline, link=link, note=note)  # fmt: skip
            library.keep_follow_up(item.recommendation_id, given)
            st.html("<p role='status'>Bewaard.</p>")
