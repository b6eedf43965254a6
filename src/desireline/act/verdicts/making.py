"""Verdicts out of results."""

from typing import Any

from desireline.model.before_after import BeforeAfterResult
from desireline.model.experiment_result import Analysis
from desireline.model.kpi import Direction
from desireline.model.verdict import Amount, Verdict, VerdictUnit

YEAR = 365.25


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
    scale = None if value is None else value * YEAR * max(found.treated_units, 1)
    return Verdict(
        source="before_after", verdict=found.verdict, grade=found.grade, metric=metric, direction=direction,
        effect=found.effect, low=found.low, high=found.high, unit=unit, n=found.pre_days + found.post_days,
        money=_money(found.effect, found.low, found.high, scale), cost=cost,
        minimum_detectable=found.minimum_detectable, reason=found.reason, not_checked=[*found.not_checked],
    )  # fmt: skip


def of_experiment(
    found: Analysis, *, metric: str | None = None, per_year: float | None = None, value: float | None = None,
    cost: float | None = None,
) -> Verdict:  # fmt: skip
    """The verdict of an experiment, of the treatment that did best, with the always-valid interval once it has started.

    Args:
        found: the analysis.
        metric: what was measured, by name.
        per_year: people who would meet the change in a year.
        value: money that one unit of the effect is worth, a person.
        cost: of the change.
    """
    best = next((one for one in found.comparisons if one.treatment == found.treatment), None)
    around = found.always if found.always.low is not None else found.fixed
    low, high = around.low, around.high
    shown = found.effect if low is not None else None
    scale = None if value is None or per_year is None else value * per_year
    extra: dict[str, Any] = {} if best is None else {"minimum_detectable": best.minimum_detectable}
    return Verdict(
        source="experiment", verdict=found.verdict, grade=found.grade, metric=metric, direction=found.direction,
        effect=shown, low=low, high=high, unit="share" if found.kind == "binary" else "number",
        n=sum(arm.n for arm in found.arms), money=_money(shown, low, high, scale), cost=cost,
        reason=next(iter(found.reasons), None), not_checked=[*found.not_checked], **extra,
    )  # fmt: skip


def _money(effect: float | None, low: float | None, high: float | None, scale: float | None) -> Amount | None:
    if effect is None or low is None or high is None or scale is None:
        return None
    return Amount(value=effect * scale, low=low * scale, high=high * scale)
