"""The app in the browser: Streamlit pages over `Library`, and nothing but `Library`."""
