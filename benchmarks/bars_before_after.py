"""How often before/after alarms falsely, how often its interval holds the truth, and what it can find.

Usage: python benchmarks/bars_before_after.py [SETS]

Each set is a panel of treated and control units that share a trend, a weekly and a yearly season and daily shocks; on
top of them each group drifts with AR(1) residuals. The size of an effect is in standard deviations of the difference
to control. An effect only shifts the estimate by its size and changes nothing else, so that one run serves all sizes.
Bars: false alarms at most 10 %, 95 % intervals cover 93 to 97 %.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from desireline.act.beforeafter import NEVER, Panel, judged

AFTER = 28
SIZES = (0.0, 1.0, 2.0)


class World(NamedTuple):
    """A setting: `drift` is a difference in slope between the groups, in standard deviations a day."""

    name: str
    phi: float
    before: int
    drift: float = 0.0


WORLDS = (
    World("control", 0.6, 140), World("control", 0.6, 280), World("control", 0.2, 140), World("control", 0.2, 280),
    World("drift", 0.6, 140, 0.01), World("single", 0.6, 140), World("staggered", 0.6, 140),
)  # fmt: skip


class Row(NamedTuple):
    """One panel: the estimate without an effect, half its interval, whether it was refused, the naive t-test's p."""

    effect: float
    half: float
    refused: bool
    naive: float


def residuals(rng: np.random.Generator, n: int, phi: float) -> np.ndarray:
    """float64[n]: stationary AR(1) of variance 1."""
    noise = rng.normal(size=n) * np.sqrt(1 - phi**2)
    noise[0] = rng.normal()
    for day in range(1, n):
        noise[day] += phi * noise[day - 1]
    return noise


def shared(rng: np.random.Generator, n: int, phi: float) -> np.ndarray:
    day = np.arange(n)
    weekly, yearly = 0.8 * np.sin(2 * np.pi * day / 7), 0.5 * np.sin(2 * np.pi * day / 365)
    return 0.02 * day + weekly + yearly + residuals(rng, n, phi)


def one_change(rng: np.random.Generator, world: World) -> Panel:
    """Three treated and three control units; each unit's own residual has variance 1.5, the difference's is 1."""
    n = world.before + AFTER
    common = shared(rng, n, world.phi)
    values = np.array([common + np.sqrt(1.5) * residuals(rng, n, world.phi) for _ in range(6)])
    values[:3] += world.drift * np.arange(n)
    return Panel([f"u{k}" for k in range(6)], dt.date(2025, 1, 1), values, np.array([world.before] * 3 + [NEVER] * 3))


def alone(rng: np.random.Generator, world: World) -> Panel:
    n = world.before + AFTER
    line = 0.02 * np.arange(n) + 0.8 * np.sin(2 * np.pi * np.arange(n) / 7) + residuals(rng, n, world.phi)
    return Panel(["u"], dt.date(2025, 1, 1), line[None], np.array([world.before]))


def staggered(rng: np.random.Generator, world: World) -> Panel:
    """Three cohorts of two units, ten days apart, and four units that never begin."""
    n = world.before + 20 + AFTER
    common = shared(rng, n, world.phi)
    values = np.array([common + np.sqrt(12 / 5) * residuals(rng, n, world.phi) for _ in range(10)])
    start = np.repeat([world.before, world.before + 10, world.before + 20, NEVER], [2, 2, 2, 4])
    return Panel([f"u{k}" for k in range(10)], dt.date(2025, 1, 1), values, start)


PANELS: dict[str, Callable[[np.random.Generator, World], Panel]] = {
    "control": one_change, "drift": one_change, "single": alone, "staggered": staggered,
}  # fmt: skip


def row(world: World, seed: int) -> Row:
    found = judged(PANELS[world.name](np.random.default_rng((seed, world.before, int(10 * world.phi))), world))
    p = found.naive.p if found.naive else 1.0
    if found.effect is None or found.low is None:
        return Row(0.0, 0.0, True, p)
    return Row(found.effect, found.effect - found.low, False, p)


def told(world: World, rows: list[Row]) -> str:
    effect, half, refused, naive = (np.array(column) for column in zip(*rows, strict=True))
    given = ~refused.astype(bool)
    alarms = [float((given & (np.abs(effect + size) > half)).mean()) for size in SIZES]
    covered = float((np.abs(effect) <= half)[given].mean())
    return (
        f"{world.name:<10}{world.phi:>5}{world.before:>8}{len(rows):>6}{refused.mean():>9.3f}{alarms[0]:>13.3f}"
        f"{(naive < 0.05).mean():>8.3f}{covered:>10.3f}{alarms[1]:>11.3f}{alarms[2]:>11.3f}"
    )


def main() -> None:
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print("design      phi  before  sets  refused  false alarms  t-test  coverage  power 1 sd  power 2 sd")
    with ProcessPoolExecutor() as pool:
        for world in WORLDS:
            print(told(world, [*pool.map(row, [world] * sets, range(sets), chunksize=10)]), flush=True)


if __name__ == "__main__":
    main()
