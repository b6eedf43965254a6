"""Fresh data: seconds from the call that imports it until every question knows of it.

Usage: python benchmarks/fresh.py [--events 1000000] [--rows 1 1000 100000] [--repeat 5] [--json FILE]

A workspace of synthetic events gains files of so many rows of the same kind: late, out of order, of old and of new
persons. Measured is the public call and the first answer after it, in one process that stays open, as a server does;
`commit` is the part until the rows are durable in the lake. Beside it: the build from scratch that the merge saves, a
property read out of JSON for the first time, from disk, and made part of the codes. Medians in seconds; ends with an
error if the merged store and one built from scratch disagree.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import synthetic
from build import peak

STEPS = [synthetic.NAMES[k] for k in (2, 7, 12, 20, 30)]
PLANS = ["basic", "free", "pro", "team"]


def table(count: int, seed: int) -> pa.Table:
    """Synthetic events with three properties, of which one has thousands of values."""
    random = np.random.default_rng(seed)
    sku = (random.pareto(1.2, count) * 50).clip(0, 4_999).astype(np.int64)
    made = synthetic.table(synthetic.events(count, seed)) if count > 1 else one(seed)
    return (
        made.append_column("plan", pa.array(PLANS).take(pa.array(random.integers(0, len(PLANS), count))))
        .append_column("sku", pa.array([f"SKU-{k:05}" for k in range(5_000)]).take(pa.array(sku)))
        .append_column("total", pa.array(np.round(random.lognormal(3, 1, count), 2)))
    )


def one(seed: int) -> pa.Table:
    """A single event."""
    return synthetic.table(synthetic.events(100, seed)).slice(50, 1)


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of a call, and what it returned."""
    started = time.perf_counter()
    found = call()
    return time.perf_counter() - started, found


def measure(folder: Path, rows: list[int], repeat: int) -> list[dict[str, object]]:
    """What runs in a process of its own, so that its peak of memory can be told."""
    from desireline.service.workspace import Workspace

    workspace = Workspace(folder)
    answer(workspace)
    found: list[dict[str, object]] = []
    for count in rows:
        visible, commits = imports(workspace, count, repeat)
        found.append({"what": f"visible after {count:,} rows", "seconds": statistics.median(visible[1:])})
        found.append({"what": f"  of it until in the lake, {count:,} rows", "seconds": statistics.median(commits[1:])})
    found.append({"what": "peak of memory so far", "megabytes": peak()})
    merged = answer(workspace)
    found.append({"what": "build from scratch", "seconds": timed(workspace.build)[0], "runs": 1})
    if answer(workspace) != merged:
        raise SystemExit("The merged store and the one built from scratch disagree.")
    found += properties(workspace, repeat)
    found.append({"what": "peak of memory", "megabytes": peak()})
    held = sum(f.stat().st_size for f in workspace.generation().folder.rglob("*") if f.is_file())
    found.append({"what": "bytes of the store for each event", "bytes": held / workspace.generation().meta.events})
    return found


def answer(workspace: Any) -> list[int]:
    """A question that needs all events."""
    return [s.people for s in workspace.funnel(STEPS, within="7d", by_event_name=True).steps]


def imports(workspace: Any, count: int, repeat: int) -> tuple[list[float], list[float]]:
    """Seconds until visible, and until in the lake, of one import more than `repeat`: the first one warms up."""
    visible, commits = [], []
    for number in range(repeat + 1):
        file = workspace.places.root.parent / f"{count}-{number}.parquet"
        pq.write_table(table(count, count + number), file)
        before = workspace.generation().meta.events
        started = time.perf_counter()
        summary = workspace.import_files([file], "synthetic")
        answer(workspace)
        visible.append(time.perf_counter() - started)
        commits.append(summary.seconds)
        if workspace.generation().meta.events != before + summary.new:
            raise SystemExit("The new events are not there.")
    return visible, commits


def properties(workspace: Any, repeat: int) -> list[dict[str, object]]:
    """Two properties as columns, and one of them made part of the codes."""
    from desireline.store import lake
    from desireline.store.columns import column

    generation, events = workspace.generation(), lake.events(workspace.places.events)
    found: list[dict[str, object]] = []
    for path in ("plan", "sku"):
        first = timed(lambda p=path: column(generation, events, p))[0]
        again = [timed(lambda p=path: len(column(generation, events, p).values))[0] for _ in range(repeat)]
        found.append({"what": f"property {path} from JSON", "seconds": first, "runs": 1})
        found.append({"what": f"property {path} from disk", "seconds": statistics.median(again)})
    found.append({"what": "recode by a property", "seconds": timed(lambda: recode(workspace))[0], "runs": 1})
    return found


def recode(workspace: Any) -> None:
    """Store a definition whose rules look at a property."""
    from desireline.model.definition import Definition, MatchRule, Touchpoint

    rule = MatchRule(name=STEPS[0], properties={"plan": "pro"})
    workspace.save_definition(Definition(touchpoints=[Touchpoint(name="Pro", match=[rule])]))


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--rows", type=int, nargs="+", default=[1, 1_000, 100_000])
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    if given.folder:
        print(json.dumps(measure(given.folder, given.rows, given.repeat)))
        return

    from desireline.service.workspace import Workspace

    with tempfile.TemporaryDirectory() as scratch:
        folder, file = Path(scratch, "workspace"), Path(scratch, "events.parquet")
        pq.write_table(table(given.events, 11), file)
        Workspace(folder).import_files([file], "synthetic")
        rows = [str(n) for n in given.rows]
        call = [sys.executable, __file__, "--folder", str(folder), "--repeat", str(given.repeat), "--rows", *rows]
        done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
        results = json.loads(done.stdout.splitlines()[-1])
    for row in results:
        unit = next(k for k in row if k != "what")
        print(f"{row['what']:<44}{row[unit]:10,.3f} {unit}")
    if given.json:
        facts = {"benchmark": "fresh", "events": given.events, "runs": given.repeat}
        given.json.write_text(json.dumps({**facts, "results": results}))


if __name__ == "__main__":
    main()
