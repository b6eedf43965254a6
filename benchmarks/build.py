"""From files to an answering journey store: import, build (against DuckDB doing the same work), first answer.

Usage: python benchmarks/build.py [--events 1000000] [--repeat 5] [--json FILE]

Imports synthetic events from Parquet by the `generic` preset, then builds the journey store from the lake: each key
once, persons from identifiers, numbered event kinds, rows in the order of person, time and arrival, arrays and a table
of people on disk. DuckDB does the same in SQL on the same Delta files and writes the same arrays. Each side runs in a
process of its own, so that its peak of memory can be told. Medians in seconds; ends with an error if they disagree.
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

import numpy as np
import pyarrow.parquet as pq
import synthetic

QUESTION = """
import json, time
started = time.perf_counter()
import desireline
ws = desireline.open({folder!r})
steps = ws.funnel({steps!r}, within="7d", by_event_name=True).steps
print(json.dumps([time.perf_counter() - started, [s.people for s in steps]]))
"""

SORTED = """
CREATE OR REPLACE TEMP TABLE ids AS SELECT id_hash, row_number() OVER () - 1 AS person
  FROM (SELECT DISTINCT id_hash FROM events);
CREATE OR REPLACE TEMP TABLE kinds AS SELECT source, name, channel, row_number() OVER () - 1 AS code
  FROM (SELECT DISTINCT source, name, channel FROM events);
CREATE OR REPLACE TEMP TABLE firsts AS SELECT min(arrival) AS arrival FROM events GROUP BY key;
CREATE OR REPLACE TEMP TABLE people AS SELECT person, any_value(identifiers) AS identifiers
  FROM events JOIN ids USING (id_hash) GROUP BY person ORDER BY person
"""
ROWS = """
SELECT person, time, code, arrival, coalesce(case_key, 0) AS "case", value
FROM events SEMI JOIN firsts USING (arrival) JOIN ids USING (id_hash) JOIN kinds USING (source, name, channel)
ORDER BY person, time, arrival
"""


def ours(folder: Path, _: Path) -> Callable[[], tuple[int, int]]:
    """The public call."""
    from desireline.service.workspace import Workspace

    workspace = Workspace(folder)

    def build() -> tuple[int, int]:
        meta = workspace.build().meta
        return meta.events, meta.people

    return build


def duckdb(folder: Path, out: Path) -> Callable[[], tuple[int, int]]:
    """Its best form that we could write: hash aggregates for numbers and firsts, one sort, columns out as NumPy."""
    import duckdb as engine
    from deltalake import DeltaTable

    files = DeltaTable(str(folder / "lake" / "events")).file_uris()

    def build() -> tuple[int, int]:
        with engine.connect() as con:
            con.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet({files}) WHERE kind = 'event'")
            con.execute(SORTED)
            columns = con.execute(ROWS).fetchnumpy()
            con.execute(f"COPY people TO '{out / 'people.parquet'}'")
        person = columns.pop("person")
        counts = np.bincount(person)
        np.save(out / "offsets.npy", np.r_[0, np.cumsum(counts)])
        for name, array in columns.items():
            np.save(out / f"{name}.npy", np.ma.getdata(array))
        return len(person), len(counts)

    return build


ENGINES = {"Desireline": ours, "DuckDB": duckdb}


def measured(engine: str, folder: Path, repeat: int) -> dict[str, object]:
    """One side in a process of its own: median seconds, peak of memory, and what it counted."""
    call = [sys.executable, __file__, "--engine", engine, "--folder", str(folder), "--repeat", str(repeat)]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures


def one_engine(engine: str, folder: Path, repeat: int) -> None:
    """What `measured` runs."""
    with tempfile.TemporaryDirectory() as out:
        build = ENGINES[engine](folder, Path(out))
        counted, seconds = build(), []
        for _ in range(repeat):
            started = time.perf_counter()
            counted = build()
            seconds.append(time.perf_counter() - started)
    print(json.dumps({"seconds": statistics.median(seconds), "peak_megabytes": peak(), "counted": counted}))


def peak() -> float:
    """Megabytes that this program held at most; `getrusage` would add what its parent held when it forked."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--engine", choices=ENGINES)
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    if given.engine:
        return one_engine(given.engine, given.folder, given.repeat)

    from desireline.service.workspace import Workspace

    with tempfile.TemporaryDirectory() as scratch:
        folder, file = Path(scratch, "workspace"), Path(scratch, "events.parquet")
        pq.write_table(synthetic.table(synthetic.events(given.events)), file)
        summary = Workspace(folder).import_files([file], "synthetic", build=False)
        sides = {engine: measured(engine, folder, given.repeat) for engine in ENGINES}
        steps = [synthetic.NAMES[k] for k in (2, 7, 12, 20, 30)]
        call = [sys.executable, "-c", QUESTION.format(folder=str(folder), steps=steps)]
        first = [
            json.loads(subprocess.run(call, check=True, capture_output=True).stdout)[0] for _ in range(given.repeat)
        ]
    if len({str(s["counted"]) for s in sides.values()}) != 1:
        raise SystemExit(f"The engines disagree: {sides}")
    rows = [{"what": "import", "engine": "Desireline", "seconds": summary.seconds, "peak_megabytes": None, "runs": 1}]
    rows += [
        {"what": "build", "engine": e, **{k: s[k] for k in ("seconds", "peak_megabytes")}} for e, s in sides.items()
    ]
    rows.append({"what": "first funnel in a new process", "engine": "Desireline", "seconds": statistics.median(first),
                 "peak_megabytes": None})  # fmt: skip
    for row in rows:
        peak = f"{row['peak_megabytes']:8,.0f} MB" if row["peak_megabytes"] else ""
        print(f"{row['what']:<32}{row['engine']:<12}{row['seconds']:8.3f} s {peak}")
    if given.json:
        given.json.write_text(
            json.dumps({"benchmark": "build", "events": given.events, "runs": given.repeat, "results": rows})
        )
    return None


if __name__ == "__main__":
    main()
