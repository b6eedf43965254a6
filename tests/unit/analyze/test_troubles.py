"""Troubles that begin and end: what was planted is found with its dates and segment, and nothing else is."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.scanning.seasons import expected
from desireline.analyze.troubles import TroublesRequest, answer, members
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.kernels.scan import Scanning, Series, scan
from desireline.kernels.visits import KINDS, Watch, visits
from tests.planted import time as planted
from tests.planted.time import Outage
from tests.scopes import make_scope, sequences
from tests.twins import time as twins

BEGIN = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
BIN = dt.timedelta(days=1)


def asked(seed, people=10_000, *, bare=False, goal=None, **fields):
    events = planted.journeys(seed, people, **fields)
    return answer(planted.scope_of(events, days=fields.get("days", 60), bare=bare), TroublesRequest(goal=goal))


def days(k):
    return BEGIN + dt.timedelta(days=k)


class TestPlanted:
    def test_an_outage_on_one_platform(self):
        (trouble,) = asked(4, outages=[Outage(planted.PAY, planted.ORDER, 30, 32, "ios")]).troubles
        assert (trouble.kind, trouble.touchpoint, trouble.onward) == ("conversion", "Pay", "Order")
        assert trouble.segment == {"platform": "ios"}
        assert abs(trouble.from_ - days(30)) <= BIN
        assert abs(trouble.to - days(32)) <= BIN
        assert trouble.share_during < trouble.low + 0.2 < trouble.share_usual
        assert (trouble.running, trouble.p <= 0.05) == (False, True)

    def test_a_loop_for_everyone_is_told_once(self):
        (trouble,) = asked(5, outages=[Outage(planted.BASKET, planted.CHECKOUT, 40, 42, None, loop=True)]).troubles
        assert (trouble.kind, trouble.touchpoint, trouble.segment, trouble.onward) == ("loop", "Basket", {}, None)
        assert abs(trouble.from_ - days(40)) <= BIN
        assert abs(trouble.to - days(42)) <= BIN

    def test_one_that_is_still_on(self):
        result = asked(6, outages=[Outage(planted.PAY, planted.ORDER, 56, 99, "web")], goal="Order")
        first = result.troubles[0]
        assert (first.running, first.touchpoint, first.segment) == (True, "Pay", {"platform": "web"})
        assert first.to == days(60) - dt.timedelta(microseconds=1)
        assert result.running == sum(t.running for t in result.troubles)

    def test_without_properties_it_is_everyone(self):
        (trouble,) = asked(7, bare=True, outages=[Outage(planted.PAY, planted.ORDER, 30, 33)]).troubles
        assert (trouble.touchpoint, trouble.segment) == ("Pay", {})

    @pytest.mark.parametrize(
        "fields",
        [
            {"growth": 4.0, "season": 1.0},
            {"improved": ("ios", 30)},
            {"changes": [planted.Change(planted.PAY, planted.ORDER, 0.4, 25)]},
        ],
    )
    def test_growth_seasons_and_lasting_changes_are_none(self, fields):
        assert sum(bool(asked(seed, **fields).troubles) for seed in range(4)) <= 1

    def test_people_behind_a_trouble(self):
        events = planted.journeys(4, outages=[Outage(planted.PAY, planted.ORDER, 30, 32, "ios")])
        scope, request = planted.scope_of(events), TroublesRequest()
        (trouble,) = answer(scope, request).troubles
        everyone, hit = (members(scope, request, f"trouble:0{part}") for part in ("", ":hit"))
        assert (len(everyone), len(hit)) == (trouble.people, trouble.hit)
        assert set(hit) <= set(everyone)
        ends = [moment.timestamp() * 1e6 for moment in (trouble.from_, trouble.to)]
        there = (events.place == planted.PAY) & (events.platform == 1) & (events.time >= ends[0])
        persons = np.unique(events.person)
        assert set(persons[everyone]) <= set(events.person[there & (events.time < ends[1])])
        for cell in ("trouble:1", "trouble:x", "trouble:0:miss", "loop:0"):
            with pytest.raises(BadDrilldown):
                members(scope, request, cell)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([(u, u * 1_000_000, "a") for u in range(300)], "short_span"),
        ([(u, u * planted.DAY, "a") for u in range(50)], "few_events"),
    ],
)
def test_too_little_is_said(events, reason):
    result = answer(make_scope(events), TroublesRequest())
    assert (result.enough, result.reason, result.troubles) == (False, reason, [])


def test_what_makes_no_sense_is_refused():
    scope = make_scope([(u, u * planted.DAY, "a") for u in range(50)])
    with pytest.raises(UnknownStep):
        answer(scope, TroublesRequest(goal="nowhere"))
    for wrong in ({"by": ["weather"]}, {"within": "soon"}):
        with pytest.raises(BadQuestion):
            answer(scope, TroublesRequest(**wrong))


def test_a_trouble_makes_no_season_of_itself():
    """Eight weeks of 10 in 100 on every day, but one Tuesday with all: Tuesdays are expected to be as other days."""
    n, o = np.full((1, 56), 100, np.int32), np.full((1, 56), 10, np.int32)
    o[0, 29] = 100
    assert expected(n, o, 7, 1)[0] == pytest.approx(np.full(56, 10.0), rel=0.2)


def test_a_stretch_against_both_sides():
    """Fewer in bins 20 to 22 only; a level that stays lower is none."""
    n = np.full((2, 60), 100.0)
    dip, step = np.full(60, 60.0), np.where(np.arange(60) < 30, 60.0, 30.0)
    dip[20:23] = 20
    series = Series(n, np.stack((dip, step)), n * 0.6, np.array([False, False]))
    best = scan(series, Scanning(np.arange(1, 11), 20, 7))
    assert best[0, 1:].tolist() == [20, 23]
    # 60 of 300 against 1,200 of 2,000: the root of twice the log likelihood ratio, by hand.
    assert best[0, 0] == pytest.approx(13.1, abs=0.3)
    assert best[1, 0] < 1


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), min_size=1, max_size=9), min_size=1, max_size=4
    ),
    st.integers(0, 6),
)
def test_visits_as_the_twin_has_them(drawn, soon):
    scope = make_scope([(u, t, "abc"[x]) for u, one in enumerate(drawn) for x, t in one])
    names = scope.event_names.names
    goal = np.array([name == "c" for name in names])
    target, within = np.full((KINDS, len(names)), -1, np.int32), np.full((KINDS, len(names)), soon, np.int64)
    target[0], target[1], target[4] = np.arange(len(names)), 0, 0
    counted, hit = visits(
        scope.offsets, scope.time, scope.code, Watch(scope.event_names.table, goal, target, within), 28
    )  # fmt: skip
    walks = sequences(scope, scope.event_names.table)
    goals = [[(t, place) for place, (x, t) in enumerate(walk) if goal[x]] for walk in walks]
    wanted = [[None if y < 0 else int(y) for y in row] for row in target]
    told = twins.visits(walks, goals, wanted, within.tolist(), 28)
    bits = ([{k for k in range(KINDS) if v >> k & 1} for v in row.tolist()] for row in (counted, counted & hit))
    assert tuple(bits) == told
