"""The model that reads a question and some sentences together, and says of each how well it answers the question.

Likeness compares a question with a sentence that was embedded without it: "how much" and "why" on the same subject lie
side by side. The reader sees both, but must read anew for every question: it is for the few best sentences of a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis.embeddings.bundled import Card, open_graph, open_tokenizer, read_card, weights_folder
from beleidskennis.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUESTION_PIECES = 40
"""Word pieces read of a question, as in training."""
BEGIN, END = 0, 2
"""Numbers of `<s>`, before the question, and of `</s>`, after it and after each sentence."""


def load_reader(folder: Path, *, threads: int = 2) -> BundledReader:
    """The reader in `folder`; its weights are read at the first question.

    Raises:
        ModelError: there is none, or it is not whole.

    """
    card = read_card(folder)
    if card.kind != "reader":
        message = f"Het model in {folder} kan geen vragen lezen: het is van de soort '{card.kind}'."
        raise ModelError(message, "Installeer beleidskennis opnieuw.")
    return BundledReader(weights_folder(folder, card), card, threads)


@dataclass
class BundledReader:
    """A reader; the texts run one at a time, on as many threads as asked for (see `bundled.BundledEncoder`)."""

    folder: Path
    card: Card
    threads: int

    def read(self, question: str, texts: Sequence[Sequence[str]], /) -> list[NDArray[np.float32]]:
        """Log-odds that each sentence answers the question, `(sentences,)` for each text.

        A text is a run of sentences of one place, in reading order. What does not fit into the model (`max_length`
        pieces with the question) is left unread: such a sentence has a score of -inf.
        """
        asked = self._pieces([question])[0][:QUESTION_PIECES]
        rows = iter(self._pieces([sentence for text in texts for sentence in text]))
        joined = [self._joined(asked, [next(rows) for _ in text]) for text in texts]
        if len(joined) < 2 or self.threads == 1:
            return [self._scores(*one) for one in joined]
        _ = self._parts  # loaded once, before threads ask for it
        return list(self._pool.map(lambda one: self._scores(*one), joined))

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer(self.folder)

    @cached_property
    def _parts(self) -> tuple[Any, Any]:
        return open_graph(self.folder / "lower.onnx"), open_graph(self.folder / "reader.onnx")

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="beleidskennis-read")

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        return [one.ids for one in self._tokenizer.encode_batch(texts, add_special_tokens=False)]

    def _joined(self, question: list[int], sentences: list[list[int]]) -> tuple[list[int], list[tuple[int, int]], int]:
        """Pieces of question and sentences, the `(first, end)` pieces of each that fits, and how many there are."""
        ids, parts = [BEGIN, *question, END], []
        for sentence in sentences:
            if len(ids) + len(sentence) + 1 > self.card.max_length:
                break
            parts.append((len(ids), len(ids) + len(sentence)))
            ids += [*sentence, END]
        return ids, parts, len(sentences)

    def _scores(self, ids: list[int], parts: list[tuple[int, int]], count: int) -> NDArray[np.float32]:
        import numpy as np

        found = np.full(count, -np.inf, dtype=np.float32)
        if parts:
            lower, upper = self._parts
            (middle,) = lower.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
            scores = upper.run(None, {"middle": middle})[0][0]
            for number, (first, end) in enumerate(parts):
                if end > first:
                    found[number] = scores[first:end].mean()
        return found
