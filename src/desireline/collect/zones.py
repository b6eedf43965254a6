"""Local wall-clock times to UTC, for whole columns at once."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from desireline.errors import BadMapping

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock time is the point here
_MICRO = dt.timedelta(microseconds=1)
_FIRST = dt.datetime(1899, 12, 1)  # noqa: DTZ001
_LAST = dt.datetime(2263, 1, 1)  # noqa: DTZ001
_WEEK = dt.timedelta(days=7)


def check_zone(name: str) -> None:
    """Raises BadMapping: no IANA zone of that name."""
    _zone(name)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadMapping(f"zone: '{name}' is no IANA time zone; use for example Europe/Zagreb or UTC") from error


def to_utc(local: npt.NDArray[np.int64], zone: str) -> npt.NDArray[np.int64]:
    """µs of wall-clock time to µs UTC.

    A time that occurs twice (clocks set back) is the earlier one; one that does not occur (clocks set forward)
    is moved forward by the length of the gap. Both follow PEP 495 with fold=0.
    """
    if zone == "UTC":
        return local
    starts, offsets = _offsets(zone)
    return local - offsets[np.searchsorted(starts, local, side="right") - 1]


@lru_cache(maxsize=64)
def _offsets(name: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Wall-clock instants from which an offset holds, and the offsets, 1900 to 2262, in µs.

    Probed weekly (no zone changed its clocks twice within a week), each change then found by bisection.
    """
    zone = _zone(name)

    def offset(wall: dt.datetime) -> int:
        return (wall.replace(tzinfo=zone).utcoffset() or dt.timedelta()) // _MICRO

    starts = [np.iinfo(np.int64).min]
    offsets = [offset(_FIRST)]
    wall = _FIRST
    while wall < _LAST:
        after = wall + _WEEK
        if (now := offset(after)) != offsets[-1]:
            low, high = wall, after
            while high - low > _MICRO:
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
            starts.append((high - _EPOCH) // _MICRO)
            offsets.append(now)
        wall = after
    return np.array(starts, np.int64), np.array(offsets, np.int64)
