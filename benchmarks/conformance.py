"""What people did against what was planned, and the same alignments by pm4py.

Usage: python benchmarks/conformance.py [--sizes 1000000,10000000] [--peer 30000] [--repeat 5] [--json FILE]

A plan of eight of the 60 kinds of events, four of them common, by event name; then three allowed paths instead of one.
Every unit's trace is aligned, deviations are counted by kind, step and what came before, and the result object is made.
All units are over by the day that is asked about. pm4py aligns the same collapsed traces of a smaller store with a
linear Petri net of the plan at unit costs, which is the same task: the script ends with 1 if the mean fitness differs.
"""

import argparse
import datetime as dt
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import _workspaces
import synthetic
from _measuring import LEAST_RUNS, Taken, measured

from desireline.analyze.conformance import ConformanceRequest, align
from desireline.model.planned import Planned
from desireline.service.workspace import Workspace

KINDS = (0, 33, 5, 41, 9, 50, 2, 58)
LATER = dt.date(2026, 1, 1)
STEPS = [synthetic.names(synthetic.KINDS)[k] for k in KINDS]


def asked(paths: int) -> ConformanceRequest:
    """The plan; further paths leave one step out."""
    ways = [[s for k, s in enumerate(STEPS) if p == 0 or k != p] for p in range(paths)]
    plan = {
        "ideal": "plan",
        "steps": [{"id": s, "touchpoints": [s]} for s in STEPS],
        "paths": [{"id": f"path {p}", "steps": way} for p, way in enumerate(ways)],
    }
    return ConformanceRequest(planned=Planned.model_validate(plan), by_event_name=True, today=LATER)


def rows_of(question: str, engine: str, events: int, taken: Taken, ours: float | None) -> dict[str, object]:
    ratio = taken.seconds / ours if ours else None
    return {"question": question, "engine": engine, "events": events, **taken._asdict(), "times_ours": ratio}


def our_times(workspace: Workspace, events: int, repeat: int) -> list[dict[str, object]]:
    found = []
    for paths in (1, 3):
        request = asked(paths)
        taken, _ = measured(repeat, lambda _, r=request: align(workspace.scope(r), r))
        name = f"conformance, 8 steps, {paths} path{'s' * (paths > 1)}"
        found.append(rows_of(name, "Desireline", events, taken, None))
    return found


def traces(workspace: Workspace) -> list[list[str]]:
    """Everyone's kinds of events with immediate repeats as one, of those who met a planned one."""
    scope, found = workspace.scope(asked(1)), []
    names = [scope.event_names.names[k] for k in scope.event_names.table]
    for a, b in zip(scope.offsets[:-1], scope.offsets[1:], strict=True):
        trace = [names[c] for c in scope.code[a:b]]
        trace = [t for k, t in enumerate(trace) if k == 0 or trace[k - 1] != t]
        if set(trace) & set(STEPS):
            found.append(trace)
    return found


def by_pm4py(listed: list[list[str]], repeat: int) -> tuple[Taken, float]:
    """Time for all alignments, and the mean fitness."""
    import pandas as pd
    import pm4py
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils import petri_utils
    from pm4py.util import constants

    constants.SHOW_PROGRESS_BAR = False
    net = PetriNet("plan")
    places = [PetriNet.Place(f"p{k}") for k in range(len(STEPS) + 1)]
    net.places.update(places)
    for k, step in enumerate(STEPS):
        move = PetriNet.Transition(step, step)
        net.transitions.add(move)
        petri_utils.add_arc_from_to(places[k], move, net)
        petri_utils.add_arc_from_to(move, places[k + 1], net)
    begin, end = Marking({places[0]: 1}), Marking({places[-1]: 1})
    events = [(str(case), name, k) for case, trace in enumerate(listed) for k, name in enumerate(trace)]
    frame = pd.DataFrame(events, columns=["case:concept:name", "concept:name", "k"])
    frame["time:timestamp"] = pd.to_datetime(frame["k"], unit="s", utc=True)
    taken, found = measured(
        repeat, lambda _: pm4py.conformance_diagnostics_alignments(frame, net, begin, end, multi_processing=False)
    )
    return taken, sum(one["fitness"] for one in found) / len(found)


def compared(workspace: Workspace, events: int, repeat: int) -> tuple[list[dict[str, object]], bool]:
    """Rows of both on the same small store, and whether they agree."""
    request, name = asked(1), "conformance, 8 steps, against pm4py"
    taken, ours = measured(repeat, lambda _: align(workspace.scope(request), request))
    found = [rows_of(name, "Desireline", events, taken, taken.seconds)]
    if importlib.util.find_spec("pm4py") is None:
        print("pm4py is not installed; nothing is compared.")
        return found, True
    theirs, fitness = by_pm4py(traces(workspace), 1)
    found.append(rows_of(name, "pm4py", events, theirs, taken.seconds))
    same = ours.fitness is not None and abs(fitness - ours.fitness) < 1e-9
    if not same:
        print(f"pm4py's mean fitness is {fitness}, ours {ours.fitness}", file=sys.stderr)
    return found, same


def main() -> int:
    """Measure, print a table, write the figures; 1 if the two disagree."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--sizes", default="1000000,10000000")
    arguments.add_argument("--peer", type=int, default=30_000)
    arguments.add_argument("--repeat", type=int, default=LEAST_RUNS)
    arguments.add_argument("--workspaces", type=Path, help="a folder for workspaces; those that stand there are used")
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    results: list[dict[str, Any]] = []
    with _workspaces.shelf(given.workspaces) as home:
        for size in map(int, given.sizes.split(",")):
            results += our_times(_workspaces.made(home, size), size, max(LEAST_RUNS, given.repeat))
        more, same = compared(_workspaces.made(home, given.peer), given.peer, max(LEAST_RUNS, given.repeat))
    results += more
    for row in results:
        ratio = f"{row['times_ours']:>10,.0f} ×" if row["times_ours"] else ""
        print(
            f"{row['events']:>12,}  {row['question']:<40}{row['engine']:<12}{row['seconds'] * 1000:>12,.1f} ms{ratio}"
        )
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "conformance", "results": results}, indent=1), encoding="utf-8")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
