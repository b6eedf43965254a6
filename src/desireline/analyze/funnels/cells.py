"""The units behind a cell of the answer."""

import datetime as dt
import json
import re
from collections.abc import Callable

import numpy as np

from desireline.analyze.funnels import parts
from desireline.analyze.funnels.outcome import Counting
from desireline.analyze.scope import I64, Bools
from desireline.kernels.arrays import U32
from desireline.model import calendar


def units_in(counting: Counting, cell: str) -> I64 | None:
    """Indices of the units in a cell, ascending; None if there is no such cell."""
    kind, _, rest = cell.partition(":")
    find = _KINDS.get(kind)
    return find(counting, kind, rest) if find else None


def _step(counting: Counting, given: object) -> int | None:
    """A step by its number from 1, as one from 0; None if there is none of that number."""
    if isinstance(given, str) and re.fullmatch(r"\d{1,2}", given, re.ASCII):
        given = int(given)
    return given - 1 if type(given) is int and 1 <= given <= len(counting.plan.steps) else None


def _pair(rest: str) -> tuple[object, object]:
    """The parts of a cell that is a JSON list of two."""
    try:
        found = json.loads(rest)
    except (ValueError, RecursionError):
        return None, None
    return (found[0], found[1]) if isinstance(found, list) and len(found) == 2 else (None, None)


def _in_step(counting: Counting, kind: str, rest: str) -> I64 | None:
    k = _step(counting, rest)
    if k is None:
        return None
    has = counting.outcome.has
    if kind == "step":
        return np.flatnonzero(has(k))
    before = has(counting.plan.required_before(k)) if k else np.True_
    return np.flatnonzero(before & ~has(k))


def _in_exclusion(counting: Counting, kind: str, rest: str) -> I64 | None:
    if rest:
        return None
    return np.flatnonzero(counting.lost[0 if kind == "excluded" else 1])


def _in_time(counting: Counting, _: str, rest: str) -> I64 | None:
    number, bucket = _pair(rest)
    k = _step(counting, number)
    if not k or type(bucket) is not int:
        return None
    micros = counting.outcome.from_first[k - 1]
    ends = parts.edges(micros) if len(micros) else []
    if not 0 <= bucket < len(ends) - 1:
        return None
    units: I64 = np.flatnonzero(counting.outcome.has(k))[parts.bucket_of(micros, ends) == bucket]
    return units


def _in_group(counting: Counting, kind: str, rest: str) -> I64 | None:
    name, number = _pair(rest)
    k = _step(counting, number)
    groups = counting.plan.groups
    if k is None or groups is None or not (name is None or name in groups.names):
        return None
    found = counting.grouped
    place = -1 if name is None else groups.names.index(str(name))
    inside, reached = found.group == place, _reached(found.steps, k)
    if kind == "group_dropped":
        before = _reached(found.steps, counting.plan.required_before(k)) if k else np.True_
        reached = before & ~reached
    units: I64 = found.unit[inside & reached]
    return units


def _in_period(counting: Counting, _: str, rest: str) -> I64 | None:
    day, number = _pair(rest)
    k, period = _step(counting, number), counting.plan.request.trend
    if k is None or period is None or not isinstance(day, str):
        return None
    try:
        start = dt.date.fromisoformat(day)
    except ValueError:
        return None
    if calendar.first_day(start, period) != start:
        return None
    found, zone = counting.reached, counting.plan.scope.zone
    begin, end = calendar.start_of(start, zone), calendar.start_of(calendar.next_day(start, period), zone)
    inside = (found.entry >= begin) & (found.entry < end)
    return found.unit[inside & _reached(found.steps, k)]


def _reached(steps: U32, k: int) -> Bools:
    reached: Bools = (steps >> np.uint32(k)) & 1 == 1
    return reached


_KINDS: dict[str, Callable[[Counting, str, str], I64 | None]] = {
    "step": _in_step, "dropped": _in_step, "excluded": _in_exclusion, "lost": _in_exclusion, "time": _in_time,
    "group": _in_group, "group_dropped": _in_group, "period": _in_period,
}  # fmt: skip
