"""Background work of the server: one import after the other, its progress to be asked for.

The thread is a daemon: when the server is stopped an unfinished import ends with it, and leaves nothing half done.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Final, Generic, Literal, TypeVar

from desireline.errors import DesirelineError, Internal, UnknownJob

KEPT: Final = 200
T = TypeVar("T")
Report = Callable[[int], None]
"""What the work calls with the rows done so far."""


@dataclass
class Job(Generic[T]):
    """A piece of work and how far it is; `running` includes waiting for its turn."""

    id: str
    work: Callable[[Report], T]
    state: Literal["running", "done", "failed"] = "running"
    rows: int = 0
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    summary: T | None = None
    error: DesirelineError | None = None

    @property
    def rows_per_second(self) -> float:
        """Speed since the start, until the end."""
        return self.rows / max((self.ended or time.monotonic()) - self.started, 1e-3)


class Jobs(Generic[T]):
    """A queue with one worker, started by the first job."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._jobs: dict[str, Job[T]] = {}
        self._queue: SimpleQueue[Job[T]] = SimpleQueue()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def start(self, work: Callable[[Report], T]) -> str:
        """Queues work and returns the job's id."""
        job = Job(secrets.token_hex(8), work)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.pop(next(iter(self._jobs)))
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._worker.start()
        self._queue.put(job)
        return job.id

    def get(self, job: str) -> Job[T]:
        """A job by its id.

        Raises:
            UnknownJob: there is none, or it was forgotten.
        """
        try:
            return self._jobs[job]
        except KeyError:
            raise UnknownJob(job=job[:64]) from None

    def _run(self) -> None:
        while True:
            self._do(self._queue.get())

    def _do(self, job: Job[T]) -> None:
        def report(rows: int) -> None:
            job.rows = rows

        job.started = time.monotonic()
        try:
            job.summary = job.work(report)
        except DesirelineError as error:
            job.error = error
        except Exception as error:  # noqa: BLE001 the worker outlives any job; the traceback goes to the log
            from desireline.service.faults import record

            job.error = Internal(log=str(record(self.folder, error)))
        job.ended = time.monotonic()
        job.state = "failed" if job.error else "done"
