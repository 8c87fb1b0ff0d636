"""Reading files that may be hostile: in child processes that are killed when they go over a limit.

`GuardedPool(function, workers=2, limits=limits).map(items)` calls `function(item)` in a child for each item and yields
`(item, result)` or `(item, SourceError)` as they come: a file that hangs, crashes, or eats memory costs only itself.
`function` must be importable (a module's own), items and results picklable; results may only hold plain values and
classes of this package. Children are started with `python -m`, so it works the same on Linux, macOS and Windows, in
scripts without a main guard, and beside threads.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar, cast

from beleidskennis.errors import BeleidskennisError, LimitExceededError, SourceError
from beleidskennis.pdf import wire
from beleidskennis.pdf.child import Child, crashed, greedy, too_slow
from beleidskennis.pdf.types import Limits
from beleidskennis.pdf.worker import name_of

Item = TypeVar("Item")
Result = TypeVar("Result")

_LOG = logging.getLogger(__name__)
# Linux keeps a child to its memory by itself (see `worker`); elsewhere, and beside that, it is looked at this often. A
# child gets a gigabyte in some 0.3 s here.
_LOOK_SECONDS = 0.25


class GuardedPool(Generic[Item, Result]):
    """Child processes that run one function; see the module. Use as a context manager: leaving it ends them."""

    def __init__(self, function: Callable[[Item], Result], *, workers: int = 1, limits: Limits | None = None) -> None:
        if function.__module__ == "__main__":
            message = f"{function.__qualname__} must stand in a module that a child process can import"
            raise ValueError(message)
        self._function = function
        self._workers = max(1, workers)
        self._limits = limits or Limits()
        self._children: list[Child] = []
        self._signs: queue.Queue[tuple[Child, tuple[Any, ...]]] = queue.Queue()
        self._looked = 0.0

    def __enter__(self) -> GuardedPool[Item, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all child processes."""
        for child in list(self._children):
            self._end(child)

    def call(self, item: Item) -> Result:
        """`function(item)` in a child process.

        Raises:
            BeleidskennisError: what the function raised, or a `SourceError` for a hang, a crash or a limit.

        """
        for _, outcome in self.map([item]):
            if isinstance(outcome, BeleidskennisError):
                raise outcome
            return outcome
        raise AssertionError("one item gives one outcome")

    def map(
        self, items: Iterable[Item], *, on_page: Callable[[Item, int, int], None] | None = None
    ) -> Iterator[tuple[Item, Result | BeleidskennisError]]:
        """`(item, result or error)` for each item, in order of completion.

        `on_page(item, page_number, page_count)` is called in this process as pages are read.
        """
        waiting = deque(items)
        try:
            while waiting or any(child.busy for child in self._children):
                self._staff(len(waiting))
                for child in self._children:
                    if waiting and child.ready and not child.busy:
                        self._assign(child, waiting.popleft())
                outcome = self._overgrown() or self._next_outcome(waiting, on_page)
                if outcome:
                    yield outcome
        finally:
            for child in [child for child in self._children if child.busy]:
                self._end(child)

    def _staff(self, waiting: int) -> None:
        """Start children until there are as many as are of use."""
        free = sum(not child.busy for child in self._children)
        while len(self._children) < self._workers and free < waiting:
            self._start()
            free += 1

    def _start(self) -> None:
        entries = [entry or str(Path.cwd()) for entry in sys.path]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entries), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "beleidskennis.pdf.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        child = Child(process)
        self._children.append(child)
        _CHILDREN.add(process)
        threading.Thread(target=self._listen, args=(child,), daemon=True).start()
        self._tell(child, (self._function, self._limits.memory_mb))

    def _listen(self, child: Child) -> None:
        """In a thread: pass on what the child says, until it says no more."""
        largest = 16 * self._limits.max_characters
        stream = cast("BinaryIO", child.process.stdout)
        try:
            while True:
                self._signs.put((child, wire.receive(stream, largest=largest)))
        except wire.TooLargeError:
            self._signs.put((child, ("too-large",)))
        except (EOFError, OSError, ValueError):
            self._signs.put((child, ("gone",)))
        except Exception as error:  # whatever an unpickler raises over garbage
            self._signs.put((child, ("garbage", repr(error))))
        finally:
            stream.close()

    def _tell(self, child: Child, message: Any) -> None:
        with contextlib.suppress(OSError):  # a child that is gone is noticed by its listener
            wire.send(cast("BinaryIO", child.process.stdin), message)

    def _assign(self, child: Child, item: Item) -> None:
        child.busy, child.item, child.page_number, child.page_count = True, item, 0, 0
        child.started = child.last_sign = time.monotonic()
        self._tell(child, item)

    def _next_outcome(
        self, waiting: deque[Item], on_page: Callable[[Item, int, int], None] | None
    ) -> tuple[Item, Result | BeleidskennisError] | None:
        """Wait for one sign of life (or a deadline) and act on it; the outcome of an item if that is what it was."""
        due = min(child.deadline(self._limits) for child in self._children)
        try:
            child, sign = self._signs.get(timeout=max(0.0, min(due - time.monotonic(), _LOOK_SECONDS)))
        except queue.Empty:
            return self._overdue(waiting)
        if child not in self._children:
            return None  # a last word of one that was killed
        child.last_sign = time.monotonic()
        match sign:
            case ("ready",):
                child.ready, child.base_mb = True, child.resident_mb()
                return None
            case ("page", int(number), int(count)):
                child.page_number, child.page_count = number, count
                if on_page and number <= count:
                    on_page(child.item, number, count)
                return None
            case ("done", result) if child.busy:
                child.busy = False
                return child.item, result
            case ("failed", BeleidskennisError() as error, trace) if child.busy:
                child.busy = False
                if trace:
                    _LOG.error("%s\n%s", error, trace)
                if isinstance(error, LimitExceededError):
                    self._end(child)  # its memory may be full or in pieces
                return child.item, error
            case _:
                return self._lost(child, sign, waiting)

    def _overgrown(self) -> tuple[Item, BeleidskennisError] | None:
        """End a child that takes more memory than it may, and fail its item; looks a few times a second."""
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return None
        self._looked = now
        for child in self._children:
            if child.busy and child.resident_mb() - child.base_mb > self._limits.memory_mb:
                item = child.item
                self._end(child)
                return item, greedy(child, self._limits)
        return None

    def _overdue(self, waiting: deque[Item]) -> tuple[Item, BeleidskennisError] | None:
        now = time.monotonic()
        for child in self._children:
            if child.deadline(self._limits) <= now:
                item, busy = child.item, child.busy
                self._end(child)
                if busy:
                    return item, too_slow(child, self._limits)
                return self._give_up(waiting, "het leesproces start niet")
        return None

    def _lost(
        self, child: Child, sign: tuple[Any, ...], waiting: deque[Item]
    ) -> tuple[Item, BeleidskennisError] | None:
        """A child ended, or talked nonsense: its item is done for, and it is replaced when needed."""
        item, busy, ready = child.item, child.busy, child.ready
        code = self._end(child)
        if busy:
            return item, crashed(child, sign, code)
        return None if ready else self._give_up(waiting, f"het leesproces start niet (code {code})")

    def _give_up(self, waiting: deque[Item], reason: str) -> tuple[Item, BeleidskennisError] | None:
        """No child can be started: fail one item, so that a lasting cause fails all instead of trying for ever."""
        if not waiting:
            return None
        item = waiting.popleft()
        message = f"{name_of(item)} kon niet worden gelezen: {reason}."
        return item, SourceError(message, "Controleer de installatie (make test).", file_name=name_of(item))

    def _end(self, child: Child) -> int | None:
        """Kill the child, wait for it, close its pipes; its exit code."""
        if child in self._children:
            self._children.remove(child)
        process = child.process
        with contextlib.suppress(OSError):
            cast("BinaryIO", process.stdin).close()
        # One that crashed has a moment to end by itself, so that its own exit code is known.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2 if not child.busy else 0.05)
        if process.poll() is None:
            process.kill()
        process.wait()
        _CHILDREN.discard(process)
        return process.returncode


_CHILDREN: set[subprocess.Popen[bytes]] = set()


@atexit.register
def _end_all() -> None:
    for process in list(_CHILDREN):
        process.kill()
