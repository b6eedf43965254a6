"""Variants on journeys small enough to count by hand, and what they refuse."""

import pytest

from desireline.analyze import variants
from desireline.analyze.variants import VariantsRequest
from desireline.errors import BadDrilldown, BadQuestion
from tests.scopes import make_scope


def test_events_outside_the_definition_take_no_part():
    scope = make_scope([(1, 0, "a"), (1, 1, "noise"), (1, 4, "b"), (2, 0, "noise")], {"a": "A", "b": "B"})
    assert [v.path for v in variants.answer(scope, VariantsRequest()).variants] == [["A", "B"]]
    by_name = variants.answer(scope, VariantsRequest(by_event_name=True))
    assert [v.path for v in by_name.variants] == [["a", "noise", "b"], ["noise"]]


def test_by_stage_and_channel_events_without_one_are_skipped():
    scope = make_scope(
        [(1, 0, "a"), (1, 1, "x"), (1, 2, "b"), (2, 0, "b"), (2, 1, "b"), (3, 0, "x")],
        stages={"a": "early", "b": "late"},
        channels={"a": "web", "b": "shop", "x": "web"},
    )
    stages = variants.answer(scope, VariantsRequest(by="stage", collapse=True))
    assert [(v.path, v.people, v.share, v.cumulative_share) for v in stages.variants] == [
        (["early", "late"], 1, 0.5, 0.5), (["late"], 1, 0.5, 1.0)
    ]  # fmt: skip
    assert variants.members(scope, VariantsRequest(by="stage", collapse=True), 'variant:["late"]').tolist() == [1]
    assert variants.members(scope, VariantsRequest(by="stage"), 'variant:["late"]').tolist() == []
    channels = variants.answer(scope, VariantsRequest(by="channel"))
    assert [v.path for v in channels.variants] == [["shop", "shop"], ["web"], ["web", "web", "shop"]]


def test_the_coverage_curve_by_hand():
    # 3 units go a, 2 go b, 1 each c, d and e: 3, 5, 6, 7 and 8 of 8.
    scope = make_scope([(u, 0, name) for u, name in enumerate("aaabbcde")])
    coverage = variants.answer(scope, VariantsRequest(top=1)).coverage
    assert [(c.variants, c.share) for c in coverage] == [(1, 3 / 8), (2, 5 / 8), (3, 6 / 8), (4, 7 / 8), (5, 1.0)]


def test_the_curve_of_many_variants_has_few_points():
    scope = make_scope([(u, k, f"n{n}") for u in range(300) for k, n in enumerate([u, u // 2])])
    coverage = variants.answer(scope, VariantsRequest()).coverage
    assert len(coverage) <= 40
    assert [(c.variants, c.share) for c in coverage[-1:]] == [(300, 1.0)]
    assert all(c.share == pytest.approx(c.variants / 300) for c in coverage)


def test_a_very_long_sequence_is_cut_and_said_to_be():
    scope = make_scope([*((1, k, "ab"[k % 2]) for k in range(1_500)), (2, 0, "b"), (3, 0, "b")])
    result = variants.answer(scope, VariantsRequest())
    assert [(len(v.path), v.people) for v in result.variants] == [(1, 2), (1_000, 1)]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("variant:1", 1_000, 1_500)]
    assert variants.members(scope, VariantsRequest(), "variant:1").tolist() == [0]
    assert [(p.n, p.of) for p in variants.proportions(result)] == [(2, 3)]


def test_what_makes_no_sense_is_refused():
    scope = make_scope([(1, 0, "a")])
    with pytest.raises(BadQuestion):
        variants.answer(scope, VariantsRequest(top=0))


@pytest.mark.parametrize(
    "cell", ["", "variant:", "variant:9", "variant:-1", 'variant:["x"]', "variant:[", "variant:[0]", "x:0"]
)
def test_cells_that_do_not_exist_are_refused(cell):
    with pytest.raises(BadDrilldown):
        variants.members(make_scope([(1, 0, "a")]), VariantsRequest(), cell)
