"""The server's clock: alerts are checked, reports made and deliveries sent when it is time, asked or not."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desireline.errors import DesirelineError
from desireline.service.faults import record
from desireline.service.workspace import Workspace
from desireline.store.paths import Paths

TICK_SECONDS: Final = 20
"""Between two looks at what is due to be sent."""

CHECK_SECONDS: Final = 300
"""Between two checks of all alerts."""


class Scheduler:
    """One background thread. What it does is kept in the records: it can be killed at any time.

    Args:
        workspace: gives the workspace; not asked while there are no records.
        folder: of the workspace.
    """

    def __init__(self, workspace: Callable[[], Workspace], folder: Path) -> None:
        self._workspace, self._folder = workspace, folder
        self._over = threading.Event()
        self._checked: float | None = None

    def start(self) -> None:
        """Look at the clock from now on, as long as the process lives."""
        threading.Thread(target=self._run, name="scheduler", daemon=True).start()

    def stop(self) -> None:
        """Do no more after what is being done."""
        self._over.set()

    def tick(self) -> None:
        """Do what is due now; what fails is logged, the rest is done."""
        if not Paths(self._folder).records.exists():
            return
        jobs: list[Callable[[Workspace], object]] = [
            lambda workspace: workspace.reports.send_due(),
            lambda workspace: workspace.deliveries.flush(),
        ]
        if self._checked is None or time.monotonic() - self._checked >= CHECK_SECONDS:
            jobs.insert(0, self._check)
        for job in jobs:
            try:
                job(self._workspace())
            except DesirelineError:
                continue  # it is told to whoever asks; the next tick tries again
            except Exception as fault:  # noqa: BLE001 nobody waits for an answer here
                record(self._folder, fault)

    def _check(self, workspace: Workspace) -> None:
        self._checked = time.monotonic()
        workspace.alerts.check()

    def _run(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            self.tick()
