"""The app for `streamlit run app.py`; everything is in `beleidskennis.ui`. `beleidskennis app` needs no such file."""

import streamlit as st

from beleidskennis.ui import session
from beleidskennis.ui.launch import SCRIPT
from beleidskennis.ui.serving import app_parts

session.warm_up()
app = st.App(SCRIPT, **app_parts())
