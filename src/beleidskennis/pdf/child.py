"""One child process of the guard: what it is doing, how long it may take, and what to tell when it is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import Any

from beleidskennis.errors import LimitExceededError, SourceError, UnreadableFileError
from beleidskennis.pdf.types import Limits
from beleidskennis.pdf.worker import name_of

# Starting an interpreter and importing takes 0.5 s here; a busy machine may need many times that.
_START_SECONDS = 120.0
# Opening a file (cross-reference table, page tree) may take as long as this many pages.
_OPENING_PAGES = 3
# The reader gives up a page by itself after `page_seconds` (see `patience`); this is for one that does not listen.
_PATIENCE = 2
_NO_HANG = "Het bestand is overgeslagen. Verhoog zo nodig de instelling {}, of bewaar het als nieuwe PDF."


@dataclass(eq=False, slots=True)
class Child:
    """One child process and what it is doing."""

    process: subprocess.Popen[bytes]
    ready: bool = False
    busy: bool = False
    item: Any = None
    page_number: int = 0
    page_count: int = 0
    started: float = field(default_factory=time.monotonic)
    last_sign: float = field(default_factory=time.monotonic)
    base_mb: float = 0.0
    """What it had in memory when it was ready."""

    def resident_mb(self) -> float:
        """The memory that it has now, in MiB; 0 if the system does not tell."""
        import psutil

        try:
            return float(psutil.Process(self.process.pid).memory_info().rss) / 2**20
        except (psutil.Error, OSError):
            return 0.0

    def deadline(self, limits: Limits) -> float:
        """When (monotonic seconds) it is to be killed."""
        if not self.ready:
            return self.started + _START_SECONDS
        if not self.busy:
            return float("inf")
        whole = self.started + limits.document_seconds
        if self.page_number > self.page_count > 0:
            return whole  # all pages are read; what follows is not counted by page
        pages = _PATIENCE if self.page_number else _OPENING_PAGES
        return min(whole, self.last_sign + pages * limits.page_seconds)


def too_slow(child: Child, limits: Limits) -> LimitExceededError:
    """What to tell of a child that was over its time."""
    name, now = name_of(child.item), time.monotonic()
    page = child.page_number if 0 < child.page_number <= child.page_count else None
    if now - child.started >= limits.document_seconds:
        message = f"{name} is na {limits.document_seconds:g} seconden nog niet gelezen"
        message += f" (bij bladzijde {page} van {child.page_count})." if page else "."
        setting = "document_seconds"
    elif page:
        message = f"Bladzijde {page} van {name} kost meer dan {_PATIENCE * limits.page_seconds:g} seconden."
        setting = "page_seconds"
    else:
        message = f"{name} kan niet binnen {_OPENING_PAGES * limits.page_seconds:g} seconden worden geopend."
        setting = "page_seconds"
    return LimitExceededError(message, _NO_HANG.format(setting), file_name=name, page_number=page)


def greedy(child: Child, limits: Limits) -> LimitExceededError:
    """What to tell of a child that grew over its memory."""
    name = name_of(child.item)
    page = child.page_number if 0 < child.page_number <= child.page_count else None
    where = f" (bij bladzijde {page})" if page else ""
    message = f"{name} vraagt meer geheugen dan is toegestaan ({limits.memory_mb} MB){where}; het is overgeslagen."
    hint = "Verhoog de instelling memory_mb, of bewaar het bestand kleiner."
    return LimitExceededError(message, hint, file_name=name, page_number=page)


def crashed(child: Child, sign: tuple[Any, ...], code: int | None) -> SourceError:
    """What to tell of a child that ended by itself, or talked nonsense (`sign` is its last word)."""
    name = name_of(child.item)
    page = child.page_number if 0 < child.page_number <= child.page_count else None
    where = f" (bij bladzijde {page})" if page else ""
    if sign[0] == "garbage":
        message = f"{name}: het leesproces gaf een antwoord dat niet te vertrouwen is; het bestand is overgeslagen."
        return UnreadableFileError(message, "Open dit bestand niet zonder het te laten controleren.", file_name=name)
    if sign == ("too-large",):
        message = f"{name} geeft meer tekst dan is toegestaan."
        return LimitExceededError(message, "Waarschijnlijk is het beschadigd; het is overgeslagen.", file_name=name)
    if code is not None and code == -getattr(signal, "SIGKILL", 9):
        message = f"{name}: het leesproces is door het systeem gestopt{where}, meestal omdat het geheugen op was."
        hint = "Verklein de instelling memory_mb of workers, of bewaar het bestand kleiner."
        return LimitExceededError(message, hint, file_name=name, page_number=page)
    reason = f"signaal {-code}" if code is not None and code < 0 else f"code {code}"
    message = f"{name}: het leesproces is vastgelopen{where} ({reason})."
    hint = "Het bestand is overgeslagen, de andere gaan door. Bewaar het als nieuwe PDF en probeer het opnieuw."
    return UnreadableFileError(message, hint, file_name=name, page_number=page)
