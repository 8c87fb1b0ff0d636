"""Writes the small bundled model as a sentence-transformers model (StaticEmbedding), for use elsewhere.

python training/to_sentence_transformers.py src/beleidskennis/models/beleidskennis-nl OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def main() -> None:
    """Reads the 8-bit table, writes it in 32 bits; the vectors are the same up to rounding."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer

    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    table = np.load(source / "table.npy").astype(np.float32) * np.load(source / "scale.npy")[:, None]
    static = StaticEmbedding(Tokenizer.from_file(str(source / "tokenizer.json")), embedding_weights=table)
    SentenceTransformer(modules=[static, Normalize()]).save(str(out))


if __name__ == "__main__":
    main()
