"""Importing through the one door: known rows, other mappings, rejects and their replay, zones."""

import json
from pathlib import Path

import pytest

from desireline.errors import BadName, MissingColumn, NoEvents, UnknownSource
from desireline.model.mapping import Mapping
from desireline.service import settings
from desireline.service.workspace import Workspace

GENERIC = "person_id,timestamp,event,channel,value\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


def write(tmp_path: Path, text: str, name: str = "events.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_generic_file_needs_no_mapping(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, GENERIC + "p1,2026-03-01T10:00:00Z,Visit,web,\np1,2026-03-01T10:05:00Z,Order,web,12.5\n")
    summary = ws.import_files([file], "shop")
    assert (summary.read, summary.new, summary.people, summary.rejected) == (2, 2, 1, {})
    assert [s.people for s in ws.funnel(["Visit", "Order"]).steps] == [1, 1]
    assert ws.timeline("customer_id:p1").events[0].value == 12.5


def test_the_same_file_adds_nothing_and_another_mapping_replaces(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, "who,when,what\np1,2026-03-01 10:00,visit\np2,2026-03-01 11:00,visit\n")
    first = Mapping.model_validate(
        {"person": [{"column": "who"}], "time": {"column": "when"}, "event": {"column": "what"}}
    )
    ws.import_files([file], "shop", mapping=first)
    again = ws.import_files([file], "shop", mapping=first)
    assert (again.new, again.known, again.replaced) == (0, 2, 0)
    other = first.model_copy(update={"time": first.time.model_copy(update={"zone": "Europe/Warsaw"})})
    changed = ws.import_files([file], "shop", mapping=other)
    assert (changed.new, changed.known, changed.replaced) == (0, 0, 2)
    assert ws.status().events == 2
    assert ws.timeline("customer_id:p1").events[0].time.isoformat() == "2026-03-01T09:00:00+00:00"


def test_naive_times_are_read_in_the_workspaces_zone(ws: Workspace, tmp_path: Path) -> None:
    settings.save(ws.places.root, settings.Settings(zone="Europe/Zagreb"))
    ws.import_files([write(tmp_path, GENERIC + "p1,2026-07-01 10:00:00,Visit,web,\n")], "shop")
    event = ws.timeline("customer_id:p1").events[0]
    assert (event.time.isoformat(), event.zone) == ("2026-07-01T08:00:00+00:00", "Europe/Zagreb")


def test_rejected_rows_are_kept_exported_and_replayed(ws: Workspace, tmp_path: Path) -> None:
    rows = [
        "p1,2026-03-01,Visit,web,1",
        ",2026-03-02,Visit,web,2",
        "p2,31.02.2026,Visit,web,3",
        "=cmd(),soon,Visit,web,4",
    ]
    file = write(tmp_path, GENERIC + "\n".join(rows))
    summary = ws.import_files([file], "shop")
    assert summary.rejected == {"no_person": 1, "unparseable_time": 2}
    assert ws.status().sources[0].rejected == 3
    page = ws.rejects("shop")
    assert [(r.line, r.reason) for r in page.rows] == [
        (3, "no_person"),
        (4, "unparseable_time"),
        (5, "unparseable_time"),
    ]
    assert "=cmd()" in ws.export_rejects()
    assert ",=cmd" not in ws.export_rejects()

    fixing = Mapping.model_validate(
        {
            "person": [{"column": "person_id"}],
            "time": {"column": "timestamp", "format": ["%Y-%m-%d", "%d.%m.%Y", "soon"]},
            "event": {"column": "event"},
            "channel": {"columns": ["channel"]},
            "value": {"column": "value"},
        }
    )
    again = ws.replay_rejects("shop", mapping=fixing)
    assert again.replayed == 3
    assert again.accepted + again.still_rejected == 3
    assert ws.rejects("shop").total == again.still_rejected
    assert ws.status().events == 1 + again.accepted
    assert ws.import_files([file], "shop").read == 4
    assert ws.status().events + ws.rejects("shop").total == 4, "nothing lost, nothing twice"


def test_ids_that_name_nobody_join_nobody(ws: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"{who},2026-03-01T10:00:00Z,Visit,web,\n" for who in ("NA", "null", "undefined", "p1"))
    assert ws.import_files([write(tmp_path, GENERIC + rows)], "shop").rejected == {"no_person": 3}
    assert ws.status().people == 1


def test_typed_identifiers_join_people_across_sources(ws: Workspace, tmp_path: Path) -> None:
    web = write(tmp_path, "cookie,mail,at,what\nc1,Ana@Example.org,2026-03-01T10:00:00Z,Visit\n", "web.csv")
    calls = write(tmp_path, "mail,at,what\nana@example.org ,2026-03-02T10:00:00Z,Call\n", "calls.csv")
    common = {"time": {"column": "at"}, "event": {"column": "what"}}
    cookie = {"person": [{"column": "cookie", "type": "cookie"}, {"column": "mail", "type": "email"}], **common}
    mail = {"person": [{"column": "mail", "type": "email"}], **common, "channel": {"constant": "phone"}}
    ws.import_files([web], "web", mapping=Mapping.model_validate(cookie))
    ws.import_files([calls], "calls", mapping=Mapping.model_validate(mail))
    assert ws.status().people == 1
    assert [e.name for e in ws.timeline("cookie:c1").events] == ["Call", "Visit"]


def test_what_is_wrong_is_said_and_nothing_is_kept(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, "who,when,what\np1,2026-03-01,visit\n")
    mapping = Mapping.model_validate(
        {"person": [{"column": "customer"}], "time": {"column": "when"}, "event": {"column": "what"}}
    )
    with pytest.raises(MissingColumn) as caught:
        ws.import_files([file], "shop", mapping=mapping)
    assert caught.value.available == ["who", "when", "what"]
    with pytest.raises(BadName):
        ws.import_files([file], " \n")
    with pytest.raises(NoEvents):
        ws.funnel(["visit"])
    with pytest.raises(UnknownSource):
        ws.replay_rejects("nowhere")


def test_answers_in_theydos_format_are_events(ws: Workspace, tmp_path: Path) -> None:
    answers = [
        {
            "responseId": "r1",
            "responseDateTime": "2026-03-01T10:00:00Z",
            "responseFields": [{"fieldId": "q", "textValue": "5"}],
        },
        {"responseId": "r2", "responseFields": [{"fieldId": "q", "textValue": "2"}]},
    ]
    about = {"surveyName": "After delivery", "surveyId": "s", "surveyFields": [{"fieldId": "q", "fieldName": "CSAT"}]}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"format": "THEYDO_SURVEY_RESPONSES_V1", "surveyMetadata": about, "responses": answers}))
    done = ws.import_files([file], "survey")
    assert (done.new, done.rejected) == (1, {"no_time": 1})
    assert ws.event(0).score == 5.0
