"""The functions of this package, run in a child process within limits: for files that are not trusted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from beleidskennis.pdf.guard import GuardedPool
from beleidskennis.pdf.page_image import locate, render_page
from beleidskennis.pdf.reading import read_pdf
from beleidskennis.pdf.types import Box, Limits, RawDocument


def _read_job(job: tuple[Path, Limits, tuple[str, ...]]) -> RawDocument:
    path, limits, passwords = job
    return read_pdf(path, limits=limits, passwords=passwords)


def read_pdf_guarded(path: Path, *, limits: Limits | None = None, passwords: Sequence[str] = ()) -> RawDocument:
    """`read_pdf` in a child process of its own, within all of `limits`.

    Raises:
        SourceError: as `read_pdf`, and when the file hangs, crashes the reader, or goes over a limit.

    """
    limits = limits or Limits()
    with GuardedPool(_read_job, limits=limits) as pool:
        return pool.call((path, limits, tuple(passwords)))


_ViewJob = tuple[Path, int, tuple[str, str, str], int, tuple[Box, ...], tuple[str, ...]]


def _view_job(job: _ViewJob) -> tuple[bytes, tuple[Box, ...]]:
    path, page_number, (before, quote, after), width_px, boxes, passwords = job
    found = locate(path, page_number, quote, before=before, after=after, passwords=passwords) if quote else boxes
    return render_page(path, page_number, width_px=width_px, highlights=found, passwords=passwords), found


_viewing = threading.Lock()
_viewers: list[GuardedPool[Any, Any]] = []


def view_page(
    path: Path,
    page_number: int,
    quote: str = "",
    *,
    before: str = "",
    after: str = "",
    width_px: int = 900,
    highlights: Sequence[Box] = (),
    passwords: Sequence[str] = (),
) -> tuple[bytes, tuple[Box, ...]]:
    """A page as a PNG with `quote` (or the boxes) highlighted, made in a child process that is kept for the next time.

    The boxes that were highlighted come with it: none if the quote's place is not certain (`before` and `after`, the
    text around it, help where it stands on the page twice). Safe in threads.

    Raises:
        SourceError: as `render_page`, and when the page hangs or crashes the renderer.

    """
    with _viewing:
        if not _viewers:
            _viewers.append(GuardedPool(_view_job, limits=Limits(document_seconds=30.0)))
        job = (path, page_number, (before, quote, after), width_px, tuple(highlights), tuple(passwords))
        return cast("tuple[bytes, tuple[Box, ...]]", _viewers[0].call(job))
