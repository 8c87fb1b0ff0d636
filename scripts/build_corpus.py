"""Sets the Markdown sources of the sample corpus as PDFs: ``python scripts/build_corpus.py [FOLDER]``.

The same sources always give the same bytes: ReportLab runs in its invariant mode, streams are not compressed (so that
the zlib of a machine does not matter), and the only fonts are those of ReportLab itself.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import reportlab
from corpus_markdown import Block, Source, read_source
from corpus_parts import bars, contents, cover, table
from corpus_typeset import Design, Typesetter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
HELVETICA = {"r": "Helvetica", "b": "Helvetica-Bold", "i": "Helvetica-Oblique"}
TIMES = {"r": "Times-Roman", "b": "Times-Bold", "i": "Times-Italic"}
VERA = {"r": "Vera", "b": "Vera-Bold", "i": "Vera-Italic"}
LISTS = {"bullet", "number"}
PRIVATE_BULLET = "\uf0b7"  # what Word and PowerPoint write for a bullet in the Symbol font

DESIGNS = {
    "visieadvies": Design(HELVETICA, 10.5, 15.5, A4, (84, 104, 80, 66), (0.05, 0.33, 0.42), bookmarks=True),
    "raadsadvies": Design(
        TIMES, 11, 14.6, A4, (98, 98, 80, 74), (0.45, 0.1, 0.15), (17, 12.5, 11.5),
        justify=True, chapter_on_new_page=True,
    ),
    "slides": Design(
        VERA, 11, 15.6, (720, 405), (44, 44, 34, 44), (0.85, 0.35, 0.05), (20, 17, 12),
        bullet=PRIVATE_BULLET, foot_first=True, slides=True, bookmarks=False, pdf_labels=False,
    ),
    "rapport": Design(
        VERA, 9.4, 13.8, A4, (72, 72, 76, 62), (0.1, 0.25, 0.5), (16, 11.5, 9.6), chapter_on_new_page=True,
        bookmarks=False, pdf_labels=False,
    ),
    "artikel": Design(
        TIMES, 11, 16.4, (482, 680), (66, 66, 74, 64), (0.25, 0.25, 0.25), (19, 12.5, 11.5), bookmarks=False
    ),
}  # fmt: skip


def register_fonts() -> None:
    """Register Bitstream Vera, and give it the private bullet that office programs leave in PDFs."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf"), ("Vera-Italic", "VeraIt.ttf")):
        font = TTFont(name, str(fonts / file))
        for table_of in (font.face.charToGlyph, font.face.charWidths):
            table_of[ord(PRIVATE_BULLET)] = table_of[ord("•")]
        pdfmetrics.registerFont(font)


def build(source: Source) -> bytes:
    """Set one document: a first pass finds the page labels, later passes fill them in on the contents page."""
    labels: dict[str, str] = {}
    entries: list[tuple[int, str]] = []
    data = b""
    for _ in range(3):
        buffer = io.BytesIO()
        setter = typeset(source, buffer, labels, entries)
        settled = labels == setter.labels
        labels, entries, data = setter.labels, setter.contents, buffer.getvalue()
        if settled:
            break
    if DESIGNS[source.meta["ontwerp"]].fonts is VERA:
        return data
    # ReportLab's codec writes a bullet in the standard fonts as byte 127, which readers take for a control character;
    # WinAnsi's own place for it is 149. Same length, so the offsets in the file stay right.
    return data.replace(rb"\177", rb"\225")


def typeset(source: Source, buffer: io.BytesIO, labels: dict[str, str], entries: list[tuple[int, str]]) -> Typesetter:
    """One pass over a document, written to ``buffer``."""
    design = DESIGNS[source.meta["ontwerp"]]
    canvas = Canvas(buffer, pagesize=design.page, invariant=1, pageCompression=0)
    canvas.setTitle(source.meta.get("pdf-titel", ""))
    canvas.setAuthor(source.meta.get("pdf-auteur", ""))
    canvas.setCreator(source.meta.get("pdf-maker", ""))
    canvas.setSubject("Fictief voorbeelddocument")
    setter = Typesetter(canvas, design, source, labels)
    for block, before in zip(source.blocks, (None, *source.blocks), strict=False):
        if before and before.kind in LISTS and block.kind not in LISTS:
            setter.frame.y -= design.leading * 0.4
        set_block(setter, block, entries)
    setter.close_page()
    canvas.save()
    return setter


def set_block(setter: Typesetter, block: Block, entries: list[tuple[int, str]]) -> None:
    """Set one block by its kind."""
    if block.kind == "directive":
        direct(setter, block.text, entries)
    elif block.kind == "table":
        table(setter, block)
    elif block.kind in LISTS:
        setter.item(block)
    else:
        {"heading": setter.heading, "paragraph": setter.paragraph, "box": setter.box}[block.kind](block)


def direct(setter: Typesetter, text: str, entries: list[tuple[int, str]]) -> None:
    """Follow a directive of the source."""
    name, _, value = (part.strip() for part in text.partition(":"))
    if name == "omslag":
        cover(setter)
    elif name == "inhoud":
        contents(setter, entries)
    elif name == "staven":
        bars(setter, value)
    elif name == "pagina":
        setter.new_page()
    elif name == "kolommen":
        setter.columns = int(value)
        if setter.columns > 1:
            setter.make_frames(setter.frame.y)
        else:
            setter.new_page()
            setter.make_frames(setter.frame.y)
    elif name == "nummering":
        number(setter, value)
    else:
        raise ValueError(f"Onbekende aanwijzing in de bron: {text}")


def number(setter: Typesetter, value: str) -> None:
    """Start new page labels here (``romeins 1``, ``arabisch 41``): in print and, if the design says so, in the PDF."""
    setter.new_page()
    kind, start = value.split()
    setter.style, setter.folio = ("roman" if kind == "romeins" else "arabic"), int(start)
    if setter.design.pdf_labels:
        style = "ROMAN_LOWER" if kind == "romeins" else "ARABIC"
        setter.canvas.addPageLabel(setter.page_number - 1, style, int(start))


def main(arguments: list[str]) -> None:
    """Build every source of ``corpus/sources`` into the folder named, or into ``corpus/``."""
    folder = Path(arguments[0]) if arguments else CORPUS
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in build_all().items():
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data) // 1024} kB")


def build_all() -> dict[str, bytes]:
    """Every PDF of the sample corpus by file name."""
    register_fonts()
    paths: list[Any] = sorted((CORPUS / "sources").glob("*.md"))
    return {f"{path.stem}.pdf": build(read_source(path)) for path in paths}


if __name__ == "__main__":
    main(sys.argv[1:])
