"""Differences between maps and between their figures: by hand, by the commands that make them, and on random maps."""

import copy
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from desireline.maps.commands import apply
from desireline.maps.diff import differences, out_of_order
from desireline.maps.diff_figures import Estimate, changed, estimate, figure_differences
from desireline.model.intervals import Interval
from desireline.model.journey_map import JourneyMap
from desireline.model.measured import Figure, Sheet
from tests.unit.maps.sheets import figure, sheet
from tests.unit.maps.strategies import journey_maps, readable_maps

CASES = Path(__file__).parents[2] / "cases" / "comparing" / "figures.json"


def plain(document):
    return JourneyMap.model_validate(
        {k: v for k, v in document.model_dump(by_alias=True).items() if k in JourneyMap.model_fields}
    )


BASE = plain(sheet())
LIBRARY = sheet().library
FIRST = BASE.stages[0]
TEXT_LANE = next(lane for lane in BASE.lanes if lane.kind == "actions")
CARDS = [c.id for cards in TEXT_LANE.cells.values() for c in cards]


def after(*commands):
    return differences(BASE, apply(BASE, list(commands))[0], LIBRARY)


def told(found):
    return [(d.kind, d.what, d.id, d.field) for d in found]


def test_each_command_is_told_as_what_it_does():
    assert told(after({"do": "map.set", "set": {"owner": "Marketing"}})) == [("changed", "map", BASE.id, "owner")]
    assert told(after({"do": "stage.move", "id": FIRST.id, "at": None})) == [("moved", "stage", FIRST.id, None)]
    assert told(after({"do": "stage.set", "id": FIRST.id, "set": {"name": "New"}})) == [
        ("changed", "stage", FIRST.id, "name")
    ]
    assert told(after({"do": "step.add", "stage": FIRST.id, "step": {"id": "n", "name": "New"}})) == [
        ("added", "step", "n", None)
    ]
    assert told(after({"do": "card.set", "id": CARDS[0], "set": {"text": "Other words"}})) == [
        ("changed", "card", CARDS[0], "text")
    ]
    target = BASE.stages[-1].steps[-1].id
    move = {"do": "card.move", "id": CARDS[0], "lane": TEXT_LANE.id, "step": target}
    assert told(after(move)) == [("moved", "card", CARDS[0], None)]
    assert told(after({"do": "path.remove", "id": "ideal"})) == [("removed", "path", "ideal", None)]
    gone = told(after({"do": "lane.remove", "id": TEXT_LANE.id}))
    assert gone == [("removed", "lane", TEXT_LANE.id, None), *(("removed", "card", c, None) for c in CARDS)]


def test_a_step_that_goes_to_another_stage_has_moved():
    several = next(stage for stage in BASE.stages if len(stage.steps) > 1)
    other = next(stage for stage in BASE.stages if stage is not several)
    step = several.steps[0]
    (one,) = after({"do": "step.move", "id": step.id, "stage": other.id, "at": 0})
    assert (one.kind, one.what, one.id) == ("moved", "step", step.id)
    assert one.before == [several.name, step.name]
    assert one.after == one.where == [other.name, step.name]


def test_where_is_readable():
    (one,) = after({"do": "card.set", "id": CARDS[0], "set": {"star": True}})
    place = next(step for step, cards in TEXT_LANE.cells.items() if cards[0].id == CARDS[0])
    stage = next(s for s in BASE.stages if place in [x.id for x in s.steps])
    assert one.where[:2] == [stage.name, next(x.name for x in stage.steps if x.id == place)]
    assert one.where[2] == (TEXT_LANE.title or "Actions")
    assert (one.before, one.after) == (False, True)
    touchpoints = next(lane for lane in BASE.lanes if lane.kind == "touchpoints")
    card = next(c for cards in touchpoints.cells.values() for c in cards if c.ref)
    (named,) = after({"do": "card.set", "id": card.id, "set": {"star": not card.star}})
    assert named.where[-1] == next(item.name for item in LIBRARY if item.id == card.ref)


def renamed(document):
    """The same map with other ids."""
    data = document.model_dump(mode="json", by_alias=True)
    data["id"] = "new"
    for lane in data["lanes"]:
        lane["cells"] = {f"new-{step}": cards for step, cards in lane["cells"].items()}
    cards = [c for lane in data["lanes"] for cards in lane["cells"].values() for c in cards]
    steps = [step for stage in data["stages"] for step in stage["steps"]]
    for thing in [*data["stages"], *steps, *data["lanes"], *cards, *data["paths"], *data["views"]]:
        thing["id"] = f"new-{thing['id']}"
    for path in data["paths"]:
        path["steps"] = [f"new-{step}" for step in path["steps"]]
    for view in data["views"]:
        view |= {key: [f"new-{lane}" for lane in view[key]] for key in ("hidden", "collapsed")}
    for card in cards:
        if card["bind"] and card["bind"]["stage"]:
            card["bind"]["stage"] = f"new-{card['bind']['stage']}"
    return JourneyMap.model_validate(data)


def test_maps_that_were_drawn_apart_are_matched_by_kind_and_name():
    assert told(differences(BASE, renamed(BASE))) == []
    changed_too = apply(BASE, [{"do": "card.set", "id": CARDS[0], "set": {"star": True}}])[0]
    assert [(d.kind, d.what, d.id, d.field) for d in differences(BASE, renamed(changed_too))] == [
        ("changed", "card", f"new-{CARDS[0]}", "star")
    ]


@settings(max_examples=15)
@given(readable_maps())
def test_a_map_with_other_ids_is_no_other_map(document):
    document = plain(document)
    names = [s.name.casefold() for s in document.stages]
    if len(names) == len(set(names)):
        assert [d for d in differences(document, renamed(document)) if d.kind != "moved"] == []


@given(journey_maps())
def test_a_map_does_not_differ_from_itself(document):
    assert differences(document, copy.deepcopy(document)) == []


SIZES = {"stage": "stages", "lane": "lanes", "path": "paths", "view": "views"}


def number(document, what):
    things = (
        document.steps() if what == "step" else document.cards() if what == "card" else getattr(document, SIZES[what])
    )
    return len(things)


@settings(max_examples=15)
@given(journey_maps(), journey_maps())
def test_there_and_back_is_the_same_the_other_way_round(a, b):
    there, back = differences(a, b), differences(b, a)
    count = Counter((d.kind, d.what) for d in there)
    other = Counter((d.kind, d.what) for d in back)
    for what in ("stage", "step", "lane", "card", "path", "view"):
        assert number(b, what) == number(a, what) + count["added", what] - count["removed", what]
        assert (count["added", what], count["removed", what]) == (other["removed", what], other["added", what])
    added = {(d.what, d.id) for d in there if d.kind == "added"}
    assert added == {(d.what, d.id) for d in back if d.kind == "removed"}


@given(st.permutations(list("abcdefg")))
def test_the_fewest_things_move(order):
    moved = out_of_order("abcdefg", order)
    rest = [x for x in order if x not in moved]
    assert rest == sorted(rest)
    best = max(
        bin(mask).count("1")
        for mask in range(128)
        if (kept := [x for k, x in enumerate(order) if mask >> k & 1]) == sorted(kept)
    )
    assert len(moved) == 7 - best


# --- figures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda case: case["name"])
def test_figures_by_cases_that_the_screen_passes_too(case):
    sides = []
    for side in ("before", "after"):
        given_figure = Figure.model_validate({**figure(1), "low": None, "high": None, **case[side]["figure"]})
        sides.append(estimate(given_figure, case[side]["people"]))
    if None in sides:
        assert case["expected"] is None
        return
    found = changed(*sides)
    assert (found is None) == (case["expected"] is None)
    if found:
        assert found._asdict() == {
            k: v if k == "field" else pytest.approx(v, abs=1e-9) for k, v in case["expected"].items()
        }


def test_shares_differ_as_newcombe_says():
    for n, of, m, to in [(56, 70, 48, 80), (9, 10, 3, 10), (10, 100, 12, 100), (500, 10_000, 580, 10_000)]:
        first, second = (estimate(Figure.model_validate(figure(x, "people")), y) for x, y in ((n, of), (m, to)))
        low, high = confint_proportions_2indep(m, to, n, of, compare="diff", method="newcomb")
        found = changed(first, second)
        assert (found is not None) == (low > 0 or high < 0)
        if found:
            assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_without_an_interval_nothing_is_claimed():
    assert changed(Estimate("seconds", 1, None), Estimate("seconds", 9, Interval(8, 10))) is None


def with_figures(**changes):
    """The sheet with other figures of its first stage."""
    data = sheet().model_dump(mode="json", by_alias=True)
    data["measured"]["stages"][FIRST.id] |= changes
    return Sheet.model_validate(data)


def test_a_sheet_does_not_differ_from_itself_in_figures():
    assert figure_differences(sheet(), sheet()) == []
    assert figure_differences(sheet(), sheet(measured=None)) == []


def test_a_stage_that_fewer_people_met():
    counted = sheet().measured.stages[FIRST.id]
    fewer = counted.people // 2
    on = min(counted.goes_on, fewer)
    found = figure_differences(
        sheet(), with_figures(people=fewer, goes_on=on, dropped=fewer - on, open=0, share=None), LIBRARY
    )
    share = next(d for d in found if d.field == "share")
    assert (share.kind, share.what, share.id, share.where) == ("changed", "figure", FIRST.id, [FIRST.name])
    scope = sheet().measured.people_in_scope
    assert (share.before, share.after) == (counted.people / scope, fewer / scope)
    assert share.low < share.after - share.before < share.high < 0


def test_what_only_one_of_them_measures():
    data = sheet().model_dump(mode="json", by_alias=True)
    card = next(c for c, m in data["measured"]["cards"].items() if m["figure"] and m["figure"]["value"] is not None)
    data["measured"]["cards"][card]["figure"] = None
    without = Sheet.model_validate(data)
    gone = [(d.kind, d.id) for d in figure_differences(sheet(), without)]
    assert gone == [("removed", card)]
    assert [(d.kind, d.id) for d in figure_differences(without, sheet())] == [("added", card)]
