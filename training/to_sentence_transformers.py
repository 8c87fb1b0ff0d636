"""Writes the small bundled model as a sentence-transformers model (StaticEmbedding), for use elsewhere.

python training/to_sentence_transformers.py src/beleidskennis/models/beleidskennis-nl OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from beleidskennis.embeddings.bundled import four_bits


def main() -> None:
    """Reads the 4-bit table, writes it in 32 bits; the vectors are the same up to rounding."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer

    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    table = four_bits(np.load(source / "table.npy"), np.load(source / "scale.npy"))
    static = StaticEmbedding(Tokenizer.from_file(str(source / "tokenizer.json")), embedding_weights=table)
    SentenceTransformer(modules=[static, Normalize()]).save(str(out))


if __name__ == "__main__":
    main()
