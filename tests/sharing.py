"""Workspaces that take seconds to build: one worker builds them, the others copy."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """A workspace of this worker's own, a copy of what `build` has written for whoever came first."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"{name}-of-all"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            unfinished = factory.mktemp(f"{name}-unfinished")
            build(unfinished)
            unfinished.rename(shared)
    return Path(shutil.copytree(shared, factory.mktemp(name) / "workspace"))
