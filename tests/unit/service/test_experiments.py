"""Experiments of a workspace: outcomes after the own assignment only, changes after the start, exclusive groups."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desireline.act.experiments.assigning import free_slot
from desireline.errors import BadQuestion, ExperimentState, GroupFull, NoExposures, OneArm, StaleDocument, UnknownStep
from desireline.model.mapping import Mapping
from desireline.model.question import Asked as Question
from desireline.model.verdict import Worth
from desireline.service.experiments.worth import worth_of
from desireline.service.workspace import Workspace

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
MAPPING = Mapping.model_validate({
    "person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "event"},
    "value": {"column": "value"}, "properties": ["experiment", "arm"],
})  # fmt: skip

# who, day, event, value, experiment, arm
ROWS = [
    ("a1", -5, "Order", 10, "", ""), ("a1", 0, "experiment_exposure", "", "Form", "long"),
    ("a1", 1, "Order", 20, "", ""), ("a1", 2, "Order", 5, "", ""), ("a1", 9, "Order", 100, "", ""),
    ("a2", 0, "experiment_exposure", "", "Form", "long"), ("a2", 0, "Order", 7, "", ""),
    ("a2", 1, "Visit", "", "", ""),
    ("b1", 0, "experiment_exposure", "", "Form", "short"), ("b1", 3, "experiment_exposure", "", "Form", "short"),
    ("b1", 4, "Order", 40, "", ""), ("b2", 1, "experiment_exposure", "", "Form", "short"),
    ("b3", 0, "experiment_exposure", "", "Form", "short"), ("b3", 1, "Visit", "", "", ""),
    ("b3", 3, "Visit", "", "", ""),
    ("c1", 0, "experiment_exposure", "", "Form", "long"), ("c1", 1, "experiment_exposure", "", "Form", "short"),
    ("c1", 2, "Order", 999, "", ""), ("d1", 0, "experiment_exposure", "", "Form", "third"),
    ("e1", 18, "experiment_exposure", "", "Form", "long"), ("e1", 19, "Order", 3, "", ""),
    ("f1", 0, "experiment_exposure", "", "Other", "long"), ("f1", 20, "Order", 1, "", ""),
    ("c1", 0, "experiment_exposure", "", "Torn", "long"), ("c1", 1, "experiment_exposure", "", "Torn", "short"),
]  # fmt: skip
FORM = {"name": "Form", "arms": [{"name": "long"}, {"name": "short"}], "metric": {"event": "Order"}, "window_days": 7}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("experiments")
    lines = [f"{w},{(START + dt.timedelta(days=d)).isoformat()},{e},{v},{x},{a}" for w, d, e, v, x, a in ROWS]
    (folder / "events.csv").write_text("\n".join(["who,time,event,value,experiment,arm", *lines]))
    ws = Workspace(folder / "ws")
    ws.import_files([folder / "events.csv"], "shop", mapping=MAPPING)
    return ws


def result_of(ws: Workspace, **fields):
    made = ws.experiments.create({**FORM, **fields})
    try:
        return ws.experiments.result(made.id)
    finally:
        ws.experiments.remove(made.id)


def test_only_what_came_after_the_own_assignment_and_within_the_window_counts(imported):
    found = result_of(imported)
    arms = [(a.arm, a.assigned, a.n, a.conversions) for a in found.analysis.arms]
    # a1 orders after, a2 in the same moment; e1's window is open; of b1 to b3 only b1 orders
    assert arms == [("long", 3, 2, 1), ("short", 3, 3, 1)]
    assert (found.waiting, found.analysis.left_out.in_two_arms, found.analysis.left_out.without_arm) == (1, 1, 1)
    assert found.analysis.verdict == "too_early"
    assert found.sentence == "Too early to say anything about “Order”: fewer than 100 conversions in an arm."
    assert found.until == START + dt.timedelta(days=20)


def test_amounts_and_ratios(imported):
    value = result_of(imported, metric={"event": "Order", "kind": "mean", "measure": "value"})
    assert [a.value for a in value.analysis.arms] == pytest.approx([25 / 2, 40 / 3])
    count = result_of(imported, metric={"event": "Order", "kind": "mean"}, window_days=None)
    assert [a.value for a in count.analysis.arms] == pytest.approx([(3 + 0 + 1) / 3, 1 / 3])
    assert "outcome_window" in count.analysis.not_checked
    ratio = result_of(imported, metric={"event": "Order", "kind": "ratio", "per": "Visit"})
    assert [a.value for a in ratio.analysis.arms] == pytest.approx([2 / 1, 1 / 2])


def test_what_cannot_be_answered_is_refused(imported):
    with pytest.raises(NoExposures):
        result_of(imported, name="Nothing")
    with pytest.raises(NoExposures):
        result_of(imported, name="Torn")
    with pytest.raises(UnknownStep):
        result_of(imported, metric={"event": "Ordre"})
    with pytest.raises(OneArm):
        result_of(imported, name="Other")
    for fields in ({"arms": [{"name": "one"}]}, {"control": "third"}, {"metric": {"event": "Order", "kind": "ratio"}}):
        with pytest.raises(BadQuestion):
            imported.experiments.create({**FORM, **fields})


def test_assignments_are_recorded_once_and_found_again(tmp_path: Path):
    ws = Workspace(tmp_path / "ws")
    made = ws.experiments.create({**FORM, "window_days": None})
    people = [f"c{k}" for k in range(60)]
    assert {a.reason for a in ws.experiments.assign("Form", people)} == {"not_running"}
    ws.experiments.start("Form")
    first = ws.experiments.assign("Form", people, at=START)
    assert ws.experiments.assign("Form", people, at=START + dt.timedelta(days=1)) == first
    with pytest.raises(UnknownStep):
        ws.experiments.result("Form")  # nobody has ordered anything
    ws.experiments.change(made.id, {"revision": 2, "metric": {"event": "experiment_exposure"}})
    found = ws.experiments.result("Form")
    assert found.exposures == 60
    assert [a.assigned for a in found.analysis.arms] == [sum(a.arm == n for a in first) for n in ("long", "short")]
    assert [(c.field, c.before["event"], c.after["event"]) for c in found.experiment.changes] == [
        ("metric", "Order", "experiment_exposure")
    ]
    with pytest.raises(BadQuestion):
        ws.experiments.assign("Form", ["c1", " "])


def test_an_experiment_starts_once_and_shares_a_group(tmp_path: Path):
    experiments = Workspace(tmp_path / "ws").experiments
    for name, traffic in (("one", 0.6), ("two", 0.3), ("three", 0.3)):
        experiments.create({**FORM, "name": name, "exclusive_group": "page", "traffic": traffic})
    assert experiments.start("one").slot == (0.0, 0.6)
    assert experiments.start("two").slot == pytest.approx((0.6, 0.9))
    with pytest.raises(GroupFull) as full:
        experiments.start("three")
    assert (full.value.wanted, full.value.free) == ("30%", "10%")
    with pytest.raises(ExperimentState):
        experiments.start("one")
    with pytest.raises(ExperimentState):
        experiments.change("one", {"revision": 2, "traffic": 0.9})
    with pytest.raises(ExperimentState):
        experiments.stop("three")
    with pytest.raises(StaleDocument):
        experiments.change("two", {"revision": 1, "hypothesis": "Shorter is faster"})
    assert experiments.stop("one").slot is None
    assert experiments.start("three").slot == pytest.approx((0.0, 0.3))
    assert experiments.change("two", {"revision": 2, "name": "deux"}).changes == [], "a name is no part of the bet"


def test_two_that_start_at_once_share_no_part_of_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    experiments = Workspace(tmp_path / "ws").experiments
    for name in ("one", "two"):
        experiments.create({**FORM, "name": name, "exclusive_group": "page", "traffic": 0.5})

    def slowly(taken: list[tuple[float, float]], wanted: float) -> tuple[float, float] | None:
        time.sleep(0.2)
        return free_slot(taken, wanted)

    monkeypatch.setattr("desireline.act.experiments.assigning.free_slot", slowly)
    with ThreadPoolExecutor(2) as both:
        started = list(both.map(experiments.start, ("one", "two")))
    assert sorted(one.slot for one in started) == [(0.0, 0.5), (0.5, 1.0)]


def test_an_exposure_is_no_touchpoint_and_people_can_still_be_chosen_by_it(imported):
    known = imported.dimensions()
    assert (known.event_names, "experiment_exposure" in known.channels) == (["Order", "Visit"], False)
    steps = imported.transitions().transitions
    assert {name for step in steps for name in (step.from_, step.to)} <= {"Order", "Visit", "@first", "@last"}
    assert imported.scope(Question()).units == 7  # a1, a2, b1, b3, c1, e1, f1: b2 and d1 did nothing
    short = {"of": "people", "where": {"did": "experiment_exposure", "where": {"field": "property.arm", "op": "in",
                                                                              "value": ["short"]}}}  # fmt: skip
    assert imported.scope(Question(segment=short)).units == 3  # b1, b3, c1: b2 did nothing else
    shown = imported.funnel(["experiment_exposure"], by_event_name=True, segment=short)
    assert shown.steps[0].people == 4  # by event names, whom the segment is about
    proposed = imported.propose_definition()
    assert {one.name for one in proposed.touchpoints} == {"Order", "Visit"}


def test_the_effect_in_money(imported):
    value = result_of(imported, metric={"event": "Order", "kind": "mean", "measure": "value"}, cost=5)
    assert (value.verdict.cost, value.verdict.money) == (5, None)  # too early: nothing is told of money
    aov = imported.kpis.create({"name": "Basket", "kind": "aov", "source": {"origin": "typed", "readings": [
        {"day": "2026-03-10", "counts": {"orders": 4, "revenue": 120}},
    ]}})  # fmt: skip
    kept = imported.experiments.create({**FORM, "name": "Priced", "value_kpi": "Basket"})
    assert worth_of(imported, kept) == Worth(value=30, origin="kpi", kpi="Basket")
    for name, fields, code in (("None", {"value_kpi": "Nothing"}, "unknown_document"), ("Both", {"value": 1}, None)):
        asked = {**FORM, "name": name, "value_kpi": "Basket", **fields}
        if code is None:
            with pytest.raises(BadQuestion):
                imported.experiments.create(asked)
        else:
            assert result_of(imported, **{**asked, "name": "Form"}).value_refused == code
    imported.experiments.remove(kept.id)
    imported.kpis.remove(aov.id)


def test_all_verdicts_at_once(imported):
    made = [imported.experiments.create({**FORM, "name": name}) for name in ("Form", "Nothing", "Draft")]
    for one in made[:2]:
        imported.experiments.start(one.id)
    found = {one.id: one for one in imported.experiments.verdicts()}
    assert list(found) == [made[0].id, made[1].id]
    assert (found[made[0].id].verdict.verdict, found[made[1].id].refused) == ("too_early", "no_exposures")
    for one in made:
        imported.experiments.remove(one.id)
