"""Funnels on journeys small enough to count by hand, and what they refuse."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desireline.analyze import drilldown, funnel
from desireline.analyze.funnel import FunnelRequest
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from tests.scopes import make_scope

SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000
WARSAW = ZoneInfo("Europe/Warsaw")


def ask(scope, steps, **fields):
    return funnel.answer(scope, FunnelRequest(steps=steps, **fields))


def people(scope, steps, **fields):
    return [s.people for s in ask(scope, steps, **fields).steps]


def steps(scope, names, within=None):
    return ask(scope, names, within=within).steps


def journey(text, unit=1):
    """A unit whose events, a letter each, are an hour apart; a dot is an hour without one."""
    return [(unit, at * HOUR, letter) for at, letter in enumerate(text) if letter != "."]


def local(*moment):
    """µs UTC of a local time in Warsaw."""
    return int(dt.datetime(*moment, tzinfo=WARSAW).timestamp()) * SECOND


def test_funnel_takes_any_chain_not_only_that_of_the_first_event():
    # The visit on day 0 is too early for the purchase on day 8; the visit on day 3 is not.
    scope = make_scope([(1, 0, "visit"), (1, 3 * DAY, "visit"), (1, 8 * DAY, "buy"), (2, 0, "visit")])
    reached = steps(scope, ["visit", "buy"], "7d")
    assert [s.people for s in reached] == [2, 1]
    assert reached[1].median_seconds_from_first == 5 * 86_400
    assert (reached[0].share_of_previous, reached[1].share_of_previous, reached[1].share_of_first) == (1.0, 0.5, 0.5)


@pytest.mark.parametrize(("after", "people"), [(7 * DAY - 1, 1), (7 * DAY, 1), (7 * DAY + 1, 0)])
def test_funnel_window_ends_exactly_at_its_edge(after, people):
    scope = make_scope([(1, 0, "visit"), (1, after, "buy")])
    assert steps(scope, ["visit", "buy"], "7d")[1].people == people


def test_funnel_needs_two_events_for_a_step_named_twice_and_keeps_ties_in_arrival_order():
    once, twice = make_scope([(1, 5, "call")]), make_scope([(1, 5, "call"), (1, 5, "call")])
    assert [s.people for s in steps(once, ["call", "call"])] == [1, 0]
    assert [s.people for s in steps(twice, ["call", "call"])] == [1, 1]
    tied = make_scope([(1, 5, "b"), (1, 5, "a")])
    assert [s.people for s in steps(tied, ["a", "b"])] == [1, 0]
    assert [s.people for s in steps(tied, ["b", "a"])] == [1, 1]


def test_funnel_middle_step_must_lie_between():
    scope = make_scope([(1, 0, "b"), (1, 1, "a"), (1, 2, "c"), (1, 3, "b")])
    assert [s.people for s in steps(scope, ["a", "b", "c"])] == [1, 1, 0]


def test_funnel_of_thirty_two_steps():
    names = [f"s{k}" for k in range(32)]
    scope = make_scope([(1, k * SECOND, name) for k, name in enumerate(names)])
    reached = steps(scope, names)
    assert [s.people for s in reached] == [1] * 32
    assert [s.median_seconds_from_first for s in reached] == list(range(32))
    with pytest.raises(BadQuestion):
        steps(scope, [*names, "s0"])


def test_funnel_members_are_the_people_counted():
    scope = make_scope([("x", 0, "a"), ("x", 1, "b"), ("y", 0, "a"), ("z", 0, "b")])
    request = funnel.FunnelRequest(steps=["a", "b"])
    assert funnel.members(scope, request, "step:1").tolist() == [0, 1]
    assert funnel.members(scope, request, "dropped:2").tolist() == [1]
    assert funnel.members(scope, request, "dropped:1").tolist() == [2]
    name, asked = drilldown.question_of(funnel.answer(scope, request).drilldown)
    assert (name, funnel.FunnelRequest.model_validate(asked)) == ("funnel", request)


@pytest.mark.parametrize("cell", ["", "step:0", "step:3", "step:1x", "dropped:", "step:-1", "step:²"])
def test_funnel_refuses_cells_that_do_not_exist(cell):
    with pytest.raises(BadDrilldown):
        funnel.members(make_scope([(1, 0, "a")]), funnel.FunnelRequest(steps=["a", "a"]), cell)


def test_one_event_is_a_funnel_of_one_step_in_every_order():
    scope = make_scope([(1, 5, "a"), (2, 5, "b")])
    for order in ("ordered", "strict", "any"):
        result = ask(scope, ["a", "b"], order=order, trend="day")
        assert [s.people for s in result.steps] == [1, 0]
        first, second = result.steps
        assert (first.median_seconds_from_first, first.median_seconds_from_previous) == (0.0, 0.0)
        assert (second.median_seconds_from_first, second.p90_seconds_from_previous) == (None, None)
        assert [(p.start, p.people) for p in result.periods] == [(dt.date(1970, 1, 1), [1, 0])]
        assert result.times[0].buckets == []


def test_strict_lets_nothing_between_but_what_has_no_touchpoint():
    scope = make_scope(journey("axb") + journey("a-b", 2) + journey("aab", 3), {"a": "a", "b": "b", "x": "x"})
    assert people(scope, ["a", "b"]) == [3, 3]
    assert people(scope, ["a", "b"], order="strict") == [3, 2]
    assert people(scope, ["a", "b"], order="strict", by_event_name=True) == [3, 1]


def test_any_order_needs_an_event_for_each_step_inside_one_window():
    scope = make_scope(journey("ba") + journey("b.....a", 2) + journey("bab", 3) + journey("cba", 4))
    assert people(scope, ["a", "b"], order="any", within="1h") == [4, 3]
    assert people(scope, ["a", "b", "b"], order="any") == [4, 4, 1]
    assert people(scope, ["a", "b", "c"], order="any") == [4, 4, 1]
    # A set runs from its first to its last event, whatever steps these are.
    result = ask(scope, ["a", "c"], order="any")
    assert result.steps[1].median_seconds_from_first == 2 * 3600


def test_ties_in_time_keep_the_order_of_arrival_in_every_order():
    tied = make_scope([(1, 5, "b"), (1, 5, "a"), (1, 5, "c")])
    assert people(tied, ["a", "b"], order="strict") == [1, 0]
    assert people(tied, ["b", "a"], order="strict") == [1, 1]
    assert people(tied, ["b", "c"], order="strict") == [1, 0]
    assert people(tied, ["a", "b"], order="any", within="1s") == [1, 1]
    assert people(tied, ["b", "c"], exclude=["a"]) == [1, 0]
    assert people(tied, ["a", "c"], exclude=["b"]) == [1, 1]


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
@pytest.mark.parametrize(("after", "reached"), [(DAY - 1, 1), (DAY, 1), (DAY + 1, 0)])
def test_windows_end_exactly_at_their_edge_in_every_order(order, after, reached):
    scope = make_scope([(1, 0, "a"), (1, after, "b")])
    assert people(scope, ["a", "b"], order=order, within="1d") == [1, reached]
    if order != "any":
        assert people(scope, ["a", {"name": "b", "within": "1d"}], order=order) == [1, reached]


def test_a_limit_of_a_step_runs_from_the_step_before_it():
    scope = make_scope(journey("a..b..c") + journey("a..b...c", 2) + journey("a.ab...cb.c", 3))
    limited = ["a", "b", {"name": "c", "within": "3h"}]
    assert people(scope, limited) == [3, 3, 2]
    # The third needs the later b, which is too late after its a for a window of six hours.
    assert people(scope, limited, within="6h") == [3, 3, 1]
    assert people(scope, limited, within="8h") == [3, 3, 2]


def test_an_exclusion_drops_the_chain_and_not_the_person():
    scope = make_scope(
        [
            *journey("axb"),
            *journey("axab", 2),
            *journey("ab", 3),
            *journey("xab", 4),
            *journey("abx", 5),
            *journey("ax", 6),
        ]
    )
    request = FunnelRequest(steps=["a", "b"], exclude=["x"])
    result = funnel.answer(scope, request)
    assert [s.people for s in result.steps] == [6, 4]
    # Person 2 loses the chain from the first a, and reaches b from the second.
    assert (result.excluded.people, result.excluded.people_lost) == (2, 1)
    assert funnel.members(scope, request, "excluded").tolist() == [0, 1]
    assert funnel.members(scope, request, "lost").tolist() == [0]
    # The window is over before b: there was no chain to lose.
    outside = ask(make_scope(journey("ax...b")), ["a", "b"], exclude=["x"], within="3h")
    assert (outside.excluded.people, outside.excluded.people_lost) == (0, 0)


def test_an_exclusion_between_given_steps_matters_only_there():
    scope = make_scope(journey("axbc") + journey("abxc", 2) + journey("abc", 3))
    assert people(scope, ["a", "b", "c"], exclude=[{"name": "x", "after": 2}]) == [3, 3, 2]
    assert people(scope, ["a", "b", "c"], exclude=[{"name": "x", "before": 2}]) == [3, 2, 2]
    assert people(scope, ["a", "b", "c"], exclude=["x"]) == [3, 2, 1]
    # A step may be excluded where it is not the step itself: no second b before c.
    twice = make_scope(journey("abc") + journey("abbc", 2))
    assert people(twice, ["a", "b", "c"], exclude=[{"name": "b", "after": 1, "before": 2}]) == [2, 2, 2]
    assert people(twice, ["b", "c"], exclude=["a"]) == [2, 2]


def test_an_exclusion_in_any_order_lies_between_any_two_events():
    scope = make_scope(journey("axbc") + journey("xabc", 2) + journey("cbxab", 3))
    result = ask(scope, ["a", "b", "c"], order="any", exclude=["x"])
    assert [s.people for s in result.steps] == [3, 2, 1]
    assert (result.excluded.people, result.excluded.people_lost) == (2, 2)
    again = ask(scope, ["a", "b"], order="any", exclude=["x"])
    assert (again.excluded.people, again.excluded.people_lost) == (2, 1)


def test_an_optional_step_may_be_left_out():
    scope = make_scope(journey("abc") + journey("ac", 2) + journey("bc", 3) + journey("acb", 4))
    request = FunnelRequest(steps=["a", {"name": "b", "optional": True}, "c"])
    result = funnel.answer(scope, request)
    assert [(s.people, s.optional) for s in result.steps] == [(3, False), (2, True), (3, False)]
    assert result.steps[2].share_of_previous == 1.0
    assert funnel.members(scope, request, "dropped:2").tolist() == [1]
    assert funnel.members(scope, request, "dropped:3").tolist() == []
    # The step before c in its chain: b for the first, a for the others.
    assert result.steps[2].median_seconds_from_previous == 3600
    strict = FunnelRequest(steps=["a", {"name": "b", "optional": True}, "c"], order="strict")
    assert [s.people for s in funnel.answer(scope, strict).steps] == [3, 1, 3]


def test_a_first_ever_step_takes_only_the_first_event_of_its_name():
    scope = make_scope(journey("bab") + journey("ab", 2) + journey("aab", 3))
    assert people(scope, ["a", {"name": "b", "first_ever": True}]) == [3, 2]
    assert people(scope, [{"name": "a", "first_ever": True}, "b"], within="1h") == [3, 2]
    assert people(scope, ["a", {"name": "a", "first_ever": True}]) == [3, 0]
    assert people(scope, [{"name": "a", "first_ever": True}, "a"]) == [3, 1]
    assert people(scope, ["a", {"name": "a", "first_ever": True}], order="any") == [3, 1]


def test_equal_steps_in_any_order_take_events_of_their_own():
    scope = make_scope(journey("aaa"), columns={"p": ["x", "y", "z"]})
    for steps, last in ((["a", "a"], "y"), ([{"name": "a", "first_ever": True}, "a", "a"], "z")):
        fields = {"order": "any", "by": "property.p", "attribution": "last"}
        assert [(g.name, g.people) for g in ask(scope, steps, **fields).groups] == [(last, 1)]


def test_groups_take_the_value_of_the_chain_that_counts():
    channels = {"a": "web", "b": "shop", "c": "web", "d": "call"}
    scope = make_scope(journey("abc") + journey("ab", 2) + journey("dbc", 3) + journey("a", 4), channels=channels)

    def grouped(attribution, names=("a", "b", "c")):
        result = ask(scope, list(names), by="channel", attribution=attribution)
        return {g.name: [s.people for s in g.steps] for g in result.groups}

    assert grouped("first") == {"web": [3, 2, 1]}
    assert grouped("last") == {"web": [2, 1, 1], "shop": [1, 1, 0]}
    assert grouped("step:2") == {"shop": [2, 2, 1], None: [1, 0, 0]}
    assert grouped("all") == {"web": [3, 0, 0]}
    assert grouped("all", ("a", "c")) == {"web": [3, 1]}
    shares = ask(scope, ["a", "b", "c"], by="channel", attribution="last").groups
    assert [(g.name, g.people, g.steps[1].share_of_first) for g in shares] == [("web", 2, 0.5), ("shop", 1, 1.0)]


def test_group_and_period_stay_those_of_the_furthest_step():
    # The optional step is reached after the last one, by a chain of the next day.
    rows = [(1, 0, "a"), (1, HOUR, "c"), (1, DAY, "x"), (1, DAY + HOUR, "b")]
    for order in ("ordered", "any"):
        scope = make_scope(
            rows, {"a": "a", "x": "a", "b": "b", "c": "c"}, channels={"a": "web", "b": "shop", "c": "call"}
        )
        steps = ["a", {"name": "b", "optional": True}, "c"]
        result = ask(scope, steps, order=order, by="channel", attribution="last", trend="day", within="2h")
        assert [(g.name, [s.people for s in g.steps]) for g in result.groups] == [("call", [1, 1, 1])]
        assert [(p.start.day, p.people) for p in result.periods] == [(1, [1, 1, 1])]


def test_an_event_that_could_be_two_optional_steps_is_the_earlier_one():
    scope = make_scope(journey("abc"), channels={"a": "web", "b": "shop", "c": "call"})
    steps = ["a", {"name": "b", "optional": True}, {"name": "b", "optional": True}, "c"]

    def group(attribution):
        return [g.name for g in ask(scope, steps, by="channel", attribution=attribution).groups]

    assert [s.people for s in ask(scope, steps).steps] == [1, 1, 1, 1]
    assert (group("step:2"), group("step:3"), group("last")) == (["shop"], [None], ["call"])


def test_small_groups_are_one_and_said_to_be():
    scope = make_scope([(u, 0, "a") for u in range(9)], columns={"plan": [*"ppppqqrs", None]})
    result = ask(scope, ["a"], by="property.plan", top=2)
    assert [(g.name, g.people) for g in result.groups] == [("p", 4), ("q", 2), ("@other", 2), (None, 1)]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("groups", 2, 4)]
    request = FunnelRequest(steps=["a"], by="property.plan", top=2)
    assert funnel.members(scope, request, 'group:["@other",1]').tolist() == [6, 7]
    assert funnel.members(scope, request, "group:[null,1]").tolist() == [8]


@pytest.mark.parametrize(("day", "hours"), [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25)])
def test_a_day_of_the_trend_has_as_many_hours_as_the_clock_gave_it(day, hours):
    midnight = local(day.year, day.month, day.day)
    entries = [midnight - SECOND, midnight, midnight + hours * HOUR - SECOND, midnight + hours * HOUR]
    scope = make_scope([(u, at, "a") for u, at in enumerate(entries)], zone="Europe/Warsaw")
    request = FunnelRequest(steps=["a"], trend="day")
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    found = funnel.answer(scope, request).periods
    assert [(p.start, p.people) for p in found] == [(before, [1]), (day, [2]), (after, [1])]
    assert funnel.members(scope, request, f'period:["{day}",1]').tolist() == [1, 2]


def test_a_cohort_is_immature_until_the_window_of_its_last_moment_is_over():
    # Weeks of 5 and 12 January 2026; a window of two days after the last moment of the first week.
    monday = local(2026, 1, 5)
    rows = [(1, monday, "a"), (1, monday + DAY, "b"), (2, monday + 7 * DAY, "a")]
    end = monday + 7 * DAY - 1 + 2 * DAY

    def mature(until, **fields):
        scope = make_scope(rows, zone="Europe/Warsaw", until=until)
        return [(p.start.day, p.mature, p.people) for p in ask(scope, ["a", "b"], trend="week", **fields).periods]

    assert mature(end, within="2d") == [(5, True, [1, 1]), (12, False, [1, 0])]
    assert mature(end - 1, within="2d") == [(5, False, [1, 1]), (12, False, [1, 0])]
    assert mature(end - 1) == [(5, True, [1, 1]), (12, True, [1, 0])]
    steps_of = ["a", {"name": "b", "within": "2d"}]
    scope = make_scope(rows, zone="Europe/Warsaw", until=end - 1)
    assert [p.mature for p in ask(scope, steps_of, trend="week").periods] == [False, False]


def test_times_fall_into_readable_buckets():
    hourly = [row for u in range(1, 11) for row in ((u, 0, "a"), (u, u * HOUR, "b"))]
    (even,) = ask(make_scope(hourly), ["a", "b"]).times
    assert [(b.from_seconds / 3600, b.to_seconds / 3600, b.people) for b in even.buckets] == [
        (h, h + 1, 1 + (h == 9)) for h in range(1, 10)
    ]  # fmt: skip
    spread = [row for u, s in enumerate([2, 3, 30, 40_000, 3_000_000]) for row in ((u, 0, "a"), (u, s * SECOND, "b"))]
    (uneven,) = ask(make_scope(spread), ["a", "b"]).times
    filled = [(b.from_seconds, b.to_seconds, b.people) for b in uneven.buckets if b.people]
    assert filled == [(0, 10, 2), (10, 60, 1), (21_600, 86_400, 1), (2_592_000, 7_776_000, 1)]


def test_shares_have_the_interval_of_wilson_and_two_segments_their_proportions():
    scope = make_scope([(u, t, name) for u in range(263) for t, name in enumerate("ab" if u < 81 else "a")])
    result = ask(scope, ["a", "b"])
    # Newcombe 1998, table I: 81 of 263.
    assert [round(x, 4) for x in (result.steps[1].low, result.steps[1].high)] == [0.2553, 0.3662]
    assert [(p.cell, p.n, p.of) for p in funnel.proportions(result)] == [("step:1", 263, 263), ("step:2", 81, 263)]


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"steps": [{"name": "a", "optional": True}, "b"]}, "steps.1.optional"),
        ({"steps": ["a", {"name": "b", "within": "soon"}]}, "steps.2.within"),
        ({"steps": ["a", {"name": "b", "within": "1d"}], "order": "any"}, "order"),
        ({"exclude": [{"name": "c", "after": 1, "before": 2}], "order": "any"}, "order"),
        ({"exclude": ["b"], "order": "any"}, "exclude"),
        ({"exclude": [{"name": "c", "after": 2, "before": 2}]}, "exclude"),
        ({"exclude": [{"name": "c", "after": 0}]}, "exclude"),
        ({"exclude": [{"name": "c", "before": 3}]}, "exclude"),
        ({"exclude": ["c"] * 32}, "exclude"),
        ({"by": "weather"}, "by"),
        ({"attribution": "middle"}, "attribution"),
        ({"attribution": "step:3"}, "attribution"),
        ({"top": 0}, "top"),
    ],
)
def test_questions_that_make_no_sense_are_refused(fields, parameter):
    with pytest.raises(BadQuestion) as refused:
        ask(make_scope(journey("abc")), **{"steps": ["a", "b"], **fields})
    assert refused.value.parameter == parameter


def test_an_unknown_exclusion_is_refused():
    with pytest.raises(UnknownStep) as refused:
        ask(make_scope(journey("ab")), ["a", "b"], exclude=["nowhere"])
    assert refused.value.step == "nowhere"


@pytest.mark.parametrize(
    "cell",
    [
        "time:[1,0]", "time:[2,9]", "time:[2,-1]", "time:2", "time:[2,true]", 'group:["x",1]', 'group:["web",3]',
        "group:web", "group:[[],1]", 'period:["2026-01-06",1]', 'period:["soon",1]', "period:[1,1]",
        "excluded:1", "lost:",
        "time:" + "[" * 100_000,
    ],
)  # fmt: skip
def test_cells_that_do_not_exist_are_refused(cell):
    scope = make_scope(journey("ab"), channels={"a": "web", "b": "web"})
    request = FunnelRequest(steps=["a", "b"], by="channel", trend="week")
    if cell == "lost:":
        assert funnel.members(scope, request, cell).tolist() == []
        return
    with pytest.raises(BadDrilldown):
        funnel.members(scope, request, cell)
    assert funnel.members(scope, request, "step:2").tolist() == [0]
