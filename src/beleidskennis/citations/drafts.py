"""A whole draft: its paragraphs cut into sentences, each that claims something checked, and its quotes verified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from beleidskennis.citations.evidence import Corpus
from beleidskennis.citations.quote_index import QuoteIndex
from beleidskennis.citations.quotes import check_quotes
from beleidskennis.citations.report import CheckedDraft, CheckedParagraph, CheckedSentence, DraftParagraph
from beleidskennis.citations.support import check_sentence
from beleidskennis.dutch import sentences
from beleidskennis.model import Filters


def check_draft(
    paragraphs: Sequence[DraftParagraph],
    corpus: Corpus,
    *,
    quotes: QuoteIndex | None = None,
    filters: Filters | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CheckedDraft:
    """Every sentence of a draft with its verdict, and every quote with what the pages hold.

    Args:
        paragraphs: the draft; headings are left alone.
        corpus: where to look.
        quotes: the words of all pages; without it quotes are not verified.
        filters: restrictions on the documents.
        progress: called with the number of paragraphs done and in all.

    """
    checked = []
    for number, paragraph in enumerate(paragraphs, start=1):
        found: list[CheckedSentence] = []
        if paragraph.kind != "kop":
            for start, end in sentences.split(paragraph.text):
                sentence = check_sentence(paragraph.text[start:end], corpus, filters=filters)
                found.append(replace(sentence, start=start, end=end))
        verified = check_quotes(paragraph.text, quotes) if quotes else ()
        checked.append(CheckedParagraph(paragraph, tuple(found), verified))
        progress(number, len(paragraphs))
    return CheckedDraft(tuple(checked))
