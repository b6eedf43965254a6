"""Channel switches small enough to count by hand, and what they refuse."""

import json

import numpy as np
import pytest

from desireline.analyze import switches as module
from desireline.analyze.switches import SwitchesRequest, answer, members, proportions
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from tests.scopes import make_scope

HOUR = 3_600_000_000
CHANNELS = {"look": "web", "ask web": "web", "ask phone": "phone", "pay": "web", "visit": "shop", "return": "shop"}


def by_pair(result):
    return {(s.from_, s.to): (s.count, s.people, s.repeated) for s in result.switches}


def ask(events, known=None, channels=CHANNELS, **fields):
    return answer(make_scope(events, known, channels=channels), SwitchesRequest(**fields))


def test_by_hand():
    events = [
        (1, 0, "look"), (1, HOUR, "ask web"), (1, 3 * HOUR, "ask phone"), (1, 4 * HOUR, "ask phone"),
        (1, 10 * HOUR, "look"),
        (2, 0, "look"), (2, 4 * HOUR, "ask phone"),
        (3, 0, "visit"),
    ]  # fmt: skip
    result = ask(events, {"look": "Look", "ask web": "Ask", "ask phone": "Ask", "visit": "Visit"})
    assert by_pair(result) == {("web", "phone"): (2, 2, 1), ("phone", "web"): (1, 1, 0)}
    first = result.switches[0]
    assert (first.median_seconds, first.p90_seconds) == (3 * 3600, pytest.approx(3.8 * 3600))
    assert (first.repeated_share, [(t.name, t.count) for t in first.topics]) == (0.5, [("Ask", 2)])
    # Wilson 1927 for 1 of 2.
    assert (first.low, first.high) == pytest.approx((0.0945, 0.9055), abs=5e-5)
    assert (result.total, result.people_with_channel) == (3, 3)
    assert [(c.channels, c.people) for c in result.channels] == [(1, 1), (2, 2)]
    assert {tuple(m.channels): (m.people, m.reached) for m in result.mixes} == {
        ("web", "phone"): (2, None), ("shop",): (1, None),
    }  # fmt: skip


@pytest.mark.parametrize(("after", "repeated"), [(72 * HOUR - 1, 1), (72 * HOUR, 1), (72 * HOUR + 1, 0)])
def test_the_window_runs_between_the_same_two_and_ends_exactly_at_its_edge(after, repeated):
    names = {"ask web": "Ask", "ask phone": "Ask", "look": "Look"}
    # The last look lies within the window of the call; what must lie within it is the question asked before.
    events = [(1, 0, "ask web"), (1, HOUR, "look"), (1, after, "ask phone")]
    assert ask(events, names).switches[0].repeated == repeated


def test_a_touchpoint_split_by_channel_is_the_same_by_its_event_name():
    # One event name on two channels: two codes of the dictionary, as the store has them, and two touchpoints.
    scope = make_scope([(1, 0, "ask web"), (1, HOUR, "ask phone")], {"ask web": "Ask, web", "ask phone": "Ask, phone"},
                       channels=CHANNELS)  # fmt: skip
    assert answer(scope, SwitchesRequest()).switches[0].repeated == 0
    object.__setattr__(scope, "event_names", type(scope.event_names)(["ask"], np.zeros(2, np.int32)))
    assert answer(scope, SwitchesRequest()).switches[0].repeated == 1
    assert members(scope, SwitchesRequest(), 'repeated:["web","phone"]').tolist() == [0]


def test_a_repeat_needs_the_stay_just_before_and_counts_once():
    names = {"ask web": "Ask", "ask phone": "Ask", "visit": "Visit"}
    between = [(1, 0, "ask web"), (1, 1, "visit"), (1, 2, "ask phone")]
    assert [s.repeated for s in ask(between, names).switches] == [0, 0]
    twice = [(1, 0, "ask web"), (1, 1, "ask phone"), (1, 2, "ask phone"), (1, 3, "ask web")]
    assert by_pair(ask(twice, names)) == {("web", "phone"): (1, 1, 1), ("phone", "web"): (1, 1, 1)}
    others = [(1, 0, "ask web"), (2, 1, "ask phone"), (2, 2, "visit")]
    assert by_pair(ask(others, names)) == {("phone", "shop"): (1, 1, 0)}


def test_ties_keep_the_order_of_arrival():
    assert by_pair(ask([(1, 5, "visit"), (1, 5, "look")])) == {("shop", "web"): (1, 1, 0)}
    assert by_pair(ask([(1, 5, "look"), (1, 5, "visit")])) == {("web", "shop"): (1, 1, 0)}


def test_events_without_channel_or_outside_the_definition_do_not_interrupt_a_stay():
    events = [(1, 0, "look"), (1, 1, "letter"), (1, 2, "pay"), (1, 3, "visit"), (1, 4, "pay")]
    assert by_pair(ask(events)) == {("web", "shop"): (1, 1, 0), ("shop", "web"): (1, 1, 0)}
    assert by_pair(ask(events, {"look": "Look", "pay": "Pay", "letter": "Letter"})) == {}


def test_topics_by_property():
    events = [(1, 0, "look"), (1, HOUR, "visit"), (2, 0, "look"), (2, HOUR, "visit"), (3, 0, "look"), (3, 1, "visit")]
    scope = make_scope(events, channels=CHANNELS, columns={"cause": ["bill", "bill", "bill", "late", None, None]})
    (only,) = answer(scope, SwitchesRequest(topic="property.cause")).switches
    assert (only.repeated, [(t.name, t.count) for t in only.topics]) == (1, [("bill", 1), ("late", 1)])
    assert members(scope, SwitchesRequest(topic="property.cause"), 'repeated:["web","shop"]').tolist() == [0]


def test_the_goal_by_mix():
    events = [(1, 0, "look"), (1, 1, "pay"), (2, 0, "look"), (3, 0, "visit"), (3, 1, "pay"), (4, 0, "visit")]
    result = ask(events, goal="pay")
    assert {frozenset(m.channels): (m.people, m.reached, m.share_reached) for m in result.mixes} == {
        frozenset({"web"}): (2, 1, 0.5), frozenset({"shop"}): (1, 0, 0.0), frozenset({"shop", "web"}): (1, 1, 1.0),
    }  # fmt: skip
    assert {p.label: (p.n, p.of) for p in proportions(result) if p.cell.startswith("mix")} == {
        "web": (1, 2), "shop": (0, 1), "web + shop": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize("n", [60, 130])
def test_more_channels_than_a_table_or_a_word_holds_and_more_mixes_than_are_listed(n):
    names = [f"c{k:03}" for k in range(n)]
    events = [(k, 0, names[k]) for k in range(n)] + [(k, 1, names[-1]) for k in range(40)] + [(200, 0, names[7])]
    scope = make_scope(events, channels={name: name for name in names})
    result = answer(scope, SwitchesRequest())
    assert result.people_with_channel == n + 1
    assert [(c.channels, c.people) for c in result.channels] == [(1, n - 39), (2, 40)]
    assert (len(result.mixes), result.mixes[-1].channels) == (21, ["@other"])
    assert sum(m.people for m in result.mixes) == n + 1
    for mix in result.mixes:
        cell = f"mix:{json.dumps(mix.channels)}"
        assert len(members(scope, SwitchesRequest(), cell)) == mix.people
    assert {(s.from_, s.to) for s in result.switches} == {(names[k], names[-1]) for k in range(40)}


def test_many_pairs_are_counted_in_several_passes(monkeypatch):
    events = [(u, t, name) for u in range(5) for t, name in enumerate(["look", "visit", "ask phone", "look", "visit"])]
    names = {n: n for n in CHANNELS}
    whole = ask(events, names)
    monkeypatch.setattr(module, "CELLS", 1)
    assert ask(events, names).switches == whole.switches
    assert whole.total == 20


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"within": "soon"}, BadQuestion), ({"topic": "weather"}, BadQuestion), ({"goal": "nowhere"}, UnknownStep)],
)
def test_nonsense_is_refused(fields, error):
    with pytest.raises(error):
        ask([(1, 0, "look")], **fields)


@pytest.mark.parametrize(
    "cell",
    ["", "switch", 'switch:["web"]', 'switch:["web","fax"]', "switch:[0,1]", "channels:0", "channels:true", "mix:[]",
     'mix:["shop"]', 'mix:["@other"]x', "repeated:null"],
)  # fmt: skip
def test_cells_that_do_not_exist_are_refused(cell):
    with pytest.raises(BadDrilldown):
        members(make_scope([(1, 0, "look"), (1, 1, "visit")], channels=CHANNELS), SwitchesRequest(), cell)


def test_without_events_or_channels_there_are_no_switches():
    for result in (ask([]), ask([(1, 0, "letter")])):
        assert (result.total, result.switches, result.channels, result.mixes) == (0, [], [], [])
