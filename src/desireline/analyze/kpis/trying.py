"""Counts of those who start something and reach it: conversion, abandonment, answers to invitations, time it takes."""

import numpy as np

from desireline.analyze.kpis.entries import DAY, HOUR, Counted, Entries, Picked, codes_of, firsts, picked
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.kernels.trials import REACHES, STARTS, trials
from desireline.model.calendar import starts
from desireline.model.duration import parse_duration
from desireline.model.kpi import FromEvents

FOREVER = np.iinfo(np.int64).max // 2
MONTH, MONTH_OF_HOURS = "30d", 720


class Tried:
    """Trials of a scope: unit, time of the start, and µs to reaching it, -1 for not reached.

    Args:
        scope: the events.
        begins: bool[codes], what opens a trial.
        reaches: bool[codes], what closes it with success.
        within: µs that a trial lasts; None until the end of the local day that it starts on.
        anew: whether what closes a trial may open the next one.
    """

    def __init__(self, scope: Scope, begins: Bools, reaches: Bools, within: int | None, *, anew: bool = True) -> None:
        events = picked(scope, begins | reaches)
        code = scope.code[events.row]
        role = (begins[code] * STARTS | reaches[code] * REACHES).astype(np.uint8)
        last = _day_ends(scope, events.time) if within is None else events.time + within
        first, end = trials(events.unit, events.time, role, last, anew=anew)
        self.unit, self.time, self.deadline = events.unit[first], events.time[first], last[first]
        self.taken: I64 = np.where(end >= 0, events.time[end] - self.time, -1)
        self.row = events.row[first]
        self.mature: Bools = self.deadline <= scope.until


def _day_ends(scope: Scope, time: I64) -> I64:
    """The last µs of the local day of each time."""
    if not len(time):
        return time
    edges = starts(scope.zone, "day", int(time.min()), int(time.max()))
    ends: I64 = edges[np.searchsorted(edges, time, "right")] - 1
    return ends


def conversion(scope: Scope, kind: str, asked: FromEvents) -> Entries:
    """Mature trials, and those among them that reach the goal in time."""
    within = parse_duration(asked.within or MONTH)
    found = Tried(scope, codes_of(scope, asked.start), codes_of(scope, asked.goal), within)
    names = {"response_rate": ("answered", "invited")}.get(kind, ("converted", "starters"))
    return _judged(found, names[0], names[1], found.taken >= 0, told=kind == "conversion")


def abandonment(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """Days on which a person has a cart, and those on which an order follows on the same day."""
    found = Tried(scope, codes_of(scope, asked.start), codes_of(scope, asked.goal), None)
    first = firsts(found.unit, found.deadline)
    ordered = np.logical_or.reduceat(found.taken >= 0, first) if len(first) else np.zeros(0, np.bool_)
    kept = found.mature[first]
    first = first[kept]
    parts = {"orders": ordered[kept].astype(np.float64), "carts": np.ones(len(first))}
    return Entries(found.time[first], found.unit[first], parts, row=found.row[first].astype(np.int32))


def self_service(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """Issues begin with self-service or a contact; those of self-service without a contact in time are settled."""
    begins, contact = codes_of(scope, asked.start), codes_of(scope, asked.goal)
    found = Tried(scope, begins | contact, contact, parse_duration(asked.within or "1d"), anew=False)
    settled = begins[scope.code[found.row]] & ~contact[scope.code[found.row]] & (found.taken < 0)
    return _judged(found, "self_served", "issues", settled, told=False)


def _judged(found: Tried, part: str, whole: str, yes: Bools, *, told: bool) -> Entries:
    kept = found.mature
    parts = {part: yes[kept].astype(np.float64), whole: np.ones(int(kept.sum()))}
    young, row = found.time[~kept] if told else None, found.row.astype(np.int32)
    return Entries(found.time[kept], found.unit[kept], parts, young, row=row[kept], young_row=row[~kept])


def spans(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """Seconds from a start to what ends it, of those that ended; or a property of events that holds them."""
    if asked.property is not None:
        return _property(scope, asked)
    within = parse_duration(asked.within or MONTH)
    found = Tried(scope, codes_of(scope, asked.start), codes_of(scope, asked.goal), within)
    over = found.taken >= 0
    return _seconds(Picked(found.row[over], found.unit[over], found.time[over]), found.taken[over] / 1e6)


def _property(scope: Scope, asked: FromEvents) -> Entries:
    column = scope.columns.column(asked.property or "")
    values = np.array([_number(text) for text in column.values] + [np.nan])
    events = picked(scope, codes_of(scope, asked.touchpoints))
    seconds = values[scope.rows(column.index)[events.row]]
    good = seconds >= 0
    return _seconds(Picked(events.row[good], events.unit[good], events.time[good]), seconds[good])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _seconds(events: Picked, seconds: F64) -> Entries:
    parts = {"contacts": np.ones(len(seconds)), "seconds": seconds, "seconds_squared": seconds**2}
    return Entries(events.time, events.unit, parts, row=events.row.astype(np.int32))


def to_value(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """From a person's first start to the first value event after it; who has none is watched to the end."""
    found = Tried(scope, codes_of(scope, asked.start), codes_of(scope, asked.goal), FOREVER)
    first = np.r_[True, found.unit[1:] != found.unit[:-1]] if len(found.unit) else np.zeros(0, np.bool_)
    unit, time, taken = found.unit[first], found.time[first], found.taken[first]
    row = found.row[first].astype(np.int32)
    reached = taken >= 0
    watched = np.where(reached, taken, np.maximum(scope.until - time, 0))
    parts = {"watched": watched.astype(np.float64), "reached": reached.astype(np.float64)}
    return Entries(time, unit, parts, fold=_tabled, row=row)


def _tabled(entries: Entries, period: I64, periods: int) -> Counted:
    """How many reach it after, or are watched for, so many days, in steps of an hour, after 30 days of a day."""
    hours = np.ceil(entries.parts["watched"] / HOUR).astype(np.int64)
    hours = np.where(hours > MONTH_OF_HOURS, -(-hours // 24) * 24, hours)
    most = int(hours.max(initial=0)) + 1
    left_of = 1 - entries.parts["reached"].astype(np.int64)
    at = np.bincount((period * 2 + left_of) * most + hours, minlength=1)
    keys = np.flatnonzero(at)
    found: Counted = [{} for _ in range(periods)]
    for key, n in zip(keys.tolist(), at[keys].tolist(), strict=True):
        (k, left), hour = divmod(key // most, 2), key % most
        found[k][f"{'left' if left else 'reached'}@{hour * HOUR / DAY:.6g}"] = float(n)
    return found
