"""Long work in the background: it goes on when the page is left, and can be watched from any page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from beleidskennis.errors import BeleidskennisError
from beleidskennis.ingest import IngestReport, Progress
from beleidskennis.library import Library

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """A run of ingest: how far it is, and how it ended."""

    title: str
    who: str = ""
    """Who asked for it: the message about how it ended is for them."""
    steps: dict[str, Progress] = field(default_factory=dict)
    """The newest step of each file, by file name."""
    refused: tuple[str, ...] = ()
    """What was not taken in with it, and why: one line for each file."""
    report: IngestReport | None = None
    error: Exception | None = None
    done: bool = False
    seen: bool = False
    """Whether somebody closed the message about how it ended."""

    @property
    def share(self) -> float:
        """How far it is, 0 to 1: pages read of the files that were begun."""
        total = sum(step.total for step in self.steps.values())
        return sum(step.done for step in self.steps.values()) / total if total else 0.0

    @property
    def now(self) -> str:
        """What is being done, in Dutch."""
        if not self.steps:
            return "Wacht tot er gelezen kan worden"
        step = list(self.steps.values())[-1]
        if step.stage == "indexeren":
            return "Index maken"
        return f"{step.stage.capitalize()}: {step.file_name}, bladzijde {step.done} van {step.total}"


class Jobs:
    """The runs of this process. Two at once wait for each other: the library holds the lock."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._lock = threading.Lock()

    def ingest(self, library: Library, paths: Sequence[Path], title: str, *, refused: Sequence[str] = ()) -> Job:
        """Take in files and folders in the background."""
        job = Job(title, library.who(), refused=tuple(refused))
        with self._lock:
            self._jobs = [old for old in self._jobs if not old.seen] + [job]

        def on_step(step: Progress) -> None:
            job.steps = {**job.steps, step.file_name: step}

        # The thread has no visitor: who asked is told.
        self._start(job, lambda: library.ingest(list(paths), who=job.who, progress=on_step))
        return job

    def _start(self, job: Job, work: Callable[[], IngestReport]) -> None:
        def run() -> None:
            try:
                job.report = work()
            except BeleidskennisError as error:
                job.error = error
            except Exception as error:  # the thread must not die silently: the user is told, the log has the trace
                log.exception("Inlezen mislukt")
                job.error = error
            finally:
                job.done = True

        threading.Thread(target=run, name="inlezen", daemon=True).start()

    def running(self) -> list[Job]:
        """The runs that have not ended."""
        with self._lock:
            return [job for job in self._jobs if not job.done]

    def ended(self, who: str) -> list[Job]:
        """The runs that `who` asked for, that ended, and about which the message has not been closed."""
        with self._lock:
            return [job for job in self._jobs if job.done and not job.seen and job.who == who]
