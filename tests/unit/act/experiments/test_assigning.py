"""Assignment by hash: the same in every language, in the shares that were wanted, stable when these grow."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from desireline.act.experiments.assigning import arm_of, assignment, free_slot, position, widest_gap
from desireline.model.experiment import Arm, Experiment

CASES = Path(__file__).resolve().parents[3] / "cases" / "experiments" / "assignment.json"
PEOPLE = [f"c{k}" for k in range(4_000)]


def experiment(**fields):
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    own = {
        "id": "e-1",
        "name": "Form",
        "author": "local",
        "created": now,
        "changed": now,
        "salt": "s",
        "status": "running",
    }
    arms = [{"name": "long"}, {"name": "short"}]
    return Experiment.model_validate({**own, "arms": arms, "metric": {"event": "Order"}, **fields})


def weighted(**weights):
    return [Arm(name=name, weight=weight) for name, weight in weights.items()]


@pytest.mark.parametrize(
    "case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda c: f"{c['salt']}-{c['unit'][:9]}"
)
def test_another_language_gives_the_same(case):
    assert position(f"{case['salt']}:traffic", case["unit"]) == case["traffic"]
    assert arm_of(case["salt"], [Arm(**arm) for arm in case["arms"]], case["unit"]) == case["arm"]


def test_arms_have_their_shares_and_are_independent_of_another_experiment():
    arms = weighted(a=5, b=3, c=2)
    counts = Counter(arm_of("one", arms, p) for p in PEOPLE)
    assert chisquare([counts[a.name] for a in arms], [2_000, 1_200, 800]).pvalue > 0.001
    both = Counter((arm_of("one", weighted(a=1, b=1), p), arm_of("two", weighted(a=1, b=1), p)) for p in PEOPLE)
    assert chisquare(list(both.values())).pvalue > 0.001


@given(st.floats(0.1, 10), st.floats(1.01, 5))
def test_when_a_weight_grows_people_move_to_that_arm_only(weight, more):
    before = {p: arm_of("s", weighted(a=2, b=weight, c=1), p) for p in PEOPLE[:300]}
    after = {p: arm_of("s", weighted(a=2, b=weight * more, c=1), p) for p in PEOPLE[:300]}
    assert all(after[p] in {before[p], "b"} for p in before)


def test_a_new_arm_takes_from_the_others_and_moves_nobody_between_them():
    before = {p: arm_of("s", weighted(a=1, b=1), p) for p in PEOPLE}
    after = {p: arm_of("s", weighted(a=1, b=1, c=1), p) for p in PEOPLE}
    assert all(after[p] in {before[p], "c"} for p in PEOPLE)
    assert 0.3 < sum(arm == "c" for arm in after.values()) / len(PEOPLE) < 0.37


def test_nobody_falls_out_when_traffic_or_a_holdout_grows():
    small = {p for p in PEOPLE if assignment(experiment(traffic=0.2), p).arm}
    large = {p for p in PEOPLE if assignment(experiment(traffic=0.6), p).arm}
    assert small < large
    assert abs(len(small) / len(PEOPLE) - 0.2) < 0.03
    held = [{p for p in PEOPLE if assignment(experiment(holdout="all", holdout_share=s), p).reason == "holdout"}
            for s in (0.05, 0.1)]  # fmt: skip
    other = {p for p in PEOPLE if assignment(experiment(holdout="all", salt="t"), p).reason == "holdout"}
    assert held[0] < held[1]
    assert other == held[0], "the same people are held out of every experiment"


def test_experiments_of_a_group_share_nobody():
    slots = {"one": (0.0, 0.5), "two": (0.5, 0.8)}
    inside = {s: {p for p in PEOPLE if assignment(experiment(salt=s, exclusive_group="page", slot=slot), p).arm}
              for s, slot in slots.items()}  # fmt: skip
    assert inside["one"].isdisjoint(inside["two"])
    assert 0.77 < (len(inside["one"]) + len(inside["two"])) / len(PEOPLE) < 0.83


def test_what_does_not_run_assigns_nobody():
    assert assignment(experiment(status="ended"), "c1").model_dump() == {
        "person": "c1", "arm": None, "reason": "not_running",
    }  # fmt: skip


def test_a_group_gives_the_first_gap_that_is_wide_enough():
    assert free_slot([(0.0, 0.3), (0.4, 0.9)], 0.2) is None
    assert free_slot([(0.4, 0.9), (0.0, 0.3)], 0.1) == pytest.approx((0.3, 0.4))
    assert free_slot([], 1.0) == (0.0, 1.0)
    assert widest_gap([(0.4, 0.9), (0.0, 0.3)]) == pytest.approx(0.1)
