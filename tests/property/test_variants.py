"""Variants equal their plain twin and SQL on random journeys, and sum to the scope."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import variants
from desireline.analyze.variants import VariantsRequest
from tests import oracles
from tests.journeys import journeys, scopes
from tests.scopes import make_scope, sequences
from tests.twins import paths as twin

STAGES = {"a": "early", "b": "late", "c": "early"}
CHANNELS = {"a": "web", "b": "shop", "c": "web", "d": "shop"}


def counted(scope, table, names, collapse):
    units = [twin.labels_of(events, collapse) for events in sequences(scope, table)]
    found = Counter(tuple(names[x] for x in unit) for unit in units if unit)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


@given(scopes, st.booleans(), st.sampled_from([1, 2, 100]))
def test_sequences_and_their_people(scope, collapse, top):
    request = VariantsRequest(collapse=collapse, top=top)
    labels = scope.labels(request)
    result = variants.answer(scope, request)
    expected = counted(scope, labels.table, labels.names, collapse)
    assert [(tuple(v.path), v.people) for v in result.variants] == expected[:top]
    assert result.distinct == len(expected)
    by_sql = oracles.variants(scope, labels.table, collapse)
    assert dict(expected) == {tuple(labels.names[x] for x in path): n for path, n in by_sql.items()}
    if top == 100:
        assert sum(v.people for v in result.variants) == sum(bool(s) for s in sequences(scope, labels.table))
        assert not result.variants or result.variants[-1].cumulative_share == pytest.approx(1)


@given(journeys, st.sampled_from(["stage", "channel"]), st.booleans())
def test_sequences_of_stages_and_channels(events, by, collapse):
    scope = make_scope([*events, (9, 0, "a")], {n: n.upper() for n in "abcd"}, stages=STAGES, channels=CHANNELS)
    labels = scope.stages if by == "stage" else scope.channels
    result = variants.answer(scope, VariantsRequest(by=by, collapse=collapse, top=100))
    assert [(tuple(v.path), v.people) for v in result.variants] == counted(scope, labels.table, labels.names, collapse)


@given(scopes, st.booleans())
def test_cells_list_the_units_counted_by_place_and_by_name(scope, collapse):
    request = VariantsRequest(collapse=collapse)
    result = variants.answer(scope, request)
    for place, (variant, share) in enumerate(zip(result.variants, variants.proportions(result), strict=True)):
        by_place = variants.members(scope, request, f"variant:{place}")
        assert share.cell == "variant:" + json.dumps(variant.path)
        assert by_place.tolist() == variants.members(scope, request, share.cell).tolist()
        assert len(by_place) == variant.people == share.n
        assert variant.share == pytest.approx(share.n / share.of)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), min_size=1, max_size=70))
def test_the_coverage_curve_is_the_cumulative_share(units):
    scope = make_scope([(u, k, name) for u, unit in enumerate(units) for k, name in enumerate(unit)])
    result = variants.answer(scope, VariantsRequest(top=100))
    shares = [v.cumulative_share for v in result.variants]
    assert [(c.variants, c.share) for c in result.coverage] == [
        (c.variants, pytest.approx(shares[c.variants - 1])) for c in result.coverage
    ]
    points = [c.variants for c in result.coverage]
    assert (points[0], points[-1]) == (1, result.distinct)
    assert points == sorted(set(points))
    assert len(points) <= 40


distinct = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 99), st.sampled_from("abc")), max_size=20, unique_by=lambda e: e[:2]
)
"""Without ties, where the order of rows says which came first."""


def told(events, known=None):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "b")], known)
    return {tuple(v.path): v.people for v in variants.answer(scope, VariantsRequest(top=100)).variants}


@given(distinct, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(events, random):
    assert told(events) == told(random.sample(events, len(events)))


@given(journeys, st.integers(0, 5))
def test_two_halves_of_the_people_add_up(events, cut):
    halves = [Counter(told([e for e in events if (e[0] < cut) == low])) for low in (True, False)]
    both = halves[0] + halves[1]
    both["a", "b"] -= 1  # the unit that stands in both halves
    assert told(events) == dict(both)


@given(journeys, journeys)
def test_events_outside_the_definition_change_nothing(events, noise):
    known = {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert told([*events, *((u, t, "noise") for u, t, _ in noise)], known) == told(events, known)
