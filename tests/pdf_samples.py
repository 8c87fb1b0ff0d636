"""PDFs made on the fly: plain ones, awkward ones and hostile ones. All bytes are written here, object by object."""

import io
import zlib

LINE = 14.0


def build(objects, *, root=1, info=None, header=b"%PDF-1.7\n", extra_trailer=b""):
    """A file of `objects` (bytes, numbered from 1) with a right cross-reference table."""
    body = bytearray(header)
    places = []
    for number, data in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root %d 0 R " % (len(objects) + 1, root)
    if info:
        body += b"/Info %d 0 R " % info
    return bytes(body + extra_trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start)


def stream(data, extra=b"", *, compress=False):
    if compress:
        data, extra = zlib.compress(data, 9), extra + b"/Filter /FlateDecode "
    return b"<< /Length %d %s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def literal(text):
    encoded = text.encode("cp1252", "replace")
    return b"(" + encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def show(x, y, text, *, font=b"/F1", size=10):
    """One run of characters, in a text object of its own."""
    return b"BT %s %g Tf %g %g Td %s Tj ET\n" % (font, size, x, y, literal(text))


def lines_of(text, *, x=60, y=780, size=10):
    return b"".join(show(x, y - LINE * number, line, size=size) for number, line in enumerate(text.split("\n")))


FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
)


def pdf_of(pages, *, catalog=b"", page=b"", info=None, extra=(), compress=False):
    """A PDF whose pages show `pages`: texts (lines set one under the other) or bytes (content streams).

    Objects 1 to 4 are catalog, page tree and two fonts; then two for each page, then `info`, then `extra`.
    """
    contents = [lines_of(text) if isinstance(text, str) else text for text in pages]
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        *FONTS,
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> %s >>" % (6 + 2 * index, page)
        )
        objects.append(stream(content, compress=compress))
    number = None
    if info:
        number = len(objects) + 1
        objects.append(b"<< " + b" ".join(b"/%s %s" % (k.encode(), literal(v)) for k, v in info.items()) + b" >>")
    return build([*objects, *extra], info=number)


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"


LEFT = [f"Links regel {n} met genoeg woorden erin" for n in range(1, 13)]
RIGHT = [f"Rechts regel {n} ook een volle regel nu" for n in range(1, 13)]


def two_columns(*, interleaved):
    """A title over the full width, then two columns of twelve lines; `interleaved`: set row by row."""
    left = [show(60, 700 - LINE * n, text) for n, text in enumerate(LEFT)]
    right = [show(310, 700 - LINE * n, text) for n, text in enumerate(RIGHT)]
    title = show(60, 760, "Een titel die over de volle breedte van beide kolommen staat, van links tot rechts", size=12)
    body = [part for row in zip(left, right, strict=True) for part in row] if interleaved else left + right
    return pdf_of([title + b"".join(body) + show(290, 40, "7")])


def table():
    """A table with short cells: not two columns."""
    rows = [
        show(60, 700 - LINE * n, f"Sector {n}")
        + show(320, 700 - LINE * n, f"{n * 100}")
        + show(420, 700 - LINE * n, "+2%")
        for n in range(14)
    ]
    return pdf_of([b"".join(rows)])


def encrypted(password, *, algorithm="AES-256"):
    """Written by pypdf: the only sample that needs a library (and, for AES, cryptography)."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(["Geheime tekst over de begroting."]))))
    writer.encrypt(password, owner_password="eigenaar", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scan():
    """A page with only an image."""
    kind = b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    pixels = stream(b"\xff" * 100, kind)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE % b"/XObject << /I 5 0 R >>",
        stream(b"q 500 0 0 700 50 50 cm /I Do Q"),
        pixels,
    ]
    return build(objects)


def with_script():
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\('hallo'\\)) >>"
    return pdf_of(["Tekst met een script."], catalog=action)


def with_attachment():
    names = b"/Names << /EmbeddedFiles << /Names [(kwaad.exe) 7 0 R] >> >>"
    extra = (
        b"<< /Type /Filespec /F (..\\\\..\\\\kwaad.exe) /EF << /F 8 0 R >> >>",
        stream(b"MZ kwaad", b"/Type /EmbeddedFile "),
    )
    return pdf_of(["Tekst met een bijlage."], catalog=names, extra=extra)


def bomb(megabytes=200):
    """A content stream of a few kB that unpacks to `megabytes`."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE % b"/Font << /F1 5 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream",
        FONTS[0],
    ]
    return build(objects)


def deep_nesting(depth=20_000):
    """An array in an array in an array: as an object, and in the page's content."""
    nested = b"[" * depth + b"]" * depth
    return pdf_of([nested + b" TJ\n" + show(60, 700, "Tekst na de nesten.")], catalog=b"/Diep 7 0 R", extra=(nested,))


def page_tree_loop():
    """A page tree that is its own child."""
    return build(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1000000 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"]
    )


def form_loop():
    """A form that draws itself twice."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        stream(b"/X Do " + show(60, 700, "Tekst op de pagina.")),
        stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 6 0 R "),
        b"<< /XObject << /X 5 0 R >> /Font << /F1 7 0 R >> >>",
        FONTS[0],
    ]
    return build(objects)


def forms_growing(levels=22):
    """Forms that each draw the next twice: two to the power `levels` texts."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE % b"/XObject << /X 6 0 R >>",
        stream(b"/X Do"),
        FONTS[0],
    ]
    for level in range(levels):
        resources = b"/Resources << /XObject << /X %d 0 R >> >> " % (7 + level)
        objects.append(stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + resources))
    fonts = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >> "
    objects.append(stream(show(60, 700, "Steeds meer tekst. " * 20), fonts))
    return build(objects)


def reference_loop():
    """Objects that refer to each other where a length or a page is wanted."""
    return build([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox 5 0 R /Contents 4 0 R >>",
        b"<< /Length 5 0 R >>\nstream\nBT ET\nendstream",
        b"6 0 R",
        b"5 0 R",
    ])  # fmt: skip


def xref_loop():
    """A cross-reference table that names itself as the one before it."""
    data = pdf_of(["Tekst."])
    place = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    return data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % place)


def enormous_numbers():
    """A page of 10^30 points wide, a font of 10^30 points, a count of 10^18 pages."""
    data = pdf_of([show(1e30, 1e30, "Ver weg.", size=1e30)])
    return data.replace(b"/Count 1", b"/Count 1000000000000000000").replace(b"595 842", b"1e30 1e30")


def many_pages(count):
    """`count` pages that share one content."""
    kids = b" ".join(b"%d 0 R" % (5 + index) for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>"
        % (count, kids),
        FONTS[0],
        stream(show(60, 700, "Elke pagina is gelijk.")),
    ]
    return build(objects + [b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"] * count)


def bad_page():
    """Three pages; the contents of the second are not what their filter says."""
    data = pdf_of(["Pagina een.", "Pagina twee.", "Pagina drie."])
    first = data.index(b"Pagina twee.")
    start = data.rindex(b"<< /Length", 0, first)
    return data[: start + 2] + b" /Filter /Oeps" + data[start + 2 + len(b" /Filter /Oeps") - 14 :]


HOSTILE = {
    "bomb": bomb,
    "deep-nesting": deep_nesting,
    "page-tree-loop": page_tree_loop,
    "form-loop": form_loop,
    "forms-growing": forms_growing,
    "reference-loop": reference_loop,
    "xref-loop": xref_loop,
    "enormous-numbers": enormous_numbers,
    "zeroes": lambda: b"\x00" * 100_000,
    "header-only": lambda: b"%PDF-1.7\n",
    "noise": lambda: b"%PDF-1.7\n" + bytes((index * 7919 + index // 3) % 256 for index in range(50_000)),
}
"""Files that must never crash, hang or fill the parent; some give text, most an error."""
