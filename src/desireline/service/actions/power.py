"""What a bet can detect, by what is known of its figure today."""

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desireline.model.action import Bet
from desireline.model.before_after import BeforeAfterPlan
from desireline.model.bet import Detectable
from desireline.model.segment import Segment
from desireline.service.shelf import valid

if TYPE_CHECKING:
    from desireline.model.experiment import Experiment
    from desireline.service.workspace import Workspace

F64 = npt.NDArray[np.float64]

EVERYBODY = Segment.model_validate({"of": "people", "where": "event exists"})
LONGEST = 36_500
"""Days to wait, beyond which nothing is told."""

LOOKED_BACK = 28
"""Days up to the end of the observation that say how many people a day an experiment will meet."""


def detectable(workspace: "Workspace", bet: Bet, start: dt.date) -> Detectable | None:
    """The smallest effect that its proof finds four times in five; None where too little is known.

    Args:
        workspace: whose data says how the figure varies.
        bet: what is bet on.
        start: first local day of the change.

    Raises:
        UnknownStep, UnknownSegment, UnknownDocument: of what it is about.
        NoEvents: nothing is known at all.
    """
    days = max((bet.evaluate - start).days, 1)
    if days > LONGEST:
        return None
    with workspace.pinned():
        if bet.experiment is not None:
            return _of_experiment(workspace, workspace.experiments.get(bet.experiment), days, bet.expected.value)
        return _of_days(workspace, plan_of(workspace, bet, start), days, bet.expected.value)


def plan_of(
    workspace: "Workspace", bet: Bet, start: dt.date, cost: float | None = None
) -> BeforeAfterPlan:  # fmt: skip
    """The before/after that the bet names, or the one that it comes to.

    Args:
        workspace: where the before/after and saved segments are kept.
        bet: judged at its day.
        start: first local day of the change.
        cost: of the action.

    Raises:
        UnknownDocument, UnknownSegment: of what it names.
        BadQuestion: the comparison nests too deep to be turned around.
    """
    if bet.before_after is not None:
        known = workspace.before_after.get(bet.before_after)
        return BeforeAfterPlan(**{name: getattr(known, name) for name in BeforeAfterPlan.model_fields})
    treated = bet.segment or _others(workspace, bet)
    return BeforeAfterPlan.model_validate({
        "measure": bet.measure, "of": bet.of, "direction": bet.direction, "treated": treated,
        "comparison": bet.comparison, "start": start, "wait_days": min(max((bet.evaluate - start).days, 1), 3650),
        "value": bet.value, "cost": cost,
    })  # fmt: skip


def _others(workspace: "Workspace", bet: Bet) -> Segment:
    """Everybody but the comparison, of the kind that it is of: nobody is in both."""
    if bet.comparison is None:
        return EVERYBODY
    if isinstance(bet.comparison, str):
        kind = workspace.segment(bet.comparison).of
        return valid(Segment, {"of": kind, "where": {"not": {"segment": bet.comparison}}})
    return valid(Segment, {"of": bet.comparison.of, "where": {"not": bet.comparison.where.model_dump()}})


def _of_days(workspace: "Workspace", plan: BeforeAfterPlan, days: int, expected: float) -> Detectable | None:
    from desireline.act.beforeafter.panel import NEVER, group_mean
    from desireline.act.bets import of_days
    from desireline.service.before_after.measuring import panel_of

    panel = panel_of(workspace, plan)
    reached = panel.start != NEVER
    before = int(min(panel.start[reached].min(initial=NEVER), panel.values.shape[1]))
    past = group_mean(panel.values[reached][:, :before])
    if not reached.all():
        past = past - group_mean(panel.values[~reached][:, :before])
    return of_days(past, days, expected)


def _of_experiment(workspace: "Workspace", found: "Experiment", days: int, expected: float) -> Detectable | None:
    """By the people of the last four weeks, who are taken to come to the arms as they came to us."""
    from desireline.act.bets import of_mean, of_share

    metric = found.metric
    if metric.kind == "ratio":
        return None
    amount, span = _amounts(workspace, found)
    weights = sorted(arm.weight for arm in found.arms)
    per_day = len(amount) / span * found.traffic * weights[0] / sum(weights)
    if not len(amount) or per_day <= 0:
        return None
    if metric.kind == "mean":
        spread = float(amount.std())
        return of_mean(spread, per_day, days, expected) if spread > 0 else None
    base = float((amount != 0).mean())
    reached = 0 < base + expected < 1
    return of_share(base, per_day, days, expected if reached else None) if 0 < base < 1 else None


def _amounts(workspace: "Workspace", found: "Experiment") -> tuple[F64, float]:
    """float64[people]: what each person of the last days did of the metric in these days; and how many days."""
    from desireline.analyze.goals import goal_codes
    from desireline.analyze.units import unit_of_event
    from desireline.model.question import Asked

    scope = workspace.scope(Asked())
    day = 86_400_000_000
    window = LOOKED_BACK if found.window_days is None else max(found.window_days, 1)
    since = scope.until - int(window * day)
    there = scope.time >= since
    unit = unit_of_event(scope.offsets)
    people, place = np.unique(unit[there], return_inverse=True)
    of = goal_codes(scope, found.metric.event)[scope.code][there]
    weight = np.ones(len(place)) if found.metric.measure == "count" else np.nan_to_num(scope.value[there])
    return np.bincount(place, np.where(of, weight, 0.0), len(people)).astype(np.float64), float(window)
