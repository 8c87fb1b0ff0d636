"""Questions answered with citations, and drafts held against the documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from beleidskennis.library.searching import Searching
from beleidskennis.model import Answer, Filters

if TYPE_CHECKING:
    from beleidskennis.answers import OpenAIGenerator, Turn
    from beleidskennis.citations import CheckedDraft, CheckedQuote, CheckedSentence, Corpus, QuoteIndex
    from beleidskennis.citations.elsewhere import Elsewhere
    from beleidskennis.references import Style


class Answering(Searching):
    """The part of `Library` that answers and cites."""

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        generate: bool = False,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        """The answer to a question, every sentence of it with its citation; or an honest "not found".

        `history` are the earlier questions of a conversation; `generate` lets the language model of the settings word
        the answer (`on_text` gets what it streams), and each of its sentences is checked.

        Raises:
            QueryError: there is nothing to search for.
            SettingsError: `generate` without a language model in the settings.
        """
        from beleidskennis.answers import answer

        generator = self.generator() if generate else None
        seconds = self.settings.llm_seconds
        made = answer(
            question,
            self.corpus(),
            filters=filters,
            history=history,
            generator=generator,
            on_text=on_text,
            seconds=seconds,
        )
        return replace(made, citations=self._elsewhere().added(made.citations))

    def cite(self, sentence: str, *, filters: Filters | None = None, claims_only: bool = False) -> CheckedSentence:
        """The verdict on one draft sentence, with the places that speak of it, best first."""
        from beleidskennis.citations import check_sentence

        return self._placed(check_sentence(sentence, self.corpus(), filters=filters, claims_only=claims_only))

    def check_draft(
        self,
        data: bytes,
        file_name: str,
        *,
        filters: Filters | None = None,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> CheckedDraft:
        """Every sentence of a draft (.docx, .md, .txt) that claims something with its verdict, and every quote.

        Raises:
            UnreadableFileError: the draft cannot be read.
            MissingExtraError: reading Word files needs python-docx.
        """
        from beleidskennis.citations import check_draft
        from beleidskennis.exports.word_text import read_draft

        paragraphs = read_draft(data, file_name)
        made = check_draft(paragraphs, self.corpus(), quotes=self.quotes(), filters=filters, progress=progress)
        placed = (replace(one, sentences=tuple(map(self._placed, one.sentences))) for one in made.paragraphs)
        return replace(made, paragraphs=tuple(placed))

    def draft_as_word(self, data: bytes, file_name: str, checked: CheckedDraft, *, style: Style | None = None) -> bytes:
        """The draft as .docx with footnotes, comments and a list of sources."""
        from beleidskennis.exports.word_draft import write_draft
        from beleidskennis.references import Style

        return write_draft(data, file_name, checked, style=style or Style.APA)

    def verify(self, text: str) -> tuple[CheckedQuote, ...]:
        """Every quote between quotation marks in `text`, or `text` itself if there is none, looked up on the pages."""
        from beleidskennis.citations import check_quote, check_quotes

        return check_quotes(text, self.quotes()) or (check_quote(text, self.quotes()),)

    def corpus(self) -> Corpus:
        """What answers and citations need of this knowledge base."""
        from beleidskennis.citations import Corpus
        from beleidskennis.citations.likeness import stored_likeness

        opened = self.opened()
        return Corpus(
            search=partial(self._search_in, opened),
            encoder=self.encoder,
            frequency=opened.snapshot.lexical.frequency,
            passages=len(opened.snapshot),
            documents=tuple(self.documents()),
            page_label=self._page_label,
            reader=self.reader,
            likeness=stored_likeness(opened.snapshot, self.catalogue.passage_rows),
        )

    def quotes(self) -> QuoteIndex:
        """The words of all pages, to look quotes up in."""
        from beleidskennis.citations import QuoteIndex

        return self._per_generation(
            "quotes",
            lambda: QuoteIndex(
                [(one, self.pages(one.document_id)) for one in self.documents()],
                self.opened().snapshot.versions.families,
            ),
        )

    def _elsewhere(self) -> Elsewhere:
        from beleidskennis.citations.elsewhere import Elsewhere

        opened, catalogue = self.opened(), self.catalogue
        return Elsewhere(
            opened.snapshot, opened.documents, catalogue.passage_rows, catalogue.passages_by_row, self._page_label
        )

    def _placed(self, checked: CheckedSentence) -> CheckedSentence:
        """A checked sentence whose citations say in which other versions they stand."""
        citations = self._elsewhere().added([match.citation for match in checked.matches])
        matches = (replace(match, citation=one) for match, one in zip(checked.matches, citations, strict=True))
        return replace(checked, matches=tuple(matches))

    def _page_label(self, document_id: str, page_number: int) -> str:
        labels = self._per_generation("labels", dict[str, dict[int, str]])
        if document_id not in labels:
            labels[document_id] = self.catalogue.page_labels(document_id)
        return labels[document_id].get(page_number, str(page_number))

    def generator(self) -> OpenAIGenerator:
        """The language model of the settings; it is connected to when it is first asked something.

        Raises:
            SettingsError: there is none.
        """
        from beleidskennis.answers import OpenAIGenerator
        from beleidskennis.errors import SettingsError

        settings = self.settings
        if not settings.llm_url or not settings.llm_model:
            message = "Er is geen taalmodel ingesteld."
            hint = "Zet BELEIDSKENNIS_LLM_URL en BELEIDSKENNIS_LLM_MODEL, bijvoorbeeld voor Ollama op deze computer."
            raise SettingsError(message, hint)
        return OpenAIGenerator(settings.llm_url, settings.llm_model, settings.llm_key, settings.llm_seconds)
