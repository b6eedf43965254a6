"""A before/after from a panel to its verdict."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from desireline.act.beforeafter.by_units import by_units
from desireline.act.beforeafter.cohorts import Plan, groups, planned, series
from desireline.act.beforeafter.controls import cross_validated
from desireline.act.beforeafter.estimate import Estimate, Series, design, estimate
from desireline.act.beforeafter.event_study import event_study
from desireline.act.beforeafter.naive import naive
from desireline.act.beforeafter.panel import F64, MOST_MISSING, Panel, complete
from desireline.act.beforeafter.placebo import LEAST_BEFORE, Placebos, placebos
from desireline.act.beforeafter.refusing import Refused
from desireline.act.beforeafter.shared_controls import inflated
from desireline.model.before_after import BeforeAfterResult, ByUnits, DayPoint
from desireline.model.grade import Grade
from desireline.model.kpi import Direction
from desireline.model.verdict import NotChecked, Outcome, Reason

LEAST_FOR_VERDICT = 140
"""Days before the change below which nothing is called worked or harmed."""
LEAST_AFTER = 7
"""Days after the change: a whole week."""
MOST_PLACEBO_ALARMS = 0.10
FEW = 5


@dataclass(frozen=True)
class Judging:
    """How a before/after is judged.

    Attributes:
        direction: which way is better.
        wait: days after the change before which there is no verdict.
        weighted: whether control units are weighted by cross-validation.
    """

    direction: Direction = "up"
    wait: int = LEAST_AFTER
    weighted: bool = False


def judged(panel: Panel, how: Judging | None = None) -> BeforeAfterResult:
    """What the change did, or why nothing can be said; a refusal is a result, not an error."""
    try:
        return _judged(panel, how or Judging())
    except Refused as refused:
        return BeforeAfterResult(verdict="refused", reason=refused.reason, details=refused.details)


def _judged(panel: Panel, how: Judging) -> BeforeAfterResult:
    used, left_out = complete(panel)
    plan = planned(used)
    left_out += [used.units[row] for row in plan.left_out.tolist()]
    facts: dict[str, Any] = {
        "design": plan.design,
        "treated_units": plan.treated,
        "control_units": 0,
        "left_out": left_out,
    }
    if plan.design != "single":
        facts["control_units"] = plan.controls
    weights = cross_validated(used, plan) if how.weighted and plan.design == "control" else None
    if weights is not None:
        controls = plan.cohorts[0].controls
        facts["weights"] = {used.units[row]: float(w) for row, w in zip(controls, weights, strict=True) if w > 0}
    days = _checked(inflated(used, plan, series(used, plan, weights)))
    treated, control = groups(used, plan, weights)
    there = np.isfinite(days.y)
    facts |= {
        "pre_days": int(there[: days.before].sum()), "post_days": int(there[days.before :].sum()),
        "missing_days": int(np.isnan(used.values).sum()), "days": _days(panel, plan, treated, control),
        "naive": naive(treated, plan.before), "baseline": float(np.nanmean(treated[: plan.before])),
    }  # fmt: skip
    if facts["pre_days"] < LEAST_BEFORE:
        facts["naive"] = None  # no estimate at all, not even the one that is usual elsewhere
        return _refused("too_few_days_before", facts, {"days": facts["pre_days"], "least": LEAST_BEFORE})
    found = estimate(days)
    calibrated = placebos(days, found.fit.partial)
    facts |= {"placebo_rate": calibrated.rate, "placebos": calibrated.count, "event_study": event_study(days, found)}
    if calibrated.rate is not None and calibrated.rate > MOST_PLACEBO_ALARMS:
        return _refused("placebo_alarms", facts, {"rate": calibrated.rate, "most": MOST_PLACEBO_ALARMS})
    return _told(found, calibrated, by_units(used, plan), how, facts)


def _refused(reason: Reason, facts: dict[str, Any], details: dict[str, str | int | float]) -> BeforeAfterResult:
    return BeforeAfterResult(verdict="refused", reason=reason, details=details, **facts)


def _checked(days: Series) -> Series:
    """Days from the first to the last with a figure.

    Raises:
        Refused: nothing before or after, too much missing, or nothing that varies.
    """
    there = np.flatnonzero(np.isfinite(days.y))
    if not (there >= days.before).any():
        raise Refused("no_days_after", {"days": len(days.y)})
    if not (there < days.before).any():
        raise Refused("too_few_days_before", {"days": 0, "least": LEAST_BEFORE})
    first, last = int(there[0]), int(there[-1]) + 1
    cut = days.between(first, last, days.before - first)
    missing = float(np.isnan(cut.y).mean())
    if missing > MOST_MISSING:
        raise Refused("too_many_days_missing", {"share": round(missing, 3), "most": MOST_MISSING})
    y = cut.y[np.isfinite(cut.y)]
    if cut.before >= LEAST_BEFORE:
        table, filled = design(cut), np.nan_to_num(cut.y)
        left = filled - table @ np.linalg.lstsq(table, filled, rcond=None)[0]
        if np.std(left) <= 1e-9 * max(float(np.abs(y).max()), 1e-300):
            raise Refused("no_variation", {"days": len(y)})
    return cut


def _told(
    found: Estimate, calibrated: Placebos, units: ByUnits | None, how: Judging, facts: dict[str, Any]
) -> BeforeAfterResult:
    half = found.critical * found.error * calibrated.widened
    low, high = found.effect - half, found.effect + half
    sure = low > 0 or high < 0
    disagree = sure and units is not None and units.low <= 0 <= units.high
    outcome, reason = _outcome(found.effect, sure, calibrated, how, facts)
    return BeforeAfterResult(
        verdict=outcome, reason=reason, grade=_grade(facts, disagree), effect=found.effect, low=low, high=high,
        p=found.p, widened=calibrated.widened, minimum_detectable=found.minimum_detectable(calibrated.widened),
        autocorrelation=found.fit.phi.tolist(), slope=found.slope, by_units=units,
        not_checked=_not_checked(found, disagree, facts), **facts,
    )  # fmt: skip


def _outcome(
    effect: float, sure: bool, calibrated: Placebos, how: Judging, facts: dict[str, Any]
) -> tuple[Outcome, Reason | None]:
    """No word on success before the wait is over, nor with too short a past to know what is usual."""
    if facts["post_days"] < LEAST_AFTER:
        return "too_early", "too_few_days_after"
    if facts["post_days"] < how.wait:
        return "too_early", "wait_not_over"
    if facts["pre_days"] < LEAST_FOR_VERDICT or calibrated.rate is None:
        return "too_early", "too_few_days_before_for_verdict"
    if not sure:
        return "no_evidence", None
    return ("worked" if (effect > 0) == (how.direction == "up") else "harmed"), None


def _grade(facts: dict[str, Any], disagree: bool) -> Grade:
    """B only against controls, with a past long enough for placebos that passed, days and units agreeing."""
    compared = facts["design"] != "single" and facts["pre_days"] >= LEAST_FOR_VERDICT
    return "B" if compared and not disagree else "C"


def _not_checked(found: Estimate, disagree: bool, facts: dict[str, Any]) -> list[NotChecked]:
    small = min(facts["treated_units"], facts["control_units"]) < FEW
    told: list[tuple[NotChecked, bool]] = [
        ("control_group", facts["design"] == "single"),
        ("other_changes", True),
        ("spillover", facts["design"] != "single"),
        ("parallel_before", facts["design"] != "single" and found.slope_p < 0.05),
        ("few_units", facts["design"] != "single" and small),
        ("units_disagree", disagree),
        ("days_missing", facts["missing_days"] > 0),
        ("units_left_out", bool(facts["left_out"])),
        ("lasting_effect", True),
    ]
    return [code for code, holds in told if holds]


def _days(panel: Panel, plan: Plan, treated: F64, control: F64 | None) -> list[DayPoint]:
    """The two lines of the picture; a staggered roll-out has no calendar days in common, and none are shown."""
    if plan.design == "staggered":
        return []
    other = np.full(len(treated), np.nan) if control is None else control
    return [
        DayPoint(day=panel.first + dt.timedelta(days=k), treated=_maybe(a), control=_maybe(b))
        for k, (a, b) in enumerate(zip(treated.tolist(), other.tolist(), strict=True))
    ]


def _maybe(value: float) -> float | None:
    return value if np.isfinite(value) else None
