"""Hands and eyes for tests of the map's grid: what the server holds, what has the focus, what is said, drags."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

Cell = dict[str, list[str]]


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = page.request.fetch(f"/api{path}", method=method, data=body)
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


def made(page: Page, name: str, stages: dict[str, list[str]], lanes: dict[str, Cell]) -> str:
    """A new map: steps by stage; by lane, named by its kind, the texts of its cards by step. Ids are names, texts."""
    map_id = str(call(page, "POST", "/maps", {"name": name})["id"])
    document = {
        "schema_version": 2, "id": map_id, "name": name,
        "stages": [{"id": s, "name": s, "steps": [{"id": x, "name": x} for x in steps]} for s, steps in stages.items()],
        "lanes": [
            {"id": kind, "kind": kind, "cells": {x: [{"id": t, "text": t} for t in ts] for x, ts in cells.items()}}
            for kind, cells in lanes.items()
        ],
    }  # fmt: skip
    do(page, map_id, {"do": "map.replace", "document": document})
    return map_id


def do(page: Page, map_id: str, *commands: dict[str, Any]) -> int:
    """Does commands on the newest version, as somebody else would; the version after them."""
    base = call(page, "GET", f"/maps/{map_id}")["version"]
    sent = {"id": f"test-{map_id}-{base}", "base": base, "commands": list(commands)}
    return int(call(page, "POST", f"/maps/{map_id}/commands", sent)["version"])


def kept(page: Page, map_id: str) -> dict[str, Any]:
    """The map as the server has it, once everything is saved."""
    expect(page.locator(".toolbar [role=status]")).to_have_text("Saved", timeout=20_000)
    return dict(call(page, "GET", f"/maps/{map_id}"))


def stages(document: dict[str, Any]) -> list[list[str]]:
    """Names: each stage before its steps."""
    return [[stage["name"], *(step["name"] for step in stage["steps"])] for stage in document["stages"]]


def cell(document: dict[str, Any], kind: str, step: str) -> list[str]:
    """The texts of a cell, by the kind of its lane and the name of its step."""
    ids = {s["name"]: s["id"] for stage in document["stages"] for s in stage["steps"]}
    lane = next(one for one in document["lanes"] if one["kind"] == kind)
    return [card["text"] for card in lane["cells"].get(ids[step], [])]


def thing(page: Page, name: str) -> Locator:
    """What stands in the grid under an id."""
    return page.locator(f'[data-sheet] [data-id="{name}"]')


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement?.dataset.id ?? ''"))


def said(page: Page) -> Locator:
    """What is announced."""
    return page.locator("[role=status][aria-live=polite]").first


def size(what: Locator) -> tuple[float, float]:
    """Width and height."""
    box = what.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def pulled(page: Page, what: Locator, to: Locator, *, at: tuple[float, float] = (0.5, 0.5)) -> None:
    """Drags a thing to a place inside another, given as parts of its width and height."""
    what.hover(position={"x": min(14.0, size(what)[0] / 2), "y": size(what)[1] / 2})  # which waits until it lies still
    target = to.bounding_box()
    assert target is not None
    page.mouse.down()
    x, y = target["x"] + at[0] * target["width"], target["y"] + at[1] * target["height"]
    page.mouse.move(x - 9, y - 3, steps=3)
    page.mouse.move(x, y)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
