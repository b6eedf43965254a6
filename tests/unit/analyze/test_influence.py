"""Three answers to what a small step says: by hand, and the one that moves the goal found among its decoys."""

import numpy as np
import pytest

from desireline.analyze import micro_conversions
from desireline.analyze.influence.mantel import hazard
from desireline.analyze.influence.predicting import predicts
from tests.planted import micro
from tests.planted.friction import DAY, GOAL, scope_of
from tests.scopes import make_scope


def test_rate_ratio_over_two_strata_by_hand():
    """Mantel and Haenszel: (5 * 90 / 100 + 8 * 40 / 60) / (18 * 10 / 100 + 4 * 20 / 60)."""
    having = np.array([[5, 5], [12, 8]])
    everyone = np.array([[77, 23], [48, 12]])
    found = hazard(everyone, having)
    assert found.ratio == pytest.approx((450 / 100 + 320 / 60) / (180 / 100 + 80 / 60))
    assert (found.events_with, found.events_without, found.steps_with, found.steps_without) == (13, 22, 30, 130)
    assert found.low < found.ratio < found.high


def test_what_predicts_perfectly_tells_all():
    taken = np.array([True, False] * 50)
    found = predicts(taken, taken, np.arange(100))
    assert (found.bits, found.auc, found.lift) == (pytest.approx(1.0), 1.0, None)
    useless = predicts(taken, np.arange(100) % 4 < 2, np.arange(100))
    assert (useless.bits, useless.lift) == (pytest.approx(0.0), pytest.approx(1.0))


def test_only_what_is_before_the_landmark_counts():
    scope = make_scope(
        [(1, 0, "a"), (1, 3 * DAY, "step"), (1, 9 * DAY, "order"),  # took it too late
         (2, 0, "a"), (2, DAY, "step"), (2, 5 * DAY, "order"),
         (3, 0, "a"), (3, DAY, "order"),  # reached the goal too early
         (4, 0, "a"), (4, DAY, "step"), (5, 9 * DAY, "a")],
        until=10 * DAY,
    )  # fmt: skip
    request = micro_conversions.MicroConversionsRequest(goal=GOAL, names=["step"], landmark="2d")
    result = micro_conversions.answer(scope, request)
    (row,) = result.rows
    assert (result.at_risk, result.landmark_seconds) == (3, 2 * 86_400)
    told = row.predicts
    assert (told.with_step, told.converted_with, told.without_step, told.converted_without) == (2, 1, 1, 1)
    assert (row.influence.enough, row.influence.reason) == (False, "few_people")


def test_the_step_that_moves_the_goal_is_first_among_decoys():
    scope = scope_of(micro.planted(3, micro.World()))
    request = micro_conversions.MicroConversionsRequest(goal=GOAL, names=micro.names())
    rows = micro_conversions.answer(scope, request).rows
    assert max(rows, key=lambda r: r.influence.estimate).name == micro.CAUSAL
    assert max(rows, key=lambda r: r.hazard.ratio).name == micro.CAUSAL
    by_name = {r.name: r for r in rows}
    for k in range(micro.INERT):
        assert abs(by_name[f"inert{k}"].influence.estimate) < by_name[micro.CAUSAL].influence.low / 3
    assert all(r.influence.grade == "C" and r.influence.e_value >= r.influence.e_value_low >= 1 for r in rows)
