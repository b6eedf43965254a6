"""Known answers of BPI Challenge 2012 (doi:10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f)."""

from collections import Counter
from itertools import pairwise

import pytest

from desireline.errors import UnknownStep
from desireline.service.workspace import Workspace

CHAIN = ["A_SUBMITTED", "A_PREACCEPTED", "A_ACCEPTED", "O_SENT", "O_SENT_BACK", "A_APPROVED"]


def test_size(loans: Workspace) -> None:
    status = loans.status()
    assert (status.events, status.people) == (262_200, 13_087)
    assert len(loans.dimensions().event_names) == 24


@pytest.mark.parametrize(
    ("within", "people"),
    [
        (None, [13_087, 7_367, 5_113, 5_015, 3_254, 2_246]),
        ("7d", [13_087, 7_366, 5_023, 4_932, 879, 126]),
        ("14d", [13_087, 7_367, 5_089, 4_993, 2_372, 1_086]),
        ("30d", [13_087, 7_367, 5_113, 5_015, 3_146, 2_058]),
    ],
)
@pytest.mark.parametrize("grain", ["person", "case"])
def test_funnel(loans: Workspace, within: str | None, people: list[int], grain: str) -> None:
    found = loans.funnel(CHAIN, within=within, grain=grain, by_event_name=True)
    assert [s.people for s in found.steps] == people
    assert found.people_in_scope == 13_087


def test_median_times(loans: Workspace) -> None:
    medians = [s.median_seconds_from_first for s in loans.funnel(CHAIN, by_event_name=True).steps]
    assert medians == pytest.approx([0, 44.0, 20_471.7, 20_636.6, 850_186, 1_247_326], abs=0.5)


def test_funnel_in_any_order_is_who_did_all_of_it(loans: Workspace) -> None:
    # As many cases reach each step at all as reach it in order, so the order makes no difference.
    found = loans.funnel(CHAIN, order="any", by_event_name=True)
    assert [s.people for s in found.steps] == [13_087, 7_367, 5_113, 5_015, 3_254, 2_246]


def test_nobody_is_declined_or_cancelled_before_being_approved(loans: Workspace) -> None:
    found = loans.funnel(CHAIN, exclude=["A_DECLINED", "A_CANCELLED"], trend="month", by_event_name=True)
    assert [s.people for s in found.steps] == [13_087, 7_367, 5_113, 5_015, 3_254, 2_246]
    assert (found.excluded.people, found.excluded.people_lost) == (0, 0)
    # The log begins on 2011-09-30, in UTC; the last application came in at the end of February.
    assert [p.start.isoformat()[:7] for p in found.periods] == [
        "2011-09", "2011-10", "2011-11", "2011-12", "2012-01", "2012-02",
    ]  # fmt: skip
    assert [sum(p.people[k] for p in found.periods) for k in range(6)] == [s.people for s in found.steps]


def test_ends_are_funnels_of_two_steps(loans: Workspace) -> None:
    ends = {"A_DECLINED": 7_635, "A_CANCELLED": 2_807, "A_APPROVED": 2_246}
    for end, people in ends.items():
        assert loans.funnel(["A_SUBMITTED", end], by_event_name=True).steps[1].people == people


def test_transitions(loans: Workspace) -> None:
    found = loans.transitions(by_event_name=True)
    assert (found.total, len(found.transitions)) == (249_113, 125)
    first = found.transitions[0]
    assert (first.from_, first.to, first.count, first.people) == (
        "W_Completeren aanvraag", "W_Completeren aanvraag", 38_004, 6_457,
    )  # fmt: skip


def test_variants(loans: Workspace) -> None:
    assert loans.variants(by_event_name=True).distinct == 4_366
    assert loans.variants(by_event_name=True, collapse=True).distinct == 1_309


@pytest.mark.parametrize(("goal", "people"), [("A_APPROVED", 2_246), ("A_CANCELLED", 2_807), ("A_DECLINED", 7_635)])
def test_transitions_of_applications_by_their_end(loans: Workspace, goal: str, people: int) -> None:
    reached, missed = (loans.transitions(goal=goal, reached=r, by_event_name=True) for r in (True, False))
    assert (reached.people_in_scope, missed.people_in_scope) == (people, 13_087 - people)
    assert reached.total + missed.total == 249_113


def test_the_questions_agree(loans: Workspace) -> None:
    count: Counter[tuple[str, str]] = Counter()
    people: Counter[tuple[str, str]] = Counter()
    variants = loans.variants(by_event_name=True, top=5_000)
    for variant in variants.variants:
        steps = Counter(pairwise(variant.path))
        count.update({pair: n * variant.people for pair, n in steps.items()})
        people.update(dict.fromkeys(steps, variant.people))
    assert sum(v.people for v in variants.variants) == 13_087
    assert variants.coverage[-1].variants == 4_366
    transitions = loans.transitions(by_event_name=True)
    assert {(t.from_, t.to): (t.count, t.people) for t in transitions.transitions} == {
        pair: (n, people[pair]) for pair, n in count.items()
    }
    between = loans.paths("A_SUBMITTED", direction="between", to="A_APPROVED", by_event_name=True)
    assert (between.people_entered, between.arrived) == (13_087, 2_246)


def test_paths_begin_with_everybody_and_every_layer_adds_up(loans: Workspace) -> None:
    found = loans.paths("A_PREACCEPTED", depth=6, by_event_name=True)
    assert found.people_entered == 7_367
    assert {sum(n.people for n in layer) for layer in found.layers} == {7_367}


def test_drilldown_lists_the_very_people(loans: Workspace) -> None:
    found = loans.funnel(CHAIN, within="7d", by_event_name=True)
    page = loans.drill(found.drilldown, "step:6", limit=1_000)
    assert page.total == len(page.people) == 126
    for row in page.people[:5]:
        names = [e.name for e in reversed(loans.timeline(row.person, limit=1_000).events)]
        assert next(n for n in names if n in CHAIN) == "A_SUBMITTED"
        assert "A_APPROVED" in names


def test_an_unknown_step_names_those_that_exist(loans: Workspace) -> None:
    with pytest.raises(UnknownStep) as caught:
        loans.funnel(["A_SUBMITED"], by_event_name=True)
    assert "A_SUBMITTED" in caught.value.available


def test_a_proposed_definition_makes_a_map_that_adds_up(loans: Workspace) -> None:
    first = loans.propose_definition()
    again = loans.propose_definition()
    assert again.version == first.version + 1
    assert first.model_dump(exclude={"version", "created"}) == again.model_dump(exclude={"version", "created"})
    assert first.stages[0].name == "A_SUBMITTED"
    measured = loans.maps.draw("Loans").measured
    assert measured is not None
    assert (measured.people_in_scope, len(measured.stages)) == (13_087, len(first.stages))
    for stage in measured.stages.values():
        assert stage.goes_on + stage.dropped + stage.open == stage.people
        for cell in ("stage", "goes_on", "dropped", "open"):
            expected = stage.people if cell == "stage" else getattr(stage, cell)
            assert loans.drill(measured.drilldown, f"{cell}:{stage.index}").total == expected
