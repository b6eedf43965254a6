"""An experiment with a million people, from the file to the verdict, and its parts.

Usage: python benchmarks/experiments.py [--people 1000000] [--repeat 5] [--json FILE]

`core_seconds` are those of all cores together, which say more where others use the machine too. The file is written
beforehand; reading it counts.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from _measuring import measured
from pyarrow import csv

from desireline.service.experiments.of_file import analyse_file

ASKED = {
    "shares": {},
    "with people": {"unit": "person"},
    "with people, covariate, segments, guardrail": {
        "unit": "person", "covariate": "before", "segment": ["country"], "guardrails": [{"column": "value"}],
    },
    "with people and times": {"unit": "person", "time": "time"},
}  # fmt: skip


def made(people: int) -> pa.Table:
    """Two equal arms, 5 % and 5.5 % of which buy."""
    rng = np.random.default_rng(1)
    treated, before = rng.random(people) < 0.5, rng.gamma(2, 10, people)
    bought = rng.random(people) < 0.05 + 0.005 * treated
    seconds = 1_767_225_600 + rng.integers(0, 28 * 86_400, people)
    return pa.table({
        "person": [f"u{k:07d}" for k in range(people)], "arm": np.where(treated, "B", "A"),
        "bought": bought.astype(int),
        "value": np.where(bought, before + rng.gamma(2, 20, people), 0).round(2), "before": before.round(2),
        "country": rng.choice(["de", "hr", "pl", "us"], people),
        "time": pa.array(seconds * 1_000_000, pa.timestamp("us", "UTC")),
    })  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        table, files = made(given.people), [Path(folder) / "x.csv", Path(folder) / "x.parquet"]
        csv.write_csv(table, files[0])
        pq.write_table(table, files[1])
        for file in files:
            for name, more in ASKED.items():
                fields = {"arm": "arm", "outcome": "bought", **more}
                taken, found = measured(given.repeat, lambda _, f=file, a=fields: analyse_file(f, a))
                rows.append({"file": file.suffix[1:], "what": name, "people": given.people, **taken._asdict()})
                print(f"{file.suffix[1:]:8} {name:45} {taken.seconds:6.2f} s  {taken.core_seconds:6.2f} s of cores  "
                      f"{found.verdict}")  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "experiments", "results": rows}, indent=1))


if __name__ == "__main__":
    main()
