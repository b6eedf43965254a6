"""How often days stand out on series where nothing is the matter, and whether a fall of 30 % does.

Usage: python benchmarks/anomalies.py [--series 200] [--json FILE]

Each series has weekdays and a trend of 30 %, half a year or ten weeks of past, and four new weeks. `rate` is how often
a day is called odd that is not, at 5 %, 1 % and 0.1 % stated; `look` how often a look over the four weeks alarms at
all, at 5 % stated; `found` how often a fall of 30 % on one day is found by a look at 20 KPIs and two weeks.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from desireline.act.anomalies.daily import Daily
from desireline.act.anomalies.judging import judged

FIRST, NEW, LOOK = 20_000, 28, 0.05
WEEK = np.array([1.0, 1.1, 1.05, 1.0, 1.2, 0.7, 0.6])
KINDS = ("poisson", "overdispersed", "carried", "carried and overdispersed", "heavy tails", "share", "value")


def planted(kind: str, rng: np.random.Generator, past: int, new: int, fall: float = 0.0) -> Daily:
    """A series; `fall` on its last day."""
    n = past + new
    day = np.arange(FIRST, FIRST + n)
    week = WEEK[(day + 3) % 7]
    mean = 400 * week * np.exp(0.3 * np.linspace(0, 1, n))
    drop = np.where(np.arange(n) == n - 1, 1 - fall, 1.0)
    if kind == "share":
        of = np.round(mean * 5)
        share = 0.3 * drop
        return Daily("share", day, rng.binomial(of.astype(int), rng.beta(share * 1000, (1 - share) * 1000)) / of, of)
    if kind == "value":
        return Daily("value", day, 60 * drop + rng.normal(0, np.sqrt(8 / week)), 4 / week)
    level = np.zeros(n)
    if kind.startswith("carried"):
        for t in range(1, n):
            level[t] = 0.6 * level[t - 1] + rng.normal(0, 0.06)
    if kind == "heavy tails":
        level = 0.05 * rng.standard_t(5, n)
    mean = mean * np.exp(level) * drop
    if kind.endswith("overdispersed"):
        return Daily("count", day, rng.negative_binomial(mean / 2, 1 / 3).astype(float), np.ones(n))
    return Daily("count", day, rng.poisson(mean).astype(float), np.ones(n))


def held(kind: str, past: int, series: int) -> dict[str, float | str | int]:
    """What came of so many series."""
    rng = np.random.default_rng(2026)
    looks = [judged(planted(kind, rng, past, NEW), FIRST + past, 0.01).p for _ in range(series)]
    p = np.concatenate(looks)
    strict = LOOK / (20 * 14)
    falls = [judged(planted(kind, rng, past, 1, 0.3), FIRST + past, strict).p[0] for _ in range(series)]
    return {
        "kind": kind, "past": past, "days": len(p), "at_5": float(np.mean(p <= 0.05)),
        "at_1": float(np.mean(p <= 0.01)), "at_01": float(np.mean(p <= 0.001)),
        "look": float(np.mean([(one <= LOOK / NEW).any() for one in looks])),
        "found": float(np.mean(np.array(falls) <= strict)),
    }  # fmt: skip


def main() -> None:
    """Prints a line for each kind of series."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = []
    for kind in KINDS:
        for past in (182, 70):
            rows.append(held(kind, past, asked.series))
            print("  ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in rows[-1].items()))
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
