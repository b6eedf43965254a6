"""Figures of a map's cells: by hand, against the twin and SQL, and each with the very people behind it."""

import dataclasses
import datetime as dt
import itertools
import statistics

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from desireline.analyze.map_figures import MARK, cell_of, change, figures, members
from desireline.analyze.map_things import edges
from desireline.analyze.overlay import MapRequest, measure
from desireline.analyze.overlay import members as people_in
from desireline.errors import BadDrilldown
from desireline.model.counted import Bound, Counted
from desireline.model.intervals import median_ranks, mover, newcombe, poisson, wilson
from desireline.model.question import Filters
from tests.mapped import DAY, MINUTE, RANK, TOUCHPOINTS, scope_of
from tests.twins import meetings as twin

# Until day 100, gap 30 days: whoever was last seen on day 70 or later is open.
PEOPLE = [
    ("anna", 1, "ad"), ("anna", 3, "page"), ("anna", 4, "call"), ("anna", 6, "buy"),
    ("ben", 2, "ad"), ("ben", 5, "call"), ("ben", 5.01, "call"), ("ben", 9, "call"), ("ben", 10, "ad"),
    ("cleo", 20, "call"),
    ("dora", 80, "page"), ("dora", 95, "call"),
    ("emil", 50, "banner"), ("emil", 51, "noise"), ("emil", 100, "ad"),
]  # fmt: skip
HELP = ("Call", "Page")


def bound(question, *touchpoints, **more):
    return Bound(question=question, touchpoints=touchpoints, **more)


BY_HAND = [
    # figure, value, n, of, who
    (bound("people", *HELP), 4, 4, None, "anna ben cleo dora"),
    (bound("people", "Banner"), 1, 1, None, "emil"),
    (bound("share", *HELP), 4 / 5, 4, 5, "anna ben cleo dora"),
    (bound("goes_on", *HELP), 1 / 4, 1, 4, "anna"),
    (bound("drop_off", *HELP), 2 / 4, 2, 4, "ben cleo"),
    (bound("open", *HELP), 1 / 4, 1, 4, "dora"),
    (bound("time", *HELP), 3 * 86400, 1, None, "anna"),
    (bound("loops", "Ad"), 1 / 3, 1, 3, "ben"),
    (bound("goes_on", "Banner"), 0, 0, 1, ""),  # no stage is later than none
    (bound("conversion", "Ad", to=("Call",)), 2 / 3, 2, 3, "anna ben"),
    (bound("conversion", "Call", to=("Call",)), 1 / 4, 1, 4, "ben"),  # the first call is not its own end
    (bound("time", "Ad", to=("Call",)), 3 * 86400, 2, None, "anna ben"),
    (bound("repeat", "Call", days=7), 1 / 3, 1, 3, "ben"),  # dora's week is not over
    (bound("repeat", "Ad", days=7), 0, 0, 2, ""),  # ben: after 8 days; emil: on the last day
    (bound("repeat", "Ad", days=8), 1 / 2, 1, 2, "ben"),
    (bound("trouble", *HELP), 2 / 4, 2, 4, "ben cleo"),  # ben calls again, cleo leaves; anna calls only once
    (Bound(question="drop_off", stage="Try"), 2 / 4, 2, 4, "ben cleo"),
    (Bound(question="people", stage="Own"), 1, 1, None, "anna"),
]


@pytest.mark.parametrize(("asked", "value", "n", "of", "who"), BY_HAND)
def test_figures_by_hand_and_the_people_behind_them(asked, value, n, of, who):
    scope = scope_of(PEOPLE)
    found = figures(scope, [asked])[asked]
    assert (found.value, found.n, found.of) == (pytest.approx(value), n, of)
    names = ["anna", "ben", "cleo", "dora", "emil"]
    assert [names[u] for u in people_in(scope, MapRequest(), found.cell)] == who.split()


def test_a_short_pause_is_no_sign_of_trouble():
    nearby = [("anna", 1, "call"), ("anna", 1.02, "call"), ("anna", 2, "buy"), ("zoe", 90, "banner")]
    apart = [("anna", 1, "call"), ("anna", 1.021, "call"), ("anna", 2, "buy"), ("zoe", 90, "banner")]
    asked = bound("trouble", "Call")
    assert figures(scope_of(nearby), [asked])[asked].n == 0  # 28 min 48 s
    assert figures(scope_of(apart), [asked])[asked].n == 1  # 30 min 14 s


def test_who_has_reached_a_closing_touchpoint_has_not_left():
    events = [("anna", 1, "page"), ("ben", 1, "page"), ("ben", 2, "call"), ("zoe", 90, "banner")]
    asked = [bound("trouble", "Page"), bound("drop_off", "Page")]
    open_end, closed_end = (figures(scope_of(events, ends=ends), asked) for ends in ([], ["Call"]))
    assert [open_end[b].n for b in asked] == [2, 2]
    assert [closed_end[b].n for b in asked] == [1, 2]


def test_coming_back_to_what_is_known_only_with_a_purchase_says_nothing():
    asked = bound("loops", "Ad")
    scope = scope_of(PEOPLE, caveat="known_only_with_purchase")
    found = figures(scope, [asked])[asked]
    assert (found.value, found.n, found.of) == (None, 0, 3)
    assert not members(scope, found.cell).any()


def test_what_the_definition_lacks_is_not_counted():
    asked = [bound("people", "Gone"), Bound(question="people", stage="Gone"), bound("conversion", "Ad", to=("Gone",))]
    assert figures(scope_of(PEOPLE), asked) == {}


def test_nobody_in_scope():
    asked = [bound(q, "Ad", **({"to": ("Buy",)} if q == "conversion" else {})) for q in MARK]
    found = figures(scope_of([]), asked, scope_of([]))
    assert {(b.question, f.value, f.n) for b, f in found.items()} == {
        (q, 0.0 if q == "people" else None, 0) for q in MARK
    }


BAD_CELLS = [
    "figure", "figure:", "figure:[]", 'figure:{"question":"people"}', 'figure:{"question":"people","stage":"No"}',
    'figure:{"question":"feedback","stage":"Try"}', 'figure:{"question":"people","touchpoints":["No"]}',
]  # fmt: skip


@pytest.mark.parametrize("cell", BAD_CELLS)
def test_cells_that_are_none(cell):
    with pytest.raises(BadDrilldown):
        people_in(scope_of(PEOPLE), MapRequest(), cell)


# --- properties --------------------------------------------------------------------------------------------

names = st.sampled_from(list(TOUCHPOINTS))
journeys = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 40).map(lambda q: q / 4), names), min_size=1, max_size=24
)
things = st.sets(st.sampled_from(["Ad", "Page", "Call", "Buy", "Banner"]), min_size=1).map(lambda s: tuple(sorted(s)))


def by_unit(scope):
    cuts = zip(scope.offsets[:-1], scope.offsets[1:], strict=True)
    return {
        u: [(int(scope.time[i]), scope.touchpoints.of(scope.code[i])) for i in range(a, b)]
        for u, (a, b) in enumerate(cuts)
    }


WORD = {"people": "met", "goes_on": "went on", "drop_off": "dropped", "open": "open", "loops": "looped",
        "repeat": "again", "trouble": "troubled", "conversion": "went on", "time": "went on"}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(journeys, things, things, st.sampled_from([1, 2, 5]), st.sampled_from([0, 3]))
def test_figures_and_their_people_are_as_the_twin_tells(events, thing, to, days, after):
    scope = scope_of(events, ends=["Buy"], gap_days=2.0, until=max(e[1] for e in events) + after)
    rules = {"stages": RANK, "closing": ["Buy"], "until": scope.until, "gap": scope.gap}
    asked = [bound(q, *thing) for q in ("people", "goes_on", "drop_off", "open", "loops", "time")]
    asked += [bound("repeat", *thing, days=days), bound("trouble", *thing, days=days)]
    asked += [bound(q, *thing, to=to) for q in ("conversion", "time")]
    for one, found in figures(scope, asked).items():
        is_judged = one.question in {"repeat", "trouble"}
        expected = twin.told(
            by_unit(scope), thing, to=one.to, days=days if is_judged else 0,
            pause=30 * MINUTE if one.question == "trouble" else 0, strict=one.question == "trouble", **rules,
        )  # fmt: skip
        who = [u for u, (words, _) in expected.items() if WORD[one.question] in words]
        assert found.n == len(who)
        assert np.flatnonzero(members(scope, found.cell)).tolist() == who
        if one.question == "time":
            waits = [wait for _, wait in expected.values() if wait is not None]
            assert found.value == (pytest.approx(statistics.median(waits) / 1e6) if waits else None)
        elif found.of is not None:
            assert found.of == sum("mature" in words for words, _ in expected.values())


@settings(max_examples=40, deadline=None)
@given(journeys)
def test_the_touchpoints_of_a_stage_are_the_stage(events):
    scope = scope_of(events, ends=["Buy"], gap_days=2.0)
    measured = measure(scope, MapRequest())
    for k, stage in enumerate(["See", "Try", "Own"]):
        together = tuple(sorted(name for name, at in RANK.items() if at == k))
        for question in ("people", "goes_on", "drop_off", "open", "loops", "time"):
            apart, whole = bound(question, *together), Bound(question=question, stage=stage)
            found = figures(scope, [apart, whole])
            assert found[apart]._replace(cell="") == found[whole]._replace(cell="")
        of = measured.stages[k]
        got = {q: figures(scope, [b := Bound(question=q, stage=stage)])[b] for q in ("goes_on", "drop_off", "time")}
        assert (got["goes_on"].n, got["drop_off"].n, got["goes_on"].of) == (of.goes_on, of.dropped, of.people)
        assert got["time"].value == of.median_seconds_to_later


@settings(max_examples=25, deadline=None)
@given(journeys, things)
def test_people_as_sql_counts_them(events, thing):
    scope = scope_of(events)
    table = pa.table({"unit": [e[0] for e in events], "name": [TOUCHPOINTS[e[2]] for e in events]})
    with duckdb.connect() as con:
        con.register("events", table)
        listed = ", ".join(f"'{name}'" for name in thing)
        sql = f"SELECT count(DISTINCT unit) FILTER (name IN ({listed})), count(DISTINCT unit) FROM events"
        people, everyone = con.sql(sql).to_arrow_table().to_pylist()[0].values()
    found = figures(scope, [bound("share", *thing)])
    assert [(f.n, f.of) for f in found.values()] == [(people, everyone)]


@settings(max_examples=25, deadline=None)
@given(journeys, things)
def test_parts_of_the_window_are_as_if_it_were_that_part(events, thing):
    scope = scope_of([*events, (0, 0.0, "noise"), (1, 10.0, "noise")])
    cuts = edges(scope)
    assert len(cuts) == 12  # eleven days
    found = figures(scope, [bound("people", *thing), bound("share", *thing), bound("goes_on", *thing)])
    people, share, goes_on = found.values()
    unit = np.repeat(np.arange(scope.units), np.diff(scope.offsets))
    inside = scope.touchpoints.codes_of(thing)[scope.code]
    for k, (a, b) in enumerate(itertools.pairwise(cuts)):
        there = (scope.time >= a) & (scope.time < b)
        met = len(np.unique(unit[there & inside]))
        assert people.spark[k] == met
        assert share.spark[k] == (pytest.approx(met / len(np.unique(unit[there]))) if there.any() else None)
    first = [min(scope.time[inside & (unit == u)]) for u in np.unique(unit[inside])]
    cohorts = np.histogram(first, cuts)[0]
    went = sum(n * s for n, s in zip(cohorts, goes_on.spark, strict=True) if s is not None)
    assert round(went) == goes_on.n
    assert [s is None for s in goes_on.spark] == [n == 0 for n in cohorts]


def test_the_window_is_what_the_filters_say():
    scope = scope_of(PEOPLE)
    assert len(edges(scope)) == 13
    days = Filters(since=dt.date(1970, 1, 1), until=dt.date(1970, 1, 4))
    assert edges(dataclasses.replace(scope, filters=days)).tolist() == [0, DAY, 2 * DAY, 3 * DAY, 4 * DAY]
    one = dataclasses.replace(scope, filters=Filters(since=dt.date(1970, 1, 1), until=dt.date(1970, 1, 1)))
    assert figures(one, [b := bound("people", "Ad")])[b].spark == ()


# --- intervals and changes ---------------------------------------------------------------------------------


def test_newcombe_as_published():
    low, high = newcombe(56, 70, 48, 80)  # Newcombe 1998, table II, row a, method 10
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert mover(0.8, wilson(56, 70), 0.6, wilson(48, 80)) == (low, high)


def test_the_ranks_that_bound_a_median():
    assert [median_ranks(n) for n in (5, 6, 10, 20, 100)] == [None, (1, 6), (2, 9), (6, 15), (40, 61)]
    for n in range(6, 60):
        low, high = median_ranks(n)
        covered = binom.cdf(high - 1, n, 0.5) - binom.cdf(low - 1, n, 0.5)
        narrower = binom.cdf(high - 2, n, 0.5) - binom.cdf(low, n, 0.5)
        assert covered >= 0.95 > narrower


def test_the_interval_of_a_median_is_of_order_statistics():
    waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50]
    events = [e for k, w in enumerate(waits) for e in ((k, 1, "ad"), (k, 1 + w, "buy"))]
    found = figures(scope_of(events), [b := bound("time", "Ad")])[b]
    assert (found.value, found.low, found.high) == (5.5 * 86400, 2 * 86400, 9 * 86400)


def test_a_share_has_changed_only_if_the_interval_says_so():
    now = Counted(0.8, "share", 56, 70, *wilson(56, 70), "")
    before = Counted(0.6, "share", 48, 80, *wilson(48, 80), "")
    found = change(now, before)
    assert found is not None
    assert (found.before, round(found.difference, 4), found.changed) == (0.6, 0.2, True)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.0524, 0.3339)
    few = change(Counted(0.8, "share", 4, 5, *wilson(4, 5), ""), Counted(0.6, "share", 3, 5, *wilson(3, 5), ""))
    assert few is not None
    assert not few.changed


def test_people_of_two_periods_are_two_counts():
    low, high = poisson(10)
    assert (round(low, 2), round(high, 2)) == (5.43, 18.41)  # Rao's score interval
    assert [(10 - end) ** 2 / end for end in (low, high)] == pytest.approx([1.959964**2] * 2)
    more = change(Counted(150, "people", 150, None, None, None, ""), Counted(100, "people", 100, None, None, None, ""))
    same = change(Counted(110, "people", 110, None, None, None, ""), Counted(100, "people", 100, None, None, None, ""))
    assert more is not None
    assert same is not None
    assert (more.changed, same.changed) == (True, False)


def test_a_period_without_an_answer_changes_nothing():
    before = scope_of([("zoe", 1, "banner")])
    found = figures(scope_of(PEOPLE), [bound("people", "Ad"), bound("goes_on", "Ad")], before)
    people, goes_on = found.values()
    assert people.change is not None
    assert (people.change.before, people.change.difference) == (0, 3)
    assert goes_on.change is None
    assert cell_of(bound("people", "Ad")) == 'figure:{"question":"people","touchpoints":["Ad"]}'
