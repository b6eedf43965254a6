"""One Chromium and the running servers for all browser tests; no page may complain in any of them."""

import importlib.resources
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from desireline.service import demo_simulated
from desireline.service.workspace import Workspace
from tests.browser import chromium, shops
from tests.browser.watch import Watch, settled
from tests.conftest import ROOT
from tests.servers import Server, serving
from tests.sharing import built_once

HERE = Path(__file__).parent
LONG = ("screens_others", "screens_acting", "screens_insights", "accessibility", "languages", "addresses", "states",
        "map_team", "map_editing", "map_pictures", "personas", "discover", "workbench")  # fmt: skip
"""The files that take longest, longest first: begun last they would leave the other worker without work."""
SIMULATED = 3000
"""People of the simulated shop."""
Open = Callable[..., Page]

expect.set_options(timeout=15_000)  # a slow machine is no defect


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the browser tests and runs them last: Playwright keeps an event loop that other tests must not meet."""
    turn = {f"test_{name}": place for place, name in enumerate(LONG)}
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: turn.get(item.path.stem, len(turn)) if HERE in item.path.parents else -1)


@pytest.fixture(scope="session")
def front_end() -> None:
    """The built front end; where it is absent it is built from its sources."""
    if importlib.resources.files("desireline").joinpath("web", "index.html").is_file():
        return
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        done = subprocess.run([sys.executable, ROOT / "tools" / "npm.py", *arguments], check=False)
        if done.returncode:
            pytest.fail(
                f"The front end is not built, and `npm {arguments[0]}` failed. Run `make web`, then test again."
            )


@pytest.fixture(scope="session")
def browser(front_end: None) -> Iterator[Browser]:
    """Chromium, headless. Without one the tests are skipped on a developer's machine and fail in CI."""
    path = chromium.found()
    if path is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no Chromium found; install one or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo(households: Workspace, front_end: None) -> Iterator[Server]:
    """The server over the demo's workspace, to which nobody writes."""
    with serving(households.places.root) as server:
        yield server


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """The server over the thirty fictitious people, with six stages and a map; nobody writes to it."""
    folder = tmp_path_factory.mktemp("shop")
    with serving(shops.workspace(folder / "workspace", folder)) as server:
        yield server


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """The server over a simulated shop of a few thousand people, for what the data has to say by itself.

    Nobody changes its events or its map; a test may add documents of its own, and removes them.
    """
    folder = built_once(
        tmp_path_factory, "simulated", lambda folder: demo_simulated.run(Workspace(folder), people=SIMULATED)
    )
    with serving(folder) as server:
        yield server


@pytest.fixture
def empty(tmp_path: Path, front_end: None) -> Iterator[Server]:
    """A server over a workspace of the test's own, with nothing in it."""
    with serving(tmp_path / "workspace") as server:
        yield server


@pytest.fixture(autouse=True)
def watch() -> Iterator[Watch]:
    """Fails a test whose pages complained in the console."""
    watching = Watch()
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Open]:
    """Opens an address of a server in a browser profile of its own: `visit(server, "/map", width=390)`."""
    contexts = []

    def open_page(server: Server, path: str = "/", *, width: int = 1440, height: int = 900, **options: Any) -> Page:
        settings = {"locale": "en-GB", "reduced_motion": "reduce", "timezone_id": "Europe/Zagreb"} | options
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=server.address, **settings)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(path)
        settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
