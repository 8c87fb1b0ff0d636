"""Any sentence-transformers model, from a folder or by its name on the Hugging Face hub.

Nothing is fetched unless the user names a model that is not on this machine: a name is the user's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis.embeddings.memory import QueryMemory
from beleidskennis.errors import MissingExtraError, ModelError

if TYPE_CHECKING:
    from beleidskennis.model import Encoder, Vectors

# Prefixes as the model cards of intfloat/multilingual-e5-* and -instruct and BAAI/bge-m3 state them. The first
# entry whose key is in the lower-cased name counts, so the longer key comes first.
KNOWN_PROMPTS: tuple[tuple[str, str, str], ...] = (
    (
        "e5-large-instruct",
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ",
        "",
    ),
    ("e5-mistral", "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ", ""),
    ("e5-", "query: ", "passage: "),
    ("bge-m3", "", ""),
)


def known_prompts(name: str) -> tuple[str, str]:
    """`(query, passage)` prompts that belong to a model of that name; empty where none is known."""
    lowered = name.lower()
    for key, query, passage in KNOWN_PROMPTS:
        if key in lowered:
            return query, passage
    return "", ""


def load_sentence_transformer(
    name_or_path: str,
    *,
    batch_size: int = 32,
    threads: int = 0,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
) -> Encoder:
    """The sentence-transformers model in a folder, or of that name.

    A given prompt wins over the prompts in the model's own configuration, which win over `known_prompts`.

    Raises:
        ModelError: there is no such folder, or the model cannot be fetched or loaded.
        MissingExtraError: sentence-transformers is not installed.

    """
    looks_like_path = name_or_path.startswith((".", "/", "~")) or name_or_path.count("/") > 1 or "\\" in name_or_path
    folder = Path(name_or_path).expanduser()
    if looks_like_path and not folder.is_dir():
        message = f"De map van het zoekmodel bestaat niet: {folder}."
        raise ModelError(
            message, "Controleer BELEIDSKENNIS_MODEL, of laat de instelling weg voor het meegeleverde model."
        )
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        message = f"Voor het zoekmodel '{name_or_path}' is sentence-transformers nodig."
        raise MissingExtraError(message, "Installeer het met: pip install sentence-transformers") from error
    if threads:
        torch.set_num_threads(threads)
    target = str(folder) if folder.is_dir() else name_or_path
    try:
        model = SentenceTransformer(target, device="cpu")
    except Exception as error:
        raise _cannot_load(name_or_path, local=folder.is_dir()) from error
    known = known_prompts(name_or_path)
    own = dict(getattr(model, "prompts", None) or {})
    query = query_prompt if query_prompt is not None else own.get("query") or known[0]
    passage = passage_prompt if passage_prompt is not None else own.get("passage") or own.get("document") or known[1]
    return SentenceTransformerEncoder(model, name_or_path, query, passage, batch_size)


def _cannot_load(name: str, *, local: bool) -> ModelError:
    if local:
        message = f"In de map '{name}' staat geen sentence-transformers-model dat kan worden geladen."
        return ModelError(message, "Controleer BELEIDSKENNIS_MODEL, of laat de instelling weg.")
    message = f"Het zoekmodel '{name}' staat niet op deze computer en kon niet worden opgehaald."
    hint = (
        "Controleer de naam en de verbinding, geef de map van een opgehaald model, "
        "of laat BELEIDSKENNIS_MODEL weg voor het meegeleverde model."
    )
    return ModelError(message, hint)


@dataclass
class SentenceTransformerEncoder:
    """A sentence-transformers model with its prompts."""

    model: Any
    given_name: str
    query_prompt: str
    passage_prompt: str
    batch_size: int = 32

    @property
    def name(self) -> str:
        """The given name, the dimension and the prompts."""
        return f"st:{self.given_name}#{self.dimension}|{self.query_prompt}|{self.passage_prompt}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        ask = getattr(self.model, "get_embedding_dimension", None) or self.model.get_sentence_embedding_dimension
        size = ask()
        if size is None:
            message = f"Het zoekmodel '{self.given_name}' zegt niet hoeveel getallen een vector heeft."
            raise ModelError(message, "Kies een ander model.")
        return int(size)

    def encode_passages(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        return self._encode([self.passage_prompt + text for text in texts])

    def encode_queries(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        return self._remembered([self.query_prompt + text for text in texts])

    @cached_property
    def _remembered(self) -> QueryMemory:
        return QueryMemory(self._encode)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self.model.encode(
            list(texts), batch_size=self.batch_size, prompt="", show_progress_bar=False, convert_to_numpy=True
        )
        vectors = np.array(rows, dtype=np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors
