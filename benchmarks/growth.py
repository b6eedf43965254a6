"""How our answers grow: with events, people and kinds of events, in memory and on disk, and from a cold start.

Usage: python benchmarks/growth.py [--sizes 1000000,10000000] [--repeat 7] [--json FILE]

- events: each question on each size; the slope is the cost of one more event since the size before, its deviation is
  from the first slope (of three sizes, the second says whether the cost is linear).
- people, kinds, giant: the same number of events (the largest size up to 10 million) of ten times the people, of 2,000
  kinds, or a tenth of them one person's; against the usual ones.
- floor: a plain sum over time and code of the same arrays, which no full pass can go under.
- memory: what a new process holds at most for one question above what it held before, pages of the mapped arrays
  included, and the same for a build; for each event more than 10,000, so that compiled code is left out.
- cold: imports, and from the start of a new process to its first answer, with files that the system still holds.
- disk: bytes of the journey store and of the lake for each event.
"""

import argparse
import functools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import _asked
import _workspaces
import numpy as np
import synthetic
from _measuring import measured
from _once import held

from desireline.service.workspace import Workspace

FEW = 10_000
LARGEST_SHAPED = 10_000_000
MANY_KINDS = 2_000
GIANT = 10
COLD_RUNS = 5
IMPORTED = ("desireline", "numba", "duckdb")

Row = dict[str, Any]
Times = tuple[float, float]
COLUMNS = (
    "measure", "question", "events", "people", "runs", "seconds", "core_seconds", "nanoseconds_per_event",
    "slope_nanoseconds", "deviation_percent", "times_usual", "bytes_per_event",
)  # fmt: skip


def row(measure: str, question: str, **figures: object) -> Row:
    """One line of the table."""
    return {name: {"measure": measure, "question": question, **figures}.get(name) for name in COLUMNS}


# --- what runs in processes of their own ------------------------------------------------------------------------


def warm(folder: Path, repeat: int) -> dict[str, Times]:
    """Each question on a warm workspace, and the floor: median seconds on the clock and of all cores."""
    workspace = Workspace(folder)
    calls: dict[str, Callable[[], object]] = {
        name: functools.partial(question.ours, workspace)
        for name, question in _asked.QUESTIONS.items()
        if question.before is _asked.nothing
    }
    generation = workspace.generation()
    calls["floor"] = lambda: (generation.time.sum(), generation.code.sum(dtype=np.int32))
    return {name: measured(repeat, lambda _, c=call: c())[0][:2] for name, call in calls.items()}


def build(folder: Path, _: int) -> dict[str, float]:
    """Seconds of a build from the lake, and bytes held at most for it."""
    workspace, before = Workspace(folder), held("VmRSS")
    begun = time.perf_counter()
    workspace.build()
    return {"seconds": time.perf_counter() - begun, "bytes": held("VmHWM") - before}


TASKS = {"warm": warm, "build": build}


def in_child(task: str, folder: Path, repeat: int = 1) -> dict[str, Any]:
    """The figures of a task, from a process of its own."""
    found: dict[str, Any] = json.loads(_said([__file__, "--task", task, "--folder", folder, "--repeat", str(repeat)]))
    return found


def once(folder: Path, question: str) -> dict[str, float]:
    """Seconds from the start of a new process to its answer, and bytes that it held at most for the question."""
    begun = time.monotonic()
    found = json.loads(_said([Path(__file__).with_name("_once.py"), folder, question]))
    return {"seconds": found["answered"] - begun, "bytes": found["bytes"]}


def _said(arguments: list[str | Path]) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[-1]


# --- what is measured -------------------------------------------------------------------------------------------


def events(home: Path, sizes: list[int], repeat: int) -> Iterable[Row]:
    """Each question on each size."""
    before: dict[str, Times] = {}
    first: dict[str, float] = {}
    count = 0
    for size in sizes:
        workspace = _workspaces.made(home, size)
        found = in_child("warm", workspace.places.root, repeat)
        for name, (seconds, cores) in found.items():
            slope = (seconds - before[name][0]) / (size - count) if name in before else None
            deviation = (slope / first[name] - 1) * 100 if slope is not None and name in first else None
            if slope is not None:
                first.setdefault(name, slope)
            yield row(
                "events", name, events=size, people=workspace.generation().meta.people, runs=repeat, seconds=seconds,
                core_seconds=cores, nanoseconds_per_event=seconds / size * 1e9,
                slope_nanoseconds=None if slope is None else slope * 1e9, deviation_percent=deviation,
            )  # fmt: skip
        before, count = found, size


def shapes(home: Path, size: int, repeat: int) -> Iterable[Row]:
    """The same number of events of more people, of more kinds, with a giant among the people."""
    made = functools.partial(_workspaces.made, home, size)
    usual = in_child("warm", made().places.root, repeat)
    for measure, workspace in {
        "ten times the people": functools.partial(made, per_person=synthetic.EVENTS_PER_PERSON / 10),
        f"{MANY_KINDS:,} kinds of events": functools.partial(made, kinds=MANY_KINDS),
        f"a person with {size // GIANT:,} events": functools.partial(made, giant=size // GIANT),
    }.items():
        shaped = workspace()
        for name, (seconds, cores) in in_child("warm", shaped.places.root, repeat).items():
            yield row(
                measure, name, events=size, people=shaped.generation().meta.people, runs=repeat, seconds=seconds,
                core_seconds=cores, nanoseconds_per_event=seconds / size * 1e9, times_usual=seconds / usual[name][0],
            )  # fmt: skip


def cold(home: Path, sizes: list[int]) -> Iterable[Row]:
    """Imports; first answers in new processes, and what they hold for them."""
    for module in IMPORTED:
        code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
        taken = [float(_said(["-c", code])) for _ in range(COLD_RUNS)]
        yield row("cold", f"import {module}", runs=COLD_RUNS, seconds=statistics.median(taken))
    few = _workspaces.made(home, FEW).places.root
    for place, (name, question) in enumerate(_asked.QUESTIONS.items()):
        runs = 1 if place else COLD_RUNS
        fixed = once(few, name)["bytes"]
        for size in sizes:
            found = [once(_workspaces.made(home, size).places.root, name) for _ in range(runs)]
            more = max(f["bytes"] for f in found) - fixed
            if question.before is _asked.nothing:
                seconds = statistics.median(f["seconds"] for f in found)
                yield row("cold", name, events=size, runs=runs, seconds=seconds)
            yield row("memory", name, events=size, runs=runs, bytes_per_event=more / (size - FEW))


def kept(home: Path, sizes: list[int]) -> Iterable[Row]:
    """What a build holds, and what is on disk."""
    fixed = in_child("build", _workspaces.made(home, FEW).places.root)["bytes"]
    for size in sizes:
        workspace = _workspaces.made(home, size)
        found = in_child("build", workspace.places.root)
        more = (found["bytes"] - fixed) / (size - FEW)
        yield row("memory", "build", events=size, runs=1, seconds=found["seconds"], bytes_per_event=more)
        store = sum(f.stat().st_size for f in workspace.generation().folder.iterdir() if f.is_file())
        yield row("disk", "journey store", events=size, bytes_per_event=store / size)
        yield row("disk", "lake", events=size, bytes_per_event=_workspaces.size(workspace.places.events) / size)


def measure(home: Path, sizes: list[int], repeat: int) -> Iterable[Row]:
    """Everything, in order."""
    yield from events(home, sizes, repeat)
    yield from shapes(home, max([s for s in sizes if s <= LARGEST_SHAPED], default=sizes[0]), repeat)
    yield from cold(home, sizes)
    yield from kept(home, sizes)


def show(found: Row) -> None:
    """A line of the table."""
    units = {"seconds": ("s", 4), "slope_nanoseconds": ("ns/event", 2), "deviation_percent": ("% off", 0),
             "times_usual": ("× usual", 2), "bytes_per_event": ("B/event", 1)}  # fmt: skip
    told = [f"{found[k]:10.{digits}f} {unit}" for k, (unit, digits) in units.items() if found[k] is not None]
    print(f"{found['measure']:<32}{found['question']:<48}{found['events'] or 0:>12,}{''.join(told)}", flush=True)


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--sizes", default="1000000", help="numbers of events, separated by commas")
    arguments.add_argument("--repeat", type=int, default=7)
    arguments.add_argument("--workspaces", type=Path, help="a folder for workspaces; those that stand there are used")
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.task:
        print(json.dumps(TASKS[given.task](given.folder, given.repeat)))
        return
    sizes = sorted(int(size) for size in given.sizes.split(","))
    if sizes[0] <= FEW:
        arguments.error(f"--sizes: more than {FEW:,} events, which tell the fixed cost of memory")
    results = []
    with _workspaces.shelf(given.workspaces) as home:
        for found in measure(home, sizes, given.repeat):
            show(found)
            results.append(found)
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "growth", "results": results}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
