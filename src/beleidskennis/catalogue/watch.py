"""Telling whether anybody changed something in the database, without reading it."""

from __future__ import annotations

import sqlite3
import threading

from sqlalchemy import Engine


class Watch:
    """A connection of its own, to which SQLite tells the changes by all others."""

    def __init__(self, engine: Engine) -> None:
        self._place = engine.url.database if engine.dialect.name == "sqlite" else None
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def version(self) -> int | None:
        """Another number after each change by anybody, this process too; None if there is no telling.

        Takes some microseconds: for keeping what was read until something changes.
        """
        if not self._place:
            return None
        with self._lock:
            if self._connection is None:
                self._connection = sqlite3.connect(self._place, check_same_thread=False)
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
