"""The five questions on journeys small enough to count by hand, and what they refuse."""

import numpy as np
import pytest

from desireline.analyze import durations, funnel, paths, transitions, variants
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
        scope, durations.DurationsRequest(from_="@first", to="@last", by="stage"), "entered:null"
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
    graph = paths.answer(scope, paths.PathsRequest(anchor="a", form="graph"))
    assert (graph.people_entered, graph.nodes, graph.edges) == (0, [], [])
    assert variants.answer(scope, variants.VariantsRequest()).coverage == []
    result = durations.answer(scope, durations.DurationsRequest(from_="a", to="a", by="channel"))
    assert (result.entered, result.n, result.median_seconds, result.groups) == (0, 0, None, [])
