"""Which Chromium drives the tests, and how it is started."""

import os
import shutil
from pathlib import Path
from typing import Final

ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """`CHROMIUM`, else the system's; None if the machine has none."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else ["/usr/bin/chromium", *filter(None, map(shutil.which, NAMES))]
    return next((path for path in candidates if Path(path).is_file()), None)
