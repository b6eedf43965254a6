"""The map's figures: by hand, against the twin, and against SQL."""

import datetime as dt
import statistics

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.drilldown import question_of
from desireline.analyze.overlay import MapRequest, measure, members
from desireline.analyze.scope import Labels, Scope
from desireline.errors import BadDrilldown, BadQuestion, NoDefinition, UnknownGoal
from desireline.kernels.stages import NEVER, Events, Tables, count_stages
from desireline.model.definition import Definition
from desireline.model.question import Filters
from tests.scopes import Columns
from tests.twins import stages as twin

DAY = 86_400_000_000
NAMES = ["Ad", "Look: ask", "Buy", "Banner", "Return"]
STAGE = [0, 1, 2, -1, 2]
CHANNELS = ["store", "unknown", "web"]


def definition(ends=(), gap_days=30.0):
    stages = ["See", "Try", "Own"]
    return Definition.model_validate(
        {
            "version": 4,
            "stages": [{"name": s} for s in stages],
            "touchpoints": [
                {"name": n, "stage": stages[s] if s >= 0 else None, "match": [{"name": n}]}
                for n, s in zip(NAMES, STAGE, strict=True)
            ],
            "goals": [{"name": "Sale", "touchpoints": ["Buy"]}],
            "journey": {"ends": list(ends), "gap_days": gap_days},
        }
    )


def scope(units, ends=(), until=None, gap_days=30.0, defined=True):
    """Units are lists of (day, touchpoint, channel); the code of an event is touchpoint * 3 + channel."""
    rows = [(int(day * DAY), NAMES.index(t) if t else 5, CHANNELS.index(c)) for unit in units for day, t, c in unit]
    touchpoints = np.repeat(np.array([0, 1, 2, 3, 4, -1], np.int32), 3)
    stages = np.array([*STAGE, -1], np.int32)[touchpoints]
    channels = np.tile(np.arange(3, dtype=np.int32), 6)
    return Scope(
        offsets=np.cumsum([0, *map(len, units)]).astype(np.int64),
        time=np.array([r[0] for r in rows], np.int64),
        code=np.array([r[1] * 3 + r[2] for r in rows], np.int32),
        arrival=np.arange(len(rows), dtype=np.int64),
        owner=np.arange(len(units), dtype=np.int32),
        touchpoints=Labels(NAMES, touchpoints),
        stages=Labels(["See", "Try", "Own"], stages),
        channels=Labels(CHANNELS, channels),
        event_names=Labels([*NAMES, "noise"], np.repeat(np.arange(6, dtype=np.int32), 3)),
        grain="person",
        filters=Filters(),
        definition=definition(ends, gap_days) if defined else None,
        generation="g",
        until=max((r[0] for r in rows), default=0) if until is None else int(until * DAY),
        gap=int(gap_days * DAY),
        sources=Labels(["shop"], np.zeros(18, np.int32)),
        caveat=np.zeros(18, bool),
        columns=Columns({}, np.full(len(rows), np.nan)),
    )


# Six people, until day 100, gap 30 days: whoever was last seen on day 70 or later is open.
PEOPLE = [
    [(1, "Ad", "web"), (3, "Look: ask", "store"), (3, "Buy", "store")],  # goes all the way
    [(2, "Ad", "web"), (5, "Buy", "web")],  # skips a stage
    [(10, "Ad", "unknown"), (12, "Look: ask", "web"), (20, "Ad", "store"), (69.99, "Ad", "web")],  # comes back; ended
    [(70, "Look: ask", "web"), (70, "Ad", "web")],  # backwards only; open at the very edge
    [(50, "Banner", "web"), (100, "Buy", "web")],  # stage of its own; open
    [(9, None, "web")],  # nothing that the definition knows
]


def test_figures_by_hand():
    m = measure(scope(PEOPLE), MapRequest(goal="Sale"))
    see, try_, own = m.stages
    assert (m.people_in_scope, m.events, m.outside_definition, m.goal_people) == (6, 14, 1, 3)
    assert (see.people, see.events, see.goes_on, see.dropped, see.open, see.loops) == (4, 6, 3, 0, 1, 1)
    assert see.onward == [0, 2, 1]
    assert see.median_seconds_to_later == 2 * 86400  # of 2, 3 and 2 days
    assert (try_.people, try_.goes_on, try_.dropped, try_.open, try_.loops) == (3, 1, 1, 1, 0)
    assert try_.median_seconds_to_later == 0.0  # the same instant, but later by arrival
    assert (own.people, own.goes_on, own.dropped, own.open) == (3, 0, 2, 1)
    assert own.median_seconds_to_later is None
    assert [(t.people, t.events) for t in m.touchpoints] == [(4, 6), (3, 3), (3, 3), (1, 1), (0, 0)]
    assert m.touchpoints[0].channels == ["web", "store", "unknown"]
    assert m.touchpoints[4].last is None
    assert m.touchpoints[1].last == dt.datetime(1970, 3, 12, tzinfo=dt.UTC)
    assert [(s.from_, s.to, s.people) for s in see.channel_switches] == [("store", "web", 1), ("web", "store", 1)]
    assert question_of(m.drilldown) == ("map", {"goal": "Sale"})


def test_an_event_that_ends_a_journey_leaves_nothing_open():
    stages = measure(scope(PEOPLE, ends=["Sale"]), MapRequest()).stages
    assert (stages[2].dropped, stages[2].open) == (3, 0)
    assert (stages[1].dropped, stages[1].open) == (1, 1)


def test_the_edge_of_the_gap():
    one = [[(10, "Ad", "web")]]
    assert measure(scope(one, until=40), MapRequest()).stages[0].open == 1
    assert measure(scope(one, until=40.0001), MapRequest()).stages[0].dropped == 1


def test_nobody_in_scope():
    m = measure(scope([]), MapRequest(goal="Sale"))
    assert (m.people_in_scope, m.goal_people, m.until) == (0, 0, None)
    assert [s.people for s in m.stages] == [0, 0, 0]


CELLS = {
    "stage:1": [0, 1, 2, 3],
    "goes_on:1": [0, 1, 2],
    "onward:1:2": [0, 2],
    "onward:1:3": [1],
    "dropped:1": [],
    "open:1": [3],
    "loops:1": [2],
    "dropped:2": [2],
    "open:3": [4],
    'touchpoint:"Look: ask"': [0, 2, 3],
    'touchpoint:"Return"': [],
    'switch:1:"web":"store"': [0],
    'switch:2:"web":"store"': [2],
    "goal": [0, 1, 4],
}


@pytest.mark.parametrize("cell", CELLS)
def test_cells_list_the_very_people(cell):
    assert members(scope(PEOPLE), MapRequest(goal="Sale"), cell).tolist() == CELLS[cell]


BAD_CELLS = [
    "", "stage", "stage:0", "stage:4", "stage:x", "stage:1:2", "onward:1", "step:1", "touchpoint:Ad", 'touchpoint:"No"',
    "goal:1", 'switch:1:"web"', 'switch:1:"web":"unknown"', 'switch:9:"web":"store"', "touchpoint:[1]",
]  # fmt: skip


@pytest.mark.parametrize("cell", BAD_CELLS)
def test_a_cell_that_is_none(cell):
    with pytest.raises(BadDrilldown):
        members(scope(PEOPLE), MapRequest(), cell)


def test_what_cannot_be_measured():
    with pytest.raises(UnknownGoal) as caught:
        measure(scope(PEOPLE), MapRequest(goal="Happiness"))
    assert caught.value.available == ["Sale"]
    with pytest.raises(NoDefinition):
        measure(scope(PEOPLE, defined=False), MapRequest())
    with pytest.raises(BadQuestion):
        measure(scope(PEOPLE), MapRequest(by_event_name=True))


def test_too_many_channels_are_said_to_be_cut(monkeypatch):
    monkeypatch.setattr("desireline.analyze.overlay.MOST_CHANNELS", 1)
    m = measure(scope(PEOPLE), MapRequest())
    assert [(c.what, c.kept, c.total) for c in m.cut] == [("channels", 1, 2)]
    assert m.stages[0].channel_switches == []


# --- random journeys ---------------------------------------------------------------------------------------

times = st.integers(0, 12)
events = st.tuples(times, st.sampled_from([*NAMES, None]), st.sampled_from(CHANNELS))
journeys = st.lists(st.lists(events, min_size=1, max_size=9), max_size=8)


def sorted_units(units):
    return [sorted(u, key=lambda e: e[0]) for u in units]


def plain(s):
    closes = np.isin(s.touchpoints.table, [NAMES.index("Buy")])
    known = np.array([0, -1, 1], np.int32)[s.channels.table]
    tables = Tables(s.stages.table, s.touchpoints.table, known, closes)
    rows = [
        (int(t), int(tables.stage[c]), int(tables.touchpoint[c]), int(tables.channel[c]), bool(closes[c]))
        for t, c in zip(s.time, s.code, strict=True)
    ]
    return tables, [rows[a:b] for a, b in zip(s.offsets, s.offsets[1:], strict=False)]


@given(journeys, st.integers(0, 14))
def test_kernel_equals_its_twin(units, open_from):
    s = scope(sorted_units(units))
    tables, rows = plain(s)
    counts, waits = count_stages(Events(s.offsets, s.time, s.code), tables, (3, 5, 2), open_from * DAY)
    people, dropped, still_open, loops, onward, waited, met, switches = twin.count_stages(rows, 3, open_from * DAY)
    assert counts.people.tolist() == people
    assert counts.dropped.tolist() == dropped
    assert counts.open.tolist() == still_open
    assert counts.loops.tolist() == loops
    assert counts.onward.tolist() == onward
    assert [sorted(w.tolist()) for w in waits] == waited
    assert counts.met.tolist() == [met[t] for t in range(5)]
    assert {tuple(map(int, k)): int(counts.switches[tuple(k)]) for k in np.argwhere(counts.switches)} == switches
    assert counts.events.tolist() == np.bincount(s.code, minlength=18).tolist()
    latest = twin.last_by_code(s.code.tolist(), s.time.tolist())
    assert [None if t == NEVER else t for t in counts.last.tolist()] == [latest[c] for c in range(18)]


SQL = """
with first as (select unit, stage, min(pos) pos from ev where stage >= 0 group by all),
ends as (select unit, max_by(time, pos) as last from ev group by unit),
later as (
  select f.unit, f.stage, f.pos, min(e.pos) as next from first f left join ev e
  on e.unit = f.unit and e.pos > f.pos and e.stage > f.stage group by all),
told as (
  select l.*, (select time from ev where pos = l.next) - (select time from ev where pos = l.pos) as wait,
    exists (select 1 from ev where unit = l.unit and stage = l.stage and pos > l.next) as back,
    ends.last >= {open} as live
  from later l join ends using (unit))
select stage, count(*), count(next), count(*) filter (next is null and not live),
  count(*) filter (next is null and live), count(*) filter (back), median(wait) / 1e6
from told group by stage order by stage
"""


@given(journeys)
def test_figures_equal_sql(units):
    s = scope(sorted_units(units), gap_days=5.0)
    found = measure(s, MapRequest())
    unit = np.repeat(np.arange(s.units), np.diff(s.offsets))
    ev = pa.table({"unit": unit, "pos": np.arange(len(s.time)), "time": s.time, "stage": s.stages.table[s.code]})
    con = duckdb.connect()
    con.register("ev", ev)
    rows = con.execute(SQL.format(open=s.until - s.gap)).fetchall()
    mine = [
        (k, m.people, m.goes_on, m.dropped, m.open, m.loops, m.median_seconds_to_later)
        for k, m in enumerate(found.stages)
        if m.people
    ]
    assert mine == [tuple(r) for r in rows]


@given(journeys)
def test_every_cell_lists_as_many_as_the_map_says(units):
    s, request = scope(sorted_units(units), ends=["Buy"], gap_days=5.0), MapRequest(goal="Sale")
    found = measure(s, request)
    for k, m in enumerate(found.stages, 1):
        told = {f"stage:{k}": m.people, f"goes_on:{k}": m.goes_on, f"dropped:{k}": m.dropped, f"open:{k}": m.open}
        told |= {f"loops:{k}": m.loops} | {f"onward:{k}:{j}": n for j, n in enumerate(m.onward, 1)}
        told |= {switch.cell: switch.people for switch in m.channel_switches}
        assert {cell: len(members(s, request, cell)) for cell in told} == told
        if m.goes_on:
            assert m.median_seconds_to_later >= 0
    assert len(members(s, request, "goal")) == found.goal_people


def test_many_units_in_several_parts_add_up():
    rng = np.random.default_rng(3)
    shape = (9000, 8)
    days, names, channels = np.sort(rng.integers(0, 90, shape)), rng.choice(NAMES, shape), rng.choice(CHANNELS, shape)
    units = [list(zip(*unit, strict=True)) for unit in zip(days, names, channels, strict=True)]
    s = scope(units)
    assert len(s.time) > 50_000  # enough for several threads
    found = measure(s, MapRequest())
    tables, rows = plain(s)
    people, *_, waited, met, _ = twin.count_stages(rows, 3, s.until - s.gap)
    assert [m.people for m in found.stages] == people
    assert [m.people for m in found.touchpoints] == [met[t] for t in range(5)]
    assert found.stages[0].median_seconds_to_later == statistics.median(waited[0]) / 1e6
    assert tables.closes.any()
