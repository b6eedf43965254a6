"""The three answers for each small step of a scope."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.hazards.risk import SECOND, SINCE, STEPS
from desireline.analyze.influence.influencing import Influence, influence, nothing
from desireline.analyze.influence.mantel import Hazard, hazard
from desireline.analyze.influence.predicting import Predicts, predicts
from desireline.analyze.scope import I64, Bools, Scope
from desireline.kernels.micro_landmark import Codes, histories, landmark, risk_sets
from desireline.kernels.risk_rows import risk_rows

SAMPLE = 20_000
"""Steps at most that an effect is estimated from without the small step, and as many again with it."""

ESTIMATED = 12
"""Steps at most, the most taken first, that an adjusted effect is estimated for."""

EVENT_COLUMNS = 20
"""Labels, the commonest first, whose early meetings are adjusted for."""


class Answers(NamedTuple):
    """One entry a step; how many units were at risk at the landmark."""

    predicts: list[Predicts]
    hazard: list[Hazard]
    influence: list[Influence]
    at_risk: int


def three(scope: Scope, goal: Bools, masks: Bools, at: int, seed: int) -> Answers:
    """Ask all three of every step.

    Args:
        scope: the events.
        goal: bool[codes].
        masks: bool[steps, codes], the codes of each step.
        at: µs after a unit's first event, the landmark.
        seed: of the sample and the folds.
    """
    code, step = np.nonzero(masks.T)
    edges = np.searchsorted(code, np.arange(len(goal) + 1)).astype(np.int64)
    codes = Codes(goal, edges, step.astype(np.int32), len(masks))
    marks = landmark(scope.offsets, scope.time, scope.code, codes, at // 2, at)
    began = scope.time[scope.offsets[:-1]]
    units = np.flatnonzero(((marks.goal < 0) | (marks.goal > at)) & (began + at <= scope.until))
    converted = marks.goal[units] > at
    taken = (marks.early[units] > 0) | (marks.later[units] > 0)
    told = [predicts(taken[:, k], converted, began[units]) for k in range(len(masks))]
    moved = _influences(scope, goal, masks, marks.goal >= 0, seed)
    return Answers(told, _hazards(scope, goal, codes), moved, len(units))


def _hazards(scope: Scope, goal: Bools, codes: Codes) -> list[Hazard]:
    label = np.zeros(len(goal), np.int32)
    rows = risk_rows(scope.offsets, scope.time, scope.code, label, goal, np.zeros_like(goal), 2**62, scope.until)
    bins = np.searchsorted(STEPS, rows.step, side="right") - 1
    stratum = np.maximum(bins, 0) * (len(SINCE) + 1) + np.searchsorted(SINCE, rows.since, side="right")
    strata = len(STEPS) * (len(SINCE) + 1)
    ended = scope.offsets[1:] - 1
    outcome = rows.outcome.copy()
    outcome[ended[outcome[ended] == -1]] = 0  # who was last seen at a step did not reach the goal from there
    everyone, having = risk_sets(scope.offsets, scope.code, codes, outcome, stratum.astype(np.int32), strata)
    return [hazard(everyone, one) for one in having]


def _influences(scope: Scope, goal: Bools, masks: Bools, reached: Bools, seed: int) -> list[Influence]:
    """Every step before the goal is a trial: taking the small step for the first time there, or anything else."""
    from threadpoolctl import threadpool_limits

    draw = np.random.default_rng(seed)
    label = np.zeros(len(goal), np.int32)
    rows = risk_rows(scope.offsets, scope.time, scope.code, label, goal, np.zeros_like(goal), 2**62, scope.until)
    steps = np.flatnonzero(rows.step > 0)
    others = _some(draw, steps, SAMPLE)
    table = np.vstack((masks, _labels(scope, goal)))
    code, column = np.nonzero(table.T)
    edges = np.searchsorted(code, np.arange(len(goal) + 1)).astype(np.int64)
    codes = Codes(goal, edges, column.astype(np.int32), len(table))
    taking = [_some(draw, steps[mask[scope.code[steps]]], SAMPLE) for mask in masks]
    chosen = set(sorted(range(len(masks)), key=lambda k: -len(taking[k]))[:ESTIMATED])
    found = []
    with threadpool_limits(1):  # threads of such small systems spend their time waiting for each other
        for k, own in enumerate(taking):
            if k not in chosen:
                found.append(nothing(len(own), 0, "not_asked"))
                continue
            events = np.union1d(others, own)
            counts = histories(scope.offsets, scope.code, codes, events)
            first = counts[:, k] == 0
            events, counts = events[first], counts[first, len(masks) :].astype(np.float64)
            known = np.column_stack((np.log1p(counts), np.log1p(rows.since[events] / SECOND)))
            unit = np.searchsorted(scope.offsets, events, side="right") - 1
            taken = masks[k][scope.code[events]]
            found.append(influence(taken, reached[unit], known, scope.owner[unit].astype(np.int64), seed))
    return found


def _some(draw: np.random.Generator, events: I64, most: int) -> I64:
    return events if len(events) <= most else np.sort(draw.choice(events, most, replace=False))


def _labels(scope: Scope, goal: Bools) -> Bools:
    """bool[columns, codes]: the commonest labels one by one, and all events together."""
    labels = scope.event_names if scope.definition is None else scope.touchpoints
    table = np.where(goal, -1, labels.table)
    many = np.bincount(table[table >= 0], scope.by_code[table >= 0], len(labels.names))
    common = np.argsort(-many, kind="stable")[:EVENT_COLUMNS].tolist()
    return np.array([*(table == k for k in common), ~goal], np.bool_)
