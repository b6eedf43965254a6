"""Segments of a real workspace: properties, scores and texts, saved ones, other answers, and what is refused."""

import datetime as dt
import json
from pathlib import Path

import pytest

from desireline.analyze import segments as engine
from desireline.analyze.drilldown import question_of
from desireline.errors import (
    BadDrilldown,
    BadExpression,
    BadName,
    BadQuestion,
    NoDefinition,
    SegmentCycle,
    UnknownSegment,
    UnknownStep,
)
from desireline.model.definition import Definition
from desireline.model.mapping import Mapping
from desireline.model.question import Asked
from desireline.service.workspace import Workspace

ROWS = [
    ("1", "2024-01-01T10:00:00Z", "Visit", "web", {"cart": {"total": 99.5}, "@score": "x", "day": "2024-01-05"}),
    ("1", "2024-01-02T10:00:00Z", "Review", "web", {"rating": "4", "said": "Świetny sklep"}),
    ("1", "2024-01-20T10:00:00Z", "Visit", "shop", {}),
    ("2", "2024-01-02T10:00:00Z", "Review", "web", {"rating": "2", "said": "Za drogo", "cart": {"total": 120}}),
    ("2", "2024-01-03T09:00:00Z", "Order", "web", {"cart": {"total": "120.0"}, "vip": True}),
    ("3", "2024-01-04T09:00:00Z", "Order", "shop", {"day": "2024-01-04T23:30:00+02:00"}),
]
MAPPING = {
    "person": [{"column": "who", "type": "customer_id"}], "time": {"column": "when"}, "event": {"column": "what"},
    "channel": {"columns": ["where"]}, "score": {"column": "rating"}, "text": "said",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Six events of three people; nobody may write to it."""
    folder = tmp_path_factory.mktemp("shop")
    lines = [{"who": p, "when": t, "what": n, "where": c, **more} for p, t, n, c, more in ROWS]
    (folder / "events.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    done = workspace.import_files([folder / "events.jsonl"], "shop", mapping=Mapping.model_validate(MAPPING))
    assert done.new == len(ROWS)
    return workspace


@pytest.fixture
def saving(shop: Workspace) -> Workspace:
    """The same without any saved segment."""
    for segment in shop.segments():
        shop.delete_segment(segment.name)
    return shop


def size(workspace: Workspace, where: str, of: str = "people") -> tuple[int, int]:
    found = workspace.check_segment({"of": of, "where": where})
    return found.people, found.events


@pytest.mark.parametrize(
    ("where", "people", "events"),
    [
        ('channel = "web"', 2, 4),
        ('channel != "web"', 2, 2),
        ('source = "shop"', 3, 6),
        ("property.cart.total >= 100", 1, 2),
        ("property.cart.total = 120", 1, 2),
        ("property.cart.total missing", 2, 3),
        ("property.vip = true", 1, 1),
        ('property.day <= "2024-01-04"', 1, 1),
        ('property.day > "2024-01-04T21:00Z"', 2, 2),
        ("score >= 3", 1, 1),
        ("score missing", 3, 4),
        ('text contains "śWIET"', 1, 1),
        ('text matches "^Za +[a-z]+$"', 1, 1),
        ('property."@score" = "x"', 1, 1),
        ('did "Review" where (score < 3) before "Order"', 1, 2),
        ('did "Visit" at least 2 times within 18d', 0, 0),
        ('did "Visit" at least 2 times within 19d', 1, 3),
        ('event = "Order" and property.cart.total exists', 1, 1),
    ],
)
def test_events_by_hand(shop: Workspace, where: str, people: int, events: int) -> None:
    assert size(shop, where, "events") == (people, events)


def test_of_people_each_condition_is_for_itself(shop: Workspace) -> None:
    assert size(shop, 'event = "Visit" and property.cart.total < 100') == (1, 3)
    assert size(shop, 'channel = "shop" and score exists') == (1, 3)
    assert size(shop, 'channel = "shop" and score exists', "events") == (0, 0)
    assert size(shop, 'not channel = "web"') == (1, 1)
    assert size(shop, 'channel != "web"') == (2, 4)


def test_journeys_need_a_definition(shop: Workspace) -> None:
    with pytest.raises(NoDefinition):
        size(shop, 'channel = "web"', "journeys")


def test_later_events_are_not_known_as_of_a_day(shop: Workspace) -> None:
    asked = Asked.model_validate({"segment": {"where": 'did "Visit" at least 2 times'}})
    assert shop.scope(asked).units == 1
    assert shop.scope(asked.model_copy(update={"today": dt.date(2024, 1, 19)})).units == 0


def test_filters_come_after_the_segment(shop: Workspace) -> None:
    filters = {"channels": ["shop"]}
    asked = Asked.model_validate({"segment": {"where": "score exists"}, "filters": filters})
    scope = shop.scope(asked)
    assert (scope.units, len(scope.time)) == (1, 1)


def test_versions_stay_and_the_newest_counts(saving: Workspace) -> None:
    first = saving.save_segment({"name": " Web ", "where": 'channel = "web"'})
    second = saving.save_segment({"name": "Web", "of": "events", "where": 'channel="web" AND score exists'})
    assert (first.name, first.version, second.version) == ("Web", 1, 2)
    assert saving.segment("Web") == second
    assert saving.segment("Web", 1).text == 'channel = "web"'
    assert saving.segments() == [second]
    assert size(saving, 'in segment "Web"', "events") == (2, 2)
    assert size(saving, 'in segment "Web" version 1', "events") == (2, 5)
    told = saving.ask("variants", {"segment": "Web"})
    assert told.segment == 'Web (2): events where channel = "web" and score exists'
    saving.delete_segment("Web")
    assert saving.segments() == []


def test_an_answer_keeps_the_meaning_that_its_segment_had(saving: Workspace) -> None:
    saving.save_segment({"name": "Web", "where": 'channel = "web"'})
    told = saving.funnel(["Visit"], segment={"where": 'in segment "Web"'})
    saving.save_segment({"name": "Web", "where": 'channel = "phone"'})
    assert saving.drill(told.drilldown, "step:1").total == told.steps[0].people == 1
    saving.delete_segment("Web")
    assert saving.drill(told.drilldown, "step:1").total == 1


def test_people_of_another_answer(saving: Workspace) -> None:
    told = saving.funnel(["Review", "Order"])
    where = {"drilldown": told.drilldown, "cell": "dropped:2"}
    left = saving.check_segment({"where": where})
    assert (left.people, left.events) == (1, 3)
    assert saving.check_segment({"where": {"not": where}}).people == 2
    again = saving.check_segment({"where": left.text})
    assert (again.people, again.events) == (1, 3)
    answer = saving.ask("variants", {"segment": {"where": where}})
    assert len(answer.segment) < 60
    for wrong in ({"drilldown": "eJx", "cell": "step:1"}, {**where, "cell": "step:9"}):
        with pytest.raises(BadDrilldown):
            saving.check_segment({"where": wrong})


def test_another_answer_is_asked_under_the_definition_of_now(saving: Workspace, tmp_path: Path) -> None:
    told = saving.funnel(["Review"])
    asked = Asked.model_validate({"segment": {"where": {"drilldown": told.drilldown, "cell": "step:1"}}})
    assert saving.resolved(asked) == asked
    (tmp_path / "e.csv").write_text("person_id,timestamp,event\n1,2024-01-01,Visit\n", encoding="utf-8")
    other = Workspace(tmp_path / "other")
    other.import_files([tmp_path / "e.csv"], "s")
    other.save_definition(Definition.model_validate({"touchpoints": [{"name": "Came", "match": [{"name": "Visit"}]}]}))
    pinned = other.resolved(asked).segment
    assert question_of(pinned.where.drilldown)[1]["definition"] == 1


def test_segments_that_refer_to_each_other(saving: Workspace) -> None:
    saving.save_segment({"name": "A", "where": 'channel = "web"'})
    saving.save_segment({"name": "B", "where": 'in segment "A" and not in segment "A" version 1'})
    assert size(saving, 'in segment "B"') == (0, 0)
    for name in ("A", "B"):
        with pytest.raises(SegmentCycle) as refused:
            saving.save_segment({"name": name, "where": 'not in segment "B"'})
        assert refused.value.segments[0] == refused.value.segments[-1] == name
    for k in range(11):
        inner = "score exists" if k == 0 else f'in segment "L{k - 1}"'
        if k < 10:
            saving.save_segment({"name": f"L{k}", "where": inner})
    with pytest.raises(SegmentCycle):
        saving.save_segment({"name": "L10", "where": inner})


def test_saved_segments_may_not_grow_without_bound(saving: Workspace) -> None:
    saving.save_segment({"name": "X", "where": {"any": [{"field": "score", "op": ">", "value": k} for k in range(60)]}})
    saving.save_segment({"name": "Y", "where": {"any": [{"segment": "X"}] * 3}})
    with pytest.raises(BadQuestion, match="200"):
        saving.save_segment({"name": "Z", "where": {"any": [{"segment": "Y"}] * 2}})


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"where": 'channel = "web"'}, BadName),
        ({"name": "a\x00b", "where": 'channel = "web"'}, BadName),
        ({"name": "a", "where": "channel = web"}, BadExpression),
        ({"name": "a", "where": {"field": "colour", "op": "=", "value": 1}}, BadQuestion),
        ({"name": "a", "where": {}}, BadQuestion),
        ({"name": "a", "of": "sessions", "where": "score exists"}, BadQuestion),
        ({"name": "a", "where": 'in segment "nowhere"'}, UnknownSegment),
    ],
)
def test_what_is_refused(saving: Workspace, given: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        saving.save_segment(given)
    assert saving.segments() == []


def test_unknown_names_say_what_exists(saving: Workspace) -> None:
    with pytest.raises(UnknownStep) as step:
        size(saving, 'did "Ordr"')
    assert step.value.available == ["Order", "Review", "Visit"]
    saving.save_segment({"name": "Web", "where": 'channel = "web"'})
    for ask in (
        lambda: saving.segment("Wbe"),
        lambda: saving.delete_segment("Wbe"),
        lambda: size(saving, 'in segment "Wbe"'),
    ):
        with pytest.raises(UnknownSegment) as unknown:
            ask()
        assert unknown.value.available == ["Web"]
    with pytest.raises(UnknownSegment) as version:
        saving.segment("Web", 7)
    assert (version.value.segment, version.value.available) == ("Web 7", ["Web 1"])


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    made: list[str] = []

    def mask(name: str) -> engine.Bools:
        made.append(name)
        return engine.np.zeros(40, bool)

    memory = engine.Memory(room=100)
    for name in ("a", "b", "a", "c", "a", "b"):
        memory.get(name, lambda name=name: mask(name))
    assert made == ["a", "b", "c", "b"]
    memory.get("large", lambda: engine.np.zeros(1000, bool))
    memory.get("a", lambda: mask("a"))
    assert made[-1] == "a"
