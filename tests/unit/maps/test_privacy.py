"""Small groups stay private in exports: no count of 1 to 49 is left, nor one that follows from others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.maps.privacy import EXPORT_THRESHOLD, guarded
from desireline.model.measured import Measured
from tests.unit.maps.sheets import change, figure, measured

COUNTS = {"people", "n", "goes_on", "dropped", "open", "loops", "people_in_scope", "goal_people"}


def counts(body):
    """All counts of people and answers anywhere in the figures."""
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "coverage":
                continue
            if key in COUNTS and isinstance(value, int):
                yield value
            elif key == "by_scale":
                yield from value.values()
            else:
                yield from counts(value)
    elif isinstance(body, list):
        for value in body:
            yield from counts(value)


def guard(**changes):
    return guarded(Measured.model_validate({**measured(), **changes}), EXPORT_THRESHOLD)


def test_no_small_count_is_left_in_the_sample():
    before = list(counts(measured()))
    assert any(0 < n < 50 for n in before)
    kept = guard()
    assert not [n for n in counts(kept.measured.model_dump()) if 0 < n < 50]
    assert kept.hidden == {"b2", "p7", ("l-emotion", "p5")}
    assert kept.measured.cards["t2"].figure.value == 29880


@pytest.mark.parametrize(
    ("share", "of", "shown"),
    [
        (0.5, 1000, True),
        (0.04, 1000, False),
        (0.96, 1000, False),
        (0.05, 1000, True),
        (1.0, 1000, True),
        (0.5, 40, False),
    ],
)
def test_a_share_hides_when_so_few_are_in_it_or_missing_from_it(share, of, shown):
    cards = {"m1": {"figure": figure(share, "share", round(share * of), of=of)}}
    kept = guard(cards=cards)
    assert (kept.measured.cards["m1"].figure is not None) is shown
    assert ("m1" in kept.hidden) is not shown


def test_nobody_is_nobody_and_stays():
    kept = guard(cards={"t9": {"figure": figure(0)}})
    assert kept.measured.cards["t9"].figure.value == 0


def test_a_small_part_of_a_stage_hides_all_its_parts():
    stages = measured()["stages"]
    stages["s2"] = {**stages["s2"], "people": 1000, "goes_on": 600, "dropped": 388, "open": 12, "loops": 0}
    kept = guard(stages=stages)
    stage = kept.measured.stages["s2"]
    assert kept.rough == {"s2"}
    assert (stage.people, stage.goes_on, stage.dropped, stage.open) == (1000, 600, 400, 0)
    assert stage.goes_on_share is None
    assert "s2" not in guard().rough


def test_a_small_stage_is_left_out():
    stages = measured()["stages"]
    stages["s4"] = {**stages["s4"], "people": 49, "dropped": 49, "open": 0}
    kept = guard(stages=stages)
    assert "s4" not in kept.measured.stages
    assert "s4" in kept.hidden


def test_changes_and_sparklines_do_not_tell_what_is_hidden():
    cards = {
        "t1": {"figure": figure(1000, change=change(980, 20, False), spark=[300, 49, 50, None])},
        "m2": {"figure": figure(0.5, "share", 500, of=1000, spark=[0.1, 0.9])},
    }
    kept = guard(cards=cards).measured.cards
    assert kept["t1"].figure.change is None
    assert kept["t1"].figure.spark == [300, None, 50, None]
    assert kept["m2"].figure.spark == []


def test_a_goal_that_nearly_all_or_few_reach_is_not_told():
    assert guard(goal_people=48200).measured.goal_people is None
    assert guard(goal_people=3).measured.goal_people is None
    assert guard().measured.goal_people == 6702


numbers = st.integers(0, 200)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(numbers, numbers, numbers), min_size=4, max_size=4), st.lists(numbers, min_size=7, max_size=7)
)
def test_no_small_count_is_ever_left(flows, people):
    body = measured()
    for stage, (goes_on, dropped, still_open) in zip(body["stages"].values(), flows, strict=True):
        total = goes_on + dropped + still_open
        stage |= {"people": total, "goes_on": goes_on, "dropped": dropped, "open": still_open, "loops": goes_on // 2}
        stage |= {"goes_on_share": goes_on / total if total else None, "proof": {**stage["proof"], "n": total}}
    for point, n in zip(body["emotion"][0]["points"], people, strict=True):
        point |= {
            "value": 0.5 if n else None,
            "n": n,
            "people": n,
            "by_scale": {"csat": n},
            "proof": {**point["proof"], "n": n},
        }
    for key, n in zip(("t1", "t2", "t3", "t4", "t5", "t6", "t7"), people, strict=True):
        body["cards"][key] = {"figure": figure(n)}
    kept = guarded(Measured.model_validate(body), EXPORT_THRESHOLD)
    assert not [n for n in counts(kept.measured.model_dump()) if 0 < n < 50]
    for stage in kept.measured.stages.values():
        told = (stage.goes_on, stage.dropped, stage.open)
        assert stage.goes_on_share is None or not any(0 < n < 50 for n in told)
