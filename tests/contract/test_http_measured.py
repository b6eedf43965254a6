"""The figures of a map over HTTP, on the workspace whose answers are worked out by hand."""

from pathlib import Path

import httpx

from tests.commands import desireline_command


def test_every_stage_of_a_map_drills_down(api: httpx.Client) -> None:
    told = api.get("/api/maps/purchase/measured").json()
    assert len(told["stages"]) == 3
    for stage in told["stages"].values():
        asked = {"token": told["drilldown"], "cell": stage["cell"]}
        assert api.get("/api/drilldown", params=asked).json()["total"] == stage["people"]


def test_map_with_filters(api: httpx.Client) -> None:
    asked = {"channel": ["store"], "trait": "segment:silver"}
    told = api.get("/api/maps/purchase/measured", params=asked).json()
    assert [s["people"] for s in told["stages"].values()] == [0, 10, 7]
    assert told["filters"]["channels"] == ["store"]


def test_figures_that_differ(api: httpx.Client, mapped: Path) -> None:
    everyone = {"map": "purchase"}
    assert api.post("/api/maps/diff/figures", json={"before": everyone, "after": everyone}).json() == []
    stores = {**everyone, "filters": {"channels": ["store"]}}
    told = api.post("/api/maps/diff/figures", json={"before": everyone, "after": stores}).json()
    (look,) = [d for d in told if d["where"] == ["Look"] and d["field"] == "share"]
    assert (look["before"], look["after"]) == (29 / 30, 0.0)
    typed = desireline_command("map", "diff", "Purchase", "Purchase", "--figures", "--json", workspace=mapped)
    assert typed.json == {"differences": []}
