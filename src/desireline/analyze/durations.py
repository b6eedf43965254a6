"""How long units take from one touchpoint or stage to another, and how many get there."""

import json
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.breakdown import breakdown
from desireline.analyze.cells import parsed
from desireline.analyze.following import followed
from desireline.analyze.scope import FIRST, I32, I64, LAST, Bools, Labels, Scope, about, index_of
from desireline.analyze.survival import Curve, curve, differ
from desireline.errors import BadDrilldown
from desireline.model.duration import parse_duration
from desireline.model.question import Asked, Cut, Proportion, Result

POINTS = 120
"""A curve is told at so many times at most."""


class DurationsRequest(Asked):
    """From a unit's first `from` to the earliest `to` that comes later in order.

    `@first` and `@last` stand for a unit's first and last event that `of` knows.

    Attributes:
        by: groups by what the event has that the time runs from (channel, source, stage, touchpoint, event,
            `property.PATH`, `trait.NAME`), the `top` commonest by name.
        horizon: units are watched for so long at most; who gets there later counts as still on the way.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    by: str | None = None
    of: Literal["touchpoint", "stage"] = "touchpoint"
    top: int = Field(default=10, ge=1)
    horizon: str | None = None


class Survival(BaseModel):
    """Estimates that count those still on their way for as long as they were watched (Kaplan and Meier 1958).

    Attributes:
        median_seconds: by then half have got there, with its 95 % interval `low` to `high` (Brookmeyer and Crowley
            1982); None where fewer do, or the interval is open on that side.
        share_reached: have got there when nobody is watched any longer (or at the horizon), with its 95 % interval; no
            interval where nobody has.
    """

    median_seconds: float | None
    low: float | None
    high: float | None
    share_reached: float | None
    share_low: float | None
    share_high: float | None


class CurvePoint(BaseModel):
    """The estimated share that has got there by then, its 95 % interval, and how many were watched until then."""

    seconds: float
    reached: float
    low: float
    high: float
    at_risk: int


class Times(BaseModel):
    """How many and how long.

    Attributes:
        entered: units that have the event the time runs from.
        n: of those, units that reach the other one; `share` is their part.
        censored: the others; they are watched from that event to the end of the observation.
        median_seconds, p90_seconds: over those that reach it, None if there are none.
        curve: of those who have got there by when, at most 120 points.
    """

    entered: int
    n: int
    censored: int
    share: float
    median_seconds: float | None
    p90_seconds: float | None
    survival: Survival
    curve: list[CurvePoint]


class DurationGroup(Times):
    """One group; `name` is None for events that have none."""

    name: str | None


class LogRank(BaseModel):
    """Whether the groups differ by more than chance (log-rank test): chi-square, degrees of freedom and p."""

    statistic: float
    df: int
    p: float


class DurationsResult(Times, Result):
    """Overall, and by group in descending `entered` if asked for.

    Units that do not get there count as still on their way until the end of the observation; a journey that is over
    (its goal reached, or silent for longer than the gap) until its last event.

    Cells: `entered`, `reached`, `missed`; with `:NAME` for one group, the name as JSON, `null` for no name.
    """

    table: ClassVar[str] = "groups"

    groups: list[DurationGroup]
    log_rank: LogRank | None


def answer(scope: Scope, request: DurationsRequest) -> DurationsResult:
    """Measure the time between two events of each unit.

    Raises:
        UnknownStep: one of them does not exist.
        BadQuestion: `by` or `horizon` makes no sense.
    """
    names, group, spent, reached, found = _measure(scope, request)
    inside = np.flatnonzero(group >= 0)
    many = len(names)
    key = np.sort((spent[inside] * 2 + ~reached[inside]) * many + group[inside])
    whole, which = np.divmod(key, many)
    time, got = whole >> 1, (whole & 1) == 0
    groups: list[DurationGroup] = []
    log_rank = None
    if request.by is not None:
        sizes = np.bincount(which, minlength=many)
        order = sorted(np.flatnonzero(sizes).tolist(), key=lambda g: (-sizes[g], names[g] or ""))
        picked = [which == g for g in order]
        groups = [
            DurationGroup(name=names[g], **_times(time[mine], got[mine]))
            for g, mine in zip(order, picked, strict=True)
        ]  # fmt: skip
        log_rank = _log_rank(time, got, which.astype(np.int32), many)
    cut = [Cut(what="groups", kept=request.top, total=found)] if found > request.top else []
    fields = about(scope, request, "durations", _labels(scope, request), cut)
    return DurationsResult.model_validate({**fields, **_times(time, got), "groups": groups, "log_rank": log_rank})


def members(scope: Scope, request: DurationsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, name = parsed(cell)
    names, group, _, reached, _ = _measure(scope, request)
    one = ":" in cell
    if kind not in {"entered", "reached", "missed"} or (one and (request.by is None or name not in names)):
        raise BadDrilldown(given=cell[:40])
    found = group == names.index(name) if one else group >= 0
    if kind != "entered":
        found &= reached == (kind == "reached")
    return np.flatnonzero(found)


def proportions(result: DurationsResult) -> list[Proportion]:
    """How many get there, overall and in each group."""
    return [
        Proportion("reached", "", result.n, result.entered),
        *(Proportion(f"reached:{json.dumps(g.name)}", g.name or "–", g.n, g.entered) for g in result.groups),
    ]


def _labels(scope: Scope, request: DurationsRequest) -> Labels:
    return scope.stages if request.of == "stage" else scope.labels(request)


def _measure(scope: Scope, request: DurationsRequest) -> tuple[list[str | None], I32, I64, Bools, int]:
    """The names of groups, and each unit's group (-1: not entered), µs until it got there or was lost, and whether.

    The last name is None, for events without a group; the last number is how many groups there are before merging.
    """
    from desireline.kernels import durations as kernel

    labels = _labels(scope, request)
    special = {FIRST: kernel.FIRST, LAST: kernel.LAST}
    start, goal = (special[s] if s in special else index_of(labels, s) for s in (request.from_, request.to))
    began, wait = kernel.durations(scope.offsets, scope.time, scope.code, labels.table, start, goal)
    names: list[str | None] = [None]
    group = np.where(began >= 0, 0, -1).astype(np.int32)
    found = 0
    if request.by is not None:
        split = breakdown(scope, request.by, request.top)
        names, found = [*split.names, None], split.found
        group = np.where(began >= 0, split.index[began], -1).astype(np.int32)
        group[(began >= 0) & (group < 0)] = len(names) - 1
    reached = wait >= 0
    spent = np.where(reached, wait, np.maximum(followed(scope) - scope.time[began], 0))
    if request.horizon is not None:
        longest = parse_duration(request.horizon, "horizon")
        reached &= spent <= longest
        spent = np.minimum(spent, longest)
    return names, group, spent, reached, found


def _times(time: I64, reached: Bools) -> dict[str, object]:
    from desireline.kernels.quantile import quantiles

    waits = time[reached]
    median, p90 = quantiles(waits, (0.5, 0.9)) or (None, None)
    estimate = curve(time, reached)
    places = np.unique(np.linspace(0, len(estimate.time) - 1, POINTS).round().astype(int))[: len(estimate.time)]
    return {
        "entered": len(time), "n": len(waits), "censored": len(time) - len(waits),
        "share": len(waits) / len(time) if len(time) else 0.0,
        "median_seconds": None if median is None else median / 1e6, "p90_seconds": None if p90 is None else p90 / 1e6,
        "survival": _survival(estimate, len(time)),
        "curve": [
            CurvePoint(
                seconds=float(estimate.time[k]) / 1e6, reached=float(estimate.reached[k]), low=float(estimate.low[k]),
                high=float(estimate.high[k]), at_risk=int(estimate.at_risk[k]),
            )
            for k in places
        ],
    }  # fmt: skip


def _survival(estimate: Curve, entered: int) -> Survival:
    median, low, high = (None if t is None else t / 1e6 for t in estimate.by_half())
    some = len(estimate.time) > 0
    return Survival(
        median_seconds=median, low=low, high=high,
        share_reached=float(estimate.reached[-1]) if some else 0.0 if entered else None,
        share_low=float(estimate.low[-1]) if some else None, share_high=float(estimate.high[-1]) if some else None,
    )  # fmt: skip


def _log_rank(time: I64, reached: Bools, group: I32, groups: int) -> LogRank | None:
    from desireline.kernels.log_rank import log_rank

    found = differ(log_rank(time, reached, group, groups))
    return None if found is None else LogRank(statistic=found[0], df=found[1], p=found[2])
