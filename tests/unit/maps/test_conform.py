"""An ideal map as steps of touchpoints and allowed paths."""

from desireline.maps.conform import planned
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem

LIBRARY = [
    LibraryItem(id="t-home", kind="touchpoint", name="Home", measures=["Home page", "App start"]),
    LibraryItem(id="t-call", kind="touchpoint", name="Call", measures=["Call"]),
    LibraryItem(id="t-plan", kind="touchpoint", name="Only planned"),
    LibraryItem(id="s", kind="system", name="Shop", measures=["Shop"]),
]
MAP = {
    "id": "ideal", "name": "Ideal",
    "stages": [
        {"id": "see", "steps": [{"id": "one"}, {"id": "two", "optional": True}]},
        {"id": "buy", "steps": [{"id": "three"}]},
    ],
    "lanes": [
        {"id": "web", "kind": "touchpoints", "cells": {"one": [{"id": "a", "ref": "t-home", "span": 9}]}},
        {"id": "phone", "kind": "touchpoints", "cells": {
            "two": [{"id": "b", "ref": "t-call"}, {"id": "c", "ref": "t-home"}],
            "three": [{"id": "d", "ref": "t-plan"}, {"id": "e", "text": "no item"}],
        }},
        {"id": "sys", "kind": "systems", "cells": {"one": [{"id": "f", "ref": "s"}]}},
    ],
}  # fmt: skip


def of(**changes):
    return planned(JourneyMap.model_validate({**MAP, **changes}), LIBRARY)


def test_steps_are_met_by_what_measures_the_touchpoints_over_them():
    assert {s.id: (s.touchpoints, s.optional) for s in of().steps} == {
        "one": (["Home page", "App start"], False),
        "two": (["Home page", "App start", "Call"], True),
        "three": (["Home page", "App start"], False),
    }
    assert of(lanes=[]).steps[0].touchpoints == []


def test_a_map_without_paths_goes_from_left_to_right():
    assert [(p.id, p.steps) for p in of().paths] == [("ideal", ["one", "two", "three"])]
    ways = [{"id": "short", "steps": ["one", "three"]}, {"id": "back", "steps": ["three", "one"]}]
    assert [(p.id, p.steps) for p in of(paths=ways).paths] == [("short", ["one", "three"]), ("back", ["three", "one"])]
    assert of(stages=[], lanes=[]).paths == []
