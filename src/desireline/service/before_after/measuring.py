"""Daily figures of units out of the journey store: whom the change reaches, and whom it does not."""

import datetime as dt
import json
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desireline.act.beforeafter.panel import NEVER, Panel
from desireline.model.before_after import BeforeAfterPlan, RollOut
from desireline.model.question import Asked
from desireline.model.segment import Segment

if TYPE_CHECKING:
    from desireline.analyze.calendars import Calendar
    from desireline.analyze.scope import Scope
    from desireline.service.questioning import Questioning

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


def panel_of(workspace: "Questioning", plan: BeforeAfterPlan) -> Panel:
    """The figures of every unit on every local day that is over; a unit's days before its first event count too.

    Raises:
        UnknownStep: `of` is no goal, touchpoint or event name.
        UnknownSegment, BadExpression, BadQuestion: of a segment.
    """
    from desireline.analyze.calendars import calendar

    everyone = workspace.scope(Asked())
    days = calendar(everyone, "day")
    units, starts = _units(plan)
    values = [_daily(_scope(workspace, segment), plan, days) for segment in units.values()]
    first = days.days[0]
    start = [NEVER if begin is None else max((begin - first).days, 0) for begin in starts]
    return Panel([*units], first, np.array(values), np.array(start, np.int64))


def _units(plan: BeforeAfterPlan) -> tuple[dict[str, Segment | str | None], list[dt.date | None]]:
    """Who each unit is, by name, and the first day of the change there."""
    if plan.roll_out is not None:
        named = {value: _of_value(plan.roll_out, value) for value in plan.roll_out.starts}
        return {**named}, [*plan.roll_out.starts.values()]
    units: dict[str, Segment | str | None] = {"treated": plan.treated}
    if plan.comparison is None:
        return units, [plan.start]
    return {**units, "comparison": plan.comparison}, [plan.start, None]


def _of_value(roll_out: RollOut, value: str) -> Segment:
    kind = "people" if roll_out.by.startswith("trait.") else "events"
    return Segment.model_validate({"of": kind, "where": f"{roll_out.by} = {json.dumps(value, ensure_ascii=False)}"})


def _scope(workspace: "Questioning", segment: Segment | str | None) -> "Scope":
    return workspace.scope(workspace.resolved(Asked(segment=segment)))


def _daily(scope: "Scope", plan: BeforeAfterPlan, days: "Calendar") -> F64:
    """float64[days that are over]."""
    from desireline.analyze.goals import goal_codes

    there = goal_codes(scope, plan.of)[scope.code]
    day = np.searchsorted(days.starts, scope.time, "right") - 1
    size = len(days.days)
    if plan.measure == "contacts":
        return np.bincount(day[there], minlength=size)[: days.over].astype(np.float64)
    if plan.measure == "mean_score":
        return _mean_score(scope, there, day, size)[: days.over]
    person = np.repeat(scope.owner.astype(np.int64), np.diff(scope.offsets))
    people = _people(person[there], day[there], size)
    if plan.measure == "people":
        return people[: days.over]
    everyone = _people(person, day, size)
    return _share(people, everyone)[: days.over]


def _people(person: I64, day: I64, size: int) -> F64:
    """float64[size]: different people a day; events come by person and time, so that a day's stand together."""
    new = np.ones(len(day), np.bool_)
    new[1:] = (np.diff(person) != 0) | (np.diff(day) != 0)
    return np.bincount(day[new], minlength=size).astype(np.float64)


def _mean_score(scope: "Scope", there: npt.NDArray[np.bool_], day: I64, size: int) -> F64:
    """float64[size]: NaN on days without a score."""
    import pyarrow.compute as pc

    from desireline.analyze.feelings import SCORE

    column = scope.columns.column(SCORE)
    index = scope.rows(column.index)
    rows = np.flatnonzero((index >= 0) & there)
    score = pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False)[index[rows]]
    n = np.bincount(day[rows], minlength=size)
    total = np.bincount(day[rows], score, size).astype(np.float64)
    return _share(total, n.astype(np.float64))


def _share(of: F64, all_of: F64) -> F64:
    """NaN where there is nothing to share."""
    return np.where(all_of > 0, of / np.maximum(all_of, 1), np.nan)
