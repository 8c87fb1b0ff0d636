"""Themes, sectors and addressees (SKOS), links from text to them, and the concept list that widens a search."""
