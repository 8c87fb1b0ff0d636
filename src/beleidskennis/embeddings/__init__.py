"""Text to vectors: the Dutch models that come with the package, and any sentence-transformers model.

    encoder = load_encoder()                                  # the bundled model, no network, no torch
    encoder = load_encoder("intfloat/multilingual-e5-small")  # a hub name: the user's own choice to fetch it
    encoder = load_encoder("/models/bge-m3")                  # a folder

Every encoder is a `beleidskennis.model.Encoder`: `encode_passages` and `encode_queries` give `(n, d)` float32 with
unit rows (a text without a known word gives a row of zeros), and `name` changes with the model, its version and its
prompts, so that an index made with another model can be refused.
"""

from __future__ import annotations

from pathlib import Path

from beleidskennis.embeddings.bundled import bundled_models, is_bundled_format, load_bundled
from beleidskennis.embeddings.hub import load_sentence_transformer
from beleidskennis.embeddings.reading import load_reader
from beleidskennis.embeddings.reranking import load_reranker
from beleidskennis.errors import ModelError
from beleidskennis.model import Encoder

DEFAULT_MODEL = "beleidskennis-nl"
SMALL_MODEL = "beleidskennis-nl-klein"
READER = "beleidskennis-lezer"
MODELS_FOLDER = Path(__file__).parent.parent / "models"

__all__ = [
    "DEFAULT_MODEL",
    "MODELS_FOLDER",
    "READER",
    "SMALL_MODEL",
    "available_models",
    "load_encoder",
    "load_reader",
    "load_reranker",
]


def available_models() -> tuple[str, ...]:
    """The names of the models that came with this installation."""
    return bundled_models(MODELS_FOLDER)


def load_encoder(
    name_or_path: str = DEFAULT_MODEL,
    *,
    batch_size: int = 32,
    threads: int = 0,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
) -> Encoder:
    """The encoder of that name: a bundled model, a folder, or a sentence-transformers model on the hub.

    `batch_size` only concerns sentence-transformers models; `threads` is how many cores to use (0: all). The prompts
    are put before every question and passage; None means what belongs to the model.

    Raises:
        ModelError: the model is missing, damaged or cannot be fetched; the message says what to do.

    """
    if name_or_path in available_models():
        folder = MODELS_FOLDER / name_or_path
        return load_bundled(folder, threads=threads, query_prompt=query_prompt, passage_prompt=passage_prompt)
    if name_or_path == DEFAULT_MODEL:
        message = f"Het meegeleverde zoekmodel '{DEFAULT_MODEL}' ontbreekt in {MODELS_FOLDER}."
        raise ModelError(message, "Installeer beleidskennis opnieuw.")
    folder = Path(name_or_path).expanduser()
    if is_bundled_format(folder):
        return load_bundled(folder, threads=threads, query_prompt=query_prompt, passage_prompt=passage_prompt)
    return load_sentence_transformer(
        name_or_path, batch_size=batch_size, threads=threads, query_prompt=query_prompt, passage_prompt=passage_prompt
    )
