"""Pictures of pages, and the boxes of a quote on a page, with pdfium.

pdfium is not safe in threads: one lock holds all of it. For files that are not trusted, `guard.GuardedPool` runs these
functions in a child process.
"""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from beleidskennis.errors import EncryptedFileError, SourceError, UnreadableFileError
from beleidskennis.pdf.page_text import find_quote, line_boxes
from beleidskennis.pdf.types import Box

_LOCK = threading.RLock()
# A picture has at most this many pixels, however odd the page: 40 MB uncompressed.
_MAXIMUM_PIXELS = 10_000_000
# Yellow under the text and a dark blue outline: told apart with every kind of colour blindness, and in grey.
_FILL = (255, 225, 77)
_OUTLINE = (0, 63, 140)
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD in fpdfview.h


def render_page(
    path: Path,
    page_number: int,
    *,
    width_px: int = 900,
    highlights: Sequence[Box] = (),
    passwords: Sequence[str] = (),
) -> bytes:
    """Page `page_number` (from 1) of the PDF as a PNG of `width_px` wide, with the boxes (points) highlighted.

    Raises:
        SourceError: the file cannot be opened, or has no such page.

    """
    with _opened_page(path, page_number, passwords) as page:
        width, height = page.get_size()
        scale = min(width_px / max(width, 1.0), (_MAXIMUM_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = page.render(scale=scale).to_pil().convert("RGB")
        corners = [_to_pixels(page, box, image.size) for box in highlights]
    marked = _mark(image, corners) if corners else image
    buffer = io.BytesIO()
    marked.save(buffer, "PNG")
    return buffer.getvalue()


def locate(
    path: Path, page_number: int, text: str, *, before: str = "", after: str = "", passwords: Sequence[str] = ()
) -> tuple[Box, ...]:
    """The boxes of `text` on the page, one a line, in points; empty if its place is not certain.

    Of several places, the one with the text `before` or `after` beside it is taken.

    Raises:
        SourceError: the file cannot be opened, or has no such page.

    """
    with _opened_page(path, page_number, passwords) as page:
        textpage = page.get_textpage()
        try:
            indices = find_quote(_characters(textpage), text, before=before, after=after)
            return line_boxes([_box(textpage, index) for index in indices])
        finally:
            textpage.close()


def text_in_boxes(path: Path, page_number: int, boxes: Sequence[Box], *, passwords: Sequence[str] = ()) -> str:
    """The text that stands in the boxes, one line a box: to check a highlight."""
    with _opened_page(path, page_number, passwords) as page:
        textpage = page.get_textpage()
        try:
            return "\n".join(textpage.get_text_bounded(*box) for box in boxes)
        finally:
            textpage.close()


def _characters(textpage: Any) -> str:
    """One character for each of pdfium's, so that indices are the same; what is no character becomes a blank."""
    import pypdfium2.raw as raw

    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(textpage.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _box(textpage: Any, index: int) -> Box:
    return Box(*textpage.get_charbox(index, loose=True))


def _to_pixels(page: Any, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in pixels: pdfium knows of rotation and crop boxes."""
    import pypdfium2.raw as raw

    corners = []
    for x, y in ((box.left, box.bottom), (box.right, box.top)):
        column, row = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, size[0], size[1], 0, x, y, ctypes.byref(column), ctypes.byref(row))
        corners.append((column.value, row.value))
    (first, second), (third, fourth) = corners
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)


def _mark(image: Any, corners: Sequence[tuple[int, int, int, int]]) -> Any:
    from PIL import Image, ImageChops, ImageDraw

    layer = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    padded = [(left - 3, top - 2, right + 3, bottom + 2) for left, top, right, bottom in corners]
    for box in padded:
        draw.rectangle(box, fill=_FILL)
    marked = ImageChops.multiply(image, layer)
    draw = ImageDraw.Draw(marked)
    for box in padded:
        draw.rectangle(box, outline=_OUTLINE, width=2 if box[3] - box[1] >= 16 else 1)
    return marked


@contextmanager
def _opened_page(path: Path, page_number: int, passwords: Sequence[str]) -> Iterator[Any]:
    with _LOCK:
        document = _open(path, passwords)
        try:
            if not 1 <= page_number <= len(document):
                message = f"{path.name} heeft geen bladzijde {page_number}; er zijn er {len(document)}."
                raise SourceError(message, file_name=path.name, page_number=page_number)
            yield _load(document, path, page_number)
        finally:
            document.close()


def _load(document: Any, path: Path, page_number: int) -> Any:
    import pypdfium2

    try:
        return document[page_number - 1]
    except pypdfium2.PdfiumError as error:
        message = f"Bladzijde {page_number} van {path.name} kan niet worden getoond: de bladzijde is beschadigd."
        hint = "De tekst van de bladzijde is wel te lezen waar die er is."
        raise UnreadableFileError(message, hint, file_name=path.name, page_number=page_number) from error


def _open(path: Path, passwords: Sequence[str]) -> Any:
    import pypdfium2

    if not path.is_file():
        message = f"Het bronbestand {path.name} is er niet meer."
        raise UnreadableFileError(message, "Zet het terug en lees het opnieuw in.", file_name=path.name)
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(path, password=password)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) != _PASSWORD_ERROR and "password" not in str(error).lower():
                message = f"{path.name} kan niet worden getoond: het bestand is beschadigd of geen PDF."
                raise UnreadableFileError(message, "Haal het bestand opnieuw op.", file_name=path.name) from error
    message = f"{path.name} is versleuteld; zonder wachtwoord is er geen afbeelding van de bladzijde."
    raise EncryptedFileError(message, "Geef het wachtwoord op met de instelling passwords.", file_name=path.name)
