"""A dashboard of 20 KPIs over synthetic events: the first time, again, and again for another window.

Usage: python benchmarks/kpis.py [--sizes 1000000] [--repeat 7] [--workspaces DIR] [--json FILE]

All are counted in events: conversions, abandonment, self-service, times, contacts, orders, people, silence, contracts.
Each is measured for 12 weeks with its series and the 12 weeks before. Medians but for the first time, which is one run.
"""

import argparse
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import _workspaces
import synthetic
from _measuring import LEAST_RUNS, measured

from desireline.service.workspace import Workspace


def dashboard() -> list[dict[str, Any]]:
    """20 KPIs of the synthetic kinds of events."""
    names = synthetic.names(synthetic.KINDS)
    pairs = [(names[k], names[k + 7]) for k in range(20)]
    kinds = ("conversion", "cart_abandonment", "self_service_rate", "waiting_time", "time_to_value", "reaching_value",
             "response_rate", "referral_share", "crr", "churn")  # fmt: skip
    tried = [(kind, {"start": [a], "goal": [b]}) for kind, (a, b) in zip(kinds, pairs, strict=False)]
    told: list[tuple[str, dict[str, Any]]] = [
        *tried,
        ("conversion", {"start": [names[0]], "goal": [names[1]], "within": "7d"}),
        ("conversion", {"start": names[:10], "goal": names[10:20], "within": "1d"}),
        ("handling_time", {"start": [names[3]], "goal": [names[4]]}),
        ("fcr", {"touchpoints": names[:3]}),
        ("repeat_contact", {"touchpoints": names[3:6]}),
        ("aov", {"touchpoints": names[:5], "refunds": [names[5]]}),
        ("people", {}),
        ("people", {"touchpoints": names[:10]}),
        ("digital_adoption", {"channels": [names[2]]}),
        ("churn_non_contractual", {"touchpoints": names[:5]}),
    ]
    return [
        {"name": f"{k} {kind}", "kind": kind, "source": {"origin": "events", **source}}
        for k, (kind, source) in enumerate(told)
    ]


def report(home: Path, events: int, repeat: int) -> list[dict[str, Any]]:
    """What the dashboard takes."""
    workspace = Workspace(_workspaces.made(home, events).places.root)
    for one in workspace.kpis.all():
        workspace.kpis.remove(one.id)
    made = [workspace.kpis.create(one) for one in dashboard()]
    last = workspace.status().last
    until = (last or dt.datetime.now(dt.UTC)).date() - dt.timedelta(days=30)

    def shown(end: dt.date) -> object:
        since = end - dt.timedelta(days=83)
        return workspace.kpis.measure_all([one.id for one in made], since=since, until=end, by="week")

    rows: list[dict[str, Any]] = []

    def told(what: str, seconds: float, core_seconds: float | None, runs: int) -> None:
        rows.append({"what": what, "events": events, "kpis": len(made), "seconds": seconds,
                     "core_seconds": core_seconds, "runs": runs})  # fmt: skip
        print(*rows[-1].values(), sep="\t", flush=True)

    begun = time.perf_counter()
    shown(until)
    told("first time", time.perf_counter() - begun, None, 1)
    taken, _ = measured(max(repeat, LEAST_RUNS), lambda _: shown(until))
    told("again", taken.seconds, taken.core_seconds, taken.runs)
    days = iter(range(1, 10_000))
    taken, _ = measured(max(repeat, LEAST_RUNS), lambda _: shown(until - dt.timedelta(days=next(days))))
    told("another window", taken.seconds, taken.core_seconds, taken.runs)
    return rows


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000000")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--workspaces", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with _workspaces.shelf(given.workspaces) as home:
        rows = [row for size in map(int, given.sizes.split(",")) for row in report(home, size, given.repeat)]
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "kpis", "results": rows}, indent=1))


if __name__ == "__main__":
    main()
