"""Commands change a map, and their inverses change it back; the front end passes the same cases."""

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import CommandRefused
from desireline.maps.commands import COMMANDS, apply, run
from desireline.model.journey_map import JourneyMap
from tests.command_cases import FILES, FOLDER, check_after, load, whole

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))

import command_sequences

Json = dict[str, Any]
DOCUMENTS = load("documents")
CASES = [(file, case) for file in FILES for case in load(file)]
VALUES = load("values")


def named(case: tuple[str, Json]) -> str:
    return f"{case[0]}: {case[1]['name']}"


@pytest.mark.parametrize(("file", "case"), CASES, ids=map(named, CASES))
def test_case(file: str, case: Json) -> None:
    before = whole(DOCUMENTS[case.get("before", "shop")])
    kept = copy.deepcopy(before)
    if "refused" in case:
        with pytest.raises(CommandRefused) as refusal:
            run(before, case["command"])
        assert refusal.value.reason == case["refused"]
        assert refusal.value.command
    else:
        after, inverse = run(before, case["command"])
        check_after(before, after, case, DOCUMENTS["defaults"])
        assert case.get("inverse", inverse) == inverse
        assert whole(after) == after, "what a command makes is a whole map"
        back, again = run(after, inverse)
        assert back == before
        assert run(back, again)[0] == after, "the inverse of the inverse does it again"
    assert before == kept, "the map before is never changed"


def test_every_command_has_cases_of_both_kinds() -> None:
    done = {case["command"]["do"] for _, case in CASES if "after" in case}
    refused = {str(case["command"].get("do")) for _, case in CASES if "refused" in case}
    assert done == set(COMMANDS)
    assert refused >= set(COMMANDS)


def test_every_reason_has_a_case() -> None:
    reasons = {case["refused"] for _, case in CASES if "refused" in case}
    assert reasons == {
        "unknown_command", "unknown_id", "taken_id", "bad_position", "last_step", "bad_field", "bad_shape",
        "wrong_lane",
    }  # fmt: skip


def test_defaults_of_the_cases_are_those_of_the_model() -> None:
    bare = whole(
        {
            "id": "m", "name": "M",
            "stages": [{"id": "g", "steps": [{"id": "s"}]}],
            "lanes": [{"id": "l", "kind": "text", "cells": {"s": [{"id": "c"}]}}],
            "paths": [{"id": "p", "steps": ["s"]}],
            "views": [{"id": "v", "name": "V"}],
        }
    )  # fmt: skip
    found = {
        "stage": bare["stages"][0], "step": bare["stages"][0]["steps"][0], "lane": bare["lanes"][0],
        "card": bare["lanes"][0]["cells"]["s"][0], "path": bare["paths"][0], "view": bare["views"][0],
    }  # fmt: skip
    fixed = {"id", "steps", "kind", "cells"}
    for kind, defaults in DOCUMENTS["defaults"].items():
        own = {name: value for name, value in found[kind].items() if name not in fixed}
        assert (own if kind != "view" else {k: v for k, v in own.items() if k != "name"}) == defaults


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['do']} {case['field']}")
def test_values_that_a_field_takes(case: Json) -> None:
    shop = whole(DOCUMENTS["shop"])

    def kept(value: object) -> object:
        thing = {"id": case["id"]} if "id" in case else {}
        command = {"do": case["do"], **thing, "set": {case["field"]: value}}
        after, _ = run(shop, command)
        assert whole(after) == after
        _, inverse = run(after, command)
        return inverse["set"][case["field"]]

    for value in case["takes"]:
        assert kept(value) == value
    for value, becomes in case.get("keeps", []):
        assert kept(value) == becomes
    for value in case["refuses"]:
        with pytest.raises(CommandRefused) as refusal:
            kept(value)
        assert refusal.value.reason == "bad_shape", value


def test_every_field_that_can_be_set_has_values() -> None:
    covered = {(case["do"], case["field"]) for case in VALUES}
    settable = {(name, field) for name, command in COMMANDS.items() for field in command.settable}
    alike = {"owner", "tags", "name", "title", "description", "collapsed", "channels", "status"}
    assert {field for _, field in settable - covered} <= alike
    assert settable >= covered


def test_random_sequences_are_those_of_the_generator() -> None:
    text = (FOLDER / "sequences.json").read_text(encoding="utf-8")
    assert len(text) < 400_000
    assert text == command_sequences.text(), "run `python tools/command_sequences.py`"


def test_random_sequences_lead_back() -> None:
    found = json.loads((FOLDER / "sequences.json").read_text(encoding="utf-8"))
    refused = done = 0
    for sequence in found:
        start = whole(DOCUMENTS[sequence["start"]])
        document, inverses = start, []
        for command, reason in sequence["commands"]:
            if reason is None:
                document, inverse = run(document, command)
                inverses.append(inverse)
            refused, done = refused + (reason is not None), done + (reason is None)
        assert command_sequences.digest(document) == sequence["digest"]
        assert whole(document) == document
        for inverse in reversed(inverses):
            document, _ = run(document, inverse)
        assert document == start
    assert done > 1500
    assert refused > 300


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_a_batch_is_its_commands_or_nothing(seed: int) -> None:
    start = whole(DOCUMENTS["shop"])
    made = command_sequences.sequence(seed, start, 8)
    kept = copy.deepcopy(start)
    good = [command for command, reason in made if reason is None]
    document = start
    for command in good:
        document, _ = run(document, command)
    if good:
        after, inverse = run(start, {"do": "batch", "commands": good})
        assert after == document
        assert run(after, inverse)[0] == start
        one, inverses = apply(JourneyMap.model_validate(start), good)
        assert one.model_dump(mode="json", by_alias=True) == after
        assert apply(one, inverses)[0] == JourneyMap.model_validate(start)
    with pytest.raises(CommandRefused):
        run(start, {"do": "batch", "commands": [*good, {"do": "card.remove", "id": "never-there"}]})
    assert start == kept
