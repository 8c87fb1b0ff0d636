"""beleidskennis: a document knowledge base for Dutch policy advice, with page-exact citations.

The public surface is `Library` (everything that the command line, the API and the app do), the types of
`beleidskennis.model` and the errors of `beleidskennis.errors`. Nothing heavy is imported here.
"""

__version__ = "0.1.0"
