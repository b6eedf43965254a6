"""Friction: counts by hand, hazards by statsmodels, planted truth found, and decoys and help left alone."""

import json

import numpy as np
import pytest
import statsmodels.api as sm

from desireline.analyze import friction, micro_conversions
from desireline.analyze.friction import FrictionRequest
from desireline.analyze.hazards import fitting, naive
from desireline.analyze.hazards.judging import false_discovery, shrunk, unevenness
from desireline.analyze.hazards.losing import After, Effect, lost
from desireline.analyze.hazards.risk import SINCE, STEPS
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import Setting
from tests.planted.friction import DAY, GOAL, World, planted, scope_of
from tests.scopes import make_scope


def ask(scope, **more):
    return friction.answer(scope, FrictionRequest(goal=GOAL, **more))


def flagged(result):
    return {f.touchpoint for f in result.findings if f.flagged}


def test_what_becomes_of_steps_by_hand():
    scope = make_scope(
        [(1, 0, "a"), (1, DAY, "b"), (1, 2 * DAY, "order"), (1, 3 * DAY, "a"),  # nothing counts after the goal
         (2, 0, "a"), (2, 40 * DAY, "phone call"),  # a silence of over 30 days; the second journey ends unobserved
         (3, 0, "a"), (3, DAY, "phone call"), (3, 2 * DAY, "b")],
        until=45 * DAY,
    )  # fmt: skip
    result = ask(scope)
    told = result.at_risk
    assert (told.steps, told.onward, told.converted, told.dropped, told.contacts, told.censored) == (7, 2, 1, 2, 1, 1)
    assert (result.journeys, result.contacts, result.enough) == (4, ["phone call"], False)
    rows = {(f.touchpoint, f.outcome): f for f in result.findings}
    assert len(rows) == 9
    assert (rows["a", "drop"].people, rows["a", "drop"].steps, rows["a", "drop"].events) == (3, 3, 1)
    assert rows["a", "drop"].expected == pytest.approx(3 * 1 / 3)
    assert (rows["b", "convert"].events, rows["b", "convert"].reason) == (1, "few_people")
    assert (rows["b", "convert"].raw_ratio, rows["phone call", "drop"].help_seeking) == (pytest.approx(4 / 2), True)


def test_people_behind_the_numbers():
    found = planted(1, World(people=400, helping=0.1))
    scope = scope_of(found)
    result = ask(scope)
    for f in result.findings[::7]:
        cell = json.dumps([f.touchpoint, f.channel])
        request = FrictionRequest(goal=GOAL)
        assert len(friction.members(scope, request, f"met:{cell}")) == f.people
        assert len(friction.members(scope, request, f"{f.outcome}:{cell}")) <= f.events
        if f.outcome == "convert":
            assert len(friction.members(scope, request, f"convert:{cell}")) == f.events
    for cell in ("met", "met:[1]", 'lost:["t00",null]', 'met:["order",null]'):
        with pytest.raises(BadDrilldown):
            friction.members(scope, FrictionRequest(goal=GOAL), cell)
    with pytest.raises(UnknownStep):
        ask(scope, contacts=["nobody"])
    with pytest.raises(BadQuestion):
        ask(scope, gap="long")


def test_hazards_are_those_of_statsmodels():
    scope = scope_of(planted(3, World(people=3000, types=6, frictions=2, factor=0.5, by_step=(0.1, 0.2), spread=0.5)))
    risk, _, _ = friction._risk(scope, FrictionRequest(goal=GOAL))
    steps = risk.steps(compared=True)
    found = fitting.fit(steps, risk.kinds, 2, met=False)
    used = np.flatnonzero(steps.outcome >= 0)
    person = np.searchsorted(scope.offsets, used, side="right") - 1
    columns = [steps.bins[0, used] == k for k in range(len(STEPS))]
    columns += [steps.bins[1, used] == len(STEPS) + k for k in range(len(SINCE))]
    columns += [steps.exposure[used] == k for k in range(1, 6)]
    design = np.column_stack(columns).astype(float)
    kept = design.sum(axis=0) > 100
    names = np.r_[np.full(len(STEPS) + len(SINCE), -1), np.arange(1, 6)][kept]
    rare = (design[:, ~kept] > 0).any(axis=1)
    steps.outcome[used[rare]] = -1
    found = fitting.fit(steps, risk.kinds, 2, met=False)
    for y in range(2):
        family = sm.families.Binomial(sm.families.links.CLogLog())
        model = sm.GLM(steps.outcome[used[~rare]] == y + 1, design[~rare][:, kept], family=family)
        oracle = model.fit(cov_type="cluster", cov_kwds={"groups": person[~rare]})
        own = names >= 0
        differences = found.now[y, 1:6] - found.now[y, 0]
        errors = [
            np.sqrt(found.robust[y, k, k] + found.robust[y, 0, 0] - 2 * found.robust[y, k, 0]) for k in range(1, 6)
        ]
        assert differences == pytest.approx(oracle.params[own], abs=0.02)
        assert errors == pytest.approx(oracle.bse[own], rel=0.03)


def test_a_sample_stands_for_everyone_though_the_first_people_are_unlike_the_rest(monkeypatch):
    """The information of a sample is used where there are many steps; people come with the most active first."""
    scope = scope_of(planted(3, World(people=4000, types=6, frictions=2, factor=0.5, by_step=(0.1, 0.2), spread=0.5)))
    risk, _, _ = friction._risk(scope, FrictionRequest(goal=GOAL))
    steps = risk.steps(compared=True)
    first = np.zeros(len(steps.outcome), np.bool_)
    first[: len(first) // 4] = True
    steps.outcome[first & (steps.outcome == 2)] = 0
    whole = fitting.fit(steps, risk.kinds, 2, met=False)
    monkeypatch.setattr(fitting, "MANY_ROWS", len(first) // 2)
    monkeypatch.setattr(fitting, "SAMPLE_ROWS", len(first) // 4)
    few, times = fitting._sampled(steps)
    assert times == pytest.approx(4, rel=0.1)
    assert (few.outcome == 2).sum() * times == pytest.approx((steps.outcome == 2).sum(), rel=0.2)
    sampled = fitting.fit(steps, risk.kinds, 2, met=False)
    known = np.sqrt(whole.model.diagonal(axis1=1, axis2=2))[:, 1:6]
    apart = (sampled.now - whole.now)[:, 1:6]
    assert np.abs(apart - apart.mean(axis=1, keepdims=True)).max() < 0.5 * known.max()  # a common shift tells nothing


def test_planted_frictions_are_found_and_nothing_else():
    scope = scope_of(planted(11, World(factor=0.6, on_drop=True)))
    result = ask(scope)
    assert flagged(result) == {"t00", "t01", "t02", "t03"}
    worst = [f for f in result.findings if f.flagged]
    assert [f.rank for f in worst] == list(range(1, len(worst) + 1))
    assert all(f.low < 0.6 < f.high and f.hazard_ratio < f.shrunk < 1 for f in worst if f.outcome == "convert")
    assert {f.grade for f in result.findings} == {"C"}


def test_nothing_is_found_where_nothing_is():
    world = World(by_step=(0.02, 0.05, 0.1), spread=0.8, burst=0.3, intent=0.5)
    assert [flagged(ask(scope_of(planted(seed, world)))) for seed in (1, 2)] == [set(), set()]


def test_decoys_that_the_less_willing_meet_are_left_alone():
    scope = scope_of(planted(5, World(decoys=5, tilt=0.7, intent=0.7)))
    result = ask(scope)
    assert not flagged(result) & {f"t{k}" for k in range(35, 40)}
    raw = {f.touchpoint: f.raw_ratio for f in result.findings if f.outcome == "convert"}
    assert all(raw[f"t{k}"] < 0.75 for k in range(35, 40))
    naive_rows = micro_conversions.answer(scope, micro_conversions.MicroConversionsRequest(goal=GOAL)).rows
    met, won = (np.array([getattr(r, x) for r in naive_rows]) for x in ("before_goal", "converted_with"))
    seen = naive.Seen(met, won, scope.units, result.at_risk.converted)
    accused = {naive_rows[k].name for k in np.flatnonzero(naive.journey_g_test(seen) < 0.05)}
    assert accused >= {f"t{k}" for k in range(35, 40)}
    assert {naive_rows[k].name for k in naive.lowest_odds(seen)} >= {f"t{k}" for k in range(35, 40)}


def test_help_is_no_obstacle():
    scope = scope_of(planted(7, World(factor=0.5, types=12, frictions=2)))
    result = ask(scope, contacts=["t00"])
    (found,) = [f for f in result.findings if f.touchpoint == "t00" and f.outcome == "convert"]
    assert (found.help_seeking, found.flagged, found.rank) == (True, False, None)
    assert found.q < 0.05
    assert flagged(result) == {"t01"}


def test_unevenness_and_shrinkage():
    draw = np.random.default_rng(0)
    z = draw.normal(size=60)
    z[:6] = 8
    assert unevenness(z) == 1.0
    assert unevenness(4 * draw.normal(size=60)) == pytest.approx(16, rel=0.5)
    assert shrunk(np.array([1.0, -1.0]), np.array([0.5, 0.5])) == pytest.approx([0.75, -0.75])
    assert false_discovery(np.array([0.005, 0.009, 0.05, 0.2])) == pytest.approx([0.018, 0.018, 0.2 / 3, 0.2])


def test_baselines_by_hand():
    seen = naive.Seen(np.array([40, 50]), np.array([10, 25]), 100, 50)
    assert naive.odds_ratios(seen) == pytest.approx([11 * 21 / (31 * 41), 1.0])
    g = 2 * sum(o * np.log(o / e) for o, e in ((10, 20), (30, 20), (40, 30), (20, 30)))
    assert naive.journey_g_test(seen)[1] == pytest.approx(1.0)
    assert naive.journey_g_test(seen)[0] == pytest.approx(2 * _chi_tail(g))


def _chi_tail(value):
    from scipy.stats import chi2

    return chi2.sf(value, 1)


def test_goals_lost_at_a_touchpoint_by_hand():
    """60 goals at .6 are 40 too few, half of which come later; 90 ends at 1.5 are 30 too many, half on the way."""
    seen = After(converted=60, dropped=90, later=0.5, back=0.0)
    found = lost(seen, Effect(np.log(0.6), 0.1), Effect(np.log(1.5), 0.2))
    assert found.goals == pytest.approx(40 * 0.5 + 30 * 0.5)
    half = 1.959964 * np.hypot(60 * 0.5 / 0.6 * 0.1, 90 * 0.5 / 1.5 * 0.2)
    assert (found.low, found.high) == pytest.approx((found.goals - half, found.goals + half), rel=1e-5)
    assert lost(seen, Effect(0.0, 0.1), Effect(0.0, 0.2)).goals == 0


def test_goals_lost_in_the_simulator_are_those_that_the_same_people_would_have_reached():
    world = simulated(Setting("medium", 10_000, 7))
    asked = FrictionRequest(goal=world.goal)
    told = {one.touchpoint: one for one in friction.answer(world.scope, asked).lost}
    true = {name: loss.share * told[name].people for name, loss in world.losses.items()}
    assert sum(told[name].goals for name in true) == pytest.approx(sum(true.values()), rel=0.25)
    assert sum(told[name].low <= true[name] <= told[name].high for name in true) >= 3
    assert set(list(told)[:6]) >= set(true) - {"Search"}
