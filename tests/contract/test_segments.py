"""Segments on the command line and over HTTP: the same shapes and figures, on the journeys worked out by hand."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.commands import Ran, desireline_command
from tests.servers import serving

STEPS = ("--steps", "Visit,Basket,Order")


@pytest.fixture
def run(own: Path) -> Any:
    """A command in a workspace that the test may change."""

    def command(*arguments: str, **env: str) -> Ran:
        return desireline_command(*arguments, workspace=own, **env)

    return command


def counts(told: Any) -> list[int]:
    return [step["people"] for step in told["steps"]]


def test_save_list_show_and_delete(run: Any) -> None:
    saved = run("segments", "save", "Gold", "--where", 'trait.segment="gold"', "--json").json
    assert {k: saved[k] for k in ("name", "version", "of", "text")} == {
        "name": "Gold", "version": 1, "of": "people", "text": 'trait.segment = "gold"',
    }  # fmt: skip
    assert saved["where"] == {"field": "trait.segment", "op": "=", "value": "gold"}
    assert run("segments", "save", "Gold", "--where", 'not trait.segment != "gold"', "--json").json["version"] == 2
    (listed,) = run("segments", "list", "--json").json["segments"]
    assert (listed["name"], listed["version"]) == ("Gold", 2)
    assert run("segments", "show", "Gold", "--version", "1", "--json").json == saved
    assert 'trait.segment = "gold"' in run("segments", "show", "Gold", "--version", "1").out
    assert "Gold" in run("segments", "list", "--language", "pl").out
    assert run("segments", "delete", "Gold", "--json").json == {"deleted": "Gold"}
    gone = run("segments", "show", "Gold")
    assert (gone.code, "unknown_segment" in gone.err) == (1, True)
    assert run("segments", "list").code == 0


def test_questions_of_a_segment_and_of_events(run: Any) -> None:
    run("segments", "save", "Buyers", "--where", 'did "Order"')
    run("segments", "save", "Gold", "--where", 'trait.segment = "gold"')
    for options, people, events, steps in (
        (("--segment", "Buyers"), 17, 50, [17, 16, 16]),
        (("--where", 'channel = "web"'), 30, 55, [29, 10, 10]),
        (("--segment", "Buyers", "--where", 'channel = "web"'), 17, 37, [17, 10, 10]),
        (("--segment", "Buyers", "--where", 'not in segment "Gold"'), 7, 20, [7, 6, 6]),
        (("--where", 'did "Basket" within 1h before "Order"'), 10, 30, [10, 10, 10]),
        (("--where", 'did "Visit" at least 2 times within 5m'), 5, 10, [5, 0, 0]),
        (("--where", 'did "Visit" at least 2 times within 299s'), 0, 0, [0, 0, 0]),
    ):
        told = run("funnel", *STEPS, *options, "--json").json
        assert (told["people_in_scope"], told["events"], counts(told)) == (people, events, steps), options
    assert told["segment"] == 'events where did "Visit" at least 2 times within 299s'
    assert "Buyers (1): people where" in run("funnel", *STEPS, "--segment", "Buyers").out


def test_two_segments_of_the_same_events(run: Any) -> None:
    run("segments", "save", "Gold", "--where", 'trait.segment = "gold"')
    run("segments", "save", "Silver", "--where", 'trait.segment = "silver"')
    told = run("funnel", *STEPS, "--segment", "Gold", "--versus", "Silver", "--where", 'channel = "web"', "--json").json
    assert [told[side]["people"] for side in "ab"] == [10, 20]
    assert [counts(told[side]["result"]) for side in "ab"] == [[10, 10, 10], [19, 0, 0]]
    assert told["overlap"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("funnel", *STEPS, "--where", "channel = web"), "bad_expression"),
        (("funnel", *STEPS, "--segment", "Nobody", "--where", 'channel = "web"'), "unknown_segment"),
        (("segments", "save", "X", "--where", 'did "Visit" at least 3 at most 1'), "bad_question"),
        (("segments", "save", " ", "--where", "value > 1"), "bad_name"),
        (("segments", "check", "--where", 'did "Nothing"'), "unknown_step"),
    ],
)
def test_refusals(run: Any, arguments: tuple[str, ...], code: str) -> None:
    refused = run(*arguments)
    assert (refused.code, refused.out) == (1, "")
    assert f"[{code}]" in refused.err


def test_over_http(own: Path) -> None:
    with serving(own) as running, httpx.Client(base_url=running.address, timeout=60) as api:
        in_store = {"field": "channel", "op": "=", "value": "store"}
        given = {"name": "Buyers", "of": "people", "where": {"did": "Order", "where": in_store}}
        saved = api.post("/api/segments", json=given)
        assert saved.status_code == 200
        assert saved.json()["text"] == 'did "Order" where (channel = "store")'
        assert api.get("/api/segments").json() == [saved.json()] == [api.get("/api/segments/Buyers").json()]
        checked = api.post("/api/segments/check", json={"where": 'in segment "Buyers"'}).json()
        assert (checked["people"], checked["events"], checked["error"]) == (7, 20, None)
        assert checked["segment"]["where"]["meaning"]["where"] == saved.json()["where"]
        by_name = api.post("/api/questions/funnel", json={"steps": ["Visit", "Order"], "segment": "Buyers"}).json()
        inline = given | {"name": None}
        in_place = api.post("/api/questions/funnel", json={"steps": ["Visit", "Order"], "segment": inline}).json()
        assert counts(by_name) == counts(in_place) == [7, 6]
        behind = {"drilldown": in_place["drilldown"], "cell": "dropped:2"}
        assert api.post("/api/segments/check", json={"of": "people", "where": behind}).json()["people"] == 1
        assert api.delete("/api/segments/Buyers").status_code == 204
        assert api.get("/api/segments/Buyers").status_code == 404


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({"where": "channel = web"}, "bad_expression", "znaku 11"),
        ({"where": {"field": "colour", "op": "=", "value": 1}}, "bad_question", "property.PATH"),
        ({"where": 'in segment "Nobody"'}, "unknown_segment", "Nobody"),
        ({"where": 'did "Nothing"'}, "unknown_step", "Visit"),
        ({"of": "visits", "where": "value > 1"}, "bad_question", "visits"),
    ],
)
def test_a_draft_that_makes_no_sense_is_answered(api: httpx.Client, body: dict[str, Any], code: str, said: str) -> None:
    answer = api.post("/api/segments/check", json=body, params={"lang": "pl"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["error"]["code"], told["people"], told["segment"]) == (code, None, None)
    assert said in told["error"]["message"]


def test_what_is_misread_has_the_code_that_python_gives(api: httpx.Client) -> None:
    for path, body in (
        ("/api/segments", {"name": "x", "where": {"field": "colour", "op": "=", "value": 1}}),
        ("/api/questions/funnel", {"steps": ["Visit"], "segment": {"where": {"field": "colour", "op": "="}}}),
    ):
        refused = api.post(path, json=body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_question")
    refused = api.post("/api/segments", json={"name": "x", "where": "channel = web"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_expression")
    assert api.post("/api/segments", json={"where": "value > 1"}).json()["error"]["code"] == "bad_name"
