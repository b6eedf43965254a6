"""How fast screens open in a real Chromium on localhost: the promised map of 8 stages × 12 touchpoints, and the others.

Usage: python benchmarks/ui.py [--people 5000] [--repeat 5] [--json FILE]    (CHROMIUM names the browser)

`seconds` is from the request for the page until the screen's content stands, two frames are drawn and the main thread
has answered: from then on a click counts. Cold has an empty cache, warm is the same browser again. `people_seconds` is
from a click on a stage's number until its people are listed. `kilobytes` came over the wire. Medians.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from desireline.model.definition import Definition, MatchRule, Stage, Touchpoint
from desireline.service.workspace import Workspace

STAGES, TOUCHPOINTS, CHANNELS = 8, 12, 6
START, DAY = 1_735_689_600_000_000, 86_400_000_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
CELLS = "document.querySelectorAll('[data-sheet] .card.touchpoints .figure').length > 20"
"""Touchpoints with their people; only those in sight are in the page."""
SCREENS = {
    "map of 8 × 12": ("/map/large", CELLS),
    "overview": ("/", "document.querySelector('main ol li .name')"),
    "explore, funnel": (
        "/explore/funnel?step=touchpoint+1.01&step=touchpoint+2.01", "document.querySelector('main tr.step')",
    ),
    "people": ("/people", "document.querySelector('main li a .who')"),
    "sources": ("/sources", "document.querySelector('main table tbody tr')"),
}  # fmt: skip
STANDS = """(ready) => new Promise((done) => {
  const test = new Function(`return !!(${ready})`);
  const look = () => test() ? requestAnimationFrame(() => requestAnimationFrame(() =>
    setTimeout(() => done(performance.now() / 1000)))) : setTimeout(look, 4);
  look();
})"""


def events(people: int, seed: int = 3) -> pa.Table:
    """Walks through the stages in order: a third leaves at each, each meets up to three touchpoints of a stage."""
    random = np.random.default_rng(seed)
    reached = np.minimum(random.geometric(1 / 3, people), STAGES)
    person = np.repeat(np.arange(people), reached * 3)
    stage = np.concatenate([np.repeat(np.arange(n), 3) for n in reached])
    touchpoint = random.integers(0, TOUCHPOINTS, len(person))
    moment = START + (stage * 10 + random.integers(0, 10, len(person))) * DAY + random.integers(0, DAY, len(person))
    names = [_name(s, t) for s, t in zip(stage, touchpoint, strict=True)]
    return pa.table({
        "person_id": pa.array(person).cast(pa.string()),
        "timestamp": pa.array(moment).cast(pa.timestamp("us", tz="UTC")),
        "event": names,
        "channel": [f"channel {t % CHANNELS + 1}" for t in touchpoint],
    })  # fmt: skip


def _name(stage: int, touchpoint: int) -> str:
    return f"touchpoint {stage + 1}.{touchpoint + 1:02}"


def definition() -> Definition:
    """All 96 touchpoints in their stages."""
    return Definition(
        stages=[Stage(name=f"Stage {s + 1}") for s in range(STAGES)],
        touchpoints=[
            Touchpoint(name=_name(s, t), channel=f"channel {t % CHANNELS + 1}", stage=f"Stage {s + 1}",
                       match=[MatchRule(name=_name(s, t))])
            for s in range(STAGES) for t in range(TOUCHPOINTS)
        ],
    )  # fmt: skip


def make(folder: Path, people: int) -> None:
    """The workspace with its map."""
    pq.write_table(events(people), folder / "events.parquet")
    workspace = Workspace(folder / "workspace")
    workspace.import_files([folder / "events.parquet"], "walks", preset="generic")
    workspace.save_definition(definition())
    workspace.maps.draw("Large")


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The address of a server over the workspace."""
    command = [sys.executable, "-m", "desireline.cli.main", "--workspace", workspace, "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        said = ""
        for line in server.stdout or ():
            said += line
            if line == "}\n":
                break
        try:
            yield json.loads(said)["address"]
        finally:
            server.terminate()


def opened(page: Page, path: str, ready: str) -> tuple[float, float]:
    """Seconds until the screen answers, and kilobytes over the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="commit")
    seconds = float(page.evaluate(STANDS, ready))
    page.wait_for_load_state("networkidle")
    session.detach()
    return seconds, sum(sizes) / 1000


def people_listed(page: Page) -> float | None:
    """From a click on the first stage's number until its people are listed; None where there is no stage."""
    number = page.locator("[data-sheet] .stage .figure").first
    if not number.count():
        return None
    started = time.perf_counter()
    number.click()
    page.locator("dialog li").first.wait_for()
    return time.perf_counter() - started


def measure(browser: Browser, address: str, screen: str, repeat: int) -> dict[str, Any]:
    """One screen, cold and warm."""
    path, ready = SCREENS[screen]
    cold, warm, listed, bytes_cold = [], [], [], []
    for _ in range(repeat):
        context: BrowserContext = browser.new_context(
            base_url=address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        page = context.new_page()
        seconds, kilobytes = opened(page, path, ready)
        cold.append(seconds)
        bytes_cold.append(kilobytes)
        warm.append(opened(page, path, ready)[0])
        listed.append(people_listed(page))
        context.close()
    taken = [seconds for seconds in listed if seconds is not None]
    return {
        "screen": screen,
        "cold_seconds": round(statistics.median(cold), 3),
        "warm_seconds": round(statistics.median(warm), 3),
        "people_seconds": round(statistics.median(taken), 3) if taken else None,
        "kilobytes": round(statistics.median(bytes_cold), 1),
    }


def main() -> None:
    """Measures every screen and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--people", type=int, default=5_000)
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if path is None:
        raise SystemExit("No Chromium found. Install one, or set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make(Path(folder), given.people)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with served(Path(folder, "workspace")) as address:
            results = [measure(browser, address, screen, given.repeat) for screen in SCREENS]
        browser.close()
    print(*results[0], sep="\t")
    for result in results:
        print(*result.values(), sep="\t")
    if given.json:
        facts = {"benchmark": "ui", "people": given.people, "runs": given.repeat}
        given.json.write_text(json.dumps({**facts, "results": results}))


if __name__ == "__main__":
    main()
