"""Local days, weeks and months: where they start, whatever daylight saving does."""

import datetime as dt
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from desireline.model.clock import EPOCH, moment

Period = Literal["day", "week", "month"]

_MICROSECOND = dt.timedelta(microseconds=1)


@lru_cache(maxsize=10_000)
def start_of(day: dt.date, zone: str) -> int:
    """The first moment of a local day in µs UTC; where midnight is skipped, the moment the day begins instead.

    >>> start_of(dt.date(2026, 3, 30), "Europe/Warsaw") - start_of(dt.date(2026, 3, 29), "Europe/Warsaw")
    82800000000
    """
    midnight = dt.datetime.combine(day, dt.time(), ZoneInfo(zone))
    return (midnight.astimezone(dt.UTC) - EPOCH) // _MICROSECOND


def day_of(micros: int, zone: str) -> dt.date:
    """The local day of a moment in µs UTC."""
    return moment(micros).astimezone(ZoneInfo(zone)).date()


def first_day(day: dt.date, period: Period) -> dt.date:
    """The first day of the week (Monday) or month that holds the day."""
    if period == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def next_day(day: dt.date, period: Period) -> dt.date:
    """The first day of the period after the one that begins on `day`."""
    if period == "month":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + dt.timedelta(days=7 if period == "week" else 1)


def days(zone: str, period: Period, first: int, last: int) -> list[dt.date]:
    """The first days of all periods from the one that holds `first` to the one after `last` (µs UTC).

    >>> days("UTC", "month", 0, 0)
    [datetime.date(1970, 1, 1), datetime.date(1970, 2, 1)]
    """
    found = [first_day(day_of(first, zone), period)]
    end = day_of(last, zone)
    while found[-1] <= end:
        found.append(next_day(found[-1], period))
    return found


def starts(zone: str, period: Period, first: int, last: int) -> npt.NDArray[np.int64]:
    """int64[k], µs UTC: where the periods of `days` start; a bucket is `searchsorted(starts, time, "right") - 1`."""
    return np.array([start_of(day, zone) for day in days(zone, period, first, last)], np.int64)
