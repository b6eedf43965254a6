"""Faults of our own: the traceback goes into a file of the workspace, the user gets a sentence."""

import datetime as dt
import tempfile
import traceback
from pathlib import Path


def record(workspace: Path, fault: BaseException) -> Path:
    """Writes the traceback to `logs/` of the workspace, or to the system's folder if that cannot be written.

    Returns:
        The file, one for each day; faults are appended.
    """
    now = dt.datetime.now(dt.UTC)
    text = f"--- {now:%Y-%m-%d %H:%M:%S} UTC\n{''.join(traceback.format_exception(fault))}\n"
    for folder in (workspace / "logs", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"desireline-{now:%Y-%m-%d}.log"
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text)
        except OSError:
            continue
        return path
    return Path("-")
