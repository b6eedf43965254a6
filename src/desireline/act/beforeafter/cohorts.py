"""Units that begin on the same day, each with those whose turn has not come, put on one clock from the change.

A cohort's controls are the units that the change does not reach during the cohort's whole time after (never, or not
yet), so that no unit that has it already serves as a comparison (Callaway and Sant'Anna 2021; Goodman-Bacon 2021 for
what goes wrong otherwise). Cohorts are averaged by their units.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desireline.act.beforeafter.estimate import Series, contrasts
from desireline.act.beforeafter.panel import F64, I64, NEVER, Panel, group_mean
from desireline.act.beforeafter.refusing import Refused


@dataclass(frozen=True)
class Cohort:
    """Rows of the panel that begin at column `start`, and their controls; none in a single series."""

    start: int
    treated: I64
    controls: I64


@dataclass(frozen=True)
class Plan:
    """What is compared on the common clock: `before` days to before + `after`.

    Attributes:
        left_out: rows of treated units that no control is left for, or too few days.
    """

    design: Literal["control", "staggered", "single"]
    cohorts: list[Cohort]
    before: int
    after: int
    left_out: I64

    @property
    def treated(self) -> int:
        """How many units the change reaches."""
        return sum(len(one.treated) for one in self.cohorts)

    @property
    def controls(self) -> int:
        """How many different units they are compared with."""
        return len(np.unique(np.concatenate([one.controls for one in self.cohorts])))


def planned(panel: Panel) -> Plan:
    """The comparison that the starts allow.

    Raises:
        Refused: no day after the change, or no unit to compare a staggered roll-out with.
    """
    days = panel.values.shape[1]
    starts = np.unique(panel.start[panel.start < days])
    if not len(starts):
        raise Refused("no_days_after", {"days": days})
    reached = np.flatnonzero(panel.start < days)
    if len(starts) == 1:
        controls = np.flatnonzero(panel.start >= days)
        one = Cohort(int(starts[0]), reached, controls)
        design: Literal["control", "single"] = "control" if len(controls) else "single"
        return Plan(design, [one], one.start, days - one.start, np.zeros(0, np.int64))
    after = _days_after(panel, starts, days)
    cohorts = [
        Cohort(int(g), np.flatnonzero(panel.start == g), np.flatnonzero(panel.start >= g + after))
        for g in starts
        if g + after <= days and (panel.start >= g + after).any()
    ]
    left_out = np.setdiff1d(reached, np.concatenate([one.treated for one in cohorts]))
    return Plan("staggered", cohorts, min(one.start for one in cohorts), after, left_out)


def _days_after(panel: Panel, starts: I64, days: int) -> int:
    """The time after that uses most days of treated units: longer ones leave out the last cohorts."""
    last = NEVER if (panel.start >= days).any() else int(starts[-1])
    longest = {int(g): min(days, last) - int(g) for g in starts if min(days, last) > g}
    used = {
        after: min(after, 8 * 7) * sum(int((panel.start == g).sum()) for g, most in longest.items() if most >= after)
        for after in set(longest.values())
    }
    if not used:
        raise Refused("no_controls_left", {"starts": len(starts)})
    return max(used, key=lambda after: (used[after], -after))


def groups(panel: Panel, plan: Plan, weights: F64 | None = None) -> tuple[F64, F64 | None]:
    """float64[days] of treated and of control units on the common clock; no control for a single series.

    Args:
        panel: of the plan.
        plan: what is compared.
        weights: of the control units of a single cohort, summing to 1.
    """
    treated = _on_clock(plan, [group_mean(panel.values[one.treated]) for one in plan.cohorts])
    if plan.design == "single":
        return treated, None
    return treated, _on_clock(plan, [group_mean(panel.values[one.controls], weights) for one in plan.cohorts])


def series(panel: Panel, plan: Plan, weights: F64 | None = None) -> Series:
    """The difference of treated and control units, a day of the common clock each."""
    treated, control = groups(panel, plan, weights)
    week = contrasts(panel.weekday())
    weekdays = _on_clock(plan, [week for _ in plan.cohorts])
    return Series(treated if control is None else treated - control, weekdays, plan.before)


def _on_clock(plan: Plan, by_cohort: list[F64]) -> F64:
    """The cohorts' average, by units, of what is laid out by calendar day."""
    total = np.zeros((plan.before + plan.after, *by_cohort[0].shape[1:]))
    for one, of_calendar in zip(plan.cohorts, by_cohort, strict=True):
        total += len(one.treated) / plan.treated * of_calendar[one.start - plan.before : one.start + plan.after]
    return total
