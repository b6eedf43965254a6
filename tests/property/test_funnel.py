"""Every funnel equals its twin, which lists all chains, and SQL; funnels obey their laws."""

import datetime as dt
import json
from collections import Counter
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import funnel
from desireline.analyze.breakdown import breakdown
from desireline.analyze.funnel import FunnelRequest
from desireline.analyze.funnels import shelf
from tests import oracles_funnel
from tests.scopes import make_scope
from tests.twins import funnel_chains as twin

TICK = 6 * 3600  # seconds: some events of a journey are in one day, some are not
ZONE = "Europe/Warsaw"
MARCH = 1_774_560_000  # 2026-03-26 21:20 UTC: clocks go forward three days later
NAMES = "abcd"

events = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 7), st.sampled_from(NAMES), st.sampled_from(["x", "y", "z", None])
    ),
    max_size=14,
)  # fmt: skip
spans = st.one_of(st.none(), st.integers(1, 5))
orders = st.sampled_from(["ordered", "strict", "any"])


@pytest.fixture(autouse=True, scope="module")
def _lists_of_steps_even_for_few_events():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "FEWEST_EVENTS", 0)
        patch.setattr(shelf, "BYTES_PER_EVENT", 1000)
        yield


@st.composite
def asked(draw, order=None):
    """The fields of a request, in any combination that makes sense."""
    order = order or draw(orders)
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    flags = st.integers(0, 3).map(lambda n: n == 0)
    steps = [
        {
            "name": name,
            "optional": k > 0 and draw(flags),
            "first_ever": draw(flags),
            "within": hours(draw(spans)) if order != "any" and draw(st.booleans()) else None,
        }
        for k, name in enumerate(names)
    ]
    excluded = draw(st.lists(st.sampled_from(NAMES), max_size=2))
    if order == "any":
        exclude = [name for name in excluded if name not in names]
    else:
        exclude = [{"name": name, **draw(ranges(len(names)))} for name in excluded]
    return {"steps": steps, "order": order, "exclude": exclude, "within": hours(draw(spans))}


@st.composite
def ranges(draw, steps):
    if steps < 2 or draw(st.booleans()):
        return {}
    after = draw(st.integers(1, steps - 1))
    return {"after": after, "before": draw(st.integers(after + 1, steps))}


def hours(ticks):
    return ticks and f"{6 * ticks}h"


def scope_of(rows, **given):
    """Unit 9 has an event of every name, far from the others, so that every name exists."""
    rows = [*rows, *((9, 100 * k, name, "w") for k, name in enumerate(NAMES))]
    triples = [(unit, (MARCH + t * TICK) * 1_000_000, name) for unit, t, name, _ in rows]
    return make_scope(triples, columns={"p": [value for *_, value in rows]}, zone=ZONE, **given)


def micros(text):
    return text and int(text[:-1]) * 3_600_000_000


def what_of(request):
    """The same as the twin takes it."""
    steps = [{"name": s, "optional": False, "first_ever": False, "within": None} if isinstance(s, str) else s
             for s in request["steps"]]  # fmt: skip
    exclude = [{"name": e} if isinstance(e, str) else e for e in request.get("exclude", [])]
    return twin.asked(
        [NAMES.index(s["name"]) for s in steps],
        order=request.get("order", "ordered"),
        within=micros(request.get("within")),
        gaps=[micros(s["within"]) for s in steps],
        optional=[k for k, s in enumerate(steps) if s["optional"]],
        ever=[k for k, s in enumerate(steps) if s["first_ever"]],
        exclude=[
            (NAMES.index(e["name"]), e.get("after", 1) - 1, e.get("before", len(steps)) - 1) for e in exclude
        ],
    )  # fmt: skip


def units(scope, values=None):
    """Each unit's events as (label, time, value)."""
    names = [NAMES.index(n) for n in scope.event_names.names]
    third = [None] * len(scope.time) if values is None else values
    return [
        [(names[scope.code[i]], int(scope.time[i]), third[i]) for i in range(a, b)] for a, b in pairwise(scope.offsets)
    ]


def seconds(micros, at):
    return pytest.approx(at(micros) / 1e6) if micros else None


def p90(values):
    return np.percentile(values, 90)


def counts(scope, request):
    return [s.people for s in funnel.answer(scope, FunnelRequest(**request)).steps]


def cell(kind, *parts):
    return f"{kind}:{json.dumps(parts)}"


@given(events, asked())
def test_every_funnel_is_that_of_its_twin_and_of_sql(rows, request):
    scope, what = scope_of(rows), what_of(request)
    asked_for = FunnelRequest(**request)
    result = funnel.answer(scope, asked_for)
    walked = [(u, twin.reached(u, what), u) for u in units(scope)]
    spans = [twin.times(u, found) for u, found, _ in walked]
    for k, step in enumerate(result.steps):
        first, previous = ([t[k][i] for t in spans if k in t] for i in (0, 1))
        assert step.people == len(first)
        assert step.median_seconds_from_first == seconds(first, median)
        assert step.p90_seconds_from_first == seconds(first, p90)
        assert step.median_seconds_from_previous == seconds(previous, median)
        assert step.p90_seconds_from_previous == seconds(previous, p90)
        has = [u for u, t in enumerate(spans) if k in t]
        assert funnel.members(scope, asked_for, f"step:{k + 1}").tolist() == has
        before = max((p for p in range(k) if p not in what.optional), default=None)
        left = [u for u, t in enumerate(spans) if k not in t and (before is None or before in t)]
        assert funnel.members(scope, asked_for, f"dropped:{k + 1}").tolist() == left
    by_sql = oracles_funnel.funnel(scope, np.array([NAMES.index(n) for n in scope.event_names.names]), what)
    assert [(s.people, s.median_seconds_from_first) for s in result.steps] == [
        (n, w if w is None else pytest.approx(w / 1e6)) for n, w in by_sql
    ]
    lost = [u for u, journey in enumerate(units(scope)) if twin.lost_a_chain(journey, what)]
    fewer = [u for u, journey in enumerate(units(scope)) if twin.lost_a_step(journey, what)]
    assert funnel.members(scope, asked_for, "excluded").tolist() == lost
    assert funnel.members(scope, asked_for, "lost").tolist() == fewer
    assert (result.excluded.people, result.excluded.people_lost) == (len(lost), len(fewer))


@given(events, asked(), st.integers(1, 3), st.sampled_from(["first", "last", "step:1", "step:2"]))
def test_groups_are_those_of_the_chain_that_counts_and_add_up(rows, request, top, attribution):
    scope, what = scope_of(rows), what_of(request)
    if attribution == "step:2" and len(what.labels) < 2:
        attribution = "step:1"
    groups = breakdown(scope, "property.p", top)
    journeys = units(scope, [groups.names[i] if i >= 0 else None for i in groups.index])
    way = int(attribution[5:]) - 1 if attribution.startswith("step") else attribution
    asked_for = FunnelRequest(**request, by="property.p", top=top, attribution=attribution)
    result = funnel.answer(scope, asked_for)
    mine = [(twin.group(u, what, way), twin.reached(u, what)) for u in journeys]
    by_name = {g.name: [s.people for s in g.steps] for g in result.groups}
    steps = range(len(what.labels))
    assert by_name == {
        name: [sum(g == name and k in found for g, found in mine) for k in steps]
        for name in {g for g, found in mine if found}
    }
    assert [sum(g.steps[k].people for g in result.groups) for k in steps] == [s.people for s in result.steps]
    assert {g.name: g.people for g in result.groups} == {name: people[0] for name, people in by_name.items()}
    for name, people in by_name.items():
        for k in steps:
            inside = funnel.members(scope, asked_for, cell("group", name, k + 1)).tolist()
            assert inside == [u for u, (g, found) in enumerate(mine) if g == name and k in found]
            assert len(inside) == people[k]
        before = [0, *(max(p for p in range(k) if p not in what.optional) for k in steps[1:])]
        for k in steps[1:]:
            left = funnel.members(scope, asked_for, cell("group_dropped", name, k + 1)).tolist()
            assert left == [
                u for u, (g, found) in enumerate(mine) if g == name and before[k] in found and k not in found
            ]


@given(events, asked())
def test_a_group_of_all_has_the_chains_of_one_value(rows, request):
    scope, what = scope_of(rows), what_of(request)
    groups = breakdown(scope, "property.p", 10)
    journeys = units(scope, [groups.names[i] if i >= 0 else None for i in groups.index])
    asked_for = FunnelRequest(**request, by="property.p", attribution="all")
    result = funnel.answer(scope, asked_for)
    found = {value: [twin.reached(u, what, only=value) for u in journeys] for value in ["w", "x", "y", "z", None]}
    for value, reached in found.items():
        listed = [g for g in result.groups if g.name == value]
        if not any(reached):
            assert listed == []
            continue
        waits = [twin.times(u, r) for u, r in zip(journeys, reached, strict=True)]
        for k, step in enumerate(listed[0].steps):
            first = [t[k][0] for t in waits if k in t]
            assert (step.people, step.median_seconds_from_first) == (len(first), seconds(first, median))
            inside = funnel.members(scope, asked_for, cell("group", value, k + 1)).tolist()
            assert inside == [u for u, r in enumerate(reached) if k in r]
            assert step.people <= result.steps[k].people


@given(events, asked(), st.sampled_from(["day", "week", "month"]))
def test_periods_hold_the_entries_of_local_days_and_add_up(rows, request, trend):
    scope, what = scope_of(rows), what_of(request)
    asked_for = FunnelRequest(**request, trend=trend)
    result = funnel.answer(scope, asked_for)

    def start(micros):
        day = dt.datetime.fromtimestamp(micros / 1e6, ZoneInfo(ZONE)).date()
        back = {"day": 0, "week": day.weekday(), "month": day.day - 1}[trend]
        return day - dt.timedelta(days=back)

    expected = Counter()
    for journey in units(scope):
        for k in twin.reached(journey, what):
            expected[start(twin.entry(journey, what)), k] += 1
    assert {(p.start, k): n for p in result.periods for k, n in enumerate(p.people) if n} == dict(expected)
    for k, step in enumerate(result.steps):
        assert sum(p.people[k] for p in result.periods) == step.people
    for p in result.periods:
        for k, n in enumerate(p.people, 1):
            assert len(funnel.members(scope, asked_for, cell("period", p.start.isoformat(), k))) == n
    if result.periods:
        assert result.periods[0].people[0] > 0
        assert result.periods[-1].people[0] > 0
    for before, after in pairwise(result.periods):
        gone = (after.start - before.start).days
        assert gone == {"day": 1, "week": 7}.get(trend, gone)
        assert trend != "month" or (after.start.day == before.start.day == 1 and 28 <= gone <= 31)


@given(events, asked())
def test_time_buckets_hold_the_people_of_the_step(rows, request):
    scope, what = scope_of(rows), what_of(request)
    asked_for = FunnelRequest(**request)
    result = funnel.answer(scope, asked_for)
    spans = [twin.times(u, twin.reached(u, what)) for u in units(scope)]
    assert [t.step for t in result.times] == list(range(2, len(result.steps) + 1))
    for t, step in zip(result.times, result.steps[1:], strict=True):
        waits = {u: found[t.step - 1][0] / 1e6 for u, found in enumerate(spans) if t.step - 1 in found}
        assert len(t.buckets) <= 12
        assert sum(b.people for b in t.buckets) == step.people
        assert [a.to_seconds for a in t.buckets[:-1]] == [b.from_seconds for b in t.buckets[1:]]
        for i, b in enumerate(t.buckets):
            inside = funnel.members(scope, asked_for, cell("time", t.step, i)).tolist()
            last = b is t.buckets[-1]
            assert inside == [
                u
                for u, w in waits.items()
                if b.from_seconds <= w and (w < b.to_seconds or (last and w == b.to_seconds))
            ]
            assert len(inside) == b.people


@given(events, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), spans)
def test_strict_is_at_most_ordered_and_ordered_at_most_any(rows, steps, within):
    scope = scope_of(rows)
    request = {"steps": steps, "within": hours(within)}
    strict, ordered, free = (counts(scope, {**request, "order": o}) for o in ("strict", "ordered", "any"))
    assert all(a <= b <= c for a, b, c in zip(strict, ordered, free, strict=True))


@given(events, asked(), st.integers(1, 5))
def test_a_wider_window_never_lowers_a_count(rows, request, more):
    scope = scope_of(rows)
    if request["within"] is None:
        narrow, wide = hours(more), None
    else:
        narrow, wide = request["within"], f"{int(request['within'][:-1]) + 6 * more}h"
    for before, after in zip(
        counts(scope, {**request, "within": narrow}), counts(scope, {**request, "within": wide}), strict=True
    ):
        assert before <= after


@given(events, asked("ordered"), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 7)), max_size=8))
def test_events_of_another_kind_change_no_funnel_in_order(rows, request, others):
    plain, mixed = scope_of(rows), scope_of([*rows, *((u, t, "other", None) for u, t in others)])
    first, second = (funnel.answer(s, FunnelRequest(**request, trend="day")) for s in (plain, mixed))
    known = set(plain.owner.tolist()) == set(mixed.owner.tolist())
    for fields in ("steps", "times", "excluded", "periods"):
        if fields != "steps" or known:
            assert getattr(first, fields) == getattr(second, fields)
    assert [s.people for s in first.steps] == [s.people for s in second.steps]


@given(events, asked(), st.randoms(use_true_random=False))
def test_shuffled_rows_and_merged_halves_are_the_whole(rows, request, random):
    # At equal times the order of arrival counts, so rows are shuffled where none are at the same time.
    apart = [(u, 8 * i + t, name, value) for i, (u, t, name, value) in enumerate(rows)]
    shuffled = random.sample(apart, len(apart))
    fields = {**request, "by": "property.p", "trend": "week"}
    whole = funnel.answer(scope_of(apart), FunnelRequest(**fields))
    again = funnel.answer(scope_of(shuffled), FunnelRequest(**fields))
    skip = {"drilldown"}
    assert whole.model_dump(exclude=skip) == again.model_dump(exclude=skip)
    halves = [funnel.answer(scope_of([r for r in apart if r[0] == u]), FunnelRequest(**fields)) for u in (0, 1)]
    nobody = counts(scope_of([]), request)
    assert [s.people + n for s, n in zip(whole.steps, nobody, strict=True)] == [
        a.people + b.people for a, b in zip(halves[0].steps, halves[1].steps, strict=True)
    ]


@given(events, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), spans)
def test_lists_of_steps_all_events_and_the_general_kernel_agree(rows, steps, within):
    """A trend asks the general kernel; without conditions the lists answer, or a pass over all events."""
    scope = scope_of(rows)
    plain = {"steps": steps, "within": hours(within)}
    listed, general = (funnel.answer(scope, FunnelRequest(**plain, trend=t)) for t in (None, "day"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "FEWEST_EVENTS", len(scope.time) + 1)
        passed = funnel.answer(scope, FunnelRequest(**plain))
    assert (listed.steps, listed.times) == (passed.steps, passed.times) == (general.steps, general.times)
