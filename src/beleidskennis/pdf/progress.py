"""How far the reading of a file is: said by whoever reads, heard by the parent process (see `worker`)."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[int, int], None]] = []


def report_page(page_number: int, page_count: int) -> None:
    """Say that page `page_number` (from 1) is about to be read; `page_count + 1` says that all are."""
    for listener in _listeners:
        listener(page_number, page_count)


def listen(listener: Callable[[int, int], None]) -> None:
    """Call `listener(page_number, page_count)` at each report in this process, from now on."""
    _listeners.append(listener)
