"""How fast a map of 200 steps × 20 lanes × 1,500 cards opens, is dragged on and scrolled in a real Chromium.

Usage: python benchmarks/map_editor.py [--steps 200] [--lanes 20] [--cards 1500] [--moves 150] [--repeat 3]
[--json FILE]    (CHROMIUM names the browser)

`open_seconds` is from the request for the page until cards stand and the main thread has answered twice, with an empty
cache. `*_ms` are script, style and layout of the page for one move of the pointer or one notch of the wheel, as
Chromium counts them (Performance.getMetrics); the promise is a 95th percentile of at most 16 ms.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from ui import FLAGS, served

from desireline.service.workspace import Workspace

KINDS = (
    "path", "actions", "touchpoints", "thoughts", "emotion", "pain_points", "opportunities", "metrics", "text",
    "backstage", "systems", "departments", "hand_offs", "links", "questions", "self_service",
)  # fmt: skip
SENTENCE = "I look for the delivery date and do not find it before the basket so I call and wait until somebody answers"
STANDS = """() => new Promise((done) => {
  const look = () => document.querySelectorAll('[role=grid] [role=group][data-id]').length > 9
    ? requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() / 1000))))
    : setTimeout(look, 4);
  look();
})"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
COSTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


def document(steps: int, lanes: int, cards: int) -> dict[str, Any]:
    """A map with stages of five steps; cards are spread evenly, one in ten covers several steps."""
    chance, words = random.Random(7), SENTENCE.split()  # noqa: S311 — any words will do
    rows: list[dict[str, Any]] = [{"id": f"lane{i}", "kind": KINDS[i % len(KINDS)], "cells": {}} for i in range(lanes)]
    holding = [row for row in rows if row["kind"] not in {"path", "emotion", "hand_offs"}]
    for i in range(cards):
        text = " ".join(chance.choices(words, k=chance.randint(3, 18)))
        card = {"id": f"card{i}", "text": text, "span": chance.choice((2, 3)) if i % 10 == 0 else 1}
        chance.choice(holding)["cells"].setdefault(f"step{chance.randrange(steps)}", []).append(card)
    stages = [
        {"id": f"stage{s}", "name": f"Stage {s + 1}",
         "steps": [{"id": f"step{i}", "name": f"Step {i + 1}"} for i in range(s * 5, min(steps, s * 5 + 5))]}
        for s in range((steps + 4) // 5)
    ]  # fmt: skip
    return {"schema_version": 2, "id": "large", "name": "Large", "stages": stages, "lanes": rows}


def make(folder: Path, content: dict[str, Any]) -> None:
    """A workspace that holds nothing but the map."""
    Workspace(folder).maps.import_file("large.json", json.dumps(content).encode())


def cost(session: CDPSession) -> float:
    """Milliseconds of script, style and layout so far."""
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(float(metrics[name]) for name in COSTS)


def costs(page: Page, session: CDPSession, acts: list[Any]) -> list[float]:
    """What each act costs, until the page has drawn it."""
    taken = []
    for act in acts:
        before = cost(session)
        act()
        page.evaluate(FRAMES)
        taken.append(cost(session) - before)
    return taken


def dragged(page: Page, session: CDPSession, moves: int) -> list[float]:
    """Moves a card over the sheet, in a path that crosses cells and lanes."""
    card = page.locator("[role=grid] [role=group][data-id]").nth(3).bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(card["x"] + 12, card["y"] + 10)
    page.mouse.down()
    page.mouse.move(card["x"] + 30, card["y"] + 24)
    page.evaluate(FRAMES)
    places = [(400 + (i * 37) % 900, 300 + (i * 23) % 480) for i in range(moves)]
    taken = costs(page, session, [lambda x=x, y=y: page.mouse.move(x, y) for x, y in places])
    page.keyboard.press("Escape")
    page.mouse.up()
    return taken


def scrolled(page: Page, session: CDPSession, moves: int) -> list[float]:
    """Scrolls to the right and down by notches of the wheel."""
    page.mouse.move(700, 500)
    turns = [(120, 0) if i % 3 else (0, 100) for i in range(moves)]
    return costs(page, session, [lambda x=x, y=y: page.mouse.wheel(x, y) for x, y in turns])


def measure(browser: Browser, address: str, moves: int) -> dict[str, float]:
    """One visit with an empty cache."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto("/map/large", wait_until="commit")
    opened = float(page.evaluate(STANDS))
    page.wait_for_timeout(800)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    drag, scroll = dragged(page, session, moves), scrolled(page, session, moves)
    found = {"open_seconds": opened, "drag_p50_ms": percentile(drag, 50), "drag_p95_ms": percentile(drag, 95),
             "scroll_p50_ms": percentile(scroll, 50), "scroll_p95_ms": percentile(scroll, 95),
             "nodes": float(page.evaluate("document.querySelectorAll('[role=grid] *').length"))}  # fmt: skip
    context.close()
    return found


def percentile(values: list[float], at: int) -> float:
    return statistics.quantiles(values, n=100)[at - 1]


def main() -> None:
    """Measures and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name, usual in (("steps", 200), ("lanes", 20), ("cards", 1500), ("moves", 150), ("repeat", 3)):
        arguments.add_argument(f"--{name}", type=int, default=usual)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if path is None:
        raise SystemExit("No Chromium found. Install one, or set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make(Path(folder, "workspace"), document(given.steps, given.lanes, given.cards))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with served(Path(folder, "workspace")) as address:
            measure(browser, address, 2)  # the server has answered before
            visits = [measure(browser, address, given.moves) for _ in range(given.repeat)]
        browser.close()
    result = {name: round(statistics.median(visit[name] for visit in visits), 3) for name in visits[0]}
    print(*result, sep="\t")
    print(*result.values(), sep="\t")
    if given.json:
        facts = {"benchmark": "map_editor", "steps": given.steps, "lanes": given.lanes, "cards": given.cards}
        given.json.write_text(json.dumps({**facts, "runs": given.repeat, "results": [result]}))


if __name__ == "__main__":
    main()
