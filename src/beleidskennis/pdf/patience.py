"""A time limit on Python code that works on every system and leaves the process whole.

pypdf is plain Python, so a page that takes too long (a map of a million lines, forms that draw forms) can be given up
while the rest of the document is read. What does not listen (C code) is left to `guard`, which kills the process.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):  # as KeyboardInterrupt: `except Exception` of a library does not stop it
    """The time is up."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` inside the block once it has taken `seconds`."""
    thread = threading.get_ident()
    lock = threading.Lock()
    state = {"inside": True, "fired": False}

    def fire() -> None:
        with lock:
            if state["inside"]:
                state["fired"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, fire)
    timer.daemon = True
    timer.start()
    delivered = False
    try:
        yield
    except OutOfTime:
        delivered = True
        raise
    finally:
        timer.cancel()
        with lock:
            state["inside"] = False
        if state["fired"] and not delivered:
            _await_delivery()


def _await_delivery() -> None:
    """The block ended just as the time was up: catch the exception that is on its way."""
    try:
        for _ in range(1000):
            time.sleep(0.001)
    except OutOfTime:
        return
