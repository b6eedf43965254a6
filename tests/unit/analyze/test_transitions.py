"""Transitions on journeys small enough to count by hand, and what they refuse."""

import json

import pytest

from desireline.analyze import transitions
from desireline.analyze.comparing import Listed, differences
from desireline.analyze.transitions import TransitionsRequest
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.model.definition import Definition, Goal, MatchRule, Touchpoint
from tests.scopes import make_scope

SECOND = 1_000_000


def told(scope, **fields):
    return [
        (t.from_, t.to, t.count, t.people) for t in transitions.answer(scope, TransitionsRequest(**fields)).transitions
    ]


def test_by_hand_with_limit_and_json_names():
    scope = make_scope(
        [(1, 0, "a"), (1, 10 * SECOND, "b"), (1, 50 * SECOND, "a"), (1, 70 * SECOND, "b"), (2, 0, "a"), (2, 9, "a")]
    )
    result = transitions.answer(scope, TransitionsRequest(top=1))
    assert (result.total, [(c.what, c.kept, c.total) for c in result.cut]) == (4, [("transitions", 1, 3)])
    (listed,) = json.loads(result.model_dump_json())["transitions"]
    assert listed == {
        "from": "a", "to": "b", "count": 2, "people": 1, "share": 0.5, "median_seconds": 15.0, "p90_seconds": 19.0
    }  # fmt: skip
    with pytest.raises(BadDrilldown):
        transitions.members(scope, TransitionsRequest(top=1), "pair:1")
    without = transitions.answer(scope, TransitionsRequest(medians=False))
    assert {(t.median_seconds, t.p90_seconds) for t in without.transitions} == {(None, None)}


def test_events_outside_the_definition_take_no_part():
    scope = make_scope([(1, 0, "a"), (1, 1, "noise"), (1, 4 * SECOND, "b"), (2, 0, "noise")], {"a": "A", "b": "B"})
    result = transitions.answer(scope, TransitionsRequest())
    assert [(t.from_, t.to, t.count, t.median_seconds) for t in result.transitions] == [("A", "B", 1, 4.0)]
    assert (result.outside_definition, result.events, result.people_in_scope) == (2, 4, 2)


def test_collapsed_they_run_from_the_last_repeat():
    scope = make_scope([(1, 0, "a"), (1, 5, "a"), (1, 7, "b")])
    (only,) = transitions.answer(scope, TransitionsRequest(collapse=True)).transitions
    assert (only.from_, only.to, only.count, only.median_seconds) == ("a", "b", 1, 2e-6)


def test_ties_in_count_go_by_name_also_at_the_limit():
    names = "cab"
    scope = make_scope([(u, k, n) for u, pair in enumerate(["cb", "ac", "ba", "ab", "ab"]) for k, n in enumerate(pair)])
    assert told(scope) == [("a", "b", 2, 2), ("a", "c", 1, 1), ("b", "a", 1, 1), ("c", "b", 1, 1)]
    for top in range(1, 1 + len(names)):
        assert told(scope, top=top) == told(scope)[:top]


def test_only_those_who_reach_a_goal_or_do_not():
    scope = make_scope(
        [(1, 0, "a"), (1, 1, "b"), (1, 2, "buy"), (2, 0, "a"), (2, 1, "b"), (3, 0, "b"), (3, 1, "a"), (4, 0, "buy")]
    )
    assert told(scope, goal="buy", reached=True) == [("a", "b", 1, 1), ("b", "buy", 1, 1)]
    assert told(scope, goal="buy", reached=False) == [("a", "b", 1, 1), ("b", "a", 1, 1)]
    assert told(scope, goal="buy") == told(scope)
    reached = TransitionsRequest(goal="buy", reached=True)
    result = transitions.answer(scope, reached)
    assert (result.people_in_scope, result.events) == (2, 4)
    assert transitions.members(scope, TransitionsRequest(goal="buy", reached=False), 'pair:["a", "b"]').tolist() == [1]
    assert transitions.members(scope, reached, "pair:0").tolist() == [0]


def test_a_goal_of_the_definition_holds_all_its_touchpoints():
    scope = make_scope([(1, 0, "a"), (1, 1, "call"), (2, 0, "a"), (2, 1, "mail"), (3, 0, "a"), (3, 1, "a")],
                       {"a": "A", "call": "Call", "mail": "Mail"})  # fmt: skip
    touchpoints = [Touchpoint(name=n, match=[MatchRule(name=n.lower())]) for n in ("A", "Call", "Mail")]
    goal = Goal(name="Contact", touchpoints=["Call", "Mail"])
    object.__setattr__(scope, "definition", Definition(version=1, touchpoints=touchpoints, goals=[goal]))
    assert told(scope, goal="Contact", reached=True) == [("A", "Call", 1, 1), ("A", "Mail", 1, 1)]
    assert told(scope, goal="Contact", reached=False) == [("A", "A", 1, 1)]


def test_two_segments_differ_with_the_interval_of_newcombe():
    # 56 of 70 against 48 of 80, Newcombe (1998), table II, method 10: 0.0524 to 0.3339.
    def segment(having, units):
        return transitions.answer(
            make_scope([(u, k, name) for u in range(units) for k, name in enumerate("ab" if u < having else "ba")]),
            TransitionsRequest(),
        )

    sides = [Listed(transitions.proportions(segment(*counts)), whole=True) for counts in ((56, 70), (48, 80))]
    found = {d.label: d for d in differences(*sides)[0]}["a → b"]
    assert (found.cell, found.a, found.a_of, found.b, found.b_of) == ('pair:["a", "b"]', 56, 70, 48, 80)
    assert (found.difference, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_what_makes_no_sense_is_refused():
    scope = make_scope([(1, 0, "a")])
    with pytest.raises(BadQuestion):
        transitions.answer(scope, TransitionsRequest(top=0))
    with pytest.raises(BadQuestion):
        transitions.answer(scope, TransitionsRequest(reached=True))
    with pytest.raises(UnknownStep):
        transitions.answer(scope, TransitionsRequest(goal="nowhere"))


@pytest.mark.parametrize(
    "cell", ["", "pair:", "pair:1", "pair:-1", "pair:x", 'pair:["a"]', 'pair:["a","x"]', "pair:[1,2]", "pair:[", "x:0",
             'pair:["a","b","a"]', "pair:" + "[" * 100_000],
)  # fmt: skip
def test_cells_that_do_not_exist_are_refused(cell):
    with pytest.raises(BadDrilldown):
        transitions.members(make_scope([(1, 0, "a"), (1, 1, "b")]), TransitionsRequest(), cell)
