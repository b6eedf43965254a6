"""Loan applications a hundred times over, against the libraries that analysts would pick, with equal answers.

Usage: python benchmarks/loans.py [--copies 100] [--repeat 5] [--json FILE]

BPI Challenge 2012 (doi:10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f; 13,087 applications, 262,200 events), each
copy with cases of its own, from the folder that DESIRELINE_DATA names; it says why and stops where that is missing.
Transitions, variants and a funnel without a window by our public call, by pm4py (on pandas and on Polars) and by
retentioneering; then credit for conversions from ChannelAttribution's own table of paths against
`attribution_of_paths`. Each library runs in a process of its own; its load into its form and its import stand apart.
Medians in seconds, the first call apart; ends with an error if a count differs.
"""

import argparse
import importlib
import json
import os
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import _loan_peers
import _workspaces
import numpy as np
import synthetic
from _measuring import LEAST_RUNS, Taken, agree, difference, measured
from build import peak

from desireline.service.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("DESIRELINE_DATA", ROOT.parent / "shared" / "data"))
LOANS = DATA / "bpic2012_loan_application" / "bpic2012.xes.gz"
PATHS = DATA / "channelattribution_pathdata" / "Data.csv"
OURS = "Desireline"
CHAIN = ["A_SUBMITTED", "A_PREACCEPTED", "A_ACCEPTED", "O_SENT", "O_SENT_BACK", "A_APPROVED"]
PUBLISHED = {
    "applications": 13_087, "events": 262_200, "pairs": 125, "variants": 4_366,
    "funnel": [13_087, 7_367, 5_113, 5_015, 3_254, 2_246],
}  # fmt: skip
"""What is known of one copy."""


class Asked(NamedTuple):
    """Our public call, its answer in the peers' form, and the name of their method."""

    ours: Callable[[Workspace], Any]
    plain: Callable[[Any], object]
    method: str


QUESTIONS = {
    "transitions, counts only": Asked(
        lambda w: w.transitions(by_event_name=True, medians=False),
        lambda r: {(t.from_, t.to): t.count for t in r.transitions}, "counts",
    ),
    "transitions, medians": Asked(
        lambda w: w.transitions(by_event_name=True),
        lambda r: {(t.from_, t.to): t.median_seconds for t in r.transitions}, "medians",
    ),
    "variants": Asked(
        lambda w: w.variants(5_000, by_event_name=True), lambda r: {tuple(v.path): v.people for v in r.variants},
        "variants",
    ),
    "funnel, ordered, 6 steps, no window": Asked(
        lambda w: w.funnel(CHAIN, by_event_name=True), lambda r: [s.people for s in r.steps], "funnel"
    ),
}  # fmt: skip


def copied(home: Path, copies: int) -> tuple[Workspace, Path]:
    """A workspace of so many copies, and the rows in order as Parquet for the peers."""
    folder, rows = home / f"loans-{copies}", home / f"loans-{copies}.parquet"
    if not rows.exists():
        once = Workspace(home / "loans")
        once.import_files([LOANS], "loans")
        generation = once.generation()
        names = generation.dictionary["name"].to_pylist()
        person = np.repeat(np.arange(generation.meta.people, dtype=np.int32), np.diff(generation.offsets))
        shift = np.repeat(np.arange(copies, dtype=np.int32) * generation.meta.people, len(person))
        kind = np.tile(generation.code.astype(np.int16), copies)
        made = synthetic.Events(
            np.tile(person, copies) + shift, np.tile(generation.time, copies), kind, np.zeros(len(kind), np.int8)
        )
        _workspaces.write(folder, made, names, ["unknown"])
        _loan_peers.write(rows, made, names)
    return Workspace(folder), rows


def ours(folder: Path, repeat: int) -> dict[str, tuple[Taken, object]]:
    """Our answers and times."""
    workspace, found = Workspace(folder), {}
    for name, asked in QUESTIONS.items():
        taken, answer = measured(repeat, lambda _, a=asked: a.ours(workspace))
        found[name] = (taken, asked.plain(answer))
    return found


def theirs(engine: str, rows: Path, repeat: int) -> dict[str, tuple[Taken, object]]:
    """A peer's answers and times; its load is the first."""
    kind = _loan_peers.installed()[engine]
    importlib.import_module(kind.module)
    begun = time.perf_counter()
    peer = kind(rows)
    load = time.perf_counter() - begun
    found: dict[str, tuple[Taken, object]] = {"load of sorted rows": (Taken(load, load, load, 1), None)}
    for name, asked in QUESTIONS.items():
        if ask := getattr(peer, asked.method, None):
            arguments = (CHAIN,) if asked.method == "funnel" else ()
            found[name] = measured(repeat, lambda _, a=ask, g=arguments: a(*g))
    return found


def credit(engine: str, repeat: int) -> dict[str, tuple[Taken, object]]:
    """Credit from the table of paths, the reading of the file included, and the exact or simulated Markov chain."""
    ask = _loan_peers.OurCredit() if engine == OURS else _loan_peers.TheirCredit()
    return {
        "attribution of paths: first, last, linear": measured(repeat, lambda _: ask.heuristics(PATHS)),
        "attribution of paths: Markov": measured(repeat, lambda _: ask.markov(PATHS)),
    }


def in_child(engine: str, folder: Path, rows: Path, task: str, repeat: int) -> tuple[dict[str, Any], float]:
    """One engine's answers, from a process of its own, and its peak of memory in megabytes."""
    out = rows.with_suffix(".pickle")
    call = [sys.executable, __file__, "--engine", engine, "--folder", folder, "--rows", rows, "--out", out]
    quiet = {**os.environ, **_loan_peers.QUIET}
    call += ["--task", task, "--repeat", str(repeat)]
    done = subprocess.run(call, check=False, env=quiet, capture_output=True, text=True)  # libraries greet at length
    if done.returncode:
        raise SystemExit(f"{engine} ended with {done.returncode}:\n{done.stderr}")
    with out.open("rb") as file:
        return pickle.load(file)  # noqa: S301  (we wrote it)


def one_engine(given: argparse.Namespace) -> None:
    """What `in_child` runs."""
    if given.task == "credit":
        found = credit(given.engine, given.repeat)
    else:
        found = ours(given.folder, given.repeat) if given.engine == OURS else theirs(
            given.engine, given.rows, given.repeat
        )  # fmt: skip
    with given.out.open("wb") as file:
        pickle.dump((found, peak()), file)


def compared(task: str, engines: list[str], place: tuple[Path, Path], events: int, repeat: int) -> tuple[list, int]:
    """Rows of all engines, ours first, and how many answers differ."""
    results, wrong = [], 0
    expected: dict[str, tuple[Taken, object]] = {}
    for engine in engines:
        found, held = in_child(engine, *place, task, repeat)
        expected = expected or found
        for name, (taken, answer) in found.items():
            own, known = expected.get(name, (None, None))
            near = 1e-6 if engine == OURS else _loan_peers.near(engine, name)
            if not agree(known, answer, near):
                wrong += 1
                told = next(difference(known, answer, near), "other keys")
                print(f"{engine} answers '{name}' otherwise: {told[:200]}", file=sys.stderr)
            ratio = taken.seconds / own.seconds if own else None
            results.append({"question": name, "engine": engine, "events": events, **taken._asdict(),
                            "times_ours": ratio, "peak_megabytes": held})  # fmt: skip
    return results, wrong + (task == "loans" and not published(expected, events))


def published(found: dict[str, tuple[Taken, Any]], events: int) -> bool:
    """Whether our counts are the published ones times the copies."""
    copies, answers = events // PUBLISHED["events"], {name: answer for name, (_, answer) in found.items()}
    pairs, variants = answers["transitions, counts only"], answers["variants"]
    told = {
        "pairs": len(pairs), "variants": len(variants), "applications": sum(variants.values()) // copies,
        "events": (sum(pairs.values()) + sum(variants.values())) // copies,
        "funnel": [n // copies for n in answers["funnel, ordered, 6 steps, no window"]],
    }  # fmt: skip
    if told != PUBLISHED:
        print(f"The published counts are {PUBLISHED}, ours are {told}", file=sys.stderr)
    return told == PUBLISHED


def imports(modules: list[str]) -> list[dict[str, object]]:
    """How long each library takes to be imported."""
    rows = []
    for module in modules:
        code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
        call, quiet = [sys.executable, "-c", code], {**os.environ, **_loan_peers.QUIET}
        taken = [
            float(subprocess.run(call, check=True, capture_output=True, text=True, env=quiet).stdout.split()[-1])
            for _ in range(LEAST_RUNS)
        ]
        seconds = statistics.median(taken)
        nothing = dict.fromkeys([*Taken._fields, "events", "times_ours", "peak_megabytes"])
        rows.append({"question": "import", "engine": module, **nothing, "seconds": seconds, "runs": LEAST_RUNS})
    return rows


def show(results: list[dict[str, Any]]) -> None:
    """The table."""
    for row in results:
        ratio = f"{row['times_ours']:>10.1f} ×" if row["times_ours"] else " " * 12
        held = f"{row['peak_megabytes']:>10,.0f} MB" if row["peak_megabytes"] else ""
        events = row["events"] or 0
        print(f"{events:>12,}  {row['question']:<44}{row['engine']:<20}{row['seconds']:>10.4f} s{ratio}{held}")


def measure(given: argparse.Namespace) -> tuple[list[dict[str, object]], int]:
    """All rows, and how many answers differ."""
    with _workspaces.shelf(given.workspaces) as home:
        workspace, rows = copied(home, given.copies)
        place = (workspace.places.root, rows)
        events = workspace.generation().meta.events
        engines = [OURS, *_loan_peers.installed()]
        results, wrong = compared("loans", engines, place, events, given.repeat)
        if _loan_peers.has_channel_attribution():
            more, differ = compared("credit", [OURS, "ChannelAttribution"], place, 0, given.repeat)
            results, wrong = results + more, wrong + differ
    return results + imports(["desireline", *_loan_peers.modules()]), wrong


def main() -> int:
    """Measure, print a table, write the figures; 1 if a count differs."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--copies", type=int, default=100)
    arguments.add_argument("--repeat", type=int, default=LEAST_RUNS)
    arguments.add_argument("--workspaces", type=Path, help="a folder for workspaces; those that stand there are used")
    arguments.add_argument("--json", type=Path)
    for name in ("folder", "rows", "out"):
        arguments.add_argument(f"--{name}", type=Path, help=argparse.SUPPRESS)
    for name in ("engine", "task"):
        arguments.add_argument(f"--{name}", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    given.repeat = max(LEAST_RUNS, given.repeat)
    if given.engine:
        one_engine(given)
        return 0
    results: list[dict[str, object]] = []
    wrong = 0
    if LOANS.exists() and PATHS.exists():
        results, wrong = measure(given)
        show(results)
    else:
        print(f"Nothing is measured: the data sets are not in {DATA}; set DESIRELINE_DATA to their folder.")
    if given.json:
        figures = {"benchmark": "loans", "copies": given.copies, "results": results}
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
