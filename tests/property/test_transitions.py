"""Transitions equal their plain twin and SQL on random journeys, in whichever way they are counted."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import transitions
from desireline.analyze.goals import goal_codes
from desireline.analyze.transitions import TransitionsRequest
from desireline.kernels import rare_transitions
from desireline.kernels import transitions as kernel
from tests import oracles
from tests.journeys import journeys, micros, scopes
from tests.scopes import make_scope, sequences
from tests.twins import transitions as twin


@pytest.fixture(scope="module", params=["table of all pairs", "sorted by source", "sorted by source and target"])
def way(request):
    """Each way of counting; a real scope decides by how many labels it has."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "table of all pairs":
            patch.setattr(kernel, "DENSE_CELLS", 0)
        if request.param == "sorted by source and target":
            patch.setattr(rare_transitions, "SCARCE", 0)
        yield


def listed(scope, request):
    labels = scope.labels(request)
    return {
        (labels.names.index(t.from_), labels.names.index(t.to)): (t.count, t.people, t.median_seconds, t.p90_seconds)
        for t in transitions.answer(scope, request).transitions
    }


def in_seconds(found):
    return {pair: (n, people, micros(median), micros(p90)) for pair, (n, people, median, p90) in found.items()}


@given(scopes, st.booleans())
def test_counts_people_and_times(way, scope, collapse):
    request = TransitionsRequest(collapse=collapse)
    table = scope.labels(request).table
    found = listed(scope, request)
    assert found == in_seconds(twin.transitions(sequences(scope, table), collapse))
    assert found == in_seconds(oracles.transitions(scope, table, collapse))
    counted = listed(scope, TransitionsRequest(collapse=collapse, medians=False))
    assert counted == {pair: (n, people, None, None) for pair, (n, people, _, _) in found.items()}


@given(scopes, st.booleans())
def test_the_list_is_in_order_and_adds_up(scope, collapse):
    request = TransitionsRequest(collapse=collapse)
    result = transitions.answer(scope, request)
    assert result.transitions == sorted(result.transitions, key=lambda t: (-t.count, t.from_, t.to))
    assert sum(t.count for t in result.transitions) == result.total
    if not collapse:
        assert result.total == sum(max(len(s) - 1, 0) for s in sequences(scope, scope.labels(request).table))
    for top in range(1, len(result.transitions)):
        assert (
            transitions.answer(scope, request.model_copy(update={"top": top})).transitions == (result.transitions[:top])
        )


@given(scopes, st.booleans())
def test_cells_list_the_units_counted_by_place_and_by_name(scope, collapse):
    request = TransitionsRequest(collapse=collapse)
    result = transitions.answer(scope, request)
    for place, (t, share) in enumerate(zip(result.transitions, transitions.proportions(result), strict=True)):
        by_place = transitions.members(scope, request, f"pair:{place}")
        assert len(by_place) == t.people == share.n
        assert by_place.tolist() == transitions.members(scope, request, share.cell).tolist()
        assert share.cell == "pair:" + json.dumps([t.from_, t.to])
        assert share.of == scope.units


@given(scopes, st.sampled_from("abcdABCD"), st.booleans(), st.booleans())
def test_units_that_reach_a_goal_are_counted_as_if_they_were_alone(scope, goal, reached, collapse):
    known = [*scope.touchpoints.names, *scope.event_names.names]
    goal = goal if goal in known else known[0]
    request = TransitionsRequest(goal=goal, reached=reached, collapse=collapse)
    having = oracles.reaching(scope, np.flatnonzero(goal_codes(scope, goal)))
    units = [u for u in range(scope.units) if (u in having) == reached]
    table = scope.labels(request).table
    alone = [sequences(scope, table)[u] for u in units]
    result = transitions.answer(scope, request)
    assert listed(scope, request) == in_seconds(twin.transitions(alone, collapse))
    assert result.people_in_scope == len(units)
    assert result.outside_definition == result.events - sum(map(len, alone))
    for share in transitions.proportions(result):
        found = transitions.members(scope, request, share.cell).tolist()
        assert (len(found), share.of) == (share.n, len(units))
        assert set(found) <= set(units)


@given(scopes, st.sampled_from("ad"))
def test_those_who_reach_a_goal_and_those_who_do_not_are_everybody(scope, goal):
    parts = [listed(scope, TransitionsRequest(goal=goal, reached=reached)) for reached in (True, False)]
    for pair, (n, people, _, _) in listed(scope, TransitionsRequest()).items():
        assert sum(part.get(pair, (0, 0))[0] for part in parts) == n
        assert sum(part.get(pair, (0, 0))[1] for part in parts) == people


distinct = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 99), st.sampled_from("abc")), max_size=20, unique_by=lambda e: e[:2]
)
"""Without ties, where the order of rows says which came first."""


def told(events, **fields):
    result = transitions.answer(make_scope([*events, (9, 0, "a"), (9, 1, "b")]), TransitionsRequest(**fields))
    return [t.model_dump() for t in result.transitions]


@given(distinct, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(events, random):
    shuffled = random.sample(events, len(events))
    assert told(events) == told(shuffled)


@given(journeys, st.integers(0, 5))
def test_counts_of_two_halves_of_the_people_are_those_of_all(events, cut):
    named = {
        n: {(t["from"], t["to"]): (t["count"], t["people"]) for t in found}
        for n, found in (
            ("all", told(events)),
            ("low", told([e for e in events if e[0] < cut])),
            ("high", told([e for e in events if e[0] >= cut])),
        )
    }
    for pair, both in named["all"].items():
        low, high = (named[n].get(pair, (0, 0)) for n in ("low", "high"))
        extra = (1, 1) if pair == ("a", "b") else (0, 0)  # the unit that stands in every scope
        assert both == (low[0] + high[0] - extra[0], low[1] + high[1] - extra[1])


@given(journeys, journeys)
def test_events_outside_the_definition_change_nothing(events, noise):
    known = {"a": "A", "b": "B", "c": "C", "d": "D"}
    noisy = make_scope([*events, *((u, t, "noise") for u, t, _ in noise), (9, 0, "a"), (9, 1, "b")], known)
    quiet = make_scope([*events, (9, 0, "a"), (9, 1, "b")], known)
    for collapse in (False, True):
        request = TransitionsRequest(collapse=collapse)
        assert [t.model_dump() for t in transitions.answer(noisy, request).transitions] == [
            t.model_dump() for t in transitions.answer(quiet, request).transitions
        ]
