"""What is at stake: planted hindrance, who is compared with whom, money, and what it refuses to say."""

from dataclasses import replace

import numpy as np
import pytest

from desireline.analyze.stakes import StakesRequest, answer, members
from desireline.analyze.stakes.covariates import before
from desireline.analyze.stakes.meeting import befallen, compared, journeys
from desireline.analyze.stakes.outcomes import reached, scores
from desireline.errors import BadDrilldown, BadQuestion
from tests.planted.hindrance import hindered
from tests.scopes import make_scope

DAY = 86_400_000_000


def scope_of(events, **more):
    return make_scope(events, columns={"@score": more.pop("scores", [None] * len(events))}, **more)


def trouble(**fields):
    return StakesRequest(goal="order", touchpoint="trouble", **fields)


@pytest.fixture(scope="module")
def plain():
    planted = hindered(2500, 3, factor=0.1)
    return planted, scope_of(planted.events)


def test_planted_loss_is_within_the_interval_and_the_plain_gap_is_not(plain):
    planted, scope = plain
    found = answer(scope, trouble(value=50.0))
    goal = found.effects[0]
    assert goal.low <= planted.lost <= goal.high
    assert goal.low > 0
    assert not goal.low <= goal.naive <= goal.high
    assert found.grade == "C"
    assert "Grade C" in found.sentences[-1]
    assert not any("cause" in sentence for sentence in found.sentences)


def test_money_is_people_times_loss_times_value(plain):
    _, scope = plain
    found = answer(scope, trouble(value=50.0, fixable=0.5))
    goal, money = found.effects[0], found.money
    met = sum(scope.event_names.of(c) == "trouble" for c in scope.code.tolist())
    assert found.met == met
    assert found.per_year == pytest.approx(met * 365.25 / found.days)
    assert money.per_year.estimate == pytest.approx(found.per_year * goal.loss * 50 * 0.5)
    assert money.per_year.high == pytest.approx(found.per_year * goal.high * 50 * 0.5)
    assert money.naive_per_year > 3 * money.per_year.high


def test_without_an_effect_nothing_is_told_and_a_hidden_confounder_is_weaker_told_than_it_is():
    """Keen people meet trouble 2.7 times as often; unseen, a gain that needs less than 2.7 to vanish."""
    none = answer(scope_of(hindered(2000, 6, factor=1.0).events), trouble())
    assert none.effects[0].low <= 0 <= none.effects[0].high
    assert "no difference" in none.sentences[0]
    unseen = answer(scope_of(hindered(2000, 6, factor=1.0, seen=False).events), trouble())
    assert unseen.grade == "C"
    assert 1 < unseen.effects[0].e_value_low < unseen.effects[0].e_value < 2.7
    assert "nothing is lost" in unseen.sentences[0]


def test_others_are_as_far_on_and_did_neither(plain):
    """Each of the others has as many events before as one who met it, and neither it nor the goal up to then."""
    _, scope = plain
    known = journeys(scope, trouble())
    chosen = compared(scope, trouble(), known, befallen(scope, trouble(), known))
    steps = chosen.at - known.offsets[chosen.unit]
    assert set(steps[~chosen.exposed]) <= set(steps[chosen.exposed])
    for unit, at in zip(chosen.unit[~chosen.exposed].tolist(), chosen.at[~chosen.exposed].tolist(), strict=True):
        past = [scope.event_names.of(c) for c in scope.code[known.offsets[unit] : at + 1].tolist()]
        assert not {"trouble", "order"} & set(past)


def test_what_happens_from_the_moment_on_changes_no_covariate(plain):
    _, scope = plain
    known = journeys(scope, trouble())
    chosen = compared(scope, trouble(), known, befallen(scope, trouble(), known))
    nothing = np.full(len(scope.code), np.nan)
    past = before(scope, scope.event_names, known, chosen, nothing)
    backwards = known.code.copy()
    for unit, at in zip(chosen.unit[chosen.exposed].tolist(), chosen.at[chosen.exposed].tolist(), strict=True):
        rest = slice(at + 1, known.offsets[unit + 1])
        backwards[rest] = backwards[rest][::-1]
    assert (backwards != known.code).sum() > 100
    changed = before(scope, scope.event_names, replace(known, code=backwards), chosen, nothing)
    assert np.array_equal(past.columns[chosen.exposed], changed.columns[chosen.exposed])


def test_value_and_satisfaction_after_it():
    """Everyone orders; who met trouble pays 10 less and scores 2 of 5 points less, by construction."""
    events, values, scores = [], [], []
    for unit in range(240):
        met = unit % 3 == 0
        journey = [("home", None, None), ("trouble" if met else "list", None, None)]
        if unit % 8:
            journey += [("order", 40.0 - 10 * met + unit % 5, None), ("CSAT", None, str(5 - 2 * met - unit % 2))]
        for at, (name, value, score) in enumerate(journey):
            events.append((unit, unit % 7 * DAY + at, name))
            values.append(np.nan if value is None else value)
            scores.append(score)
    found = answer(scope_of(events, values=values, scores=scores), trouble())
    by_outcome = {e.outcome: e for e in found.effects}
    assert list(by_outcome) == ["goal", "value", "satisfaction"]
    assert by_outcome["value"].loss == pytest.approx(10 * 7 / 8, abs=2.5)
    assert by_outcome["satisfaction"].loss == pytest.approx(0.5, abs=0.05)
    assert found.money.value_from == "measured"
    assert found.money.value == pytest.approx(np.nanmean(values))


def test_a_declared_scale_comes_before_what_scores_let_guess():
    """Fives of ten are not the best answer; a plain number and what lies outside its scale are none."""
    given = [("5", "csat_10"), ("1", "csat_10"), ("1", "thumbs"), ("5", "number"), ("9", "csat_7"), ("5", None),
             ("3", None)]  # fmt: skip
    events = [(unit, unit, "CSAT") for unit in range(len(given))]
    columns = {"@score": [score for score, _ in given], "@scale": [scale for _, scale in given]}
    found = scores(make_scope(events, columns=columns), trouble())
    assert found.tolist() == pytest.approx([4 / 9, 0, 1, np.nan, np.nan, 1, 0.5], nan_ok=True)


def test_within_leaves_out_whom_it_cannot_judge():
    """Of 60 who met it, ten met it less than a day before the end; orders after more than a day do not count."""
    events = []
    for unit in range(160):
        start = 10 * DAY if unit < 10 else unit % 5 * DAY
        events += [(unit, start, "home"), (unit, start + 1, "trouble" if unit < 60 else "list")]
        events += [(unit, start + 2 + (3 * DAY if unit % 4 else 0), "order")] if unit >= 10 and unit % 2 else []
    scope = scope_of(events, until=10 * DAY + 1000)
    request = trouble(within="1d")
    known = journeys(scope, request)
    chosen = compared(scope, request, known, befallen(scope, request, known))
    assert chosen.total == 50
    assert not reached(known, chosen, request).any()
    assert reached(known, chosen, trouble()).sum() > 25


@pytest.mark.parametrize(
    ("units", "reason"), [(0, "nobody_met_it"), (20, "few_met_it"), (150, "few_others"), (60, "few_reach_goal")]
)
def test_too_little_is_an_answer(units, reason):
    events = [(u, u, "home") for u in range(160)]
    events += [(u, 1000 + u, "trouble" if u < units else "list") for u in range(160)]
    events += [(999, 0, "list"), (999, 1, "order"), (999, 2, "trouble")]
    found = answer(scope_of(events), trouble())
    assert (found.enough, found.reason, found.grade, found.effects) == (False, reason, "D", [])
    assert len(found.sentences) == 1


def test_nobody_to_compare_with_where_everyone_meets_it_in_the_end():
    """All meet trouble at their second or third event, two in three of the others right after their moment."""
    events = []
    for unit in range(300):
        names = ["home", "trouble", "list"] if unit % 2 else ["home", "list", "trouble"]
        events += [(unit, unit + at, name) for at, name in enumerate([*names, *(["order"] if unit % 3 else [])])]
    found = answer(scope_of(events), trouble())
    assert (found.later, found.reason, found.effects) == (1.0, "most_meet_it", [])
    half = [*events, *((unit, unit + at, name) for unit in range(300, 400)
                       for at, name in enumerate(["home", "list", *(["order"] if unit % 3 else [])]))]  # fmt: skip
    found = answer(scope_of(half), trouble())
    assert 0.5 < found.later < 0.8
    assert (found.enough, found.grade) == (True, "D")


def test_people_behind_the_numbers(plain):
    _, scope = plain
    found = answer(scope, trouble())
    assert len(members(scope, trouble(), "met")) == found.met
    assert len(members(scope, trouble(), "met_reached")) == found.met_reached
    drawn = members(scope, trouble(), "compared")
    assert not set(members(scope, trouble(), "compared_reached")) - set(drawn)
    with pytest.raises(BadDrilldown):
        members(scope, trouble(), "nobody")


def test_touchpoint_of_the_goal_is_refused(plain):
    with pytest.raises(BadQuestion):
        answer(plain[1], StakesRequest(goal="order", touchpoint="order"))


SECOND = 1_000_000


def raging(units, **more):
    """All click once on day 0; the odd ones in anger on day 1, the others once; every third orders on day 2."""
    events = []
    for unit in range(units):
        events += [(unit, unit * 1000 + 7, "home"), (unit, 60 * SECOND + unit, "click")]
        bursts = [0, SECOND // 5, SECOND // 3] if unit % 2 else [0]
        events += [(unit, DAY + unit + wait, "click") for wait in bursts]
        events += [(unit, 2 * DAY + unit, "order")] if unit % 3 == 0 else []
        events += [(unit, 3 * DAY + 5 * SECOND + wait, "click") for wait in bursts] if unit % 5 == 0 else []
    return scope_of(events, **more)


def test_an_obstacle_is_dated_by_the_moment_it_befell_and_not_by_the_first_visit():
    scope, asked = raging(200), StakesRequest(goal="order", touchpoint="click", obstacle="rage_click")
    known = journeys(scope, asked)
    exposure = befallen(scope, asked, known)
    assert np.array_equal(np.flatnonzero(exposure.met), np.arange(1, 200, 2))
    chosen = compared(scope, asked, known, exposure)
    days = known.time[chosen.at] // DAY
    assert (days[chosen.exposed] == 1).all()
    assert ((chosen.at - known.offsets[chosen.unit])[chosen.exposed] == 2).all()
    spared = set(zip(chosen.unit[~chosen.exposed].tolist(), days[~chosen.exposed].tolist(), strict=True))
    late = {(u, 3) for u in range(0, 200, 10) if u % 3}
    assert spared == {(u, 0) for u in range(200)} | {(u, 1) for u in range(0, 200, 2)} | late
    assert chosen.later == pytest.approx(100 / (~chosen.exposed).sum())


def test_grade_c_needs_an_obstacle_that_does_not_hang_on_who_stays():
    """Of 400 who click, half by chance meet an error: comparable. Who comes back to a page stayed for it."""
    events, draw = [], np.random.default_rng(4)
    for unit in range(400):
        failed, start = draw.random() < 0.5, int(draw.integers(5)) * DAY + int(draw.integers(3600)) * SECOND
        names = ["home", "click", *(["error"] if failed else []), *(["call"] * int(draw.integers(3)))]
        names += ["order"] if draw.random() < (0.3 if failed else 0.6) else []
        events += [(unit, start + at * SECOND + 17, name) for at, name in enumerate(names)]
    scope = scope_of(events, until=60 * DAY)
    failing = answer(scope, StakesRequest(goal="order", touchpoint="click", obstacle="error_after_click"))
    assert failing.grade == "C"
    assert failing.effects[0].low <= 0.3 <= failing.effects[0].high
    dropped = answer(scope, StakesRequest(goal="order", touchpoint="call", obstacle="self_loop"))
    assert dropped.grade == "D"
