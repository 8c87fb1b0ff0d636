"""Reading a PDF with pypdf, in this process. Untrusted files go through `guard`, which calls this in a child process.

The text and the place, size and weight of each line come from one pass (pypdf's text visitor): over five real policy
PDFs (195 pages) that took as long as plain extraction (5.4 s both) and gave the same text on every page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis.errors import BeleidskennisError, LimitExceededError, UnreadableFileError
from beleidskennis.pdf.faults import collected_warnings, fault_of, is_truncated, open_reader, read_bytes
from beleidskennis.pdf.layout import BOLD_NAME, Run, make_lines, order_lines
from beleidskennis.pdf.patience import OutOfTime, time_limit
from beleidskennis.pdf.progress import report_page
from beleidskennis.pdf.second_reader import SecondReader
from beleidskennis.pdf.types import Limits, RawDocument, RawPage

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MAXIMUM_BOOKMARKS = 2000


def read_pdf(
    path: Path,
    *,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    on_page: Callable[[int, int], None] = report_page,
) -> RawDocument:
    """All pages of the PDF at `path`, in this process.

    `on_page(page_number, page_count)` is called before each page, and with `page_count + 1` after the last. A page that
    pypdf cannot read, or not within `limits.page_seconds`, is read by pdfium, or else comes back without text; it is
    named in `problems`. Of the other `limits`, sizes and numbers are kept here; time and memory are kept by `guard`.

    Raises:
        UnreadableFileError: empty, not a PDF, damaged beyond reading.
        EncryptedFileError: none of `passwords` (nor the empty one) opens it.
        LimitExceededError: too large, too many pages, too much text.

    """
    limits = limits or Limits()
    data = read_bytes(path, limits)
    with collected_warnings() as warnings:
        try:
            document = _read_document(data, path.name, limits, passwords, on_page)
        except BeleidskennisError:
            raise
        except Exception as error:
            raise fault_of(error, path.name, truncated=is_truncated(data)) from error
    problems = (*document.problems, *warnings.summary())
    return RawDocument(document.pages, document.metadata, document.outline, problems)


def _read_document(
    data: bytes,
    name: str,
    limits: Limits,
    passwords: Sequence[str],
    on_page: Callable[[int, int], None],
) -> RawDocument:
    reader, password, problems = open_reader(data, name, passwords)
    count = len(reader.pages)
    if not count:
        message = f"{name} heeft geen leesbare bladzijden."
        raise UnreadableFileError(
            message, "Waarschijnlijk is het bestand beschadigd. Haal het opnieuw op.", file_name=name
        )
    if count > limits.max_pages:
        message = f"{name} heeft {count} bladzijden; de grens is {limits.max_pages}."
        raise LimitExceededError(message, "Verhoog de instelling max_pages, of splits het bestand.", file_name=name)
    labels = _labels(reader, count)
    second = SecondReader(data, password)
    pages: list[RawPage] = []
    characters = 0
    try:
        for number, label in enumerate(labels, start=1):
            on_page(number, count)
            page, problem = _read_or_explain(reader, second, number, label, name, limits)
            problems += [problem] if problem else []
            characters += len(page.text)
            if characters > limits.max_characters:
                message = f"{name} geeft tot bladzijde {number} al meer dan {limits.max_characters} tekens tekst."
                hint = "Waarschijnlijk is het bestand beschadigd of kwaadaardig; het is overgeslagen."
                raise LimitExceededError(message, hint, file_name=name, page_number=number)
            pages.append(page)
    finally:
        second.close()
    on_page(count + 1, count)
    return RawDocument(tuple(pages), _metadata(reader), _outline(reader), tuple(problems + _active_content(reader)))


def _read_or_explain(
    reader: PdfReader, second: SecondReader, number: int, label: str, name: str, limits: Limits
) -> tuple[RawPage, str]:
    """The page, and what went wrong with it: if pypdf cannot read it (in time), pdfium may; else it has no text."""
    try:
        with time_limit(limits.page_seconds):
            return _read_page(reader.pages[number - 1], number, label), ""
    except MemoryError:
        raise
    except OutOfTime:
        problem = f"Bladzijde {number} kost meer dan {limits.page_seconds:g} seconden"
    except Exception as error:
        problem = fault_of(error, name, number).message.removesuffix(".")
    page = second.read(number, label)
    if page:
        return page, f"{problem}; de tekst is met een andere lezer (pdfium) gelezen."
    return RawPage(number, label, "", ()), f"{problem}; de tekst van deze bladzijde ontbreekt."


def _read_page(page: PageObject, number: int, label: str) -> RawPage:
    rows = _rows(page)
    box = page.mediabox
    width, height = float(box.width), float(box.height)
    if abs(int(page.rotation or 0)) % 180 == 90:
        width, height = height, width
    ordered, columns = order_lines(rows, width)
    text, lines = make_lines(ordered)
    return RawPage(number, label, text, lines, width, height, _has_images(page), columns)


def _rows(page: PageObject) -> list[list[Run]]:
    """The rows of the page as pypdf reads them, each a list of runs."""
    rows: list[list[Run]] = [[]]
    weights: dict[int, bool] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text:
            return
        key = id(font)
        if key not in weights:
            weights[key] = _is_bold(font)
        a, b, c, d, e, f = cm
        x, y = tm[4] * a + tm[5] * c + e, tm[4] * b + tm[5] * d + f
        scale = math.hypot(tm[2] * a + tm[3] * c, tm[2] * b + tm[3] * d)
        for index, part in enumerate(text.split("\n")):
            if index:
                rows.append([])
            if part:
                rows[-1].append(Run(part, x, y, abs(size) * scale, weights[key]))

    page.extract_text(visitor_text=visit)
    return [row for row in rows if row]


def _is_bold(font: Any) -> bool:
    """From the name of the font or its descriptor (ForceBold is bit 19; PDF 32000-1, table 123)."""
    if not font:
        return False
    try:
        if BOLD_NAME.search(str(font.get("/BaseFont", ""))):
            return True
        descriptor = font.get("/FontDescriptor")
        if descriptor is None:
            return False
        descriptor = descriptor.get_object()
        return bool(int(descriptor.get("/Flags", 0)) & 1 << 18) or float(descriptor.get("/FontWeight", 400)) >= 600
    except (AttributeError, TypeError, ValueError):
        return False


def _has_images(page: PageObject) -> bool:
    try:
        resources: Any = page["/Resources"].get_object()
        objects: Any = resources.get("/XObject", {})
        objects = objects.get_object() if hasattr(objects, "get_object") else objects
        return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)
    except MemoryError:
        raise
    except Exception:
        return False  # no resources, or damaged ones: nothing to show


def _labels(reader: PdfReader, count: int) -> list[str]:
    """The page labels in the file; empty texts if it has none of its own."""
    try:
        if "/PageLabels" not in reader.root_object:
            return [""] * count
        labels = [str(label) for label in reader.page_labels]
    except MemoryError:
        raise
    except Exception:
        return [""] * count  # a damaged tree of labels is as good as none
    return (labels + [""] * count)[:count]


def _metadata(reader: PdfReader) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        info: Any = reader.metadata or {}
        for key in ("title", "author", "subject", "keywords", "creator", "producer"):
            value = info.get("/" + key.capitalize())
            text = re.sub(r"[\x00-\x1f\s]+", " ", str(value)).strip() if value is not None else ""
            if text:
                found[key] = text[:500]
        date = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", str(info.get("/CreationDate", "")))
        if date:
            found["created"] = "-".join(date.groups())
    except MemoryError:
        raise
    except Exception:
        return found  # metadata only helps guessing; without it the first pages are read
    return found


def _outline(reader: PdfReader) -> tuple[tuple[int, str, int], ...]:
    def walk(items: Any, level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
                continue
            number = reader.get_destination_page_number(item)
            if number is not None and number >= 0 and item.title:
                yield level, re.sub(r"\s+", " ", str(item.title)).strip(), number + 1

    found: list[tuple[int, str, int]] = []
    try:
        for entry in walk(reader.outline, 1):
            found.append(entry)
            if len(found) >= _MAXIMUM_BOOKMARKS:
                break
    except MemoryError:
        raise
    except Exception:
        return tuple(found)  # bookmarks only help finding headings
    return tuple(found)


def _active_content(reader: PdfReader) -> list[str]:
    """Scripts and attachments that the file carries; they are named, never run or opened."""
    problems: list[str] = []
    try:
        root = reader.root_object
        names = root.get("/Names")
        names = names.get_object() if names is not None else {}
        action = root.get("/OpenAction")
        action = action.get_object() if action is not None else None
        opens = isinstance(action, dict) and action.get("/S") in ("/JavaScript", "/Launch")
        if opens or "/JavaScript" in names or "/AA" in root:
            problems.append("Het bestand bevat een script; dat is niet uitgevoerd.")
        if "/EmbeddedFiles" in names or "/AF" in root:
            problems.append("Het bestand heeft bijlagen; die zijn niet geopend of ingelezen.")
    except MemoryError:
        raise
    except Exception:
        return problems  # what cannot be looked at is not run either
    return problems
