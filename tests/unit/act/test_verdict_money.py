"""Money of a verdict: both intervals carried through, and never a claim that the verdict does not make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.act.verdicts import money_told
from desireline.act.verdicts.gaining import gain
from desireline.i18n import LANGUAGES
from desireline.model.verdict import Verdict, Worth

WORKED = {"source": "experiment", "verdict": "worked", "grade": "A", "effect": 0.02, "low": 0.01, "high": 0.03}


def verdict(money, **fields):
    return Verdict(**{**WORKED, "metric": "Order", "unit": "share", "money": money, **fields})


def test_by_hand():
    """2 points of 50,000 people at 30 apiece are 30,000; the least is 1 point at 25, the most 3 points at 35."""
    found = gain(
        "worked", (0.02, 0.01, 0.03), Worth(value=30, low=25, high=35, origin="kpi", kpi="AOV"), 10_000, 50_000
    )
    assert (found.value, found.low, found.high) == pytest.approx((30_000, 12_500, 52_500))
    assert (found.net.value, found.net.low, found.net.high) == pytest.approx((20_000, 2_500, 42_500))
    assert found.says == "gain"
    found.people = 50_000
    assert money_told(verdict(found, cost=10_000)) == [
        "Worth about 30,000 a year (95% interval: 12,000 to 52,000).", "Reckoned for 50,000 people.",
        "One unit of the effect counts 30.00 (25.00 – 35.00), the KPI “AOV”.", "The change costs 10,000 (typed).",
        "Less the cost: 20,000 (2,500 to 42,000).",
    ]  # fmt: skip


def test_no_evidence_claims_no_gain_and_a_cost_may_eat_a_proven_one():
    open_ = gain("no_evidence", (0.02, -0.01, 0.05), Worth(value=30), 100, 1_000)
    assert (open_.low, open_.high, open_.says) == (-300, 1_500, "open")
    told = money_told(verdict(open_, verdict="no_evidence", cost=100))
    assert told[0] == "In money: between −300 and 1,500 a year. Neither a gain nor a loss is shown."
    assert "600" not in " ".join(told)  # the middle
    eaten = gain("worked", (0.02, 0.01, 0.03), Worth(value=30), 500, 1_000)
    assert money_told(verdict(eaten, cost=500))[-1] == ("Less the cost: between −200 and 400. Whether it pays is open.")


ENDS = st.tuples(st.floats(-5, 5), st.floats(0.01, 5), st.floats(0.01, 5))


@given(ENDS, st.floats(0.1, 100), st.floats(0, 1), st.sampled_from(["worked", "no_evidence", "harmed"]))
def test_money_lies_on_the_side_of_the_effect_and_says_no_more_than_the_verdict(ends, price, spread, outcome):
    effect = (ends[0], ends[0] - ends[1], ends[0] + ends[2])
    worth = Worth(value=price, low=price * (1 - spread * 0.9), high=price * (1 + spread), origin="kpi")
    found = gain(outcome, effect, worth, None, 7.0)
    assert found.low <= found.value <= found.high
    assert (found.low > 0, found.high < 0) == (effect[1] > 0, effect[2] < 0)
    assert found.says == {"worked": "gain", "harmed": "loss"}.get(outcome, "open") or found.says == "open"
    for language in LANGUAGES:
        assert "{" not in " ".join(money_told(verdict(found, verdict=outcome, cost=3.0), language))
