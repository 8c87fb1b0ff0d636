"""Over: what the app is, what is in it, and what it does not do."""

from __future__ import annotations

from html import escape

import streamlit as st

from beleidskennis import __version__
from beleidskennis.ui import session
from beleidskennis.ui.parts import doorstep
from beleidskennis.ui.parts.errors import errors_shown

TITLE = "Over"
TEXT = """
<p>Beleidskennis maakt adviezen, actieagenda's en rapporten doorzoekbaar, met bij elk citaat het document en de
bladzijde. Elk citaat is letterlijk: de app maakt geen tekst die niet in een document staat.</p>
<h2 class='bk-h3'>Goed om te weten</h2>
<ul>
<li>Alles gebeurt op deze computer. Er gaat niets naar buiten, en er is geen taalmodel nodig.</li>
<li>Zoeken gaat op woorden en op betekenis. Een passage die op betekenis is gevonden, hoeft uw woorden niet te
bevatten. Lees altijd de bladzijde zelf.</li>
<li>Wat de app over een document raadt, zoals de uitgever of het jaar, staat gemerkt als geraden. Verbeter het op de
bladzijde Documenten.</li>
<li>Bladzijden zonder tekst (scans) worden geteld en getoond, niet overgeslagen zonder dat u het weet.</li>
</ul>
"""


def show() -> None:
    """Draw the page."""
    st.title("Over Beleidskennis", anchor=False)
    doorstep.show_signed_in()
    st.html(TEXT)
    with errors_shown():
        status = session.library().status()
        facts = (
            ("Versie", __version__),
            ("Documenten", str(status.documents)),
            ("Bladzijden", f"{status.pages}, waarvan {status.pages_without_text} zonder tekst"),
            ("Passages", str(status.passages)),
            ("Zoekmodel", status.model),
            ("Licentie", "EUPL-1.2"),
        )
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
        st.html(f"<h2 class='bk-h3'>Deze installatie</h2><dl class='bk-facts'>{rows}</dl>")
