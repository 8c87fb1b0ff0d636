"""The script that Streamlit runs for each visit and each click.

The guard is needed: child processes that read PDFs import the main module again under another name.
"""

if __name__ == "__main__":
    from beleidskennis.ui import shell

    shell.run()
