"""A second look at the first hits by a cross-encoder, which reads question and passage together. Never needed.

Only where the user names one: a sentence-transformers CrossEncoder, from a folder or by its name on the hub, with
behind a # how many hits it looks at ("BAAI/bge-reranker-v2-m3#50").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis.errors import MissingExtraError, ModelError, SettingsError
from beleidskennis.model import Reranker

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEFAULT_TOP = 30
"""Hits looked at where nothing is said: three screens; each costs about as much as embedding a passage anew."""


def load_reranker(setting: str) -> Reranker:
    """The cross-encoder that the setting `reranker` names.

    Raises:
        SettingsError: what stands behind the # is no number above 0.
        ModelError: there is no such folder, or the model cannot be fetched or loaded.
        MissingExtraError: sentence-transformers is not installed.

    """
    name, separator, count = setting.partition("#")
    if separator and not (count.isdigit() and int(count)):
        message = f"De instelling 'reranker' kan niet worden gebruikt: '{count}' is geen aantal treffers."
        raise SettingsError(message, "Geef een map of naam, eventueel met een aantal: naam#50")
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        message = f"Voor het herordenen met '{name}' is sentence-transformers nodig."
        raise MissingExtraError(message, "Installeer het met: pip install sentence-transformers") from error
    try:
        model = CrossEncoder(str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name, device="cpu")
    except Exception as error:
        message = f"Het model '{name}' om treffers te herordenen kan niet worden geladen."
        hint = "Controleer BELEIDSKENNIS_RERANKER, of laat de instelling weg: zoeken kan zonder."
        raise ModelError(message, hint) from error
    return CrossEncoderReranker(model, int(count) if count else DEFAULT_TOP)


@dataclass(frozen=True)
class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder."""

    model: Any
    top: int

    def scores(self, question: str, texts: Sequence[str], /) -> NDArray[Any]:
        """`(n,)` how well each text fits the question."""
        import numpy as np

        pairs = [(question, text) for text in texts]
        return np.asarray(self.model.predict(pairs, show_progress_bar=False), dtype=np.float32).reshape(len(texts), -1)[
            :, -1
        ]
