"""The rows of all recommendations on disk, beside the index: read in milliseconds, added to as documents come.

    index/advice/
      CURRENT              the name of the folder in force, replaced atomically
      a-000003/            meta.json  rows.npz  lexical/  vectors/

All of it can be made anew from the catalogue, and is when it does not fit.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from beleidskennis.advice.rows import AdviceRows
from beleidskennis.advice.values import Values
from beleidskennis.comparison.terms import TermCounts
from beleidskennis.index import LEXICAL_FOLDER, VECTORS_FOLDER
from beleidskennis.lexical import LexicalIndex
from beleidskennis.unchanging import drop_unnamed, link_unchanging
from beleidskennis.vectors import VectorIndex

FOLDER = "advice"
FORMAT_VERSION = 1
"""Raised when the files change shape, or what is read from a recommendation into a row: all is then made anew."""
_CURRENT, _META, _ROWS = "CURRENT", "meta.json", "rows.npz"
_KEPT = 2
"""Folders kept: the one in force and the one before, which a reader may have open."""


def load(index_folder: Path, made_with: str, before: AdviceRows | None = None) -> AdviceRows:
    """The rows as they were last saved; none if they were `made_with` something else, or are damaged.

    What they share with `before`, which is open, is not opened again.
    """
    folder = index_folder / FOLDER
    try:
        place = folder / (folder / _CURRENT).read_text(encoding="utf-8").strip()
        meta = json.loads((place / _META).read_text(encoding="utf-8"))
        if (meta["format_version"], meta["made_with"]) != (FORMAT_VERSION, made_with):
            return AdviceRows()
        with np.load(place / _ROWS) as arrays:
            return _rows_of(meta, arrays, place, before)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return AdviceRows()


def _rows_of(meta: Any, arrays: Any, place: Path, before: AdviceRows | None) -> AdviceRows:
    def values(name: str) -> Values:
        return Values(tuple(meta["names"][name]), arrays[f"{name}-rows"], arrays[f"{name}-codes"])

    terms = TermCounts(
        tuple(meta["terms"]), arrays["term-documents"], arrays["term-codes"], arrays["term-counts"]
    )  # fmt: skip
    rows = AdviceRows(
        LexicalIndex.load(place / LEXICAL_FOLDER, before=before.lexical if before else None),
        VectorIndex.load(place / VECTORS_FOLDER, before.vectors if before else None),
        meta["documents"],
        meta["stamps"],
        arrays["document-of"],
        arrays["ids"],
        arrays["keys"],
        strengths=values("strength"),
        terms=terms,
    )
    return replace(rows, labels={scheme: values(scheme) for scheme in rows.labels})


def save(rows: AdviceRows, index_folder: Path, made_with: str) -> None:
    """Write the rows and make them the ones in force. To be called with the write lock of the index held."""
    folder = index_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    old = sorted(path for path in folder.glob("a-*") if path.is_dir())
    number = int(old[-1].name.removeprefix("a-")) + 1 if old else 1
    place = folder / f"a-{number:06d}"
    if old:
        link_unchanging(old[-1], place)
    rows.lexical.save(place / LEXICAL_FOLDER)
    rows.vectors.save(place / VECTORS_FOLDER)
    drop_unnamed(place)
    columns = {"strength": rows.strengths, **rows.labels}
    arrays: dict[str, Any] = {f"{name}-rows": of.rows for name, of in columns.items()}
    arrays |= {f"{name}-codes": of.codes for name, of in columns.items()}
    arrays |= {"term-documents": rows.terms.documents, "term-codes": rows.terms.codes, "term-counts": rows.terms.counts}
    arrays |= {"document-of": rows.document_of, "ids": rows.ids, "keys": rows.keys}
    np.savez(place / _ROWS, **arrays)
    meta = {
        "format_version": FORMAT_VERSION,
        "made_with": made_with,
        "documents": rows.documents,
        "stamps": rows.stamps,
        "names": {name: of.names for name, of in columns.items()},
        "terms": rows.terms.names,
    }
    (place / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    pointer = folder / f"{_CURRENT}.tmp"
    pointer.write_text(place.name, encoding="utf-8")
    pointer.replace(folder / _CURRENT)
    for path in [*old, place][:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)  # on Windows a reader may still hold it open; the next time tries again
