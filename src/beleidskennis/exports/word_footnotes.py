"""Native Word footnotes: python-docx 1.2 has none, so the `footnotes.xml` part is written here.

Structure after ECMA-376 part 1, 17.11: a footnotes part with a separator (-1) and a continuation separator (0) that
the settings part names, a reference run in the text, and the styles "footnote text" and "footnote reference". Notes
that a document has already are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
_AFTER_FOOTNOTES = (
    "endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults "
    "doNotEmbedSmartTags decimalSymbol listSeparator docId conflictMode discardImageEditingData defaultImageDpi "
    "chartTrackingRefBased"
)
"""What may follow `footnotePr` in the settings part (CT_Settings is a sequence: order counts)."""


class Footnotes:
    """The footnotes of one Word document; `save` writes them back into their part."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._part = _footnotes_part(document)
        self._root = _parse(self._part.blob)
        self._text_style = ensure_style(document, "footnote text", "FootnoteText", paragraph=True)
        self._reference_style = ensure_style(document, "footnote reference", "FootnoteReference", paragraph=False)
        _ensure_separators(self._root)
        _ensure_settings(document)
        self._next = 1 + max((int(note.get(_w("id"))) for note in self._root), default=0)
        self._next = max(self._next, 1)
        self._before = self._order()

    def add(self, text: str) -> Any:
        """Add a note with `text`; returns the run element (`w:r`) that refers to it, to be put into the text."""
        number, self._next = self._next, self._next + 1
        note = _element(self._root, "footnote", id=str(number))
        paragraph = _element(note, "p")
        _element(_element(paragraph, "pPr"), "pStyle", val=self._text_style)
        mark = _element(paragraph, "r")
        _element(_element(mark, "rPr"), "rStyle", val=self._reference_style)
        _element(mark, "footnoteRef")
        body = _element(_element(paragraph, "r"), "t")
        body.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        body.text = " " + clean_text(text)
        return self._reference(number)

    def __len__(self) -> int:
        """How many notes there are, separators included."""
        return len(self._root)

    def _order(self) -> list[str]:
        """The ids of the notes as the text refers to them: Word numbers them so, from 1."""
        return list(dict.fromkeys(mark.get(_w("id")) for mark in self._document.element.iter(_w("footnoteReference"))))

    def new_numbers(self) -> dict[int, int]:
        """From the number that each note of the writer had to the one that it has now."""
        now = {note: number for number, note in enumerate(self._order(), start=1)}
        return {number: now[note] for number, note in enumerate(self._before, start=1) if note in now}

    def save(self) -> None:
        """Write the notes into their part; call it once, before the document is saved."""
        from lxml import etree

        self._put_in_order()
        self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _put_in_order(self) -> None:
        """Number the notes and order them as the text refers to them.

        Word finds a note by its id; LibreOffice takes the notes one after another, and would put them elsewhere.
        """
        marks = list(self._document.element.iter(_w("footnoteReference")))
        order = self._order()
        notes = {note.get(_w("id")): note for note in self._root if note.get(_w("type"), "normal") == "normal"}
        order = [number for number in order if number in notes] + [number for number in notes if number not in order]
        fixed = [int(note.get(_w("id"))) for note in self._root if note.get(_w("id")) not in notes]
        new = {old: str(number) for number, old in enumerate(order, start=1 + max(fixed, default=0))}
        for mark in marks:
            mark.set(_w("id"), new.get(mark.get(_w("id")), mark.get(_w("id"))))
        for old in order:
            self._root.remove(notes[old])
            notes[old].set(_w("id"), new[old])
            self._root.append(notes[old])

    def _reference(self, number: int) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        style, reference = OxmlElement("w:rStyle"), OxmlElement("w:footnoteReference")
        style.set(qn("w:val"), self._reference_style)
        reference.set(qn("w:id"), str(number))
        properties.append(style)
        run.append(properties)
        run.append(reference)
        return run


def clean_text(text: str) -> str:
    """`text` without the characters that XML 1.0 does not allow: controls, lone surrogates, non-characters."""
    return _FORBIDDEN.sub("", text)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _element(parent: Any, name: str, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, _w(name))
    for key, value in attributes.items():
        child.set(_w(key), value)
    return child


def _parse(blob: bytes) -> Any:
    from lxml import etree

    # Drafts come from anywhere: no entities, no network.
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _footnotes_part(document: WordDocument) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    for relationship in document.part.rels.values():
        if relationship.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            return relationship.target_part
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}"/>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _ensure_separators(root: Any) -> None:
    present = {note.get(_w("type")) for note in root}
    for position, (number, kind) in enumerate(_SEPARATORS):
        if kind in present:
            continue
        note = _element(root, "footnote", type=kind, id=str(number))
        paragraph = _element(note, "p")
        _element(_element(paragraph, "pPr"), "spacing", after="0", line="240", lineRule="auto")
        _element(_element(paragraph, "r"), kind)
        root.remove(note)
        root.insert(position, note)


def _ensure_settings(document: WordDocument) -> None:
    """Name the separators in the settings, at the place that the schema prescribes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    if settings.find(qn("w:footnotePr")) is not None:
        return
    properties = OxmlElement("w:footnotePr")
    for number, _ in _SEPARATORS:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        properties.append(note)
    followers = frozenset(_AFTER_FOOTNOTES.split())
    for child in settings:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in followers:
            child.addprevious(properties)
            return
    settings.append(properties)


def ensure_style(document: WordDocument, name: str, style_id: str, *, paragraph: bool) -> str:
    """The id of the style called `name`, made if the document lacks it; Word in Dutch has other ids, the same names."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for style in document.styles:
        if (style.name or "").lower() == name:
            return str(style.style_id)
    made = document.styles.add_style(
        name, WD_STYLE_TYPE.PARAGRAPH if paragraph else WD_STYLE_TYPE.CHARACTER, builtin=True
    )
    made.element.set(_w("styleId"), style_id)
    if paragraph:
        made.font.size = Pt(10)
        made.paragraph_format.space_after = Pt(0)
    elif name == "footnote reference":
        made.font.superscript = True
    return style_id
