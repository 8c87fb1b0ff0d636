"""Functions for a guarded child process: it can only import what stands in a module of its own."""

import contextlib
import ctypes
import os
import time

from beleidskennis.errors import EncryptedFileError
from beleidskennis.pdf.progress import report_page


def misbehave(item):  # noqa: C901
    """Do what `item` says."""
    match item:
        case "hang":
            time.sleep(600)
        case "hang-on-page":
            report_page(1, 3)
            report_page(2, 3)
            time.sleep(600)
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(7)
        case "memory":
            return len(bytearray(8 * 2**30))
        case "memory-unkept":
            _lift_memory_limit()
            kept = [bytearray(b"x" * 2**24) for _ in range(40)]
            time.sleep(30)
            return len(kept)
        case "bug":
            return 1 // 0
        case "print":
            print("gewone uitvoer" * 1000)
            os.system("echo uitvoer van een programma")
        case "large":
            return "x" * 10_000_000
        case "treacherous":
            return os.system
        case "refuse":
            raise EncryptedFileError("nee", "geef een wachtwoord", file_name="x.pdf", page_number=3)
        case "pages":
            for number in range(1, 5):
                report_page(number, 3)
    return f"klaar: {item}"


def _lift_memory_limit():
    """As on a system that keeps no process to its memory."""
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
