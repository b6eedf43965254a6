"""Paths on journeys small enough to count by hand, and what they refuse."""

import pytest

from desireline.analyze import paths
from desireline.analyze.paths import PathsRequest
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from tests.scopes import make_scope


def scope_of(*journeys):
    return make_scope([(u, k, name) for u, names in enumerate(journeys) for k, name in enumerate(names)])


def layers(result):
    return [[(n.name, n.people) for n in layer] for layer in result.layers]


FIVE = scope_of("abc", "ab", "ad", "a", "b")


def test_from_and_to_by_hand():
    result = paths.answer(FIVE, PathsRequest(anchor="a", depth=3, max_nodes_per_layer=1))
    assert layers(result) == [[("a", 4)], [("b", 2), ("@other", 1), ("@end", 1)], [("c", 1), ("@end", 3)]]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("layer:1", 1, 2)]
    assert {(x.layer, x.from_, x.to, x.people) for x in result.links} == {
        (0, "a", "b", 2), (0, "a", "@other", 1), (0, "a", "@end", 1),
        (1, "b", "c", 1), (1, "b", "@end", 1), (1, "@other", "@end", 1), (1, "@end", "@end", 1),
    }  # fmt: skip
    before = paths.answer(FIVE, PathsRequest(anchor="b", direction="to", depth=2))
    assert layers(before) == [[("a", 2), ("@start", 1)], [("b", 3)]]


def test_names_below_the_minimum_share_are_other():
    # b has 2 of 4, d has 1 of 4, one ends: at 0.25 nothing is merged, just above d is, above one half both are.
    for share, expected in (
        (0.25, [("b", 2), ("d", 1), ("@end", 1)]),
        (0.26, [("b", 2), ("@other", 1), ("@end", 1)]),
        (0.5, [("b", 2), ("@other", 1), ("@end", 1)]),
        (0.51, [("@other", 3), ("@end", 1)]),
    ):
        result = paths.answer(FIVE, PathsRequest(anchor="a", depth=2, min_share=share))
        assert layers(result)[1] == expected
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("layer:1", 0, 2)]


def test_between_two_touchpoints_by_hand():
    # Two arrive (one after two others, which is later than the last layer), one ends, one never had the anchor.
    scope = scope_of("xaby", "acdb", "acb", "ac", "b")
    result = paths.answer(scope, PathsRequest(anchor="a", direction="between", to="b", depth=3))
    assert (result.people_entered, result.arrived, result.anchor_layer) == (4, 3, 0)
    assert layers(result) == [[("a", 4)], [("b", 1), ("c", 3)], [("b", 2), ("d", 1), ("@end", 1)]]
    assert {(x.layer, x.from_, x.to, x.people) for x in result.links} == {
        (0, "a", "b", 1), (0, "a", "c", 3), (1, "b", "b", 1), (1, "c", "b", 1), (1, "c", "d", 1), (1, "c", "@end", 1),
    }  # fmt: skip
    request = PathsRequest(anchor="a", direction="between", to="b", depth=3, form="graph")
    graph = paths.answer(scope, request)
    assert {(e.from_, e.to, e.people, e.count) for e in graph.edges} == {
        ("a", "b", 1, 1), ("a", "c", 3, 3), ("c", "b", 1, 1), ("c", "d", 1, 1), ("c", "@end", 1, 1)
    }  # fmt: skip
    assert paths.members(scope, request, "arrived").tolist() == [0, 1, 2]
    assert paths.members(scope, request, "missed").tolist() == [3]
    rare = PathsRequest(anchor="a", direction="between", to="b", depth=2, max_nodes_per_layer=1)
    assert layers(paths.answer(scope, rare))[1] == [("b", 1), ("@other", 3)]


def test_from_a_touchpoint_to_itself():
    scope = scope_of("aba", "aa", "ab")
    request = PathsRequest(anchor="a", direction="between", to="a", depth=3)
    assert layers(paths.answer(scope, request)) == [[("a", 3)], [("b", 2), ("a", 1)][::-1], [("a", 2), ("@end", 1)]]
    graph = paths.answer(scope, request.model_copy(update={"form": "graph"}))
    assert {(e.from_, e.to, e.people, e.count) for e in graph.edges} == {
        ("a", "b", 2, 2), ("b", "a", 1, 1), ("a", "a", 1, 1), ("b", "@end", 1, 1)
    }  # fmt: skip
    collapsed = paths.answer(scope, request.model_copy(update={"collapse": True}))
    assert (collapsed.people_entered, collapsed.arrived) == (3, 1)


def test_a_graph_by_hand():
    scope = scope_of("xabab", "ac", "ab")
    request = PathsRequest(anchor="a", direction="around", depth=4, form="graph", min_share=0.5)
    result = paths.answer(scope, request)
    assert {(n.name, n.people, n.events) for n in result.nodes} == {
        ("a", 3, 4), ("b", 2, 3), ("@other", 2, 2), ("@start", 3, 3), ("@end", 2, 2)
    }  # fmt: skip
    assert {(e.from_, e.to, e.people, e.count) for e in result.edges} == {
        ("@start", "@other", 1, 1), ("@start", "a", 2, 2), ("@other", "a", 1, 1), ("a", "b", 2, 3), ("b", "a", 1, 1),
        ("a", "@other", 1, 1), ("@other", "@end", 1, 1), ("b", "@end", 1, 1),
    }  # fmt: skip
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("nodes", 2, 4)]
    assert (result.layers, result.links, result.people_entered) == ([], [], 3)
    assert paths.members(scope, request, 'edge:["a", "b"]').tolist() == [0, 2]
    assert paths.members(scope, request, 'vertex:"@other"').tolist() == [0, 1]


def test_as_a_table_there_are_the_links_or_the_edges():
    flow, graph = (paths.answer(FIVE, PathsRequest(anchor="a", depth=2, form=form)) for form in ("flow", "graph"))
    assert flow.to_rows()[0] == {"layer": 0, "from": "a", "to": "b", "people": 2}
    assert graph.to_rows()[0] == {"from": "a", "to": "b", "people": 2, "count": 2}


def test_what_two_segments_are_compared_by_leaves_other_out():
    flow = paths.answer(FIVE, PathsRequest(anchor="a", depth=2, max_nodes_per_layer=1))
    assert [(p.cell, p.label, p.n, p.of) for p in paths.proportions(flow)] == [
        ('node:[1, "b"]', "+1 b", 2, 4), ('node:[1, "@end"]', "+1 @end", 1, 4),
        ('link:[0, "a", "b"]', "+0 a → b", 2, 4), ('link:[0, "a", "@end"]', "+0 a → @end", 1, 4),
    ]  # fmt: skip
    graph = paths.answer(FIVE, PathsRequest(anchor="a", depth=2, form="graph"))
    assert ('edge:["a", "b"]', "a → b", 2, 4) in [tuple(p) for p in paths.proportions(graph)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"depth": 1}, {"depth": 21}, {"max_nodes_per_layer": 0}, {"max_nodes_per_layer": 51}, {"min_share": -0.1},
        {"min_share": 1.1}, {"min_share": float("nan")}, {"direction": "between"}, {"to": "b"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(BadQuestion):
        paths.answer(FIVE, PathsRequest(anchor="a", **wrong))


def test_unknown_names_are_refused():
    with pytest.raises(UnknownStep):
        paths.answer(FIVE, PathsRequest(anchor="nowhere"))
    with pytest.raises(UnknownStep):
        paths.answer(FIVE, PathsRequest(anchor="a", direction="between", to="nowhere"))


@pytest.mark.parametrize("form", ["flow", "graph"])
@pytest.mark.parametrize(
    "cell",
    [
        "", "node:", "node:[0]", 'node:["a", 0]', 'node:[7, "a"]', 'link:[0, "a", "a"]', "x:[]", 'node:[-1, "a"]',
        'node:{"a": 1}', 'vertex:"x"', 'vertex:["a"]', 'edge:["a"]', 'edge:["x", "a"]', "arrived", "missed", "node:[",
        "node:" + "[" * 100_000,
    ],
)  # fmt: skip
def test_cells_that_do_not_exist_are_refused(cell, form):
    scope = make_scope([(1, 0, "a"), (1, 1, "b")])
    with pytest.raises(BadDrilldown):
        paths.members(scope, PathsRequest(anchor="a", form=form), cell)
