"""Messages between a parent and its child process: a length (8 bytes, big endian) and a pickle.

The child reads hostile files, so the parent does not trust what it says: only classes of this package and plain values
are unpickled, and a message has a largest size.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

_PLAIN = {
    "builtins": {"set", "frozenset", "complex", "bytearray", "range", "slice"},
    "pathlib": {"Path", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"},
    "collections": {"OrderedDict", "Counter"},
}
_HEADER = struct.Struct(">Q")


class TooLargeError(Exception):
    """A message is larger than allowed."""


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class of this package, or one of a few plain ones; anything else is refused."""
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        if module.split(".")[0] == "beleidskennis":
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        message = f"a child process may not send {module}.{name}"
        raise pickle.UnpicklingError(message)


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=5)
    stream.write(_HEADER.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO, *, trusted: bool = False, largest: int | None = None) -> Any:
    """Read one message.

    Raises:
        EOFError: the other side is gone.
        TooLargeError: the message is larger than `largest` bytes; the stream cannot be used any more.
        pickle.UnpicklingError: it holds what may not be sent.

    """
    (length,) = _HEADER.unpack(_read(stream, _HEADER.size))
    if largest is not None and length > largest:
        raise TooLargeError(length)
    data = _read(stream, length)
    return pickle.loads(data) if trusted else _PlainUnpickler(io.BytesIO(data)).load()


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
