"""What came of the people of an experiment: its metrics after the assignment, from the journey store."""

from collections.abc import Callable

import numpy as np

from desireline.act.experiments.sample import F64, I32, I64, Factor, Outcome, Sample
from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import Scope
from desireline.analyze.units import unit_of_event
from desireline.model.experiment import Experiment, Metric
from desireline.service.experiments.exposing import Exposed

DAY = 86_400_000_000


def sample_of(scope: Scope, experiment: Experiment, exposed: Exposed) -> Sample:
    """Everybody with their outcomes, each counted after the own assignment and within the window.

    Who is still in the window at the end of the observation has no outcome yet.

    Raises:
        UnknownStep: a metric names what is no goal, touchpoint or event.
    """
    window = None if experiment.window_days is None else int(experiment.window_days * DAY)
    amounts = _amounts(scope, exposed, lambda since: (since > 0) & (since <= window) if window else since > 0)
    open_still = np.zeros(len(exposed.person), np.bool_) if window is None else exposed.time + window > scope.until
    return Sample(
        arms=[arm.name for arm in experiment.arms], arm=exposed.arm, time=exposed.time,
        outcome=_outcome(experiment.metric, amounts, open_still),
        covariate=_covariate(scope, experiment, exposed),
        guardrails=[_outcome(metric, amounts, open_still) for metric in experiment.guardrails],
        segments=[_factor(scope, exposed, name) for name in experiment.segments],
    )  # fmt: skip


Amounts = Callable[[str, str], F64]
"""Of an event name and a measure: float64[people]."""


def _amounts(scope: Scope, exposed: Exposed, inside: Callable[[I64], np.ndarray]) -> Amounts:
    """Counts or values of events by person, of those whose time since the assignment (µs) is inside."""
    place = np.full(scope.units, -1, np.int64)
    place[exposed.person] = np.arange(len(exposed.person))
    unit = unit_of_event(scope.offsets)

    def amounts(event: str, measure: str) -> F64:
        rows = np.flatnonzero(goal_codes(scope, event)[scope.code])
        who = place[unit[rows]]
        rows, who = rows[who >= 0], who[who >= 0]
        near = inside(scope.time[rows] - exposed.time[who])
        rows, who = rows[near], who[near]
        weight = None if measure == "count" else np.nan_to_num(scope.value[rows])
        return np.bincount(who, weight, minlength=len(exposed.person)).astype(np.float64)

    return amounts


def _outcome(metric: Metric, amounts: Amounts, open_still: np.ndarray) -> Outcome:
    value = amounts(metric.event, metric.measure)
    if metric.kind == "binary":
        value = (value != 0).astype(np.float64)
    value[open_still] = np.nan
    per = None if metric.per is None else amounts(metric.per, "count")
    return Outcome(metric.event, metric.kind, value, per, metric.direction, metric.margin)


def _covariate(scope: Scope, experiment: Experiment, exposed: Exposed) -> tuple[str, F64] | None:
    """The same metric in the days before the assignment; not known of people who had no event before it."""
    if experiment.covariate_days is None:
        return None
    reach, metric = int(experiment.covariate_days * DAY), experiment.metric
    before = _amounts(scope, exposed, lambda since: (since < 0) & (since >= -reach))(metric.event, metric.measure)
    new = scope.time[scope.offsets[exposed.person]] >= exposed.time
    before[new] = np.nan
    return metric.event, before


def _factor(scope: Scope, exposed: Exposed, trait: str) -> Factor:
    found = scope.columns.trait(trait)
    index: I32 = found.index[scope.owner[exposed.person]]
    return Factor(trait, index, found.values)
