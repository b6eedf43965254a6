"""A small real workspace whose answers are worked out by hand in `tests/cases/journeys/README.md`."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands import desireline_command
from tests.servers import Server, serving

CASES = Path(__file__).resolve().parents[1] / "cases" / "journeys"


@pytest.fixture(scope="session")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Events of p1 to p30 and their traits, imported by the real command; nobody may write to it."""
    workspace = tmp_path_factory.mktemp("visits") / "workspace"
    for arguments in (
        (CASES / "events.csv", "--source", "visits"),
        (CASES / "traits.csv", "--source", "crm", "--mapping", CASES / "traits.yaml"),
    ):
        done = desireline_command("import", *arguments, workspace=workspace)
        assert done.code == 0, done.err
    return workspace


@pytest.fixture(scope="session")
def mapped(visits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a definition written by hand and a map; nobody may write to it."""
    workspace = tmp_path_factory.mktemp("mapped") / "workspace"
    shutil.copytree(visits, workspace)
    for arguments in (
        ("definition", "edit", "--file", CASES / "definition.yaml"),
        ("map", "draw", "--name", "Purchase", "--goal", "Bought"),
    ):
        done = desireline_command(*arguments, workspace=workspace)
        assert done.code == 0, done.err
    return workspace


@pytest.fixture
def own(mapped: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    workspace = tmp_path / "workspace"
    shutil.copytree(mapped, workspace)
    return workspace


@pytest.fixture(scope="session")
def server(mapped: Path) -> Iterator[Server]:
    """The real server over the workspace that nobody writes to."""
    with serving(mapped, fresh=True) as running:
        yield running


@pytest.fixture(scope="session")
def api(server: Server) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=server.address, timeout=60) as client:
        yield client
