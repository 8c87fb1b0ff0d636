"""The pages of the app, a module each; `show()` draws one.

Not in a folder named `pages`: Streamlit would take each file in it for a page of its own.
"""
