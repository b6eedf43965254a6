"""Feelings from scores: formulas, scales, who counts how much, gaps, and the people behind them."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from desireline.analyze.feelings import emotion, feelings, members, scales
from desireline.analyze.narrowing import narrowed
from desireline.analyze.overlay import MapRequest
from desireline.analyze.overlay import members as people_in
from desireline.analyze.score_scales import guess
from desireline.errors import BadDrilldown
from desireline.model.counted import Voices
from desireline.model.definition import Definition
from desireline.model.journey_map import EmotionRecipe, Formula
from tests.scopes import make_scope

DAY = 86_400_000_000
NAMES = {"call": "Call", "csat_mail": "Mail", "shop": "Shop", "noise": "Noise"}


def scope_of(rows, **more):
    """Rows (unit, day, name, score or None)."""
    scores = [None if score is None else f"{float(score)}" for *_, score in rows]
    known = {name: NAMES[name] for _, _, name, _ in rows}
    made = make_scope(
        [(unit, int(day * DAY), name) for unit, day, name, _ in rows], known, columns={"@score": scores}, **more
    )
    touchpoints = [{"name": t, "match": [{"name": n}]} for n, t in known.items()]
    definition = Definition.model_validate({"version": 1, "touchpoints": touchpoints})
    return dataclasses.replace(made, definition=definition)


def voices(*names, scale=None, raw=False, recipe=None, **weights):
    return Voices(
        weights=tuple((name, weights.get(name, 1.0)) for name in names),
        scales=tuple((name, scale) for name in names) if scale else (),
        recipe=recipe or EmotionRecipe(),
        raw=raw,
    )


def felt(scope, one, previous=None):
    return feelings(scope, {"it": one}, previous)["it"]


@pytest.mark.parametrize(
    ("scale", "scores", "emotions"),
    [
        ("csat", [1, 2, 3, 4, 5], [-2, -1, 0, 1, 2]),
        ("ces", [1, 2.5, 4, 5.5, 7], [-2, -1, 0, 1, 2]),
        ("nps", [0, 2.5, 5, 7.5, 10], [-2, -1, 0, 1, 2]),
    ],
)
def test_the_formulas(scale, scores, emotions):
    assert emotion(np.array(scores, float), scale, EmotionRecipe()).tolist() == emotions


def test_an_edited_formula_is_cut_at_two():
    recipe = EmotionRecipe(nps=Formula(centre=8, divisor=1))
    assert emotion(np.array([0, 7.5, 9, 10.0]), "nps", recipe).tolist() == [-2, -0.5, 1, 2]


def test_a_person_counts_once_however_often_they_answer():
    rows = [("anna", d, "call", 1) for d in range(8)] + [("ben", 1, "call", 5), ("cleo", 2, "call", 4)]
    found = felt(scope_of(rows), voices("Call", scale="csat"))
    assert found.value == pytest.approx((-2 + 2 + 1) / 3)
    assert (found.n, found.people, found.by_scale) == (10, 3, {"csat": 10})
    assert found.last == dt.datetime(1970, 1, 8, tzinfo=dt.UTC)
    interval = ttest_1samp([-2, 2, 1], 0).confidence_interval(0.95)
    assert interval.low < -2
    assert interval.high > 2
    assert (found.low, found.high) == (-2, 2)  # no emotion lies outside


def test_the_interval_of_one_touchpoint_is_students():
    scores = [3, 4, 4, 5, 2, 4, 3, 4, 5, 3, 4, 4]
    found = felt(scope_of([(k, 1, "call", s) for k, s in enumerate(scores)]), voices("Call", scale="csat"))
    interval = ttest_1samp(np.array(scores) - 3, 0).confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(interval.low), pytest.approx(interval.high))


def test_weighted_touchpoints_have_people_as_clusters():
    """As weighted least squares of a constant with standard errors clustered by person."""
    rng = np.random.default_rng(5)
    rows = [(p, d, name, int(rng.integers(1, 6))) for p in range(30) for d, name in ((1, "call"), (2, "shop"))
            if rng.random() < 0.7]  # fmt: skip
    found = felt(scope_of(rows), voices("Call", "Shop", scale="csat", Shop=3.0))
    of = np.array([r[0] for r in rows])
    weights = np.array([3.0 if name == "shop" else 1.0 for _, _, name, _ in rows]) / np.bincount(of)[of]
    value = np.array([score - 3 for *_, score in rows])
    fit = sm.WLS(value, np.ones(len(rows)), weights=weights)
    # statsmodels' small-sample factor is m/(m-1) * (n-1)/(n-k), the last part of which is 1 for a constant
    done = fit.fit(cov_type="cluster", cov_kwds={"groups": of}, use_t=True)
    assert found.value == pytest.approx(float(done.params[0]))
    assert (found.low, found.high) == pytest.approx(tuple(done.conf_int(0.05)[0]))


def test_a_person_who_answers_at_two_touchpoints_counts_once():
    rows = [("anna", 1, "call", 5), ("anna", 1, "shop", 3), ("ben", 1, "call", 1)]
    scope = scope_of(rows)
    assert felt(scope, voices("Call", "Shop", scale="csat")).value == pytest.approx((1 - 2) / 2)
    weighted = felt(scope, voices("Call", "Shop", scale="csat", Shop=3.0))  # anna: 0.5 by a weight of 2, ben: by 1
    assert weighted.value == pytest.approx((0.5 * 2 - 2 * 1) / 3)


def test_scales_are_put_together_and_a_weight_of_zero_leaves_out():
    rows = [("anna", 1, "call", 5), ("ben", 1, "shop", 0), ("cleo", 1, "shop", 10)]
    one = voices("Call", "Shop")
    both = one.model_copy(update={"scales": (("Call", "csat"), ("Shop", "nps"))})
    found = felt(scope_of(rows), both)
    assert (found.value, found.by_scale) == (pytest.approx(2 / 3), {"csat": 1, "nps": 2})
    without = both.model_copy(update={"weights": (("Call", 1.0), ("Shop", 0.0))})
    assert felt(scope_of(rows), without).value == 2


def test_no_evidence_is_a_gap():
    scope = scope_of([("anna", 1, "call", None), ("ben", 1, "shop", 3)])
    assert felt(scope, voices("Call", scale="csat"))[:6] == (None, None, None, 0, 0, {})
    assert felt(scope, voices("Shop")).value is None  # one answer of 3 says no scale
    alone = felt(scope, voices("Shop", scale="csat"))
    assert (alone.value, alone.low, alone.high) == (0, None, None)


def test_answers_outside_the_scale_are_none():
    scope = scope_of([("anna", 1, "call", 4), ("ben", 1, "call", 9)])
    found = felt(scope, voices("Call", scale="csat"))
    assert (found.value, found.n) == (1, 1)
    assert people_in(scope, MapRequest(), found.cell).tolist() == [0]


def test_raw_means_are_of_one_scale():
    rows = [("anna", 1, "call", 9), ("ben", 1, "call", 10), ("cleo", 1, "csat_mail", 2)]
    found = felt(scope_of(rows), voices("Call", "Mail", raw=True))
    assert (found.value, found.scale, found.n) == (9.5, "nps", 2)
    assert found.cell == 'answers:{"Call":"nps"}'


def test_raw_means_by_part_and_against_the_period_before():
    rows = [(k, d, "call", s) for k, (d, s) in enumerate([(0, 5), (0, 4), (2, 1), (3, 2), (3, 4)])]
    before = scope_of([(k, 0, "call", s) for k, s in enumerate([2, 2, 2, 3])])
    found = felt(scope_of(rows), voices("Call", raw=True, scale="csat"), before)
    assert found.spark == (4.5, None, 1.0, 3.0)
    assert found.change is not None
    assert (found.change.before, round(found.change.difference, 6), found.change.changed) == (2.25, 0.95, False)


BAD_CELLS = ["answers", "answers:[]", 'answers:{"No":"csat"}', 'answers:{"Call":"stars"}', 'answers:{"Call":[1]}']


@pytest.mark.parametrize("cell", BAD_CELLS)
def test_cells_that_are_none(cell):
    with pytest.raises(BadDrilldown):
        people_in(scope_of([("anna", 1, "call", 4)]), MapRequest(), cell)


answered = st.tuples(
    st.integers(0, 4), st.integers(0, 5), st.sampled_from(list(NAMES)), st.sampled_from([None, 0, 1, 5, 7])
)


@settings(max_examples=40, deadline=None)
@given(st.lists(answered, max_size=20))
def test_the_people_behind_a_feeling(rows):
    rows = [*rows, (0, 0, "call", None), (0, 0, "shop", None)]
    scope = scope_of(rows)
    known = sorted({unit for unit, *_ in rows})
    found = felt(scope, voices("Call", "Shop", scale="csat"))
    asked = [(known.index(u), s) for u, _, name, s in rows if name in {"call", "shop"} and s in {1, 5}]
    assert (found.n, found.people) == (len(asked), len({u for u, _ in asked}))
    if found.cell is not None:
        assert np.flatnonzero(members(scope, found.cell)).tolist() == sorted({u for u, _ in asked})


GUESSES = [
    (["Survey"], {9: 1}, "nps"),
    (["Survey"], {0: 1, 3: 2}, "nps"),
    (["Survey"], {1: 3, 7: 7}, "ces"),
    (["Survey"], {1: 3, 5: 7}, "csat"),
    (["Survey"], {1: 3, 5: 6}, None),  # nine answers say too little
    (["Survey"], {11: 20}, None),
    (["Survey"], {-1: 20}, None),
    (["Survey"], {2.5: 20}, None),
    (["Survey"], {}, None),
    (["NPS survey"], {3: 1}, "nps"),
    (["csat_score"], {2.5: 1}, "csat"),
    (["orderCES"], {4: 1}, "ces"),
    (["Services"], {4: 1}, None),  # no word of its own
    (["CSAT"], {8: 1}, None),  # what is called CSAT cannot be 8
    (["CSAT or NPS"], {4: 30}, None),
]


@pytest.mark.parametrize(("texts", "answers", "scale"), GUESSES)
def test_guessing_a_scale(texts, answers, scale):
    assert guess(texts, answers) == scale


def test_scales_are_judged_on_everything_not_on_what_the_filters_leave():
    rows = [(k, 1, "call", 3) for k in range(5)] + [(9, 1, "call", 10), (10, 1, "csat_mail", 2)]
    scope = scope_of(rows)
    assert scales(scope) == {"Call": "nps", "Mail": "csat"}
    first = narrowed(scope, np.arange(scope.units) < 5)
    assert len(first.time) == 5
    assert scales(first) == {"Call": "nps", "Mail": "csat"}
    assert scales(scope_of(rows[:5])) == {}
