"""How the event lake should be partitioned: by day, by month, or not at all (docs/adr/003).

Usage: python benchmarks/lake_partitions.py [--events 1000000] [--repeat 5] [--json FILE]

Writes the same events, spread evenly over a year, as one commit of a Delta table for each way, and reads them with
DuckDB as the build does: all rows of the columns that order events, and one month of them. Medians in seconds.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, write_deltalake

YEAR_START, YEAR_MICROS = 1_735_689_600_000_000, 365 * 86_400_000_000
WAYS = {"none": None, "month": "month", "day": "day"}


def events(count: int, seed: int = 7) -> pa.Table:
    """Rows with the columns of the lake that weigh most, in order of arrival, which is not the order of time."""
    random = np.random.default_rng(seed)
    micros = YEAR_START + random.integers(0, YEAR_MICROS, count)
    moment = pa.array(micros).cast(pa.timestamp("us"))
    names = pa.array([f"event {i}" for i in range(60)])
    channels = pa.array([f"channel {i}" for i in range(8)])
    return pa.table(
        {
            "arrival": np.arange(count),
            "key": random.integers(-(2**63), 2**63, count),
            "row_hash": random.integers(-(2**63), 2**63, count),
            "time": micros,
            "name": names.take(pa.array(random.integers(0, 60, count))),
            "channel": channels.take(pa.array(random.integers(0, 8, count))),
            "id_hash": random.zipf(1.6, count) % 100_000,
            "value": random.gamma(2.0, 20.0, count).round(2),
            "month": pc.strftime(moment, "%Y-%m"),
            "day": pc.strftime(moment, "%Y-%m-%d"),
        }
    )


def _median(repeat: int, work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _read(folder: Path, where: str = "true") -> int:
    files = DeltaTable(str(folder)).file_uris()
    table = "read_parquet(?, hive_partitioning = true, hive_types_autocast = false)"
    query = f"SELECT count(*), sum(time), sum(id_hash), max(name) FROM {table} WHERE {where}"
    row = duckdb.execute(query, [files]).fetchone()
    return int(row[0]) if row else 0


def measure(table: pa.Table, way: str, repeat: int) -> dict[str, object]:
    """One way's figures: seconds to write, to read all and to read a month, files and bytes."""
    column = WAYS[way]
    rows = table.drop_columns([c for c in ("month", "day") if c != column])
    month = {
        "none": f"time < {YEAR_START + 31 * 86_400_000_000}",
        "month": "month = '2025-01'",
        "day": "day < '2025-02'",
    }
    with tempfile.TemporaryDirectory() as folder:
        written: list[Path] = []

        def write() -> None:
            written.append(Path(folder, str(len(written))))
            write_deltalake(str(written[-1]), rows, partition_by=[column] if column else None)

        write_seconds = _median(repeat, write)
        last = written[-1]
        files = list(last.rglob("*.parquet"))
        if _read(last) != len(table):
            raise SystemExit(f"{way}: read {_read(last)} of {len(table)} events")
        return {
            "partitioned_by": way,
            "write_seconds": round(write_seconds, 3),
            "read_seconds": round(_median(repeat, lambda: _read(last)), 3),
            "read_month_seconds": round(_median(repeat, lambda: _read(last, month[way])), 3),
            "files": len(files),
            "megabytes": round(sum(f.stat().st_size for f in files) / 1e6, 1),
        }


def main() -> None:
    """Measures every way and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    table = events(given.events)
    results = [measure(table, way, given.repeat) for way in WAYS]
    print(*results[0], sep="\t")
    for result in results:
        print(*result.values(), sep="\t")
    if given.json:
        facts = {"benchmark": "lake_partitions", "events": given.events, "runs": given.repeat}
        given.json.write_text(json.dumps({**facts, "results": results}))


if __name__ == "__main__":
    main()
