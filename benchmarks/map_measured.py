"""Measuring a map drawn from synthetic events: all its figures, with and without parts of the window, and its parts.

Usage: python benchmarks/map_measured.py [--sizes 1000000] [--touchpoints 60] [--repeat 7] [--workspaces DIR]
       [--json FILE]

The definition has five stages and as many touchpoints as there are kinds of events; the map is the one that is drawn
from them, with an emotion lane and metrics of each stage. Medians; `times_stages` compares the time of all cores
with one pass that counts stages alone.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import _workspaces
import synthetic
from _measuring import LEAST_RUNS, measured

from desireline.analyze.overlay import MapRequest, measure
from desireline.maps.propose import drawn
from desireline.model.definition import Definition
from desireline.model.journey_map import EmotionRecipe
from desireline.model.question import Asked
from desireline.service import map_measuring


def defined(touchpoints: int) -> Definition:
    """Five stages of the synthetic kinds of events, in their order."""
    names = synthetic.names(touchpoints)
    stages = [f"Stage {k}" for k in range(1, 6)]
    met = [
        {"name": name, "stage": stages[k * len(stages) // len(names)], "match": [{"name": name}]}
        for k, name in enumerate(names)
    ]
    return Definition.model_validate({"version": 1, "stages": [{"name": s} for s in stages], "touchpoints": met})


def report(home: Path, events: int, touchpoints: int, repeat: int) -> list[dict[str, Any]]:
    """What measuring takes."""
    workspace = _workspaces.made(home, events, kinds=touchpoints)
    definition = defined(touchpoints)
    scope = workspace.scope(Asked(), definition)
    document = drawn("Map", map_measuring.data(scope, definition), "en")
    for lane in document.lanes:
        if lane.kind == "emotion":
            lane.recipe = EmotionRecipe(behaviour=True)

    def ours(*, sparks: bool) -> object:
        return map_measuring.measured(scope, None, document, document.library, definition, {}, sparks=sparks)

    rows: list[dict[str, Any]] = []
    for name, work in (
        ("stages alone", lambda _: measure(scope, MapRequest())),
        ("map without parts of the window", lambda _: ours(sparks=False)),
        ("map", lambda _: ours(sparks=True)),
    ):
        taken, _ = measured(max(repeat, LEAST_RUNS), work)
        base = rows[0]["core_seconds"] if rows else taken.core_seconds
        rows.append(
            {"what": name, "events": events, "cards": len(document.cards()), "seconds": taken.seconds,
             "core_seconds": taken.core_seconds, "times_stages": taken.core_seconds / base, "runs": taken.runs}
        )  # fmt: skip
        print(*rows[-1].values(), sep="\t", flush=True)
    return rows


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000000")
    parser.add_argument("--touchpoints", type=int, default=synthetic.KINDS)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--workspaces", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with _workspaces.shelf(given.workspaces) as home:
        sizes = map(int, given.sizes.split(","))
        rows = [row for size in sizes for row in report(home, size, given.touchpoints, given.repeat)]
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "map_measured", "results": rows}))


if __name__ == "__main__":
    main()
