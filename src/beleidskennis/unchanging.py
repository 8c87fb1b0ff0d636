"""Files that never change once written: shared by the folder of one state of an index and the next.

The folders hold `lexical/` (segments), `vectors/` and `sentences/` (parts), or some of these, each with a list of what
is in use.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from beleidskennis import sentence_vectors, vectors
from beleidskennis.index import LEXICAL_FOLDER, SENTENCES_FOLDER, VECTORS_FOLDER


def link_unchanging(source: Path, target: Path) -> None:
    """Put the segments and vector files of one generation, which never change, into the next: linked, else copied."""
    paths = [
        *(source / LEXICAL_FOLDER).glob("segment-*/*"),
        *(source / VECTORS_FOLDER).glob("*.faiss"),
        *(source / SENTENCES_FOLDER).glob("*.npy"),
    ]
    for path in paths:
        to = target / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, to)
        except OSError:
            shutil.copy2(path, to)


def drop_unnamed(generation: Path) -> None:
    """Remove linked segments and vector files that the generation no longer uses."""
    listed = (generation / LEXICAL_FOLDER / "lexical.json").read_text(encoding="utf-8")
    for segment in (generation / LEXICAL_FOLDER).glob("segment-*"):
        if segment.name not in listed:
            shutil.rmtree(segment)
    for folder, names in ((VECTORS_FOLDER, vectors.NAMES_FILE), (SENTENCES_FOLDER, sentence_vectors.NAMES_FILE)):
        if not (generation / folder).is_dir():
            continue
        used = (generation / folder / names).read_text(encoding="utf-8")
        for part in [*(generation / folder).glob("*.faiss"), *(generation / folder).glob("*.npy")]:
            if part.name.removesuffix(".vectors.npy").removesuffix(".bounds.npy") not in used:
                part.unlink()
