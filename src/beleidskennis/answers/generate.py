"""Answers worded by a language model, on request: any OpenAI-compatible server, every sentence checked afterwards.

Nothing is sent anywhere unless an address was given. Whatever goes wrong, the extractive answer is there.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from beleidskennis.answers.checking import support_of
from beleidskennis.answers.prompt import REFUSAL, SYSTEM, prompt_for
from beleidskennis.citations.evidence import Corpus
from beleidskennis.dutch import language, sentences
from beleidskennis.dutch.words import words
from beleidskennis.errors import GeneratorError, MissingExtraError
from beleidskennis.model import Answer, AnswerSentence, Citation, Generator, Hit

MOST_CHARACTERS = 4000
"""More than this is no answer in five sentences: the model has run away."""
_MARKS = re.compile(r"[\[【](\d{1,2}(?:\s*[,;]\s*\d{1,2})*)[\]】]")

_LABEL = re.compile(r"(?:\w+ ){0,2}\w+:$")
"""A heading over an answer ("Antwoord:"): it claims nothing."""


class OpenAIGenerator:
    """A language model behind an OpenAI-compatible server (Ollama, vLLM, llama.cpp and others)."""

    def __init__(self, url: str, model: str, key: str = "", seconds: float = 60.0) -> None:
        """Connect to nothing yet; `url` ends where "/chat/completions" begins, often in "/v1".

        Raises:
            MissingExtraError: the client library is not installed.

        """
        try:
            import openai
        except ImportError as error:
            message = "Voor een taalmodel is een extra onderdeel nodig."
            raise MissingExtraError(message, "Installeer het met: pip install 'beleidskennis[llm]'.") from error
        self._openai = openai
        self._model = model
        self._seconds = seconds
        # The key is given always, so that one in the environment, meant for another service, is never sent.
        self._client = openai.OpenAI(
            base_url=url, api_key=key or "geen", organization="", project="", timeout=seconds, max_retries=0
        )

    @property
    def name(self) -> str:
        """The name of the model on the server."""
        return self._model

    def stream(self, system: str, prompt: str) -> Iterator[str]:
        """The pieces of the answer as they come.

        Raises:
            GeneratorError: the server cannot be reached, refuses, is too slow or breaks off.

        """
        deadline = time.monotonic() + self._seconds
        finished = False
        try:
            with self._client.chat.completions.create(
                model=self._model,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": prompt}],
                temperature=0.0,
                stream=True,
            ) as chunks:
                for chunk in chunks:
                    if time.monotonic() > deadline:
                        raise _too_slow(self._model)
                    if chunk.choices and chunk.choices[0].delta and chunk.choices[0].delta.content:
                        yield chunk.choices[0].delta.content
                    finished = finished or bool(chunk.choices and chunk.choices[0].finish_reason)
        except GeneratorError:
            raise
        except Exception as error:  # a broken stream surfaces as an error of the transport or of the JSON in it
            raise self._told(error) from error
        if not finished:
            raise GeneratorError(f"Het antwoord van het taalmodel '{self._model}' brak af.", "Probeer het opnieuw.")

    def _told(self, error: Exception) -> GeneratorError:
        """What went wrong, in words that say what to do."""
        api, name = self._openai, self._model
        match error:
            case api.APITimeoutError():
                return _too_slow(name)
            case api.APIConnectionError():
                hint = "Kijk of de server draait en of BELEIDSKENNIS_LLM_URL klopt."
                return GeneratorError(f"Het taalmodel '{name}' is niet te bereiken.", hint)
            case api.AuthenticationError() | api.PermissionDeniedError():
                hint = "Kijk de sleutel (BELEIDSKENNIS_LLM_KEY) na."
                return GeneratorError(f"Het taalmodel '{name}' weigerde de toegang.", hint)
            case api.NotFoundError():
                hint = "Kijk of BELEIDSKENNIS_LLM_MODEL en BELEIDSKENNIS_LLM_URL kloppen."
                return GeneratorError(f"De server kent het taalmodel '{name}' niet.", hint)
            case api.APIStatusError():
                message = f"De server van het taalmodel '{name}' gaf een fout ({error.status_code})."
                return GeneratorError(message, "Probeer het later, of kijk in het logboek van die server.")
            case _:
                message = f"Het antwoord van het taalmodel '{name}' brak af of was niet te lezen."
                return GeneratorError(message, "Probeer het opnieuw.")


def _too_slow(name: str) -> GeneratorError:
    hint = "Geef het meer tijd met BELEIDSKENNIS_LLM_SECONDS, of probeer het later."
    return GeneratorError(f"Het taalmodel '{name}' was te langzaam.", hint)


def worded(
    extractive: Answer,
    question: str,
    hits: Sequence[Hit],
    corpus: Corpus,
    generator: Generator,
    *,
    on_text: Callable[[str], None] | None = None,
    seconds: float = 60.0,
) -> Answer:
    """The answer in the words of a language model, or `extractive` with a remark that says why not.

    Args:
        extractive: the answer without it.
        question: as it was understood.
        hits: the passages that the model gets, and may cite as [1] to [n].
        corpus: for the similarity of sentences.
        generator: the language model.
        on_text: called with every piece that comes in, unchecked.
        seconds: after this much time in all the answer is given up.

    """
    try:
        text = streamed(generator, SYSTEM, prompt_for(question, hits), on_text=on_text, seconds=seconds)
    except GeneratorError as error:
        return _instead(extractive, f"{error.message} {error.hint}".strip())
    if REFUSAL in text.upper() and len(words(text)) < 12:
        return _instead(extractive, f"Het taalmodel '{generator.name}' vond geen antwoord in de passages.")
    parts = marked_sentences(text)
    if not parts:
        return _instead(extractive, f"Het taalmodel '{generator.name}' gaf een leeg antwoord.")
    if len(words(text)) > 6 and language.detect(_MARKS.sub("", text)) not in ("nl", None, ""):
        return _instead(extractive, f"Het taalmodel '{generator.name}' antwoordde niet in het Nederlands.")
    sentences_, citations = checked(parts, hits, corpus)
    supported = sum(bool(sentence.citations) for sentence in sentences_)
    if not supported:
        return _instead(extractive, f"Geen zin van het taalmodel '{generator.name}' vond steun in de documenten.")
    missing = len(sentences_) - supported
    remark = f"Geformuleerd door het taalmodel '{generator.name}'; elke zin is gecontroleerd."
    if missing:
        remark += f" Bij {missing} van de {len(sentences_)} zinnen is geen bron gevonden."
    return replace(extractive, sentences=sentences_, citations=citations, remark=remark)


def streamed(
    generator: Generator, system: str, prompt: str, *, on_text: Callable[[str], None] | None = None, seconds: float
) -> str:
    """All that a model answers, what it thought aloud taken out.

    Raises:
        GeneratorError: the server failed, took more than `seconds` in all, or did not stop.

    """
    collected, deadline = "", time.monotonic() + seconds
    for piece in generator.stream(system, prompt):
        collected += piece
        if on_text:
            on_text(piece)
        if time.monotonic() > deadline:
            raise _too_slow(generator.name)
        if len(collected) > MOST_CHARACTERS:
            raise GeneratorError(f"Het taalmodel '{generator.name}' hield niet op.")
    # Models that think aloud do so between these marks.
    return re.sub(r"<think>.*?(?:</think>|$)", "", collected, flags=re.DOTALL).strip()


def marked_sentences(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Sentences with the numbers of the passages that they cite, the marks taken out of the text."""
    # A mark after the full stop belongs to the sentence before it.
    text = re.sub(rf"([.!?])\s*((?:{_MARKS.pattern}\s*)+)", lambda m: f" {m[2].strip()}{m[1]} ", text)
    found = []
    for start, end in sentences.split(text.replace("\r", "")):
        part = text[start:end]
        numbers = tuple(int(number) for mark in _MARKS.findall(part) for number in re.findall(r"\d+", mark))
        plain = re.sub(r"\s+([.,;!?])", r"\1", " ".join(_MARKS.sub(" ", part).split())).lstrip("-*• ").replace("**", "")
        if words(plain) and not _LABEL.match(plain):
            found.append((plain, tuple(dict.fromkeys(numbers))))
    return found


def checked(
    parts: Sequence[tuple[str, tuple[int, ...]]], hits: Sequence[Hit], corpus: Corpus
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Sentences (see `marked_sentences`) with a citation for each passage (from 1 in `hits`) that holds them."""
    citations: list[Citation] = []
    made = []
    for text, numbers in parts:
        indices = []
        for number in numbers:
            citation = support_of(text, hits[number - 1], corpus) if 1 <= number <= len(hits) else None
            if citation is not None:
                if citation not in citations:
                    citations.append(citation)
                indices.append(citations.index(citation))
        made.append(AnswerSentence(text, tuple(indices)))
    return tuple(made), tuple(citations)


def _instead(extractive: Answer, why: str) -> Answer:
    remark = f"{why} Dit antwoord bestaat uit zinnen van de documenten zelf."
    return replace(extractive, remark=" ".join(part for part in (extractive.remark, remark) if part))
