"""The five questions on journeys small enough to count by hand, and what they refuse."""

import json

import numpy as np
import pytest

from desireline.analyze import drilldown, durations, funnel, paths, transitions, variants
from desireline.analyze.scope import Labels
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.model.duration import parse_duration
from tests.scopes import make_scope

SECOND, DAY = 1_000_000, 86_400_000_000


def steps(scope, names, within=None):
    return funnel.answer(scope, funnel.FunnelRequest(steps=names, within=within)).steps


def test_unknown_names_and_empty_questions_are_refused():
    scope = make_scope([(1, 0, "a")])
    with pytest.raises(UnknownStep):
        steps(scope, ["nowhere"])
    with pytest.raises(BadQuestion):
        steps(scope, [])
    with pytest.raises(BadQuestion):
        steps(scope, ["a"], "soon")
    with pytest.raises(UnknownStep):
        paths.answer(scope, paths.PathsRequest(anchor="nowhere"))
    for wrong in ({"depth": 1}, {"depth": 21}, {"max_nodes_per_layer": 0}):
        with pytest.raises(BadQuestion):
            paths.answer(scope, paths.PathsRequest(anchor="a", **wrong))
    with pytest.raises(BadQuestion):
        variants.answer(scope, variants.VariantsRequest(top=0))
    with pytest.raises(BadQuestion):
        transitions.answer(scope, transitions.TransitionsRequest(top=0))


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("90s", 90 * SECOND),
        ("30m", 1800 * SECOND),
        ("2H", 7200 * SECOND),
        (" 7 d ", 7 * DAY),
        ("2w", 14 * DAY),
        ("0.5d", DAY // 2),
    ],
)
def test_durations_are_read(text, micros):
    assert parse_duration(text) == micros


@pytest.mark.parametrize("text", ["", "7", "d", "-7d", "0d", "7y", "7d 3h", "1e3s", "٧d", "nan", "9" * 12 + "w"])
def test_nonsense_is_no_duration(text):
    with pytest.raises(BadQuestion):
        parse_duration(text)


def test_events_outside_the_definition_take_no_part():
    scope = make_scope([(1, 0, "a"), (1, 1, "noise"), (1, 4 * SECOND, "b"), (2, 0, "noise")], {"a": "A", "b": "B"})
    result = transitions.answer(scope, transitions.TransitionsRequest())
    assert [(t.from_, t.to, t.count, t.median_seconds) for t in result.transitions] == [("A", "B", 1, 4.0)]
    assert (result.outside_definition, result.events, result.people_in_scope) == (2, 4, 2)
    assert [v.path for v in variants.answer(scope, variants.VariantsRequest()).variants] == [["A", "B"]]
    by_name = variants.answer(scope, variants.VariantsRequest(by_event_name=True))
    assert [v.path for v in by_name.variants] == [["a", "noise", "b"], ["noise"]]


def test_transitions_by_hand_with_limit_and_json_names():
    scope = make_scope([(1, 0, "a"), (1, 2, "b"), (1, 6, "a"), (1, 7, "b"), (2, 0, "a"), (2, 9, "a")])
    result = transitions.answer(scope, transitions.TransitionsRequest(top=1))
    assert (result.total, [(c.what, c.kept, c.total) for c in result.cut]) == (4, [("transitions", 1, 3)])
    listed = json.loads(result.model_dump_json())["transitions"]
    assert listed == [{"from": "a", "to": "b", "count": 2, "people": 1, "share": 0.5, "median_seconds": 1.5e-6}]
    with pytest.raises(BadDrilldown):
        transitions.members(scope, transitions.TransitionsRequest(top=1), "pair:1")
    without = transitions.answer(scope, transitions.TransitionsRequest(medians=False))
    assert {t.median_seconds for t in without.transitions} == {None}


def test_collapsed_transitions_run_from_the_last_repeat():
    scope = make_scope([(1, 0, "a"), (1, 5, "a"), (1, 7, "b")])
    (only,) = transitions.answer(scope, transitions.TransitionsRequest(collapse=True)).transitions
    assert (only.from_, only.to, only.count, only.median_seconds) == ("a", "b", 1, 2e-6)


def test_variants_by_stage_and_channel_skip_events_without_one():
    scope = make_scope(
        [(1, 0, "a"), (1, 1, "x"), (1, 2, "b"), (2, 0, "b"), (2, 1, "b"), (3, 0, "x")],
        stages={"a": "early", "b": "late"},
        channels={"a": "web", "b": "shop", "x": "web"},
    )
    stages = variants.answer(scope, variants.VariantsRequest(by="stage", collapse=True))
    assert [(v.path, v.people, v.share, v.cumulative_share) for v in stages.variants] == [
        (["early", "late"], 1, 0.5, 0.5), (["late"], 1, 0.5, 1.0)
    ]  # fmt: skip
    channels = variants.answer(scope, variants.VariantsRequest(by="channel"))
    assert [v.path for v in channels.variants] == [["shop", "shop"], ["web"], ["web", "web", "shop"]]
    with pytest.raises(BadDrilldown):
        variants.members(scope, variants.VariantsRequest(), "variant:9")


def test_paths_by_hand():
    scope = make_scope(
        [
            (1, 0, "a"),
            (1, 1, "b"),
            (1, 2, "c"),
            (2, 0, "a"),
            (2, 1, "b"),
            (3, 0, "a"),
            (3, 1, "d"),
            (4, 0, "a"),
            (5, 0, "b"),
        ]
    )
    result = paths.answer(scope, paths.PathsRequest(anchor="a", depth=3, max_nodes_per_layer=1))
    assert [[(n.name, n.people) for n in layer] for layer in result.layers] == [
        [("a", 4)], [("b", 2), ("@other", 1), ("@end", 1)], [("c", 1), ("@end", 3)]
    ]  # fmt: skip
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("layer:1", 1, 2)]
    assert {(x.layer, x.from_, x.to, x.people) for x in result.links} == {
        (0, "a", "b", 2), (0, "a", "@other", 1), (0, "a", "@end", 1),
        (1, "b", "c", 1), (1, "b", "@end", 1), (1, "@other", "@end", 1), (1, "@end", "@end", 1),
    }  # fmt: skip
    before = paths.answer(scope, paths.PathsRequest(anchor="b", direction="to", depth=2))
    assert [[(n.name, n.people) for n in layer] for layer in before.layers] == [[("a", 2), ("@start", 1)], [("b", 3)]]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "node:",
        "node:[0]",
        'node:["a", 0]',
        'node:[7, "a"]',
        'link:[0, "a", "a"]',
        "x:[]",
        'node:[-1, "a"]',
        'node:{"a": 1}',
    ],
)
def test_paths_refuse_cells_that_do_not_exist(cell):
    scope = make_scope([(1, 0, "a"), (1, 1, "b")])
    with pytest.raises(BadDrilldown):
        paths.members(scope, paths.PathsRequest(anchor="a"), cell)


def test_durations_by_hand():
    scope = make_scope(
        [
            (1, 0, "ask"),
            (1, 10 * SECOND, "pay"),
            (2, 0, "pay"),
            (2, SECOND, "ask"),
            (3, 0, "ask"),
            (3, 30 * SECOND, "ask"),
            (3, 40 * SECOND, "pay"),
            (4, 0, "pay"),
        ],
        channels={"ask": "web", "pay": "shop"},
        stages={"ask": "early"},
    )
    result = durations.answer(scope, durations.DurationsRequest(from_="ask", to="pay"))
    assert (result.entered, result.n, result.median_seconds, result.groups) == (3, 2, 25.0, [])
    assert result.p90_seconds == pytest.approx(37.0)  # 10 + 0.9 * (40 - 10)
    whole = durations.answer(scope, durations.DurationsRequest(from_="@first", to="@last", by="channel"))
    assert (whole.entered, whole.n, whole.median_seconds) == (4, 4, 5.5)
    assert [(g.name, g.n, g.median_seconds) for g in whole.groups] == [("shop", 2, 0.5), ("web", 2, 25.0)]
    again = durations.answer(scope, durations.DurationsRequest(from_="ask", to="ask"))
    assert (again.entered, again.n, again.median_seconds) == (3, 1, 30.0)
    by_stage = durations.answer(scope, durations.DurationsRequest(from_="@first", to="@last", by="stage"))
    assert [(g.name, g.entered) for g in by_stage.groups] == [(None, 2), ("early", 2)]
    request = durations.DurationsRequest.model_validate({"from": "ask", "to": "pay"})
    assert durations.members(scope, request, "missed").tolist() == [1]
    assert durations.members(
        scope, durations.DurationsRequest(from_="@first", to="@last", by="stage"), "entered:"
    ).tolist() == [1, 3]
    for cell in ("", "lost", "entered:web"):
        with pytest.raises(BadDrilldown):
            durations.members(scope, request, cell)


def test_stages_are_named_as_durations_ask():
    scope = make_scope([(1, 0, "a"), (1, 3 * SECOND, "b")], stages={"a": "early", "b": "late"})
    result = durations.answer(scope, durations.DurationsRequest(from_="early", to="late", of="stage"))
    assert (result.n, result.median_seconds) == (1, 3.0)


def test_a_scope_without_events_answers_with_nothing():
    scope = make_scope([])
    known = Labels(["a"], np.array([], np.int32))
    object.__setattr__(scope, "event_names", known)
    assert [s.people for s in steps(scope, ["a", "a"])] == [0, 0]
    assert [s.median_seconds_from_first for s in steps(scope, ["a"])] == [None]
    assert transitions.answer(scope, transitions.TransitionsRequest()).total == 0
    assert variants.answer(scope, variants.VariantsRequest()).distinct == 0
    flow = paths.answer(scope, paths.PathsRequest(anchor="a", depth=2))
    assert (flow.people_entered, flow.layers, flow.links) == (0, [[], []], [])
    result = durations.answer(scope, durations.DurationsRequest(from_="a", to="a", by="channel"))
    assert (result.entered, result.n, result.median_seconds, result.groups) == (0, 0, None, [])
