"""When things happen: the observed days, the week's rhythm, a slow trend, and what begins or ends on a date."""

import datetime as dt
from typing import Final, NamedTuple

import numpy as np

from desireline.simulate.arrays import F64, I64

DAY: Final = 86_400.0
FIRST_DAY: Final = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
DAYS: Final = 240
"""People begin within these days; nothing is cut off at the end, so every journey is whole."""

EPOCH: Final = int(FIRST_DAY.timestamp()) * 1_000_000
WEEK: Final[F64] = np.array([0.9, 0.9, 0.95, 1.0, 1.1, 1.2, 0.95])
HOURS: Final[F64] = np.array(
    [1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 8, 7, 5, 2.5]
)  # fmt: skip


class Dates(NamedTuple):
    """Days since the first one on which something changes."""

    drift: float = 150.0
    loop_from: float = 120.0
    loop_to: float = 134.0
    outage_from: float = 180.0
    outage_to: float = 194.0
    experiment_from: float = 40.0
    experiment_to: float = 110.0
    rollout: tuple[float, ...] = (70.0, 90.0, 110.0, 130.0, 1e9)  # by region; the last one never


DATES: Final = Dates()


def starts(rng: np.random.Generator, n: int) -> F64:
    """Seconds since the first day at which n people begin: more at weekends, in the evening, and over time."""
    day = np.arange(DAYS)
    weight = WEEK[day % 7] * (1 + 0.3 * day / DAYS)
    chosen = rng.choice(DAYS, n, p=weight / weight.sum())
    hour = rng.choice(24, n, p=HOURS / HOURS.sum())
    return chosen * DAY + (hour + rng.random(n)) * 3600.0


def season(seconds: F64) -> F64:
    """Factor on the hazard of the goal: ±8 % over the week, and 10 % growth over the observed days."""
    day = seconds / DAY
    found: F64 = (1 + 0.08 * np.sin(2 * np.pi * day / 7)) * (0.95 + 0.10 * np.minimum(day / DAYS, 1.0))
    return found


def micros(seconds: F64) -> I64:
    """µs UTC of seconds since the first day."""
    found: I64 = EPOCH + np.round(seconds * 1e6).astype(np.int64)
    return found


def iso(days: float) -> str:
    """The moment so many days after the first one, as ISO 8601."""
    return (FIRST_DAY + dt.timedelta(days=days)).isoformat()
