"""Every question of the journey engine, by our public call and by other engines in the same run, with equal answers.

Usage: python benchmarks/questions.py [--sizes 1000000,10000000] [--repeat 7] [--only WORD] [--json FILE]

Ours is the public call on a warm workspace, result object included (`_asked.py`). Peers load the rows in order (their
forms are in `_peers*.py`) and do less: they count no people in transitions, write no shares and estimate no curves. One
engine at a time is loaded, in a process of its own, which it leaves to free its memory. Medians in seconds of at least
five repetitions, the first call apart; ends with an error if two engines disagree.
"""

import argparse
import json
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import _asked
import _peers_all
import _workspaces
from _measuring import LEAST_RUNS, Taken, agree, difference, measured
from build import peak

OURS = "Desireline"
SMALL = 200
"""A difference is told in so many characters."""


def ours(folder: Path, only: str, repeat: int) -> dict[str, tuple[Taken, object]]:
    """Our answers and times."""
    from desireline.service.workspace import Workspace

    workspace, found = Workspace(folder), {}
    for name, question in _asked.asked(only).items():
        taken, answer = measured(repeat, question.ours, lambda q=question: q.before(workspace))
        found[name] = (taken, question.plain(answer))
    return found


def theirs(engine: str, rows: Path, only: str, repeat: int) -> dict[str, tuple[Taken, object]]:
    """A peer's answers and times; `load` is the first."""
    begun = time.perf_counter()
    peer = _peers_all.installed()[engine](rows)
    load = time.perf_counter() - begun
    found: dict[str, tuple[Taken, object]] = {"load of sorted rows": (Taken(load, load, load, 1), None)}
    for name, question in _asked.asked(only).items():
        if question.method and (ask := getattr(peer, question.method, None)):
            taken, answer = measured(repeat, lambda _, a=ask, q=question: a(*q.arguments))
            found[name] = (taken, question.theirs(answer))
    return found


def in_child(engine: str, folder: Path, rows: Path, given: argparse.Namespace) -> tuple[dict[str, Any], float]:
    """One engine's answers, from a process of its own, and its peak of memory in megabytes."""
    out = rows.with_suffix(f".{engine}.pickle")
    call = [sys.executable, __file__, "--engine", engine, "--folder", folder, "--rows", rows, "--out", out]
    call += ["--repeat", str(given.repeat), "--only", given.only]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # libraries greet there
    with out.open("rb") as file:
        return pickle.load(file)  # noqa: S301  (we wrote it)


def compared(events: int, home: Path, given: argparse.Namespace) -> tuple[list[dict[str, object]], int]:
    """Rows of one size, and how many answers differ."""
    workspace = _workspaces.made(home, events)
    rows = home / f"{events}.parquet"
    _workspaces.rows(workspace, rows)
    mine, held = in_child(OURS, workspace.places.root, rows, given)
    results = [_row(name, OURS, events, taken, taken) for name, (taken, _) in mine.items()]
    memory = [_memory(OURS, events, held)]
    wrong = 0
    for engine in _peers_all.installed():
        answers, held = in_child(engine, workspace.places.root, rows, given)
        memory.append(_memory(engine, events, held))
        for name, (taken, answer) in answers.items():
            own, expected = mine.get(name, (None, None))
            results.append(_row(name, engine, events, taken, own))
            if not agree(expected, answer):
                wrong += 1
                told = next(difference(expected, answer), "other keys")[:SMALL]
                print(f"{engine} answers '{name}' otherwise at {events:,} events: {told}", file=sys.stderr)
    order = {name: k for k, name in enumerate(mine)}
    return sorted(results, key=lambda row: order.get(str(row["question"]), -1)) + memory, wrong


def _row(question: str, engine: str, events: int, taken: Taken, own: Taken | None) -> dict[str, object]:
    ratio = taken.seconds / own.seconds if own else None
    return {
        "question": question, "engine": engine, "events": events, **taken._asdict(), "times_ours": ratio,
        "peak_megabytes": None,
    }  # fmt: skip


def _memory(engine: str, events: int, megabytes: float) -> dict[str, object]:
    nothing = dict.fromkeys([*Taken._fields, "times_ours"])
    return {"question": "peak of memory", "engine": engine, "events": events, **nothing, "peak_megabytes": megabytes}


def one_engine(given: argparse.Namespace) -> None:
    """What `in_child` runs."""
    if given.engine == OURS:
        found = ours(given.folder, given.only, given.repeat)
    else:
        found = theirs(given.engine, given.rows, given.only, max(LEAST_RUNS, given.repeat // 2))
    with given.out.open("wb") as file:
        pickle.dump((found, peak()), file)


def show(results: list[dict[str, Any]]) -> None:
    """The table."""
    for row in results:
        print(f"{row['events']:>12,}  {row['question']:<46}{row['engine']:<12}", end="")
        if row["seconds"] is None:
            print(f"{row['peak_megabytes']:>10,.0f} MB")
            continue
        ratio = f"{row['times_ours']:>8.1f} ×" if row["times_ours"] else " " * 10
        print(f"{row['seconds']:>10.4f} s{ratio}{row['core_seconds']:>10.4f} s of cores")


def main() -> int:
    """Measure, print a table, write the figures; 1 if engines disagree."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--sizes", default="1000000", help="numbers of events, separated by commas")
    arguments.add_argument("--repeat", type=int, default=7, help="runs of ours; peers have half, at least five")
    arguments.add_argument("--only", default="", help="questions whose name holds this")
    arguments.add_argument("--workspaces", type=Path, help="a folder for workspaces; those that stand there are used")
    arguments.add_argument("--json", type=Path)
    for name in ("folder", "rows", "out"):
        arguments.add_argument(f"--{name}", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--engine", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    given.repeat = max(LEAST_RUNS, given.repeat)
    if given.engine:
        one_engine(given)
        return 0
    results: list[dict[str, object]] = []
    wrong = 0
    with _workspaces.shelf(given.workspaces) as home:
        for events in map(int, given.sizes.split(",")):
            more, differ = compared(events, home, given)
            show(more)
            results += more
            wrong += differ
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "questions", "results": results}, indent=1), encoding="utf-8")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
