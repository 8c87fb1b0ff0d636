"""PDF files: text with the place of each line, page images, and highlight boxes.

The only package that imports pypdf and pypdfium2; both only when a file is read, so importing this costs nothing.
"""

from beleidskennis.pdf.page_image import locate, render_page, text_in_boxes
from beleidskennis.pdf.reading import read_pdf
from beleidskennis.pdf.types import Box, Limits, Line, RawDocument, RawPage

__all__ = ["Box", "Limits", "Line", "RawDocument", "RawPage", "locate", "read_pdf", "render_page", "text_in_boxes"]
