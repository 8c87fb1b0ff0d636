"""The child process that reads files: `python -m beleidskennis.pdf.worker`, started and killed by `guard`.

It takes a function and then items from standard input, and answers with `("page", number, count)`,
`("done", result)` or `("failed", error, traceback)`. It ends when its parent does.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from beleidskennis.errors import BeleidskennisError, LimitExceededError, UnreadableFileError
from beleidskennis.pdf import wire
from beleidskennis.pdf.progress import listen


def name_of(item: Any) -> str:
    """The file name that an item is about, for messages: its `path`, its first part, or itself."""
    if isinstance(item, tuple) and item:
        item = item[0]
    item = getattr(item, "path", item)
    return Path(str(item)).name


def main() -> None:
    """Serve the parent on standard input and output until it closes them."""
    inbox, outbox = _private_streams()
    jobs: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_feed, args=(inbox, jobs), daemon=True).start()
    function, memory_mb = jobs.get()
    listen(lambda number, count: wire.send(outbox, ("page", number, count)))
    _limit_memory(memory_mb)
    wire.send(outbox, ("ready",))
    while True:
        _answer(function, jobs.get(), outbox)


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent; what a library prints goes nowhere instead of into them."""
    inbox = os.fdopen(os.dup(0), "rb")
    outbox = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return inbox, outbox


def _feed(inbox: BinaryIO, jobs: queue.Queue[Any]) -> None:
    """Put what the parent sends in the queue; end the process at once when the parent is gone, even in mid-job."""
    code = 3  # a function or item that cannot be imported here
    try:
        while True:
            jobs.put(wire.receive(inbox, trusted=True))
    except (EOFError, OSError):
        code = 0
    finally:
        os._exit(code)


def _limit_memory(memory_mb: int) -> None:
    """Let the process grow by `memory_mb` from here on, where the system can keep it to that (Linux)."""
    try:
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        limit = used + memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return  # Windows and macOS: time and size limits remain


def _answer(function: Callable[[Any], Any], item: Any, outbox: BinaryIO) -> None:
    try:
        result = function(item)
        wire.send(outbox, ("done", result))
        return
    except BeleidskennisError as error:
        failure: BeleidskennisError = error
        trace = ""
    except MemoryError:
        message = f"{name_of(item)} vraagt meer geheugen dan is toegestaan; het is overgeslagen."
        hint = "Verhoog de instelling memory_mb, of bewaar het bestand kleiner."
        failure, trace = LimitExceededError(message, hint, file_name=name_of(item)), ""
    except Exception as error:
        message = f"{name_of(item)} kon niet worden verwerkt ({type(error).__name__}: {str(error)[:200]})."
        hint = "Dit is een fout in het programma; het bestand is overgeslagen, de andere gaan door."
        failure, trace = UnreadableFileError(message, hint, file_name=name_of(item)), traceback.format_exc()
    wire.send(outbox, ("failed", failure, trace))


if __name__ == "__main__":
    sys.exit(main())  # type: ignore[func-returns-value]
