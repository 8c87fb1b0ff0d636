"""A checked draft as a Word file: native footnotes, comments where something is wrong, and a list of sources.

A sentence that a source supports gets a footnote with the printed page; a sentence whose figure differs, that is
contradicted or that has no source gets a comment. The words of the draft itself are never changed.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from beleidskennis.citations.report import (
    CheckedDraft,
    CheckedParagraph,
    CheckedQuote,
    CheckedSentence,
    Match,
    QuoteVerdict,
    Topic,
    Verdict,
)
from beleidskennis.exports.word_footnotes import Footnotes, clean_text, ensure_style
from beleidskennis.exports.word_new import centimetres, new_document
from beleidskennis.exports.word_text import atoms_of, open_word, paragraphs_of, suffix_of, text_of
from beleidskennis.model import Citation, Document, DocumentId
from beleidskennis.references import Style, footnote, reference_list, year_suffixes

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

AUTHOR, INITIALS = "beleidskennis", "bk"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMED_NOTE = re.compile(r"\b(?:voet)?noot (\d{1,3})\b", re.IGNORECASE)
_QUOTED_CHARACTERS = 300
"""A comment quotes at most so much of a source: enough to judge by, short enough for the margin."""


def write_draft(
    data: bytes, file_name: str, checked: CheckedDraft, *, style: Style = Style.APA, list_title: str = "Bronnen"
) -> bytes:
    """The draft as .docx with footnotes, comments and a list of sources.

    Args:
        data: the draft as it was given; .md and .txt become a new Word document.
        file_name: its name; the end tells the kind.
        checked: what was found, with the paragraphs that `word_text.read_draft` gave for the same data.
        style: of footnotes and list.
        list_title: heading above the list.

    Raises:
        UnreadableFileError: the file cannot be read as a draft.
        MissingExtraError: python-docx is not installed.
        ValueError: `checked` belongs to another draft.

    """
    if suffix_of(file_name) == ".docx":
        document = open_word(data, file_name)
    else:
        document = new_document([paragraph.paragraph for paragraph in checked.paragraphs])
    elements = paragraphs_of(document)
    if [text_of(element) for element in elements] != [item.paragraph.text for item in checked.paragraphs]:
        message = f"the check does not belong to {file_name}: {len(elements)} and {len(checked.paragraphs)} paragraphs"
        raise ValueError(message)
    cited = _documents(checked)
    writer = _Writer(document, style, year_suffixes(cited))
    for element, paragraph in zip(elements, checked.paragraphs, strict=True):
        writer.paragraph(element, paragraph)
    writer.renumbered(elements)
    _append_list(document, reference_list(cited, style=style), list_title)
    writer.close()
    _drop_old_styles(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Puts marks into one document; notes are numbered by Word, in the order of the text."""

    def __init__(self, document: WordDocument, style: Style, suffixes: Mapping[DocumentId, str]) -> None:
        self.document = document
        self.footnotes = Footnotes(document)
        self._style = style
        self._suffixes = suffixes

    def paragraph(self, element: Any, checked: CheckedParagraph) -> None:
        """Mark one paragraph, from its end to its start, so that the offsets before a mark stay right."""
        marks: list[CheckedSentence | CheckedQuote] = [*checked.sentences, *checked.quotes]
        for item in sorted(marks, key=lambda mark: (mark.end, mark.start), reverse=True):
            comment = self._quote_comment(item) if isinstance(item, CheckedQuote) else self._comment(item)
            if comment:
                self._add_comment(element, item.start, item.end, comment)
            if isinstance(item, CheckedSentence) and item.verdict and item.verdict.is_support and item.matches:
                self._add_note(element, item.end, item)

    def renumbered(self, elements: Sequence[Any]) -> None:
        """Comment on "noot 3" in the text where notes put in before it have given that note another number."""
        numbers = self.footnotes.new_numbers()
        for element in elements:
            for match in reversed(list(_NAMED_NOTE.finditer(text_of(element)))):
                new = numbers.get(int(match[1]))
                if new is not None and new != int(match[1]):
                    text = f"Uw noot {match[1]} is nu noot {new}: er zijn noten bij gekomen. Pas dit nummer zelf aan."
                    self._add_comment(element, match.start(), match.end(), text)

    def close(self) -> None:
        """Write the notes, and give the comments styles and ids that Word and LibreOffice both understand."""
        self.footnotes.save()
        if not any(one.reltype.endswith("/comments") for one in self.document.part.rels.values()):
            return
        known = {
            style_id: ensure_style(self.document, name, style_id, paragraph=style_id == "CommentText")
            for name, style_id in (("annotation text", "CommentText"), ("annotation reference", "CommentReference"))
        }
        # LibreOffice 7.4 mistakes the id of a comment for that of a footnote and then loses the text of notes;
        # ids above the number of notes are read right (tried with 0 to 1000).
        # The writer's own comments go along: one with the id 0 empties all notes.
        first = 1 + len(self.footnotes)
        old = sorted(comment.comment_id for comment in self.document.comments)
        renumbered = {str(number): str(first + i) for i, number in enumerate(old)}
        marks = [f"{_W}{name}" for name in ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")]
        for root in (self.document.element, self.document.part._comments_part.element):
            for node in root.iter(f"{_W}pStyle", f"{_W}rStyle"):
                node.set(f"{_W}val", known.get(node.get(f"{_W}val"), node.get(f"{_W}val")))
            for node in root.iter(*marks):
                node.set(f"{_W}id", renumbered.get(node.get(f"{_W}id"), node.get(f"{_W}id")))

    def _add_note(self, element: Any, end: int, sentence: CheckedSentence) -> None:
        last = split_run(element, end)
        if last is None or _has_note(last):
            return  # a sentence with a footnote of its own keeps that one
        text = self._cite(sentence.matches[0].citation)
        if sentence.verdict is Verdict.PARTLY:
            text = f"Vgl. {text}"
        last.addnext(self.footnotes.add(text))

    def _add_comment(self, element: Any, start: int, end: int, text: str) -> None:
        from docx.text.paragraph import Paragraph
        from docx.text.run import Run

        split_run(element, end)
        split_run(element, start)
        runs = [atom.run for atom in atoms_of(element) if atom.start < end and atom.end > start]
        if not runs:
            return
        parent = Paragraph(element, self.document._body)
        anchor = [Run(runs[0], parent), Run(runs[-1], parent)]
        self.document.add_comment(anchor, clean_text(text), AUTHOR, INITIALS)

    def _cite(self, citation: Citation) -> str:
        suffix = self._suffixes.get(citation.document.document_id, "")
        return footnote(citation.document, citation.page_label, style=self._style, suffix=suffix)

    def _source(self, citation: Citation) -> str:
        quote = citation.quote
        if len(quote) > _QUOTED_CHARACTERS:
            quote = quote[:_QUOTED_CHARACTERS].rsplit(" ", 1)[0] + " …"
        return f"{self._cite(citation)}\n‘{quote}’"

    def _comment(self, sentence: CheckedSentence) -> str:
        best: Match | None = sentence.matches[0] if sentence.matches else None
        match sentence.verdict:
            case Verdict.DIFFERS if best:
                why = _capital(sentence.explanation)
                return f"Een getal of jaartal wijkt af. {why}.\nBron: {self._source(best.citation)}"
            case Verdict.CONTRADICTED if best:
                why = f" {_capital(sentence.explanation)}." if sentence.explanation else ""
                other = any(difference.topic is Topic.SPEAKER for difference in sentence.differences)
                what = "Een ander zegt dit." if other else "Een bron spreekt dit tegen."
                return f"{what}{why}\nBron: {self._source(best.citation)}"
            case Verdict.NOT_FOUND:
                nearest = f"\nHet dichtst in de buurt: {self._source(best.citation)}" if best else ""
                return f"Geen bron gevonden in de documenten.{nearest}"
            case _:
                return ""

    def _quote_comment(self, quote: CheckedQuote) -> str:
        source = f"\nBron: {self._source(quote.citations[0])}" if quote.citations else ""
        match quote.verdict:
            case QuoteVerdict.SMALL_DIFFERENCES:
                changes = "; ".join(
                    f"in uw tekst ‘{change.quoted or '–'}’, in de bron ‘{change.printed or '–'}’"
                    for change in quote.changes
                )
                return f"Het citaat is niet letterlijk: {changes}.{source}"
            case QuoteVerdict.OTHER_DOCUMENT:
                return f"Het citaat staat niet in ‘{quote.named_document}’, wel in een ander document.{source}"
            case QuoteVerdict.NOT_FOUND:
                return "Het citaat is niet gevonden in de documenten."
            case _:
                return ""


def split_run(paragraph: Any, offset: int) -> Any:
    """Make a run end at character `offset` of a paragraph element; returns that run, None at the very start."""
    atom = next((atom for atom in atoms_of(paragraph) if atom.start < offset <= atom.end), None)
    if atom is None:
        return None
    if offset < atom.end:
        rest = copy.deepcopy(atom.child)
        atom.child.text, rest.text = atom.text[: offset - atom.start], atom.text[offset - atom.start :]
        for part in (atom.child, rest):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        atom.child.addnext(rest)
    following = list(atom.child.itersiblings())
    if following:
        tail = atom.run.makeelement(atom.run.tag, dict(atom.run.attrib))
        properties = atom.run.find(f"{_W}rPr")
        if properties is not None:
            tail.append(copy.deepcopy(properties))
        tail.extend(following)
        atom.run.addnext(tail)
    return atom.run


def _has_note(run: Any) -> bool:
    """Whether a footnote or endnote follows `run`, before any other text."""
    for sibling in run.itersiblings():
        if next(sibling.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None) is not None:
            return True
        if any((node.text or "").strip() for node in sibling.iter(f"{_W}t")):
            return False
    return False


def _documents(checked: CheckedDraft) -> list[Document]:
    """The documents that notes and comments name, in order of the text, each once."""
    found: dict[DocumentId, Document] = {}
    for sentence in checked.sentences:
        if sentence.matches and sentence.verdict not in (None, Verdict.NOT_FOUND):
            document = sentence.matches[0].citation.document
            found.setdefault(document.document_id, document)
    for quote in checked.quotes:
        for citation in quote.citations[:1]:
            found.setdefault(citation.document.document_id, citation.document)
    return list(found.values())


def _drop_old_styles(document: WordDocument) -> None:
    """Leave out the copy of the styles that Word 2010 kept for Word 2007: it lacks the styles added here."""
    stale = [key for key, relation in document.part.rels.items() if relation.reltype.endswith("/stylesWithEffects")]
    for key in stale:
        document.part.rels.pop(key)


def _append_list(document: WordDocument, references: Sequence[str], title: str) -> None:
    if not references:
        return
    names = {style.name for style in document.styles}
    heading = document.add_paragraph(title, "Heading 1" if "Heading 1" in names else None)
    if "Heading 1" not in names:
        heading.runs[0].bold = True
    for text in references:
        paragraph = document.add_paragraph(clean_text(text))
        indent = paragraph.paragraph_format
        indent.left_indent, indent.first_line_indent = centimetres(1.0), centimetres(-1.0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
