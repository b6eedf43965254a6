"""The life of a clientele: who is new, stays, comes back after a break, or stays away, period by period."""

import datetime as dt
import json
from typing import ClassVar

import numpy as np
from pydantic import BaseModel

from desireline.analyze.calendars import calendar
from desireline.analyze.cells import parsed
from desireline.analyze.scope import I64, Bools, Scope, about, index_of
from desireline.errors import BadDrilldown
from desireline.model.calendar import Period
from desireline.model.question import Asked, Proportion, Result

KINDS = ("new", "returning", "resurrecting", "dormant")


class LifecycleRequest(Asked):
    """`event`: the touchpoint that makes a unit active in a period; any for None."""

    period: Period = "week"
    event: str | None = None


class LifecyclePeriod(BaseModel):
    """Units by what they are in one period.

    Attributes:
        start: its first day.
        new: active for the first time in scope.
        returning: active, as in the period before.
        resurrecting: active, not in the period before, but earlier.
        dormant: not active, but in the period before; None while the period is not over.
        mature: whether the period is over; of the one that is not, the others are counts so far.
    """

    start: dt.date
    new: int
    returning: int
    resurrecting: int
    dormant: int | None
    mature: bool


class LifecycleResult(Result):
    """Every period from the scope's first event to the end of the observation.

    Those active are new + returning + resurrecting; returning + dormant are those who were active in the period before.
    Cells: `new:"2026-01-05"` and likewise `returning`, `resurrecting`, `dormant`.
    """

    table: ClassVar = "periods"

    periods: list[LifecyclePeriod]


def answer(scope: Scope, request: LifecycleRequest) -> LifecycleResult:
    """Count units by period and kind.

    Raises:
        BadQuestion: there are too many periods.
        UnknownStep: `event` does not exist.
    """
    from desireline.kernels.lifecycle import lifecycle

    when, wanted = calendar(scope, request.period), active(scope, request, request.event)
    counts = lifecycle(scope.offsets, scope.time, scope.code, wanted, when.periods).tolist()
    periods = [
        LifecyclePeriod(
            start=day, new=new, returning=returning, resurrecting=resurrecting,
            dormant=dormant if k < when.over else None, mature=k < when.over,
        )
        for k, (day, (new, returning, resurrecting, dormant)) in enumerate(zip(when.days, counts, strict=True))
        if scope.units
    ]  # fmt: skip
    fields = about(scope, request, "lifecycle", scope.labels(request))
    return LifecycleResult.model_validate({**fields, "periods": periods})


def members(scope: Scope, request: LifecycleRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.lifecycle import units_in_lifecycle

    kind, day = parsed(cell)
    when, wanted = calendar(scope, request.period), active(scope, request, request.event)
    starts = [d.isoformat() for d in when.days]
    if kind not in KINDS or day not in starts or (kind == "dormant" and starts.index(day) >= when.over):
        raise BadDrilldown(given=cell[:40])
    found = units_in_lifecycle(
        scope.offsets, scope.time, scope.code, wanted, when.periods, starts.index(day), KINDS.index(kind)
    )
    return np.flatnonzero(found)


def proportions(result: LifecycleResult) -> list[Proportion]:
    """Of those active in the period before, who is active again; for periods that are over."""
    return [
        Proportion(f"returning:{json.dumps(p.start.isoformat())}", p.start.isoformat(), p.returning, of)
        for p in result.periods
        if p.dormant is not None and (of := p.returning + p.dormant)
    ]


def active(scope: Scope, asked: Asked, event: str | None) -> Bools:
    """bool[codes]: the events that make a unit active: those of one touchpoint, or all in the definition.

    Raises:
        UnknownStep: there is no such touchpoint.
    """
    labels = scope.labels(asked)
    return labels.table >= 0 if event is None else labels.table == index_of(labels, event)
