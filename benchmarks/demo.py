"""The demo's work after installation, in a process of its own: 1.47 M basket lines and all other tables to a map.

Usage: python benchmarks/demo.py [--json FILE]

Seconds of each step and the peak of memory of `desireline demo --no-serve`; then the second run, which finds its work
done.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUN = """
import json
from desireline.service import demo
from desireline.service.workspace import Workspace
print(json.dumps(demo.run(Workspace({folder!r})).seconds))
"""


def run(folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds in all and by step, in a new process."""
    started = time.perf_counter()
    call = [sys.executable, "-c", RUN.format(folder=str(folder))]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, json.loads(done.stdout)


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        whole, steps = run(Path(scratch))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again, _ = run(Path(scratch))
    rows = [{"what": name, "seconds": seconds} for name, seconds in steps.items()]
    rows += [
        {"what": "all, new process", "seconds": round(whole, 2)},
        {"what": "second run", "seconds": round(again, 2)},
    ]
    for row in rows:
        print(f"{row['what']:<20}{row['seconds']:8.2f} s")
    print(f"{'peak of memory':<20}{peak:8,.0f} MB")
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "demo", "peak_megabytes": peak, "runs": 1, "results": rows}))


if __name__ == "__main__":
    main()
