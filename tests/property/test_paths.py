"""Paths equal their plain twin and SQL on random journeys; every layer sums to those who entered."""

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import paths
from desireline.analyze.paths import PathsRequest
from tests import oracles
from tests.journeys import journeys, scopes
from tests.scopes import make_scope, sequences
from tests.twins import paths as twin

picks = st.integers(0, 9)
shares = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def asked(draw, directions=("from", "to", "around", "between")):
    """A scope and a request that makes sense in it."""
    scope = draw(scopes)
    names = scope.labels(PathsRequest(anchor="")).names
    direction = draw(st.sampled_from(directions))
    request = PathsRequest(
        anchor=names[draw(picks) % len(names)], direction=direction,
        to=names[draw(picks) % len(names)] if direction == "between" else None, depth=draw(st.integers(2, 5)),
        max_nodes_per_layer=draw(st.integers(1, 3)), min_share=draw(shares), collapse=draw(st.booleans()),
    )  # fmt: skip
    return scope, request


def walks_of(scope, request):
    """The twin's walks by unit, the anchor's layer, the end's label and the units that arrive there."""
    labels = scope.labels(request)
    units, anchor = sequences(scope, labels.table), labels.names.index(request.anchor)
    if request.direction == "between":
        until = labels.names.index(request.to)
        return (*_swapped(twin.between(units, anchor, until, request.depth, request.collapse), until),)
    back = 0 if request.direction == "from" else request.depth - 1
    ahead = 0 if request.direction == "to" else request.depth - 1
    return twin.layers(units, anchor, back, ahead, request.collapse), back, None, None


def _swapped(found, until):
    walks, arrived = found
    return walks, 0, until, arrived


@given(asked())
def test_layers_equal_the_twin_and_sum_to_those_who_entered(question):
    scope, request = question
    labels, result = scope.labels(request), paths.answer(scope, request)
    walks, back, until, _ = walks_of(scope, request)
    assert (result.people_entered, result.anchor_layer) == (len(walks), back)
    for k, layer in enumerate(result.layers):
        counts = Counter(walk[k] for walk in walks.values())
        named = sorted((x != until, -n, labels.names[x]) for x, n in counts.items() if x is not None)
        common = [x for x in named if -x[1] >= request.min_share * len(walks) or not x[0]]
        kept = common[: request.max_nodes_per_layer]
        expected = [(name, -n) for _, n, name in kept]
        other = -sum(n for _, n, _ in named) + sum(n for _, n, _ in kept)
        expected += [("@other", other)] if other else []
        expected += [("@start" if k < back else "@end", counts[None])] if counts[None] else []
        assert [(node.name, node.people) for node in layer] == expected
        assert sum(node.people for node in layer) == len(walks)
        assert [(c.kept, c.total) for c in result.cut if c.what == f"layer:{k}"] == (
            [(len(kept), len(named))] if other else []
        )


@given(asked(("from", "to", "around")))
def test_layers_equal_sql(question):
    scope, request = question
    labels = scope.labels(request)
    request = request.model_copy(update={"max_nodes_per_layer": 9, "min_share": 0.0})
    result = paths.answer(scope, request)
    by_sql = oracles.paths(scope, labels.table, labels.names.index(request.anchor), request.collapse)
    for k, layer in enumerate(result.layers):
        named = {labels.names.index(node.name): node.people for node in layer if not node.name.startswith("@")}
        assert named == {label: n for (at, label), n in by_sql.items() if at == k - result.anchor_layer}


@given(asked())
def test_links_between_two_layers_sum_to_their_nodes(question):
    result = paths.answer(*question)
    for k, (before, after) in enumerate(pairwise(result.layers)):
        links = [link for link in result.links if link.layer == k]
        for node in before:
            assert sum(link.people for link in links if link.from_ == node.name) == node.people
        for node in after:
            assert sum(link.people for link in links if link.to == node.name) == node.people


@given(asked())
def test_every_cell_lists_the_units_counted(question):
    scope, request = question
    result = paths.answer(scope, request)
    cells = {json.dumps([n.layer, n.name]): n.people for layer in result.layers for n in layer}
    for place, people in cells.items():
        assert len(paths.members(scope, request, f"node:{place}")) == people
    for x in result.links:
        assert len(paths.members(scope, request, "link:" + json.dumps([x.layer, x.from_, x.to]))) == x.people
    for share in paths.proportions(result):
        assert (len(paths.members(scope, request, share.cell)), result.people_entered) == (share.n, share.of)
    _, _, _, arrived = walks_of(scope, request)
    assert result.arrived == (None if arrived is None else len(arrived))
    if arrived is not None:
        assert paths.members(scope, request, "arrived").tolist() == arrived
        assert len(paths.members(scope, request, "missed")) == result.people_entered - len(arrived)


@given(asked(("between",)))
def test_between_two_touchpoints_those_who_arrived_stay_and_the_others_end(question):
    scope, request = question
    result = paths.answer(scope, request)
    for link in result.links:
        if link.layer > 0 and link.from_ == request.to:
            assert link.to == request.to
    here = [sum(n.people for n in layer if n.name == request.to) for layer in result.layers[1:]]
    assert here == sorted(here)
    assert here[-1] <= result.arrived


@given(asked())
def test_a_graph_equals_the_twin(question):
    scope, request = question
    request = request.model_copy(update={"form": "graph"})
    labels, result = scope.labels(request), paths.answer(scope, request)
    walks, back, until, _ = walks_of(scope, request)
    flow = paths.answer(scope, request.model_copy(update={"form": "flow"}))
    shown = {n.name for layer in flow.layers for n in layer} - {"@other", "@start", "@end"}

    def name(x):
        text = x if isinstance(x, str) else labels.names[x]
        return text if text in shown or text in ("@start", "@end") else "@other"

    nodes, edges = {}, {}
    by_label, by_pair = twin.graph(walks, back, until)
    for x, units in by_label.items():
        nodes.setdefault(name(x), []).extend(units)
    for (x, y), units in by_pair.items():
        edges.setdefault((name(x), name(y)), []).extend(units)
    assert {n.name: (n.people, n.events) for n in result.nodes} == {
        n: (len(set(units)), len(units)) for n, units in nodes.items()
    }
    assert {(e.from_, e.to): (e.people, e.count) for e in result.edges} == {
        pair: (len(set(units)), len(units)) for pair, units in edges.items()
    }
    assert [n.events for n in result.nodes] == sorted((n.events for n in result.nodes), reverse=True)
    assert (result.layers, result.links) == ([], [])
    for n in result.nodes:
        assert paths.members(scope, request, "vertex:" + json.dumps(n.name)).tolist() == sorted(set(nodes[n.name]))
    for e in result.edges:
        cell = "edge:" + json.dumps([e.from_, e.to])
        assert paths.members(scope, request, cell).tolist() == sorted(set(edges[e.from_, e.to]))
    for share in paths.proportions(result):
        assert len(paths.members(scope, request, share.cell)) == share.n


@given(scopes, picks, st.integers(2, 6))
def test_the_edges_of_a_graph_equal_sql(scope, pick, depth):
    labels = scope.labels(PathsRequest(anchor=""))
    anchor = pick % len(labels.names)
    request = PathsRequest(anchor=labels.names[anchor], depth=depth, max_nodes_per_layer=9, form="graph")
    result = paths.answer(scope, request)
    assert {(e.from_, e.to): (e.count, e.people) for e in result.edges} == {
        (labels.names[a], "@end" if b is None else labels.names[b]): found
        for (a, b), found in oracles.edges(scope, labels.table, anchor, depth).items()
    }


@given(asked())
def test_a_graph_is_the_flow_summed(question):
    scope, request = question
    request = request.model_copy(update={"max_nodes_per_layer": 9, "min_share": 0.0})
    flow, graph = (paths.answer(scope, request.model_copy(update={"form": form})) for form in ("flow", "graph"))
    summed, seen = Counter(), Counter()
    for link in flow.links:
        waits = link.from_ == link.to and (
            link.from_ in ("@start", "@end") or (link.from_ == request.to and link.layer > flow.anchor_layer)
        )
        if not waits:
            summed[link.from_, link.to] += link.people
            seen[link.to] += link.people
    first = {n.name: n.people for n in flow.layers[0]}
    assert {(e.from_, e.to): e.count for e in graph.edges} == summed
    assert {n.name: n.events for n in graph.nodes} == seen + Counter(first)
    assert not graph.cut


distinct = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 99), st.sampled_from("abc")), max_size=20, unique_by=lambda e: e[:2]
)
"""Without ties, where the order of rows says which came first."""

directions = st.sampled_from([("from", None), ("to", None), ("around", None), ("between", "b"), ("between", "a")])
forms = st.sampled_from(["flow", "graph"])


def told(events, direction, form, known=None):
    way, to = direction
    request = PathsRequest(anchor="a", direction=way, to=to, form=form)
    if known:
        request = request.model_copy(update={"anchor": "A", "to": to and to.upper()})
    result = paths.answer(make_scope([*events, (9, 0, "a"), (9, 1, "b")], known), request)
    return result.model_dump(include={"layers", "links", "nodes", "edges", "people_entered", "arrived"})


@given(distinct, directions, forms, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(events, direction, form, random):
    assert told(events, direction, form) == told(random.sample(events, len(events)), direction, form)


@given(journeys, journeys, directions, forms)
def test_events_outside_the_definition_change_nothing(events, noise, direction, form):
    known = {"a": "A", "b": "B", "c": "C", "d": "D"}
    noisy = [*events, *((u, t, "noise") for u, t, _ in noise)]
    assert told(noisy, direction, form, known) == told(events, direction, form, known)


@given(journeys, st.integers(0, 5), directions)
def test_two_halves_of_the_people_add_up(events, cut, direction):
    halves = [told([e for e in events if (e[0] < cut) == low], direction, "flow") for low in (True, False)]
    added = Counter()
    for half in halves:
        added.update({(x["layer"], x["from"], x["to"]): x["people"] for x in half["links"]})
    extra = told([], direction, "flow")  # the unit that stands in both halves
    added.subtract({(x["layer"], x["from"], x["to"]): x["people"] for x in extra["links"]})
    whole = told(events, direction, "flow")
    assert {(x["layer"], x["from"], x["to"]): x["people"] for x in whole["links"]} == +added


@pytest.mark.parametrize("depth", [2, 20])
def test_the_least_and_the_greatest_depth(depth):
    scope = make_scope([(1, k, "abc"[k % 3]) for k in range(60)])
    result = paths.answer(scope, PathsRequest(anchor="a", depth=depth))
    assert [layer[0].name for layer in result.layers] == list("abc" * 7)[:depth]
