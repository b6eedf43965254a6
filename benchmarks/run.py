"""Runs the benchmarks one after another, prints their tables and keeps the figures.

Usage: python benchmarks/run.py [--only NAME,NAME] [--sizes N,N] [--page] [ARGUMENTS OF THE SCRIPTS]

Figures go to benchmarks/results/NAME.json with the machine; at the end benchmarks/results.json lists every time that
is kept there, one row for each task, engine and number of events. `--page` also writes the newest figures of every
script into docs/explanation/performance.md. See benchmarks/README.md.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
SUMMARY = HERE / "results.json"
PAGE = HERE.parent / "docs" / "explanation" / "performance.md"
START, END = "<!-- figures: ", "<!-- end of figures -->"
NO_SCRIPTS = {"run", "synthetic", "anomalies", "bars_before_after", "bars_experiments", "known_voice"}
VERSIONS = ("desireline", "numpy", "numba", "duckdb", "pyarrow", "deltalake", "polars", "chdb", "pandas", "pm4py",
            "retentioneering", "channelattribution")  # fmt: skip
SIZES = "1000000,10000000"
USUAL = {"build": ["--events", "10000000"], "loans": ["--copies", "10"]}
"""What scripts are given so that all of them together take about a quarter of an hour."""

SIZED = {"conformance", "discover", "growth", "kpis", "map_measured", "questions"}
SHARING = {"conformance", "discover", "growth", "kpis", "loans", "map_measured", "questions"}
"""Scripts that know `--sizes`, and those that share workspaces."""

TASKS = ("question", "what", "screen", "partitioned_by")
"""The columns that name what was measured; a script has one of them."""

SECONDS = "seconds"
NOT_MEDIANS = {"core_seconds", "first_seconds"}


def scripts(only: str | None) -> list[Path]:
    """The scripts to run, by name; helpers begin with an underscore."""
    known = {p.stem: p for p in sorted(HERE.glob("*.py")) if p.stem not in NO_SCRIPTS and not p.stem.startswith("_")}
    wanted = only.split(",") if only else list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SystemExit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [known[name] for name in wanted]


def given_to(script: Path, sizes: str, more: list[str]) -> list[str]:
    """The arguments of a script."""
    return [*USUAL.get(script.stem, []), *(["--sizes", sizes] if script.stem in SIZED else []), *more]


def run(script: Path, arguments: list[str], shelf: str) -> bool:
    """Runs a script and keeps its figures with the machine they were taken on; whether it gave any."""
    print(f"\n## {' '.join([script.stem, *arguments])}\n", flush=True)
    shared = ["--workspaces", shelf] if script.stem in SHARING else []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "figures.json")
        done = subprocess.run([sys.executable, script, *arguments, *shared, "--json", out], check=False)
        if done.returncode or not out.exists():
            print(f"{script.name} ended with {done.returncode} and gave no figures", file=sys.stderr)
            return False
        figures = json.loads(out.read_text(encoding="utf-8"))
    RESULTS.mkdir(exist_ok=True)
    kept = {"machine": machine(), "arguments": arguments, **figures}
    (RESULTS / f"{script.stem}.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return True


def machine() -> dict[str, Any]:
    """Where and with what the figures were taken."""
    installed = {d.metadata["Name"].lower() for d in metadata.distributions()}
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return {
        "taken": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in VERSIONS if name in installed},
        "commit": commit.stdout.strip(),
    }


def summary() -> list[dict[str, Any]]:
    """Every median that is kept: task, engine, events, seconds and how many runs."""
    rows = []
    for file in sorted(RESULTS.glob("*.json")):
        figures = json.loads(file.read_text(encoding="utf-8"))
        for row in figures["results"]:
            for name, seconds in row.items():
                if f"_{name}".endswith(f"_{SECONDS}") and name not in NOT_MEDIANS and seconds is not None:
                    rows.append(
                        {
                            "task": _task(file.stem, row, name), "engine": row.get("engine", "Desireline"),
                            "events": row.get("events", figures.get("events")), "median_s": seconds,
                            "runs": row.get("runs", figures.get("runs")),
                        }
                    )  # fmt: skip
    return rows


def _task(script: str, row: dict[str, Any], name: str) -> str:
    """What was measured: a question as it is called, anything else with its script before it."""
    told = str(next(row[column] for column in TASKS if column in row)).strip()
    measure = row.get("measure")
    parts = [script if script != "questions" else None, measure, told]
    if name != SECONDS:
        parts.append(name.removesuffix(f"_{SECONDS}").replace("_", " "))
    return ": ".join(str(part) for part in parts if part)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def page() -> str:
    """The newest figures of every script as Markdown."""
    parts: list[str] = []
    for file in sorted(RESULTS.glob("*.json")):
        figures = json.loads(file.read_text(encoding="utf-8"))
        command = " ".join([f"benchmarks/{file.name[:-5]}.py", *figures["arguments"]])
        facts = {k: v for k, v in figures.items() if k != "benchmark" and isinstance(v, str | int | float)}
        said = "".join(f"; {k.replace('_', ' ')}: {_shown(v)}" for k, v in facts.items())
        parts += [f"### {file.stem}", f"`{command}`{said}.", _table(figures["results"]), _place(figures["machine"])]
    return "\n\n".join(parts)


def _place(taken: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in taken["versions"].items())
    return (
        f"Taken {taken['taken'][:10]} on {taken['cores']} cores ({taken['processor']}), {taken['memory_gib']} GiB, "
        f"{taken['system']}, Python {taken['python']}; {versions}."
    )


def _table(rows: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = [name.replace("_", " ") for name in names]
    lines = [head, ["---"] * len(names), *([_shown(row.get(name)) for name in names] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def write_page(text: str) -> None:
    """Puts the figures between the marks of the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(START, 1)
    mark, rest = rest.split("-->\n", 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{START}{mark}-->\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Runs what was asked for and returns 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", help="names of scripts, separated by commas")
    parser.add_argument(
        "--sizes", default=SIZES, help="numbers of events, separated by commas, of questions and growth"
    )
    parser.add_argument("--page", action="store_true", help="write the tables into the documentation")
    given, more = parser.parse_known_args()
    wanted = scripts(given.only)
    if more and len(wanted) > 1:
        parser.error(f"{' '.join(more)}: arguments of a script need --only with that script")
    with tempfile.TemporaryDirectory() as shelf:
        done = [run(script, given_to(script, given.sizes, more), shelf) for script in wanted]
    SUMMARY.write_text(json.dumps(summary(), indent=1), encoding="utf-8")
    print(f"\nFigures are kept in {RESULTS.relative_to(HERE.parent)} and {SUMMARY.relative_to(HERE.parent)}")
    if given.page:
        write_page(page())
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
