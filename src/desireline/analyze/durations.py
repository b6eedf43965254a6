"""How long units take from one touchpoint or stage to another, and how many get there."""

from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.scope import FIRST, I32, I64, LAST, Labels, Scope, about, index_of
from desireline.errors import BadDrilldown
from desireline.model.question import Asked, Result


class DurationsRequest(Asked):
    """From a unit's first `from` to the earliest `to` that comes later in order.

    `@first` and `@last` stand for a unit's first and last event that `of` knows. `by`: groups by the channel or
    stage of the event that the time runs from.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    by: Literal["channel", "stage"] | None = None
    of: Literal["touchpoint", "stage"] = "touchpoint"


class _Times(BaseModel):
    """How many and how long.

    Attributes:
        entered: units that have the event the time runs from.
        n: of those, units that reach the other one; `share` is their part.
        median_seconds, p90_seconds: over those that reach it, None if there are none.
    """

    entered: int
    n: int
    share: float
    median_seconds: float | None
    p90_seconds: float | None


class DurationGroup(_Times):
    """One channel or stage; `name` is None for events that have none."""

    name: str | None


class DurationsResult(_Times, Result):
    """Overall, and by group in descending `entered` if asked for.

    Cells: `entered`, `reached`, `missed`; with `:NAME` for one group (nothing after the colon for events without one).
    """

    table: ClassVar = "groups"

    groups: list[DurationGroup]


def answer(scope: Scope, request: DurationsRequest) -> DurationsResult:
    """Measure the time between two events of each unit.

    Raises:
        UnknownStep: one of them does not exist.
    """
    from desireline.kernels.sort import sort_events

    labels = _labels(scope, request)
    by = _by(scope, request)
    group, wait = _measure(scope, request)
    reached = wait >= 0
    overall = _times(int(np.count_nonzero(group >= -1)), wait[reached])
    groups: list[dict[str, object]] = []
    if by is not None:
        entered = np.bincount(group[group >= -1] + 1, minlength=len(by.names) + 1)
        waits = np.empty(np.count_nonzero(reached), np.int64)
        members_of = (group[reached] + 1).astype(np.int32)
        edges, _ = sort_events(members_of, wait[reached], np.arange(len(waits)), len(entered), waits)
        names = [None, *by.names]
        order = sorted(np.flatnonzero(entered).tolist(), key=lambda g: (-entered[g], names[g] or ""))
        groups = [{"name": names[g], **_times(int(entered[g]), waits[edges[g] : edges[g + 1]])} for g in order]
    return DurationsResult.model_validate({**about(scope, request, "durations", labels), **overall, "groups": groups})


def members(scope: Scope, request: DurationsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, colon, name = cell.partition(":")
    by = _by(scope, request)
    known = [] if by is None else ["", *by.names]
    if kind not in {"entered", "reached", "missed"} or (colon and name not in known):
        raise BadDrilldown(given=cell[:40])
    group, wait = _measure(scope, request)
    found = group == known.index(name) - 1 if colon else group >= -1
    if kind != "entered":
        found &= (wait >= 0) == (kind == "reached")
    return np.flatnonzero(found)


def _labels(scope: Scope, request: DurationsRequest) -> Labels:
    return scope.stages if request.of == "stage" else scope.labels(request)


def _by(scope: Scope, request: DurationsRequest) -> Labels | None:
    return {"channel": scope.channels, "stage": scope.stages, None: None}[request.by]


def _measure(scope: Scope, request: DurationsRequest) -> tuple[I32, I64]:
    """Each unit's group and wait, as the kernel gives them; without `by` all are in no group."""
    from desireline.kernels import durations as kernel

    labels, by = _labels(scope, request), _by(scope, request)
    special = {FIRST: kernel.FIRST, LAST: kernel.LAST}
    start, goal = (special[s] if s in special else index_of(labels, s) for s in (request.from_, request.to))
    table = np.full(len(labels.table), -1, np.int32) if by is None else by.table
    return kernel.durations(scope.offsets, scope.time, scope.code, labels.table, table, start, goal)


def _times(entered: int, waits: I64) -> dict[str, object]:
    from desireline.kernels.quantile import quantiles

    median, p90 = quantiles(waits, (0.5, 0.9)) or (None, None)
    return {
        "entered": entered,
        "n": len(waits),
        "share": len(waits) / entered if entered else 0.0,
        "median_seconds": None if median is None else median / 1e6,
        "p90_seconds": None if p90 is None else p90 / 1e6,
    }
