"""The folder of a workspace: where each part lives, and the one lock for those who write."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from desireline.errors import WorkspaceBusy

LOCK_SECONDS = 600


@dataclass(frozen=True)
class Paths:
    """All places of a workspace. Nothing is made until something is written."""

    root: Path

    @property
    def events(self) -> Path:
        """The Delta table of events."""
        return self.root / "lake" / "events"

    @property
    def rejects(self) -> Path:
        """The Delta table of rejected rows."""
        return self.root / "lake" / "rejects"

    @property
    def journeys(self) -> Path:
        """Generations of the journey store, and `CURRENT`, which names the valid one."""
        return self.root / "journeys"

    @property
    def records(self) -> Path:
        """The SQLite file of definitions and maps."""
        return self.root / "records.sqlite"

    @property
    def images(self) -> Path:
        """Pictures of maps, named by the SHA-256 of their bytes."""
        return self.root / "images"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.root / "logs"

    @property
    def uploads(self) -> Path:
        """Files that were uploaded and wait for their import."""
        return self.root / "tmp" / "uploads"

    def newest_commit(self) -> int:
        """The number of the lake's newest commit, -1 while nothing was ever written."""
        return newest_commit(self.events)

    @contextlib.contextmanager
    def writing(self, seconds: int = LOCK_SECONDS) -> Iterator[None]:
        """Hold the workspace for writing; a second writer waits its turn.

        Raises:
            WorkspaceBusy: the other did not finish within `seconds`.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "write.lock")
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise WorkspaceBusy(workspace=str(self.root), seconds=seconds) from None
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """A scratch folder of this process; those of killed processes are swept away."""
        base = self.root / "tmp" / "staging"
        base.mkdir(parents=True, exist_ok=True)
        for old in base.iterdir():
            if not _alive(old.name.split("-")[0]):
                shutil.rmtree(old, ignore_errors=True)
        folder = base / f"{os.getpid()}-{os.urandom(4).hex()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def newest_commit(root: Path) -> int:
    """The number of a table's newest commit, -1 while nothing was ever written; read from the names of its log."""
    return max((int(f.stem) for f in (root / "_delta_log").glob("*.json") if f.stem.isdigit()), default=-1)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
