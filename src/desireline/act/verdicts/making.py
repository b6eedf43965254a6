"""Verdicts out of results."""

from typing import Any, Final, Literal

from desireline.act.verdicts.gaining import gain
from desireline.model.before_after import BeforeAfterResult
from desireline.model.experiment_result import Analysis, Reason
from desireline.model.kpi import Direction
from desireline.model.verdict import Gain, Outcome, Verdict, VerdictUnit, Worth

YEAR: Final = 365.25
JUDGED: Final = frozenset({"worked", "harmed", "no_evidence"})


def of_before_after(
    found: BeforeAfterResult, *, metric: str | None = None, direction: Direction = "up", unit: VerdictUnit = "number",
    value: float | None = None, cost: float | None = None,
) -> Verdict:  # fmt: skip
    """The verdict of a before/after.

    Args:
        found: the result.
        metric: what was measured, by name.
        direction: which way is better.
        unit: of the effect, a day and unit.
        value: money that one unit of the effect is worth; a year of all treated units is told then.
        cost: of the change.
    """
    units = max(found.treated_units, 1)
    money: Gain | None = None
    if value is not None and found.reason is None:
        money = _gain(found.verdict, found.effect, found.low, found.high, direction, Worth(value=value), cost,
                      units * YEAR)  # fmt: skip
    if money is not None:
        money.people = units
    return Verdict(
        source="before_after", verdict=found.verdict, grade=found.grade, metric=metric, direction=direction,
        effect=found.effect, low=found.low, high=found.high, unit=unit, n=found.pre_days + found.post_days,
        money=money, cost=cost, minimum_detectable=found.minimum_detectable,
        reason=found.reason, not_checked=[*found.not_checked],
    )  # fmt: skip


def of_experiment(
    found: Analysis, *, metric: str | None = None, people: float | None = None, worth: Worth | None = None,
    cost: float | None = None, period: Literal["year", "once"] = "year",
) -> Verdict:  # fmt: skip
    """The verdict of an experiment, of the treatment that did best, with the always-valid interval once it has started.

    Args:
        found: the analysis.
        metric: what was measured, by name.
        people: who would meet the change in the period; everybody in the experiment for None.
        worth: of one unit of the effect, a person.
        cost: of the change.
        period: a year, or nothing more than these people.
    """
    best = next((one for one in found.comparisons if one.treatment == found.treatment), None)
    around = found.always if found.always.low is not None else found.fixed
    low, high = around.low, around.high
    shown = found.effect if low is not None else None
    n = sum(arm.n for arm in found.arms)
    money: Gain | None = None
    if worth is not None:
        reach = n if people is None else people
        money = _gain(found.verdict, shown, low, high, found.direction, worth, cost, reach)
    if money is not None:
        money.people, money.period = reach, period
    extra: dict[str, Any] = {} if best is None else {"minimum_detectable": best.minimum_detectable}
    return Verdict(
        source="experiment", verdict=found.verdict, grade=found.grade, metric=metric, direction=found.direction,
        effect=shown, low=low, high=high, unit="share" if found.kind == "binary" else "number",
        n=n, money=money, cost=cost,
        reason=_reason(found.reasons), not_checked=[*found.not_checked], **extra,
    )  # fmt: skip


def _reason(reasons: list[Reason]) -> Reason | None:
    """What stands in the way comes before where the interval lies."""
    return next((one for one in reasons if not one.startswith("interval_")), next(iter(reasons), None))


def _gain(
    verdict: Outcome, effect: float | None, low: float | None, high: float | None, direction: Direction, worth: Worth,
    cost: float | None, scale: float,
) -> Gain | None:  # fmt: skip
    if verdict not in JUDGED or effect is None or low is None or high is None:
        return None
    around = (effect, low, high) if direction == "up" else (-effect, -high, -low)
    return gain(verdict, around, worth, cost, scale)
