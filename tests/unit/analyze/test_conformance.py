"""Conformance on journeys small enough to align by hand."""

import dataclasses

import pytest
from statsmodels.stats.proportion import proportion_confint

from desireline.analyze.conformance import ConformanceRequest, align, members
from desireline.analyze.drilldown import question_of
from desireline.errors import BadDrilldown, IdealNotMeasured
from desireline.model.definition import Definition
from desireline.model.planned import Planned
from desireline.service.questions import persons_in
from tests.scopes import make_scope

DAY = 86_400_000_000
LETTERS = "ABCDEx!"


def planned(paths, together=None, optional=""):
    """Paths of letters, each letter a step met by the touchpoint of that name and those `together` adds."""
    letters = dict.fromkeys("".join(paths))
    steps = [{"id": s, "touchpoints": [s, *(together or {}).get(s, "")], "optional": s in optional} for s in letters]
    ways = [{"id": f"way {k}", "steps": list(path)} for k, path in enumerate(paths, 1)]
    return Planned.model_validate({"ideal": "plan", "steps": steps, "paths": ways})


def scope_of(traces, until=1000):
    """One unit for each trace, and one that meets nothing planned, so that all names are known."""
    rows = [(u, k, name) for u, trace in enumerate(traces) for k, name in enumerate(trace)]
    return make_scope(rows, {name: name for name in LETTERS}, until=until * DAY)


def known(traces, paths=("ABCD",), until=1000, **plan):
    """The answer for these traces, with "!" as failing touchpoint."""
    request = ConformanceRequest(planned=planned(paths, **plan), failing=["!"])
    scope = scope_of(traces, until)
    return align(scope, request), scope, request


def told(*traces, **fields):
    """Deviations as (kind, step, touchpoint, after): people, without the units that have all names."""
    return {(d.kind, d.step, d.touchpoint, d.after): d.people for d in known([*traces], **fields)[0].deviations}


BY_HAND = {
    "ABCD": set(),
    "AABBBCD": set(),
    "ABD": {("missing", "C", None, "B")},
    "AD": {("missing", "B", None, "A"), ("missing", "C", None, "B")},
    "BCD": {("missing", "A", None, None)},
    "xABCD": {("ad_hoc", None, "x", None)},
    "ABxCxD": {("ad_hoc", None, "x", "B"), ("ad_hoc", None, "x", "C")},
    "ACDB": {("irregular", "B", "B", "D")},
    "CABD": {("irregular", "C", "C", None)},
    "AxABCD": {("ad_hoc", None, "x", "A"), ("failed", "A", "A", None)},
    "ABCBD": {("failed", "B", "B", "A")},
    "AB!CD": {("failed", "B", "!", "A")},
    "AB!BCD": {("failed", "B", "!", "A")},
    "ABx!CD": {("failed", "B", "!", "A"), ("ad_hoc", None, "x", "B")},
    "AB!B!BCD": {("failed", "B", "!", "A"), ("failed", "B", "!", "B")},
    "!ABCD": {("ad_hoc", None, "!", None)},
    "AxACDB": {("ad_hoc", None, "x", "A"), ("failed", "A", "A", None), ("irregular", "B", "B", "D")},
}


@pytest.mark.parametrize("trace", BY_HAND)
def test_deviations_by_hand(trace):
    everything = "ABCDx!"
    answer, scope, request = known([trace, everything])
    for d in answer.deviations:
        if (d.kind, d.step, d.touchpoint, d.after) in BY_HAND[trace]:
            assert 0 in members(scope, request, d.cell)
    of_first = {
        (d.kind, d.step, d.touchpoint, d.after) for d in answer.deviations if 0 in members(scope, request, d.cell)
    }
    assert of_first == BY_HAND[trace]


def test_fitness_by_hand():
    # Costs 0, 1 (C missing), 2 (x and y extra; see science of alignment: 1 - cost / (trace + shortest path)).
    answer, scope, request = known(["ABCD", "ABD", "xABxCD", "xxx!"])
    assert (answer.people, answer.exact) == (3, 1)
    assert answer.fitness == pytest.approx((1 + (1 - 1 / 7) + (1 - 2 / 10)) / 3)
    assert members(scope, request, "exact").tolist() == [0]
    assert [(c.what, c.kept, c.total) for c in answer.cut] == [("without_planned_step", 3, 4)]


def test_steps_count_those_who_came_this_far():
    answer, scope, request = known(["AABCD", "ABD", "ABBxBCD", "ACDB"])
    assert {s.step: (s.people, s.conforming) for s in answer.steps} == {
        "A": (4, 4), "B": (4, 2), "C": (4, 3), "D": (4, 4)
    }  # fmt: skip
    by_step = {s.step: s for s in answer.steps}
    assert by_step["A"].effort == 5 / 4
    assert by_step["B"].effort == 6 / 4
    low, high = proportion_confint(3, 4, method="wilson")
    assert (by_step["C"].low, by_step["C"].high) == (pytest.approx(low), pytest.approx(high))
    assert members(scope, request, by_step["B"].conforming_cell).tolist() == [0, 1]


def test_an_open_journey_has_not_missed_what_comes_after_its_last_step():
    assert told("AC", "ABCD!x", until=10) == {
        ("missing", "B", None, "A"): 1, ("failed", "D", "!", "C"): 1, ("ad_hoc", None, "x", "D"): 1
    }  # fmt: skip
    over = told("AC", "ABCD!x", until=31)
    assert over[("missing", "D", None, "C")] == 1


def test_a_journey_that_ended_is_not_open():
    scope = scope_of(["ABE", "ABCD!x"], until=10)
    definition = Definition.model_validate({
        "touchpoints": [{"name": n, "match": [{"name": n}]} for n in LETTERS],
        "journey": {"ends": ["E"]},
    })  # fmt: skip
    object.__setattr__(scope, "definition", definition)
    answer = align(scope, ConformanceRequest(planned=planned(["ABCD"]), failing=["!"]))
    assert ("missing", "D") in {(d.kind, d.step) for d in answer.deviations}


def test_the_nearest_of_several_paths():
    answer, scope, request = known(["ABD", "ACD", "AD", "ABCDx!"], paths=("ABD", "ACD"))
    assert answer.paths == {"way 1": 3, "way 2": 1}
    assert members(scope, request, 'path:"way 2"').tolist() == [1]
    assert (answer.exact, answer.steps[1].people) == (2, 3)


def test_an_optional_step_is_never_missing_but_may_be_out_of_order():
    assert told("ABD", "ABCDx!", optional="C") == told("ABCDx!")
    assert told("CABD", "ABCDx!", optional="C").keys() - told("ABCDx!").keys() == {("irregular", "C", "C", None)}
    steps = known(["ABD", "ABCD"], optional="C")[0].steps
    assert {s.step: s.people for s in steps}["C"] == 1


def test_another_touchpoint_of_a_step_goes_on_with_the_visit_and_the_same_again_does_not():
    together = {"B": "E"}
    assert told("ABECD", together=together) == {}
    assert told("ABEBCD", together=together) == {}
    assert told("ABxECD", together=together) == {("ad_hoc", None, "x", "B"): 1}
    assert told("ABxBCD", "E", together=together)[("failed", "B", "B", "A")] == 1
    # Out of its order, too, a visit with two touchpoints is one, and costs one.
    answer, *_ = known(["ACDBE"], together=together)
    assert [(d.kind, d.step, d.count) for d in answer.deviations] == [("irregular", "B", 1)]
    assert answer.fitness == pytest.approx(1 - 2 / (5 + 4))


def test_steps_that_no_touchpoint_shows_are_left_out():
    plan = Planned.model_validate({
        "ideal": "plan",
        "steps": [{"id": str(k), "touchpoints": t} for k, t in enumerate([["A"], ["unknown"], []], 1)],
        "paths": [{"id": "p", "steps": ["1", "2", "3"]}],
    })  # fmt: skip
    answer = align(scope_of(["A"]), ConformanceRequest(planned=plan))
    assert ([s.step for s in answer.steps], answer.fitness) == (["1"], 1.0)
    assert [(c.what, c.kept, c.total) for c in answer.cut] == [("planned_steps", 1, 3)]
    with pytest.raises(IdealNotMeasured):
        align(scope_of(["B"]), ConformanceRequest(planned=plan))


def test_nobody_met_the_plan():
    scope = scope_of(["xx", "ABCDx!"])
    nobody = dataclasses.replace(scope, offsets=scope.offsets[:2], time=scope.time[:2], code=scope.code[:2])
    answer = align(nobody, ConformanceRequest(planned=planned(["ABCD"])))
    assert (answer.people, answer.fitness, answer.exact, answer.deviations) == (0, None, 0, [])
    assert [(s.people, s.share, s.low) for s in answer.steps] == [(0, None, None)] * 4


def test_traces_of_ten_thousand_touchpoints_are_too_long():
    answer, *_ = known(["AB" * 5_001, "ABCDx!"])
    assert answer.people == 1
    assert ("long_traces", 1, 2) in {(c.what, c.kept, c.total) for c in answer.cut}


def test_only_the_deviations_of_most_people_are_listed(monkeypatch):
    monkeypatch.setattr("desireline.analyze.conformance.LISTED", 1)
    answer, *_ = known(["ABD", "ABD", "ABxCD"])
    assert [d.kind for d in answer.deviations] == ["missing"]
    assert [(c.what, c.kept, c.total) for c in answer.cut] == [("deviations", 1, 2)]


def test_the_token_of_the_answer_opens_its_cells():
    answer, scope, request = known(["ABD", "ABCD"])
    question, fields = question_of(answer.drilldown)
    assert question == "conformance"
    assert ConformanceRequest.model_validate(fields) == request
    persons, units = persons_in(answer.drilldown, answer.deviations[0].cell, lambda _: scope)
    assert (persons.tolist(), units) == ([0], 1)


BAD = [
    "", "step", 'step:"Z"', "step:1", 'path:"A"', "people:1", 'missing:["Z",null,null]', 'missing:["A"]',
    'missing:["A","A",null]', 'ad_hoc:["A","x",null]', 'ad_hoc:[null,"Z",null]', 'ad_hoc:[null,"x","Z"]',
    'irregular:["A","B",null]', 'irregular:["A","!",null]', 'late:["A",null,null]', 'failed:["A",1,null]',
]  # fmt: skip


@pytest.mark.parametrize("cell", BAD)
def test_a_cell_that_is_none(cell):
    _, scope, request = known(["ABCD", "ABCDx!"])
    with pytest.raises(BadDrilldown):
        members(scope, request, cell)
