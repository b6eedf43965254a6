"""Stages of people who move through stages that are known."""

import numpy as np
import pytest

from desireline.analyze.stages import StagesRequest, answer, labelled, members
from desireline.analyze.staging import adjusted_rand
from desireline.errors import BadDrilldown
from tests.planted import stages as planted
from tests.scopes import make_scope


def scope_of(traces, **more):
    return make_scope([(u, k, name) for u, trace in enumerate(traces) for k, name in enumerate(trace)], **more)


def score(result, truth):
    found = {t.touchpoint: t.stage for t in result.touchpoints if t.touchpoint in truth}
    assert set(found) == set(truth)
    return adjusted_rand(np.array([truth[t] for t in found]), np.array([*found.values()]))


@pytest.mark.parametrize("seed", [0, 1])
def test_stages_with_steps_back_noise_and_channels_are_found_again(seed):
    for planting in (
        planted.walks(seed, 1000, leaving=0.12, back=0.12, noise=0.15),
        planted.visits(seed, 1200, back=0.2, noise=0.15),
    ):
        result = answer(scope_of(planting.traces), StagesRequest())
        assert score(result, planting.stages) >= 0.9
        assert len(result.groups) == 5
        assert result.stable


def test_the_people_of_a_stage_are_those_who_meet_it():
    planting = planted.walks(3, 400)
    scope = scope_of(planting.traces)
    result = answer(scope, StagesRequest())
    for place, group in enumerate(result.groups):
        meeting = [u for u, trace in enumerate(planting.traces) if set(trace) & set(group.touchpoints)]
        assert members(scope, StagesRequest(), f"stage:{place}").tolist() == meeting
        assert (group.people, group.share) == (len(meeting), len(meeting) / 400)
        assert group.low < group.share <= group.high
    told = dict(zip(*labelled(scope, StagesRequest()), strict=True))
    assert told == {t.touchpoint: result.groups[t.stage].name for t in result.touchpoints}
    for wrong in ("stage:5", "stage:-1", "stage", "type:0"):
        with pytest.raises(BadDrilldown):
            members(scope, StagesRequest(), wrong)


def test_a_chain_by_hand():
    result = answer(scope_of([["a", "b", "c"]] * 9), StagesRequest(k=None))
    # Links a→b, b→c and a→c of nine people each: levels 0, 2/3, 4/3; the steps themselves lead one level up.
    assert [t.level for t in result.touchpoints] == pytest.approx([0, 2 / 3, 4 / 3])
    assert [g.touchpoints for g in result.groups] == [["a"], ["b"], ["c"]]
    assert (result.incoherence, result.stable, result.agreement) == (pytest.approx(0), True, 1)


def test_no_order_is_no_stages():
    result = answer(scope_of(planted.circles(0, 1000).traces), StagesRequest())
    assert (result.stable, result.reason) == (False, "varies")
    assert result.agreement < 0.6
    assert result.incoherence > 0.9


def test_nothing_follows_anything():
    result = answer(scope_of([["a"], ["b"], ["a"]]), StagesRequest())
    assert (result.stable, result.reason, result.incoherence) == (False, "no_steps", None)
    outside = answer(scope_of([["a", "b"]] * 6, touchpoints={}), StagesRequest())
    assert (outside.groups, outside.touchpoints, outside.stable, outside.agreement) == ([], [], False, None)


def test_what_few_meet_is_left_out():
    result = answer(scope_of([["a", "b", "c"]] * 9 + [["c", "rare", "a"]] * 2), StagesRequest(least=3))
    assert [t.touchpoint for t in result.touchpoints] == ["a", "b", "c"]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("touchpoints", 3, 4)]


def test_a_telephone_lives_in_several_stages():
    planting = planted.spanning(1, 800)
    plain = planted.walks(1, 800, noises=0)
    scope = scope_of(planting.traces, columns={"reason": planting.topics, "topic": [None] * len(planting.topics)})
    result = answer(scope, StagesRequest())
    assert score(result, planting.stages) >= 0.9
    [phone] = result.spanning
    assert phone.touchpoint == "phone"
    assert phone.effective > 3
    assert phone.split_by == ["stage", "property.reason"]
    assert sum(s.share for s in phone.stages) == pytest.approx(1)
    assert answer(scope_of(plain.traces), StagesRequest()).spanning == []
