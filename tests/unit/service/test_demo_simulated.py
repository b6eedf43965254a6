"""The simulated demo: everything is there, and everything says that it is simulated."""

from pathlib import Path

import pytest

from desireline.service import demo_simulated
from desireline.service.workspace import Workspace
from desireline.simulate import simulate, world


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.open(tmp_path_factory.mktemp("shop") / "workspace")
    demo_simulated.run(workspace, language="pl", people=600)
    return workspace


def test_sources_map_segments_and_question_say_that_they_are_simulated(shop: Workspace) -> None:
    assert all("simulated" in source.name for source in shop.status().sources)
    (drawn,) = shop.maps.all()
    assert drawn.name == "Zasymulowany sklep z wyposażeniem domu"
    assert drawn.tags == ["symulacja"]
    assert drawn.goal is not None
    assert drawn.goal.startswith("**Symulacja.**")
    assert all(s.name.startswith("Symulacja") for s in shop.segments())
    assert all(q.name.startswith("Symulacja") for q in shop.saved_questions())


def test_the_workspace_is_omnichannel_and_uses_the_planted_definition(shop: Workspace) -> None:
    assert set(shop.dimensions().channels) == set(world.CHANNELS)
    assert [s.name for s in shop.definition().stages] == list(world.STAGES)
    assert shop.status().people >= 600


def test_emotion_is_measured_where_people_were_asked(shop: Workspace) -> None:
    sheet = shop.maps.shown(shop.maps.all()[0].id)
    assert sheet.measured is not None
    felt = [point for curve in sheet.measured.emotion for point in curve.points if point.value is not None]
    assert len(felt) >= 3
    assert all(point.n > 0 for point in felt)


def test_segments_hold_some_but_not_all(shop: Workspace) -> None:
    people = shop.status().people
    for segment in shop.segments():
        assert 0 < shop.check_segment(segment).people < people, segment.name


def test_the_loop_is_closed_and_says_that_it_is_simulated(shop: Workspace) -> None:
    named = [*shop.kpis.all(), *shop.goals.all(), *shop.forms.all(), *shop.actions.all(), *shop.before_after.all()]
    assert len(named) >= 12
    assert all("ymulacj" in one.name for one in [*named, *shop.promises.all(), *shop.reports.all()])
    assert {"idea", "planned"} < {one.status for one in shop.actions.all()}
    delivery, returns = shop.promises.contradictions().contradictions
    assert [[said.value for side in one.sides for said in side.said] for one in (delivery, returns)] == [
        ["..2 day", "..5 day"], ["30 day", "14 day"],
    ]  # fmt: skip


def test_experiments_count_whom_the_simulation_assigned(shop: Workspace) -> None:
    planted = {one["name"]: one["arms"] for one in simulate(600, demo_simulated.SEED).truth["interventions"][:2]}
    for experiment in shop.experiments.all():
        found = shop.experiments.result(experiment.id).analysis
        assert found is not None
        assert {arm.arm: arm.n for arm in found.arms} == planted[experiment.name]


def test_what_is_there_is_kept(shop: Workspace) -> None:
    before = shop.status(), shop.maps.all()
    again = demo_simulated.run(shop, language="hr", people=600)
    assert list(again.seconds) == ["findings"]
    assert (shop.status(), shop.maps.all()) == before


def test_a_definition_of_ones_own_stays_the_main_one(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "workspace")
    own = workspace.save_definition(workspace_definition())
    demo_simulated.run(workspace, people=60)
    assert workspace.definition() == own
    assert workspace.definition("simulated").stages[0].name == "awareness"


def workspace_definition():  # type: ignore[no-untyped-def]
    from desireline.model.definition import Definition, MatchRule, Touchpoint

    return Definition(touchpoints=[Touchpoint(name="Own", match=[MatchRule(name="Own")])])
