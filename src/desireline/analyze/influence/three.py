"""The three answers for each small step of a scope."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.hazards.risk import SINCE, STEPS
from desireline.analyze.influence.influencing import Influence, influence, nothing
from desireline.analyze.influence.mantel import Hazard, hazard
from desireline.analyze.influence.predicting import Predicts, predicts
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.kernels.micro_landmark import Codes, Landmark, landmark, risk_sets
from desireline.kernels.risk_rows import risk_rows

SAMPLE = 20_000
"""Units at most that the adjusted effect is estimated from."""

ESTIMATED = 12
"""Steps at most, the most taken first, that an adjusted effect is estimated for."""

EVENT_COLUMNS = 20
"""Labels, the commonest first, whose early meetings are adjusted for."""


class Answers(NamedTuple):
    """One entry a step; how many units were at risk at the landmark, and of how many influence was estimated."""

    predicts: list[Predicts]
    hazard: list[Hazard]
    influence: list[Influence]
    at_risk: int
    sampled: int


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
    moved, sampled = _influences(scope, goal, marks, units, at, seed, taken.sum(axis=0))
    return Answers(told, _hazards(scope, goal, codes), moved, len(units), sampled)


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


def _influences(
    scope: Scope, goal: Bools, marks: Landmark, units: I64, at: int, seed: int, taken: I64
) -> tuple[list[Influence], int]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    kept = units
    if len(units) > SAMPLE:
        kept = np.sort(np.random.default_rng(seed).choice(units, SAMPLE, replace=False))
    converted = marks.goal[kept] > at
    known, meanwhile = _known(scope, goal, kept, at)
    chosen = set(np.argsort(-taken, kind="stable")[:ESTIMATED].tolist())
    found = []
    with threadpool_limits(1):  # threads of such small systems spend their time waiting for each other
        for k in range(len(taken)):
            others: F64 = meanwhile - marks.later[kept, k]
            eligible = (marks.early[kept, k] == 0) & (others > 0)
            late = marks.later[kept, k][eligible] > 0
            if k not in chosen:
                found.append(nothing(int(late.sum()), int((~late).sum()), "not_asked"))
                continue
            owner = scope.owner[kept][eligible].astype(np.int64)
            found.append(
                influence(late, converted[eligible], np.column_stack((known, np.log1p(others)))[eligible], owner, seed)
            )
    return found, len(kept)


def _known(scope: Scope, goal: Bools, units: I64, at: int) -> tuple[F64, F64]:
    """How often every label was met in the first half, and how many events; and float64[units], events in the second.

    Who has gone by the second half meets nothing there: units are compared that were as active then.
    """
    labels = scope.event_names if scope.definition is None else scope.touchpoints
    table = np.where(goal, -1, labels.table)
    many = np.bincount(table[table >= 0], scope.by_code[table >= 0], len(labels.names))
    common = np.argsort(-many, kind="stable")[:EVENT_COLUMNS]
    masks = np.array([*(table == k for k in common.tolist()), table >= 0], np.bool_).reshape(len(common) + 1, -1)
    code, column = np.nonzero(masks.T)
    edges = np.searchsorted(code, np.arange(len(goal) + 1)).astype(np.int64)
    codes = Codes(goal, edges, column.astype(np.int32), len(masks))
    marks = landmark(scope.offsets, scope.time, scope.code, codes, at // 2, at)
    return np.log1p(marks.early[units].astype(np.float64)), marks.later[units, -1].astype(np.float64)
