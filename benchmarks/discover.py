"""What the data finds by itself, and what stands in people's way: each question by the public call.

Usage: python benchmarks/discover.py [--sizes 1000000,10000000] [--workspaces DIR] [--only NAME,NAME] [--json FILE]

Synthetic events of 60 kinds in 8 channels, about 11 for each person, asked by the names of events. `first_seconds` are
of the first call in the process, in which kernels are loaded and columns read; the others are medians of three calls,
or of one where a call takes more than ten seconds; an open workspace keeps the groups it has found. The promised times
are for 10 million events on two cores.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import _workspaces
import synthetic

NAMES = synthetic.names(synthetic.KINDS)
GOAL = NAMES[synthetic.GOAL]
ASKED: dict[str, dict[str, Any]] = {
    "stages": {},
    "transitions": {},
    "obstacles": {"goal": GOAL},
    "friction": {"goal": GOAL},
    "troubles": {"goal": GOAL},
    "drift": {},
    "types": {},
    "personas": {},
    "stakes": {"goal": GOAL, "touchpoint": NAMES[5]},
    "micro_conversions": {"goal": GOAL, "names": NAMES[6:15]},
}
PROMISED = {"stages": 1.0, "transitions": 1.0, "obstacles": 5.0, "friction": 20.0, "types": 60.0, "personas": 60.0}
RUNS, LONG = 3, 10.0


def asked(home: Path, events: int, only: list[str]) -> list[dict[str, Any]]:
    """The times of each question over so many events."""
    rows = []
    for question in only:
        workspace = _workspaces.made(home, events)
        people = workspace.generation().meta.people
        taken: list[float] = []
        while len(taken) <= RUNS and not (len(taken) > 1 and taken[-1] > LONG):
            started, busy = time.perf_counter(), time.process_time()
            workspace.ask(question, {**ASKED[question], "by_event_name": True})
            taken.append(time.perf_counter() - started)
            cores = time.process_time() - busy
        again = sorted(taken[1:])
        rows.append(
            {"question": question, "events": events, "people": people, "seconds": round(again[len(again) // 2], 3),
             "first_seconds": round(taken[0], 3), "core_seconds": round(cores, 3), "runs": len(again),
             "promised_seconds": PROMISED.get(question) if events == 10_000_000 else None}
        )  # fmt: skip
        print(*rows[-1].values(), sep="\t", flush=True)
    return rows


def main() -> None:
    """Asks every question at every size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000000,10000000")
    parser.add_argument("--workspaces", type=Path)
    parser.add_argument("--only", default=",".join(ASKED))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with _workspaces.shelf(given.workspaces) as home:
        rows = [row for size in given.sizes.split(",") for row in asked(home, int(size), given.only.split(","))]
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "discover", "results": rows}))


if __name__ == "__main__":
    main()
