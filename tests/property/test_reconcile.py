"""Funnel, paths, transitions and variants agree: what one of them says about a journey, the others say too.

Journeys are random, with ties and repeats, and their definitions leave events outside. Everything compared is a public
answer: no law looks inside a question.
"""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import funnel, paths, transitions, variants
from desireline.analyze.funnel import FunnelRequest
from desireline.analyze.paths import PathsRequest
from desireline.analyze.transitions import TransitionsRequest
from desireline.analyze.variants import VariantsRequest
from tests import journeys
from tests.scopes import make_scope

UNCUT = {"depth": 20, "max_nodes_per_layer": 50}
scopes = journeys.scopes.filter(lambda scope: np.diff(scope.offsets).max() < UNCUT["depth"])
"""No journey is longer than paths can be deep."""

picks = st.tuples(st.integers(0, 9), st.integers(0, 9))


def two(scope, picked):
    """Two names, which may be the same."""
    names = scope.labels(PathsRequest(anchor="")).names
    return [names[p % len(names)] for p in picked]


def reached(scope, step, *steps, **fields):
    """The units that reach a step of a funnel, and their number as the funnel says it."""
    request = FunnelRequest(steps=list(steps), **fields)
    return (
        funnel.members(scope, request, f"step:{step}").tolist(),
        funnel.answer(scope, request).steps[step - 1].people,
    )


@given(scopes, picks, st.sampled_from(["from", "to", "around", "between"]), st.sampled_from(["flow", "graph"]))
def test_the_anchor_is_the_first_step_of_a_funnel(scope, picked, direction, form):
    a, b = two(scope, picked)
    to = b if direction == "between" else None
    request = PathsRequest(anchor=a, direction=direction, to=to, form=form)
    result = paths.answer(scope, request)
    cell = f"node:{json.dumps([result.anchor_layer, a])}" if form == "flow" else f"vertex:{json.dumps(a)}"
    units, people = reached(scope, 1, a)
    assert result.people_entered == people
    assert (paths.members(scope, request, cell).tolist() if people else []) == units
    if form == "flow" and people:
        assert [(n.name, n.people) for n in result.layers[result.anchor_layer]] == [(a, people)]


@given(scopes, picks)
def test_a_path_starts_at_the_first_anchor(scope, picked):
    # Nobody has the anchor in a layer before it; and what follows in the path follows the first step of the funnel.
    a, _ = two(scope, picked)
    result = paths.answer(scope, PathsRequest(anchor=a, direction="around", **UNCUT))
    assert all(node.name != a for layer in result.layers[: result.anchor_layer] for node in layer)
    again = sum(n.people for n in result.layers[result.anchor_layer + 1] if n.name == "@end")
    onward = paths.answer(scope, PathsRequest(anchor=a, **UNCUT))
    assert again == (sum(n.people for n in onward.layers[1] if n.name == "@end"))


@given(scopes, picks)
def test_paths_that_hold_b_after_a_are_the_ordered_funnel(scope, picked):
    a, b = two(scope, picked)
    request = PathsRequest(anchor=a, **UNCUT)
    result = paths.answer(scope, request)
    assert not result.cut
    holding = set()
    for layer in result.layers[1:]:
        for node in layer:
            if node.name == b:
                holding |= set(paths.members(scope, request, f"node:{json.dumps([node.layer, b])}").tolist())
    units, people = reached(scope, 2, a, b)
    assert sorted(holding) == units
    assert len(holding) == people


@given(scopes, picks, st.integers(2, 6))
def test_paths_between_that_arrive_are_the_ordered_funnel(scope, picked, depth):
    a, b = two(scope, picked)
    request = PathsRequest(anchor=a, direction="between", to=b, depth=depth)
    units, people = reached(scope, 2, a, b)
    assert paths.answer(scope, request).arrived == people
    assert paths.members(scope, request, "arrived").tolist() == units
    uncut = paths.answer(scope, request.model_copy(update=UNCUT))
    assert sum(n.people for n in uncut.layers[-1] if n.name == b) == people
    assert sum(n.people for n in uncut.layers[-1] if n.name == "@end") == uncut.people_entered - people


@given(scopes, picks)
def test_the_link_from_the_first_a_to_b_is_the_strict_funnel(scope, picked):
    a, b = two(scope, picked)
    request = PathsRequest(anchor=a, depth=2, max_nodes_per_layer=50)
    direct = [link.people for link in paths.answer(scope, request).links if (link.from_, link.to) == (a, b)]
    units, people = reached(scope, 2, {"name": a, "first_ever": True}, b, order="strict")
    assert sum(direct) == people
    cell = f"link:{json.dumps([0, a, b])}"
    assert (paths.members(scope, request, cell).tolist() if direct else []) == units


@given(scopes, picks)
def test_a_transition_is_the_strict_funnel_of_its_two_names(scope, picked):
    a, b = two(scope, picked)
    people = {(t.from_, t.to): t.people for t in transitions.answer(scope, TransitionsRequest()).transitions}
    units, reaching = reached(scope, 2, a, b, order="strict")
    assert people.get((a, b), 0) == reaching
    cell = f"pair:{json.dumps([a, b])}"
    assert transitions.members(scope, TransitionsRequest(), cell).tolist() == units


@given(scopes, st.booleans())
def test_variants_sum_to_the_scope_and_imply_the_transitions(scope, collapse):
    result = variants.answer(scope, VariantsRequest(top=1000, collapse=collapse))
    inside = scope.labels(VariantsRequest()).table[scope.code] >= 0
    assert sum(v.people for v in result.variants) == np.count_nonzero(
        np.logical_or.reduceat(inside, scope.offsets[:-1])
    )
    count, people = Counter(), Counter()
    for variant in result.variants:
        pairs = list(pairwise(variant.path))
        count.update({pair: n * variant.people for pair, n in Counter(pairs).items()})
        people.update(dict.fromkeys(pairs, variant.people))
    found = transitions.answer(scope, TransitionsRequest(collapse=collapse))
    assert {(t.from_, t.to): (t.count, t.people) for t in found.transitions} == {
        pair: (n, people[pair]) for pair, n in count.items()
    }
    assert found.total == count.total()


@given(scopes, picks)
def test_variants_imply_the_paths(scope, picked):
    a, _ = two(scope, picked)
    result = paths.answer(scope, PathsRequest(anchor=a, **UNCUT))
    links = Counter()
    for variant in variants.answer(scope, VariantsRequest(top=1000)).variants:
        if a in variant.path:
            walk = (variant.path[variant.path.index(a) :] + ["@end"] * 20)[:20]
            links.update({(k, *pair): variant.people for k, pair in enumerate(pairwise(walk))})
    assert {(x.layer, x.from_, x.to): x.people for x in result.links} == links


@given(scopes, picks)
def test_a_graph_of_whole_journeys_holds_the_transitions_after_the_first_anchor(scope, picked):
    # All transitions of those who begin with the anchor: no funnel and no cut, so both count the same steps.
    a, _ = two(scope, picked)
    beginning = [v for v in variants.answer(scope, VariantsRequest(top=1000)).variants if v.path[0] == a]
    graph = paths.answer(scope, PathsRequest(anchor=a, form="graph", **UNCUT))
    edges = {(e.from_, e.to): e.count for e in graph.edges if e.to != "@end"}
    least = Counter()
    for variant in beginning:
        least.update({pair: n * variant.people for pair, n in Counter(pairwise(variant.path)).items()})
    everything = {(t.from_, t.to): t.count for t in transitions.answer(scope, TransitionsRequest()).transitions}
    for pair, n in edges.items():
        assert least.get(pair, 0) <= n <= everything[pair]
    assert set(least) <= set(edges)
    ends = [e.count for e in graph.edges if e.to == "@end"]
    assert sum(ends) == graph.people_entered


@given(scopes, picks, st.booleans())
def test_who_reaches_a_goal_are_those_of_a_funnel_with_that_step(scope, picked, reached_goal):
    goal, _ = two(scope, picked)
    result = transitions.answer(scope, TransitionsRequest(goal=goal, reached=reached_goal))
    _, people = reached(scope, 1, goal)
    assert result.people_in_scope == (people if reached_goal else scope.units - people)


@pytest.mark.parametrize("order", ["ordered", "strict"])
def test_the_laws_can_tell_the_orders_apart(order):
    # Otherwise a strict funnel that counted like an ordered one would satisfy half of the laws above.
    scope = make_scope([(1, 0, "a"), (1, 1, "c"), (1, 2, "b"), (2, 0, "a"), (2, 1, "b")])
    units, _ = reached(scope, 2, {"name": "a", "first_ever": True}, "b", order=order)
    assert units == ([0, 1] if order == "ordered" else [1])
