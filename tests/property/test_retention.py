"""Retention, lifecycle and stickiness equal twins by local dates and DuckDB, over a change of clocks and to the µs."""

import datetime as dt
import json
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import lifecycle, retention, stickiness
from desireline.analyze.calendars import calendar
from tests import oracles_periods as oracle
from tests.scopes import make_scope, sequences
from tests.twins import periods as twin

FIRST = dt.date(2026, 3, 19)
HOURS = [dt.time(), dt.time(0, 0, 0, 1), dt.time(12), dt.time(23, 59, 59, 999_999)]
zones = st.sampled_from(["Europe/Warsaw", "UTC", "America/Santiago", "Pacific/Apia"])
periods = st.sampled_from(["day", "week", "month"])
events = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 45), st.sampled_from(HOURS), st.sampled_from("abcd")), max_size=24
)
definitions = st.sampled_from([None, {"a": "A", "b": "B", "c": "A"}])


def micros(day, time, zone):
    moment = dt.datetime.combine(FIRST + dt.timedelta(days=day), time, ZoneInfo(zone))
    return (moment.astimezone(dt.UTC) - twin.EPOCH) // dt.timedelta(microseconds=1)


def scope_of(rows, known, zone, until=None):
    everyone = [*rows, (7, 0, HOURS[2], "a"), (8, 9, HOURS[0], "b"), (8, 9, HOURS[0], "a")]
    made = [(u, micros(day, time, zone), name) for u, day, time, name in everyone]
    last = max(t for _, t, _ in made)
    return make_scope(made, known, zone=zone, until=last if until is None else max(last, micros(*until, zone)))


def at(period, zone):
    return lambda time: twin.number(twin.local_day(time, zone), period)


def spans_of(request):
    if request.mode != "bracketed":
        return [(n, n) for n in range(request.periods + 1)]
    edges = [0, *request.brackets]
    return [(a, b - 1) for a, b in pairwise(edges)]


requests = st.builds(
    lambda period, start, returning, kind, mode: retention.RetentionRequest(
        period=period, periods=6, start=start, returning=returning, start_kind=kind, mode=mode,
        brackets=[1, 3, 4, 9] if mode == "bracketed" else None,
    ),
    periods, st.sampled_from([None, "first"]), st.sampled_from([None, "first", "last"]),
    st.sampled_from(["first", "any"]), st.sampled_from(["classic", "rolling", "bracketed"]),
)  # fmt: skip


def named(request, labels):
    """The request with the first and last label for its `start` and `returning`; and conditions over labels."""
    of = {None: None, "first": labels.names[0], "last": labels.names[-1]}
    request = request.model_copy(update={"start": of[request.start], "returning": of[request.returning]})

    def condition(name):
        return lambda label: name is None or labels.names[label] == name

    return request, condition(request.start), condition(request.returning)


untils = st.one_of(st.none(), st.tuples(st.integers(0, 70), st.sampled_from(HOURS)))


def asked(rows, known, zone, request, until):
    """Scope, request, answer, and what the twin says: each start's columns, and cohorts as they should be listed."""
    scope = scope_of(rows, known, zone, until)
    labels = scope.labels(request)
    request, is_start, is_return = named(request, labels)
    spans = spans_of(request)
    found = twin.retention(
        sequences(scope, labels.table), is_start, is_return, request.start_kind, spans,
        rolling=request.mode == "rolling", at=at(request.period, zone),
    )  # fmt: skip
    starts = [period for period, *_ in found]
    expected = []
    for period in range(min(starts), max(starts) + 1) if starts else ():
        inside = [columns for (start, *_), columns in found.items() if start == period]
        over = [twin.is_over(period + last, request.period, zone, scope.until) for _, last in spans]
        returned = [sum(n in c for c in inside) if known else None for n, known in enumerate(over)]
        expected.append((twin.first_day(period, request.period), len(inside), returned))
    return scope, request, retention.answer(scope, request), found, expected


@given(events, definitions, zones, requests, untils)
def test_retention_equals_the_twin(rows, known, zone, request, until):
    _, _, result, _, expected = asked(rows, known, zone, request, until)
    assert [(c.start, c.people, c.returned) for c in result.cohorts] == expected
    for n, column in enumerate(result.overall):
        old = [(people, returned[n]) for _, people, returned in expected if returned[n] is not None]
        assert (column.people, column.returned) == (sum(p for p, _ in old), sum(r for _, r in old))


@given(events, definitions, zones, requests, untils)
def test_retention_equals_sql(rows, known, zone, request, until):
    request = request.model_copy(update={"mode": "classic", "brackets": None})
    scope, request, result, *_ = asked(rows, known, zone, request, until)
    labels = scope.labels(request)
    oracle.rows(oracle.events_of(scope, labels.table))
    start, returning = (
        "true" if name is None else f"label = {labels.names.index(name)}" for name in (request.start, request.returning)
    )
    returned, people = oracle.retention(request.period, zone, start, returning, request.start_kind)
    assert {c.start: c.people for c in result.cohorts if c.people} == people
    for cohort in result.cohorts:
        for k, n in enumerate(cohort.returned):
            assert n is None or n == returned.get((cohort.start, k), 0)


@given(events, definitions, zones, requests, untils)
def test_cells_open_the_very_people(rows, known, zone, request, until):
    scope, request, result, found, expected = asked(rows, known, zone, request, until)
    for k, (cohort, (start, *_)) in enumerate(zip(result.cohorts, expected, strict=True)):
        here = {u: c for (period, u, _), c in found.items() if twin.first_day(period, request.period) == start}
        assert retention.members(scope, request, f"cohort:{k}").tolist() == sorted(here)
        for n, count in enumerate(cohort.returned):
            if count is not None:
                back = retention.members(scope, request, f"returned:[{k},{n}]")
                assert back.tolist() == sorted(u for u, columns in here.items() if n in columns)
    for n, (_, last) in enumerate(spans_of(request)):
        old = [(u, c) for (p, u, _), c in found.items() if twin.is_over(p + last, request.period, zone, scope.until)]
        back = {u for u, columns in old if n in columns}
        assert retention.members(scope, request, f"overall:{n}").tolist() == sorted(back)
        assert retention.members(scope, request, f"old_enough:{n}").tolist() == sorted({u for u, _ in old})


@given(events, zones, periods, st.sampled_from(["channel", "event", "trait.tier"]), st.sampled_from(["first", "any"]))
def test_named_cohorts_share_out_the_calendar_ones(rows, zone, period, by, kind):
    made = [(u, micros(day, time, zone), name) for u, day, time, name in [*rows, (8, 9, HOURS[0], "b")]]
    units = sorted({u for u, _, _ in made})
    scope = make_scope(
        made, zone=zone, channels={"a": "web", "b": "shop"}, columns={"trait.tier": ["x" if u else None for u in units]}
    )
    request = retention.RetentionRequest(period=period, periods=4, start_kind=kind)
    by_date = retention.answer(scope, request)
    request = request.model_copy(update={"cohort": by})
    by_name = retention.answer(scope, request)
    assert by_name.overall == by_date.overall
    assert sum(c.people for c in by_name.cohorts) == sum(c.people for c in by_date.cohorts)
    for n, column in enumerate(by_name.overall):
        assert sum(c.returned[n] or 0 for c in by_name.cohorts) == column.returned
        assert sum(c.old_enough[n] for c in by_name.cohorts) == column.people
    for k, cohort in enumerate(by_name.cohorts):
        inside = retention.members(scope, request, f"cohort:{k}")
        assert len(inside) == cohort.people or (kind == "any" and len(inside) <= cohort.people)


@given(events, zones, st.sampled_from(["day", "week", "month"]), st.integers(1, 5))
def test_a_wider_question_never_counts_fewer(rows, zone, period, n):
    scope = scope_of(rows, None, zone, (80, HOURS[2]))
    ask = {"period": period, "periods": 6}
    classic, rolling = (
        retention.answer(scope, retention.RetentionRequest(**ask, mode=m)) for m in ("classic", "rolling")
    )
    for one, other in zip(classic.cohorts, rolling.cohorts, strict=True):
        assert all(b is None or a <= b for a, b in zip(one.returned, other.returned, strict=True))
        known = [b for b in other.returned if b is not None]
        assert known == sorted(known, reverse=True)
    brackets = retention.answer(
        scope, retention.RetentionRequest(period=period, mode="bracketed", brackets=list(range(1, n + 2)))
    )
    assert [c.returned for c in brackets.cohorts] == [c.returned[: n + 1] for c in classic.cohorts]


@given(events, zones, periods, st.sampled_from([None, "a"]))
def test_lifecycle_equals_twin_and_sql_and_adds_up(rows, zone, period, event):
    scope = scope_of(rows, None, zone)
    request = lifecycle.LifecycleRequest(period=period, event=event)
    result = lifecycle.answer(scope, request)
    units, names = sequences(scope, scope.event_names.table), scope.event_names.names
    found = twin.lifecycle(units, lambda x: event is None or names[x] == event, at(period, zone))
    by_sql = None
    if event is None:
        oracle.rows(oracle.events_of(scope, scope.event_names.table))
        by_sql = oracle.lifecycle(period, zone)
    active = 0
    for k, p in enumerate(result.periods):
        number = twin.number(p.start, period)
        assert p.mature == twin.is_over(number, period, zone, scope.until) == (p.dormant is not None)
        for kind in lifecycle.KINDS:
            count = getattr(p, kind)
            if count is None:
                continue
            assert count == found[number, kind]
            assert by_sql is None or count == by_sql.get((p.start, kind), 0)
            cell = f"{kind}:{json.dumps(p.start.isoformat())}"
            assert len(lifecycle.members(scope, request, cell)) == count
        assert p.dormant is None or p.returning + p.dormant == active
        active = p.new + p.returning + p.resurrecting
        assert k == 0 or p.start > result.periods[k - 1].start
    assert sum(p.new for p in result.periods) == len(
        {u for u, unit in enumerate(units) if any(event is None or names[x] == event for x, _ in unit)}
    )


@given(events, zones, st.sampled_from(["week", "month"]))
def test_stickiness_equals_twin_and_sql(rows, zone, period):
    scope = scope_of(rows, None, zone)
    request = stickiness.StickinessRequest(period=period)
    result = stickiness.answer(scope, request)
    units = sequences(scope, scope.event_names.table)
    found = twin.stickiness(units, lambda _: True, period, zone)
    oracle.rows(oracle.events_of(scope, scope.event_names.table))
    assert oracle.stickiness(period, zone) == {(twin.first_day(n, period), days): k for (n, days), k in found.items()}
    over = [p for p in result.periods if p.mature]
    shown = over[-1] if over else result.periods[0]
    assert (result.start, result.mature, result.people_active) == (shown.start, bool(over), shown.people)
    number = twin.number(result.start, period)
    assert [bar.people for bar in result.bars] == [found[number, bar.days] for bar in result.bars]
    assert sum(bar.people for bar in result.bars) == result.people_active
    for bar in result.bars:
        assert len(stickiness.members(scope, request, f"days:{bar.days}")) == bar.people
    for p in result.periods:
        mine = {days: n for (k, days), n in found.items() if k == twin.number(p.start, period)}
        assert p.people == sum(mine.values())
        assert p.average_days == (pytest.approx(sum(d * n for d, n in mine.items()) / p.people) if p.people else None)
        cell = f"active:{json.dumps(p.start.isoformat())}"
        assert len(stickiness.members(scope, request, cell)) == p.people


@given(zones, periods, st.integers(0, 45), st.sampled_from(HOURS), st.integers(0, 100))
def test_the_calendar_puts_every_moment_into_its_local_period(zone, period, day, time, later):
    moment = micros(day, time, zone)
    scope = make_scope([(1, moment, "a"), (1, micros(day + later, HOURS[2], zone), "a")], zone=zone)
    when = calendar(scope, period)
    assert when.days[0] == twin.first_day(at(period, zone)(moment), period)
    assert when.starts[0] <= moment < when.starts[1]
    assert [twin.local_day(int(s), zone) for s in when.starts[:-1]] == when.days
