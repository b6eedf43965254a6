"""The document: what it takes from the measurements, its badges, and what it refuses."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from desireline.maps.draw import draw, wilson
from desireline.model.map import EvidenceLane, MapDocument, PathLane, TouchpointLane
from tests.unit.maps.sample import DAY, definition, measurements, sample

SAMPLE = Path(__file__).parents[2] / "cases" / "map" / "sample.json"


def touchpoints(document):
    lane = next(lane for lane in document.lanes if isinstance(lane, TouchpointLane))
    return {t.name: t for cell in lane.cells for t in cell.touchpoints}


def test_the_published_sample_is_what_is_drawn_and_reads_back():
    written = SAMPLE.read_text(encoding="utf-8")
    assert MapDocument.model_validate_json(written) == sample()
    assert sample().model_dump_json(indent=1) + "\n" == written


def test_touchpoints_stand_in_their_stage_most_people_first():
    lane = next(lane for lane in sample().lanes if isinstance(lane, TouchpointLane))
    assert [[t.name for t in c.touchpoints] for c in lane.cells] == [
        ["Search result", "Catalogue by post", "Friend's word"],
        ["Product page", "Store visit", "Call centre"],
        ["Basket", "Payment", "Display in the store"],
        ["Parcel locker"],
        ["Newsletter", "Review written", "Loyalty card"],
    ]
    assert [t.name for t in sample().unplaced] == ["Cookie banner"]


def test_badges():
    found = touchpoints(sample())
    grades = {name: t.evidence.grade for name, t in found.items()}
    assert grades["Payment"] == "measured"
    assert grades["Friend's word"] == "some"  # 18 people
    assert grades["Review written"] == "some"  # 402 people, 120 days before the newest event
    assert grades["Loyalty card"] == "assumed"
    assert found["Review written"].evidence.last_true == dt.date(2026, 7, 3)
    assert found["Display in the store"].caveat == "known_only_with_purchase"


@pytest.mark.parametrize(
    ("people", "age", "grade"),
    [
        (20, dt.timedelta(days=90), "measured"),
        (20, dt.timedelta(days=90, microseconds=1), "some"),
        (19, dt.timedelta(0), "some"),
        (1, dt.timedelta(days=4000), "some"),
        (0, None, "assumed"),
    ],
)
def test_the_edges_of_a_badge(people, age, grade):
    m = measurements()
    first = m.touchpoints[0].model_copy(update={"people": people, "last": None if age is None else DAY - age})
    drawn = draw(definition(), m.model_copy(update={"touchpoints": [first, *m.touchpoints[1:]]}), "m", None, DAY)
    assert touchpoints(drawn)["Search result"].evidence.grade == grade


def test_lanes_without_evidence_say_what_would_fill_them():
    waiting = {lane.kind: lane for lane in sample().lanes if isinstance(lane, EvidenceLane)}
    assert list(waiting) == ["emotion", "pain", "opportunity", "persona"]
    assert {c.needs for c in waiting["emotion"].cells} == {"survey_or_comments"}
    assert {c.evidence.grade for lane in waiting.values() for c in lane.cells} == {"assumed"}


def test_the_path_adds_up_to_those_who_go_on():
    document = sample()
    lane = next(lane for lane in document.lanes if isinstance(lane, PathLane))
    assert [sum(f.people for f in c.onward) for c in lane.cells] == [s.goes_on for s in document.stages]
    assert all(f.to > k for k, c in enumerate(lane.cells, 1) for f in c.onward)


def test_a_stage_without_touchpoints_says_so():
    d = definition()
    lonely = d.model_copy(update={"touchpoints": [t.model_copy(update={"stage": None}) for t in d.touchpoints]})
    lane = next(x for x in draw(lonely, measurements(), "m", None, DAY).lanes if isinstance(x, TouchpointLane))
    assert [c.needs for c in lane.cells] == ["touchpoints"] * 5


def test_shares_and_the_goal():
    document = sample()
    assert document.goal_share == 6702 / 48210
    assert document.stages[0].goes_on_share == 19198 / 38240
    assert document.stages[4].goes_on_interval[0] == 0
    nobody = measurements().model_copy(update={"people_in_scope": 0, "goal_people": 0})
    assert draw(definition(), nobody, "m", "First purchase", DAY).goal_share is None


def test_the_interval_is_wilsons():
    # Newcombe 1998, table I: 81 of 263 and 15 of 148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"schema_version": 2},
        {"name": ""},
        {"drawn": "2026-11-02T08:00:00"},
        {"lanes": [{"kind": "path", "cells": []}]},
        {"people_in_scope": -1},
        {"kind": "ideal"},
    ],
)
def test_a_document_that_is_none_is_refused(change):
    with pytest.raises(ValidationError):
        MapDocument.model_validate({**sample().model_dump(mode="json"), **change})


def test_a_stage_must_add_up():
    body = sample().model_dump(mode="json")
    body["stages"][0]["open"] += 1
    with pytest.raises(ValidationError, match="must be people"):
        MapDocument.model_validate(body)
