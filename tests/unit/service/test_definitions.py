"""Definitions apart from data: a change re-answers history, and every version can be asked under."""

from pathlib import Path

import pytest

from desireline.errors import NoDefinition
from desireline.model.definition import Definition
from desireline.service.workspace import Workspace

ROWS = """person_id,timestamp,event,channel,pay
1,2026-01-01T10:00:00Z,look,web,
1,2026-01-02T10:00:00Z,ask,phone,
1,2026-01-03T10:00:00Z,buy,web,card
2,2026-01-01T11:00:00Z,look,web,
2,2026-01-05T11:00:00Z,buy,shop,cash
3,2026-01-07T11:00:00Z,ask,phone,
"""


def touchpoint(name: str, stage: str, *events: str, **rule: object) -> dict[str, object]:
    return {"name": name, "stage": stage, "match": [{"name": e, **rule} for e in events]}


BEFORE = Definition.model_validate(
    {
        "stages": [{"name": "Search"}, {"name": "Purchase"}],
        "touchpoints": [touchpoint("Visit", "Search", "look", "ask"), touchpoint("Order", "Purchase", "buy")],
        "goals": [{"name": "Sale", "touchpoints": ["Order"]}],
    }
)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "events.csv").write_text(ROWS)
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "events.csv"], "shop")
    made.save_definition(BEFORE)
    return made


def people(ws: Workspace, *steps: str, **asked: object) -> list[int]:
    return [step.people for step in ws.funnel(steps, **asked).steps]


def test_rename_split_merge_and_move_answer_all_of_history_anew(ws: Workspace) -> None:
    arrivals = ws.status().events
    assert people(ws, "Visit", "Order") == [3, 2]
    split = BEFORE.model_dump() | {
        "stages": [{"name": "Search"}, {"name": "Advice"}, {"name": "Purchase"}],
        "touchpoints": [
            touchpoint("Product page", "Search", "look"),
            touchpoint("Question", "Advice", "ask"),
            touchpoint("Order", "Purchase", "buy"),
        ],
    }
    ws.save_definition(Definition.model_validate(split))
    assert people(ws, "Product page", "Order") == [2, 2]
    assert people(ws, "Question", "Order") == [2, 1]
    assert [tuple(v.path) for v in ws.variants(by="stage").variants] == [
        ("Advice",), ("Search", "Advice", "Purchase"), ("Search", "Purchase"),
    ]  # fmt: skip
    assert ws.status().events == arrivals
    assert people(ws, "Visit", "Order", definition=1) == [3, 2]
    assert ws.funnel(["Visit"], definition=1).definition_version == 1
    assert ws.funnel(["Question"]).definition_version == 2


def test_a_rule_over_a_property_that_was_never_looked_at(ws: Workspace) -> None:
    by_pay = BEFORE.model_dump()
    by_pay["touchpoints"][1] = touchpoint("Order by card", "Purchase", "buy", properties={"pay": "card"})
    by_pay["goals"] = []
    ws.save_definition(Definition.model_validate(by_pay))
    assert people(ws, "Visit", "Order by card") == [3, 1]
    assert ws.funnel(["Visit"]).outside_definition == 1
    assert people(ws, "Visit", "Order", definition=1) == [3, 2]


def test_two_definitions_side_by_side(ws: Workspace) -> None:
    service = {
        "name": "service",
        "stages": [{"name": "Contact"}],
        "touchpoints": [touchpoint("Call", "Contact", "ask")],
    }
    ws.save_definition(Definition.model_validate(service))
    assert people(ws, "Visit", "Order") == [3, 2], "the main definition is the one that is meant"
    assert people(ws, "Call", definition="service") == [2]
    assert ws.funnel(["Call"], definition="service").definition_name == "service"
    assert [(d.version, d.name) for d in ws.definitions()] == [(2, "service"), (1, "main")]
    with pytest.raises(NoDefinition):
        ws.funnel(["Call"], definition="sales")


def test_an_earlier_day_is_asked_as_it_was(ws: Workspace) -> None:
    assert people(ws, "Visit", "Order", today="2026-01-02") == [2, 0]
    assert people(ws, "Visit", "Order", today="2026-01-03") == [2, 1]
    assert ws.funnel(["Visit"], today="2026-01-04").until.isoformat() == "2026-01-04T23:59:59.999999+00:00"


@pytest.mark.parametrize("which", [7, -(2**63) - 1, 10**30, "9" * 5000, "nobody"])
def test_what_is_no_version_and_no_name_is_refused(ws: Workspace, which: int | str) -> None:
    with pytest.raises(NoDefinition):
        ws.definition(which)


def test_days_are_those_of_the_zone(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ws" / "workspace.yaml").write_text("zone: Pacific/Auckland\n")  # 13 hours ahead in January
    assert people(ws, "Visit", today="2026-01-01") == [1], "11:00 UTC is past midnight there"
    assert people(ws, "Visit", filters={"since": "2026-01-02", "until": "2026-01-02"}) == [2]
    assert ws.funnel(["Visit"]).zone == "Pacific/Auckland"
