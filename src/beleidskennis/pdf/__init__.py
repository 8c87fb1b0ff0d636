"""PDF files: text with the place of each line, page images, and highlight boxes.

The only package that imports pypdf and pypdfium2; both only when a file is read, so importing this costs nothing.
`read_pdf`, `render_page` and `locate` work in this process; `read_pdf_guarded` and `view_page` in a child process
within limits, and `guard.GuardedPool` does so for any function over files.
"""

from beleidskennis.pdf.guarded import read_pdf_guarded, view_page
from beleidskennis.pdf.page_image import locate, render_page, text_in_boxes
from beleidskennis.pdf.reading import read_pdf
from beleidskennis.pdf.types import Box, Limits, Line, RawDocument, RawPage

__all__ = [
    "Box",
    "Limits",
    "Line",
    "RawDocument",
    "RawPage",
    "locate",
    "read_pdf",
    "read_pdf_guarded",
    "render_page",
    "text_in_boxes",
    "view_page",
]
