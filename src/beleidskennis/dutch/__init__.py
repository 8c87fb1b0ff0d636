"""Dutch: words, sentences, lemmas, compounds, numbers, acronyms, stop words. Pure functions over text."""
