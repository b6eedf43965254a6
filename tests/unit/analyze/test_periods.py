"""Retention, life cycles and stickiness against tables made by hand, over changes of clocks and at midnight."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desireline.analyze import lifecycle, retention, stickiness
from desireline.analyze.calendars import calendar
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.model.question import Filters
from tests.scopes import make_scope

WARSAW = "Europe/Warsaw"
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def at(text, zone=WARSAW):
    moment = dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZoneInfo(zone))
    return (moment.astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1)


# Weeks from Monday 16 March to Sunday 12 April; clocks go forward on Sunday 29 March.
STORY = [
    ("ana", "03-17 10:00", "visit"), ("ana", "03-29 23:30", "visit"), ("ana", "03-30 00:00", "buy"),
    ("ben", "03-22 23:59:59.999999", "visit"), ("ben", "03-23 00:00", "visit"),
    ("cyd", "03-25 12:00", "visit"), ("cyd", "04-08 12:00", "buy"),
    ("dan", "03-23 00:00", "buy"),
    ("eva", "04-07 09:00", "buy"), ("eva", "04-07 10:00", "visit"), ("eva", "04-07 10:00", "buy"),
    ("fay", "04-08 09:00", "buy"), ("fay", "04-08 10:00", "visit"),
]  # fmt: skip
END = at("04-12 23:59:59.999999")


def story(until=END, zone=WARSAW, **more):
    return make_scope([(who, at(when), what) for who, when, what in STORY], zone=zone, until=until, **more)


def weekly(scope, **fields):
    return retention.answer(scope, retention.RetentionRequest(**{"period": "week", "periods": 3, **fields}))


def table(result):
    return {c.start.strftime("%m-%d"): (c.people, c.returned) for c in result.cohorts}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {
            "03-16": (2, [2, 2, 1, 0]), "03-23": (2, [2, 0, 1, None]), "03-30": (0, [0, 0, None, None]),
            "04-06": (2, [2, None, None, None]),
        }),
        ({"start_kind": "any"}, {
            "03-16": (2, [2, 2, 1, 0]), "03-23": (4, [4, 1, 1, None]), "03-30": (1, [1, 0, None, None]),
            "04-06": (3, [3, None, None, None]),
        }),
        ({"mode": "rolling"}, {
            "03-16": (2, [2, 2, 1, 0]), "03-23": (2, [2, 1, 1, None]), "03-30": (0, [0, 0, None, None]),
            "04-06": (2, [2, None, None, None]),
        }),
        ({"mode": "bracketed", "brackets": [1, 3]}, {
            "03-16": (2, [2, 2]), "03-23": (2, [2, 1]), "03-30": (0, [0, None]), "04-06": (2, [2, None]),
        }),
        # Who buys before the visit, as fay, does not return by that; eva's second purchase is a tie that arrives later.
        ({"start": "visit", "returning": "buy"}, {
            "03-16": (2, [0, 0, 1, 0]), "03-23": (1, [0, 0, 1, None]), "03-30": (0, [0, 0, None, None]),
            "04-06": (2, [1, None, None, None]),
        }),
        ({"start": "buy", "start_kind": "any"}, {
            "03-23": (1, [1, 0, 0, None]), "03-30": (1, [1, 0, None, None]), "04-06": (3, [3, None, None, None]),
        }),
    ],
)  # fmt: skip
def test_weeks_by_hand(fields, expected):
    assert table(weekly(story(), **fields)) == expected


def test_a_week_is_over_with_its_last_microsecond_and_what_is_not_over_counts_nowhere():
    over, open_ = weekly(story()), weekly(story(until=END - 1))
    assert table(over)["04-06"] == (2, [2, None, None, None])
    assert table(open_)["04-06"] == (2, [None, None, None, None])
    assert [(r.people, r.returned) for r in over.overall] == [(6, 6), (4, 2), (4, 2), (2, 0)]
    assert [(r.people, r.returned) for r in open_.overall] == [(4, 4), (4, 2), (2, 1), (0, 0)]
    assert (over.overall[1].share, open_.overall[3].share, open_.overall[3].low) == (0.5, None, None)
    # Wilson 1927 for 2 of 4.
    assert (over.overall[1].low, over.overall[1].high) == pytest.approx((0.1500, 0.8500), abs=5e-5)


def test_the_filter_ends_the_observation_when_it_ends_earlier():
    scope = story()
    cut = make_scope([(w, at(t), n) for w, t, n in STORY if t < "04-06"], zone=WARSAW, until=END)
    object.__setattr__(cut, "filters", Filters(until=dt.date(2026, 4, 5)))
    assert table(weekly(cut))["03-16"] == (2, [2, 2, 1, None])
    assert table(weekly(scope))["03-16"] == (2, [2, 2, 1, 0])


def test_the_zone_decides_which_week_it_is():
    utc = table(weekly(story(zone="UTC")))
    assert utc["03-16"] == (3, [3, 1, 0, None])  # ben's and dan's Monday midnights are still Sunday in UTC
    assert utc["03-23"] == (1, [1, 0, None, None])  # and its last week ends two hours later


def test_month_ends_by_hand():
    events = [("gus", "01-31 23:59:59.999999"), ("gus", "02-01 00:00"), ("hal", "02-28 09:00"), ("hal", "03-31 23:30"),
              ("hal", "04-01 00:00")]  # fmt: skip
    scope = make_scope([(w, at(t), "visit") for w, t in events], zone=WARSAW, until=at("04-30 23:59:59.999999"))
    assert table(weekly(scope, period="month")) == {"01-01": (1, [1, 1, 0, 0]), "02-01": (1, [1, 1, 1, None])}


def test_the_day_of_25_hours_is_one_day():
    times = ["10-24 12:00", "10-25 00:30", "10-25 23:30", "10-26 00:00"]
    scope = make_scope([("ivo", at(t), "visit") for t in times], zone=WARSAW)
    assert table(weekly(scope, period="day")) == {"10-24": (1, [1, 1, None, None])}
    later = make_scope([("ivo", at(t), "visit") for t in times], zone=WARSAW, until=at("10-27 00:00"))
    assert table(weekly(later, period="day")) == {"10-24": (1, [1, 1, 1, None])}


def test_a_day_that_the_zone_skipped_is_none():
    # Samoa went from Thursday 29 December 2011 straight to Saturday the 31st.
    apia = ZoneInfo("Pacific/Apia")
    times = [dt.datetime(2011, 12, day, 12, tzinfo=apia) for day in (29, 31)]
    events = [(1, (t.astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1), "visit") for t in times]
    scope = make_scope(events, zone="Pacific/Apia")
    assert [d.day for d in calendar(scope, "day").days] == [29, 31]
    (cohort,) = weekly(scope, period="day", periods=1).cohorts
    assert (cohort.start, cohort.people) == (dt.date(2011, 12, 29), 1)
    assert lifecycle.answer(scope, lifecycle.LifecycleRequest(period="day")).periods[1].returning == 1


def test_cohorts_by_what_the_start_event_has():
    scope = story(channels={"visit": "web"})
    result = weekly(scope, cohort="channel", periods=1)
    assert [(c.name, c.start, c.people, c.old_enough, c.returned) for c in result.cohorts] == [
        (None, None, 3, [3, 1], [3, 0]), ("web", None, 3, [3, 3], [3, 2]),
    ]  # fmt: skip
    request = retention.RetentionRequest(period="week", periods=1, cohort="channel")
    assert retention.members(scope, request, "cohort:0").tolist() == [3, 4, 5]
    assert retention.members(scope, request, "returned:[1,1]").tolist() == [0, 1]
    names = weekly(scope, cohort="event", top=1)
    assert ({c.name for c in names.cohorts}, [(c.kept, c.total) for c in names.cut]) == ({"visit", "@other"}, [(1, 2)])


def test_life_cycle_by_hand():
    periods = lifecycle.answer(story(), lifecycle.LifecycleRequest()).periods
    assert [(p.start.day, p.new, p.returning, p.resurrecting, p.dormant) for p in periods] == [
        (16, 2, 0, 0, 0), (23, 2, 2, 0, 0), (30, 0, 1, 0, 3), (6, 2, 0, 1, 1),
    ]  # fmt: skip
    last = lifecycle.answer(story(until=END - 1), lifecycle.LifecycleRequest()).periods[-1]
    assert (last.resurrecting, last.dormant, last.mature) == (1, None, False)
    buyers = lifecycle.answer(story(), lifecycle.LifecycleRequest(event="buy")).periods
    assert [(p.new, p.returning, p.dormant) for p in buyers] == [(0, 0, 0), (1, 0, 0), (1, 0, 1), (3, 0, 1)]
    assert lifecycle.members(story(), lifecycle.LifecycleRequest(), 'dormant:"2026-03-30"').tolist() == [1, 2, 3]
    assert lifecycle.proportions(lifecycle.answer(story(), lifecycle.LifecycleRequest()))[1][2:] == (1, 4)


def test_stickiness_by_hand():
    result = stickiness.answer(story(until=END - 1), stickiness.StickinessRequest())
    assert (result.start, result.mature, result.people_active) == (dt.date(2026, 3, 30), True, 1)
    assert [(b.days, b.people) for b in result.bars] == [(1, 1), *((n, 0) for n in range(2, 8))]
    assert [(p.people, p.average_days, p.mature) for p in result.periods] == [
        (2, 1.0, True), (4, 1.0, True), (1, 1.0, True), (3, 1.0, False),
    ]  # fmt: skip
    month = stickiness.answer(story(), stickiness.StickinessRequest(period="month"))
    assert (month.start, len(month.bars), month.people_active) == (dt.date(2026, 3, 1), 31, 4)
    assert [b.people for b in month.bars[:3]] == [2, 1, 1]  # cyd, dan; ben on two days; ana on three
    assert month.average_days == 7 / 4
    assert stickiness.members(story(), stickiness.StickinessRequest(period="month"), "days:3").tolist() == [0]


def test_before_any_period_is_over_the_running_one_is_shown():
    scope = make_scope([(1, at("03-17 10:00"), "visit")], zone=WARSAW)
    result = stickiness.answer(scope, stickiness.StickinessRequest())
    assert (result.mature, result.start, result.people_active) == (False, dt.date(2026, 3, 16), 1)
    assert weekly(scope).cohorts[0].returned == [None] * 4


def test_a_scope_without_events_answers_with_nothing():
    scope = make_scope([])
    assert (weekly(scope).cohorts, [r.people for r in weekly(scope).overall]) == ([], [0, 0, 0, 0])
    assert lifecycle.answer(scope, lifecycle.LifecycleRequest()).periods == []
    result = stickiness.answer(scope, stickiness.StickinessRequest())
    assert (result.start, result.people_active, result.bars, result.periods) == (None, 0, [], [])


@pytest.mark.parametrize(
    "fields",
    [
        {"periods": -1}, {"periods": 400}, {"brackets": [1, 3]}, {"mode": "bracketed", "brackets": []},
        {"mode": "bracketed", "brackets": [3, 3]}, {"mode": "bracketed", "brackets": [0, 1]}, {"cohort": "weather"},
        {"top": 0},
    ],
)  # fmt: skip
def test_nonsense_is_refused(fields):
    with pytest.raises(BadQuestion):
        weekly(story(), **fields)


def test_unknown_names_and_one_wrong_year_are_refused():
    for unknown in ("start", "returning"):
        with pytest.raises(UnknownStep):
            weekly(story(), **{unknown: "nowhere"})
    wrong = make_scope([(1, at("03-17 10:00"), "visit"), (2, -2_200_000_000_000_000, "visit")], zone=WARSAW)
    with pytest.raises(BadQuestion) as caught:
        weekly(wrong, period="day")
    assert caught.value.parameter == "period"
    assert len(weekly(wrong, period="month").cohorts) == 12 * (2026 - 1900)  # April 1900 to March 2026


@pytest.mark.parametrize(
    ("module", "request_", "cells"),
    [
        (retention, retention.RetentionRequest(periods=3),
         ["", "cohort", "cohort:4", "cohort:-1", "cohort:true", 'cohort:"a"', "cohort:[0]", "returned:[0]",
          "returned:0", "returned:[0,4]", "returned:[3,1]", "returned:[null,1]", "overall:4", "overall:null", "x:1",
          "returned:[0,"]),
        (lifecycle, lifecycle.LifecycleRequest(),
         ["", "new", "new:2026-03-16", 'new:"2026-03-17"', 'old:"2026-03-16"', 'new:["2026-03-16"]']),
        (stickiness, stickiness.StickinessRequest(),
         ["", "days", "days:0", "days:8", "days:true", 'active:"2026-03-17"', "active:1"]),
    ],
)  # fmt: skip
def test_cells_that_do_not_exist_are_refused(module, request_, cells):
    for cell in cells:
        with pytest.raises(BadDrilldown):
            module.members(story(), request_, cell)


def test_proportions_are_the_columns_of_everyone():
    result = weekly(story())
    assert [tuple(p) for p in retention.proportions(result)][1] == ("overall:1", "week 1", 2, 4)
    bars = stickiness.proportions(stickiness.answer(story(), stickiness.StickinessRequest()))
    assert tuple(bars[0]) == ("days:1", "1", 3, 3)
