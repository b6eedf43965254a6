"""Detectors equal their plain twins on random journeys; figures, drill-down and order follow from what they find."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.analyze import obstacles
from desireline.analyze.detectors import drop_off, long_wait, registry, repeat_contact
from desireline.analyze.detectors.material import Material
from desireline.analyze.detectors.model import KINDS
from desireline.analyze.obstacles import ObstaclesRequest
from desireline.kernels.endings import STEPS, endings
from desireline.kernels.loops import runs
from tests.scopes import make_scope
from tests.twins import detectors as twin
from tests.twins.detectors import DAY, HOUR, MINUTE, SECOND

CHANNEL = {
    "Click buy": "web", "Click app buy": "app", "Payment error": "web", "Page": "web", "Call us": "phone",
    "Chat": "chat", "Search": "web", "FAQ": "web", "Callback promised": "phone", "Reply sent": "email", "noise": None,
}  # fmt: skip
TOUCHPOINTS = {n: n for n in CHANNEL if n != "noise"} | {"Click app buy": "Click buy"}
gaps = st.sampled_from(
    [0, SECOND // 4, SECOND // 2, SECOND, 3 * SECOND, 6 * SECOND, 10 * MINUTE, 45 * MINUTE, 5 * HOUR, 30 * HOUR,
     4 * DAY, 12 * DAY, 40 * DAY]
)  # fmt: skip
rows = st.lists(
    st.tuples(
        st.integers(0, 3), gaps, st.sampled_from(list(CHANNEL)), st.sampled_from([None, "x", "y"]),
        st.sampled_from([None, "bill", "parcel"]), st.sampled_from([None, "0", "3"]),
        st.sampled_from([None, "48h", "soon", "no"]),
    ),
    max_size=30,
)  # fmt: skip
COLUMNS = ("element", "topic", "results", "promise")


def scope_of(drawn, *, defined=True):
    """Events one after another, each unit's at its own pace, none on a whole minute."""
    now, events = {}, []
    for unit, gap, *_ in drawn:
        now[unit] = now.get(unit, 7 * SECOND + unit) + gap
        events.append(now[unit])
    times = [(d[0], t, d[2]) for d, t in zip(drawn, events, strict=True)] + [(9, 7 * SECOND, "Page")]
    columns = {name: [*(d[3 + k] for d in drawn), None] for k, name in enumerate(COLUMNS)}
    known = TOUCHPOINTS if defined else None
    return make_scope(times, known, channels=CHANNEL, columns=columns, until=max(t for _, t, _ in times))


def units_of(material):
    """What the twins take."""
    scope = material.scope
    column = {name: scope.columns.column(name) for name in COLUMNS}
    role = {r: material.codes(r) for r in ("clicks", "errors", "contacts", "searches", "help_pages", "answers")}
    promised = material.codes("promises")

    def event(i):
        code = scope.code[i]
        value = {n: c.values[c.index[i]] if c.index[i] >= 0 else None for n, c in column.items()}
        named, exact = material.labels.table[code] >= 0, material.exact[code]
        known = named and exact
        some = len(column["element"].values) > 0
        click = known and (
            role["clicks"][code] or value["element"] is not None
            if some or role["clicks"].any()
            else not role["errors"][code]
        )
        period = {"48h": 48 * HOUR, "soon": 72 * HOUR, "no": None, None: None}[value["promise"]]
        nothing = value["results"] == "0"
        return {
            "time": int(scope.time[i]), "name": scope.event_names.of(code), "label": material.labels.of(code),
            "channel": scope.channels.of(code), "element": value["element"], "topic": value["topic"],
            "click": bool(click), "error": role["errors"][code], "contact": role["contacts"][code],
            "answer": role["answers"][code] and not promised[code],
            "promise": (period or 72 * HOUR) if promised[code] else period,
            "search": 30 * MINUTE if role["searches"][code] else DAY if role["help_pages"][code] else 0,
            "nothing": nothing, "results": value["results"], "final": False,
        }  # fmt: skip

    return [[event(i) for i in range(a, b)] for a, b in pairwise(scope.offsets.tolist())]


def found(material, rows):
    """Rows as (unit, place), of those that are in a cell."""
    scope = material.scope
    inside = np.flatnonzero(rows & (material.events.cell[scope.code] >= 0))
    unit = np.searchsorted(scope.offsets, inside, side="right") - 1
    return set(zip(unit.tolist(), (inside - scope.offsets[unit]).tolist(), strict=True))


def check(kind, material, expected):
    signs = registry.find(kind, material)
    chances, hits = ({r for r in rows if units_of(material)[r[0]][r[1]]["label"] is not None} for rows in expected)
    if isinstance(signs, str):
        assert not hits or signs == "no_answers"
        return
    assert found(material, signs.hit) == hits
    if signs.chance is not None:
        assert found(material, signs.chance) == chances


@given(rows, st.booleans())
def test_detectors_of_clicks_equal_their_twins(drawn, defined):
    material = Material(scope_of(drawn, defined=defined), ObstaclesRequest())
    units = units_of(material)
    check("rage_click", material, twin.rage_click(units, material.below_seconds))
    check("dead_click", material, twin.dead_click(units))
    check("error_after_click", material, twin.error_after_click(units))


@given(rows, st.booleans())
def test_detectors_of_loops_equal_their_twins(drawn, defined):
    material = Material(scope_of(drawn, defined=defined), ObstaclesRequest())
    units, scope = units_of(material), material.scope
    exact = [[e | {"label": e["label"] if material.exact[c] else None} for e, c in zip(unit, codes, strict=True)]
             for unit, codes in zip(units, np.split(scope.code, scope.offsets[1:-1]), strict=True)]  # fmt: skip
    check("ping_pong", material, twin.ping_pong(exact))
    length = runs(scope.offsets, scope.time, scope.code, material.labels.table, DAY)
    began = {(u, i): int(length[scope.offsets[u] + i]) for u, i in found(material, length > 0)}
    assert began == twin.runs(units)


@given(rows, st.sampled_from([1, 7, 30]))
def test_detectors_of_contacts_equal_their_twins(drawn, days):
    material = Material(scope_of(drawn), ObstaclesRequest())
    units, until = units_of(material), material.scope.until
    check("silence_after_promise", material, twin.silence_after_promise(units, until))
    check("channel_switch_repeat", material, twin.channel_switch_repeat(units))
    signs = repeat_contact.find(material, days)
    chances, hits = twin.contacts(units, days, until)
    if signs != "no_contacts":
        assert (found(material, signs.chance), found(material, signs.hit)) == (chances, hits)


@given(rows)
def test_what_was_asked_and_not_found_equals_its_twin(drawn):
    drawn = [(*d[:5], d[5] if d[2] == "Search" else None, d[6]) for d in drawn]
    material = Material(scope_of(drawn), ObstaclesRequest())
    check("not_found", material, twin.not_found(units_of(material), material.scope.until))


@given(rows, st.integers(1, 4))
def test_long_waits_equal_their_twin(drawn, least):
    material = Material(scope_of(drawn), ObstaclesRequest())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_wait, "LEAST", least)
        signs = registry.find("long_wait", material)
    chances, hits = twin.long_waits(units_of(material), material.scope.gap, 3, least)
    assert (found(material, signs.chance), found(material, signs.hit)) == (chances, hits)


@given(rows)
def test_endings_equal_their_twin(drawn):
    material = Material(scope_of(drawn), ObstaclesRequest())
    scope = material.scope
    slot, silent = endings(*material.events, material.final, scope.gap, scope.until, 0, drop_off.WEEK)
    mine = {}
    for u, i in found(material, slot >= 0):
        at = scope.offsets[u] + i
        mine[u, i] = (slot[at] // STEPS, slot[at] % STEPS, silent[at])
    assert mine == twin.endings(units_of(material), scope.gap, scope.until, 0, drop_off.WEEK)


@settings(max_examples=15)
@given(rows, st.booleans())
def test_figures_and_drill_down_follow_from_the_signs(drawn, defined):
    scope, request = scope_of(drawn, defined=defined), ObstaclesRequest()
    material, result = Material(scope, request), obstacles.answer(scope, request)
    assert {*result.measured, *(m.kind for m in result.not_measurable)} == set(KINDS)
    for one in result.obstacles:
        signs = registry.find(one.kind, material)
        cell = [(material.labels.names[a], scope.channels.names[b] if b >= 0 else None) for a, b in material.cells]
        mine = material.events.cell[scope.code] == cell.index((one.touchpoint, one.channel))
        hits = np.flatnonzero(signs.hit & mine)
        could = np.flatnonzero(mine if signs.chance is None else signs.chance & mine)
        who, exposed = (np.unique(np.searchsorted(scope.offsets, r, side="right") - 1) for r in (hits, could))
        assert (one.count, one.people, one.of) == (len(hits), len(who), len(exposed))
        assert (one.first.timestamp(), one.last.timestamp()) == (
            scope.time[hits].min() / 1e6,
            scope.time[hits].max() / 1e6,
        )
        assert obstacles.members(scope, request, one.cell).tolist() == who.tolist()
        named = json.dumps([one.kind, one.touchpoint, one.channel])
        assert obstacles.members(scope, request, f"exposed:{named}").tolist() == exposed.tolist()
        shown = [obstacles.members(scope, request, e).tolist() for e in one.examples]
        assert shown == [[w] for w in who.tolist()[:3]]
        assert one.people_per_month <= one.people
        assert one.low <= one.share <= one.high
    for a in result.obstacles:
        beats = sum(b.above_low > a.above_high for b in result.obstacles)
        loses = sum(b.above_high < a.above_low for b in result.obstacles)
        assert (a.rank_low, a.rank_high) == (1 + beats, len(result.obstacles) - loses)
