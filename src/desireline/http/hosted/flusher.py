"""The server's regular flush: answers that were acknowledged reach the lake within a minute, asked or not."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desireline.errors import DiskFull, WorkspaceBusy
from desireline.service.faults import record

EVERY_SECONDS: Final = 60


class Flusher:
    """Waits a while after an answer, so that many come in together.

    Args:
        flush: brings in what waits.
        folder: of the workspace, where faults are logged.
        seconds: between an answer and its flush.
    """

    def __init__(self, flush: Callable[[], None], folder: Path, seconds: float = EVERY_SECONDS) -> None:
        self._flush, self._folder, self._seconds = flush, folder, seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def wake(self) -> None:
        """An answer waits."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(self._seconds, self._run)
                self._timer.daemon = True  # what waits is committed: it outlives the server
                self._timer.start()

    def _run(self) -> None:
        with self._lock:
            self._timer = None
        try:
            self._flush()
        except (WorkspaceBusy, DiskFull):
            self.wake()
        except Exception as fault:  # noqa: BLE001 nobody waits for an answer here
            record(self._folder, fault)
